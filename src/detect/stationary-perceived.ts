import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { Frame } from "../domain/frame.ts";
import type { ObjectClass, PerceivedObject, PerceptionReport } from "../domain/observation.ts";
import { readArray, readRow, writeRow } from "../domain/snapshot-row.ts";
import { distanceM } from "../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";
import { flowAround, isQueued } from "./queue-ahead.ts";
import { STATIONARY_VEHICLE } from "./stationary-parameters.ts";
import { PERCEIVED_STOP } from "./stationary-perceived-parameters.ts";
import {
  PERCEIVED_STOP_FIELDS,
  type PerceivedStop,
  perceivedStopContent,
} from "./stationary-perceived-stop.ts";
import { type StandingPlace, speedOf, spotAt, standingPlace } from "./stationary-place.ts";
import { addName, noteFrame, noWitnesses } from "./witnesses.ts";

export type PerceivedStopParameters = ValuesOf<typeof PERCEIVED_STOP>;

export interface PerceivedStopState {
  readonly stops: Map<string, PerceivedStop>;
}

const NAME = "perceived-stop";

/** Each report of a standing object is compared with all of them. */
const MAX_STOPS = 500;

const MAX_AGE_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
const EXTEND_EVERY_MS = 10_000;

/** Untold ones that nobody sees any more are forgotten; the next observer may come so much later at 5 % equipped. */
const FORGET_UNTOLD_MS = 60_000;

/** A told or known station this near is the vehicle itself: it speaks for itself. */
const ITSELF_M = 6;

/** No station has this id: what is perceived has no name. */
const NOBODY = -1;

const VEHICLES: ReadonlySet<ObjectClass> = new Set(["passenger-car", "bus", "truck", "motorcycle"]);

/** How queues and places are judged is set with the detector of stationary vehicles. */
const PLACE = valuesOf(STATIONARY_VEHICLE);

/**
 * Vehicles without equipment that others see standing (CPM) on the lanes or the shoulder of a fast road of the map: seen
 * over 5 s they are suspected, over 15 s by two observers or a roadside unit confirmed, under the same rules of place and
 * queue as vehicles that tell of themselves. Gone when three observers have passed without seeing it, else by validity.
 */
export function perceivedStop(
  parameters: PerceivedStopParameters = valuesOf(PERCEIVED_STOP),
): Detector<PerceivedStopState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    hears: ["perception"],
    init: () => ({ stops: new Map() }),
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind === "perception" && context.roads !== undefined) {
        takeReport(state, frame, report, context, parameters);
      }
    },
    onTick(state, tickMs, context, emit) {
      if (state.stops.size === 0 || tickMs % LOOK_EVERY_MS !== 0) return;
      for (const stop of [...state.stops.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
        look(state, stop, tickMs, context, emit, parameters);
      }
    },
    snapshot: ({ stops }) => [...stops.values()].map((stop) => writeRow(PERCEIVED_STOP_FIELDS, stop)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<PerceivedStop>(PERCEIVED_STOP_FIELDS, row));
      return { stops: new Map(rows.map((stop) => [stop.key, stop])) };
    },
  };
}

function takeReport(
  state: PerceivedStopState,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
  parameters: PerceivedStopParameters,
): void {
  if (frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS) return;
  for (const object of report.objects) {
    if (!VEHICLES.has(object.objectClass) || object.speedMps === undefined) continue;
    if (object.speedMps < parameters.standingSpeedMps) see(state, frame, report, object, context, parameters);
  }
  for (const stop of state.stops.values()) {
    if (stop.told === "" || stop.seenAtMs === frame.receivedAtMs) continue;
    if (distanceM(report, stop) > parameters.absentWithinM) continue;
    if (report.objects.some((object) => distanceM(object, stop) <= parameters.sameM)) continue;
    addName(stop.absent, String(frame.stationId));
  }
}

function see(
  state: PerceivedStopState,
  frame: Frame,
  report: PerceptionReport,
  object: PerceivedObject,
  context: DetectionContext,
  parameters: PerceivedStopParameters,
): void {
  let stop = nearest(state, object, parameters.sameM);
  if (stop === undefined) {
    if (state.stops.size >= MAX_STOPS) return;
    stop = newStop(frame, object, context);
    if (stop === undefined) return;
    state.stops.set(stop.key, stop);
  }
  noteFrame(stop, frame);
  stop.looks++;
  stop.seenAtMs = frame.receivedAtMs;
  stop.observedAtMs = Math.max(stop.observedAtMs, frame.observedAtMs);
  addName(stop.observers, String(frame.stationId));
  stop.absent.length = 0;
  stop.byRoadside ||= report.stationType === "infrastructure";
}

