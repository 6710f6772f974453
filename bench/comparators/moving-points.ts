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
  readonly queryNs: number;
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
  readonly updates: number[];
  readonly queries: number[];
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
    contestants.push({ index, places, order, ...counts, updates: [], queries: [] });
  }
  for (let step = DRIVE_STRIDE; step <= DRIVE_STEPS; step += DRIVE_STRIDE) {
    const places = motion.at(step);
    for (const one of contestants) {
      if (one.index.cost === "cheap" || step === DRIVE_STEPS) await moveMany(one, places, size);
    }
  }
  return contestants;
}

async function moveMany(one: Contestant, now: Places, moves: number): Promise<void> {
  const { index, places, order } = one;
  for (let i = 0; i < moves; i++) {
    const point = order[(one.nextMove + i) % order.length] as number;
    const latitudeDeg = now.latitudeDeg[point] as number;
    const longitudeDeg = now.longitudeDeg[point] as number;
    places.latitudeDeg[point] = latitudeDeg;
    places.longitudeDeg[point] = longitudeDeg;
    index.move(point, latitudeDeg, longitudeDeg);
  }
  one.nextMove = (one.nextMove + moves) % order.length;
  await index.flush();
}

async function runStep(
  { mostMoves, queries, redis }: PointsOrder,
  one: Contestant,
  now: Places,
  random: () => number,
  counts: boolean,
): Promise<void> {
  const { index, places } = one;
  const size = now.latitudeDeg.length;
  const server = index.cost === "socket" ? redis : undefined;
  const moves = index.cost === "cheap" ? size : Math.min(size, mostMoves);
  const updateUs = await timed(server, () => moveMany(one, now, moves));
  const asked = index.cost === "socket" ? Math.ceil(queries / 20) : queries;
  const chosen = Array.from({ length: asked }, () => Math.floor(random() * size));
  const latitudes = Float64Array.from(chosen, (i) => places.latitudeDeg[i] as number);
  const longitudes = Float64Array.from(chosen, (i) => places.longitudeDeg[i] as number);
  const queryUs = await timed(server, async () => {
    one.found += await index.count(latitudes, longitudes);
  });
  one.asked += asked;
  for (let i = 0; i < CHECKS_PER_STEP; i++) await check(one, latitudes[i] as number, longitudes[i] as number);
  if (!counts) return;
  one.updates.push((updateUs * 1_000) / moves);
  one.queries.push((queryUs * 1_000) / asked);
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
  const queryNs = median(one.queries);
  const update = (of: Contestant, i: number): number => of.updates[i] ?? Number.NaN;
  const pair = (of: Contestant, i: number): number => update(of, i) + (of.queries[i] ?? Number.NaN);
  const against = (cost: (of: Contestant, i: number) => number): [number, number, number] => {
    const ratios = one.updates.map((_, i) =>
      rbush === undefined ? Number.NaN : cost(rbush, i) / cost(one, i),
    );
    return [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  };
  return {
    layout,
    size,
    name: one.index.name,
    note: one.index.note,
    updateNs,
    queryNs,
    pairsPerS: 1e9 / (updateNs + queryNs),
    updatesAgainstRbush: against(update),
    againstRbush: against(pair),
    neighbours: one.found / one.asked,
    checked: one.checked,
    mismatches: one.mismatches,
  };
}
