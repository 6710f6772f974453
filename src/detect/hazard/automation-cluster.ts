import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { AutomationReport } from "../../domain/observation.ts";
import { valuesOf } from "../parameter.ts";
import { type ClusterParameters, clusterDetection, type Finding, NAME } from "./cluster-content.ts";
import { cellOf } from "./cluster-place.ts";
import {
  type ClusterState,
  type Engaged,
  newPlace,
  type Place,
  restoreClusters,
  snapshotClusters,
} from "./cluster-state.ts";
import { poissonAtLeast } from "./poisson.ts";
import { AUTOMATION_CLUSTER } from "./reported-parameters.ts";

/** Exposure is counted in slices; events older than the window go with theirs. */
const SLICE_MS = 300_000;

const MAX_ENGAGED = 50_000;
const MAX_PLACES = 50_000;
const MAX_EVENTS = 64;

/** Engaged vehicles are looked up in five groups, each every 5 s: 180 m at 130 km/h, less than a place of 500 m. */
const GROUPS = 5;
const GROUP_EVERY_MS = 1_000;

/** An automated vehicle that tells nothing for this long may not be automated any more. */
const FORGET_ENGAGED_MS = 300_000;

const DECIDE_EVERY_MS = 10_000;

/** What the driver did by choice, and faults of the vehicle itself, say nothing about the road (see AutomationCause). */
const DRIVER = 8;
const SYSTEM_FAULT = 6;

/** Below this share of the odds of a suspicion a cluster that was told is over. */
const HYSTERESIS = 10;

/**
 * Places where automation gives up: requests to take over, disengagements, hard interventions, manoeuvres of minimal
 * risk, unplanned exits from the design domain and calls for remote help, of several vehicles, against the automated
 * passages of the same 500 m. The rate of all other places, with a prior, gives what is expected; a Poisson test, corrected
 * for the number of places, says whether chance would do that. Then the cause is in the road: a faded marking, works that
 * are not on the map, glare, something lying there.
 */
export function automationCluster(
  parameters: ClusterParameters = valuesOf(AUTOMATION_CLUSTER),
): Detector<ClusterState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ engaged: new Map(), places: new Map(), told: new Map(), refused: 0 }),
    hears: ["automation"],
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind === "automation") takeEvent(state, frame, report, context, parameters);
    },
    onTick(state, tickMs, context, emit) {
      if (tickMs % GROUP_EVERY_MS === 0) countPassages(state, tickMs, context);
      if (tickMs % DECIDE_EVERY_MS === 0) decide(state, tickMs, context, emit, parameters);
    },
    refused: ({ refused }) => refused,
    snapshot: snapshotClusters,
    restore: restoreClusters,
  };
}

function takeEvent(
  state: ClusterState,
  frame: Frame,
  report: AutomationReport,
  context: DetectionContext,
  parameters: ClusterParameters,
): void {
  const road = context.stations.get(frame.stationId)?.road;
  const cell = cellOf(report, report.headingDeg, road);
  const key = frame.stationId | 0;
  const known = state.engaged.get(key);
  if (known?.cell !== cell.key) {
    const place = placeAt(state, cell.key, cell, frame.receivedAtMs);
    if (place !== undefined) addPassage(place, frame.receivedAtMs);
  }
  if (isUnexpected(report, parameters)) noteEvent(state, cell.key, frame, report, context);
  if (isDriving(report)) remember(state, known, key, cell.key, frame);
  else state.engaged.delete(key);
}

/** Whether the automation goes on driving after this event. */
function isDriving({ event, engaged }: AutomationReport): boolean {
  if (engaged !== undefined) return engaged;
  return (
    event !== "disengagement" && event !== "design-domain-left" && event !== "minimal-risk-manoeuvre-ended"
  );
}

function isUnexpected(report: AutomationReport, { plannedLeadMs }: ClusterParameters): boolean {
  if (report.cause === DRIVER || report.cause === SYSTEM_FAULT) return false;
  switch (report.event) {
    case "takeover-request":
      return report.cause !== 0 || (report.leadTimeMs ?? 0) < plannedLeadMs;
    case "design-domain-left":
      return report.cause !== 0;
    case "disengagement":
    case "hard-intervention":
    case "minimal-risk-manoeuvre-started":
    case "remote-assistance-requested":
      return true;
    default:
      return false;
  }
}

function remember(
  state: ClusterState,
  known: Engaged | undefined,
  key: number,
  cell: string,
  frame: Frame,
): void {
  if (known !== undefined) {
    known.cell = cell;
    known.heardAtMs = frame.receivedAtMs;
  } else if (state.engaged.size < MAX_ENGAGED) {
    state.engaged.set(key, { stationId: frame.stationId, cell, heardAtMs: frame.receivedAtMs });
  } else state.refused++;
}

function placeAt(
  state: ClusterState,
  key: string,
  cell: Pick<Place, "latitudeDeg" | "longitudeDeg" | "headingDeg" | "routeIndex" | "routeM">,
  nowMs: number,
): Place | undefined {
  const known = state.places.get(key);
  if (known !== undefined) return known;
  if (state.places.size >= MAX_PLACES) {
    state.refused++;
    return undefined;
  }
  const place = newPlace(key, cell, Math.floor(nowMs / SLICE_MS));
  state.places.set(key, place);
  return place;
}

