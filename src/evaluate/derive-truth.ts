import type { RoadNetwork } from "../domain/road.ts";
import { Ground } from "./ground.ts";
import { learnAtlas } from "./learned-lines.ts";
import { mapAtlas } from "./map-atlas.ts";
import { DEFAULT_EPOCH_MS } from "./read-truth.ts";
import type { RoadAtlas } from "./road-atlas.ts";
import {
  formingMs,
  groupsOf,
  LEAST_FORMING,
  LEAST_VEHICLES,
  type QueueTrack,
  QueueTracks,
  type SlowGroup,
  type SlowVehicle,
} from "./slow-groups.ts";
import type { VehicleTable } from "./vehicle-table.ts";

export interface DeriveOptions {
  readonly table: VehicleTable;
  readonly roads: RoadNetwork | undefined;
  /** Stations that are hazards where they stand, as the scenario knows. */
  readonly incidents?: readonly number[];
  readonly source?: string;
  /** Unix time of second 0, ms. */
  readonly epochMs?: number;
}

export const QUEUE_RULE =
  ">= 4 distinct vehicles <= 30 km/h, gaps <= 150 m, >= 10 s; joined over 20 s and 400 m";

const QUEUE_MPS = 30 / 3.6;
const STATIONARY_MPS = 10 / 3.6;
const STOP_MPS = 0.5;
const LEAST_STOP_MS = 3_000;
const HARD_MPS2 = -4;
const SECOND_MS = 1_000;
const ON_LINE_M = 30;
const NEAR_QUEUE_M = 20;

/** A truth file as JSON value, derived from every vehicle of a run. */
export function deriveTruth(options: DeriveOptions): Record<string, unknown> {
  return new Derivation(options).file();
}

class Derivation {
  readonly #table: VehicleTable;
  readonly #options: DeriveOptions;
  readonly #epochMs: number;
  readonly #atlas: RoadAtlas;
  /** Line and metres along it of every row; −1 where it is on none. */
  readonly #line: Int32Array;
  readonly #alongM: Float64Array;

