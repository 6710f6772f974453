import type { AlertKind, AlertTier } from "../../src/domain/alert.ts";
import type { Share } from "../../src/evaluate/statistics.ts";
import { type KindSummary, summariseKind, summariseWarnings } from "../../src/evaluate/summary.ts";
import { addExposure, NO_EXPOSURE, type ScenarioScore } from "./score.ts";

/** One line of the table of targets. */
export interface TargetRow {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly verdict: "reached" | "missed" | "not measured";
  /** What the figure rests on and what holds it back. */
  readonly note: string;
}

const percent = (value: number | undefined, digits = 1): string =>
  value === undefined ? "–" : `${(value * 100).toFixed(digits)} %`;
const seconds = (value: number | undefined): string => (value === undefined ? "–" : `${value.toFixed(1)} s`);

function shareText({ value, low, high, hits, of }: Share): string {
  return `${percent(value)} (${hits} of ${of}; 95 %: ${percent(low)} to ${percent(high)})`;
}

function exposureOf(scores: readonly ScenarioScore[]): ScenarioScore["exposure"] {
  return scores.reduce((sum, { exposure }) => addExposure(sum, exposure), NO_EXPOSURE);
}

/** Everything of one kind over several scenarios. */
function over(scores: readonly ScenarioScore[], kind: AlertKind, tier: AlertTier): KindSummary | undefined {
  const exposure = exposureOf(scores);
  const runs = scores.flatMap((score) => score.runs[tier]);
  if (!runs.some(({ kinds }) => kinds.has(kind))) return undefined;
  return summariseKind(runs, kind, exposure);
}

const of = (scores: readonly ScenarioScore[], ...names: readonly string[]): readonly ScenarioScore[] =>
  scores.filter(({ scenario }) => names.includes(scenario));
const equipped = (scores: readonly ScenarioScore[]): readonly ScenarioScore[] =>
  scores.filter(({ victims }) => victims === "equipped");

/** The targets that these scenarios can measure, each with what was found. */
export function targetRows(scores: readonly ScenarioScore[]): readonly TargetRow[] {
  return [
    stationary(scores, "suspected", 5.5),
    stationary(scores, "confirmed", 16),
    neverStationary(scores),
    indirect(scores),
    emergencyBraking(scores),
    ...covered(scores),
    ...onset(scores),
    tail(scores, 0.05, 75),
    tail(scores, 0.2, 20),
    wrongWay(scores),
    allFalse(scores),
    warned(scores),
    needless(scores),
  ];
}

function row(
  what: string,
  target: string,
  measured: string,
  isReached: boolean | undefined,
  note: string,
): TargetRow {
  const verdict = isReached === undefined ? "not measured" : isReached ? "reached" : "missed";
  return { what, target, measured, verdict, note };
}

const atLeast = (share: Share, bound: number): boolean | undefined =>
  share.value === undefined ? undefined : share.value >= bound;

