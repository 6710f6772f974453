import type { AlertContent, AlertTier, Evidence, Measure, Severity } from "../../domain/alert.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import { causeMeaning } from "../cause-codes.ts";
import { roundTo } from "../units.ts";
import { areaPlace } from "./area-place.ts";
import { memoryMs, type Tally } from "./tally.ts";
import type { Phenomenon, Vote } from "./vote.ts";
import type { ConditionParameters } from "./witness.ts";

const MAX_SOURCES = 8;

/** What is told of an area. `nowMs` is when it was decided. */
export function areaContent(
  tally: Tally,
  tier: AlertTier,
  roads: RoadNetwork | undefined,
  parameters: ConditionParameters,
): AlertContent {
  const lead = leadOf(tally.votes);
  const { causeCode, subCauseCode } = lead;
  const meaning = causeMeaning(causeCode, subCauseCode);
  const severity = tier === "confirmed" ? meaning.severity : (Math.max(1, meaning.severity - 1) as Severity);
  let [newestAtMs, validUntilMs] = [0, 0];
  for (const vote of tally.votes) {
    newestAtMs = Math.max(newestAtMs, vote.atMs);
    validUntilMs = Math.max(validUntilMs, vote.atMs + memoryMs(vote, tally.phenomenon, parameters));
  }
  return {
    kind: tally.phenomenon,
    tier,
    causeCode,
    subCauseCode,
    severity,
    confidencePct: Math.min(95, 30 + Math.round(tally.trustPm * 0.03)),
    referencedAtMs: newestAtMs,
    validUntilMs,
    ...areaPlace(tally, roads),
    evidence: evidenceOfVotes(tally),
    why: {
      rule: `road-conditions/${tally.phenomenon}`,
      text: textOf(tally, meaning.text),
      measures: measuresOf(tally, lead, parameters),
    },
  };
}

/** The most specific word, sensors first, then the newest. */
function leadOf(votes: readonly Vote[]): Vote {
  let lead = votes[0];
  for (const vote of votes) if (lead === undefined || rank(vote) > rank(lead)) lead = vote;
  if (lead === undefined) throw new Error("an area hazard without a witness");
  return lead;
}

function rank({ isSensor, subCauseCode, causeCode }: Vote): number {
  return (isSensor ? 4 : 0) + (subCauseCode !== 0 ? 2 : 0) + (causeCode === 7 ? 1 : 0);
}

function textOf({ roadUsers, hasSensor }: Tally, meaning: string): string {
  const who = roadUsers === 1 ? (hasSensor ? "A fixed sensor" : "One vehicle") : `${roadUsers} witnesses`;
  return `${who} ${roadUsers === 1 ? "tells" : "tell"} of ${meaning}.`;
}

function evidenceOfVotes({ votes, roadUsers }: Tally): Evidence {
  const sources = [...new Set(votes.map(({ source }) => source))].sort();
  return {
    stations: roadUsers,
    observations: votes.reduce((sum, { count }) => sum + count, 0),
    receivers: new Set(votes.map(({ receiver }) => receiver)).size,
    sources: sources.slice(0, MAX_SOURCES),
    marks: [],
  };
}

const LEVEL_NAMES: Readonly<Record<Phenomenon, string>> = {
  "slippery-road": "friction",
  "reduced-visibility": "visibilityM",
  "heavy-precipitation": "sweepsPerMin",
  "extreme-weather": "windMps",
};

function measuresOf(tally: Tally, lead: Vote, parameters: ConditionParameters): Measure[] {
  const measures: Measure[] = [
    {
      name: "roadUsers",
      observed: tally.roadUsers,
      threshold: tally.hasSensor || tally.isStrongAlone ? 1 : parameters.minRoadUsers,
    },
    { name: "trust", observed: roundTo(tally.trustPm / 1_000, 2), threshold: parameters.confirmedTrust },
  ];
  if (tally.sharePct !== undefined) {
    const threshold =
      tally.phenomenon === "reduced-visibility" ? parameters.fogSharePct : parameters.wiperSharePct;
    measures.push({ name: "sharePct", observed: tally.sharePct, threshold });
  }
  const figure = lead.level >= 0 ? lead : tally.votes.find(({ level }) => level >= 0);
  if (figure !== undefined) measures.push(figureOf(tally.phenomenon, figure, parameters));
  return measures.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function figureOf(phenomenon: Phenomenon, vote: Vote, parameters: ConditionParameters): Measure {
  const observed = roundTo(vote.level, 2);
  if (vote.isSensor && phenomenon === "heavy-precipitation") {
    const threshold = vote.subCauseCode === 2 ? parameters.snowMmPerH : parameters.rainMmPerH;
    return { name: "mmPerH", observed, threshold };
  }
  const thresholds: Readonly<Record<Phenomenon, number>> = {
    "slippery-road": parameters.lowFriction,
    "reduced-visibility": parameters.visibilityM,
    "heavy-precipitation": parameters.wiperRatePerMin,
    "extreme-weather": parameters.windMps,
  };
  return { name: LEVEL_NAMES[phenomenon], observed, threshold: thresholds[phenomenon] };
}
