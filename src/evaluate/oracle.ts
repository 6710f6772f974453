import { headingDifferenceDeg } from "../geo/geodesy.ts";
import { MAX_ACROSS_DEG } from "./road-line.ts";
import type { Heard } from "./run.ts";
import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";
import type { FailedCycle } from "./truth.ts";

/** When one who knows the truth of every vehicle that is heard would have known of an event, Unix ms. */
export interface OracleTimes {
  /** First report received of a vehicle that belongs to the event. */
  readonly firstMs: number | undefined;
  /** The same of a second vehicle. */
  readonly secondMs: number | undefined;
}

/** Rows that belong to events: vehicles that stand in the queue, are the hazard, or drive through it. */
export class EventMembers {
  readonly #byRow = new Map<number, number[]>();
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.events.forEach((placed, index) => {
      this.#collect(placed, index);
    });
  }

  /** For each event, when the equipped vehicles told of it. Depends on nothing that a detector could be tuned to. */
  oracle(heard: Heard): readonly OracleTimes[] {
    const { vehicle } = this.#scene.table;
    const provedMs = this.#provedMs(heard);
    const first = this.#scene.events.map(() => ({ vehicle: -1, atMs: Number.NaN, secondMs: Number.NaN }));
    for (let i = 0; i < heard.count; i++) {
      const row = heard.row[i] as number;
      for (const index of this.#byRow.get(row) ?? []) {
        if ((heard.receivedAtMs[i] as number) < (provedMs[index] as number)) continue;
        const state = first[index] as { vehicle: number; atMs: number; secondMs: number };
        const v = vehicle[row] as number;
        if (state.vehicle < 0) {
          state.vehicle = v;
          state.atMs = heard.receivedAtMs[i] as number;
        } else if (state.vehicle !== v && Number.isNaN(state.secondMs)) {
          state.secondMs = heard.receivedAtMs[i] as number;
        }
      }
    }
    return first.map(({ atMs, secondMs }) => ({ firstMs: known(atMs), secondMs: known(secondMs) }));
  }

  /**
   * From when what was heard can prove an event at all: at a signal the end of the second green in a row that left somebody
   * behind who is heard; a vehicle that stands there for the first time proves a red light. Infinite where nothing does.
   */
  #provedMs(heard: Heard): readonly number[] {
    const cycled = this.#scene.events.some(({ event }) => event.failedCycles !== undefined);
    const heardFromMs = cycled ? this.#heardFromMs(heard) : new Map<number, number>();
    return this.#scene.events.map(({ event: { failedCycles } }) => {
      if (failedCycles === undefined) return Number.NEGATIVE_INFINITY;
      const isKnown = ({ stationIds, atMs }: FailedCycle): boolean =>
        stationIds.some((id) => (heardFromMs.get(id) ?? Number.POSITIVE_INFINITY) <= atMs);
      const second = failedCycles.find((cycle, i) => {
        const before = failedCycles[i - 1];
        return before !== undefined && isKnown(before) && isKnown(cycle);
      });
      return second?.atMs ?? Number.POSITIVE_INFINITY;
    });
  }

  /** When each station was heard first. */
  #heardFromMs(heard: Heard): ReadonlyMap<number, number> {
    const { vehicle, stationIds } = this.#scene.table;
    const fromMs = new Map<number, number>();
    for (let i = 0; i < heard.count; i++) {
      const id = stationIds[vehicle[heard.row[i] as number] as number] as number;
      if (!fromMs.has(id)) fromMs.set(id, heard.receivedAtMs[i] as number);
    }
    return fromMs;
  }

  #collect(placed: PlacedEvent, index: number): void {
    const { event } = placed;
    const rows =
      event.hazard === "queue"
        ? queueRows(this.#scene, placed)
        : event.stationIds.length > 0
          ? stationRows(this.#scene, placed)
          : passingRows(this.#scene, placed);
    for (const row of rows) {
      const known = this.#byRow.get(row);
      if (known === undefined) this.#byRow.set(row, [index]);
      else known.push(index);
    }
  }
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** The truth's own bound of a slow vehicle: 30 km/h. */
const QUEUE_SPEED_MPS = 30 / 3.6;
/** Noise of the recording, and the length of the last vehicle. */
const EDGE_M = 20;
const ASIDE_M = 25;
/** Area events without a length of their own reach this far. */
const AREA_M = 100;

function queueRows(scene: Scene, placed: PlacedEvent): number[] {
  return rowsWithin(scene, placed, EDGE_M, (row) => (scene.table.speedMps[row] as number) <= QUEUE_SPEED_MPS);
}

function passingRows(scene: Scene, placed: PlacedEvent): number[] {
  return rowsWithin(scene, placed, AREA_M, () => true);
}

function stationRows({ table }: Scene, { event }: PlacedEvent): number[] {
  return event.stationIds.flatMap((stationId) => {
    const drive = table.drives[table.stationIds.indexOf(stationId)];
    if (drive === undefined) return [];
    return [...drive].filter((row) => {
      const at = table.timeMs[row] as number;
      return at >= event.onMs && at <= event.offMs;
    });
  });
}

function rowsWithin(
  scene: Scene,
  placed: PlacedEvent,
  edgeM: number,
  isMember: (row: number) => boolean,
): number[] {
  const { table, xs, ys } = scene;
  const { event, line, headingDeg } = placed;
  const found: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const at = table.timeMs[row] as number;
    if (at < event.onMs || at > event.offMs || !isMember(row)) continue;
    const stretch = stretchAt(placed, at);
    if (line === undefined || stretch === undefined) {
      const place = scene.ground.xy((event.extents[0] as (typeof event.extents)[number]).tail);
      const dx = (xs[row] as number) - place.x;
      const dy = (ys[row] as number) - place.y;
      const across = headingDifferenceDeg(table.headingDeg[row] as number, headingDeg);
      if (dx * dx + dy * dy <= edgeM * edgeM && !(across > MAX_ACROSS_DEG)) found.push(row);
      continue;
    }
    const spot = line.project(xs[row] as number, ys[row] as number, table.headingDeg[row] as number, ASIDE_M);
    if (spot !== undefined && spot.alongM >= stretch.fromM - edgeM && spot.alongM <= stretch.toM + edgeM)
      found.push(row);
  }
  return found;
}
