import type { AlertContent, Measure } from "../../domain/alert.ts";
import type { Frame } from "../../domain/frame.ts";
import { type Outline, roundPoint } from "../../domain/place.ts";
import type { RoadNetwork, RoadSpot } from "../../domain/road.ts";
import type { RowFields } from "../../domain/snapshot-row.ts";
import { distanceBetweenM } from "../../geo/geodesy.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import { evidenceOf, noteFrame, noWitnesses, WITNESS_FIELDS, type Witnesses } from "../witnesses.ts";

/** One vehicle that drives against its road. Times are receive times but `observedAtMs` and `sinceMs`. */
export interface WrongWayTrack extends Witnesses {
  /** Station, or station and object, that is followed. */
  readonly key: string;
  readonly stationId: number;
  /** Seen by the sensors of a station, not telling of itself. */
  readonly perceived: boolean;
  /** Where it was first seen to drive against the road. */
  readonly sinceMs: number;
  readonly fromLatitudeDeg: number;
  readonly fromLongitudeDeg: number;
  /** Reports against the road in a row, and others since. */
  reports: number;
  rightReports: number;
  drivenM: number;
  clearanceM: number;
  routeIndex: number;
  routeM: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number;
  speedMps: number;
  observedAtMs: number;
  heardAtMs: number;
  againstAtMs: number;
  /** It drove the right way on a carriageway beside this one before; nobody crosses a median at speed. */
  cameRight: boolean;
  /** 0 while it drives. */
  standsSinceMs: number;
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
  toldRouteM: number;
}

export const WRONG_WAY_FIELDS: RowFields<WrongWayTrack> = {
  key: "string",
  stationId: "number",
  perceived: "boolean",
  sinceMs: "number",
  fromLatitudeDeg: "number",
  fromLongitudeDeg: "number",
  reports: "number",
  rightReports: "number",
  drivenM: "number",
  clearanceM: "number",
  routeIndex: "number",
  routeM: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  speedMps: "number",
  observedAtMs: "number",
  heardAtMs: "number",
  againstAtMs: "number",
  cameRight: "boolean",
  standsSinceMs: "number",
  told: "string",
  toldAtMs: "number",
  toldRouteM: "number",
  ...WITNESS_FIELDS,
};

interface Limits {
  readonly reports: number;
  readonly drivenM: number;
  readonly clearanceM: number;
  readonly speedMps: number;
  readonly reachM: number;
  readonly validityMs: number;
}

/** Clearances beyond this say nothing more. */
export const MOST_CLEARANCE_M = 50;

const CONFIDENCE_PCT = { confirmed: 92, suspected: 60 } as const;

/** Traffic that comes towards the driver: on its route, ahead of it, which is upstream. */
function outlineOf(track: WrongWayTrack, roads: RoadNetwork | undefined, reachM: number): Outline {
  const route = roads?.routes[track.routeIndex];
  if (roads === undefined || route === undefined) return { form: "point", points: [roundPoint(track)] };
  const fromM = Math.max(0, track.routeM - reachM);
  if (track.routeM - fromM < 1) return { form: "point", points: [roundPoint(track)] };
  return { form: "line", points: roads.lineBetween(route, fromM, track.routeM).map(roundPoint) };
}

export function wrongWayContent(
  track: WrongWayTrack,
  roads: RoadNetwork | undefined,
  limits: Limits,
): AlertContent {
  const route = roads?.routes[track.routeIndex];
  const tier = track.told === "confirmed" ? "confirmed" : "suspected";
  return {
    kind: "wrong-way",
    tier,
    // Cause 14 wrongWayDriving, sub-cause 2 wrongDirection (TS 102 894-2).
    causeCode: 14,
    subCauseCode: 2,
    severity: 5,
    confidencePct: CONFIDENCE_PCT[tier],
    referencedAtMs: track.observedAtMs,
    validUntilMs: track.againstAtMs + limits.validityMs,
    position: roundPoint(track),
    headingDeg:
      roads === undefined || route === undefined
        ? undefined
        : roundHeading(roads.headingAt(route, track.routeM)),
    outline: outlineOf(track, roads, limits.reachM),
    road: undefined,
    evidence: evidenceOf(track),
    why: {
      rule: track.perceived ? "wrong-way/perceived" : "wrong-way/against-road",
      text: `${track.perceived ? "Perceived vehicle" : "Vehicle"} drives against the direction of its road at ${kmph(track.speedMps)} km/h.`,
      measures: measuresOf(track, limits),
    },
  };
}

