import { distanceBetweenM } from "../../src/geo/geodesy.ts";
import { seededRandom } from "../support/random.ts";
import { median } from "../support/statistics.ts";
import { type Layout, type Motion, motionOf } from "./motion.ts";
import {
  Places,
  type PointIndex,
  plainRbush,
  RADIUS_M,
  rebuiltFlatbush,
  rebuiltKdbush,
  slackIndex,
} from "./point-index.ts";
import { type RedisServer, redisIndex } from "./redis.ts";

export interface PointsOrder {
  readonly sizes: readonly number[];
  readonly layouts: readonly Layout[];
  readonly steps: number;
  /** Queries of each step. */
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
  /** Of the processor time of a pair, rbush by this: medians of the steps with least and most. */
  readonly againstRbush: readonly [number, number, number];
  readonly neighbours: number;
  readonly checked: number;
  readonly mismatches: number;
}

/** Every so many queries the answer is worked out in the plain way, too. */
const CHECK_EVERY = 1_000;
const WARM_UP_STEPS = 2;

/** One structure with its own state of the world. */
interface Contestant {
  readonly index: PointIndex;
  readonly places: Places;
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
    const places = motion.at(step);
    for (const one of contestants) await runStep(order, one, places, random, step > WARM_UP_STEPS);
  }
  for (const { index } of contestants) await index.close();
  const rbush = contestants.find(({ index }) => index.name.startsWith("rbush"));
  return contestants.map((one) => resultOf(layout, motion.size, one, rbush));
}

async function openAll({ redis }: PointsOrder, { size, at }: Motion): Promise<Contestant[]> {
  const indexes = [slackIndex(size), plainRbush(size), rebuiltFlatbush(size), rebuiltKdbush(size)];
  if (redis !== undefined) indexes.push(redisIndex(redis, `points-${size}`));
  const start = at(0);
  const contestants: Contestant[] = [];
  for (const index of indexes) {
    const places = new Places(size);
    places.latitudeDeg.set(start.latitudeDeg);
    places.longitudeDeg.set(start.longitudeDeg);
    await index.load(places);
    contestants.push({
      index,
      places,
      nextMove: 0,
      asked: 0,
      checked: 0,
      mismatches: 0,
      found: 0,
      updates: [],
      queries: [],
    });
  }
  return contestants;
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
  const server = index.name.startsWith("Redis") ? redis : undefined;
  // Slack pays off where points move a little at a time, so it gets no rests: all move, as in a rebuilt one.
  const isSlow = index.name.startsWith("rbush") || server !== undefined;
  const moves = isSlow ? Math.min(size, mostMoves) : size;
  const updateUs = await timed(server, async () => {
    for (let i = 0; i < moves; i++) {
      const point = (one.nextMove + i) % size;
      const latitudeDeg = now.latitudeDeg[point] as number;
      const longitudeDeg = now.longitudeDeg[point] as number;
      places.latitudeDeg[point] = latitudeDeg;
      places.longitudeDeg[point] = longitudeDeg;
      index.move(point, latitudeDeg, longitudeDeg);
    }
    await index.flush();
  });
  one.nextMove = (one.nextMove + moves) % size;
  const chosen = Array.from({ length: queries }, () => Math.floor(random() * size));
  const latitudes = Float64Array.from(chosen, (i) => places.latitudeDeg[i] as number);
  const longitudes = Float64Array.from(chosen, (i) => places.longitudeDeg[i] as number);
  let found: number[][] = [];
  const queryUs = await timed(server, async () => {
    found = await index.within(latitudes, longitudes);
  });
  if (counts) {
    one.updates.push((updateUs * 1_000) / moves);
    one.queries.push((queryUs * 1_000) / queries);
  }
  check(one, latitudes, longitudes, found);
}

/** Processor time of this process and, where there is one, of the server, µs. */
async function timed(server: RedisServer | undefined, work: () => Promise<void>): Promise<number> {
  const serverBefore = (await server?.processorUs()) ?? 0;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system + ((await server?.processorUs()) ?? 0) - serverBefore;
}

function check(one: Contestant, latitudes: Float64Array, longitudes: Float64Array, found: number[][]): void {
  for (const [i, answer] of found.entries()) {
    one.found += answer.length;
    if (one.asked++ % CHECK_EVERY !== 0) continue;
    one.checked++;
    const latitudeDeg = latitudes[i] as number;
    const longitudeDeg = longitudes[i] as number;
    if (!isRight(one.places, latitudeDeg, longitudeDeg, answer, one.index.toleranceM)) one.mismatches++;
  }
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
  const pair = (of: Contestant, i: number): number =>
    (of.updates[i] ?? Number.NaN) + (of.queries[i] ?? Number.NaN);
  const ratios = one.updates.map((_, i) =>
    rbush === undefined ? Number.NaN : pair(rbush, i) / pair(one, i),
  );
  return {
    layout,
    size,
    name: one.index.name,
    note: one.index.note,
    updateNs,
    queryNs,
    pairsPerS: 1e9 / (updateNs + queryNs),
    againstRbush: [median(ratios), Math.min(...ratios), Math.max(...ratios)],
    neighbours: one.found / one.asked,
    checked: one.checked,
    mismatches: one.mismatches,
  };
}
