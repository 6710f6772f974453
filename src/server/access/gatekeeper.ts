import type { IncomingMessage } from "node:http";
import { addressGroup } from "../../access/address-group.ts";
import type { AuditLog } from "../../access/audit-log.ts";
import type { CertificateBook } from "../../access/certificates.ts";
import { cookieName, cookieOf } from "../../access/cookies.ts";
import { HeldQuota, RateQuota } from "../../access/quotas.ts";
import { isRefused, type Refused, refuse } from "../../access/refusal.ts";
import { type CredentialRequest, tokenOf } from "../../access/request-credentials.ts";
import { Session, type SessionEnd, type Sessions } from "../../access/sessions.ts";
import type { TokenVerifier } from "../../access/tokens.ts";
import type { TrustedProxies } from "../../access/trusted-proxies.ts";
import type { SubscriptionQuota } from "../../deliver/subscriber-session.ts";
import { type AccessRefusal, ANYONE, holdsScope, type Identity, type Scope } from "../../domain/access.ts";
import type { BoundedTally } from "../../domain/counters.ts";
import { isSameOrigin } from "../../ops/origin.ts";
import { peerFacts } from "../../transport/peer-facts.ts";

export interface GatekeeperParts {
  readonly tokens: TokenVerifier | undefined;
  readonly certificates: CertificateBook | undefined;
  /** Undefined where nobody logs in. */
  readonly sessions: Sessions | undefined;
  /** Clients reach the server by TLS. */
  readonly secure: boolean;
  readonly audit: AuditLog | undefined;
  /** Nobody speaks for others where absent. */
  readonly proxies?: TrustedProxies;
  readonly refusals: BoundedTally;
  readonly firstMessageMayAuthenticate: boolean;
  readonly maxConnectionsPerIdentity: number;
  readonly maxSubscriptionsPerIdentity: number;
  readonly maxItemsPerSecondPerIdentity: number | undefined;
  /** Unix ms. */
  readonly nowMs: () => number;
}

/** What a client shows of itself, whatever it speaks. */
export interface Applicant extends CredentialRequest {
  readonly remoteAddress: string;
  readonly clientCertificate?: Uint8Array;
  /** Absent where a stream is asked for. */
  readonly isHttp?: true;
}

/** Name of the cookie that holds a session's id. */
export const SESSION_COOKIE = "roadpulse-session";

/** The HTTP status of a refusal; over WebSocket the close code `4000 + status`, but for expiry. */
const STATUS: Readonly<Record<AccessRefusal, 401 | 403 | 429 | 503>> = {
  "no-credentials": 401,
  "bad-credentials": 401,
  expired: 401,
  "session-ended": 401,
  "not-yet": 401,
  "keys-unavailable": 503,
  "provider-unavailable": 503,
  "missing-scope": 403,
  "not-permitted": 403,
  "foreign-origin": 403,
  "connection-quota": 429,
  "subscription-quota": 429,
  "message-quota": 429,
  "attempt-quota": 429,
  "session-quota": 503,
};

export const statusOf = (refused: AccessRefusal): 401 | 403 | 429 | 503 => STATUS[refused];

/**
 * Bad credentials from one address (of version 6: one /64): so many at once, then so many per second, before they are not
 * even looked at.
 */
const ATTEMPT_BURST = 50;
const ATTEMPTS_PER_SECOND = 1;

const TOO_MANY_ATTEMPTS = refuse("attempt-quota", "too many attempts with bad credentials");

const TOO_MANY_CONNECTIONS = refuse("connection-quota", "this identity holds too many connections");

/** Handshakes whose credentials are being checked; each takes milliseconds, unless an issuer hangs. */
const MAX_CHECKS = 1_000;

/** Different rates at a time; tokens of one issuer share a few. */
const MAX_RATES = 1_000;

/** Items that an identity with a rate may send at once: what it may send in two seconds. */
const BURST_S = 2;

/**
 * Decides who is let in, keeps count of what each identity holds and has every refusal counted and written down. One per
 * server, for streams and HTTP alike. Where no authentication is configured everybody is `ANYONE`.
 */
export class Gatekeeper {
  /** Nobody is asked who they are. */
  readonly isOpen: boolean;
  readonly #subscriptions: HeldQuota;
  readonly #connections: HeldQuota;
  readonly #known = new WeakMap<object, Identity>();
  readonly #parts: GatekeeperParts;
  readonly #attempts = new RateQuota(ATTEMPTS_PER_SECOND, ATTEMPT_BURST);
  readonly #rates = new Map<number, RateQuota>();
  #checks = 0;

