import type { AccountBook } from "../../access/account-book.ts";
import { LoginBackoff } from "../../access/login-backoff.ts";
import type { LoginUnderWay, Provider, ProviderAnswer } from "../../access/provider.ts";
import type { ProviderRoles } from "../../access/provider-roles.ts";
import { isRefused, type Refused, refuse } from "../../access/refusal.ts";
import type { LoginKind, Person, Session, Sessions } from "../../access/sessions.ts";
import type { Gatekeeper } from "./gatekeeper.ts";

export interface LoginParts {
  readonly sessions: Sessions;
  readonly accounts: AccountBook | undefined;
  readonly provider: Provider | undefined;
  readonly providerRoles: ProviderRoles | undefined;
  readonly gatekeeper: Gatekeeper;
}

export type LoggedIn = { readonly id: string; readonly session: Session };

/** A refused login, and when it may be tried again where that is known. */
export type LoginRefused = Refused & { readonly retryAfterMs?: number };

/** A provider is asked again so long before it vouches for the person no longer, and again after a pause where it is down. */
const RENEW_AHEAD_MS = 60_000;
const RENEW_AGAIN_MS = 10_000;

/** Sessions that are renewed at a time. */
const MAX_RENEWALS = 16;

/** Logging in and out, and what ends sessions from outside. */
export class Logins {
  readonly #parts: LoginParts;
  readonly #backoff = new LoginBackoff();
  #renewals = 0;

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  get takesPasswords(): boolean {
    return this.#parts.accounts !== undefined;
  }

  get provider(): Provider | undefined {
    return this.#parts.provider;
  }

  /** Never rejects. */
  async withPassword(name: string, password: string, address: string): Promise<LoggedIn | LoginRefused> {
    const { accounts, gatekeeper } = this.#parts;
    if (accounts === undefined) return refuse("bad-credentials", "nobody logs in with a password here");
    const retryAfterMs = this.#backoff.pauseMs(name, address, gatekeeper.nowMs);
    if (retryAfterMs > 0)
      return { ...refuse("attempt-quota", "too many failed attempts; wait a little"), retryAfterMs };
    if (accounts.isBusy) return refuse("attempt-quota", "too many people are logging in; try again");
    this.#backoff.begin(name, address, gatekeeper.nowMs);
    accounts.look();
    const person = await accounts.check(name, password);
    if (person === undefined) {
      this.#backoff.failed(name, address, gatekeeper.nowMs);
      // It does not say which of the two was wrong.
      return refuse("bad-credentials", "the name or the password is wrong");
    }
    this.#backoff.succeeded(name, address);
    return this.#begin(person, "account", address);
  }

  /** Whether somebody has the name: names that nobody has may be passwords typed into the wrong field. */
  hasAccount(name: string): boolean {
    return this.#parts.accounts?.has(name) ?? false;
  }

  /** Never rejects. */
  async fromProvider(query: string, underWay: LoginUnderWay, address: string): Promise<LoggedIn | Refused> {
    const { provider, providerRoles } = this.#parts;
    if (provider === undefined || providerRoles === undefined)
      return refuse("bad-credentials", "nobody logs in with a provider here");
    const answer = await provider.finish(query, underWay);
    if (isRefused(answer)) return answer;
    const person = providerRoles.personOf(answer.claims);
    if (isRefused(person)) return person;
    const begun = this.#begin(person, "provider", address);
    if (!isRefused(begun)) this.#follow(begun.session, answer);
    return begun;
  }

  /** Ends a session; it is handed back where there was one. */
  logout(id: string): Session | undefined {
    return this.#parts.sessions.endById(id, "logged-out");
  }

  /** Somebody logs in where they were logged in already. */
  replace(id: string): void {
    this.#parts.sessions.endById(id, "replaced");
  }

  /** Ends and renews what is due. Called once a second. */
  sweep(): void {
    const { sessions, accounts, provider, gatekeeper } = this.#parts;
    accounts?.look();
    provider?.look();
    sessions.sweep();
    for (const session of sessions.dueForRenewal(gatekeeper.nowMs)) {
      if (this.#renewals >= MAX_RENEWALS) return;
      void this.#renew(session);
    }
  }

  #begin(person: Person, kind: LoginKind, address: string): LoggedIn | Refused {
    const { sessions, gatekeeper } = this.#parts;
    if (sessions.isFull) return refuse("session-quota", "too many people are logged in");
    const begun = sessions.begin(person, kind, address);
    gatekeeper.noteSession("login", begun.session);
    return begun;
  }

  /** Binds a session to how long the provider vouches for the person. */
  #follow(session: Session, { refreshToken, idToken, expiresAtMs }: ProviderAnswer): void {
    session.extendTo(expiresAtMs);
    const { nowMs } = this.#parts.gatekeeper;
    const leftMs = expiresAtMs - nowMs;
    const dueAtMs =
      refreshToken === undefined
        ? Number.POSITIVE_INFINITY
        : nowMs + Math.max(leftMs / 2, leftMs - RENEW_AHEAD_MS);
    session.renewal = { refreshToken, idToken, dueAtMs };
  }

  async #renew(session: Session): Promise<void> {
    const { provider, providerRoles, sessions, gatekeeper } = this.#parts;
    const token = session.renewal?.refreshToken;
    if (provider === undefined || providerRoles === undefined || token === undefined) return;
    session.renewal = {
      refreshToken: token,
      idToken: session.renewal?.idToken,
      dueAtMs: gatekeeper.nowMs + RENEW_AGAIN_MS,
    };
    this.#renewals++;
    const answer = await provider.renew(token);
    this.#renewals--;
    if (session.end !== undefined) return;
    if (isRefused(answer)) {
      // A provider that is down ends nothing before its time.
      if (answer.refused !== "provider-unavailable")
        sessions.endWhere((other) => other === session, "changed");
      return;
    }
    if (answer.idToken !== undefined && !isStill(session, providerRoles.personOf(answer.claims)))
      return sessions.endWhere((other) => other === session, "changed");
    this.#follow(session, { ...answer, idToken: answer.idToken ?? session.renewal?.idToken });
  }
}

/** Whether the provider still says of somebody what it said when they logged in. */
function isStill(session: Session, person: Person | Refused): boolean {
  if (isRefused(person)) return false;
  const { subject, agency, scopes } = person;
  const isSame =
    scopes.size === session.scopes.size && [...scopes].every((scope) => session.scopes.has(scope));
  return isSame && subject === session.subject && agency === session.agency;
}
