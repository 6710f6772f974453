import type { Alert } from "../domain/alert.ts";
import type { AlertLog } from "../domain/alert-log.ts";
import { BoundedTally, type Counters } from "../domain/counters.ts";
import type { StationQuery } from "../domain/subscription.ts";
import type { LiveAlerts } from "./live-alerts.ts";
import type { OutboxLimits } from "./outbox.ts";
import type { SubscriptionBook } from "./subscription-book.ts";

export interface DeliveryLimits extends OutboxLimits {
  /** Transitions kept for subscribers that resume. */
  readonly ringTransitions: number;
  readonly maxSubscriptionsPerSession: number;
}

/** What delivery did, besides the counts of alerts and positions. Plain numbers, read by metrics. */
export class DeliveryStats {
  sessions = 0;
  /** Subscriptions that began with the present state. */
  snapshots = 0;
  resumes = 0;
  gaps = 0;
  /** Subscribers disconnected with 4508. */
  slowConsumers = 0;
  /** Requests refused, by code. */
  readonly problems = new BoundedTally();
}

/** What all sessions of a hub share. */
export interface DeliveryWorld {
  readonly log: AlertLog;
  readonly live: LiveAlerts;
  readonly book: SubscriptionBook;
  readonly stations: StationQuery;
  readonly labelOf: (stationId: number, atMs: number) => number;
  /** The told revision with its present validity: extensions are not told, a newcomer must know them all the same. */
  readonly presentAlert: (alert: Alert) => Alert;
  readonly counters: Counters;
  readonly stats: DeliveryStats;
  readonly limits: DeliveryLimits;
  /** Time of the last record or tick, Unix ms. */
  nowMs: number;
}
