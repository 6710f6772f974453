import { HEALTHY, type HealthCheck, type HealthState, unhealthy } from "../ops/health.ts";
import type { MapWatch } from "./map-watch.ts";
import type { Program, ServerParts } from "./program.ts";

/** Ticks come every 50 ms; so far behind, the event loop is stuck and alerts are late. */
const MAX_TICK_LAG_MS = 2_000;

/** Receive times follow the clock as it stood at the start; messages from further ahead or behind are late or refused. */
const MAX_CLOCK_STEP_MS = 2_000;

/** Conditions under which the server can do its work. */
export function healthChecks(
  { config, recorder, store, wallClock }: ServerParts,
  { pipeline, memory }: Program,
  mapWatch: MapWatch | undefined,
  isStopping: () => boolean,
): HealthCheck[] {
  const checks: HealthCheck[] = [
    {
      name: "running",
      check: () => (isStopping() ? unhealthy("The server is shutting down.") : HEALTHY),
    },
  ];
  if (config.clock === "live") {
    checks.push(
      { name: "ticks", check: () => tickState(wallClock() - pipeline.lastTickMs) },
      { name: "clock", check: () => warning(clockStep(Date.now() - wallClock())) },
    );
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
  if (store !== undefined) checks.push({ name: "store", check: () => warning(store.warning()) });
  if (memory !== undefined)
    checks.push({ name: "restart", check: () => warning(restartWarning(memory.failure)) });
  if (mapWatch !== undefined) checks.push({ name: "map", check: () => warning(mapWatch.warning()) });
  return checks;
}

function warning(text: string | undefined): HealthState {
  return text === undefined ? HEALTHY : { ok: true, warning: text };
}

function tickState(lagMs: number): HealthState {
  return lagMs <= MAX_TICK_LAG_MS
    ? HEALTHY
    : unhealthy(`Detection is ${Math.round(lagMs)} ms behind the clock.`);
}

/** A step of the system's clock moves nothing while the server runs; if it was a correction, stations are right now. */
export function clockStep(stepMs: number): string | undefined {
  if (Math.abs(stepMs) <= MAX_CLOCK_STEP_MS) return undefined;
  const seconds = Math.round(Math.abs(stepMs) / 1_000);
  return `The system's clock was set ${stepMs > 0 ? "ahead" : "back"} by ${seconds} s since the start; restart the server if it is right now.`;
}

function restartWarning(failure: string | undefined): string | undefined {
  return failure === undefined ? undefined : `A restart would not find the present state: ${failure}.`;
}
