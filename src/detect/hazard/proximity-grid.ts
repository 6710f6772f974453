import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";

/** Side of a cell, m. Whoever is within one side is in the nine cells around. */
export const CELL_M = 100;

/** Mean length of a degree of latitude, m: 0.5 % off at most, which is 0.5 m over a cell. */
const DEGREE_M = 111_195;

/** Buckets of the hash of cells, a power of two: one per vehicle at 100,000. */
const BUCKET_BITS = 17;
const BUCKETS = 1 << BUCKET_BITS;

/** What a look at a neighbour reads: one line of the cache, links included. */
const STRIDE = 8;
const LATITUDE = 0;
const LONGITUDE = 1;
const NORTH_MPS = 2;
const EAST_MPS = 3;
const OBSERVED_AT = 4;
const NEXT = 5;
const KIND = 6;
const BUCKET = 7;

/** What only the few are asked for that come near. */
const DETAILS = 5;
const ACCELERATION = 0;
const HEARD_AT = 1;
const LENGTH_M = 2;
const ID = 3;
const TURN_DEGPS = 4;

/** Courses nearer in time than this say nothing of a turn, those farther apart nothing of the present one. */
const TURN_LEAST_S = 0.05;
const TURN_MOST_S = 1.5;

/** Turns are a mean over this time: courses scatter by half a degree. */
const TURN_MEMORY_S = 0.8;

const DEG_PER_RAD = 180 / Math.PI;

/** Two vehicles that need less than 1.5 m/s² to stay apart are no risk for a while: twice that, m/s². */
const FAINT_BRAKING = 3;

const FIRST_CAPACITY = 1_024;
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
 * grid and 282 ms in an R-tree (measured, one core).
 */
export class ProximityGrid {
  readonly #slots = new Map<number, number>();
  readonly #heads = new Int32Array(BUCKETS).fill(NONE);
  #motion = new Float64Array(FIRST_CAPACITY * STRIDE);
  #details = new Float64Array(FIRST_CAPACITY * DETAILS);
  #previous = new Int32Array(FIRST_CAPACITY);
  readonly #free: number[] = [];
  #used = 0;
  #swept = 0;

  get size(): number {
    return this.#slots.size;
  }

