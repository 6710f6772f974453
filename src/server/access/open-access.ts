import type { IncomingMessage } from "node:http";
import { AuditLog } from "../../access/audit-log.ts";
import { CertificateBook } from "../../access/certificates.ts";
import { KeyRing } from "../../access/key-ring.ts";
import { isRefused, type Refused, refuse } from "../../access/refusal.ts";
import { TokenVerifier } from "../../access/tokens.ts";
import { TrustedProxies } from "../../access/trusted-proxies.ts";
import { originsOf, proxiesOf } from "../../config/rules.ts";
import type { Config } from "../../config/schema.ts";
import type { Identity, Scope } from "../../domain/access.ts";
import type { Counters } from "../../domain/counters.ts";
import { HEALTHY, type HealthCheck, type HealthState } from "../../ops/health.ts";
import type { HttpDoor, HttpGuard, HttpRoute } from "../../ops/http.ts";
import type { Logger } from "../../ops/logging.ts";
import { applicantOf, Gatekeeper, statusOf } from "./gatekeeper.ts";
import { hostCheck } from "./host-check.ts";
import { openPeople } from "./open-people.ts";
import { providerRoutes } from "./provider-routes.ts";
import { sessionRoutes } from "./session-routes.ts";

/** The server's access control with what it has open. */
export interface Access {
  readonly gatekeeper: Gatekeeper;
  /** What stands before the routes of HTTP. */
  readonly door: HttpDoor;
  /** Who asks, logging in and out. */
  readonly routes: readonly HttpRoute[];
  readonly checks: readonly HealthCheck[];
  /** Undefined where none is written. */
  readonly audit: AuditLog | undefined;
  close(): Promise<void>;
}

/**
 * Reads keys and certificates as the configuration says.
 * @throws AccessError in one sentence where they cannot be used: a server that nobody can enter is a mistake, too
 */
export async function openAccess(config: Config, counters: Counters, logger: Logger): Promise<Access> {
  const { access } = config;
  const nowMs = () => Date.now();
  const tell = (what: string) => (fault: string | undefined) => {
    if (fault === undefined) logger.info({}, `${what} can be used again`);
    else logger.error({ fault }, `${what} cannot be used`);
  };
  const ring = openRing(config, nowMs, tell("the keys of tokens"));
  await ring?.refresh();
  // An issuer at an address may come up later than this server; a file may not.
  if (ring?.fault !== undefined && !ring.fault.startsWith("http")) throw new AccessError(`${ring.fault}.`);
  const certificates = openCertificates(config, nowMs, tell("the identities of certificates"));
  const audit = openAudit(config, nowMs, tell("the audit log"));
  const people = orAccessError(() => openPeople(config, nowMs, tell));
  const secure = config.listen.tlsCertFile !== undefined || config.listen.tlsEndsAtProxy;
  const gatekeeper = new Gatekeeper({
    tokens: ring && new TokenVerifier(ring, access, nowMs),
    certificates,
    sessions: people?.sessions,
    secure,
    audit,
    proxies: new TrustedProxies(proxiesOf(access.trustedProxies) ?? []),
    refusals: counters.accessRefused,
    firstMessageMayAuthenticate: access.firstMessageMayAuthenticate,
    maxConnectionsPerIdentity: access.maxConnectionsPerIdentity,
    maxSubscriptionsPerIdentity: access.maxSubscriptionsPerIdentity,
    maxItemsPerSecondPerIdentity: access.maxItemsPerSecondPerIdentity,
    nowMs,
  });
  const routeParts = {
    gatekeeper,
    logins: people?.begin(gatekeeper),
    providerName: config.oidc.name,
    cookies: { secure },
    callbackUrl: config.oidc.callbackUrl,
  };
  return {
    gatekeeper,
    door: doorOf(config, gatekeeper),
    routes: [...sessionRoutes(routeParts), ...providerRoutes(routeParts)],
    checks: [
      faultCheck("access-keys", () => ring?.fault),
      faultCheck("access-certificates", () => certificates?.fault),
      faultCheck("access-accounts", () => people?.accounts?.fault),
      faultCheck("identity-provider", () => people?.provider?.fault),
      faultCheck("audit-log", () => audit?.fault),
    ],
    audit,
    async close() {
      people?.close();
      await audit?.close();
    },
  };
}

