import type { AlertContent, AlertTier, Evidence, Measure, Severity } from "../../domain/alert.ts";
import { type GeoPoint, type Outline, roundPoint } from "../../domain/place.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { causeMeaning } from "../cause-codes.ts";
import { type Stretch, stretchOfRoute } from "../hazard/stretch.ts";
import { roundHeading, roundTo } from "../units.ts";
import { memoryMs, type Tally } from "./tally.ts";
import { COLUMN_DEG, type Phenomenon, ROW_DEG, type Vote } from "./vote.ts";
import type { ConditionParameters } from "./witness.ts";

/** A stretch of road reaches this far beyond its outer witnesses. */
const MARGIN_M = 100;

/** Votes of one course within this are of one direction. */
const ONE_COURSE_DEG = 45;

/** An outline has at most so many parts; a larger area is told as its box. */
const MAX_PARTS = 64;

const MAX_SOURCES = 8;

interface Place extends Stretch {
  readonly position: GeoPoint;
  readonly headingDeg: number | undefined;
}

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
  const newestAtMs = Math.max(...tally.votes.map(({ atMs }) => atMs));
  return {
    kind: tally.phenomenon,
    tier,
    causeCode,
    subCauseCode,
    severity,
    confidencePct: Math.min(95, 30 + Math.round(tally.trustPm * 0.03)),
    referencedAtMs: newestAtMs,
    validUntilMs: Math.max(
      ...tally.votes.map((one) => one.atMs + memoryMs(one, tally.phenomenon, parameters)),
    ),
    ...placeOf(tally, roads),
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

function placeOf(tally: Tally, roads: RoadNetwork | undefined): Place {
  const route = onlyRoute(tally.votes, roads);
  if (roads !== undefined && route !== undefined) {
    const places = tally.votes.map(({ routeM }) => routeM);
    const fromM = Math.max(0, Math.min(...places) - MARGIN_M);
    const stretch = stretchOfRoute(roads, route, fromM, Math.max(...places) + MARGIN_M);
    const position = roundPoint(roads.pointAt(route, fromM));
    return { ...stretch, position, headingDeg: roundHeading(roads.headingAt(route, fromM)) };
  }
  return {
    outline: cellsOutline(tally),
    road: undefined,
    position: middleOf(tally.votes),
    headingDeg: commonHeading(tally),
  };
}

/** The one route that all witnesses drove on: oil lies on one carriageway, ice on both. */
function onlyRoute(votes: readonly Vote[], roads: RoadNetwork | undefined): RoadRoute | undefined {
  const index = votes[0]?.routeIndex ?? -1;
  if (roads === undefined || index < 0) return undefined;
  return votes.every(({ routeIndex }) => routeIndex === index) ? roads.routes[index] : undefined;
}

/** Weather has no direction; a slippery place may lie on one carriageway only. */
function commonHeading({ phenomenon, votes }: Tally): number | undefined {
  if (phenomenon !== "slippery-road") return undefined;
  const first = votes[0]?.headingDeg ?? -1;
  if (first < 0) return undefined;
  const alike = votes.every(
    ({ headingDeg }) => headingDeg >= 0 && headingDifferenceDeg(headingDeg, first) <= ONE_COURSE_DEG,
  );
  return alike ? roundHeading(first) : undefined;
}

function middleOf(votes: readonly Vote[]): GeoPoint {
  let [latitude, longitude] = [0, 0];
  for (const { latitudeDeg, longitudeDeg } of votes) {
    latitude += latitudeDeg;
    longitude += longitudeDeg;
  }
  const count = Math.max(1, votes.length);
  return roundPoint({ latitudeDeg: latitude / count, longitudeDeg: longitude / count });
}

interface Strip {
  readonly row: number;
  readonly from: number;
  to: number;
}

function cellsOutline({ cells }: Tally): Outline {
  const strips: Strip[] = [];
  for (const { row, column } of [...cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const last = strips.at(-1);
    if (last?.row === row && last.to === column - 1) last.to = column;
    else strips.push({ row, from: column, to: column });
  }
  const parts =
    strips.length > MAX_PARTS ? [boxOf(strips)] : strips.map(({ row, from, to }) => ring(row, row, from, to));
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? { form: "polygon", points: only }
    : { form: "multi-polygon", parts };
}

function boxOf(strips: readonly Strip[]): readonly GeoPoint[] {
  const rows = strips.map(({ row }) => row);
  const from = Math.min(...strips.map((strip) => strip.from));
  return ring(Math.min(...rows), Math.max(...rows), from, Math.max(...strips.map(({ to }) => to)));
}

/** Counter-clockwise, closed (RFC 7946). */
function ring(fromRow: number, toRow: number, fromColumn: number, toColumn: number): readonly GeoPoint[] {
  const south = fromRow * ROW_DEG - 90;
  const north = (toRow + 1) * ROW_DEG - 90;
  const west = fromColumn * COLUMN_DEG - 180;
  const east = (toColumn + 1) * COLUMN_DEG - 180;
  const point = (latitudeDeg: number, longitudeDeg: number): GeoPoint =>
    roundPoint({ latitudeDeg, longitudeDeg });
  return [point(south, west), point(south, east), point(north, east), point(north, west), point(south, west)];
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
      threshold: tally.hasSensor ? 1 : parameters.minRoadUsers,
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