  constructor(options: DeriveOptions) {
    const { table, roads } = options;
    this.#table = table;
    this.#options = options;
    this.#epochMs = options.epochMs ?? DEFAULT_EPOCH_MS;
    const ground = new Ground({
      latitudeDeg: table.latitudeDeg[table.rows >> 1] as number,
      longitudeDeg: table.longitudeDeg[table.rows >> 1] as number,
    });
    const xs = Float64Array.from(table.longitudeDeg, (deg) => ground.x(deg));
    const ys = Float64Array.from(table.latitudeDeg, (deg) => ground.y(deg));
    this.#atlas =
      roads === undefined ? learnAtlas(table, ground) : mapAtlas(roads, table, ground, xs, ys).atlas;
    this.#line = new Int32Array(table.rows).fill(-1);
    this.#alongM = new Float64Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      // Only slow rows are asked for; the rest would be half a million lookups for nothing.
      if (!((table.speedMps[row] as number) <= QUEUE_MPS)) continue;
      const heading = table.headingDeg[row] as number;
      const spot = this.#atlas.spotAt(xs[row] as number, ys[row] as number, heading, ON_LINE_M);
      if (spot === undefined) continue;
      this.#line[row] = spot.line;
      this.#alongM[row] = spot.alongM;
    }
  }

  file(): Record<string, unknown> {
    const table = this.#table;
    const queues = this.#queues(QUEUE_MPS);
    const forming = this.#queues(QUEUE_MPS, LEAST_FORMING);
    return {
      source: this.#options.source ?? "derived from every vehicle of a run",
      epoch_ms: this.#epochMs,
      penetration: 1,
      records: table.rows,
      time_range_s: [this.#second(table.firstMs), this.#second(table.lastMs)],
      queue_rule: QUEUE_RULE,
      queues: queues.map((track) => ({
        ...this.#queueRecord(track),
        forming_s: this.#second(formingMs(track, forming)),
      })),
      levels: { stationary: this.#queues(STATIONARY_MPS).map((track) => this.#queueRecord(track)) },
      stops: this.#stops(queues),
      hard_brakes: this.#brakes(),
    };
  }

  #second(ms: number): number {
    return Math.round(ms - this.#epochMs) / SECOND_MS;
  }

  #queues(atMostMps: number, least = LEAST_VEHICLES): readonly QueueTrack[] {
    const tracks = new QueueTracks();
    for (const [atMs, rows] of this.#rowsBySecond(atMostMps)) {
      for (const [line, slow] of groupByLine(rows, this.#line, this.#alongM)) {
        for (const group of groupsOf(atMs, slow, (row) => this.#table.speedMps[row] as number, least))
          tracks.add(line, group);
      }
    }
    return tracks.lasting();
  }

  /** Slow rows by whole second, the first row of a vehicle in each. */
  #rowsBySecond(atMostMps: number): readonly (readonly [number, readonly number[]])[] {
    const { rows, timeMs, speedMps, vehicle } = this.#table;
    const seconds = new Map<number, Map<number, number>>();
    for (let row = 0; row < rows; row++) {
      if ((this.#line[row] as number) < 0 || (speedMps[row] as number) > atMostMps) continue;
      const second = Math.floor((timeMs[row] as number) / SECOND_MS) * SECOND_MS;
      let known = seconds.get(second);
      if (known === undefined) {
        known = new Map();
        seconds.set(second, known);
      }
      const v = vehicle[row] as number;
      if (!known.has(v)) known.set(v, row);
    }
    return [...seconds]
      .sort(([a], [b]) => a - b)
      .map(([second, known]) => [second, [...known.values()]] as const);
  }

  #queueRecord({ line, groups }: QueueTrack): Record<string, unknown> {
    const longest = Math.max(...groups.map(({ tailM, headM }) => headM - tailM));
    return {
      road: this.#atlas.lines[line]?.name ?? "",
      onset_s: this.#second((groups[0] as SlowGroup).atMs),
      end_s: this.#second((groups.at(-1) as SlowGroup).atMs),
      max_length_m: Math.round(longest),
      columns: [
        "s",
        "tail_km",
        "head_km",
        "vehicles",
        "mean_speed_mps",
        "tail_lon",
        "tail_lat",
        "head_lon",
        "head_lat",
      ],
      series: groups.map((group) => [
        this.#second(group.atMs),
        rounded(group.tailM / 1_000, 3),
        rounded(group.headM / 1_000, 3),
        group.vehicles,
        rounded(group.meanSpeedMps, 2),
        ...this.#place(group.tailRow),
        ...this.#place(group.headRow),
      ]),
    };
  }

  #place(row: number): readonly [number, number] {
    return [
      rounded(this.#table.longitudeDeg[row] as number, 6),
      rounded(this.#table.latitudeDeg[row] as number, 6),
    ];
  }

  #stops(queues: readonly QueueTrack[]): readonly Record<string, unknown>[] {
    const incidents = new Set(this.#options.incidents ?? []);
    const { speedMps, timeMs, stationIds } = this.#table;
    return this.#spells((row) => (speedMps[row] as number) <= STOP_MPS)
      .filter(({ first, last }) => (timeMs[last] as number) - (timeMs[first] as number) >= LEAST_STOP_MS)
      .map(({ vehicle, first, last }) => {
        const stationId = stationIds[vehicle] as number;
        return {
          station_id: stationId,
          start_s: this.#second(timeMs[first] as number),
          last_s: this.#second(timeMs[last] as number),
          ...this.#lonLat(first),
          at: this.#at(first),
          label: incidents.has(stationId)
            ? "incident"
            : this.#isQueued(queues, first, last)
              ? "in_queue"
              : "lone",
        };
      });
  }

  #isQueued(queues: readonly QueueTrack[], first: number, last: number): boolean {
    const alongM = this.#alongM[first] as number;
    const fromMs = this.#table.timeMs[first] as number;
    const toMs = this.#table.timeMs[last] as number;
    return queues.some(
      ({ line, groups }) =>
        line === this.#line[first] &&
        groups.some(
          (group) =>
            group.atMs >= fromMs &&
            group.atMs <= toMs &&
            alongM >= group.tailM - NEAR_QUEUE_M &&
            alongM <= group.headM + NEAR_QUEUE_M,
        ),
    );
  }

  #brakes(): readonly Record<string, unknown>[] {
    const { accelerationMps2, timeMs, stationIds } = this.#table;
    return this.#spells((row) => (accelerationMps2[row] as number) <= HARD_MPS2).map(
      ({ vehicle, first, last, rows }) => ({
        station_id: stationIds[vehicle],
        start_s: this.#second(timeMs[first] as number),
        last_s: this.#second(timeMs[last] as number),
        min_accel_mps2: rounded(Math.min(...rows.map((row) => accelerationMps2[row] as number)), 2),
        ...this.#lonLat(first),
        at: this.#at(first),
      }),
    );
  }

  #lonLat(row: number): { readonly lon: number; readonly lat: number } {
    const [lon, lat] = this.#place(row);
    return { lon, lat };
  }

  #at(row: number): Record<string, unknown> | null {
    const line = this.#atlas.lines[this.#line[row] as number];
    return line === undefined
      ? null
      : { road: line.name, km: rounded((this.#alongM[row] as number) / 1_000, 3) };
  }

  /** Runs of rows of one vehicle for which something holds, by their beginning. */
  #spells(holds: (row: number) => boolean): readonly Spell[] {
    const spells: Spell[] = [];
    this.#table.drives.forEach((drive, vehicle) => {
      let rows: number[] = [];
      const close = (): void => {
        const [first, last] = [rows[0], rows.at(-1)];
        if (first !== undefined && last !== undefined) spells.push({ vehicle, first, last, rows });
        rows = [];
      };
      for (const row of drive) {
        if (holds(row)) rows.push(row);
        else close();
      }
      close();
    });
    return spells.sort(
      (a, b) =>
        (this.#table.timeMs[a.first] as number) - (this.#table.timeMs[b.first] as number) ||
        a.vehicle - b.vehicle,
    );
  }
}

interface Spell {
  readonly vehicle: number;
  readonly first: number;
  readonly last: number;
  readonly rows: readonly number[];
}

function groupByLine(
  rows: readonly number[],
  line: Int32Array,
  alongM: Float64Array,
): Map<number, SlowVehicle[]> {
  const groups = new Map<number, SlowVehicle[]>();
  for (const row of rows) {
    const key = line[row] as number;
    const vehicle = { row, alongM: alongM[row] as number };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [vehicle]);
    else group.push(vehicle);
  }
  return groups;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
