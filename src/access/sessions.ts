import { createHash, randomBytes } from "node:crypto";
import type { AccessLimits, Identity, Scope } from "../domain/access.ts";
import { NO_LIMITS } from "../domain/access.ts";
import type { Agency } from "../domain/agency.ts";
import { type Refused, refuse } from "./refusal.ts";

/** Somebody who has shown who they are, and may begin a session. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly agency: Agency;
  readonly scopes: ReadonlySet<Scope>;
}

/** Where the person was looked up: people of the same name elsewhere are others. */
export type LoginKind = "account" | "provider";

/**
 * - `expired`: as long as a session may be, or as the provider vouches for the person.
 * - `idle`: nothing was asked and no stream was open for too long.
 * - `logged-out`: by the person.
 * - `replaced`: the person has begun more sessions than somebody may have, or logged in again in the same browser.
 * - `changed`: the account was removed or changed, or the provider vouches for the person no longer.
 */
export type SessionEnd = "expired" | "idle" | "logged-out" | "replaced" | "changed";

export interface SessionOptions {
  readonly idleMs: number;
  readonly longestMs: number;
  readonly maxSessions: number;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly onEnd: (session: Session, end: SessionEnd) => void;
}

const ID_BYTES = 32;

/** One person at a few desks; the oldest session ends where they begin one more. */
const MAX_SESSIONS_OF_PERSON = 10;

/** Ended sessions of which a client can still be told why they ended. */
const MAX_ENDED = 1_000;

const WHY: Readonly<Record<SessionEnd, Refused>> = {
  expired: refuse("expired", "the session has expired; log in again"),
  idle: refuse("expired", "the session was not used for too long; log in again"),
  "logged-out": refuse("session-ended", "the session was ended by its user"),
  replaced: refuse("session-ended", "the session was ended by a newer one of the same person"),
  changed: refuse("session-ended", "the account was removed or changed"),
};

export interface Renewal {
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  /** Unix ms; Infinity where nothing renews it. */
  readonly dueAtMs: number;
}

/** A session of somebody who has logged in. Its identity lives as long as it. */
export class Session implements Identity {
  readonly via = "session";
  readonly limits: AccessLimits = NO_LIMITS;
  readonly kind: LoginKind;
  readonly subject: string;
  readonly name: string;
  readonly agency: Agency;
  readonly scopes: ReadonlySet<Scope>;
  /** For the audit log. */
  readonly address: string;
  /** Unix ms. A provider that vouches for the person again moves it, up to the longest life of a session. */
  expiresAtMs: number;
  /** Unix ms. */
  readonly #mostMs: number;
  /** What renews it at the provider, and where the provider ends its own. */
  renewal: Renewal | undefined;
  lastUsedAtMs: number;
  end: SessionEnd | undefined;

  constructor(person: Person, kind: LoginKind, address: string, beganAtMs: number, longestMs: number) {
    this.kind = kind;
    this.subject = person.subject;
    this.name = person.name;
    this.agency = person.agency;
    this.scopes = person.scopes;
    this.address = address;
    this.lastUsedAtMs = beganAtMs;
    this.#mostMs = beganAtMs + longestMs;
    this.expiresAtMs = this.#mostMs;
  }

  get longestUntilMs(): number | undefined {
    return this.renewal?.refreshToken === undefined ? undefined : this.#mostMs;
  }

  /** The provider vouches for the person until then. */
  extendTo(atMs: number): void {
    this.expiresAtMs = Math.min(this.#mostMs, atMs);
  }
}

/**
 * Sessions of people who have logged in, in memory: a restart ends them. An id is 256 random bits that only the client has;
 * here stands its hash, so that a dump of memory opens no session.
 */
export class Sessions {
  readonly #options: SessionOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #ended = new Map<string, SessionEnd>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get isFull(): boolean {
    return this.#sessions.size >= this.#options.maxSessions;
  }

  /** Begins a session; the caller has asked whether there is room. @returns it and the id that the client shows */
  begin(
    person: Person,
    kind: LoginKind,
    address: string,
  ): { readonly id: string; readonly session: Session } {
    const { nowMs, longestMs } = this.#options;
    const own = [...this.#sessions].filter(([, s]) => s.kind === kind && s.subject === person.subject);
    for (const [key] of own.slice(0, Math.max(0, own.length + 1 - MAX_SESSIONS_OF_PERSON)))
      this.#end(key, "replaced");
    const id = randomBytes(ID_BYTES).toString("base64url");
    const session = new Session(person, kind, address, nowMs(), longestMs);
    this.#sessions.set(keyOf(id), session);
    return { id, session };
  }

  /** Whose session it is, which counts as use; why it is none any more; undefined where there never was one. */
  find(id: string): Session | Refused | undefined {
    const key = keyOf(id);
    const session = this.#sessions.get(key);
    if (session === undefined) {
      const end = this.#ended.get(key);
      return end === undefined ? undefined : WHY[end];
    }
    const end = this.#dueEnd(session);
    if (end !== undefined) {
      this.#end(key, end);
      return WHY[end];
    }
    session.lastUsedAtMs = this.#options.nowMs();
    return session;
  }

  /** Why a session that somebody still holds is over; undefined while it goes on. Whoever asks for a stream uses it. */
  endOf(session: Session): Refused | undefined {
    if (session.end === undefined && this.#dueEnd(session) === undefined) {
      session.lastUsedAtMs = this.#options.nowMs();
      return undefined;
    }
    this.sweep();
    return session.end === undefined ? undefined : WHY[session.end];
  }

  /** Sessions that the provider has to be asked about. */
  dueForRenewal(nowMs: number): readonly Session[] {
    return [...this.#sessions.values()].filter(
      ({ renewal }) => renewal !== undefined && nowMs >= renewal.dueAtMs,
    );
  }

  endById(id: string, end: SessionEnd): Session | undefined {
    const key = keyOf(id);
    const session = this.#sessions.get(key);
    if (session !== undefined) this.#end(key, end);
    return session;
  }

  endWhere(isMeant: (session: Session) => boolean, end: SessionEnd): void {
    for (const [key, session] of [...this.#sessions]) if (isMeant(session)) this.#end(key, end);
  }

  /** Ends what has lasted too long. */
  sweep(): void {
    for (const [key, session] of [...this.#sessions]) {
      const end = this.#dueEnd(session);
      if (end !== undefined) this.#end(key, end);
    }
  }

  #dueEnd(session: Session): SessionEnd | undefined {
    const nowMs = this.#options.nowMs();
    if (nowMs >= session.expiresAtMs) return "expired";
    return nowMs - session.lastUsedAtMs >= this.#options.idleMs ? "idle" : undefined;
  }

  #end(key: string, end: SessionEnd): void {
    const session = this.#sessions.get(key);
    if (session === undefined) return;
    session.end = end;
    this.#sessions.delete(key);
    this.#ended.set(key, end);
    if (this.#ended.size > MAX_ENDED) {
      const [oldest = ""] = this.#ended.keys();
      this.#ended.delete(oldest);
    }
    this.#options.onEnd(session, end);
  }
}

const keyOf = (id: string): string => createHash("sha256").update(id).digest("base64");
