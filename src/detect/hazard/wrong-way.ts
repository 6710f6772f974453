import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport, PerceptionReport } from "../../domain/observation.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { RoadMatch, RoadNetwork, RoadSpot } from "../../domain/road.ts";
import { readArray, readObject, readRow, writeRow } from "../../domain/snapshot-row.ts";
import { isVulnerable } from "../../domain/station.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { StationMap } from "../station-map.ts";
import { noteFrame } from "../witnesses.ts";
import { clearanceM, isOneWay, outsideM } from "./carriageway.ts";
import {
  isDoubted,
  type MapDoubts,
  noDoubts,
  noteAgainst,
  readDoubts,
  writeDoubts,
} from "./wrong-way-doubt.ts";
import { isBlurred, noNoise, noteRight, type RouteNoise, readNoise, writeNoise } from "./wrong-way-noise.ts";
import { WRONG_WAY } from "./wrong-way-parameters.ts";
import {
  MOST_CLEARANCE_M,
  newTrack,
  type Sighting,
  takeSighting,
  WRONG_WAY_FIELDS,
  type WrongWayTrack,
  wrongWayContent,
} from "./wrong-way-track.ts";

export type WrongWayParameters = ValuesOf<typeof WRONG_WAY>;

/** Vehicles that may drive against their road, by station and by perceived object. */
export interface WrongWayState {
  readonly stations: StationMap<WrongWayTrack>;
  readonly objects: Map<string, WrongWayTrack>;
  readonly doubts: MapDoubts;
  readonly noise: RouteNoise;
}

const NAME = "wrong-way";

/** Bounds memory where a map has wrong directions: there are a handful of such drivers in a country at once. */
const MAX_TRACKS = 2_000;

/** Tracks that came to nothing, or are silent, are looked for this often and forgotten after this long. */
const SWEEP_EVERY_MS = 1_000;
const FORGET_UNTOLD_MS = 5_000;

/** Once told, the place is renewed after this way and this time. */
const MOVED_M = 50;
const UPDATE_EVERY_MS = 1_000;

/** Reports older than this tell where the vehicle was. */
const MAX_AGE_MS = 2_000;

/** A course off the lanes by this much is on no carriageway of the map. */
const OFF_LANES_M = 2;

/** Half of the widest carriageway, five lanes and the noise of a position. */
const FORBIDDING_WITHIN_M = 12;

/** Other carriageways farther away cannot be the one it drives on. */
const OTHERS_WITHIN_M = 30;

const STANDING_MPS = 1;

/**
 * Wrong-way drivers on divided roads and one-way links, ramps included. A vehicle is one when
 *
 * - the map matcher says that it drives against its link, or its position alone does where the matcher is in doubt, three
 *   reports in a row, over 30 m or 2 s;
 * - course and displacement both say so;
 * - it lies on the lanes, and clearly nearer to them than to any carriageway that allows its course: frontage roads and
 *   the other carriageway stay silent;
 * - it is faster than reversing vehicles are and does not say that it reverses.
 *
 * Where positions are blurred (`besideShare`), or the map matcher holds a carriageway that allows the course for more
 * likely, or the station is the new name of somebody who was no wrong-way driver and the matcher is not sure, all reports of some seconds share one
 * error, so it must last for a minute. Whom the map matcher has followed along such a carriageway (`cameRightM`) counts only
 * once the matcher itself says that he drives against the road: nobody crosses a median at speed. Where it is suspected after
 * two reports, the third confirms. A station of little trust alone confirms nothing. Ends when it drives the right way,
 * leaves the road, or stands; without a word of it the alert expires. Objects that others
 * perceive are followed in the same way, from the position alone. Where several seem to drive against one route within
 * minutes the map is in doubt there: what was told ends with that reason, and nobody is told until it is over.
 */
