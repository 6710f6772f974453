import type { AlertTier } from "../domain/alert.ts";
import { type Evaluation, type PenetrationResult, TIERS } from "../evaluate/evaluate.ts";
import type { Distribution, Rate, Share } from "../evaluate/statistics.ts";
import type { KindSummary } from "../evaluate/summary.ts";
import { count, table } from "./style.ts";

/** Cases shown; the JSON has more. */
const LISTED_CASES = 5;

/** Nothing was counted. */
const NOTHING = "–";

/** An evaluation as tables for people. Bounds are at 95 %. */
export function evaluationText(evaluation: Evaluation): string {
  const { channel, seeds, victims, relevanceM, onRoads } = evaluation;
  const head =
    `channel ${channel.name}, ${seeds.length} seed${seeds.length === 1 ? "" : "s"} from ${seeds[0]}, ` +
    `hazard vehicles ${victims}, relevance ${relevanceM} m` +
    (onRoads === undefined ? "\n" : `, ${percent(onRoads)} of the reports on roads of the map\n`);
  return head + headlineText(evaluation) + evaluation.results.map(resultText).join("");
}

function headlineText({ results }: Evaluation): string {
  const rows = results.flatMap((result) =>
    TIERS.map((tier) => {
      const { warnings } = result.tiers[tier];
      return [
        penetrationText(result),
        tier,
        shareText(warnings.warnedInTime),
        shareText(warnings.warnedInTimeOfKnown),
        shareText(warnings.needlessOfWarned),
        shareText(warnings.needlessOfEquipped),
        meanText(warnings.leadS),
      ];
    }),
  );
  const heads = [
    "equipped",
    "tier",
    "warned ≥ 10 s",
    "of known",
    "needless of warned",
    "of equipped",
    "lead, s",
  ];
  return `\n${table([heads, ...rows])}`;
}

function penetrationText({ penetration }: PenetrationResult): string {
  return penetration === undefined ? "as recorded" : percent(penetration);
}

function resultText(result: PenetrationResult): string {
  const { exposure, faults } = result;
  const exposureText =
    `${penetrationText(result)}: ${count(exposure.equippedVehicles)} equipped vehicles, ` +
    `${count(Math.round(exposure.equippedVehicleKm))} of ${count(Math.round(exposure.vehicleKm))} vehicle-km, ` +
    `${exposure.hours.toFixed(2)} h on ${exposure.carriagewayKm.toFixed(1)} km of carriageway`;
  const faultText = faults === 0 ? "" : `\n${count(faults)} faults of detectors or filters`;
  return `\n${exposureText}${faultText}\n${TIERS.map((tier) => tierText(result, tier)).join("")}${casesText(result)}`;
}

function tierText(result: PenetrationResult, tier: AlertTier): string {
  const kinds = Object.entries(result.tiers[tier].kinds);
  if (kinds.length === 0) return "";
  const alerts = kinds.map(([kind, summary]) => [kind, ...alertCells(summary)]);
  const asked = kinds.filter(([, { detection }]) => detection.ofAll.of > 0);
  const columns = asked.map(([, summary]) => eventCells(summary));
  const rows = EVENT_HEADS.map((head, i) => [head, ...columns.map((column) => column[i] ?? "")]);
  const told = rows.filter((row) => row.slice(1).some((cell) => cell !== NOTHING));
  return (
    `\n${table([[tier, ...ALERT_HEADS], ...alerts], [1, 2, 3, 4, 5])}` +
    (asked.length === 0 ? "" : `\n${table([[tier, ...asked.map(([kind]) => kind)], ...told])}`)
  );
}

const ALERT_HEADS = [
  "alerts",
  "matched",
  "duplicate",
  "don't care",
  "false",
  "false share",
  "false /h/100 km",
];

function alertCells(summary: KindSummary): string[] {
  const { alerts, falseShare, falsePerHour100Km } = summary;
  return [
    count(alerts.all),
    count(alerts.matched),
    count(alerts.duplicate),
    count(alerts["dont-care"]),
    count(alerts.false),
    shareText(falseShare),
    rateText(falsePerHour100Km),
  ];
}

const EVENT_HEADS = [
  "found of known",
  "found of all",
  "victim equipped or seen",
  "victim neither",
  "time to detect, s",
  "behind the oracle, s",
  "behind its 2nd vehicle, s",
  "known time covered",
  "place error, m",
  "tail error, m",
  "tail > 100 m late",
  "road-time recall",
  "road-time precision",
  "road-time hard false",
  "flaps per event",
  "duplicates per event",
];

function eventCells(summary: KindSummary): string[] {
  const { detection, roadTime, tail } = summary;
  return [
    shareText(detection.ofPerceived),
    shareText(detection.ofAll),
    shareText(detection.victimEquipped),
    shareText(detection.victimNotEquipped),
    meanText(summary.detectS),
    meanText(summary.excessS),
    meanText(summary.excessSecondS),
    shareText(summary.timeCovered),
    meanText(summary.placeErrorM),
    tail.medianAbsoluteM === undefined
      ? NOTHING
      : `${tail.medianAbsoluteM.toFixed(0)} (${signed(tail.medianSignedM ?? 0)})`,
    shareText(tail.unsafe),
    roadTime === undefined ? NOTHING : shareText(roadTime.recall),
    roadTime === undefined ? NOTHING : shareText(roadTime.precision),
    roadTime === undefined ? NOTHING : shareText(roadTime.hardFalse),
    rateText(summary.flapsPerEvent),
    rateText(summary.nuisancePerEvent),
  ];
}

function casesText({ cases }: PenetrationResult): string {
  if (cases.length === 0) return "";
  const rows = cases
    .slice(0, LISTED_CASES)
    .map((entry) => [
      entry.what,
      entry.kind,
      `seed ${entry.seed}`,
      new Date(entry.atMs).toISOString(),
      `${entry.place.latitudeDeg.toFixed(5)} ${entry.place.longitudeDeg.toFixed(5)}`,
      entry.id,
      entry.text,
    ]);
  return `\nworst of ${count(cases.length)} cases\n${table(rows)}`;
}

function percent(value: number): string {
  const shown = value * 100;
  return `${shown >= 99.95 || Number.isInteger(shown) ? shown.toFixed(0) : shown.toFixed(1)} %`;
}

function shareText({ value, low, high, hits, of }: Share): string {
  if (value === undefined || low === undefined || high === undefined) return NOTHING;
  return `${percent(value)} (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}; ${hits}/${of})`;
}

function rateText({ value, low, high }: Rate): string {
  if (value === undefined || low === undefined || high === undefined) return NOTHING;
  return `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function meanText({ n, mean, median, p95 }: Distribution): string {
  if (mean === undefined || median === undefined || p95 === undefined) return NOTHING;
  return `${mean.toFixed(1)} (50 %: ${median.toFixed(1)}, 95 %: ${p95.toFixed(1)}; n ${n})`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(0)}`;
}
