import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit, StationView } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { HazardNotice, PerceivedObject, PerceptionReport } from "../../domain/observation.ts";
import { isVulnerable } from "../../domain/station.ts";
import { bearingDeg, distanceM, headingDifferenceDeg } from "../../geo/geodesy.ts";
import { sinDeg } from "../../geo/trigonometry.ts";
import { valuesOf } from "../parameter.ts";
import { addName, noteFrame, noWitnesses } from "../witnesses.ts";
import {
  groupOf,
  NAME,
  type ObjectParameters,
  type Thing,
  thingDetection,
  validityOf,
} from "./object-content.ts";
import { type ObjectState, restoreObjects, type Site, snapshotObjects } from "./object-state.ts";
import { placeOnRoad, type RoadPlace } from "./on-carriageway.ts";
import { OBJECT_ON_ROAD } from "./reported-parameters.ts";

/** More things lie on no region's roads; what is told of the oldest expires by itself. */
const MAX_THINGS = 2_000;
const MAX_TRACKS = 20_000;
const MAX_SITES = 512;

/** An object that was found off the road is not looked at again for this long: the look costs a search of the map. */
const IGNORED_MS = 2_000;

/** Perception this far behind is of another scene. */
const MAX_AGE_MS = 5_000;

const MOVED_M = 25;
const EXTEND_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 1_000;

/** A thing that was told is seen off the road this often before it is believed gone. */
const OFF_ROAD_REPORTS = 3;

/** A thing is unseen after this; what passes sooner may be what hides it. */
const UNSEEN_MS = 3_000;
const MISSED_MS = 10_000;

/** Positions come once a second at least: at 50 m/s one of them lies so near behind the place. */
const PASSING_M = 50;
const STRAIGHT_DEG = 45;

/** People at a site of road works are where they are expected. */
const SITE_M = 500;

/** A car, its length in front of its position and behind, is no obstacle of its own. */
const STATION_M = 8;

/**
 * Obstacles, animals and people on the road, from what sensors of vehicles and roadside units perceive (CPM): on a
 * carriageway outside towns where there is a map, straight ahead of a fast observer elsewhere. Several reports of one
 * sensor are a suspicion; two observers, or one roadside unit that keeps seeing it, confirm. Traffic, known stations,
 * queues and people at announced road works are not meant.
 *
 * What nobody sees any more ends by its validity, or sooner: when road users have driven through the place of an obstacle at
 * speed, or a roadside unit that saw a thing looks there and does not.
 */
export function objectOnRoad(parameters: ObjectParameters = valuesOf(OBJECT_ON_ROAD)): Detector<ObjectState> {
  return {
    name: NAME,
    snapshotVersion: 2,
    init: () => ({ things: new Map(), tracks: new Map(), ignored: new Map(), sites: [], nextId: 1 }),
    hears: ["perception", "hazard"],
    onItem(state, frame, context, emit) {
      const report = frame.observation;
      if (report.kind === "perception") takeReport(state, frame, report, context, emit, parameters);
      else if (report.kind === "hazard") noteSite(state, frame, report);
    },
    onTick(state, tickMs, context, emit) {
      if (tickMs % SWEEP_EVERY_MS !== 0) return;
      sweep(state, tickMs, parameters);
      for (const thing of state.things.values()) notePassers(state, thing, tickMs, context, emit, parameters);
    },
    snapshot: snapshotObjects,
    restore: restoreObjects,
  };
}

function takeReport(
  state: ObjectState,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  if (frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS) return;
  for (const object of report.objects) {
    const key = (frame.stationId >>> 0) * 65_536 + object.objectId;
    if (!isCandidate(object, parameters)) continue;
    if ((state.ignored.get(key) ?? 0) > frame.receivedAtMs) continue;
    const known = state.things.get(state.tracks.get(key) ?? 0);
    const place = whereOnRoad(state, object, frame, report, context, parameters);
    if (place === undefined) leaveRoad(state, key, known, frame, emit, parameters);
    else see(state, key, known, object, place, frame, report, context, emit, parameters);
  }
  if (report.stationType === "infrastructure" && state.things.size > 0) {
    noteMisses(state, frame, context, emit, parameters);
  }
}

/** What a roadside unit saw before and does not see now; it looks at one place all the time. */
function noteMisses(
  state: ObjectState,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  const observer = String(context.identity.roadUserOf(frame.stationId));
  for (const thing of state.things.values()) {
    if (thing.roadsideReports === 0 || thing.told === "") continue;
    const goneMs = frame.receivedAtMs - thing.seenAtMs;
    if (goneMs === 0 || !thing.observers.includes(observer)) continue;
    thing.missed++;
    if (thing.missed < parameters.clearedReports || goneMs < MISSED_MS) continue;
    forget(state, thing);
    emit(thingDetection(thing, "end", frame.receivedAtMs, parameters));
  }
}

