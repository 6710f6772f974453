import type { StationType } from "../domain/station.ts";
import { SignTable, type VehicleSigns } from "./vehicle-signs.ts";

/**
 * Where vehicles were, row by row in the order of the file, one column per array: half a million rows are read once and
 * drawn from many times. Absent numbers are NaN.
 */
export interface VehicleTable {
  readonly rows: number;
  /** Unix ms. */
  readonly timeMs: Float64Array;
  /** Place in `stationIds`. */
  readonly vehicle: Int32Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  readonly speedMps: Float32Array;
  readonly headingDeg: Float32Array;
  readonly accelerationMps2: Float32Array;
  /** Station id and type by vehicle. */
  readonly stationIds: readonly number[];
  readonly types: readonly StationType[];
  /** Rows by vehicle, each sorted by time. */
  readonly drives: readonly Int32Array[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** Usual time between two rows of one vehicle, ms. */
  readonly intervalMs: number;
  /** Lines that could not be used. */
  readonly badRows: number;
  /** Lamps, switches and events by row; undefined where the file tells none. */
  readonly signs: SignTable | undefined;
}

export interface VehicleRow {
  readonly timeMs: number;
  readonly stationId: number;
  readonly type: StationType;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accelerationMps2: number;
  readonly signs?: VehicleSigns | undefined;
}

const FIRST_CAPACITY = 65_536;

/** Collects rows; columns grow by doubling. */
export class VehicleTableBuilder {
  #rows = 0;
  #timeMs = new Float64Array(FIRST_CAPACITY);
  #vehicle = new Int32Array(FIRST_CAPACITY);
  #latitudeDeg = new Float64Array(FIRST_CAPACITY);
  #longitudeDeg = new Float64Array(FIRST_CAPACITY);
  #speedMps = new Float32Array(FIRST_CAPACITY);
  #headingDeg = new Float32Array(FIRST_CAPACITY);
  #accelerationMps2 = new Float32Array(FIRST_CAPACITY);
  readonly #vehicles = new Map<number, number>();
  readonly #types: StationType[] = [];
  #signs: SignTable | undefined;
  badRows = 0;

  get rows(): number {
    return this.#rows;
  }

  add(row: VehicleRow): void {
    const at = this.#rows++;
    if (at === this.#timeMs.length) this.#grow();
    this.#timeMs[at] = row.timeMs;
    this.#vehicle[at] = this.#vehicleOf(row);
    this.#latitudeDeg[at] = row.latitudeDeg;
    this.#longitudeDeg[at] = row.longitudeDeg;
    this.#speedMps[at] = row.speedMps;
    this.#headingDeg[at] = row.headingDeg;
    this.#accelerationMps2[at] = row.accelerationMps2;
    if (row.signs !== undefined) {
      this.#signs ??= new SignTable();
      this.#signs.set(at, row.signs);
    }
  }

  build(): VehicleTable {
    const rows = this.#rows;
    const timeMs = this.#timeMs.subarray(0, rows);
    const vehicle = this.#vehicle.subarray(0, rows);
    const drives = drivesOf(vehicle, timeMs, this.#types.length);
    const [firstMs, lastMs] = rangeOf(timeMs);
    return {
      rows,
      timeMs,
      vehicle,
      latitudeDeg: this.#latitudeDeg.subarray(0, rows),
      longitudeDeg: this.#longitudeDeg.subarray(0, rows),
      speedMps: this.#speedMps.subarray(0, rows),
      headingDeg: this.#headingDeg.subarray(0, rows),
      accelerationMps2: this.#accelerationMps2.subarray(0, rows),
      stationIds: [...this.#vehicles.keys()],
      types: this.#types,
      drives,
      firstMs,
      lastMs,
      intervalMs: usualIntervalMs(drives, timeMs),
      badRows: this.badRows,
      signs: this.#signs,
    };
  }

  #vehicleOf({ stationId, type }: VehicleRow): number {
    const known = this.#vehicles.get(stationId);
    if (known !== undefined) return known;
    const vehicle = this.#types.length;
    this.#vehicles.set(stationId, vehicle);
    this.#types.push(type);
    return vehicle;
  }

  #grow(): void {
    const capacity = this.#timeMs.length * 2;
    this.#timeMs = grown(this.#timeMs, new Float64Array(capacity));
    this.#vehicle = grown(this.#vehicle, new Int32Array(capacity));
    this.#latitudeDeg = grown(this.#latitudeDeg, new Float64Array(capacity));
    this.#longitudeDeg = grown(this.#longitudeDeg, new Float64Array(capacity));
    this.#speedMps = grown(this.#speedMps, new Float32Array(capacity));
    this.#headingDeg = grown(this.#headingDeg, new Float32Array(capacity));
    this.#accelerationMps2 = grown(this.#accelerationMps2, new Float32Array(capacity));
  }
}

function grown<T extends Float64Array | Float32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function drivesOf(vehicle: Int32Array, timeMs: Float64Array, vehicles: number): Int32Array[] {
  const counts = new Int32Array(vehicles);
  for (const v of vehicle) counts[v] = (counts[v] ?? 0) + 1;
  const drives = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let row = 0; row < vehicle.length; row++) {
    const v = vehicle[row] as number;
    const drive = drives[v] as Int32Array;
    const place = counts[v] as number;
    drive[place] = row;
    counts[v] = place + 1;
  }
  for (const drive of drives) sortByTime(drive, timeMs);
  return drives;
}

function sortByTime(drive: Int32Array, timeMs: Float64Array): void {
  for (let i = 1; i < drive.length; i++) {
    if ((timeMs[drive[i] as number] as number) < (timeMs[drive[i - 1] as number] as number)) {
      drive.sort((a, b) => (timeMs[a] as number) - (timeMs[b] as number) || a - b);
      return;
    }
  }
}

function rangeOf(timeMs: Float64Array): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of timeMs) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return timeMs.length === 0 ? [0, 0] : [first, last];
}

/** Enough vehicles to tell 1 Hz from 10 Hz. */
const SAMPLED_DRIVES = 200;
const DEFAULT_INTERVAL_MS = 1_000;

/** Median time between two rows of a vehicle. */
function usualIntervalMs(drives: readonly Int32Array[], timeMs: Float64Array): number {
  const gaps: number[] = [];
  for (const drive of drives.slice(0, SAMPLED_DRIVES)) {
    for (let i = 1; i < Math.min(drive.length, 50); i++) {
      gaps.push((timeMs[drive[i] as number] as number) - (timeMs[drive[i - 1] as number] as number));
    }
  }
  gaps.sort((a, b) => a - b);
  return Math.max(1, gaps[gaps.length >> 1] ?? DEFAULT_INTERVAL_MS);
}
