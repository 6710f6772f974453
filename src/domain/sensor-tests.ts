import type { LaneReading, LoopReading } from "./observation.ts";

/** The five tests that a traffic detector fails by itself, as in IRIS (Minnesota DOT), and the device's own word. */
export const SENSOR_TESTS = [
  "no-hits",
  "chatter",
  "locked-on",
  "no-change",
  "occupancy-spike",
  "reported-faulty",
] as const;
export type SensorTest = (typeof SENSOR_TESTS)[number];

/** IRIS, lanes of the main line: no vehicle for 4 h; occupancy of 100 % for 2 min; the same occupancy for 24 h. */
const NO_HITS_MS = 4 * 3_600_000;
const LOCKED_ON_MS = 120_000;
const NO_CHANGE_MS = 24 * 3_600_000;
const FULL_OCCUPANCY = 0.995;

/** More vehicles than a lane can carry: 37 in 30 s are 4,440 an hour, twice the capacity (own). */
const CHATTER_VEHICLES_PER_S = 37 / 30;

/** Occupancy that rises this much in one reading and falls back in the next: no traffic does that (own). */
const SPIKE = 0.5;

/** A spike or chatter is over after as many readings without (own). */
const CLEAN_READINGS = 10;

/** Lanes tested per source; further ones are not tested, and counted. */
const MAX_LANES = 2_000;

class LaneState {
  readonly name: string;
  lastHitAtMs = Number.NaN;
  fullSinceMs = Number.NaN;
  occupancy = Number.NaN;
  occupancySinceMs = Number.NaN;
  riseBefore = 0;
  chatterReadings = 0;
  spikeReadings = 0;
  faulty = false;
  lastAtMs = Number.NaN;

  constructor(name: string) {
    this.name = name;
  }
}

/** A lane of a sensor that fails some test. */
export interface SensorFailure {
  /** Name of the sensor and lane, e.g. `loop-7:2`. */
  readonly lane: string;
  readonly failed: readonly SensorTest[];
}

/** Follows the loop readings of one source. Times are receive times. */
export class SensorTests {
  /** Readings of lanes that are not tested for want of room. */
  untested = 0;
  readonly #lanes = new Map<string, LaneState>();

  get lanes(): number {
    return this.#lanes.size;
  }

  take(sensorName: string, reading: LoopReading, receivedAtMs: number): void {
    for (const lane of reading.lanes) {
      const state = this.#laneOf(`${sensorName}:${lane.lane}`);
      if (state === undefined) this.untested++;
      else note(state, lane, reading.periodS, receivedAtMs);
    }
  }

  #laneOf(name: string): LaneState | undefined {
    const known = this.#lanes.get(name);
    if (known !== undefined || this.#lanes.size >= MAX_LANES) return known;
    const state = new LaneState(name);
    this.#lanes.set(name, state);
    return state;
  }

  /** Lanes that fail at a time, by name. */
  failures(): readonly SensorFailure[] {
    return [...this.#lanes.values()]
      .map((state) => ({ lane: state.name, failed: failedTests(state) }))
      .filter(({ failed }) => failed.length > 0)
      .sort((a, b) => (a.lane < b.lane ? -1 : 1));
  }
}

function note(state: LaneState, lane: LaneReading, periodS: number, nowMs: number): void {
  state.faulty = lane.faulty;
  state.lastAtMs = nowMs;
  const { vehicles, occupancy } = lane;
  if (vehicles !== undefined) {
    if (vehicles > 0 || Number.isNaN(state.lastHitAtMs)) state.lastHitAtMs = nowMs;
    const chatters = vehicles > CHATTER_VEHICLES_PER_S * Math.max(1, periodS);
    state.chatterReadings = chatters ? CLEAN_READINGS : Math.max(0, state.chatterReadings - 1);
  }
  if (occupancy !== undefined) noteOccupancy(state, occupancy, nowMs);
}

function noteOccupancy(state: LaneState, occupancy: number, nowMs: number): void {
  if (occupancy < FULL_OCCUPANCY) state.fullSinceMs = Number.NaN;
  else if (Number.isNaN(state.fullSinceMs)) state.fullSinceMs = nowMs;
  const rise = Number.isNaN(state.occupancy) ? 0 : occupancy - state.occupancy;
  const isSpike = state.riseBefore > SPIKE && rise < -SPIKE;
  state.spikeReadings = isSpike ? CLEAN_READINGS : Math.max(0, state.spikeReadings - 1);
  state.riseBefore = rise;
  if (occupancy === state.occupancy) return;
  state.occupancy = occupancy;
  state.occupancySinceMs = nowMs;
}

function failedTests(state: LaneState): SensorTest[] {
  const { lastAtMs } = state;
  const failed: SensorTest[] = [];
  if (lastAtMs - state.lastHitAtMs >= NO_HITS_MS) failed.push("no-hits");
  if (state.chatterReadings > 0) failed.push("chatter");
  if (lastAtMs - state.fullSinceMs >= LOCKED_ON_MS) failed.push("locked-on");
  if (lastAtMs - state.occupancySinceMs >= NO_CHANGE_MS) failed.push("no-change");
  if (state.spikeReadings > 0) failed.push("occupancy-spike");
  if (state.faulty) failed.push("reported-faulty");
  return failed;
}
