import type { IncomingMessage } from "node:http";
import type { Viewer } from "../../api/contract/live.ts";
import { ANYONE, holdsScope, type Identity, SCOPES } from "../../domain/access.ts";
import { applicantOf, type Gatekeeper } from "./gatekeeper.ts";

/** Where nobody is asked who they are, this header may name the person, percent-encoded, for logs. */
export const OPERATOR_NAME_HEADER = "x-operator-name";

const MAX_NAME_CHARACTERS = 64;

/**
 * Who sent a request that a guard has let in; `ANYONE`, with the name that they give themselves, where no guard stands.
 * @throws Error where nobody was let in: a bug, or a route for `anyone`
 */
export function identityOf(gatekeeper: Gatekeeper, request: IncomingMessage): Identity {
  if (!gatekeeper.isOpen) return gatekeeper.knownIdentity(request);
  const name = givenName(request.headers[OPERATOR_NAME_HEADER]);
  return name === undefined ? ANYONE : { ...ANYONE, name };
}

/** The same as the console shows it. */
export function viewerOf(gatekeeper: Gatekeeper, request: IncomingMessage): Viewer {
  return viewOf(identityOf(gatekeeper, request));
}

/** Writes down what senders of requests did that needs more than to publish or to subscribe. */
export function noteOf(gatekeeper: Gatekeeper) {
  return ({ request }: { readonly request: IncomingMessage }, act: string): void =>
    gatekeeper.noteAllowed(
      act,
      identityOf(gatekeeper, request),
      applicantOf(gatekeeper, request).remoteAddress,
    );
}

/** An identity as the console shows it. */
export function viewOf(identity: Identity): Viewer {
  const { subject, name, agency, via } = identity;
  const endsAtMs = identity.longestUntilMs ?? identity.expiresAtMs;
  return {
    subject,
    name,
    agency,
    scopes: SCOPES.filter((scope) => holdsScope(identity, scope)),
    expiresAtMs: Number.isFinite(endsAtMs) ? endsAtMs : undefined,
    open: via === "nothing",
  };
}

function givenName(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== "string") return undefined;
  try {
    const name = decodeURIComponent(header).trim();
    return name.length <= MAX_NAME_CHARACTERS && /^[^\p{C}]+$/u.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