/** Road users that drive through the place of an obstacle that nobody sees. */
function notePassers(
  state: ObjectState,
  thing: Thing,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  if (thing.group !== "obstacle" || thing.told === "" || tickMs - thing.seenAtMs < UNSEEN_MS) return;
  for (const station of context.stations.within(thing, PASSING_M)) {
    if (station.receivedAtMs <= thing.seenAtMs + UNSEEN_MS || isVulnerable(station.stationType)) continue;
    if (!drivesThrough(station, thing, parameters)) continue;
    addName(thing.passers, String(context.identity.roadUserOf(station.stationId)));
  }
  if (thing.passers.length < parameters.clearedVehicles) return;
  forget(state, thing);
  emit(thingDetection(thing, "end", tickMs, parameters));
}

/** It has passed the place, straight on and fast. */
function drivesThrough(
  { latitudeDeg, longitudeDeg, speedMps = 0, headingDeg, stationType }: StationView,
  thing: Thing,
  { clearedM, clearedSpeedMps }: ObjectParameters,
): boolean {
  if (headingDeg === undefined || speedMps < clearedSpeedMps || stationType === "infrastructure")
    return false;
  const here = { latitudeDeg, longitudeDeg };
  const apartM = distanceM(thing, here);
  const offDeg = headingDifferenceDeg(bearingDeg(thing, here), headingDeg);
  return offDeg < STRAIGHT_DEG && apartM * sinDeg(offDeg) <= clearedM;
}

function isCandidate(object: PerceivedObject, parameters: ObjectParameters): boolean {
  const group = groupOf(object.objectClass);
  if (group === undefined) return false;
  if ((object.classConfidencePct ?? 100) < parameters.minClassPct) return false;
  const { speedMps } = object;
  if (group === "obstacle") return speedMps !== undefined && speedMps < parameters.standingSpeedMps;
  return speedMps === undefined || speedMps < parameters.walkingSpeedMps;
}

function whereOnRoad(
  state: ObjectState,
  object: PerceivedObject,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
  parameters: ObjectParameters,
): RoadPlace | undefined {
  const place = placeOnRoad(object, frame.stationId, report, context, parameters);
  if (place === undefined) return undefined;
  if (groupOf(object.objectClass) === "obstacle") {
    const { headingDeg = 0 } = place;
    if (context.traffic.isCongested(object, headingDeg)) return undefined;
    return context.stations.within(object, STATION_M).length > 0 ? undefined : place;
  }
  const isAtWorks = state.sites.some(
    (site) => site.untilMs > frame.receivedAtMs && distanceM(site, object) <= SITE_M,
  );
  return isAtWorks ? undefined : place;
}

function leaveRoad(
  state: ObjectState,
  key: number,
  known: Thing | undefined,
  frame: Frame,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  if (known === undefined) {
    if (state.ignored.size < MAX_TRACKS) state.ignored.set(key, frame.receivedAtMs + IGNORED_MS);
    return;
  }
  known.offRoad++;
  if (known.offRoad < OFF_ROAD_REPORTS) return;
  forget(state, known);
  if (known.told !== "") emit(thingDetection(known, "end", frame.receivedAtMs, parameters));
}

function forget({ things, tracks }: ObjectState, thing: Thing): void {
  things.delete(thing.id);
  for (const [key, id] of tracks) if (id === thing.id) tracks.delete(key);
}

function see(
  state: ObjectState,
  key: number,
  known: Thing | undefined,
  object: PerceivedObject,
  place: RoadPlace,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  const thing = known ?? nearest(state, object, parameters) ?? newThing(state, object, frame);
  if (thing === undefined) return;
  if (known === undefined && state.tracks.size < MAX_TRACKS) state.tracks.set(key, thing.id);
  noteFrame(thing, frame);
  thing.offRoad = 0;
  thing.missed = 0;
  if (thing.passers.length > 0) thing.passers = [];
  thing.seenAtMs = frame.receivedAtMs;
  thing.observedAtMs = Math.max(thing.observedAtMs, frame.observedAtMs);
  thing.latitudeDeg = object.latitudeDeg;
  thing.longitudeDeg = object.longitudeDeg;
  thing.headingDeg = place.headingDeg;
  thing.routeIndex = place.routeIndex;
  thing.routeM = place.routeM;
  addName(thing.observers, String(context.identity.roadUserOf(frame.stationId)));
  if (report.stationType === "infrastructure") thing.roadsideReports++;
  tell(thing, frame, context, emit, parameters);
}