  constructor(parts: GatekeeperParts) {
    this.#parts = parts;
    const { tokens, certificates, sessions } = parts;
    this.isOpen = tokens === undefined && certificates === undefined && sessions === undefined;
    this.#connections = new HeldQuota(parts.maxConnectionsPerIdentity);
    this.#subscriptions = new HeldQuota(parts.maxSubscriptionsPerIdentity);
  }

  get nowMs(): number {
    return this.#parts.nowMs();
  }

  /** Address of whoever speaks, also through proxies that are trusted. */
  addressOf(peer: string, headers: ReadonlyMap<string, string>): string {
    return this.#parts.proxies?.clientOf(peer, headers.get(FORWARDED_FOR)) ?? peer;
  }

  get awaitsTokens(): boolean {
    return this.#parts.tokens !== undefined && this.#parts.firstMessageMayAuthenticate;
  }

  /**
   * Who applies. `undefined`: the applicant shows nothing. Synchronous where nothing has to be checked.
   * Never throws and never rejects.
   */
  identify(applicant: Applicant): Identity | Refused | undefined | Promise<Identity | Refused> {
    if (this.isOpen) return ANYONE;
    const token = tokenOf(applicant);
    // Whoever has logged in is that person, also where their browser has the certificate of a desk, and is not held up by
    // what others behind the same address try.
    const session = token === undefined ? this.#sessionOf(applicant) : undefined;
    if (session instanceof Session) return session;
    if (!this.#mayTry(applicant.remoteAddress)) return TOO_MANY_ATTEMPTS;
    if (typeof token === "string") {
      const known = this.#parts.tokens?.screen(token);
      if (known === undefined) return this.checkToken(token, applicant.remoteAddress);
      return isRefused(known) ? this.#failed(known, applicant.remoteAddress) : known;
    }
    if (token !== undefined) return this.#failed(token, applicant.remoteAddress);
    return this.#certified(applicant) ?? session;
  }

  #certified({ clientCertificate, remoteAddress }: Applicant): Identity | Refused | undefined {
    if (clientCertificate === undefined || this.#parts.certificates === undefined) return undefined;
    const identity = this.#parts.certificates.identify(clientCertificate);
    return isRefused(identity) ? this.#failed(identity, remoteAddress) : identity;
  }

  /** A cookie comes along with whatever a page has the browser send, so it counts for pages of this server only. */
  #sessionOf(applicant: Applicant): Session | Refused | undefined {
    const { sessions } = this.#parts;
    const { headers, isHttp } = applicant;
    const isOwn =
      isHttp === true
        ? headers.get("sec-fetch-site") !== "cross-site"
        : isSameOrigin(headers.get("origin"), headers.get("host"));
    const id = isOwn ? this.sessionIdOf(headers.get("cookie")) : undefined;
    return id === undefined ? undefined : sessions?.find(id);
  }

