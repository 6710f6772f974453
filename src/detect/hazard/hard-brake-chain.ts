import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import { EventBit, type MotionReport } from "../../domain/observation.ts";
import { isVulnerable } from "../../domain/station.ts";
import { distanceBetweenM, headingDifferenceDeg, LocalPlane } from "../../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { StationMap } from "../station-map.ts";
import { noWitnesses } from "../witnesses.ts";
import {
  type BrakeChain,
  type ChainState,
  chainContent,
  type HardBrake,
  readChainState,
  writeChainState,
} from "./brake-chain-state.ts";
import { HARD_BRAKE_CHAIN } from "./hard-brake-chain-parameters.ts";

export type ChainParameters = ValuesOf<typeof HARD_BRAKE_CHAIN>;

const NAME = "hard-brake-chain";

/** Bounds memory where everybody brakes at once. */
const MAX_BRAKES = 20_000;
const MAX_CHAINS = 2_000;

/** A brake is over after this much time without a hard sample; one that never counted is then forgotten. */
const BRAKE_GAP_MS = 2_000;
const SWEEP_EVERY_MS = 1_000;

/** Off the map, brakes of one road have similar headings and lie on one strip. */
const HEADING_DEG = 30;
const LATERAL_M = 20;

/** A chain must have moved upstream at all, beyond the noise of positions. */
const LEAST_SHIFT_M = 10;

const MAX_AGE_MS = 2_000;

/** The part of a chain that a fit is made from. */
interface Fit {
  readonly members: readonly HardBrake[];
  readonly waveMps: number;
  readonly lengthM: number;
  readonly trustSum: number;
}

/**
 * Shock waves before a queue is slow: three distinct road users that brake hard one behind the other, each taking at
 * least 30 km/h off, within 10 s and 300 m of one carriageway, and the later the farther upstream: the straight line
 * through (time, place) must fall at 5 km/h (a wave of congestion) to 130 km/h (drivers who react to brake lights). The speed drop keeps ordinary braking out: a driver that closes a gap
 * brakes as hard, but shortly.
 */
export function hardBrakeChain(
  parameters: ChainParameters = valuesOf(HARD_BRAKE_CHAIN),
): Detector<ChainState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ brakes: new StationMap(), chains: new Map(), fresh: [] }),
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind !== "motion" || report.speedMps === undefined) return;
      const hard =
        (report.accelerationMps2 ?? 0) <= -parameters.decelerationMps2 ||
        (report.eventBits & EventBit.hardBraking) !== 0;
      if (!hard && state.brakes.size === 0) return;
      onReport(state, frame, report, report.speedMps, hard, context, parameters);
    },
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    snapshot: writeChainState,
    restore: readChainState,
  };
}

function onReport(
  state: ChainState,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
  hard: boolean,
  context: DetectionContext,
  parameters: ChainParameters,
): void {
  let brake = state.brakes.get(frame.stationId);
  if (brake !== undefined && !brake.counts && frame.receivedAtMs - brake.heardAtMs > BRAKE_GAP_MS) {
    state.brakes.delete(frame.stationId);
    brake = undefined;
  }
  if (brake === undefined) {
    if (!hard || speedMps < parameters.onsetSpeedMps || state.brakes.size >= MAX_BRAKES) return;
    if (isVulnerable(report.stationType) || report.headingDeg === undefined) return;
    if (frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS) return;
    state.brakes.set(frame.stationId, newBrake(frame, report, report.headingDeg, speedMps, context));
    return;
  }
  if (brake.counts) return;
  if (hard) {
    brake.heardAtMs = frame.receivedAtMs;
    brake.peakMps2 = Math.max(brake.peakMps2, -(report.accelerationMps2 ?? 0));
  }
  brake.leastMps = Math.min(brake.leastMps, speedMps);
  if (brake.onsetMps - brake.leastMps < parameters.dropMps) return;
  brake.counts = true;
  state.fresh.push(frame.stationId);
}

/** The first hard sample has lost speed already: half of what its deceleration takes in a second. */
const ONSET_S = 0.5;

