import type { AlertShapes } from "./alert-shape.ts";
import { type Episode, revisionAt, startOf } from "./episode.ts";
import type { Scene } from "./scene.ts";
import { quantile, type Share, share } from "./statistics.ts";
import { SLOT_MS, type TrafficStates } from "./traffic-states.ts";

/** What traffic can be, worst first: the ladder of congestion. */
export const TRUE_LEVELS = ["stationary", "queuing", "slow", "heavy", "free"] as const;
/** What an alert of congestion can say of a place: severity 4, 3, 2 or less, or nothing. */
export const TOLD_LEVELS = ["stationary", "queuing", "slow or heavy", "nothing"] as const;
/** What the state of traffic can say of a place; nothing where it does not know. */
export const STATE_LEVELS = [...TRUE_LEVELS, "nothing"] as const;

const FREE = TRUE_LEVELS.indexOf("free");
const NOTHING = TOLD_LEVELS.indexOf("nothing");
const UNKNOWN = 255;

/** Cells of 50 m for 10 s: true level × told level, or level of the state of traffic, row by row. */
export type LevelCounts = readonly number[];

/** Means go over the slot and its neighbours: half a minute, in which a vehicle or two pass even off peak. */
const BESIDE = 1;
/** Levels other than free count where they last a minute (SN 671 921); shorter dips neither way. */
const LEAST_SLOTS = 6;
const ON_ROAD_M = 30;
const LOOK_EVERY_MS = 900;
const FREE_FLOW_QUANTILE = 0.85;
const LEAST_SPEEDS = 20;

/** Upper bounds, m/s: 10 and 30 km/h, half the free flow and at most 60 km/h, three quarters; in proportion below 70 km/h. */
const STATIONARY_MPS = 10 / 3.6;
const QUEUING_MPS = 30 / 3.6;
const SLOW_MPS = 60 / 3.6;
const FAST_ROAD_MPS = 70 / 3.6;

export function levelOf(speedMps: number, freeFlowMps: number): number {
  const scale = Math.min(1, freeFlowMps / FAST_ROAD_MPS);
  if (speedMps < STATIONARY_MPS * scale) return 0;
  if (speedMps < QUEUING_MPS * scale) return 1;
  if (speedMps < Math.max(QUEUING_MPS * scale, Math.min(SLOW_MPS, freeFlowMps / 2))) return 2;
  return speedMps < freeFlowMps * 0.75 ? 3 : FREE;
}

/** The level of every cell of road through time, as all vehicles show it. */
export class LevelTruth {
  readonly #scene: Scene;
  readonly #slots: number;
  readonly #levels: Uint8Array;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#slots = Math.max(1, Math.ceil((scene.toMs - scene.fromMs) / SLOT_MS));
    this.#levels = this.#find();
  }

  /** Counts what one run told of each cell and slot whose level is known. */
  measure(shapes: AlertShapes, episodes: readonly Episode[]): LevelCounts {
    const counts: number[] = Array.from({ length: TRUE_LEVELS.length * TOLD_LEVELS.length }, () => 0);
    const cells = this.#scene.atlas.cells;
    const told = new Uint8Array(cells);
    const own = episodes.filter(({ kind }) => kind === "congestion");
    for (let slot = 0; slot < this.#slots; slot++) {
      told.fill(NOTHING);
      const atMs = this.#scene.fromMs + (slot + 0.5) * SLOT_MS;
      for (const episode of own) {
        if (startOf(episode) > atMs || episode.endMs <= atMs) continue;
        const revision = revisionAt(episode, atMs);
        const level = revision.severity >= 4 ? 0 : revision.severity === 3 ? 1 : 2;
        for (const cell of shapes.cellsOf(revision)) told[cell] = Math.min(told[cell] as number, level);
      }
      for (let cell = 0; cell < cells; cell++) {
        const level = this.#levels[cell * this.#slots + slot] as number;
        if (level === UNKNOWN) continue;
        const place = level * TOLD_LEVELS.length + (told[cell] as number);
        counts[place] = (counts[place] as number) + 1;
      }
    }
    return counts;
  }

  /** Counts what the state of traffic said of each cell and slot whose level is known. */
  measureState(state: TrafficStates): LevelCounts {
    const counts: number[] = Array.from({ length: TRUE_LEVELS.length * STATE_LEVELS.length }, () => 0);
    for (let slot = 0; slot < this.#slots; slot++) {
      for (let cell = 0; cell < this.#scene.atlas.cells; cell++) {
        const level = this.#levels[cell * this.#slots + slot] as number;
        if (level === UNKNOWN) continue;
        const said = state.levelAt(cell, this.#scene.fromMs + (slot + 0.5) * SLOT_MS);
        const column = said === undefined ? STATE_LEVELS.length - 1 : TRUE_LEVELS.indexOf(said);
        const place = level * STATE_LEVELS.length + column;
        counts[place] = (counts[place] as number) + 1;
      }
    }
    return counts;
  }

  #find(): Uint8Array {
    const { atlas } = this.#scene;
    const sums = this.#sums();
    const levels = new Uint8Array(atlas.cells * this.#slots).fill(UNKNOWN);
    for (let cell = 0; cell < atlas.cells; cell++) {
      const freeFlow = sums.freeFlowMps(cell);
      if (freeFlow === undefined) continue;
      for (let slot = 0; slot < this.#slots; slot++) {
        const mean = sums.mean(cell, slot);
        if (mean !== undefined) levels[cell * this.#slots + slot] = levelOf(mean, freeFlow);
      }
      this.#forgetDips(levels, cell);
    }
    return levels;
  }

  #forgetDips(levels: Uint8Array, cell: number): void {
    const first = cell * this.#slots;
    let from = first;
    for (let at = first; at <= first + this.#slots; at++) {
      const isCongested = at < first + this.#slots && (levels[at] as number) < FREE;
      if (isCongested) continue;
      if (at - from < LEAST_SLOTS) levels.fill(UNKNOWN, from, at);
      from = at + 1;
    }
  }

  #sums(): SpeedSums {
    const { table, atlas, xs, ys, fromMs, toMs } = this.#scene;
    const sums = new SpeedSums(atlas.cells, this.#slots);
    for (const drive of table.drives) {
      let lookedAtMs = Number.NEGATIVE_INFINITY;
      for (const row of drive) {
        const atMs = table.timeMs[row] as number;
        const speedMps = table.speedMps[row] as number;
        if (atMs < fromMs || atMs >= toMs || atMs - lookedAtMs < LOOK_EVERY_MS || Number.isNaN(speedMps))
          continue;
        lookedAtMs = atMs;
        const heading = table.headingDeg[row] as number;
        const cell = atlas.cellAt(xs[row] as number, ys[row] as number, heading, ON_ROAD_M);
        const slot = Math.floor((atMs - fromMs) / SLOT_MS);
        if (cell >= 0) sums.add(cell, slot, speedMps, table.vehicle[row] as number);
      }
    }
    return sums;
  }
}

