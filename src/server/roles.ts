import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import type { SubprotocolName } from "../domain/subprotocol.ts";
import type { ProducerSessions } from "../ingest/producer-sessions.ts";
import { ReplaySession, type ReplaySink } from "../ingest/replay-session.ts";
import type { Clock } from "../stream/clock.ts";
import type { Connection } from "../transport/transport.ts";
import type { StreamRole } from "./streams.ts";

/** Says the welcome that begins every session. */
export type Greeter = (connection: Connection) => void;

export function producerRole(producers: ProducerSessions, greet: Greeter, clockIsLive: boolean): StreamRole {
  return {
    refusal() {
      if (!clockIsLive) return { status: 403, reason: "this server runs on a recording's clock" };
      return producers.isFull ? { status: 503, reason: "too many producer sessions" } : undefined;
    },
    open(connection) {
      greet(connection);
      producers.open(connection);
      return {
        message: (bytes) => producers.message(connection, bytes),
        drained: () => producers.drained(connection),
        closed: (code) => producers.closed(connection, code),
      };
    },
  };
}

export function subscriberRole(hub: DeliveryHub, greet: Greeter, clock: Clock): StreamRole {
  return {
    refusal: () => undefined,
    open(connection) {
      greet(connection);
      const session = hub.openSession(connection, clock());
      return {
        message: (bytes) => session.onMessage(bytes),
        drained: () => session.onDrained(),
        closed: () => session.close(),
      };
    },
  };
}

/** One replaying client at a time: two would mix two clocks. */
export function replayRole(sink: ReplaySink, clockIsLive: boolean): StreamRole {
  let busy = false;
  return {
    refusal() {
      if (clockIsLive)
        return { status: 403, reason: "start the server with --clock replay to play recordings in" };
      return busy ? { status: 503, reason: "another client is replaying" } : undefined;
    },
    open(connection) {
      busy = true;
      const session = new ReplaySession(sink, connection);
      return {
        message: (bytes) => session.message(bytes),
        drained: () => {},
        closed: () => {
          busy = false;
        },
      };
    },
  };
}

export type Roles = Readonly<Record<SubprotocolName, StreamRole>>;
