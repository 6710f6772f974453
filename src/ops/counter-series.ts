import {
  type Counters,
  type DeliveryCounters,
  LATENCY_BOUNDS_MS,
  type LatencyBuckets,
  type SourceCounters,
} from "../domain/counters.ts";
import { type Sample, type Series, single } from "./series.ts";

/** Everything that the stages count. */
export function counterSeries(counters: Counters): Series[] {
  return [
    ...itemSeries(counters),
    ...inputSeries(counters),
    ...deliverySeries(counters),
    latencySeries(counters),
  ];
}

function tally(counts: ReadonlyMap<string, number>, label: string): Sample[] {
  return [...counts].map(([reason, value]) => ({ labels: { [label]: reason }, value }));
}

/** Conservation: received = accepted + duplicate + invalid + shed, per source. */
function itemSeries(counters: Counters): Series[] {
  const perSource = (outcome: string, help: string, count: (source: SourceCounters) => number): Series => ({
    name: `roadpulse_items_${outcome}_total`,
    help,
    type: "counter",
    read: () =>
      [...counters.sources].map(([name, source]) => ({ labels: { source: name }, value: count(source) })),
  });
  const perReason = (
    outcome: string,
    help: string,
    counts: (source: SourceCounters) => ReadonlyMap<string, number>,
  ): Series => ({
    name: `roadpulse_items_${outcome}_total`,
    help,
    type: "counter",
    read: () =>
      [...counters.sources].flatMap(([name, source]) =>
        [...counts(source)].map(([reason, value]) => ({ labels: { source: name, reason }, value })),
      ),
  });
  return [
    perSource("received", "Items that arrived from producers.", (source) => source.received),
    perSource("accepted", "Items used.", (source) => source.accepted),
    perSource(
      "duplicate",
      "Items already known from this or another receiver.",
      (source) => source.duplicate,
    ),
    perReason("invalid", "Items not used, by reason.", (source) => source.invalid),
    perReason("shed", "Items refused by admission, by reason.", (source) => source.shed.counts),
    perSource("late", "Accepted items that came behind the watermark.", (source) => source.late),
  ];
}

function inputSeries(counters: Counters): Series[] {
  const counter = (name: string, help: string, read: () => Sample[]): Series => ({
    name: `roadpulse_${name}_total`,
    help,
    type: "counter",
    read,
  });
  return [
    counter("messages", "Messages of producers.", () => single(counters.messages)),
    counter("message_bytes", "Bytes of producers' messages.", () => single(counters.messageBytes)),
    counter("ticks", "Ticks of 50 ms of receive time that went through the pipeline.", () =>
      single(counters.ticks),
    ),
    counter("faults", "Faults of filters and detectors, by name.", () =>
      tally(counters.faults.counts, "name"),
    ),
    counter("handshakes_refused", "Handshakes refused, by HTTP status.", () =>
      tally(counters.handshakesRefused.counts, "status"),
    ),
    counter("access_refused", "Acts that credentials did not permit, by reason.", () =>
      tally(counters.accessRefused.counts, "reason"),
    ),
    counter("sessions_closed", "Sessions closed, by close code.", () =>
      tally(counters.sessionsClosed.counts, "code"),
    ),
    counter("alert_transitions", "Transitions of alerts.", () =>
      [...counters.transitions].map(transitionSample),
    ),
  ];
}

function transitionSample([key, value]: [string, number]): Sample {
  const [kind = "", state = ""] = key.split(" ");
  return { labels: { kind, state }, value };
}

/** Conservation: matched = sent + queued + conflated + dropped, for alerts and for positions. */
function deliverySeries(counters: Counters): Series[] {
  const read = (count: (deliveries: DeliveryCounters) => number) => () => [
    { labels: { what: "alert" }, value: count(counters.alertDeliveries) },
    { labels: { what: "position" }, value: count(counters.positionDeliveries) },
  ];
  const counter = (
    outcome: string,
    help: string,
    count: (deliveries: DeliveryCounters) => number,
  ): Series => ({
    name: `roadpulse_deliveries_${outcome}_total`,
    help,
    type: "counter",
    read: read(count),
  });
  return [
    counter("matched", "Deliveries owed to subscribers.", (deliveries) => deliveries.matched),
    counter("sent", "Deliveries handed to connections.", (deliveries) => deliveries.sent),
    counter("conflated", "Deliveries replaced by a newer value.", (deliveries) => deliveries.conflated),
    counter("dropped", "Deliveries given up with their session.", (deliveries) => deliveries.dropped),
    {
      name: "roadpulse_deliveries_queued",
      help: "Deliveries waiting in outboxes.",
      type: "gauge",
      read: read((deliveries) => deliveries.queued),
    },
  ];
}

const LATENCY_NAME = "roadpulse_stage_latency_seconds";

function latencySeries(counters: Counters): Series {
  return {
    name: LATENCY_NAME,
    help: "Time from the socket to the end of a stage, per message.",
    type: "histogram",
    read: () => [
      ...histogramSamples("decode", counters.decodeLatency),
      ...histogramSamples("detect", counters.detectLatency),
      ...histogramSamples("deliver", counters.deliverLatency),
    ],
  };
}

function histogramSamples(stage: string, buckets: LatencyBuckets): Sample[] {
  let cumulative = 0;
  const samples: Sample[] = LATENCY_BOUNDS_MS.map((boundMs, i) => {
    cumulative += buckets.counts[i] ?? 0;
    return { labels: { stage, le: boundMs / 1000 }, value: cumulative, metricName: `${LATENCY_NAME}_bucket` };
  });
  samples.push({ labels: { stage, le: "+Inf" }, value: buckets.count, metricName: `${LATENCY_NAME}_bucket` });
  samples.push({ labels: { stage }, value: buckets.sumMs / 1000, metricName: `${LATENCY_NAME}_sum` });
  samples.push({ labels: { stage }, value: buckets.count, metricName: `${LATENCY_NAME}_count` });
  return samples;
}
