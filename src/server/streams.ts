import { isRefused, type Refused, refuse } from "../access/refusal.ts";
import { TOKEN_SUBPROTOCOL_PREFIX } from "../access/request-credentials.ts";
import type { Identity, Scope } from "../domain/access.ts";
import { closeCode } from "../domain/close-code.ts";
import type { Counters } from "../domain/counters.ts";
import { subprotocol as names, STREAM_PATH, type SubprotocolName } from "../domain/subprotocol.ts";
import { isForeignOrigin } from "../ops/origin.ts";
import type {
  Connection,
  ConnectionHandlers,
  PendingUpgrade,
  UpgradeDecision,
  UpgradeRequest,
} from "../transport/transport.ts";
import { beginsWithToken, takeToken } from "../wire/authenticate.ts";
import { type Gatekeeper, statusOf } from "./access/gatekeeper.ts";
import { closeCodeOf, PendingSession } from "./access/pending-session.ts";
import type { StreamSession } from "./stream-session.ts";

export interface StreamRole {
  /** What an identity needs for a session of this kind. */
  readonly scope: Scope;
  /** Why no session of this kind can begin now, or undefined. */
  refusal(): { readonly status: 403 | 503; readonly reason: string } | undefined;
  /** Begins a session; undefined where the connection was closed at once. */
  open(connection: Connection, identity: Identity): StreamSession | undefined;
}

export type StreamRoles = Readonly<Record<SubprotocolName, StreamRole>>;

export interface StreamOptions {
  /** Origins whose pages may open streams, besides pages of this server. */
  readonly allowedOrigins: readonly string[];
  /** Whether the server is meant by this name; any is where absent. */
  readonly knowsHost?: (host: string | undefined) => boolean;
  /** A session that has to send its token and does not is closed after this. */
  readonly authenticationTimeoutMs: number;
  readonly onFault: (part: string, error: unknown) => void;
}

/** Streams whose first message may hold a token. */
const TOKEN_IN_MESSAGE: ReadonlySet<SubprotocolName> = new Set([names.ingest, names.alerts]);

/** Sessions at a time that have still to say who they are; beyond it credentials belong in the handshake. */
const MAX_PENDING = 1_000;

interface Held {
  readonly connection: Connection;
  /** Undefined while unknown. */
  identity: Identity | undefined;
  session: StreamSession | undefined;
}

/**
 * Handshake and routing for every lane: one path, the first subprotocol of the client's list that we speak, an identity
 * that may use it, and a session per socket. A handshake that fits nothing is refused with an HTTP status and a reason that
 * helps; what is decided later ends the session with a close code.
 */
export class Streams implements ConnectionHandlers {
  readonly #roles: StreamRoles;
  readonly #counters: Counters;
  readonly #gatekeeper: Gatekeeper;
  readonly #options: StreamOptions;
  readonly #held = new Map<number, Held>();
  readonly #pending = new Map<number, PendingSession>();
  /** Sessions whose credentials end some day. */
  readonly #mortal = new Map<number, Held>();

  constructor(roles: StreamRoles, counters: Counters, gatekeeper: Gatekeeper, options: StreamOptions) {
    this.#roles = roles;
    this.#counters = counters;
    this.#gatekeeper = gatekeeper;
    this.#options = options;
  }

