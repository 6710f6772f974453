import { HEALTHY, type HealthCheck, unhealthy } from "../ops/health.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Clock } from "../stream/clock.ts";
import type { AlertStore } from "./alert-store.ts";
import type { MapWatch } from "./map-watch.ts";
import type { ServerRecorder } from "./recorder.ts";

/** Ticks come every 50 ms; so far behind, the event loop is stuck and alerts are late. */
const MAX_TICK_LAG_MS = 2_000;

/** Conditions under which the server can do its work. */
export function healthChecks(parts: {
  readonly pipeline: Pipeline;
  readonly wallClock: Clock;
  readonly live: boolean;
  readonly recorder: ServerRecorder | undefined;
  readonly mapWatch: MapWatch | undefined;
  readonly store: AlertStore | undefined;
  readonly isStopping: () => boolean;
}): HealthCheck[] {
  const { pipeline, wallClock, live, recorder, mapWatch, store, isStopping } = parts;
  const checks: HealthCheck[] = [
    {
      name: "running",
      check: () => (isStopping() ? unhealthy("The server is shutting down.") : HEALTHY),
    },
  ];
  if (live) {
    checks.push({
      name: "ticks",
      check() {
        const lagMs = wallClock() - pipeline.lastTickMs;
        return lagMs <= MAX_TICK_LAG_MS
          ? HEALTHY
          : unhealthy(`Detection is ${Math.round(lagMs)} ms behind the clock.`);
      },
    });
  }
  if (recorder !== undefined) {
    checks.push({
      name: "recorder",
      check() {
        const failure = recorder.failure();
        return failure === undefined ? HEALTHY : unhealthy(`The recording cannot be written: ${failure}.`);
      },
    });
  }
  if (store !== undefined) {
    checks.push({
      name: "store",
      check() {
        const warning = store.warning();
        return warning === undefined ? HEALTHY : { ok: true, warning };
      },
    });
  }
  if (mapWatch !== undefined) {
    checks.push({
      name: "map",
      check() {
        const warning = mapWatch.warning();
        return warning === undefined ? HEALTHY : { ok: true, warning };
      },
    });
  }
  return checks;
}