function stationary(scores: readonly ScenarioScore[], tier: AlertTier, limitS: number): TargetRow {
  const found = over(equipped(of(scores, "breakdown", "crash-chain")), "stationary-vehicle", tier);
  const falseShare = over(scores, "stationary-vehicle", tier)?.falseShare;
  const isDetected = found === undefined ? undefined : atLeast(found.detection.victimEquipped, 0.99);
  const meanS = found?.detectVictimEquippedS.mean;
  const isClean = tier === "suspected" || (falseShare?.value ?? 0) <= 0.01;
  return row(
    `stationary vehicle, victim equipped, ${tier}`,
    tier === "suspected" ? "≥ 99 % within 5.5 s mean" : "≥ 99 % within 16 s mean, ≤ 1 % false",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}, mean ${seconds(meanS)}; false in all scenarios ${percent(falseShare?.value)}`,
    isDetected === undefined
      ? undefined
      : isDetected && (meanS ?? Number.POSITIVE_INFINITY) <= limitS && isClean,
    "algorithm: the rule waits by design; a second wreck within 100 m is one event",
  );
}

function neverStationary(scores: readonly ScenarioScore[]): TargetRow {
  const quiet = of(
    scores,
    "stop-and-go",
    "bottleneck",
    "moving-jam",
    "rolling-queue",
    "map-border",
    "signals-red-queues",
    "signals-cycle-failure",
    "signals-spill-back",
    "bus-stops",
    "parking",
    "rest-area",
    "parallel-roads",
  );
  const count = over(quiet, "stationary-vehicle", "confirmed")?.alerts.false ?? 0;
  const suspected = over(quiet, "stationary-vehicle", "suspected")?.alerts.false ?? 0;
  return row(
    "stationary vehicles in queues, at signals, stops, in parking",
    "none",
    `${suspected} suspected, ${count} confirmed in ${quiet.reduce((sum, s) => sum + s.exposure.runs, 0)} runs`,
    quiet.length === 0 ? undefined : count + suspected === 0,
    "algorithm and penetration: a stop is told from a hazard by who else stands",
  );
}

function indirect(scores: readonly ScenarioScore[]): TargetRow {
  const bare = of(scores, "breakdown").filter(({ victims }) => victims === "bare");
  const parts = bare.map(({ penetration, tiers }) => {
    const kinds = ["stationary-vehicle", "congestion", "blockage", "obstacle"] as const;
    const shares = kinds.flatMap((kind) => {
      const detection = tiers.suspected.kinds[kind]?.detection.ofAll;
      return detection === undefined || detection.of === 0 ? [] : [`${kind} ${percent(detection.value, 0)}`];
    });
    return `p = ${percent(penetration, 0)}: ${shares.join(", ")}`;
  });
  return row(
    "the same, victim not equipped",
    "reported against penetration",
    parts.length === 0 ? "–" : parts.join("; "),
    parts.length === 0 ? undefined : true,
    "penetration × flow: only those who avoid it or queue behind it can tell",
  );
}

function emergencyBraking(scores: readonly ScenarioScore[]): TargetRow {
  const found = over(equipped(of(scores, "crash-chain")), "emergency-brake", "suspected");
  const falseShare = over(scores, "emergency-brake", "suspected")?.falseShare;
  return row(
    "emergency braking, equipped, 10 Hz",
    "≥ 99 %, ≤ 1 % false",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}; false ${percent(falseShare?.value)}`,
    found === undefined
      ? undefined
      : atLeast(found.detection.victimEquipped, 0.99) === true && (falseShare?.value ?? 0) <= 0.01,
    "noise: CAMs leave every 100 to 200 ms and 3 % are lost",
  );
}

const QUEUES = ["full-closure", "bottleneck", "rolling-queue", "moving-jam", "stop-and-go"] as const;

function byPenetration(scores: readonly ScenarioScore[]): readonly number[] {
  return [...new Set(scores.map(({ penetration }) => penetration))].sort((a, b) => a - b);
}

const at = (scores: readonly ScenarioScore[], penetration: number): readonly ScenarioScore[] =>
  scores.filter((score) => score.penetration === penetration);

function covered(scores: readonly ScenarioScore[]): readonly TargetRow[] {
  return byPenetration(scores).map((penetration) => {
    const found = over(at(of(scores, ...QUEUES), penetration), "congestion", "suspected");
    const hard = found?.roadTime?.hardFalse;
    return row(
      `congested time covered, ${percent(penetration, 0)} equipped`,
      "≥ 98 % of the oracle's time, ≤ 0.3 % hard false (at 6 %)",
      found === undefined
        ? "–"
        : `${percent(found.timeCovered.value)} covered, ${percent(hard?.value)} hard false`,
      found?.timeCovered.value === undefined
        ? undefined
        : found.timeCovered.value >= 0.98 && (hard?.value ?? 0) <= 0.003,
      "penetration × flow until the second equipped vehicle has come",
    );
  });
}

function onset(scores: readonly ScenarioScore[]): readonly TargetRow[] {
  return byPenetration(scores).map((penetration) => {
    const found = over(at(of(scores, ...QUEUES), penetration), "congestion", "suspected")?.excessS;
    return row(
      `queue onset, excess over the oracle, ${percent(penetration, 0)} equipped`,
      "≤ 2 s mean, ≤ 5 s P95",
      found === undefined ? "–" : `mean ${seconds(found.mean)}, P95 ${seconds(found.p95)} (n = ${found.n})`,
      found?.mean === undefined ? undefined : found.mean <= 2 && (found.p95 ?? 0) <= 5,
      "the oracle knows by the first slow report; two witnesses cost what the second takes to come",
    );
  });
}