export function wrongWay(parameters: WrongWayParameters = valuesOf(WRONG_WAY)): Detector<WrongWayState> {
  return {
    name: NAME,
    snapshotVersion: 4,
    init: () => ({ stations: new StationMap(), objects: new Map(), doubts: noDoubts(), noise: noNoise() }),
    onItem(state, frame, context, emit) {
      if (context.roads === undefined) return;
      const { observation } = frame;
      if (observation.kind === "motion") onMotion(state, frame, observation, context, emit, parameters);
      else if (observation.kind === "perception") {
        onPerception(state, frame, observation, context, emit, parameters);
      }
    },
    onTick: (state, tickMs) => sweep(state, tickMs, parameters),
    snapshot: ({ stations, objects, doubts, noise }) => ({
      tracks: [...stations.values(), ...objects.values()].map((track) => writeRow(WRONG_WAY_FIELDS, track)),
      doubts: writeDoubts(doubts),
      noise: writeNoise(noise),
    }),
    restore(value) {
      const parts = readObject(value);
      const tracks = readArray(parts["tracks"]).map((row) => readRow<WrongWayTrack>(WRONG_WAY_FIELDS, row));
      return {
        doubts: readDoubts(parts["doubts"]),
        noise: readNoise(parts["noise"]),
        stations: new StationMap(
          tracks.filter(({ perceived }) => !perceived).map((one) => [one.stationId, one]),
        ),
        objects: new Map(tracks.filter(({ perceived }) => perceived).map((one) => [one.key, one])),
      };
    },
  };
}

function onMotion(
  state: WrongWayState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  const { speedMps, headingDeg } = report;
  if (speedMps === undefined || headingDeg === undefined) return;
  const track = state.stations.get(frame.stationId);
  if (track === undefined) {
    if (speedMps <= parameters.speedMps || isOld(frame) || report.driveDirection === "backward") return;
    const road = context.stations.get(frame.stationId)?.road;
    if (road !== undefined && !road.against) {
      const isBeside = outsideM(road) > OFF_LANES_M;
      if (context.roads !== undefined) noteRight(state.noise, context.roads, road.link, isBeside);
      if (!isBeside) return;
    }
    if (isVulnerable(report.stationType) || state.stations.size >= MAX_TRACKS) return;
    const sighting = sight(frame, report, speedMps, headingDeg, road, context, parameters);
    if (typeof sighting === "string" || !isTurned(sighting, context, parameters)) return;
    state.stations.set(frame.stationId, newTrack(String(frame.stationId), false, frame, sighting));
    return;
  }
  if (frame.observedAtMs <= track.observedAtMs || isOld(frame)) return;
  const road = context.stations.get(frame.stationId)?.road;
  const sighting =
    report.driveDirection === "backward"
      ? "right"
      : sight(frame, report, speedMps, headingDeg, road, context, parameters);
  follow(state, track, frame, speedMps, sighting, context, emit, parameters);
}

/** What a report says: against its road, the right way or off the road, or neither for sure. */
type Sight = Sighting | "right" | "doubt";

/**
 * The map matcher decides where it is sure. A vehicle that begins on the wrong side is no likely hypothesis for it, so where
 * it is in doubt, or sees the vehicle off the lanes, the position alone must say so: on lanes that forbid the course, clearly
 * nearer than to any that allow it.
 */
function sight(
  frame: Frame,
  place: GeoPoint & Pick<MotionReport, "positionAccuracyM">,
  speedMps: number,
  headingDeg: number,
  road: RoadMatch | undefined,
  { roads }: DetectionContext,
  parameters: WrongWayParameters,
): Sight {
  if (road !== undefined && road.confidence >= parameters.confidence) {
    if (!road.against && outsideM(road) <= OFF_LANES_M) return "right";
    if (road.against && isOneWay(road.link)) {
      return { ...sightingOf(frame, place, headingDeg, speedMps, road, road.routeM), matched: true };
    }
  }
  const spot = roads === undefined ? undefined : forbiddingSpot(roads, place, headingDeg);
  if (roads === undefined || spot === undefined) return "right";
  // Where it may be by its own word, it may be right.
  const needM = Math.max(parameters.clearanceM, place.positionAccuracyM ?? 0);
  if (clearanceM(roads, place, headingDeg, spot, OTHERS_WITHIN_M) < needM) return "doubt";
  const isOther = road !== undefined && !road.against;
  const contested = isOther && road.confidence >= parameters.contestedConfidence;
  const cameRight = isOther && road.drivenM >= parameters.cameRightM;
  const routeM = spot.link.fromM + spot.offsetM;
  return { ...sightingOf(frame, place, headingDeg, speedMps, spot, routeM), contested, cameRight };
}

