import { SCENARIOS } from "./catalog.ts";
import { type ScoreSettings, type SeedPart, scoreSeed } from "./score.ts";

/** One seed of one scenario to score; plain data, so that it can go to another process. */
export interface Order extends ScoreSettings {
  readonly scenario: string;
  readonly seed: number;
}

/** What came of an order. */
export interface Outcome {
  readonly order: Order;
  readonly parts: readonly SeedPart[];
  /** Why there are none; undefined where all went well. */
  readonly failure: string | undefined;
  readonly spentMs: number;
}

/** Scores an order; what goes wrong is told in the outcome. */
export async function carryOut(order: Order): Promise<Outcome> {
  const beganMs = performance.now();
  const spentMs = (): number => performance.now() - beganMs;
  try {
    const scenario = SCENARIOS.find(({ name }) => name === order.scenario);
    if (scenario === undefined) throw new Error(`There is no scenario ${order.scenario}.`);
    const parts = await scoreSeed(scenario, order.seed, order);
    return { order, parts, failure: undefined, spentMs: spentMs() };
  } catch (error) {
    const failure = (error as Error).stack ?? String(error);
    return { order, parts: [], failure, spentMs: spentMs() };
  }
}
