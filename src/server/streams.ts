import { closeCode } from "../domain/close-code.ts";
import type { Counters } from "../domain/counters.ts";
import { STREAM_PATH, type SubprotocolName } from "../domain/subprotocol.ts";
import type {
  Connection,
  ConnectionHandlers,
  UpgradeDecision,
  UpgradeRequest,
} from "../transport/transport.ts";

/** One session on one socket, whatever it speaks. */
export interface StreamSession {
  message(bytes: Uint8Array): void;
  drained(): void;
  closed(code: number): void;
}

export interface StreamRole {
  /** Why no session of this kind can begin now, or undefined. */
  refusal(): { readonly status: 403 | 503; readonly reason: string } | undefined;
  /** Begins a session; undefined where the connection was closed at once. */
  open(connection: Connection): StreamSession | undefined;
}

export type StreamRoles = Readonly<Record<SubprotocolName, StreamRole>>;

/**
 * Handshake and routing for every lane: one path, the first subprotocol of the client's list that we speak, and a
 * session per socket. A handshake that fits nothing is refused with an HTTP status and a reason that helps.
 */
export function streamHandlers(
  roles: StreamRoles,
  counters: Counters,
  onFault: (part: string, error: unknown) => void,
): ConnectionHandlers {
  const sessions = new Map<number, StreamSession>();
  return {
    upgrade(request) {
      const decision = decide(roles, request);
      if (!decision.accept) counters.handshakesRefused.count(String(decision.status));
      return decision;
    },
    open(connection) {
      const session = roles[connection.subprotocol as SubprotocolName].open(connection);
      if (session !== undefined) sessions.set(connection.id, session);
    },
    message(connection, bytes) {
      try {
        sessions.get(connection.id)?.message(bytes);
      } catch (error) {
        // A bug that one client's message brings to light must not end the streams of all the others.
        const part = `session:${connection.subprotocol}`;
        counters.faults.count(part);
        onFault(part, error);
        connection.close(closeCode.internalError, "this message met a fault of the server");
      }
    },
    refusedText() {},
    drained(connection) {
      sessions.get(connection.id)?.drained();
    },
    closed(connection, code) {
      counters.sessionsClosed.count(String(code));
      const session = sessions.get(connection.id);
      sessions.delete(connection.id);
      session?.closed(code);
    },
  };
}

function decide(roles: StreamRoles, request: UpgradeRequest): UpgradeDecision {
  if (request.path !== STREAM_PATH) {
    return { accept: false, status: 404, reason: `streams are served at ${STREAM_PATH}` };
  }
  if (isForeignPage(request)) {
    return { accept: false, status: 403, reason: "pages of another origin may not use this server" };
  }
  const subprotocol = request.subprotocols.find((name): name is SubprotocolName =>
    Object.hasOwn(roles, name),
  );
  if (subprotocol === undefined) {
    const known = Object.keys(roles).join(", ");
    return { accept: false, status: 400, reason: `offer one of the subprotocols ${known}` };
  }
  const refusal = roles[subprotocol].refusal();
  return refusal === undefined ? { accept: true, subprotocol } : { accept: false, ...refusal };
}

/**
 * A browser lets every page that its user opens talk to servers on loopback, and only tells the page's origin (OWASP ASVS
 * 5.0, 4.4.2). Programs send none.
 */
function isForeignPage({ headers }: UpgradeRequest): boolean {
  const origin = headers.get("origin");
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get("host");
}
