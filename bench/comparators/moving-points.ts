import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { answerOf } from "../support/child.ts";
import { median } from "../support/statistics.ts";
import { Contestant, type Measured, type StepOrder, WARM_UP_STEPS } from "./contestant.ts";
import { type Layout, motionOf } from "./motion.ts";
import { type RedisServer, redisIndex } from "./redis.ts";
import { STRUCTURES, type StructureOrder } from "./structures.ts";

export interface PointsOrder extends StepOrder {
  readonly sizes: readonly number[];
  readonly layouts: readonly Layout[];
  readonly steps: number;
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

const STRUCTURE_PROCESS = fileURLToPath(new URL("./structure-process.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** One structure in a process of its own. */
interface Seat {
  step(number: number, counts: boolean): Promise<void>;
  close(): Promise<Measured>;
}

export async function comparePoints(order: PointsOrder): Promise<PointsResult[]> {
  const results: PointsResult[] = [];
  for (const layout of order.layouts) {
    for (const size of order.sizes) {
      order.log(`${size.toLocaleString("en-US")} points, ${layout}`);
      results.push(...(await compareAt(order, layout, size)));
    }
  }
  return results;
}

async function compareAt(order: PointsOrder, layout: Layout, size: number): Promise<PointsResult[]> {
  const seats: Seat[] = [];
  for (const structure of STRUCTURES)
    seats.push(await seatOf(structureOrder(order, layout, size, structure)));
  const { redis } = order;
  if (redis !== undefined) {
    // Its server is a process of its own, and here is no other structure.
    const index = redisIndex(redis, `points-${layout}-${size}`);
    seats.push(await Contestant.open(order, motionOf(layout, size, order.seed), index, redis));
  }
  // All structures in every step, one after the other: what disturbs one disturbs the others.
  for (let step = 1; step <= WARM_UP_STEPS + order.steps; step++) {
    for (const seat of seats) await seat.step(step, step > WARM_UP_STEPS);
  }
  const measured: Measured[] = [];
  for (const seat of seats) measured.push(await seat.close());
  const rbush = measured.find(({ name }) => name.startsWith("rbush"));
  return measured.map((one) => resultOf(layout, size, one, rbush));
}

function structureOrder(
  { queries, mostMoves, seed }: StepOrder,
  layout: Layout,
  size: number,
  structure: StructureOrder["structure"],
): StructureOrder {
  return { kind: "open", structure, layout, size, queries, mostMoves, seed };
}

async function seatOf(order: StructureOrder): Promise<Seat> {
  const child: ChildProcess = fork(STRUCTURE_PROCESS, { execArgv: ["--expose-gc", "--import", LOADER] });
  // Whatever ends this process, the structure's must not outlive it.
  const end = (): boolean => child.kill("SIGKILL");
  process.once("exit", end);
  await answerOf(child, order);
  return {
    async step(number, counts) {
      await answerOf(child, { kind: "step", number, counts });
    },
    async close() {
      const { measured } = (await answerOf(child, { kind: "close" })) as { readonly measured: Measured };
      process.off("exit", end);
      child.disconnect();
      return measured;
    },
  };
}

function resultOf(layout: Layout, size: number, one: Measured, rbush: Measured | undefined): PointsResult {
  const updateNs = median(one.updates);
  const pairNs = median(one.pairs);
  const against = (what: "updates" | "pairs"): [number, number, number] => {
    const ratios = one[what].map((ns, i) => (rbush?.[what][i] ?? Number.NaN) / ns);
    return [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  };
  return {
    layout,
    size,
    name: one.name,
    note: one.note,
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
