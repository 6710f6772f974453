import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type {
  AutomationReport,
  MotionReport,
  ObjectClass,
  PerceptionReport,
  PlannedPoint,
} from "../../domain/observation.ts";
import { isVulnerable } from "../../domain/station.ts";
import { atan2Deg } from "../../geo/trigonometry.ts";
import { valuesOf } from "../parameter.ts";
import { COLLISION_RISK } from "./collision-risk-parameters.ts";
import {
  type CollisionState,
  initialCollisionState,
  isInOneLane,
  noteLateral,
  type RiskPair,
  readCollisionState,
  riskContent,
  takeEncounter,
  writeCollisionState,
} from "./collision-state.ts";
import { type CollisionParameters, type Encounter, encounterOf, partyOf } from "./encounter.ts";
import { type Mover, MoverKind } from "./proximity-grid.ts";

const NAME = "collision-risk";

/** How often those that have reported are screened. */
const SCREEN_EVERY_MS = 100;

/**
 * Neighbours looked at in one screening: at 60 ns each 6 ms of 100. Where more have reported, as many as fit are looked at,
 * beginning with another one each time; the others report again.
 */
const MAX_LOOKS = 100_000;
const MAX_DIRTY = 200_000;

/** A pair that comes near costs as much as this many looks. */
const LOOKS_PER_PAIR = 50;

/** Steps by which the first one moves: a prime, so that nobody is always the last. */
const START_STEP = 7_919;

/** Bounds memory; risks of a country at once are dozens, pairs of which one overtakes the other some thousands. */
const MAX_MOVERS = 1_000_000;
const MAX_PAIRS = 50_000;
const MAX_OBJECTS = 100_000;
const MAX_PLANS = 10_000;
const MAX_PLAN_POINTS = 64;

/**
 * Of two that may collide one is slow, brakes, or is vulnerable: that one looks around. Vehicles that cruise faster than
 * this are found by others; nine of ten on motorways cost nothing more than their place in the grid.
 */
const LOOKS_BELOW_MPS = 70 / 3.6;
const LOOKS_BRAKING_MPS2 = 2.5;

/** How near two must come by straight lines to be looked at more closely, m. */
const MISS_M = 6;

/** The same of those that turn or tell their plan: half of 5 m/s² sideways over 2.5 s, m. */
const MISS_BENT_M = 20;

/** Reports farther apart in time say nothing about an encounter. */
const MAX_AGE_MS = 1_500;

/** Longest silence: that of vehicles that live for three intervals of 1 s. */
const KEEP_MS = 3_000;
const SWEEP_TURNS = 40;

const VULNERABLE_OBJECTS: ReadonlySet<ObjectClass> = new Set([
  "pedestrian",
  "cyclist",
  "vru-group",
  "animal",
]);

interface Found {
  readonly first: Mover;
  readonly second: Mover;
  readonly encounter: Encounter;
}

/**
 * Risk of collision between vehicles (`collision-risk`) and with vulnerable road users (`vru-risk`), every 100 ms for those
 * that have reported. The grid offers pairs that would meet at constant velocity; `encounterOf` judges them along their
 * roads, in towns along the arcs of those that turn, and along what automated vehicles say that they plan. Told are encounters that need harder braking than drivers do by themselves, that nobody brakes for yet, and that
 * two reports show: a follower in dense traffic, oncoming traffic in a curve, a bridge and a parked car are none. One alert
 * per pair; the same two are left alone for 10 s afterwards.
 */
export function collisionRisk(
  parameters: CollisionParameters = valuesOf(COLLISION_RISK),
): Detector<CollisionState> {
  return {
    name: NAME,
    snapshotVersion: 2,
    restartsEmpty: true,
    init: initialCollisionState,
    prefetch: ({ grid }, frames) => grid.prefetch(frames),
    onItem(state, frame) {
      const { observation } = frame;
      if (observation.kind === "motion") onMotion(state, frame, observation);
      else if (observation.kind === "perception") onPerception(state, frame, observation);
      else if (observation.kind === "automation") notePlan(state, frame, observation);
    },
    onTick(state, tickMs, context, emit) {
      state.grid.sweep(tickMs, KEEP_MS, SWEEP_TURNS);
      if (tickMs % SCREEN_EVERY_MS === 0) onScreening(state, tickMs, context, emit, parameters);
    },
    snapshot: writeCollisionState,
    restore: readCollisionState,
  };
}