/** Keys, certificates or the audit log cannot be used. */
export class AccessError extends Error {
  override readonly name = "AccessError";
}

function openRing({ access }: Config, nowMs: () => number, onFault: (fault: string | undefined) => void) {
  const { keys, secret } = access;
  return keys === undefined && secret === undefined
    ? undefined
    : new KeyRing({ keys, secret, nowMs, onFault });
}

function openCertificates(
  { access }: Config,
  nowMs: () => number,
  onFault: (fault: string | undefined) => void,
): CertificateBook | undefined {
  const { certificates } = access;
  if (certificates === undefined) return undefined;
  return orAccessError(() => new CertificateBook(certificates, nowMs, onFault));
}

function orAccessError<Value>(open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    throw new AccessError(`${(error as Error).message}.`);
  }
}

function openAudit(
  { access }: Config,
  nowMs: () => number,
  onFault: (fault: string | undefined) => void,
): AuditLog | undefined {
  const { auditFile: path, auditMaxBytes: maxBytes, auditKeep: keep } = access;
  return path === undefined ? undefined : new AuditLog({ path, maxBytes, keep, nowMs, onFault });
}

/** What is in force stays in force, so the server goes on; an operator should know. */
function faultCheck(name: string, faultOf: () => string | undefined): HealthCheck {
  return {
    name,
    check(): HealthState {
      const fault = faultOf();
      return fault === undefined ? HEALTHY : { ok: true, warning: fault };
    },
  };
}

function doorOf(config: Config, gatekeeper: Gatekeeper): HttpDoor {
  return {
    guard: gatekeeper.isOpen ? undefined : guardOf(gatekeeper),
    allowedOrigins: originsOf(config.access.allowedOrigins),
    knowsHost: hostCheck(config, gatekeeper.isOpen),
    onForeign: (request, status) => {
      const { remoteAddress } = applicantOf(gatekeeper, request);
      gatekeeper.noteRefused(actOf(request), refuse("foreign-origin", ""), { remoteAddress }, status);
    },
  };
}

function guardOf(gatekeeper: Gatekeeper): HttpGuard {
  return async (request, scope) => {
    const applicant = applicantOf(gatekeeper, request);
    const shown = await gatekeeper.identify(applicant);
    const refused = refusalOf(gatekeeper, shown, scope);
    const act = actOf(request);
    const { remoteAddress } = applicant;
    const identity = shown === undefined || isRefused(shown) ? undefined : shown;
    if (refused === undefined && identity !== undefined) {
      gatekeeper.remember(request, identity);
      if (isPrivileged(scope)) gatekeeper.noteAllowed(act, identity, remoteAddress);
    }
    if (refused === undefined) return undefined;
    const status = statusOf(refused.refused);
    gatekeeper.noteRefused(act, refused, { remoteAddress, identity }, status);
    return { status, code: refused.refused, message: `This was refused: ${refused.reason}.` };
  };
}

function refusalOf(
  gatekeeper: Gatekeeper,
  shown: Identity | Refused | undefined,
  scope: Scope | "known",
): Refused | undefined {
  if (shown === undefined) return refuse("no-credentials", "log in, or send Authorization: Bearer <token>");
  if (isRefused(shown)) return shown;
  return scope === "known" ? undefined : gatekeeper.refusalOf(shown, scope);
}

/** Acts that need more than to publish or to subscribe are written down also where they are allowed. */
const isPrivileged = (scope: Scope | "known"): boolean => scope === "operate" || scope === "admin";

/** Longest path in the audit log. */
const MAX_ACT_CHARACTERS = 64;

function actOf({ method = "", url = "" }: IncomingMessage): string {
  return `${method} ${url.split("?", 1)[0]}`.slice(0, MAX_ACT_CHARACTERS);
}