  /** Takes a report; returns the slot. `speedMps` and `headingDeg` are of the course. */
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
    const slot = this.#slots.get(id | 0) ?? this.#take(id, kind);
    // Not before: a new slot may have made the arrays grow.
    const motion = this.#motion;
    const at = slot * STRIDE;
    const northMps = speedMps === 0 ? 0 : speedMps * cosDeg(headingDeg);
    const eastMps = speedMps === 0 ? 0 : speedMps * sinDeg(headingDeg);
    const details = this.#details;
    details[slot * DETAILS + TURN_DEGPS] = this.#turn(slot, northMps, eastMps, observedAtMs);
    motion[at + LATITUDE] = latitudeDeg;
    motion[at + LONGITUDE] = longitudeDeg;
    motion[at + NORTH_MPS] = northMps;
    motion[at + EAST_MPS] = eastMps;
    motion[at + OBSERVED_AT] = observedAtMs;
    details[slot * DETAILS + ACCELERATION] = accelerationMps2;
    details[slot * DETAILS + HEARD_AT] = heardAtMs;
    details[slot * DETAILS + LENGTH_M] = lengthM;
    this.#link(slot, bucketOf(rowOf(latitudeDeg), columnOf(latitudeDeg, longitudeDeg)));
    return slot;
  }

  /** Mean rate of its turn with one more course. Small angles: between two reports nobody turns by more. */
  #turn(slot: number, northMps: number, eastMps: number, observedAtMs: number): number {
    const motion = this.#motion;
    const at = slot * STRIDE;
    if ((motion[at + BUCKET] as number) === NONE) return 0;
    const before = this.#details[slot * DETAILS + TURN_DEGPS] as number;
    const elapsedS = (observedAtMs - (motion[at + OBSERVED_AT] as number)) / 1_000;
    if (elapsedS < TURN_LEAST_S) return elapsedS >= 0 ? before : 0;
    if (elapsedS > TURN_MOST_S) return 0;
    const north = motion[at + NORTH_MPS] as number;
    const east = motion[at + EAST_MPS] as number;
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
    const slot = this.put(
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
    this.#motion[slot * STRIDE + NORTH_MPS] = northMps;
    this.#motion[slot * STRIDE + EAST_MPS] = eastMps;
    this.#details[slot * DETAILS + TURN_DEGPS] = mover.turnDegps;
  }

  turnAt(slot: number): number {
    return this.#details[slot * DETAILS + TURN_DEGPS] as number;
  }

  /** Reads what `put` of a mover will need. `id` is signed. */
  prefetch(id: number): number {
    const slot = this.#slots.get(id);
    if (slot === undefined) return 0;
    return (this.#motion[slot * STRIDE + BUCKET] as number) ^ (this.#details[slot * DETAILS + ID] as number);
  }

  slotOf(id: number): number | undefined {
    return this.#slots.get(id | 0);
  }

  idAt(slot: number): number {
    return this.#details[slot * DETAILS + ID] as number;
  }

  kindAt(slot: number): number {
    return this.#motion[slot * STRIDE + KIND] as number;
  }

  isUsed(slot: number): boolean {
    return (this.#motion[slot * STRIDE + BUCKET] as number) !== NONE;
  }

  mover(slot: number): Mover {
    const at = slot * STRIDE;
    const value = (field: number): number => this.#motion[at + field] as number;
    const detail = (field: number): number => this.#details[slot * DETAILS + field] as number;
    return {
      id: this.idAt(slot),
      latitudeDeg: value(LATITUDE),
      longitudeDeg: value(LONGITUDE),
      northMps: value(NORTH_MPS),
      eastMps: value(EAST_MPS),
      accelerationMps2: detail(ACCELERATION),
      observedAtMs: value(OBSERVED_AT),
      heardAtMs: detail(HEARD_AT),
      lengthM: detail(LENGTH_M),
      turnDegps: detail(TURN_DEGPS),
      kind: this.kindAt(slot),
    };
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
    const motion = this.#motion;
    const at = slot * STRIDE;
    const latitude = motion[at + LATITUDE] as number;
    const longitude = motion[at + LONGITUDE] as number;
    const north = motion[at + NORTH_MPS] as number;
    const east = motion[at + EAST_MPS] as number;
    const observed = motion[at + OBSERVED_AT] as number;
    const eastDegreeM = DEGREE_M * cosDeg(latitude);
    const ownVulnerable = (motion[at + KIND] as number) & MoverKind.vulnerable;
    const least = closingMps * closingMps;
    const row = rowOf(latitude);
    let looked = 0;
    for (let r = row - 1; r <= row + 1; r++) {
      const column = columnInRow(r, longitude);
      for (let c = column - 1; c <= column + 1; c++) {
        for (
          let other = this.#heads[bucketOf(r, c)] as number;
          other !== NONE;
          other = motion[other * STRIDE + NEXT] as number
        ) {
          looked++;
          if (other === slot) continue;
          const o = other * STRIDE;
          const dvNorth = (motion[o + NORTH_MPS] as number) - north;
          const dvEast = (motion[o + EAST_MPS] as number) - east;
          const square = dvNorth * dvNorth + dvEast * dvEast;
          const vulnerable = ((motion[o + KIND] as number) & MoverKind.vulnerable) | ownVulnerable;
          if (square < (vulnerable === 0 ? least : 1)) continue;
          const ageS = (observed - (motion[o + OBSERVED_AT] as number)) / 1_000;
          if (ageS * 1_000 > maxAgeMs || ageS * -1_000 > maxAgeMs) continue;
          const dNorth =
            ((motion[o + LATITUDE] as number) - latitude) * DEGREE_M +
            (motion[o + NORTH_MPS] as number) * ageS;
          const dEast =
            ((motion[o + LONGITUDE] as number) - longitude) * eastDegreeM +
            (motion[o + EAST_MPS] as number) * ageS;
          const approach = -(dNorth * dvNorth + dEast * dvEast);
          if (approach <= 0 || approach > withinS * square) continue;
          const distanceSquared = dNorth * dNorth + dEast * dEast;
          // a = Δv² / 2d, squared on both sides.
          if (vulnerable === 0 && square * square < FAINT_BRAKING * FAINT_BRAKING * distanceSquared) continue;
          const missSquared = distanceSquared - (approach * approach) / square;
          if (missSquared <= missM * missM) found.push(other);
        }
      }
    }
    return looked;
  }

  /** Forgets a share of those that were not heard for long; all of them within `turns` calls. */
  sweep(nowMs: number, keepMs: number, turns: number): void {
    const count = Math.ceil(this.#used / turns);
    for (let i = 0; i < count; i++) {
      const slot = this.#swept;
      this.#swept = slot + 1 >= this.#used ? 0 : slot + 1;
      if (!this.isUsed(slot)) continue;
      if (nowMs - (this.#details[slot * DETAILS + HEARD_AT] as number) > keepMs) this.#forget(slot);
    }
  }

  /** All movers by id. */
  movers(): Mover[] {
    return [...this.#slots.values()].map((slot) => this.mover(slot)).sort((a, b) => a.id - b.id);
  }

  #take(id: number, kind: number): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot >= this.#previous.length) this.#grow();
    this.#details[slot * DETAILS + ID] = id;
    this.#motion[slot * STRIDE + KIND] = kind;
    this.#motion[slot * STRIDE + BUCKET] = NONE;
    this.#slots.set(id | 0, slot);
    return slot;
  }

  #link(slot: number, bucket: number): void {
    const motion = this.#motion;
    if (motion[slot * STRIDE + BUCKET] === bucket) return;
    this.#unlink(slot);
    const head = this.#heads[bucket] as number;
    motion[slot * STRIDE + NEXT] = head;
    this.#previous[slot] = NONE;
    if (head !== NONE) this.#previous[head] = slot;
    this.#heads[bucket] = slot;
    motion[slot * STRIDE + BUCKET] = bucket;
  }

  #unlink(slot: number): void {
    const motion = this.#motion;
    const bucket = motion[slot * STRIDE + BUCKET] as number;
    if (bucket === NONE) return;
    const next = motion[slot * STRIDE + NEXT] as number;
    const previous = this.#previous[slot] as number;
    if (previous === NONE) this.#heads[bucket] = next;
    else motion[previous * STRIDE + NEXT] = next;
    if (next !== NONE) this.#previous[next] = previous;
    motion[slot * STRIDE + BUCKET] = NONE;
  }

  #forget(slot: number): void {
    this.#unlink(slot);
    this.#slots.delete(this.idAt(slot) | 0);
    this.#free.push(slot);
  }

  #grow(): void {
    const capacity = this.#previous.length * 2;
    const motion = new Float64Array(capacity * STRIDE);
    motion.set(this.#motion);
    this.#motion = motion;
    const details = new Float64Array(capacity * DETAILS);
    details.set(this.#details);
    this.#details = details;
    const previous = new Int32Array(capacity);
    previous.set(this.#previous);
    this.#previous = previous;
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