function newBrake(
  frame: Frame,
  report: MotionReport,
  headingDeg: number,
  speedMps: number,
  { stations }: DetectionContext,
): HardBrake {
  const road = stations.get(frame.stationId)?.road;
  const peakMps2 = Math.max(0, -(report.accelerationMps2 ?? 0));
  return {
    stationId: frame.stationId,
    atMs: frame.receivedAtMs,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg,
    onsetMps: speedMps + peakMps2 * ONSET_S,
    routeIndex: road?.link.route.index ?? -1,
    routeM: road?.routeM ?? 0,
    peakMps2,
    leastMps: speedMps,
    heardAtMs: frame.receivedAtMs,
    counts: false,
  };
}

function onTick(
  state: ChainState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ChainParameters,
): void {
  if (state.fresh.length > 0) {
    const fresh = state.fresh.splice(0).sort((a, b) => a - b);
    for (const stationId of fresh) {
      const brake = state.brakes.get(stationId);
      if (brake !== undefined) joinChain(state, brake, tickMs, context, emit, parameters);
    }
  }
  if (tickMs % SWEEP_EVERY_MS === 0 && state.brakes.size + state.chains.size > 0) {
    sweep(state, tickMs, emit, parameters);
  }
}

function sweep(state: ChainState, tickMs: number, emit: Emit, parameters: ChainParameters): void {
  for (const brake of state.brakes.values()) {
    const keepMs = brake.counts ? parameters.withinMs + BRAKE_GAP_MS : BRAKE_GAP_MS;
    if (tickMs - brake.heardAtMs > keepMs) state.brakes.delete(brake.stationId);
  }
  for (const chain of state.chains.values()) {
    if (tickMs - chain.lastAtMs < parameters.endAfterMs) continue;
    state.chains.delete(chain.key);
    tell(chain, "end", tickMs, emit, parameters);
  }
}

/** A brake that has counted makes an older chain longer, or a new one complete. */
function joinChain(
  state: ChainState,
  brake: HardBrake,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ChainParameters,
): void {
  const near = brakesNear(state, brake, context, parameters);
  const fit = fitOf(near, brake, context, parameters);
  if (fit === undefined) return;
  const known = chainOf(state, brake, parameters);
  if (known === undefined && state.chains.size >= MAX_CHAINS) return;
  const chain = known ?? newChain(brake, fit, tickMs);
  grow(chain, brake, fit, known === undefined);
  state.chains.set(chain.key, chain);
  tell(chain, known === undefined ? "start" : "update", tickMs, emit, parameters);
}

/** Counted brakes of distinct road users on the same carriageway around one, by time. */
function brakesNear(
  state: ChainState,
  brake: HardBrake,
  { identity }: DetectionContext,
  parameters: ChainParameters,
): HardBrake[] {
  const near: HardBrake[] = [];
  for (const other of state.brakes.values()) {
    if (!other.counts || Math.abs(other.atMs - brake.atMs) > parameters.withinMs) continue;
    if (isSameRoad(other, brake, parameters.withinM)) near.push(other);
  }
  near.sort((a, b) => a.atMs - b.atMs || a.stationId - b.stationId);
  const users = new Set<number>();
  return near.filter(({ stationId }) => {
    const user = identity.roadUserOf(stationId);
    const isNew = !users.has(user);
    users.add(user);
    return isNew;
  });
}

function isSameRoad(a: HardBrake, b: HardBrake, withinM: number): boolean {
  if (headingDifferenceDeg(a.headingDeg, b.headingDeg) > HEADING_DEG) return false;
  if (a.routeIndex >= 0 && b.routeIndex >= 0) {
    return a.routeIndex === b.routeIndex && Math.abs(a.routeM - b.routeM) <= withinM;
  }
  if (distanceBetweenM(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg) > withinM) return false;
  return Math.abs(placeFrom(b, a).leftM) <= LATERAL_M;
}

/** Place of one brake as seen from another, along its heading and to the left. */
function placeFrom(origin: HardBrake, other: HardBrake): { readonly alongM: number; readonly leftM: number } {
  if (origin.routeIndex >= 0 && origin.routeIndex === other.routeIndex) {
    return { alongM: other.routeM - origin.routeM, leftM: 0 };
  }
  const plane = new LocalPlane(origin);
  const northM = plane.northM(other.latitudeDeg);
  const eastM = plane.eastM(other.longitudeDeg);
  const sine = sinDeg(origin.headingDeg);
  const cosine = cosDeg(origin.headingDeg);
  return { alongM: northM * cosine + eastM * sine, leftM: northM * sine - eastM * cosine };
}

