import type { AlertFilter, SubscriptionArea } from "../domain/subscription.ts";
import type { WebhookSecret } from "./signature.ts";

/** Which messages of a source an endpoint wants; what it says of alerts. */
export interface EndpointSubscription {
  readonly area: SubscriptionArea;
  readonly filter: AlertFilter;
}

/** Where messages are sent to, checked. */
export interface Endpoint {
  /** 1..64 of `a-z 0-9 - _ .`: names its cursor, its metrics and its lines in logs. */
  readonly name: string;
  readonly url: URL;
  /** The first is the present one; the others are being given up. */
  readonly secrets: readonly WebhookSecret[];
  readonly subscription: EndpointSubscription;
  /** `strict`: one request at a time; `per-alert`: several, but those of one alert in order. */
  readonly order: "strict" | "per-alert";
  /** Messages per request, 1..100. */
  readonly maxBatch: number;
  /** Requests at a time; 1 where the order is strict. */
  readonly maxConcurrent: number;
  /** What an endpoint that has no cursor gets first: the present state, or nothing but what is new. */
  readonly begin: "snapshot" | "now";
  /** Time that a receiver has for its answer, ms. */
  readonly timeoutMs: number;
  /** Certificates, PEM, that its certificate may be signed by, in place of those of the system. */
  readonly ca: string | undefined;
  readonly privateNetwork: boolean;
  readonly paused: boolean;
}

/** Changes where another cursor is needed: what was left out under the old subscription was never told. */
export function subscriptionKey({ subscription }: Pick<Endpoint, "subscription">): string {
  return JSON.stringify(subscription);
}