function onMotion(state: CollisionState, frame: Frame, report: MotionReport): void {
  const { speedMps, headingDeg } = report;
  if (speedMps === undefined || frame.late || frame.clockReplaced) return;
  if (report.stationType === "infrastructure" || state.grid.size >= MAX_MOVERS) return;
  if (headingDeg === undefined && speedMps > 1) return;
  state.grid.put(
    frame.stationId,
    isVulnerable(report.stationType) ? MoverKind.vulnerable : 0,
    report.latitudeDeg,
    report.longitudeDeg,
    report.driveDirection === "backward" ? 0 : speedMps,
    headingDeg ?? 0,
    report.accelerationMps2 ?? 0,
    frame.observedAtMs,
    frame.receivedAtMs,
    report.lengthM ?? 0,
  );
  if (speedMps < LOOKS_BELOW_MPS || (report.accelerationMps2 ?? 0) <= -LOOKS_BRAKING_MPS2) {
    markDirty(state, frame.stationId);
  }
}

/** A plan holds until it ends or another one comes; a report without one takes it back. */
function notePlan({ plans }: CollisionState, frame: Frame, { plannedPath }: AutomationReport): void {
  if (frame.late || frame.clockReplaced) return;
  const id = frame.stationId | 0;
  plans.delete(id);
  if (plannedPath.length < 2) return;
  for (const oldest of plans.keys()) {
    if (plans.size < MAX_PLANS) break;
    plans.delete(oldest);
  }
  plans.set(id, plannedPath.slice(0, MAX_PLAN_POINTS));
}

/** The plan of a station as long as it lasts. */
function planOf({ plans }: CollisionState, mover: Mover): readonly PlannedPoint[] {
  if (plans.size === 0) return NO_PLAN;
  const plan = plans.get(mover.id | 0);
  if (plan === undefined || (mover.kind & MoverKind.perceived) !== 0) return NO_PLAN;
  if ((plan.at(-1)?.atMs ?? 0) >= mover.observedAtMs) return plan;
  plans.delete(mover.id | 0);
  return NO_PLAN;
}

const NO_PLAN: readonly PlannedPoint[] = [];

function markDirty(state: CollisionState, id: number): void {
  if (state.dirty.length < MAX_DIRTY) state.dirty.push(id);
  else state.unscreened++;
}

/** Persons and vehicles that sensors see. Vehicles that speak for themselves overlap with what is seen of them. */
function onPerception(state: CollisionState, frame: Frame, report: PerceptionReport): void {
  if (frame.late || frame.clockReplaced) return;
  for (const object of report.objects) {
    const { speedMps, headingDeg } = object;
    if (speedMps === undefined || (headingDeg === undefined && speedMps > 1)) continue;
    if (!VULNERABLE_OBJECTS.has(object.objectClass)) continue;
    const id = objectId(state, `${frame.stationId}:${object.objectId}`);
    if (id === undefined) return;
    state.grid.put(
      id,
      MoverKind.perceived | MoverKind.vulnerable,
      object.latitudeDeg,
      object.longitudeDeg,
      speedMps,
      headingDeg ?? 0,
      0,
      object.measuredAtMs,
      frame.receivedAtMs,
      object.lengthM ?? 0,
    );
    markDirty(state, id);
  }
}

function objectId(state: CollisionState, key: string): number | undefined {
  const known = state.objects.get(key);
  if (known !== undefined) return known;
  if (state.objects.size >= MAX_OBJECTS) state.objects.clear();
  const id = state.nextObject;
  state.nextObject = id <= 0xf0000000 ? 0xffffffff : id - 1;
  state.objects.set(key, id);
  return id;
}

function onScreening(
  state: CollisionState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: CollisionParameters,
): void {
  const found = screen(state, tickMs, context, parameters);
  for (const one of found) take(state, one, tickMs, emit, parameters);
  if (state.pairs.size > 0) tidy(state, tickMs, emit, parameters);
}

/** Encounters of those that have reported, once per pair, in the order of their ids. */
function screen(
  state: CollisionState,
  tickMs: number,
  context: DetectionContext,
  parameters: CollisionParameters,
): readonly Found[] {
  const { grid, dirty } = state;
  if (dirty.length === 0) return NOTHING;
  const found = new Map<string, Found>();
  const near: number[] = [];
  let looks = 0;
  let done = 0;
  const start = (tickMs / SCREEN_EVERY_MS) * START_STEP;
  for (; done < dirty.length && looks < MAX_LOOKS; done++) {
    const slot = grid.slotOf(dirty[(start + done) % dirty.length] as number);
    if (slot === undefined) continue;
    near.length = 0;
    const bent = Math.abs(grid.turnAt(slot)) >= parameters.turnsDegps || state.plans.has(grid.idAt(slot) | 0);
    const missM = bent ? MISS_BENT_M : MISS_M;
    looks += grid.screen(slot, parameters.horizonS, missM, parameters.closingMps, MAX_AGE_MS, near);
    looks += near.length * LOOKS_PER_PAIR;
    for (const other of near)
      judgePair(state, grid.mover(slot), grid.mover(other), context, parameters, found);
  }
  state.unscreened += dirty.length - done;
  dirty.length = 0;
  if (found.size === 0) return NOTHING;
  return [...found.values()].sort((a, b) => a.first.id - b.first.id || a.second.id - b.second.id);
}

