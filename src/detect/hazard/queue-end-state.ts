import type { AlertContent, Measure } from "../../domain/alert.ts";
import { roundPoint } from "../../domain/place.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { type RowFields, readArray, readObject, readRow, writeRow } from "../../domain/snapshot-row.ts";
import { StationMap } from "../station-map.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";

/** When and how fast a station was last seen to drive fast while it slowed down. Receive time. */
export interface FastMoment {
  readonly stationId: number;
  atMs: number;
  speedMps: number;
}

/** A vehicle has braked into slow traffic. */
export interface Join {
  readonly stationId: number;
  readonly atMs: number;
  readonly routeIndex: number;
  readonly routeM: number;
  readonly fromMps: number;
  readonly toMps: number;
  readonly decelerationMps2: number;
}

/** The dangerous end of one queue. */
export interface QueueEnd {
  readonly key: string;
  readonly routeIndex: number;
  readonly sinceMs: number;
  /** Of the congestion whose tail it is; empty where congestion does not know it yet. */
  queueKey: string;
  tailM: number;
  tailSpeedMps: number;
  approachMps: number;
  slowMps: number;
  decelerationMps2: number;
  vehicles: number;
  joins: number;
  /** Last time that something spoke for it. */
  seenAtMs: number;
  toldAtMs: number;
  toldTailM: number;
}

const FAST_FIELDS: RowFields<FastMoment> = { stationId: "number", atMs: "number", speedMps: "number" };

const JOIN_FIELDS: RowFields<Join> = {
  stationId: "number",
  atMs: "number",
  routeIndex: "number",
  routeM: "number",
  fromMps: "number",
  toMps: "number",
  decelerationMps2: "number",
};

const END_FIELDS: RowFields<QueueEnd> = {
  key: "string",
  routeIndex: "number",
  sinceMs: "number",
  queueKey: "string",
  tailM: "number",
  tailSpeedMps: "number",
  approachMps: "number",
  slowMps: "number",
  decelerationMps2: "number",
  vehicles: "number",
  joins: "number",
  seenAtMs: "number",
  toldAtMs: "number",
  toldTailM: "number",
};

export interface QueueEndState {
  readonly fast: StationMap<FastMoment>;
  /** Joins that are looked at again, oldest first. */
  joins: Join[];
  readonly ends: Map<string, QueueEnd>;
}

export function writeQueueEnds({ fast, joins, ends }: QueueEndState): SnapshotValue {
  return {
    fast: [...fast.values()].map((one) => writeRow(FAST_FIELDS, one)),
    joins: joins.map((one) => writeRow(JOIN_FIELDS, one)),
    ends: [...ends.values()].map((one) => writeRow(END_FIELDS, one)),
  };
}

export function readQueueEnds(value: SnapshotValue): QueueEndState {
  const { fast, joins, ends } = readObject(value);
  const moments = readArray(fast).map((row) => readRow<FastMoment>(FAST_FIELDS, row));
  const tails = readArray(ends).map((row) => readRow<QueueEnd>(END_FIELDS, row));
  return {
    fast: new StationMap(moments.map((one) => [one.stationId, one])),
    joins: readArray(joins).map((row) => readRow<Join>(JOIN_FIELDS, row)),
    ends: new Map(tails.map((one) => [one.key, one])),
  };
}

interface Limits {
  readonly differenceMps: number;
  readonly meanDecelerationMps2: number;
  readonly validityMs: number;
}

/** A flag this far before the tail hides it from drivers: sight at 120 km/h, and the noise of the tail. */
const HIDDEN_M = 300;

/** DangerousEndOfQueueSubCauseCode (TS 102 894-2): 1 sudden, 2 over a hill, 3 around a bend, 4 in a tunnel. */
function subCause(end: QueueEnd, route: RoadRoute): number {
  const near = route.links.filter(({ fromM, toM }) => toM >= end.tailM - HIDDEN_M && fromM <= end.tailM);
  if (near.some(({ flags }) => flags.tunnel)) return 4;
  if (near.some(({ flags }) => flags.bend)) return 3;
  if (near.some(({ flags }) => flags.crest)) return 2;
  return end.joins > 0 ? 1 : 0;
}

export function queueEndContent(
  end: QueueEnd,
  roads: RoadNetwork,
  route: RoadRoute,
  limits: Limits,
): AlertContent {
  const position = roundPoint(roads.pointAt(route, end.tailM));
  const known = end.queueKey !== "";
  return {
    kind: "queue-end",
    // One vehicle alone may be a breakdown that nobody has passed yet.
    tier: end.vehicles > 1 ? "confirmed" : "suspected",
    // Cause 27 dangerousEndOfQueue (TS 102 894-2).
    causeCode: 27,
    subCauseCode: subCause(end, route),
    severity: 4,
    confidencePct: end.vehicles > 1 ? (known ? 90 : 75) : 50,
    referencedAtMs: end.seenAtMs,
    validUntilMs: end.seenAtMs + limits.validityMs,
    position,
    headingDeg: roundHeading(roads.headingAt(route, end.tailM)),
    outline: { form: "point", points: [position] },
    road: roads.describe(route, end.tailM, end.tailM),
    evidence: { stations: end.vehicles, observations: end.joins, receivers: 0, sources: [], marks: [] },
    why: {
      rule: known ? "queue-end/fast-approach" : "queue-end/braked-into-slow",
      text: `Traffic at ${kmph(end.approachMps)} km/h meets a queue at ${kmph(end.slowMps)} km/h.`,
      measures: measuresOf(end, limits),
    },
  };
}

function measuresOf(end: QueueEnd, limits: Limits): Measure[] {
  const braking: Measure[] =
    end.joins > 0
      ? [
          { name: "brakedIntoIt", observed: end.joins },
          {
            name: "meanDecelerationMps2",
            observed: roundTo(end.decelerationMps2, 1),
            threshold: limits.meanDecelerationMps2,
          },
        ]
      : [];
  return [
    { name: "approachKmph", observed: kmph(end.approachMps) },
    ...braking.slice(0, 1),
    {
      name: "differenceKmph",
      observed: kmph(end.approachMps - end.slowMps),
      threshold: kmph(limits.differenceMps),
    },
    ...braking.slice(1),
    { name: "queueKmph", observed: kmph(end.slowMps) },
    { name: "tailMovesKmph", observed: kmph(end.tailSpeedMps) },
    { name: "vehicles", observed: end.vehicles },
  ];
}