  upgrade(request: UpgradeRequest): UpgradeDecision | PendingUpgrade {
    const subprotocol = this.#chosen(request);
    if (typeof subprotocol === "object") return this.#counted(subprotocol);
    const shown = this.#gatekeeper.identify(request);
    if (!(shown instanceof Promise)) return this.#counted(this.#decide(request, subprotocol, shown));
    const verdict = shown.then((late) => this.#counted(this.#decide(request, subprotocol, late)));
    return { subprotocol, verdict };
  }

  open(connection: Connection): void {
    this.#guarded(connection, () => this.#open(connection));
  }

  #open(connection: Connection): void {
    const held: Held = { connection, identity: undefined, session: undefined };
    this.#held.set(connection.id, held);
    if (this.#gatekeeper.identityOf(connection.request) !== undefined) {
      this.#begin(held);
      return;
    }
    const act = this.#roleOf(connection).scope;
    const pending = new PendingSession(connection, act, this.#gatekeeper, () => this.#authenticated(held));
    this.#pending.set(connection.id, pending);
    held.session = pending;
  }

  message(connection: Connection, bytes: Uint8Array): void {
    // Spelt out: a closure for each message would cost more than the look-up.
    try {
      const held = this.#held.get(connection.id);
      // Who is there is known. A token in mid-stream renews nothing, and no recording shall hold it.
      const isToken = held?.identity !== undefined && beginsWithToken(connection.subprotocol, bytes);
      const rest = isToken ? takeToken(connection.subprotocol, bytes).rest : bytes;
      if (rest !== undefined) held?.session?.message(rest);
    } catch (error) {
      this.fail(connection, error);
    }
  }

  addressOf(peer: string, headers: ReadonlyMap<string, string>): string {
    return this.#gatekeeper.addressOf(peer, headers);
  }

  /** The engine's own refusals are counted like all others. */
  refused(): void {
    this.#counters.handshakesRefused.count("503");
  }

  refusedText(): void {}

  drained(connection: Connection): void {
    this.#guarded(connection, () => this.#held.get(connection.id)?.session?.drained());
  }

  closed(connection: Connection, code: number): void {
    this.#counters.sessionsClosed.count(String(code));
    const held = this.#held.get(connection.id);
    this.#held.delete(connection.id);
    this.#pending.delete(connection.id);
    this.#mortal.delete(connection.id);
    if (held?.identity !== undefined) this.#gatekeeper.releaseConnection(held.identity);
    this.#guarded(connection, () => held?.session?.closed(code));
  }

  /** Ends sessions whose credentials have expired or never came. Called a few times a second. */
  sweep(): void {
    const { nowMs } = this.#gatekeeper;
    for (const pending of this.#pending.values()) {
      if (nowMs - pending.openedAtMs >= this.#options.authenticationTimeoutMs) pending.expire();
    }
    for (const [id, { connection, identity }] of this.#mortal) {
      const end = identity && this.#gatekeeper.endOf(identity);
      if (identity === undefined || end === undefined) continue;
      this.#mortal.delete(id);
      this.#end(connection, end, identity);
    }
  }

  #roleOf(connection: Connection): StreamRole {
    return this.#roles[connection.subprotocol as SubprotocolName];
  }

  #chosen(request: UpgradeRequest): SubprotocolName | Extract<UpgradeDecision, { accept: false }> {
    if (request.path !== STREAM_PATH)
      return { accept: false, status: 404, reason: `streams are served at ${STREAM_PATH}` };
    const { headers } = request;
    const host = headers.get("host");
    const isForeign = isForeignOrigin(headers.get("origin"), host, this.#options.allowedOrigins);
    if (isForeign || this.#options.knowsHost?.(host) === false)
      return this.#turnedAway(
        "handshake",
        refuse("foreign-origin", "pages of another origin may not use this server"),
        request,
      );
    const subprotocol = request.subprotocols.find((name): name is SubprotocolName =>
      Object.hasOwn(this.#roles, name),
    );
    if (subprotocol !== undefined) return subprotocol;
    const known = Object.keys(this.#roles).join(", ");
    return { accept: false, status: 400, reason: `offer one of the subprotocols ${known}` };
  }

  #decide(
    request: UpgradeRequest,
    subprotocol: SubprotocolName,
    shown: Identity | Refused | undefined,
  ): UpgradeDecision {
    const role = this.#roles[subprotocol];
    const refused = this.#refusalOf(subprotocol, shown);
    if (refused !== undefined) {
      const identity = shown === undefined || isRefused(shown) ? undefined : shown;
      return this.#turnedAway(role.scope, refused, request, identity);
    }
    const busy = role.refusal();
    if (busy !== undefined) return { accept: false, ...busy };
    if (shown !== undefined && !isRefused(shown)) this.#gatekeeper.remember(request, shown);
    return { accept: true, subprotocol };
  }

  #refusalOf(subprotocol: SubprotocolName, shown: Identity | Refused | undefined): Refused | undefined {
    if (shown === undefined) {
      const mayCome = this.#gatekeeper.awaitsTokens && TOKEN_IN_MESSAGE.has(subprotocol);
      if (mayCome && this.#pending.size < MAX_PENDING) return undefined;
      const how = `Authorization: Bearer or a subprotocol ${TOKEN_SUBPROTOCOL_PREFIX}<token>`;
      return refuse("no-credentials", `say who you are: ${how}`);
    }
    if (isRefused(shown)) return shown;
    return this.#gatekeeper.refusalOfStream(shown, this.#roles[subprotocol].scope);
  }

  #turnedAway(
    act: string,
    refused: Refused,
    request: UpgradeRequest,
    identity?: Identity,
  ): Extract<UpgradeDecision, { accept: false }> {
    const status = statusOf(refused.refused);
    this.#gatekeeper.noteRefused(act, refused, { remoteAddress: request.remoteAddress, identity }, status);
    return { accept: false, status, reason: refused.reason };
  }

  #counted(decision: UpgradeDecision): UpgradeDecision {
    if (!decision.accept) this.#counters.handshakesRefused.count(String(decision.status));
    return decision;
  }

