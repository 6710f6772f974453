import type { DeliveryHub, SubscriberSession } from "../deliver/delivery-hub.ts";
import type { Source } from "../domain/station.ts";
import type { Problem } from "../domain/subscription.ts";
import type { SubscriptionGate } from "../ingest/producer-sessions.ts";
import type { Clock } from "../stream/clock.ts";
import type { Tracker } from "../track/tracker.ts";
import type { Connection } from "../transport/transport.ts";
import { toSubscription } from "../wire/subscription.ts";
import type { Gatekeeper } from "./access/gatekeeper.ts";

/** To publish is not to be told: a producer without the scope `subscribe` keeps its session and gets no alerts. */
function missingScope(gatekeeper: Gatekeeper, connection: Connection): Problem | undefined {
  const identity = gatekeeper.knownIdentity(connection.request);
  const refused = gatekeeper.refusalOf(identity, "subscribe");
  if (refused === undefined) return undefined;
  const { remoteAddress } = connection;
  gatekeeper.noteRefused("subscribe", refused, { remoteAddress, identity }, 0);
  return { code: "not-permitted", field: "subscribe", message: `${refused.reason}.`, subscriptionId: "" };
}

/**
 * Lets a producer subscribe on its own socket: a delivery session begins with its first subscription and ends with the
 * socket.
 */
export function producerGate(
  hub: DeliveryHub,
  tracker: Tracker,
  clock: Clock,
  gatekeeper: Gatekeeper,
): SubscriptionGate {
  const sessions = new Map<number, SubscriberSession>();
  const sessionOf = (connection: Connection, source: Source): SubscriberSession => {
    const known = sessions.get(connection.id);
    if (known !== undefined) return known;
    // Answers about what lies ahead tell where a station is: only who reports it may ask.
    const reportsStation = (stationId: number) => tracker.isHeardBy(stationId, source.name);
    const identity = gatekeeper.knownIdentity(connection.request);
    const opened = hub.openSession(connection, clock(), {
      reportsStation,
      limits: identity.limits,
      quota: gatekeeper.subscriptionQuota(identity),
    });
    sessions.set(connection.id, opened);
    return opened;
  };
  return {
    subscribe(connection, source, request) {
      const missing = missingScope(gatekeeper, connection);
      if (missing !== undefined) return sessionOf(connection, source).refuse(missing);
      const subscription = toSubscription(request, "subscribe");
      // Bad requests count against the session's rate, too.
      if ("code" in subscription) sessionOf(connection, source).refuse(subscription);
      else sessionOf(connection, source).subscribe(subscription);
    },
    unsubscribe(connection, request) {
      sessions.get(connection.id)?.unsubscribe(request.subscription_id ?? "");
    },
    drained(connection) {
      sessions.get(connection.id)?.onDrained();
    },
    closed(connection) {
      sessions.get(connection.id)?.close();
      sessions.delete(connection.id);
    },
  };
}
