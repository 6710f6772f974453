import { type Refused, refuse } from "./refusal.ts";

/** The parts of a request that may hold credentials. Header names in lower case. */
export interface CredentialRequest {
  readonly headers: ReadonlyMap<string, string>;
  readonly query: string;
  readonly subprotocols: readonly string[];
}

/** What a subprotocol begins with that carries a token. Browsers can set no header, but a list of subprotocols. */
export const TOKEN_SUBPROTOCOL_PREFIX = "bearer.";

const QUERY_TOKEN = /(?:^|&)(?:access_token|token|jwt)=/;

/** The token of a request; undefined where there is none. Two different ones, or one in the address, are refused. */
export function tokenOf(request: CredentialRequest): string | Refused | undefined {
  // RFC 6750 §5.3: addresses end up in logs and histories.
  if (QUERY_TOKEN.test(request.query))
    return refuse("bad-credentials", "tokens are not taken from the address; send Authorization: Bearer");
  const header = request.headers.get("authorization");
  const fromHeader = header === undefined ? undefined : /^bearer +([^ ,]+)$/i.exec(header)?.[1];
  if (header !== undefined && fromHeader === undefined)
    return refuse("bad-credentials", "the Authorization header holds no Bearer token");
  const offered = request.subprotocols
    .filter((name) => name.startsWith(TOKEN_SUBPROTOCOL_PREFIX))
    .map((name) => name.slice(TOKEN_SUBPROTOCOL_PREFIX.length));
  const tokens = new Set([...(fromHeader === undefined ? [] : [fromHeader]), ...offered]);
  if (tokens.size > 1) return refuse("bad-credentials", "the request holds several tokens");
  const [token] = tokens;
  return token;
}
