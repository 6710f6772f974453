import type { StationLookup, StationView } from "../../domain/detector.ts";
import type { ObjectClass, PerceivedObject } from "../../domain/observation.ts";
import type { StationType } from "../../domain/station.ts";
import { destinationPoint, distanceM, headingDifferenceDeg } from "../../geo/geodesy.ts";

/** Something seen at a moment: a perceived object, or a station that speaks for itself. */
export interface Sighting {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number | undefined;
  readonly headingDeg: number | undefined;
  readonly observedAtMs: number;
}

/** Gates within which two sightings are of one thing (reference identity model: semantic duplicates). */
const GATE_M = 3;
const GATE_GROWTH_MPS = 0.5;
const MAX_APART_MS = 300;
const MAX_TURN_DEG = 15;

/** Below this speed headings say nothing. */
const HEADING_FROM_MPS = 2;

/** As far as a vehicle comes in the time that two sightings may lie apart, at 50 m/s, with the gate. */
const SEARCH_M = 50 * (MAX_APART_MS / 1_000) + GATE_M + GATE_GROWTH_MPS;

/**
 * Distance between two sightings of one thing, m, the older one carried on to the moment of the newer; undefined where
 * they are of two things.
 */
export function sameObjectDistanceM(a: Sighting, b: Sighting): number | undefined {
  const apartMs = Math.abs(a.observedAtMs - b.observedAtMs);
  if (apartMs > MAX_APART_MS || !isSameWay(a, b)) return undefined;
  const [older, newer] = a.observedAtMs <= b.observedAtMs ? [a, b] : [b, a];
  const { speedMps = 0, headingDeg } = older;
  const wayM = (speedMps * apartMs) / 1_000;
  const expected = headingDeg === undefined || wayM === 0 ? older : destinationPoint(older, headingDeg, wayM);
  const offM = distanceM(expected, newer);
  return offM <= GATE_M + (GATE_GROWTH_MPS * apartMs) / 1_000 ? offM : undefined;
}

function isSameWay(a: Sighting, b: Sighting): boolean {
  if (a.headingDeg === undefined || b.headingDeg === undefined) return true;
  if ((a.speedMps ?? 0) < HEADING_FROM_MPS || (b.speedMps ?? 0) < HEADING_FROM_MPS) return true;
  return headingDifferenceDeg(a.headingDeg, b.headingDeg) <= MAX_TURN_DEG;
}

/**
 * The station that a perceived object (CPM) is, where it speaks for itself too: the nearest within the gates, equal
 * distances by id. To be asked on ticks, since it reads other stations.
 */
export function stationOfObject(object: PerceivedObject, stations: StationLookup): StationView | undefined {
  const sighting: Sighting = { ...placeOf(object), observedAtMs: object.measuredAtMs };
  let best: StationView | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  for (const station of stations.within(object, SEARCH_M)) {
    if (!isOfClass(station.stationType, object.objectClass)) continue;
    const offM = sameObjectDistanceM(sighting, station);
    if (offM === undefined || offM >= bestM) continue;
    best = station;
    bestM = offM;
  }
  return best;
}

function placeOf({ latitudeDeg, longitudeDeg, speedMps, headingDeg }: PerceivedObject) {
  return { latitudeDeg, longitudeDeg, speedMps, headingDeg };
}

/** Sensors take cars for trucks, but no pedestrian for a bus. */
function isOfClass(type: StationType, seen: ObjectClass): boolean {
  if (type === "infrastructure") return false;
  if (seen === "unknown" || seen === "other" || type === "unknown") return true;
  return ON_FOOT_TYPES.has(type) === ON_FOOT_CLASSES.has(seen);
}

const ON_FOOT_TYPES: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "animal",
  "light-vru-vehicle",
  "cyclist",
]);
const ON_FOOT_CLASSES: ReadonlySet<ObjectClass> = new Set(["pedestrian", "animal", "cyclist", "vru-group"]);
