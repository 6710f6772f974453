import type { Machine } from "../../support/machine.ts";
import { median } from "../../support/statistics.ts";
import { type Knee, kneeOf } from "./knee.ts";
import { costUs, type Ladder } from "./ladder.ts";
import type { LadderRung } from "./rung.ts";

/** One ladder as it stands in the JSON file: every rung of every run. */
export interface LadderResult {
  readonly ladder: string;
  readonly machine: Machine;
  readonly startedAt: string;
  readonly seed: number;
  readonly isPinned: boolean;
  readonly constant: string;
  readonly rungs: readonly LadderRung[];
}

/** The runs of one size: medians field by field, and the commonest reason where most of them were not held. */
export interface Step {
  readonly rung: LadderRung;
  readonly costUs: number;
  readonly runs: number;
}

export function stepsOf(ladder: Ladder, rungs: readonly LadderRung[]): Step[] {
  const sizes = [...new Set(rungs.map(({ size }) => size))].sort((a, b) => a - b);
  return sizes.map((size) => {
    const runs = rungs.filter((rung) => rung.size === size);
    const rung = middle(runs);
    return { rung, costUs: costUs(ladder, rung), runs: runs.length };
  });
}

export function kneeOfSteps(steps: readonly Step[]): Knee | undefined {
  return kneeOf(steps.map(({ rung, costUs: cost }) => ({ ...rung, costUs: cost })));
}

function middle(runs: readonly LadderRung[]): LadderRung {
  // A run that broke tells no medians where others did not.
  const whole = runs.filter(({ receivedPerSecond }) => Number.isFinite(receivedPerSecond));
  const first = whole[0] ?? runs[0];
  if (first === undefined) throw new Error("a step without runs");
  const failures = runs.flatMap(({ failure }) => failure ?? []);
  const middled = middleOf(
    (whole.length > 0 ? whole : runs) as unknown as readonly Tree[],
    first as unknown as Tree,
  ) as unknown as LadderRung;
  return { ...middled, failure: failures.length * 2 > runs.length ? failures[0] : undefined };
}

interface Tree {
  readonly [field: string]: number | string | undefined | Tree;
}

/** Medians of all numbers, however deep; of the rest, what the first run says. */
function middleOf(runs: readonly Tree[], first: Tree): Tree {
  const fields = Object.entries(first).map(([field, value]) => {
    const values = runs.map((run) => run[field]);
    if (typeof value === "number") return [field, median(values.filter((one) => typeof one === "number"))];
    if (typeof value === "object") return [field, middleOf(values as readonly Tree[], value)];
    return [field, value];
  });
  return Object.fromEntries(fields);
}
