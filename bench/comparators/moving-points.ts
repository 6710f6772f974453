import { setTimeout as sleep } from "node:timers/promises";
import { distanceBetweenM } from "../../src/geo/geodesy.ts";
import { seededRandom, shuffled } from "../support/random.ts";
import { median } from "../support/statistics.ts";
import { type Layout, type Motion, motionOf } from "./motion.ts";
import {
  movingPoints,
  Places,
  type PointIndex,
  plainRbush,
  RADIUS_M,
  rebuiltFlatbush,
  rebuiltKdbush,
} from "./point-index.ts";
import { type RedisServer, redisIndex } from "./redis.ts";

export interface PointsOrder {
  readonly sizes: readonly number[];
  readonly layouts: readonly Layout[];
  readonly steps: number;
  /** Queries of each step; over a socket a twentieth. */
  readonly queries: number;
  /** Most moves of a step of structures that move one by one; the rest waits for its turn. */
  readonly mostMoves: number;
  readonly seed: number;
  readonly redis: RedisServer | undefined;
  readonly log: (line: string) => void;
}

export interface PointsResult {
  readonly layout: Layout;
  readonly size: number;
  readonly name: string;
  readonly note: string;
  readonly updateNs: number;
  /** An update with a query. */
  readonly pairNs: number;
  /** Updates with a query each, per second of processor time. */
  readonly pairsPerS: number;
  /** Processor time of rbush by that of this, of updates and of pairs: medians of the steps with least and most. */
  readonly updatesAgainstRbush: readonly [number, number, number];
  readonly againstRbush: readonly [number, number, number];
  readonly neighbours: number;
  readonly checked: number;
  readonly mismatches: number;
}

/** Answers of each step that are worked out in the plain way, too. */
const CHECKS_PER_STEP = 3;
const WARM_UP_STEPS = 2;
const SWEEPING_MS = 50;

/** All drive on for 10 s first: an index that has just been loaded is in better order than one that has been in use. */
const DRIVE_STEPS = 100;
const DRIVE_STRIDE = 10;

/** One structure with its own state of the world. */
interface Contestant {
  readonly index: PointIndex;
  readonly places: Places;
  /** In this order all move, in every step anew: stations report when they like. */
  readonly order: Int32Array;
  nextMove: number;
  asked: number;
  checked: number;
  mismatches: number;
  found: number;
  /** Processor time of each step, ns. */
  readonly updates: number[];
  readonly pairs: number[];
}

/** Where some points go: gathered before the clock starts, since places in random order miss the cache themselves. */
interface Moves {
  readonly points: Int32Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
}

export async function comparePoints(order: PointsOrder): Promise<PointsResult[]> {
  const results: PointsResult[] = [];
  for (const layout of order.layouts) {
    for (const size of order.sizes) {
      order.log(`${size.toLocaleString("en-US")} points, ${layout}`);
      results.push(...(await compareAt(order, layout, motionOf(layout, size, order.seed))));
    }
  }
  return results;
}

async function compareAt(order: PointsOrder, layout: Layout, motion: Motion): Promise<PointsResult[]> {
  const contestants = await openAll(order, motion);
  const random = seededRandom(order.seed + 1);
  // All structures in every step: what disturbs one disturbs the others.
  for (let step = 1; step <= WARM_UP_STEPS + order.steps; step++) {
    const places = motion.at(DRIVE_STEPS + step);
    for (const one of contestants) await runStep(order, one, places, random, step > WARM_UP_STEPS);
  }
  for (const { index } of contestants) await index.close();
  const rbush = contestants.find(({ index }) => index.name.startsWith("rbush"));
  return contestants.map((one) => resultOf(layout, motion.size, one, rbush));
}

async function openAll({ redis, seed }: PointsOrder, motion: Motion): Promise<Contestant[]> {
  const { size } = motion;
  const indexes = [movingPoints(size), plainRbush(size), rebuiltFlatbush(size), rebuiltKdbush(size)];
  if (redis !== undefined) indexes.push(redisIndex(redis, `points-${size}`));
  const start = motion.at(0);
  const contestants: Contestant[] = [];
  for (const index of indexes) {
    const places = new Places(size);
    await index.load(start);
    const order = shuffled(size, seededRandom(seed));
    const counts = { nextMove: 0, asked: 0, checked: 0, mismatches: 0, found: 0 };
    contestants.push({ index, places, order, ...counts, updates: [], pairs: [] });
  }
  for (let step = DRIVE_STRIDE; step <= DRIVE_STEPS; step += DRIVE_STRIDE) {
    const places = motion.at(step);
    for (const one of contestants) {
      if (!one.index.isDear || step === DRIVE_STEPS) await moveAll(one, movesOf(one, places, size));
    }
  }
  return contestants;
}

