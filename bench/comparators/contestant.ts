import { setTimeout as sleep } from "node:timers/promises";
import { distanceBetweenM } from "../../src/geo/geodesy.ts";
import { seededRandom, shuffled } from "../support/random.ts";
import type { Motion } from "./motion.ts";
import { Places, type PointIndex, RADIUS_M } from "./point-index.ts";
import type { RedisServer } from "./redis.ts";

/** What every structure is asked to do in a step. */
export interface StepOrder {
  /** Queries of each step; over a socket a twentieth. */
  readonly queries: number;
  /** Most moves of a step of structures that move one by one; the rest waits for its turn. */
  readonly mostMoves: number;
  readonly seed: number;
}

/** What one structure showed. */
export interface Measured {
  readonly name: string;
  readonly note: string;
  /** Processor time of each step, ns. */
  readonly updates: readonly number[];
  readonly pairs: readonly number[];
  readonly asked: number;
  readonly found: number;
  readonly checked: number;
  readonly mismatches: number;
}

/** Answers of each step that are worked out in the plain way, too. */
const CHECKS_PER_STEP = 3;
export const WARM_UP_STEPS = 2;
const SWEEPING_MS = 50;

/** All drive on for 10 s first: an index that has just been loaded is in better order than one that has been in use. */
const DRIVE_STEPS = 100;
const DRIVE_STRIDE = 10;

/** Where some points go: gathered before the clock starts, since places in random order miss the cache themselves. */
interface Moves {
  readonly points: Int32Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
}

/** One structure with its own state of the world; its process has no other, so that the engine compiles its loops for it alone. */
export class Contestant {
  readonly #order: StepOrder;
  readonly #motion: Motion;
  readonly #index: PointIndex;
  readonly #redis: RedisServer | undefined;
  readonly #places: Places;
  /** In this order all move, in every step anew: stations report when they like. */
  readonly #turns: Int32Array;
  readonly #random: () => number;
  readonly #updates: number[] = [];
  readonly #pairs: number[] = [];
  #nextMove = 0;
  #asked = 0;
  #found = 0;
  #checked = 0;
  #mismatches = 0;

  private constructor(order: StepOrder, motion: Motion, index: PointIndex, redis: RedisServer | undefined) {
    this.#order = order;
    this.#motion = motion;
    this.#index = index;
    this.#redis = redis;
    this.#places = new Places(motion.size);
    this.#turns = shuffled(motion.size, seededRandom(order.seed));
    this.#random = seededRandom(order.seed + 1);
  }

  /** Loads all points and lets them drive. */
  static async open(
    order: StepOrder,
    motion: Motion,
    index: PointIndex,
    redis?: RedisServer,
  ): Promise<Contestant> {
    const one = new Contestant(order, motion, index, redis);
    await index.load(motion.at(0));
    for (let step = DRIVE_STRIDE; step <= DRIVE_STEPS; step += DRIVE_STRIDE) {
      const places = motion.at(step);
      if (!index.isDear || step === DRIVE_STEPS) await one.#moveAll(one.#movesOf(places, motion.size));
    }
    return one;
  }

  /** @param counts whether the step is measured or warms up */
  async step(number: number, counts: boolean): Promise<void> {
    const now = this.#motion.at(DRIVE_STEPS + number);
    // What moving left behind is not collected, nor swept by threads of the engine, while this one is on the clock.
    globalThis.gc?.();
    await sleep(SWEEPING_MS);
    const { size } = this.#motion;
    const count = this.#index.isDear ? Math.min(size, this.#order.mostMoves) : size;
    const [updateNs, pairNs] =
      this.#index.kind === "moved" ? await this.#stepByStep(now, count) : await this.#stepAtOnce(now, count);
    for (let i = 0; i < CHECKS_PER_STEP; i++) await this.#check(Math.floor(this.#random() * size));
    if (!counts) return;
    this.#updates.push(updateNs);
    this.#pairs.push(pairNs);
  }

  async close(): Promise<Measured> {
    await this.#index.close();
    return {
      name: this.#index.name,
      note: this.#index.note,
      updates: this.#updates,
      pairs: this.#pairs,
      asked: this.#asked,
      found: this.#found,
      checked: this.#checked,
      mismatches: this.#mismatches,
    };
  }