/** The nearest carriageway that forbids a course and whose lanes hold the place. */
function forbiddingSpot(roads: RoadNetwork, place: GeoPoint, headingDeg: number): RoadSpot | undefined {
  return roads
    .near(place, FORBIDDING_WITHIN_M, (headingDeg + 180) % 360)
    .find((one) => isOneWay(one.link) && outsideM(one) <= OFF_LANES_M);
}

function sightingOf(
  frame: Frame,
  place: { readonly latitudeDeg: number; readonly longitudeDeg: number },
  headingDeg: number,
  speedMps: number,
  spot: RoadSpot,
  routeM: number,
): Sighting {
  const { latitudeDeg, longitudeDeg } = place;
  const { observedAtMs } = frame;
  const plain = { matched: false, contested: false, cameRight: false };
  return { latitudeDeg, longitudeDeg, headingDeg, speedMps, observedAtMs, spot, routeM, ...plain };
}

function isOld(frame: Frame): boolean {
  return frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS;
}

function isTurned(
  { headingDeg, spot, routeM }: Sighting,
  { roads }: DetectionContext,
  parameters: WrongWayParameters,
): boolean {
  if (roads === undefined) return false;
  const roadDeg = roads.headingAt(spot.link.route, routeM);
  return headingDifferenceDeg(headingDeg, roadDeg) >= parameters.turnedDeg && outsideM(spot) <= OFF_LANES_M;
}

/** Objects have no matched road: theirs is the nearest carriageway that forbids their course. */
function onPerception(
  state: WrongWayState,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  const { roads } = context;
  if (roads === undefined || report.objects.length === 0 || isOld(frame)) return;
  const sender = context.stations.get(frame.stationId);
  for (const object of report.objects) {
    const { speedMps, headingDeg } = object;
    if (speedMps === undefined || headingDeg === undefined) continue;
    const key = `${frame.stationId}:${object.objectId}`;
    const track = state.objects.size === 0 ? undefined : state.objects.get(key);
    if (track === undefined) {
      // What drives as the sender does, on the sender's road, is right if the sender is.
      if (speedMps <= parameters.speedMps || !isVehicle(object.objectClass)) continue;
      if (sender?.headingDeg !== undefined && headingDifferenceDeg(sender.headingDeg, headingDeg) < 90)
        continue;
    }
    const spot = forbiddingSpot(roads, object, headingDeg);
    const sighting =
      spot && sightingOf(frame, object, headingDeg, speedMps, spot, spot.link.fromM + spot.offsetM);
    if (track !== undefined) {
      if (frame.observedAtMs > track.observedAtMs) {
        const against = sighting !== undefined && speedMps > parameters.speedMps;
        follow(state, track, frame, speedMps, against ? sighting : "right", context, emit, parameters);
      }
    } else if (sighting !== undefined && state.objects.size < MAX_TRACKS) {
      if (isTurned(sighting, context, parameters)) {
        state.objects.set(key, newTrack(key, true, frame, sighting));
      }
    }
  }
}

function isVehicle(objectClass: string): boolean {
  return (
    objectClass === "passenger-car" ||
    objectClass === "truck" ||
    objectClass === "bus" ||
    objectClass === "motorcycle"
  );
}

