import type { ScenarioScore } from "./score.ts";
import {
  at,
  causesOf,
  of,
  over,
  penetrationsOf,
  percent,
  seconds,
  shareText,
  type TargetRow,
  targetRow,
} from "./target-row.ts";

/** The targets of queues: their time, their onset and where they end. */
export function queueRows(scores: readonly ScenarioScore[]): readonly TargetRow[] {
  const penetrations = penetrationsOf(scores);
  return [
    ...penetrations.map((penetration) => covered(scores, penetration)),
    ...penetrations.map((penetration) => onset(scores, penetration)),
    tail(scores, 0.05, 75),
    tail(scores, 0.2, 20),
    ...penetrations.map((penetration) => rollingTail(scores, penetration)),
  ];
}

/** Where queues form by design; what others hold is told beside. */
const QUEUES = ["full-closure", "bottleneck", "rolling-queue", "moving-jam", "stop-and-go"] as const;

/** The target stands for 6 % equipped. */
const COVERED_FROM = 0.06;

function covered(scores: readonly ScenarioScore[], penetration: number): TargetRow {
  const own = at(of(scores, ...QUEUES), penetration);
  const found = over(own, "congestion", "suspected");
  const all = over(at(scores, penetration), "congestion", "suspected");
  const hard = found?.roadTime?.hardFalse;
  const worst = own
    .map(({ scenario, tiers }) => ({
      scenario,
      value: tiers.suspected.kinds.congestion?.timeCovered.value ?? 1,
    }))
    .sort((a, b) => a.value - b.value)[0];
  return targetRow(
    `congested time covered, ${percent(penetration, 0)} equipped`,
    `≥ 98 % of the oracle's time, ≤ 0.3 % hard false (at ${percent(COVERED_FROM, 0)})`,
    found === undefined
      ? "–"
      : `${shareText(found.timeCovered)} s covered; ${percent(hard?.value, 2)} hard false (95 %: below ${percent(hard?.high, 2)})`,
    found?.timeCovered.value === undefined
      ? undefined
      : found.timeCovered.value >= 0.98 && (hard?.value ?? 0) <= 0.003,
    `penetration × flow until the second equipped vehicle has come; of ${QUEUES.join(", ")}, least ${worst?.scenario ?? "–"} ${percent(worst?.value)}; over all scenarios ${percent(all?.timeCovered.value)}`,
  );
}

function onset(scores: readonly ScenarioScore[], penetration: number): TargetRow {
  const own = at(of(scores, ...QUEUES), penetration);
  const found = over(own, "congestion", "suspected");
  const { excessS, excessSecondS } = found ?? {};
  const all = over(at(scores, penetration), "congestion", "suspected")?.excessS;
  return targetRow(
    `queue onset, excess over the oracle, ${percent(penetration, 0)} equipped`,
    "≤ 2 s mean, ≤ 5 s P95",
    found === undefined
      ? "–"
      : `mean ${seconds(excessS?.mean)} (95 %: ${seconds(excessS?.low)} to ${seconds(excessS?.high)}), P95 ${seconds(excessS?.p95)} (n = ${excessS?.n}); behind the second vehicle mean ${seconds(excessSecondS?.mean)}, P95 ${seconds(excessSecondS?.p95)}`,
    excessS?.mean === undefined ? undefined : excessS.mean <= 2 && (excessS.p95 ?? 0) <= 5,
    `the oracle knows by the first slow report, one vehicle is no queue; of ${QUEUES.join(", ")}, late: ${causesOf(own, "late", "congestion") || "none"}; over all scenarios mean ${seconds(all?.mean)} (n = ${all?.n ?? 0})`,
  );
}

function tail(scores: readonly ScenarioScore[], penetration: number, limitM: number): TargetRow {
  const standing = of(scores, "full-closure", "bottleneck", "stop-and-go");
  const found = over(at(standing, penetration), "congestion", "suspected")?.tail;
  const metres = found?.medianAbsoluteM;
  return targetRow(
    `queue tail, standing, median, ${percent(penetration, 0)} equipped`,
    `≤ ${limitM} m`,
    metres === undefined
      ? "–"
      : `${metres.toFixed(0)} m (95 %: ${found?.low?.toFixed(0) ?? "–"} to ${found?.high?.toFixed(0) ?? "–"}), unsafe > 100 m in ${percent(found?.unsafe.value)} of ${found?.seconds} s`,
    metres === undefined ? undefined : metres <= limitM,
    "penetration: the last equipped vehicle stands (1−p)/p vehicles before the tail",
  );
}

/** Density of a queue that rolls at 20 km/h on two lanes, vehicles per metre (own: from the scenario). */
function rollingTail(scores: readonly ScenarioScore[], penetration: number): TargetRow {
  const found = over(at(of(scores, "rolling-queue"), penetration), "congestion", "suspected")?.tail;
  return targetRow(
    `queue tail, rolling, ${percent(penetration, 0)} equipped`,
    "reported by density",
    found?.medianAbsoluteM === undefined
      ? "–"
      : `${found.medianAbsoluteM.toFixed(0)} m, unsafe > 100 m in ${percent(found.unsafe.value)} of ${found.seconds} s`,
    found?.medianAbsoluteM === undefined ? undefined : "reported",
    "penetration: in 2 lanes at 20 km/h a vehicle stands for 8 to 10 m of road, the mean gap of equipped ones is that / p",
  );
}