/** What another observer, or the same under another object id, saw at this place. */
function nearest(
  { things }: ObjectState,
  object: PerceivedObject,
  { thingM }: ObjectParameters,
): Thing | undefined {
  const group = groupOf(object.objectClass);
  let [found, foundM]: [Thing | undefined, number] = [undefined, thingM];
  for (const thing of things.values()) {
    if (thing.group !== group) continue;
    const apartM = distanceM(thing, object);
    if (apartM < foundM) [found, foundM] = [thing, apartM];
  }
  return found;
}

function newThing(state: ObjectState, object: PerceivedObject, frame: Frame): Thing | undefined {
  const group = groupOf(object.objectClass);
  if (group === undefined || state.things.size >= MAX_THINGS) return undefined;
  const thing: Thing = {
    id: state.nextId++,
    group,
    isCyclist: object.objectClass === "cyclist",
    latitudeDeg: object.latitudeDeg,
    longitudeDeg: object.longitudeDeg,
    headingDeg: undefined,
    routeIndex: -1,
    routeM: -1,
    firstSeenAtMs: frame.receivedAtMs,
    seenAtMs: frame.receivedAtMs,
    observedAtMs: frame.observedAtMs,
    roadsideReports: 0,
    offRoad: 0,
    told: "",
    toldAtMs: 0,
    toldLatitudeDeg: 0,
    toldLongitudeDeg: 0,
    observers: [],
    trust: 0,
    missed: 0,
    passers: [],
    ...noWitnesses(),
  };
  state.things.set(thing.id, thing);
  return thing;
}

function tell(
  thing: Thing,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
  parameters: ObjectParameters,
): void {
  const tier = tierOf(thing, context, parameters);
  if (tier === "") return;
  const moved =
    distanceM({ latitudeDeg: thing.toldLatitudeDeg, longitudeDeg: thing.toldLongitudeDeg }, thing) >= MOVED_M;
  const phase: Detection["phase"] =
    thing.told === "" ? "start" : thing.told !== tier || moved ? "update" : "extend";
  if (phase === "extend" && frame.receivedAtMs - thing.toldAtMs < EXTEND_EVERY_MS) return;
  thing.told = tier;
  thing.toldAtMs = frame.receivedAtMs;
  if (phase !== "extend") {
    thing.toldLatitudeDeg = thing.latitudeDeg;
    thing.toldLongitudeDeg = thing.longitudeDeg;
  }
  emit(thingDetection(thing, phase, frame.receivedAtMs, parameters, context.roads));
}

/** A camera must have seen it this long to confirm alone. */
const ROADSIDE_MS = 3_000;

function tierOf(thing: Thing, context: DetectionContext, parameters: ObjectParameters): Thing["told"] {
  const seenMs = thing.seenAtMs - thing.firstSeenAtMs;
  if (thing.told === "confirmed") return "confirmed";
  if (thing.observations < parameters.suspectedReports || seenMs < parameters.suspectedMs) return "";
  thing.trust = thing.observers.reduce((sum, id) => sum + context.trust.trustOf(Number(id)), 0);
  const byMany =
    thing.observers.length >= parameters.confirmedObservers && thing.trust >= parameters.confirmedTrust;
  const byRoadside = thing.roadsideReports >= parameters.roadsideReports && seenMs >= ROADSIDE_MS;
  return byMany || byRoadside ? "confirmed" : "suspected";
}

/** Where road works are announced; a termination carries no place, so a site holds until its validity ends. */
function noteSite(state: ObjectState, frame: Frame, notice: HazardNotice): void {
  const { position, causeCode } = notice;
  if (position === undefined || (causeCode !== 3 && causeCode !== 4)) return;
  const untilMs = frame.receivedAtMs + notice.validityS * 1_000;
  const site: Site = { latitudeDeg: position.latitudeDeg, longitudeDeg: position.longitudeDeg, untilMs };
  const same = state.sites.findIndex((one) => distanceM(one, position) < 1);
  if (same >= 0) state.sites[same] = site;
  else state.sites.push(site);
  if (state.sites.length > MAX_SITES) state.sites.shift();
}

function sweep(state: ObjectState, tickMs: number, parameters: ObjectParameters): void {
  for (const thing of state.things.values()) {
    if (tickMs - thing.seenAtMs > (thing.told === "" ? IGNORED_MS * 5 : validityOf(thing, parameters))) {
      forget(state, thing);
    }
  }
  for (const [key, untilMs] of state.ignored) if (untilMs <= tickMs) state.ignored.delete(key);
  if (state.sites.some(({ untilMs }) => untilMs <= tickMs)) {
    state.sites.splice(0, state.sites.length, ...state.sites.filter(({ untilMs }) => untilMs > tickMs));
  }
}