function follow(
  state: WrongWayState,
  track: WrongWayTrack,
  frame: Frame,
  speedMps: number,
  sighting: Sight,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  track.observedAtMs = frame.observedAtMs;
  track.heardAtMs = frame.receivedAtMs;
  noteFrame(track, frame);
  if (speedMps < STANDING_MPS) {
    stand(state, track, frame.receivedAtMs, context, emit, parameters);
    return;
  }
  track.standsSinceMs = 0;
  if (sighting === "doubt") return;
  if (sighting === "right" || !isTurned(sighting, context, parameters)) {
    drivesRight(state, track, frame.receivedAtMs, context, emit, parameters);
    return;
  }
  takeSighting(track, frame, sighting);
  judge(state, track, sighting, frame.receivedAtMs, context, emit, parameters);
}

function stand(
  state: WrongWayState,
  track: WrongWayTrack,
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  if (track.told === "") return drop(state, track);
  if (track.standsSinceMs === 0) track.standsSinceMs = nowMs;
  else if (nowMs - track.standsSinceMs >= parameters.standsForMs) {
    end(state, track, "wrong-way/stands", "Stands now.", nowMs, context, emit, parameters);
  }
}

function drivesRight(
  state: WrongWayState,
  track: WrongWayTrack,
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  if (track.told === "") return drop(state, track);
  track.rightReports++;
  if (track.rightReports < parameters.turnedBackReports) return;
  end(
    state,
    track,
    "wrong-way/turned-or-left",
    "Has turned or left the road.",
    nowMs,
    context,
    emit,
    parameters,
  );
}

function drop(state: WrongWayState, track: WrongWayTrack): void {
  if (track.perceived) state.objects.delete(track.key);
  else state.stations.delete(track.stationId);
}

function judge(
  state: WrongWayState,
  track: WrongWayTrack,
  sighting: Sighting,
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  if (track.told !== "" && isDoubted(state.doubts, track.routeIndex, nowMs)) {
    end(state, track, "wrong-way/map-in-doubt", MAP_IN_DOUBT, nowMs, context, emit, parameters);
    return;
  }
  if (track.told !== "confirmed") {
    const tier = tierOf(state, track, sighting, context, parameters);
    if (tier !== "" && tier !== track.told) {
      if (track.told === "" && doubtsMap(state, track, nowMs, context, parameters)) return;
      const phase = track.told === "" ? "start" : "update";
      track.told = tier;
      tell(track, phase, nowMs, context, emit, parameters);
      return;
    }
  }
  if (track.told === "" || nowMs - track.toldAtMs < UPDATE_EVERY_MS) return;
  const moved = Math.abs(track.routeM - track.toldRouteM) >= MOVED_M;
  tell(track, moved ? "update" : "extend", nowMs, context, emit, parameters);
}

const MAP_IN_DOUBT = "Many vehicles seem to drive against this road: its map is in doubt.";

/** A new wrong-way driver is one of many on its route. */
function doubtsMap(
  { doubts }: WrongWayState,
  track: WrongWayTrack,
  nowMs: number,
  context: DetectionContext,
  parameters: WrongWayParameters,
): boolean {
  const { identity, trust } = context;
  if (trust.trustOf(track.stationId) < parameters.beliefs) return isDoubted(doubts, track.routeIndex, nowMs);
  const user = identity.roadUserOf(track.stationId);
  return noteAgainst(doubts, track.routeIndex, user, track, nowMs, context, parameters);
}