/** Speeds by cell and slot. */
class SpeedSums {
  readonly #slots: number;
  readonly #sum: Float64Array;
  readonly #count: Int32Array;
  /** A vehicle of the cell and slot; −2 where there were several. */
  readonly #vehicle: Int32Array;
  readonly #speeds: number[][];

  constructor(cells: number, slots: number) {
    this.#slots = slots;
    this.#sum = new Float64Array(cells * slots);
    this.#count = new Int32Array(cells * slots);
    this.#vehicle = new Int32Array(cells * slots).fill(-1);
    this.#speeds = Array.from({ length: cells }, () => []);
  }

  add(cell: number, slot: number, speedMps: number, vehicle: number): void {
    const at = cell * this.#slots + slot;
    this.#sum[at] = (this.#sum[at] as number) + speedMps;
    this.#count[at] = (this.#count[at] as number) + 1;
    const known = this.#vehicle[at] as number;
    this.#vehicle[at] = known === -1 || known === vehicle ? vehicle : -2;
    this.#speeds[cell]?.push(speedMps);
  }

  /** Speed that 85 % keep below: of the cell, or of the next cells where all of it was slow. */
  freeFlowMps(cell: number): number | undefined {
    const near = [this.#quantile(cell), this.#quantile(cell - REACH), this.#quantile(cell + REACH)];
    const known = near.filter((speed) => speed !== undefined);
    return this.#quantile(cell) === undefined ? undefined : Math.max(...known);
  }

  #quantile(cell: number): number | undefined {
    const speeds = this.#speeds[cell];
    if (speeds === undefined || speeds.length < LEAST_SPEEDS) return undefined;
    return quantile(Float64Array.from(speeds).sort(), FREE_FLOW_QUANTILE);
  }

  /** Mean around a slot; undefined where nobody drove, or one vehicle alone, which is no state of traffic. */
  mean(cell: number, slot: number): number | undefined {
    let sum = 0;
    let count = 0;
    let vehicle = -1;
    for (let i = Math.max(0, slot - BESIDE); i <= Math.min(this.#slots - 1, slot + BESIDE); i++) {
      const at = cell * this.#slots + i;
      if (this.#count[at] === 0) continue;
      sum += this.#sum[at] as number;
      count += this.#count[at] as number;
      const own = this.#vehicle[at] as number;
      vehicle = vehicle === -1 || vehicle === own ? own : -2;
    }
    return vehicle === -2 ? sum / count : undefined;
  }
}

/** A kilometre on, on the same line as a rule. */
const REACH = 20;

/** How one level was told, of all cells and slots that had it. */
export interface LevelShare {
  readonly level: (typeof TRUE_LEVELS)[number];
  readonly toldAs: readonly Share[];
}

/** Sums over runs, level by level; `told`: the columns of the counts. */
export function levelShares(
  runs: readonly LevelCounts[],
  told: readonly string[] = TOLD_LEVELS,
): readonly LevelShare[] {
  return TRUE_LEVELS.map((level, i) => {
    const row = told.map((_, k) => runs.reduce((sum, counts) => sum + (counts[i * told.length + k] ?? 0), 0));
    const all = row.reduce((sum, count) => sum + count, 0);
    return { level, toldAs: row.map((count) => share(count, all)) };
  });
}