  #movesOf(now: Places, count: number): Moves {
    const turns = this.#turns;
    const points = Int32Array.from(
      { length: count },
      (_, i) => turns[(this.#nextMove + i) % turns.length] as number,
    );
    this.#nextMove = (this.#nextMove + count) % turns.length;
    const latitudeDeg = Float64Array.from(points, (point) => now.latitudeDeg[point] as number);
    const longitudeDeg = Float64Array.from(points, (point) => now.longitudeDeg[point] as number);
    for (const [i, point] of points.entries()) {
      this.#places.latitudeDeg[point] = latitudeDeg[i] as number;
      this.#places.longitudeDeg[point] = longitudeDeg[i] as number;
    }
    return { points, latitudeDeg, longitudeDeg };
  }

  async #moveAll({ points, latitudeDeg, longitudeDeg }: Moves): Promise<void> {
    const index = this.#index;
    for (let i = 0; i < points.length; i++) {
      index.move(points[i] as number, latitudeDeg[i] as number, longitudeDeg[i] as number);
    }
    await index.flush();
  }

  /** Half of the moves alone, the other half each with its query. */
  async #stepByStep(now: Places, count: number): Promise<[number, number]> {
    const half = Math.ceil(count / 2);
    const alone = this.#movesOf(now, half);
    const updateUs = await timed(undefined, () => this.#moveAll(alone));
    const withQuery = this.#movesOf(now, half);
    const pairUs = await timed(undefined, async () => {
      this.#found += moveAndCount(this.#index, withQuery);
    });
    this.#asked += half;
    return [(updateUs * 1_000) / half, (pairUs * 1_000) / half];
  }

  /** All moves, then the queries: an update takes its share of what all take. */
  async #stepAtOnce(now: Places, count: number): Promise<[number, number]> {
    const index = this.#index;
    const { latitudeDeg, longitudeDeg } = this.#places;
    const moves = this.#movesOf(now, count);
    const updateUs = await timed(this.#redis, () => this.#moveAll(moves));
    const { queries } = this.#order;
    const asked = index.kind === "socket" ? Math.ceil(queries / 20) : queries;
    const chosen = Int32Array.from({ length: asked }, () => Math.floor(this.#random() * latitudeDeg.length));
    const queryUs = await timed(this.#redis, async () => {
      const counts: (number | Promise<number>)[] = [];
      for (const i of chosen) counts.push(index.count(latitudeDeg[i] as number, longitudeDeg[i] as number));
      for (const found of await Promise.all(counts)) this.#found += found;
    });
    this.#asked += asked;
    const updateNs = (updateUs * 1_000) / count;
    return [updateNs, updateNs + (queryUs * 1_000) / asked];
  }

  async #check(point: number): Promise<void> {
    const places = this.#places;
    const latitudeDeg = places.latitudeDeg[point] as number;
    const longitudeDeg = places.longitudeDeg[point] as number;
    const answer = await this.#index.within(latitudeDeg, longitudeDeg);
    this.#checked++;
    if (!isRight(places, latitudeDeg, longitudeDeg, answer, this.#index.toleranceM)) this.#mismatches++;
  }
}

function moveAndCount(index: PointIndex, { points, latitudeDeg, longitudeDeg }: Moves): number {
  let found = 0;
  for (let i = 0; i < points.length; i++) {
    const latitude = latitudeDeg[i] as number;
    const longitude = longitudeDeg[i] as number;
    index.move(points[i] as number, latitude, longitude);
    found += index.count(latitude, longitude) as number;
  }
  return found;
}

/** Processor time of this process and, where there is one, of the server, µs. */
async function timed(server: RedisServer | undefined, work: () => Promise<void>): Promise<number> {
  const serverBefore = (await server?.processorUs()) ?? 0;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system + ((await server?.processorUs()) ?? 0) - serverBefore;
}

/** Every point is looked at: inside must be in the answer, outside must not, within the tolerance of the bound it may. */
export function isRight(
  places: Places,
  latitudeDeg: number,
  longitudeDeg: number,
  answer: readonly number[],
  toleranceM: number,
): boolean {
  const answered = new Set(answer);
  if (answered.size !== answer.length) return false;
  for (const [i, latitude] of places.latitudeDeg.entries()) {
    const distanceM = distanceBetweenM(latitudeDeg, longitudeDeg, latitude, places.longitudeDeg[i] as number);
    const isIn = answered.has(i);
    if (isIn ? distanceM > RADIUS_M + toleranceM : distanceM <= RADIUS_M - toleranceM) return false;
  }
  return true;
}