function movesOf(one: Contestant, now: Places, count: number): Moves {
  const { places, order } = one;
  const points = Int32Array.from(
    { length: count },
    (_, i) => order[(one.nextMove + i) % order.length] as number,
  );
  one.nextMove = (one.nextMove + count) % order.length;
  const latitudeDeg = Float64Array.from(points, (point) => now.latitudeDeg[point] as number);
  const longitudeDeg = Float64Array.from(points, (point) => now.longitudeDeg[point] as number);
  for (const [i, point] of points.entries()) {
    places.latitudeDeg[point] = latitudeDeg[i] as number;
    places.longitudeDeg[point] = longitudeDeg[i] as number;
  }
  return { points, latitudeDeg, longitudeDeg };
}

async function moveAll({ index }: Contestant, { points, latitudeDeg, longitudeDeg }: Moves): Promise<void> {
  for (let i = 0; i < points.length; i++) {
    index.move(points[i] as number, latitudeDeg[i] as number, longitudeDeg[i] as number);
  }
  await index.flush();
}

async function runStep(
  order: PointsOrder,
  one: Contestant,
  now: Places,
  random: () => number,
  counts: boolean,
): Promise<void> {
  const { index, places } = one;
  const size = now.latitudeDeg.length;
  // What others have left behind is not collected, nor swept by threads of the engine, while this one is on the clock.
  globalThis.gc?.();
  await sleep(SWEEPING_MS);
  const count = index.isDear ? Math.min(size, order.mostMoves) : size;
  const [updateNs, pairNs] =
    index.kind === "moved"
      ? await stepByStep(one, now, count)
      : await stepAtOnce(order, one, now, count, random);
  for (let i = 0; i < CHECKS_PER_STEP; i++) {
    const point = Math.floor(random() * size);
    await check(one, places.latitudeDeg[point] as number, places.longitudeDeg[point] as number);
  }
  if (!counts) return;
  one.updates.push(updateNs);
  one.pairs.push(pairNs);
}

/** Half of the moves alone, the other half each with its query. */
async function stepByStep(one: Contestant, now: Places, count: number): Promise<[number, number]> {
  const { index } = one;
  const half = Math.ceil(count / 2);
  const alone = movesOf(one, now, half);
  const updateUs = await timed(undefined, () => moveAll(one, alone));
  const withQuery = movesOf(one, now, half);
  const pairUs = await timed(undefined, async () => {
    one.found += moveAndCount(index, withQuery);
  });
  one.asked += half;
  return [(updateUs * 1_000) / half, (pairUs * 1_000) / half];
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

/** All moves, then the queries: an update takes its share of what all take. */
async function stepAtOnce(
  { queries, redis }: PointsOrder,
  one: Contestant,
  now: Places,
  count: number,
  random: () => number,
): Promise<[number, number]> {
  const { index, places } = one;
  const server = index.kind === "socket" ? redis : undefined;
  const moves = movesOf(one, now, count);
  const updateUs = await timed(server, () => moveAll(one, moves));
  const asked = index.kind === "socket" ? Math.ceil(queries / 20) : queries;
  const chosen = Int32Array.from({ length: asked }, () => Math.floor(random() * places.latitudeDeg.length));
  const queryUs = await timed(server, async () => {
    const counts: (number | Promise<number>)[] = [];
    for (const i of chosen)
      counts.push(index.count(places.latitudeDeg[i] as number, places.longitudeDeg[i] as number));
    for (const found of await Promise.all(counts)) one.found += found;
  });
  one.asked += asked;
  const updateNs = (updateUs * 1_000) / count;
  return [updateNs, updateNs + (queryUs * 1_000) / asked];
}

/** Processor time of this process and, where there is one, of the server, µs. */
async function timed(server: RedisServer | undefined, work: () => Promise<void>): Promise<number> {
  const serverBefore = (await server?.processorUs()) ?? 0;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system + ((await server?.processorUs()) ?? 0) - serverBefore;
}

async function check(one: Contestant, latitudeDeg: number, longitudeDeg: number): Promise<void> {
  const answer = await one.index.within(latitudeDeg, longitudeDeg);
  one.checked++;
  if (!isRight(one.places, latitudeDeg, longitudeDeg, answer, one.index.toleranceM)) one.mismatches++;
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

function resultOf(
  layout: Layout,
  size: number,
  one: Contestant,
  rbush: Contestant | undefined,
): PointsResult {
  const updateNs = median(one.updates);
  const pairNs = median(one.pairs);
  const against = (what: "updates" | "pairs"): [number, number, number] => {
    const ratios = one[what].map((ns, i) => (rbush?.[what][i] ?? Number.NaN) / ns);
    return [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  };
  return {
    layout,
    size,
    name: one.index.name,
    note: one.index.note,
    updateNs,
    pairNs,
    pairsPerS: 1e9 / pairNs,
    updatesAgainstRbush: against("updates"),
    againstRbush: against("pairs"),
    neighbours: one.found / one.asked,
    checked: one.checked,
    mismatches: one.mismatches,
  };
}