function tierOf(
  state: WrongWayState,
  track: WrongWayTrack,
  sighting: Sighting,
  context: DetectionContext,
  parameters: WrongWayParameters,
): WrongWayTrack["told"] {
  const { roads, trust } = context;
  if (roads === undefined || track.speedMps <= parameters.speedMps) return "";
  const forMs = track.observedAtMs - track.sinceMs;
  if (track.drivenM < parameters.drivenM / 3 || track.reports < 2) return "";
  const clearM = clearanceM(roads, sighting, sighting.headingDeg, sighting.spot, OTHERS_WITHIN_M);
  track.clearanceM = Math.min(MOST_CLEARANCE_M, clearM);
  if (clearM < parameters.clearanceM) return "";
  // With no other carriageway near a third of the way tells: seven times the noise of a position.
  const isPlain = clearM > OTHERS_WITHIN_M && track.reports >= parameters.reports;
  if (!isPlain && track.drivenM < parameters.drivenM / 2) return "";
  if (clearM <= OTHERS_WITHIN_M) {
    if (!track.perceived && !isSettled(track, context, parameters)) return "";
    // One error of position lasts for all reports that would prove it: only time tells.
    if (forMs < parameters.blurredForMs && mayBeBeside(state, track, sighting, context, parameters))
      return "";
  }
  const proved = track.drivenM >= parameters.drivenM || forMs >= parameters.drivenForMs;
  if (!proved || track.reports < parameters.reports) return "suspected";
  return trust.trustOf(track.stationId) >= parameters.beliefs ? "confirmed" : "suspected";
}

/** Whether the memory of identities has had the time to tell who a new station was before. */
function isSettled(
  track: WrongWayTrack,
  { stations, receivedAtMs }: DetectionContext,
  { settledAfterMs }: WrongWayParameters,
): boolean {
  const firstMs = stations.get(track.stationId)?.firstReceivedAtMs ?? track.heardAtMs;
  return receivedAtMs - firstMs >= settledAfterMs;
}

/** Whether an error of its position may have led it from the carriageway beside to this one. */
function mayBeBeside(
  state: WrongWayState,
  track: WrongWayTrack,
  { contested, matched, spot }: Sighting,
  context: DetectionContext,
  parameters: WrongWayParameters,
): boolean {
  if (contested || track.cameRight) return true;
  if (isBlurred(state.noise, spot.link, parameters.besideShare)) return true;
  // What the matcher itself is sure of does not hang on whom the name is believed to have belonged to.
  return !track.perceived && !matched && isSuccessor(state, track, context);
}

/** A new name of somebody who drove with this course before and was not told to drive against his road. */
function isSuccessor(
  { stations }: WrongWayState,
  { stationId }: WrongWayTrack,
  { identity }: DetectionContext,
): boolean {
  const user = identity.roadUserOf(stationId);
  if (user === stationId) return false;
  for (const other of stations.values()) {
    if (other.told !== "" && identity.roadUserOf(other.stationId) === user) return false;
  }
  return true;
}

function tell(
  track: WrongWayTrack,
  phase: Detection["phase"],
  nowMs: number,
  { roads }: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  track.toldAtMs = nowMs;
  if (phase !== "extend") track.toldRouteM = track.routeM;
  const content = wrongWayContent(track, roads, parameters);
  emit({ ...content, detector: NAME, key: track.key, phase, decidedAtMs: nowMs });
}

function end(
  state: WrongWayState,
  track: WrongWayTrack,
  rule: string,
  text: string,
  nowMs: number,
  { roads }: DetectionContext,
  emit: Emit,
  parameters: WrongWayParameters,
): void {
  drop(state, track);
  const content = wrongWayContent(track, roads, parameters);
  const why = { ...content.why, rule, text };
  emit({ ...content, why, detector: NAME, key: track.key, phase: "end", decidedAtMs: nowMs });
}

function sweep(state: WrongWayState, tickMs: number, parameters: WrongWayParameters): void {
  if (tickMs % SWEEP_EVERY_MS !== 0 || state.stations.size + state.objects.size === 0) return;
  for (const tracks of [state.stations, state.objects]) {
    for (const track of tracks.values()) {
      const keepMs = track.told === "" ? FORGET_UNTOLD_MS : parameters.validityMs;
      if (tickMs - track.heardAtMs > keepMs) drop(state, track);
    }
  }
}
