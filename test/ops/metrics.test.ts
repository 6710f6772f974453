import { expect, test } from "vitest";
import { Counters, LATENCY_BOUNDS_MS, MAX_COUNTED_SOURCES } from "../../src/domain/counters.ts";
import type { ServerGauges } from "../../src/ops/gauge-series.ts";
import { createMetrics, type Metrics } from "../../src/ops/metrics.ts";
import { type ProcessMeter, startProcessMeter } from "../../src/ops/process-metrics.ts";

const idleProcess: ProcessMeter = {
  takeLoopDelayMs: () => ({ "0.5": 0, "0.99": 1.5, "1": 20 }),
  residentBytes: () => 64_000_000,
  heapUsedBytes: () => 20_000_000,
  cpuSeconds: () => 1.25,
  startedAtMs: 1_760_000_000_000,
  close: () => undefined,
};

const emptyServer: ServerGauges = { sessions: () => ({}), stationsTracked: () => 0, alertsLive: () => 0 };

function metricsOf(counters: Counters, gauges: ServerGauges = emptyServer): Metrics {
  return createMetrics({ version: "1.2.3", counters, gauges, process: idleProcess });
}

/** The samples of an exposition by series with labels. */
function parse(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

const render = async (metrics: Metrics): Promise<Map<string, number>> => parse(await metrics.render());

test("conservation can be read per source and reason", async () => {
  const counters = new Counters();
  const source = counters.source("rsu-7");
  source.received = 10;
  source.accepted = 5;
  source.late = 2;
  source.countRejected("duplicate");
  source.countRejected("stale", 2);
  source.shed.count("rate", 2);
  const samples = await render(metricsOf(counters));

  expect(samples.get('roadpulse_items_received_total{source="rsu-7"}')).toBe(10);
  expect(samples.get('roadpulse_items_accepted_total{source="rsu-7"}')).toBe(5);
  expect(samples.get('roadpulse_items_duplicate_total{source="rsu-7"}')).toBe(1);
  expect(samples.get('roadpulse_items_invalid_total{source="rsu-7",reason="stale"}')).toBe(2);
  expect(samples.get('roadpulse_items_shed_total{source="rsu-7",reason="rate"}')).toBe(2);
  expect(samples.get('roadpulse_items_late_total{source="rsu-7"}')).toBe(2);
});

test("values are read at every scrape", async () => {
  const counters = new Counters();
  const metrics = metricsOf(counters);
  for (const expected of [1, 2, 3]) {
    counters.ticks++;
    expect((await render(metrics)).get("roadpulse_ticks_total")).toBe(expected);
  }
});

test("more sources than the bound share a label and lose no item", async () => {
  const counters = new Counters();
  const sources = MAX_COUNTED_SOURCES * 3;
  for (let i = 0; i < sources; i++) counters.source(`fleet-${i}`).received++;
  const received = [...(await render(metricsOf(counters)))].filter(([name]) =>
    name.startsWith("roadpulse_items_received"),
  );

  expect(received).toHaveLength(MAX_COUNTED_SOURCES + 1);
  expect(received.reduce((sum, [, value]) => sum + value, 0)).toBe(sources);
});

test("latency is a cumulative histogram in seconds", async () => {
  const counters = new Counters();
  for (const latencyMs of [0.2, 0.2, 8, 99_999]) counters.detectLatency.record(latencyMs);
  const samples = await render(metricsOf(counters));
  const bucket = (le: string) =>
    samples.get(`roadpulse_stage_latency_seconds_bucket{stage="detect",le="${le}"}`);

  expect(bucket("0.0001")).toBe(0);
  expect(bucket("0.00025")).toBe(2);
  expect(bucket("0.01")).toBe(3);
  expect(bucket("2.5")).toBe(3);
  expect(bucket("+Inf")).toBe(4);
  expect(samples.get('roadpulse_stage_latency_seconds_count{stage="detect"}')).toBe(4);
  expect(samples.get('roadpulse_stage_latency_seconds_sum{stage="detect"}')).toBeCloseTo(100.0074);
  expect([...samples.keys()].filter((name) => name.includes("_bucket"))).toHaveLength(
    3 * (LATENCY_BOUNDS_MS.length + 1),
  );
});

test("deliveries are told apart by what was delivered", async () => {
  const counters = new Counters();
  Object.assign(counters.alertDeliveries, { matched: 9, sent: 6, queued: 2, dropped: 1 });
  Object.assign(counters.positionDeliveries, { matched: 5, sent: 1, conflated: 4 });
  const samples = await render(metricsOf(counters));

  expect(samples.get('roadpulse_deliveries_matched_total{what="alert"}')).toBe(9);
  expect(samples.get('roadpulse_deliveries_queued{what="alert"}')).toBe(2);
  expect(samples.get('roadpulse_deliveries_dropped_total{what="alert"}')).toBe(1);
  expect(samples.get('roadpulse_deliveries_conflated_total{what="position"}')).toBe(4);
});

test("transitions, refusals, queues and the recorder are told", async () => {
  const counters = new Counters();
  counters.countTransition("wrong-way", "new");
  counters.handshakesRefused.count("subprotocol");
  counters.sessionsClosed.count("4508");
  const samples = await render(
    metricsOf(counters, {
      sessions: () => ({ producer: 3, subscriber: 1 }),
      stationsTracked: () => 42,
      alertsLive: () => 2,
      queues: () => [{ name: "sequencer", depth: 1, limit: 100, dropped: 7 }],
      recorder: () => ({ queuedBytes: 10, writtenRecords: 20, droppedRecords: 0 }),
    }),
  );

  expect(samples.get('roadpulse_alert_transitions_total{kind="wrong-way",state="new"}')).toBe(1);
  expect(samples.get('roadpulse_handshakes_refused_total{status="subprotocol"}')).toBe(1);
  expect(samples.get('roadpulse_sessions_closed_total{code="4508"}')).toBe(1);
  expect(samples.get('roadpulse_sessions{role="producer"}')).toBe(3);
  expect(samples.get("roadpulse_stations_tracked")).toBe(42);
  expect(samples.get('roadpulse_queue_dropped_total{queue="sequencer"}')).toBe(7);
  expect(samples.get("roadpulse_recorder_records_total")).toBe(20);
});

test("the process tells its loop delay in seconds and its version", async () => {
  const samples = await render(metricsOf(new Counters()));
  expect(samples.get('roadpulse_event_loop_delay_seconds{quantile="0.99"}')).toBe(0.0015);
  expect(samples.get("process_resident_memory_bytes")).toBe(64_000_000);
  expect(samples.get(`roadpulse_build_info{version="1.2.3",node="${process.versions.node}"}`)).toBe(1);
});

test("every line is what Prometheus' text format allows", async () => {
  const counters = new Counters();
  counters.source("rsu-7").received++;
  counters.decodeLatency.record(1);
  const text = await metricsOf(counters).render();
  for (const line of text.split("\n").filter((candidate) => candidate !== "")) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$/,
    );
  }
});

test("the real process meter answers finite numbers", () => {
  const meter = startProcessMeter();
  const numbers = [
    ...Object.values(meter.takeLoopDelayMs()),
    meter.residentBytes(),
    meter.cpuSeconds(),
    meter.startedAtMs,
  ];
  meter.close();
  expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
});
