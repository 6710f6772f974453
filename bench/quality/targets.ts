import type { AlertTier } from "../../src/domain/alert.ts";
import { rate } from "../../src/evaluate/statistics.ts";
import { summariseWarnings } from "../../src/evaluate/summary.ts";
import type { DuplicateCounts } from "./duplicates.ts";
import { duplicateRow, misbehaviourRow } from "./other-benches.ts";
import { queueRows } from "./queue-targets.ts";
import type { ScenarioScore } from "./score.ts";
import {
  atLeast,
  causesOf,
  equipped,
  exposureOf,
  falsesByKind,
  of,
  ofAllPerceived,
  over,
  percent,
  rateText,
  seconds,
  shareText,
  type TargetRow,
  targetRow,
} from "./target-row.ts";

export type { TargetRow };

/** What is measured elsewhere than by scenarios. */
export interface OtherMeasures {
  readonly duplicates?: DuplicateCounts | undefined;
}

/** The targets, each with what was found and what holds it back. */
export function targetRows(
  scores: readonly ScenarioScore[],
  other: OtherMeasures = {},
): readonly TargetRow[] {
  return [
    stationary(scores, "suspected", 5.5),
    stationary(scores, "confirmed", 16),
    neverStationary(scores),
    staysTold(scores),
    indirect(scores),
    emergencyBraking(scores),
    ...queueRows(scores),
    wrongWay(scores),
    allFalse(scores, "suspected"),
    allFalse(scores, "confirmed"),
    warned(scores),
    needless(scores),
    duplicateRow(other.duplicates),
    misbehaviourRow(),
  ];
}

/** Scenarios in which a vehicle breaks down or is wrecked in a live lane. */
const WRECKS = ["breakdown", "crash-chain", "sumo-merge"] as const;

function stationary(scores: readonly ScenarioScore[], tier: AlertTier, limitS: number): TargetRow {
  const kind = "stationary-vehicle";
  const found = over(equipped(of(scores, ...WRECKS)), kind, tier);
  const falseShare = over(scores, kind, tier)?.falseShare;
  const isDetected = found === undefined ? undefined : atLeast(found.detection.victimEquipped, 0.99);
  const meanS = found?.detectVictimEquippedS.mean;
  const isClean = tier === "suspected" || (falseShare?.value ?? 0) <= 0.01;
  const misses = causesOf(equipped(of(scores, ...WRECKS)), "missed", kind);
  return targetRow(
    `stationary vehicle, victim equipped by design, ${tier}`,
    tier === "suspected" ? "≥ 99 % within 5.5 s mean" : "≥ 99 % within 16 s mean, ≤ 1 % false",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}, mean ${seconds(meanS)}, P95 ${seconds(found.detectVictimEquippedS.p95)}; false in all scenarios ${falseShare === undefined ? "–" : shareText(falseShare)}`,
    isDetected === undefined
      ? undefined
      : isDetected && (meanS ?? Number.POSITIVE_INFINITY) <= limitS && isClean,
    `algorithm: the rule waits by design; found of all that others perceived, in all scenarios: ${ofAllPerceived(scores, kind, tier)}${misses === "" ? "" : `; missed: ${misses}`}; false: ${causesOf(scores, "false", kind) || "none"}`,
  );
}

/** Where vehicles stand and none of them is a hazard. */
const ORDINARY = [
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
  "sumo-town",
  "control",
] as const;

function neverStationary(scores: readonly ScenarioScore[]): TargetRow {
  const quiet = of(scores, ...ORDINARY);
  const told = (tier: AlertTier): string => {
    const parts = quiet.flatMap((score) => {
      const count = score.tiers[tier].kinds["stationary-vehicle"]?.alerts.false ?? 0;
      return count === 0 ? [] : [`${score.scenario} p ${score.penetration}: ${count}`];
    });
    return parts.join(", ");
  };
  const count = (tier: AlertTier): number => over(quiet, "stationary-vehicle", tier)?.alerts.false ?? 0;
  return targetRow(
    "stationary vehicles in queues, at signals, stops, in parking",
    "none",
    `${count("suspected")} suspected, ${count("confirmed")} confirmed in ${exposureOf(quiet).runs} runs`,
    quiet.length === 0 ? undefined : count("suspected") + count("confirmed") === 0,
    `penetration: a stop is told from a hazard by who else stands; ${told("suspected") || "none"}`,
  );
}

function staysTold(scores: readonly ScenarioScore[]): TargetRow {
  const found = over(equipped(of(scores, ...WRECKS)), "stationary-vehicle", "confirmed");
  return targetRow(
    "a confirmed stop is told until it ends",
    "no gap, never ended by silence or a new pseudonym",
    found === undefined
      ? "–"
      : `${found.flapsPerEvent.events} gaps in ${found.flapsPerEvent.exposure} stops; told in ${percent(found.timeCovered.value)} of the time that the oracle knew`,
    found === undefined ? undefined : found.flapsPerEvent.events === 0,
    "pseudonyms change every 4 minutes (typical); the first seconds of a stop are not told by design",
  );
}

function indirect(scores: readonly ScenarioScore[]): TargetRow {
  const bare = of(scores, "breakdown").filter(({ victims }) => victims === "bare");
  const kinds = ["stationary-vehicle", "congestion", "blockage", "obstacle"] as const;
  const parts = bare.map(({ penetration, tiers }) => {
    const shares = kinds.flatMap((kind) => {
      const summary = tiers.suspected.kinds[kind];
      if (summary === undefined || summary.detection.ofAll.of === 0) return [];
      const { hits, of: all } = summary.detection.ofAll;
      return [`${kind} ${hits} of ${all}, mean ${seconds(summary.detectS.mean)}`];
    });
    return `p = ${percent(penetration, 0)}: ${shares.join(", ")}`;
  });
  return targetRow(
    "the same, victim not equipped",
    "reported against penetration and flow",
    parts.length === 0 ? "–" : parts.join("; "),
    parts.length === 0 ? undefined : "reported",
    "penetration × flow: only those who avoid it or queue behind it can tell; by flow below",
  );
}

function emergencyBraking(scores: readonly ScenarioScore[]): TargetRow {
  const kind = "emergency-brake";
  const found = over(equipped(of(scores, "crash-chain", "sumo-merge")), kind, "suspected");
  const falseShare = over(scores, kind, "suspected")?.falseShare;
  return targetRow(
    "emergency braking, equipped by design, 10 Hz",
    "≥ 99 %, ≤ 1 % false",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}, mean ${seconds(found.detectS.mean)}; false ${falseShare === undefined ? "–" : shareText(falseShare)}`,
    found === undefined
      ? undefined
      : atLeast(found.detection.victimEquipped, 0.99) === true && (falseShare?.value ?? 0) <= 0.01,
    `noise: CAMs leave every 100 to 200 ms, 3 % are lost in bursts; found of all that were perceived, in all scenarios: ${ofAllPerceived(scores, kind, "suspected")}; missed: ${causesOf(scores, "missed", kind) || "none"}; false: ${causesOf(scores, "false", kind) || "none"}`,
  );
}

