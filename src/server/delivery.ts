import type { Config } from "../config/schema.ts";
import { DeliveryHub } from "../deliver/delivery-hub.ts";
import { StationLabels } from "../deliver/station-label.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Clock } from "../stream/clock.ts";
import type { AlertedRecord } from "../stream/operators.ts";
import type { AlertStore } from "./alert-store.ts";

/** The hub over the alert log, with the limits of the configuration. */
export function composeDelivery(
  config: Config,
  pipeline: Pipeline,
  wallClock: Clock,
  store: AlertStore | undefined,
): DeliveryHub {
  const { ringTransitions, outboxBytes, slowConsumerAgeMs, maxSubscriptionsPerSession, stationLabelKey } =
    config.deliver;
  return new DeliveryHub({
    epoch: Math.floor(wallClock()),
    ...(store === undefined ? {} : { log: store.log }),
    counters: pipeline.counters,
    stations: pipeline.tracker,
    presentAlert: (alertId) => pipeline.alertBook.get(alertId),
    labelOf: new StationLabels(stationLabelKey).labelOf,
    limits: {
      ringTransitions,
      outboxBytes,
      maxSubscriptionsPerSession,
      // On a recording's clock an hour may pass in a second; the replay waits for its readers instead.
      slowConsumerAgeMs: config.clock === "live" ? slowConsumerAgeMs : Number.POSITIVE_INFINITY,
    },
    ...(config.clock === "live" ? { monotonicNowMs: wallClock } : {}),
  });
}

/** Hands transitions to delivery and lets its own work (positions, slow subscribers) run on ticks. */
export function deliver(
  alerted: AlertedRecord,
  pipeline: Pipeline,
  hub: DeliveryHub,
  clock: Clock | undefined,
): void {
  const { record, transitions } = alerted;
  for (const alert of transitions) pipeline.counters.countTransition(alert.kind, alert.state);
  if (transitions.length > 0)
    hub.publish(
      transitions,
      stampsOf(record.kind, record.receivedAtMs, pipeline, clock),
      record.receivedAtMs,
    );
  if (record.kind === "tick") hub.onTick(record.receivedAtMs);
}

function stampsOf(kind: string, receivedAtMs: number, pipeline: Pipeline, clock: Clock | undefined) {
  if (clock === undefined) return undefined;
  return {
    receivedMonotonicMs: receivedAtMs,
    decodedMonotonicMs: kind === "message" ? pipeline.decodedAtMs : receivedAtMs,
    detectedMonotonicMs: clock(),
  };
}