/** The straight line through time and place, in whole milliseconds and millimetres so that any order sums alike. */
function fitOf(
  members: readonly HardBrake[],
  origin: HardBrake,
  { trust }: DetectionContext,
  parameters: ChainParameters,
): Fit | undefined {
  if (members.length < parameters.vehicles) return undefined;
  const points = members.map((one) => ({
    ms: Math.round(one.atMs - origin.atMs),
    mm: Math.round(placeFrom(origin, one).alongM * 1_000),
  }));
  const meanMs = points.reduce((sum, { ms }) => sum + ms, 0) / points.length;
  const meanMm = points.reduce((sum, { mm }) => sum + mm, 0) / points.length;
  let covariance = 0;
  let variance = 0;
  for (const { ms, mm } of points) {
    covariance += (ms - meanMs) * (mm - meanMm);
    variance += (ms - meanMs) * (ms - meanMs);
  }
  if (variance === 0) return undefined;
  // Millimetres per millisecond are metres per second; downstream is positive.
  const waveMps = -covariance / variance;
  if (waveMps < parameters.leastWaveMps || waveMps > parameters.mostWaveMps) return undefined;
  const places = points.map(({ mm }) => mm / 1_000);
  const lengthM = Math.max(...places) - Math.min(...places);
  const shiftM = (places[0] ?? 0) - (places.at(-1) ?? 0);
  if (lengthM > parameters.withinM || shiftM < LEAST_SHIFT_M) return undefined;
  const thousandths = members.reduce(
    (sum, { stationId }) => sum + Math.round(trust.trustOf(stationId) * 1_000),
    0,
  );
  const trustSum = thousandths / 1_000;
  return trustSum < parameters.trustSum ? undefined : { members, waveMps, lengthM, trustSum };
}

/** The live chain whose last brake is near. */
function chainOf(state: ChainState, brake: HardBrake, parameters: ChainParameters): BrakeChain | undefined {
  for (const chain of state.chains.values()) {
    if (chain.routeIndex !== brake.routeIndex) continue;
    if (headingDifferenceDeg(chain.headingDeg, brake.headingDeg) > HEADING_DEG) continue;
    const apartM = distanceBetweenM(
      chain.latitudeDeg,
      chain.longitudeDeg,
      brake.latitudeDeg,
      brake.longitudeDeg,
    );
    if (apartM <= parameters.withinM) return chain;
  }
  return undefined;
}

function newChain(brake: HardBrake, { members }: Fit, tickMs: number): BrakeChain {
  const [first = brake] = members;
  return {
    key: `${first.stationId}:${Math.round(first.atMs)}`,
    startedAtMs: tickMs,
    routeIndex: brake.routeIndex,
    latitudeDeg: brake.latitudeDeg,
    longitudeDeg: brake.longitudeDeg,
    headingDeg: brake.headingDeg,
    headLatitudeDeg: first.latitudeDeg,
    headLongitudeDeg: first.longitudeDeg,
    vehicles: 0,
    waveMps: 0,
    meanDropMps: 0,
    trustSum: 0,
    peakMps2: 0,
    lengthM: 0,
    lastAtMs: tickMs,
    ...noWitnesses(),
  };
}

function grow(chain: BrakeChain, brake: HardBrake, fit: Fit, isNew: boolean): void {
  const last = fit.members.at(-1) ?? brake;
  chain.latitudeDeg = last.latitudeDeg;
  chain.longitudeDeg = last.longitudeDeg;
  chain.headingDeg = last.headingDeg;
  chain.vehicles = isNew ? fit.members.length : chain.vehicles + 1;
  chain.observations = chain.vehicles;
  chain.waveMps = fit.waveMps;
  chain.trustSum = Math.max(chain.trustSum, fit.trustSum);
  chain.lengthM = fit.lengthM;
  chain.lastAtMs = Math.max(brake.heardAtMs, isNew ? 0 : chain.lastAtMs);
  let drops = 0;
  for (const one of fit.members) {
    drops += Math.round((one.onsetMps - one.leastMps) * 1_000);
    chain.peakMps2 = Math.max(chain.peakMps2, one.peakMps2);
  }
  chain.meanDropMps = drops / 1_000 / fit.members.length;
}

function tell(
  chain: BrakeChain,
  phase: Detection["phase"],
  tickMs: number,
  emit: Emit,
  parameters: ChainParameters,
): void {
  const content = chainContent(chain, parameters);
  emit({ ...content, detector: NAME, key: chain.key, phase, decidedAtMs: tickMs });
}