/** Over which none may be false. */
const WRONG_WAY_VEHICLE_KM = 1e6;

function wrongWay(scores: readonly ScenarioScore[]): TargetRow {
  const found = over(equipped(of(scores, "wrong-way-motorway", "wrong-way-ramp")), "wrong-way", "suspected");
  const falses = over(scores, "wrong-way", "suspected")?.alerts.false ?? 0;
  const kilometres = exposureOf(scores).equippedVehicleKm;
  const perMillion = rate(falses, kilometres / 1e6);
  const { mean, p95 } = found?.detectVictimEquippedS ?? {};
  const isFound =
    found !== undefined &&
    atLeast(found.detection.victimEquipped, 0.99) === true &&
    (mean ?? 99) <= 3 &&
    (found.placeErrorM.p95 ?? 999) <= 100 &&
    falses === 0;
  return targetRow(
    "wrong way, equipped",
    "≤ 3 s and ≤ 100 m, ≥ 99 %, none false in 10⁶ vehicle-km",
    found === undefined
      ? "–"
      : `${shareText(found.detection.victimEquipped)}, mean ${seconds(mean)}, P95 ${seconds(p95)}, place within ${found.placeErrorM.p95?.toFixed(0) ?? "–"} m (P95); false ${rateText(perMillion, "per 10⁶ equipped vehicle-km")}`,
    found === undefined ? undefined : isFound && kilometres < WRONG_WAY_VEHICLE_KM ? "unproven" : isFound,
    falses === 0
      ? `exposure bounds the false rate: ${Math.round(kilometres).toLocaleString("en-US")} equipped vehicle-km of the 1,000,000 asked for`
      : `noise of positions beside the other carriageway: ${causesOf(scores, "false", "wrong-way")}`,
  );
}

function allFalse(scores: readonly ScenarioScore[], tier: AlertTier): TargetRow {
  const control = of(scores, "control");
  const { hours100Km } = exposureOf(control);
  const kinds = falsesByKind(control, tier);
  const found = rate(
    kinds.reduce((sum, { count }) => sum + count, 0),
    hours100Km,
  );
  const crowded = scores.filter(({ scenario }) => scenario !== "control");
  const others = falsesByKind(crowded, tier);
  const told = (list: typeof kinds): string =>
    list.map(({ kind, count }) => `${kind} ${count}`).join(", ") || "none";
  return targetRow(
    `all false alerts in control traffic, ${tier}`,
    "≤ 0.1 per h and 100 km, upper bound stated",
    control.length === 0 ? "–" : `${rateText(found, "per h and 100 km")}: ${told(kinds)}`,
    control.length === 0 ? undefined : (found.value ?? 1) <= 0.1,
    `exposure: hours × 100 km of carriageway; reached as a bound where the upper bound is ≤ 0.1; in scenarios full of hazards (${exposureOf(crowded).hours100Km.toFixed(1)} h × 100 km) ${told(others)}`,
  );
}

function warned(scores: readonly ScenarioScore[]): TargetRow {
  const total = summariseWarnings(scores.flatMap(({ warningCounts }) => warningCounts.suspected));
  return targetRow(
    "warned ≥ 10 s before a hazard that the oracle knew",
    "≥ 90 %",
    `${shareText(total.warnedInTimeOfKnown)}; of all who met one ${percent(total.warnedInTime.value)}`,
    atLeast(total.warnedInTimeOfKnown, 0.9),
    "penetration × flow: those within 10 s of a hazard when it is first known cannot be warned",
  );
}

function needless(scores: readonly ScenarioScore[]): TargetRow {
  const ofThem = (list: readonly ScenarioScore[]) =>
    summariseWarnings(list.flatMap(({ warningCounts }) => warningCounts.suspected));
  const total = ofThem(scores.filter(({ scenario }) => scenario !== "control"));
  const control = ofThem(of(scores, "control"));
  return targetRow(
    "warned needlessly",
    "≤ 5 %",
    `${shareText(total.needlessOfEquipped)}; in control traffic ${percent(control.needlessOfEquipped.value)} of ${control.needlessOfEquipped.of}`,
    total.needlessOfEquipped.value === undefined ? undefined : total.needlessOfEquipped.value <= 0.05,
    `${total.needlessFalse} by false alerts, ${total.needlessOffPath} off their way`,
  );
}
