import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import type { Identity } from "../domain/access.ts";
import type { ProducerSessions } from "../ingest/producer-sessions.ts";
import { ReplaySession, type ReplaySink } from "../ingest/replay-session.ts";
import type { Clock } from "../stream/clock.ts";
import type { Connection } from "../transport/transport.ts";
import { limitsItems } from "../wire/publish-limits.ts";
import type { Gatekeeper } from "./access/gatekeeper.ts";
import { LimitedProducer } from "./access/limited-producer.ts";
import type { StreamRole } from "./streams.ts";

/** Says the welcome that begins every session. */
export type Greeter = (connection: Connection) => void;

export function producerRole(
  producers: ProducerSessions,
  greet: Greeter,
  clockIsLive: boolean,
  gatekeeper: Gatekeeper,
): StreamRole {
  return {
    scope: "publish",
    refusal() {
      if (!clockIsLive) return { status: 403, reason: "this server runs on a recording's clock" };
      return producers.isFull ? { status: 503, reason: "too many producer sessions" } : undefined;
    },
    open(connection, identity) {
      greet(connection);
      producers.open(connection);
      const rate = gatekeeper.rateOf(identity);
      const limited =
        isPublishLimited(identity) || rate !== undefined
          ? new LimitedProducer(producers, connection, identity, gatekeeper, rate)
          : undefined;
      return {
        // Who may send everything does not pay for the check.
        message:
          limited === undefined
            ? (bytes) => producers.message(connection, bytes)
            : (bytes) => limited.message(bytes),
        drained: () => producers.drained(connection),
        closed: (code) => producers.closed(connection, code),
      };
    },
  };
}

/** Whether the credentials bound what may be published. */
function isPublishLimited({ limits }: Identity): boolean {
  return limits.sources !== undefined || limitsItems(limits);
}

export function subscriberRole(
  hub: DeliveryHub,
  greet: Greeter,
  clock: Clock,
  gatekeeper: Gatekeeper,
): StreamRole {
  return {
    scope: "subscribe",
    refusal: () => undefined,
    open(connection, identity) {
      greet(connection);
      const quota = gatekeeper.subscriptionQuota(identity);
      const session = hub.openSession(connection, clock(), { limits: identity.limits, quota });
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
    scope: "operate",
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
