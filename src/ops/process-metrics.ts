import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Series } from "./series.ts";

/** What the process itself tells. */
export interface ProcessMeter {
  /** Delay of the event loop since the last call, ms, by quantile; then the window starts anew. */
  readonly takeLoopDelayMs: () => Readonly<Record<"0.5" | "0.99" | "1", number>>;
  readonly residentBytes: () => number;
  readonly heapUsedBytes: () => number;
  /** User and system time since start, s. */
  readonly cpuSeconds: () => number;
  readonly startedAtMs: number;
  /** Stops the sampling timer. */
  readonly close: () => void;
}

/** Grain of the sampling: 10 ms finds the stalls that matter against a goal of 20 ms and costs nothing measurable. */
const LOOP_RESOLUTION_MS = 10;

const NS_PER_MS = 1e6;
const US_PER_S = 1e6;

export function startProcessMeter(): ProcessMeter {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  // The monitor measures the whole interval of its timer: what exceeds the interval is delay.
  const delayMs = (ns: number): number => Math.max(0, ns / NS_PER_MS - LOOP_RESOLUTION_MS);
  return {
    takeLoopDelayMs() {
      const seen = { "0.5": loop.percentile(50), "0.99": loop.percentile(99), "1": loop.max };
      loop.reset();
      return { "0.5": delayMs(seen["0.5"]), "0.99": delayMs(seen["0.99"]), "1": delayMs(seen["1"]) };
    },
    residentBytes: () => process.memoryUsage.rss(),
    heapUsedBytes: () => process.memoryUsage().heapUsed,
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      return (user + system) / US_PER_S;
    },
    startedAtMs: Date.now() - process.uptime() * 1000,
    close: () => loop.disable(),
  };
}

/** The process's series; names without our prefix are those that every Prometheus client uses. */
export function processSeries(version: string, meter: ProcessMeter): Series[] {
  const one = (name: string, type: Series["type"], help: string, value: () => number): Series => ({
    name,
    help,
    type,
    read: () => [{ labels: {}, value: value() }],
  });
  return [
    one("process_resident_memory_bytes", "gauge", "Resident memory.", meter.residentBytes),
    one("process_cpu_seconds_total", "counter", "User and system time.", meter.cpuSeconds),
    one(
      "process_start_time_seconds",
      "gauge",
      "Start of the process, Unix s.",
      () => meter.startedAtMs / 1000,
    ),
    one("nodejs_heap_size_used_bytes", "gauge", "Heap in use.", meter.heapUsedBytes),
    {
      name: "roadpulse_event_loop_delay_seconds",
      help: "Delay of the event loop since the last scrape; quantile 1 is the longest stall.",
      type: "gauge",
      read: () =>
        Object.entries(meter.takeLoopDelayMs()).map(([quantile, ms]) => ({
          labels: { quantile },
          value: ms / 1000,
        })),
    },
    {
      name: "roadpulse_build_info",
      help: "Version of the server and of Node; always 1.",
      type: "gauge",
      read: () => [{ labels: { version, node: process.versions.node }, value: 1 }],
    },
  ];
}
