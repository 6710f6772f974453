import type { Sample, Series } from "./series.ts";

/** One webhook endpoint at a scrape. */
export interface WebhookGauges {
  readonly name: string;
  readonly state: string;
  readonly messages: number;
  readonly requests: number;
  /** Failed requests by reason. */
  readonly failed: Readonly<Record<string, number>>;
  readonly gaps: number;
  readonly backlog: number;
  readonly oldestS: number;
}

const STATES = ["delivering", "failing", "paused", "disabled"];

/** Nothing where the server has no webhooks. */
export function webhookSeries(read: () => readonly WebhookGauges[]): Series[] {
  const series = (
    name: string,
    type: Series["type"],
    help: string,
    samples: (endpoint: WebhookGauges) => Sample[],
  ): Series => ({
    name: `roadpulse_webhook_${name}`,
    type,
    help,
    read: () => read().flatMap(samples),
  });
  const one = (value: (endpoint: WebhookGauges) => number) => (endpoint: WebhookGauges) => [
    { labels: { endpoint: endpoint.name }, value: value(endpoint) },
  ];
  return [
    series(
      "sent_total",
      "counter",
      "Messages that a receiver has acknowledged.",
      one(({ messages }) => messages),
    ),
    series(
      "requests_total",
      "counter",
      "Requests that a receiver has acknowledged.",
      one(({ requests }) => requests),
    ),
    series("failed_total", "counter", "Requests that failed, by reason.", ({ name, failed }) =>
      Object.entries(failed).map(([reason, value]) => ({ labels: { endpoint: name, reason }, value })),
    ),
    series(
      "gaps_total",
      "counter",
      "Present states sent because a receiver's place is no longer in the log.",
      one(({ gaps }) => gaps),
    ),
    series(
      "backlog",
      "gauge",
      "Transitions of the log behind a receiver's place, wanted or not.",
      one(({ backlog }) => backlog),
    ),
    series(
      "oldest_seconds",
      "gauge",
      "Age of the first transition behind a receiver's place.",
      one(({ oldestS }) => oldestS),
    ),
    series("state", "gauge", "1 for the state that an endpoint is in.", ({ name, state }) =>
      STATES.map((each) => ({ labels: { endpoint: name, state: each }, value: each === state ? 1 : 0 })),
    ),
  ];
}