  /** The session's id in a header of cookies. */
  sessionIdOf(cookies: string | undefined): string | undefined {
    return cookieOf(cookies, cookieName(SESSION_COOKIE, this.#parts));
  }

  /** Why an identity that was let in is none any more; undefined where it still is. */
  endOf(identity: Identity): Refused | undefined {
    if (identity instanceof Session) return this.#parts.sessions?.endOf(identity);
    return this.nowMs < identity.expiresAtMs
      ? undefined
      : refuse("expired", `the ${identity.via} of this session has expired`);
  }

  /** Never rejects. */
  async checkToken(token: string, remoteAddress: string): Promise<Identity | Refused> {
    const { tokens } = this.#parts;
    if (tokens === undefined) return refuse("bad-credentials", "tokens are not taken here");
    // Whoever waits with a token for the first message waits behind the same bound as those who show it at once.
    if (!this.#mayTry(remoteAddress)) return TOO_MANY_ATTEMPTS;
    if (this.#checks >= MAX_CHECKS) return refuse("attempt-quota", "too many credentials are being checked");
    this.#checks++;
    try {
      const identity = await tokens.verify(token);
      return isRefused(identity) ? this.#failed(identity, remoteAddress) : identity;
    } finally {
      this.#checks--;
    }
  }

  /** Why the identity may not do what the scope stands for; undefined where it may. */
  refusalOf(identity: Identity, scope: Scope): Refused | undefined {
    return holdsScope(identity, scope) ? undefined : refuse("missing-scope", `this needs the scope ${scope}`);
  }

  /** Keeps who sent a request, for as long as the request lives. */
  remember(request: object, identity: Identity): void {
    this.#known.set(request, identity);
  }

  identityOf(request: object): Identity | undefined {
    return this.#known.get(request);
  }

  /** The same of a session that is open. @throws Error where nobody was let in: a bug */
  knownIdentity(request: object): Identity {
    const identity = this.identityOf(request);
    if (identity === undefined) throw new Error("a session is open for nobody");
    return identity;
  }

  /** Why the identity may not open one more connection for what the scope stands for; undefined where it may. */
  refusalOfStream(identity: Identity, scope: Scope): Refused | undefined {
    const isFull = this.#connections.held(identity.subject) >= this.#parts.maxConnectionsPerIdentity;
    return (
      this.refusalOf(identity, scope) ??
      (isFull && identity.via !== "nothing" ? TOO_MANY_CONNECTIONS : undefined)
    );
  }

  /** Counts a connection; why not where the identity holds too many. */
  holdConnection({ subject, via }: Identity): Refused | undefined {
    return via === "nothing" || this.#connections.take(subject) ? undefined : TOO_MANY_CONNECTIONS;
  }

  releaseConnection({ subject, via }: Identity): void {
    if (via !== "nothing") this.#connections.giveBack(subject);
  }

  /** Counts the subscriptions of an identity; undefined where nobody is known. */
  subscriptionQuota({ subject, via }: Identity): SubscriptionQuota | undefined {
    if (via === "nothing") return undefined;
    return {
      take: () => this.#subscriptions.take(subject),
      giveBack: () => this.#subscriptions.giveBack(subject),
    };
  }

  /** Bounds what an identity publishes per second, in all its sessions; undefined where nothing does. */
  rateOf({ limits, via }: Identity): RateQuota | undefined {
    if (via === "nothing") return undefined;
    const general = this.#parts.maxItemsPerSecondPerIdentity ?? Number.POSITIVE_INFINITY;
    const perSecond = Math.min(limits.itemsPerSecond ?? Number.POSITIVE_INFINITY, general);
    if (perSecond === Number.POSITIVE_INFINITY) return undefined;
    let quota = this.#rates.get(perSecond);
    if (quota === undefined) {
      if (this.#rates.size >= MAX_RATES) this.#rates.clear();
      quota = new RateQuota(perSecond, Math.max(1, perSecond * BURST_S));
      this.#rates.set(perSecond, quota);
    }
    return quota;
  }

  /** Counts a refusal and writes it down. */
  noteRefused(
    act: string,
    { refused }: Refused,
    who: {
      readonly remoteAddress: string;
      readonly identity?: Pick<Identity, "subject" | "via"> | undefined;
    },
    answer: number,
  ): void {
    const { identity, remoteAddress } = who;
    this.#parts.refusals.count(refused);
    this.#parts.audit?.note({
      outcome: "refused",
      act,
      reason: refused,
      ...(identity === undefined ? {} : { identity: identity.subject, via: identity.via }),
      address: remoteAddress,
      answer,
    });
  }

  /** Writes down an act that needs more than to publish or to subscribe. */
  noteAllowed(act: string, identity: Identity, remoteAddress: string): void {
    if (this.isOpen) return;
    const { subject, via } = identity;
    this.#parts.audit?.note({ outcome: "allowed", act, identity: subject, via, address: remoteAddress });
  }

  /** Writes down that a session begins or ends. */
  noteSession(act: "login" | SessionEnd, { subject, via, address }: Session): void {
    this.#parts.audit?.note({ outcome: "allowed", act, identity: subject, via, address });
  }

  #failed(refused: Refused, remoteAddress: string): Refused {
    // Whoever is late with a new token, or meets an issuer that is down, guesses nothing.
    if (refused.refused === "bad-credentials")
      this.#attempts.charge(addressGroup(remoteAddress), 1, this.nowMs);
    return refused;
  }

  #mayTry(remoteAddress: string): boolean {
    return this.#attempts.available(addressGroup(remoteAddress), this.nowMs) >= 1;
  }
}

/** Set by proxies; `node:http` and the streams join repeated ones in their order. */
const FORWARDED_FOR = "x-forwarded-for";

/** Headers that say who sends a request, or which page made a browser send it. */
const TELLING_HEADERS = [
  "authorization",
  "cookie",
  "origin",
  "host",
  "sec-fetch-site",
  FORWARDED_FOR,
] as const;

/** What an HTTP request shows of its sender. */
export function applicantOf(gatekeeper: Gatekeeper, request: IncomingMessage): Applicant {
  const shown = TELLING_HEADERS.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const { query, remoteAddress, clientCertificate } = peerFacts(request);
  const headers = new Map<string, string>(shown);
  return {
    headers,
    query,
    subprotocols: [],
    remoteAddress: gatekeeper.addressOf(remoteAddress, headers),
    isHttp: true,
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}