function tail(scores: readonly ScenarioScore[], penetration: number, limitM: number): TargetRow {
  const standing = of(scores, "full-closure", "bottleneck", "stop-and-go");
  const found = over(at(standing, penetration), "congestion", "suspected")?.tail;
  const metres = found?.medianAbsoluteM;
  return row(
    `queue tail, standing, median, ${percent(penetration, 0)} equipped`,
    `≤ ${limitM} m`,
    metres === undefined
      ? "–"
      : `${metres.toFixed(0)} m, unsafe > 100 m in ${percent(found?.unsafe.value)} of ${found?.seconds} s`,
    metres === undefined ? undefined : metres <= limitM,
    "penetration: the last equipped vehicle stands (1−p)/p vehicles before the tail",
  );
}

function wrongWay(scores: readonly ScenarioScore[]): TargetRow {
  const found = over(equipped(of(scores, "wrong-way-motorway", "wrong-way-ramp")), "wrong-way", "suspected");
  const all = over(scores, "wrong-way", "suspected");
  const km = scores.reduce((sum, { exposure }) => sum + exposure.equippedVehicleKm, 0);
  const falses = all?.alerts.false ?? 0;
  return row(
    "wrong way, equipped",
    "≤ 3 s, ≥ 99 %, none false in 10⁶ vehicle-km",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}, mean ${seconds(found.detectVictimEquippedS.mean)}, P95 ${seconds(found.detectVictimEquippedS.p95)}; ${falses} false in ${Math.round(km)} equipped vehicle-km (95 %: below ${((falses === 0 ? 3 : falses * 2 + 3) / Math.max(1, km)).toExponential(1)} per km)`,
    found === undefined
      ? undefined
      : atLeast(found.detection.victimEquipped, 0.99) === true &&
          (found.detectVictimEquippedS.mean ?? 99) <= 3 &&
          falses === 0,
    "exposure bounds the false rate, not what was seen",
  );
}

function allFalse(scores: readonly ScenarioScore[]): TargetRow {
  const exposure = exposureOf(scores);
  if (exposure.runs === 0) return row("all false alerts", "≤ 0.1 per h and 100 km", "–", undefined, "");
  const kinds = [
    ...new Set(scores.flatMap(({ runs }) => runs.confirmed.flatMap((run) => [...run.kinds.keys()]))),
  ];
  const falses = kinds.map((kind) => ({ kind, count: over(scores, kind, "confirmed")?.alerts.false ?? 0 }));
  const count = falses.reduce((sum, item) => sum + item.count, 0);
  const worst = falses.filter((item) => item.count > 0).sort((a, b) => b.count - a.count);
  const perUnit = count / exposure.hours100Km;
  return row(
    "all false alerts, confirmed",
    "≤ 0.1 per h and 100 km",
    `${perUnit.toFixed(2)} (${count} in ${exposure.hours100Km.toFixed(2)} h × 100 km)`,
    perUnit <= 0.1,
    `scenarios crowd hazards into minutes; ${worst.map(({ kind, count: n }) => `${kind} ${n}`).join(", ") || "none"}`,
  );
}

function warned(scores: readonly ScenarioScore[]): TargetRow {
  const total = summariseWarnings(scores.flatMap(({ warningCounts }) => warningCounts.suspected));
  return row(
    "warned ≥ 10 s before a hazard that the oracle knew",
    "≥ 90 %",
    shareText(total.warnedInTimeOfKnown),
    atLeast(total.warnedInTimeOfKnown, 0.9),
    "those within 10 s of a hazard when it is first known cannot be warned",
  );
}

function needless(scores: readonly ScenarioScore[]): TargetRow {
  const total = summariseWarnings(scores.flatMap(({ warningCounts }) => warningCounts.suspected));
  return row(
    "warned needlessly",
    "≤ 5 %",
    shareText(total.needlessOfEquipped),
    total.needlessOfEquipped.value === undefined ? undefined : total.needlessOfEquipped.value <= 0.05,
    `${total.needlessFalse} by false alerts, ${total.needlessOffPath} off their way`,
  );
}
