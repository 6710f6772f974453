import { cookieName, cookieOf, SealedCookie, setCookie } from "../../access/cookies.ts";
import type { LoginUnderWay } from "../../access/provider.ts";
import { isRefused, type Refused, refuse } from "../../access/refusal.ts";
import { type HttpExchange, type HttpRoute, send } from "../../ops/http.ts";
import type { RouteDescription } from "../../ops/route-description.ts";
import { applicantOf, statusOf } from "./gatekeeper.ts";
import { ownUrl } from "./own-url.ts";
import { type SessionRouteParts, welcome } from "./session-routes.ts";

export interface ProviderRouteParts extends SessionRouteParts {
  /** As the provider has it; from the request where undefined. */
  readonly callbackUrl: string | undefined;
}

/** Name of the cookie that holds a login between the way to the provider and back. */
const LOGIN_COOKIE = "roadpulse-login";

/** Time for a password, a second factor and a coffee. */
const LOGIN_LIFE_S = 600;

/** What the browser keeps, sealed, while its user is at the provider. */
interface KeptLogin {
  readonly underWay: LoginUnderWay;
  readonly back: string;
  /** Unix ms. */
  readonly untilMs: number;
}

/** The way to the provider and back. */
export function providerRoutes(parts: ProviderRouteParts): HttpRoute[] {
  const sealed = new SealedCookie();
  return [
    {
      method: "GET",
      path: "/v1/login",
      access: "anyone",
      describe: TO_PROVIDER,
      handle: (exchange) => toProvider(exchange, parts, sealed),
    },
    {
      method: "GET",
      path: "/v1/login/callback",
      access: "anyone",
      describe: CALLBACK,
      handle: (exchange) => fromProvider(exchange, parts, sealed),
    },
    {
      method: "GET",
      path: "/v1/login/done",
      access: "anyone",
      describe: DONE,
      handle: ({ response }) =>
        send(response, 200, "text/plain; charset=utf-8", "You are logged in. You may close this window.\n"),
    },
  ];
}

async function toProvider(
  exchange: HttpExchange,
  parts: ProviderRouteParts,
  sealed: SealedCookie,
): Promise<void> {
  const { request, response, query } = exchange;
  const provider = parts.logins?.provider;
  if (provider === undefined)
    return refused(exchange, parts, refuse("bad-credentials", "nobody logs in with a provider here"), "/");
  const back = backPath(query.get("return"));
  const callbackUrl = parts.callbackUrl ?? `${ownUrl(request, parts.cookies)}/v1/login/callback`;
  const begun = await provider.begin(callbackUrl);
  if (isRefused(begun)) return refused(exchange, parts, begun, back);
  const untilMs = parts.gatekeeper.nowMs + LOGIN_LIFE_S * 1_000;
  const kept: KeptLogin = { underWay: begun.underWay, back, untilMs };
  const life = { sameSite: "Lax", maxAgeS: LOGIN_LIFE_S } as const;
  response.setHeader("Set-Cookie", setCookie(LOGIN_COOKIE, sealed.seal(kept), parts.cookies, life));
  redirect(exchange, begun.href);
}

async function fromProvider(
  exchange: HttpExchange,
  parts: ProviderRouteParts,
  sealed: SealedCookie,
): Promise<void> {
  const { request, response } = exchange;
  const { logins, cookies, gatekeeper } = parts;
  const cookie = cookieOf(request.headers.cookie, cookieName(LOGIN_COOKIE, cookies));
  const kept = cookie === undefined ? undefined : (sealed.open(cookie) as KeptLogin | undefined);
  // Good for one attempt, whatever becomes of it.
  response.appendHeader("Set-Cookie", setCookie(LOGIN_COOKIE, "", cookies, { sameSite: "Lax", maxAgeS: 0 }));
  if (logins === undefined || kept === undefined || kept.untilMs <= gatekeeper.nowMs)
    return refused(exchange, parts, refuse("expired", "this login was not begun here, or too long ago"), "/");
  const { remoteAddress } = applicantOf(gatekeeper, request);
  const target = request.url ?? "";
  const result = await logins.fromProvider(target.slice(target.indexOf("?")), kept.underWay, remoteAddress);
  if (isRefused(result)) return refused(exchange, parts, result, kept.back);
  welcome(exchange, parts, result);
  redirect(exchange, kept.back);
}

/** Paths are read as browsers do: against any server. */
const SOME_SERVER = "http://localhost";

/**
 * A page of this server only: an open redirect would lend its name to anybody. Dots go first, as browsers have it: what is
 * left of `/.//elsewhere` is another server.
 */
function backPath(text: string | null): string {
  const path = text ?? "/";
  const isPlain = /^\/[\x21-\x7e]*$/.test(path) && !path.includes("\\") && path.length <= 1_024;
  const isOwn = isPlain && !path.startsWith("//") && !new URL(path, SOME_SERVER).pathname.startsWith("//");
  return isOwn ? path : "/";
}

function redirect({ response }: HttpExchange, to: string): void {
  response.writeHead(303, { Location: to, "Content-Length": 0 });
  response.end();
}

/** The status says what happened to programs; the browser goes back to the page, which says it to its user. */
function refused(
  { request, response }: HttpExchange,
  { gatekeeper }: ProviderRouteParts,
  refusal: Refused,
  back: string,
): void {
  const status = statusOf(refusal.refused);
  const { remoteAddress } = applicantOf(gatekeeper, request);
  gatekeeper.noteRefused("login", refusal, { remoteAddress }, status);
  const page = new URL(back === "/v1/login/done" ? "/" : back, SOME_SERVER);
  page.searchParams.set("login", refusal.refused);
  response.setHeader("Refresh", `0; url=${page.pathname}${page.search}`);
  send(response, status, "text/plain; charset=utf-8", `The login was refused: ${refusal.reason}.\n`);
}

const RETURN = {
  name: "return",
  in: "query",
  description: "Path of this server to come back to.",
  schema: { type: "string" },
} as const;

const TO_PROVIDER: RouteDescription = {
  tag: "session",
  summary: "Log in with the identity provider: goes there",
  parameters: [RETURN],
  answers: {
    303: { description: "To the provider." },
    503: { description: "The provider cannot be reached." },
  },
};

const CALLBACK: RouteDescription = {
  tag: "session",
  summary: "Where the identity provider sends the browser back to",
  answers: {
    303: { description: "Logged in; back to the page." },
    401: { description: "The provider's answer is not valid, or belongs to another login." },
    403: { description: "The provider gives no role here." },
    503: { description: "The provider cannot be reached." },
  },
};

const DONE: RouteDescription = {
  tag: "session",
  summary: "Says that a login in a window of its own is done",
  answers: { 200: { description: "The window may be closed.", contentType: "text/plain" } },
};