function judgePair(
  state: CollisionState,
  one: Mover,
  other: Mover,
  { stations }: DetectionContext,
  parameters: CollisionParameters,
  found: Map<string, Found>,
): void {
  const [first, second] = one.id < other.id ? [one, other] : [other, one];
  const key = `${first.id}:${second.id}`;
  if (found.has(key)) return;
  const a = partyOf(first, stations.get(first.id), planOf(state, first), parameters);
  const b = partyOf(second, stations.get(second.id), planOf(state, second), parameters);
  const encounter = encounterOf(a, b, parameters);
  if (encounter !== undefined) found.set(key, { first, second, encounter });
}

function take(
  state: CollisionState,
  { first, second, encounter }: Found,
  tickMs: number,
  emit: Emit,
  parameters: CollisionParameters,
): void {
  const key = `${first.id}:${second.id}`;
  const observedAtMs = Math.max(first.observedAtMs, second.observedAtMs);
  let pair = state.pairs.get(key);
  if (pair === undefined) {
    if (state.pairs.size >= MAX_PAIRS) return;
    pair = newPair(key);
    state.pairs.set(key, pair);
  }
  // The faster one is who is warned.
  const at = speedSquared(first) >= speedSquared(second) ? first : second;
  takeEncounter(pair, encounter, at, atan2Deg(at.eastMps, at.northMps));
  if (observedAtMs > pair.observedAtMs) {
    noteLateral(pair, encounter);
    pair.looks = encounter.risky ? pair.looks + 1 : 0;
  }
  pair.observedAtMs = observedAtMs;
  if (!encounter.risky && pair.told) return;
  pair.seenAtMs = tickMs;
  if (!encounter.risky || !isInOneLane(pair, parameters)) return;
  const certain =
    encounter.subCauseCode === 1 && encounter.requiredMps2 >= parameters.certainDecelerationMps2;
  if (pair.told) tell(pair, "extend", tickMs, emit, parameters);
  else if ((certain || pair.looks >= parameters.confirmingLooks) && tickMs >= pair.quietUntilMs) {
    pair.told = true;
    tell(pair, "start", tickMs, emit, parameters);
  }
}

function speedSquared({ northMps, eastMps }: Mover): number {
  return northMps * northMps + eastMps * eastMps;
}

function newPair(key: string): RiskPair {
  return {
    key,
    subCauseCode: 0,
    lateralLooks: 0,
    lateralCm: 0,
    lateralCm2: 0,
    oneLane: false,
    looks: 0,
    timeToCollisionS: 0,
    requiredMps2: 0,
    closingMps: 0,
    distanceM: 0,
    latitudeDeg: 0,
    longitudeDeg: 0,
    headingDeg: 0,
    observedAtMs: 0,
    seenAtMs: 0,
    told: false,
    toldAtMs: 0,
    quietUntilMs: 0,
  };
}

function tidy(state: CollisionState, tickMs: number, emit: Emit, parameters: CollisionParameters): void {
  for (const pair of state.pairs.values()) {
    if (tickMs - pair.seenAtMs < parameters.endAfterMs) continue;
    if (pair.told) {
      pair.told = false;
      pair.looks = 0;
      pair.quietUntilMs = tickMs + parameters.againAfterMs;
      tell(pair, "end", tickMs, emit, parameters);
    } else if (tickMs >= pair.quietUntilMs) state.pairs.delete(pair.key);
  }
}

function tell(
  pair: RiskPair,
  phase: Detection["phase"],
  tickMs: number,
  emit: Emit,
  parameters: CollisionParameters,
): void {
  pair.toldAtMs = tickMs;
  const kind = pair.subCauseCode === 4 ? "vru-risk" : "collision-risk";
  const content = riskContent(pair, kind, parameters);
  emit({ ...content, detector: NAME, key: pair.key, phase, decidedAtMs: tickMs });
}

const NOTHING: readonly Found[] = [];