  /** A token came in the first message: what the handshake could not decide is decided now. */
  #authenticated(held: Held): StreamSession | undefined {
    const { connection } = held;
    this.#pending.delete(connection.id);
    const identity = this.#gatekeeper.identityOf(connection.request);
    if (identity === undefined || !this.#held.has(connection.id)) return undefined;
    const refused = this.#gatekeeper.refusalOfStream(identity, this.#roleOf(connection).scope);
    if (refused !== undefined) {
      held.session = undefined;
      this.#end(connection, refused, identity);
      return undefined;
    }
    this.#begin(held);
    // What waited passes through the session's own door, where faults are caught.
    return {
      message: (bytes) => this.message(connection, bytes),
      drained: () => undefined,
      closed: () => undefined,
    };
  }

  #begin(held: Held): void {
    const { connection } = held;
    const identity = this.#gatekeeper.identityOf(connection.request);
    if (identity === undefined) return;
    // Others may have come since the handshake.
    const full = this.#gatekeeper.holdConnection(identity);
    if (full !== undefined) return this.#end(connection, full, identity);
    held.identity = identity;
    const role = this.#roleOf(connection);
    if (role.scope === "operate" || role.scope === "admin")
      this.#gatekeeper.noteAllowed(connection.subprotocol, identity, connection.remoteAddress);
    if (identity.expiresAtMs !== Number.POSITIVE_INFINITY) this.#mortal.set(connection.id, held);
    const session = this.#guarded(connection, () => role.open(connection, identity));
    held.session =
      session &&
      withoutToken(connection, session, () => {
        held.session = session;
      });
  }

  #end(connection: Connection, refused: Refused, identity: Identity): void {
    const code = closeCodeOf(refused.refused);
    const { remoteAddress } = connection;
    this.#gatekeeper.noteRefused(this.#roleOf(connection).scope, refused, { remoteAddress, identity }, code);
    connection.close(code, refused.reason);
  }

  /** What is called by an engine or a promise: nobody above would catch a fault, and the process would end. */
  #guarded<Result>(connection: Connection, act: () => Result): Result | undefined {
    try {
      return act();
    } catch (error) {
      this.fail(connection, error);
      return undefined;
    }
  }

  /** A bug that one client's message brings to light must not end the streams of all the others. */
  fail(connection: Connection, error: unknown): void {
    const part = `session:${connection.subprotocol}`;
    this.#counters.faults.count(part);
    this.#options.onFault(part, error);
    connection.close(closeCode.internalError, "this message met a fault of the server");
  }
}

/** Takes a token off the first message although nobody needs it any more: nothing after this may record it. */
function withoutToken(connection: Connection, session: StreamSession, onFirst: () => void): StreamSession {
  return {
    message(bytes) {
      onFirst();
      const { rest } = takeToken(connection.subprotocol, bytes);
      if (rest !== undefined) session.message(rest);
    },
    drained: () => session.drained(),
    closed: (code) => session.closed(code),
  };
}