function nearest(
  { stops }: PerceivedStopState,
  object: PerceivedObject,
  withinM: number,
): PerceivedStop | undefined {
  let best: PerceivedStop | undefined;
  let bestM = withinM;
  for (const stop of stops.values()) {
    const apartM = distanceM(stop, object);
    if (apartM > bestM || (apartM === bestM && best !== undefined)) continue;
    best = stop;
    bestM = apartM;
  }
  return best;
}

/** Undefined where it stands on no carriageway. */
function newStop(
  frame: Frame,
  object: PerceivedObject,
  context: DetectionContext,
): PerceivedStop | undefined {
  const { roads } = context;
  const spot = spotAt(object, object.headingDeg, context) ?? spotAt(object, undefined, context);
  if (roads === undefined || spot === undefined) return undefined;
  const routeM = spot.link.fromM + spot.offsetM;
  return {
    key: `${frame.stationId}:${object.objectId}:${Math.round(frame.receivedAtMs)}`,
    latitudeDeg: object.latitudeDeg,
    longitudeDeg: object.longitudeDeg,
    headingDeg: roads.headingAt(spot.link.route, routeM),
    routeIndex: spot.link.route.index,
    routeM,
    sinceMs: frame.receivedAtMs,
    observedAtMs: frame.observedAtMs,
    seenAtMs: frame.receivedAtMs,
    looks: 0,
    observers: [],
    absent: [],
    byRoadside: false,
    told: "",
    toldAtMs: 0,
    ...noWitnesses(),
  };
}

function look(
  state: PerceivedStopState,
  stop: PerceivedStop,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: PerceivedStopParameters,
): void {
  const silentMs = tickMs - stop.seenAtMs;
  if (stop.told === "") {
    if (silentMs > FORGET_UNTOLD_MS) state.stops.delete(stop.key);
    else judge(stop, tickMs, context, emit, parameters);
    return;
  }
  if (stop.absent.length >= parameters.absentObservers) {
    state.stops.delete(stop.key);
    tell(stop, "end", tickMs, emit, parameters);
    return;
  }
  if (silentMs > parameters.validityMs) {
    state.stops.delete(stop.key);
    return;
  }
  const confirms = stop.told === "suspected" && isConfirmed(stop, context, parameters);
  if (confirms) stop.told = "confirmed";
  if (confirms) tell(stop, "update", tickMs, emit, parameters);
  else if (silentMs < EXTEND_EVERY_MS && tickMs - stop.toldAtMs >= EXTEND_EVERY_MS) {
    tell(stop, "extend", tickMs, emit, parameters);
  }
}

function judge(
  stop: PerceivedStop,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: PerceivedStopParameters,
): void {
  const stoodMs = stop.seenAtMs - stop.sinceMs;
  if (stop.looks < parameters.looks || stoodMs < parameters.suspectedAfterMs) return;
  if (tickMs - stop.seenAtMs > parameters.suspectedAfterMs) return;
  if (context.stations.within(stop, ITSELF_M).some(({ speedMps }) => (speedMps ?? 0) < 1)) return;
  const spot = spotAt(stop, stop.headingDeg, context);
  const place = standingPlace(stop, stop.headingDeg, spot, context, PLACE);
  if (spot === undefined || (place !== "fast" && place !== "merge" && place !== "ramp")) return;
  const standing = { ...stop, stationId: NOBODY };
  if (isQueued(standing, spot, tickMs, context, PLACE)) return;
  const slow = flowAround(standing, spot, speedOf(spot.link, context), tickMs, context, PLACE) === "slow";
  if (stoodMs < waitMs(place, slow)) return;
  stop.told = isConfirmed(stop, context, parameters) ? "confirmed" : "suspected";
  tell(stop, "start", tickMs, emit, parameters);
}

/** How long it must have stood at such a place. */
function waitMs(place: StandingPlace, slow: boolean): number {
  if (place === "ramp") return PLACE.rampAfterMs;
  return place === "merge" ? PLACE.mergeAfterMs : slow ? PLACE.doubtfulAfterMs : 0;
}

/** Seen for long enough by a roadside unit or by others that are believed together. */
function isConfirmed(
  stop: PerceivedStop,
  { trust, identity }: DetectionContext,
  parameters: PerceivedStopParameters,
): boolean {
  if (stop.seenAtMs - stop.sinceMs < parameters.confirmedAfterMs) return false;
  if (stop.byRoadside) return true;
  const users = new Set(stop.observers.map((id) => identity.roadUserOf(Number(id))));
  let sum = 0;
  for (const user of users) sum += Math.round(trust.trustOf(user) * 1_000);
  return users.size > 1 && sum >= parameters.trustSum * 1_000;
}

function tell(
  stop: PerceivedStop,
  phase: Detection["phase"],
  tickMs: number,
  emit: Emit,
  parameters: PerceivedStopParameters,
): void {
  stop.toldAtMs = tickMs;
  const content = perceivedStopContent(stop, parameters);
  emit({ ...content, detector: NAME, key: stop.key, phase, decidedAtMs: tickMs });
}