function measuresOf(track: WrongWayTrack, limits: Limits): Measure[] {
  return [
    { name: "againstForS", observed: roundTo((track.observedAtMs - track.sinceMs) / 1_000, 1) },
    {
      name: "clearanceM",
      observed: roundTo(Math.min(MOST_CLEARANCE_M, track.clearanceM), 1),
      threshold: limits.clearanceM,
    },
    { name: "courseDeg", observed: roundHeading(track.headingDeg) },
    { name: "drivenM", observed: roundTo(track.drivenM, 0), threshold: limits.drivenM },
    { name: "reports", observed: track.reports, threshold: limits.reports },
    { name: "speedKmph", observed: kmph(track.speedMps), threshold: kmph(limits.speedMps) },
  ];
}

/** What one report says: where on which road, and how. */
export interface Sighting {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number;
  readonly speedMps: number;
  readonly observedAtMs: number;
  readonly spot: RoadSpot;
  readonly routeM: number;
  /** The map matcher says so, not the position alone. */
  readonly matched: boolean;
  /** The map matcher holds a carriageway that allows the course for more likely. */
  readonly contested: boolean;
  /** It has followed the vehicle along such a carriageway for a while. */
  readonly cameRight: boolean;
}

/** A vehicle that was seen against its road for the first time. */
export function newTrack(key: string, perceived: boolean, frame: Frame, sighting: Sighting): WrongWayTrack {
  const track: WrongWayTrack = {
    key,
    stationId: frame.stationId,
    perceived,
    sinceMs: frame.observedAtMs,
    fromLatitudeDeg: sighting.latitudeDeg,
    fromLongitudeDeg: sighting.longitudeDeg,
    reports: 1,
    rightReports: 0,
    drivenM: 0,
    clearanceM: 0,
    routeIndex: sighting.spot.link.route.index,
    routeM: sighting.routeM,
    latitudeDeg: sighting.latitudeDeg,
    longitudeDeg: sighting.longitudeDeg,
    headingDeg: sighting.headingDeg,
    speedMps: sighting.speedMps,
    observedAtMs: frame.observedAtMs,
    heardAtMs: frame.receivedAtMs,
    againstAtMs: frame.receivedAtMs,
    cameRight: sighting.cameRight,
    standsSinceMs: 0,
    told: "",
    toldAtMs: 0,
    toldRouteM: 0,
    ...noWitnesses(),
  };
  noteFrame(track, frame);
  return track;
}

/** Takes a further sighting. */
export function takeSighting(track: WrongWayTrack, frame: Frame, sighting: Sighting): void {
  track.reports++;
  track.rightReports = 0;
  track.cameRight = !sighting.matched && (track.cameRight || sighting.cameRight);
  track.againstAtMs = frame.receivedAtMs;
  track.routeIndex = sighting.spot.link.route.index;
  track.routeM = sighting.routeM;
  track.latitudeDeg = sighting.latitudeDeg;
  track.longitudeDeg = sighting.longitudeDeg;
  track.headingDeg = sighting.headingDeg;
  track.speedMps = sighting.speedMps;
  track.drivenM = distanceBetweenM(
    track.fromLatitudeDeg,
    track.fromLongitudeDeg,
    track.latitudeDeg,
    track.longitudeDeg,
  );
}