function addPassage(place: Place, nowMs: number): void {
  const slice = Math.floor(nowMs / SLICE_MS);
  const last = place.slices.at(-1);
  if (last !== undefined && last.slice === slice) last.passages++;
  else place.slices.push({ slice, passages: 1 });
}

function noteEvent(
  { places }: ClusterState,
  key: string,
  frame: Frame,
  report: AutomationReport,
  { identity }: DetectionContext,
): void {
  const place = places.get(key);
  if (place === undefined) return;
  const user = identity.roadUserOf(frame.stationId);
  const known = place.events.find((one) => one.user === user);
  if (known !== undefined) {
    known.atMs = frame.receivedAtMs;
    if (report.cause !== 0) known.cause = report.cause;
    known.count++;
    return;
  }
  if (place.events.length >= MAX_EVENTS) place.events.shift();
  place.events.push({
    user,
    atMs: frame.receivedAtMs,
    event: report.event,
    cause: report.cause,
    count: 1,
    source: frame.source.name,
  });
}

/** Automated vehicles drive on between their events. */
function countPassages(state: ClusterState, tickMs: number, context: DetectionContext): void {
  const group = (tickMs / GROUP_EVERY_MS) % GROUPS;
  for (const [key, engaged] of state.engaged) {
    if ((engaged.stationId >>> 0) % GROUPS !== group) continue;
    const station = context.stations.get(engaged.stationId);
    const heardAtMs = station?.receivedAtMs ?? 0;
    if (tickMs - Math.max(engaged.heardAtMs, heardAtMs) > FORGET_ENGAGED_MS) state.engaged.delete(key);
    if (station === undefined) continue;
    const cell = cellOf(station, station.headingDeg, station.road);
    if (cell.key === engaged.cell) continue;
    engaged.cell = cell.key;
    const place = placeAt(state, cell.key, cell, tickMs);
    if (place !== undefined) addPassage(place, tickMs);
  }
}

interface Totals {
  passages: number;
  events: number;
  places: number;
}

function decide(
  state: ClusterState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ClusterParameters,
): void {
  const totals = tidy(state, tickMs, parameters);
  for (const [key, told] of state.told) {
    if (state.places.has(key)) continue;
    end(state, key, told, tickMs, emit);
  }
  const eventful = [...state.places.values()].filter(({ events }) => events.length > 0);
  eventful.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const place of eventful) judge(state, place, totals, tickMs, context, emit, parameters);
}

/** Drops what is older than the window, and sums up the rest. */
function tidy({ places }: ClusterState, tickMs: number, { windowMs }: ClusterParameters): Totals {
  const totals: Totals = { passages: 0, events: 0, places: 0 };
  const firstSlice = Math.floor((tickMs - windowMs) / SLICE_MS);
  for (const place of places.values()) {
    while ((place.slices[0]?.slice ?? firstSlice) < firstSlice) place.slices.shift();
    for (let i = place.events.length - 1; i >= 0; i--) {
      if (tickMs - (place.events[i]?.atMs ?? 0) > windowMs) place.events.splice(i, 1);
    }
    if (place.slices.length === 0 && place.events.length === 0) places.delete(place.key);
    totals.passages += passagesOf(place);
    totals.events += place.events.length;
    totals.places++;
  }
  return totals;
}

function passagesOf({ slices }: Place): number {
  let passages = 0;
  for (const slice of slices) passages += slice.passages;
  return passages;
}

function judge(
  state: ClusterState,
  place: Place,
  totals: Totals,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ClusterParameters,
): void {
  const finding = findingOf(place, totals, parameters);
  const told = state.told.get(place.key);
  const before = told?.tier;
  const enough = finding.vehicles >= parameters.minVehicles && finding.ratio >= parameters.minRatio;
  const tier =
    enough && (before === "confirmed" || finding.odds >= parameters.confirmedOdds)
      ? "confirmed"
      : enough && finding.odds >= parameters.suspectedOdds
        ? "suspected"
        : undefined;
  if (told !== undefined && finding.odds < parameters.suspectedOdds / HYSTERESIS) {
    end(state, place.key, told, tickMs, emit);
    return;
  }
  if (
    tier === undefined ||
    (told !== undefined && told.tier === tier && told.evidence.stations === finding.vehicles)
  ) {
    return;
  }
  const phase = told === undefined ? "start" : told.tier === tier ? "extend" : "update";
  const detection = clusterDetection(place, finding, tier, phase, tickMs, context.roads, parameters);
  state.told.set(place.key, detection);
  emit(detection);
}

/** Expected by the rate of all other places; the place itself must not teach what is usual. */
function findingOf(place: Place, totals: Totals, { priorPassages }: ClusterParameters): Finding {
  const passages = Math.max(passagesOf(place), place.events.length);
  const vehicles = place.events.length;
  const otherEvents = totals.events - vehicles + 1;
  const otherPassages = totals.passages - passagesOf(place) + priorPassages;
  const expected = (otherEvents / otherPassages) * passages;
  const elsewhere = (totals.events - vehicles + 0.5) / (totals.passages - passagesOf(place) + 1);
  const ratio = vehicles / passages / elsewhere;
  const chance = Math.min(1, poissonAtLeast(vehicles, expected) * Math.max(1, totals.places));
  return { passages, vehicles, expected, ratio, odds: chance > 0 ? Math.min(1e12, 1 / chance) : 1e12 };
}

function end(state: ClusterState, key: string, told: Detection, tickMs: number, emit: Emit): void {
  state.told.delete(key);
  emit({ ...told, phase: "end", decidedAtMs: tickMs });
}
