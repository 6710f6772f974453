import type { DetectionContext } from "../domain/detector.ts";
import type { Frame } from "../domain/frame.ts";
import type { HazardNotice } from "../domain/observation.ts";
import { distanceM } from "../geo/geodesy.ts";
import type { Candidate } from "./stationary-candidate.ts";
import { speedOf } from "./stationary-place.ts";
import type { StationaryParameters, StationaryState } from "./stationary-state.ts";

/** Causes of notices that speak of a standing vehicle: accident, breakdown, post crash, stationary vehicle. */
const STOP_CAUSES: ReadonlySet<number> = new Set([2, 91, 92, 94]);

/** A notice and a vehicle this near to each other are about the same (TS 103 759: event position of a stationary vehicle). */
const NOTICE_M = 100;

/** Bounds memory; a validity of 600 s is the default (TS 103 831). */
const MAX_NOTICES = 5_000;
const NOTICE_MEMORY_MS = 600_000;

/** Somebody under a new name stands or sets off within this distance. */
const NEW_NAME_M = 50;

/** How far beside its place vehicles are looked for, and the share of the speed of the road at which they pass freely. */
const PASS_M = 60;
const FREE_SHARE = 0.6;
const LEAST_PASS_MPS = 10;
const FRESH_MS = 1_500;

/** Takes a DENM: it confirms the vehicles at its place, its denial dismisses them. */
export function takeNotice(state: StationaryState, frame: Frame, notice: HazardNotice): void {
  const key = `${notice.originatingStationId}:${notice.sequenceNumber}`;
  if (notice.termination !== undefined) {
    const known = state.notices.get(key);
    if (known === undefined) return;
    state.notices.delete(key);
    for (const candidate of state.candidates.values()) {
      if (distanceM(known, candidate) <= NOTICE_M) dismiss(candidate, frame.receivedAtMs);
    }
    return;
  }
  if (notice.position === undefined || !STOP_CAUSES.has(notice.causeCode)) return;
  state.notices.delete(key);
  state.notices.set(key, { ...notice.position, atMs: frame.receivedAtMs });
  for (const candidate of state.candidates.values()) {
    if (candidate.noticed || distanceM(notice.position, candidate) > NOTICE_M) continue;
    candidate.noticed = true;
    candidate.dueAtMs = Math.min(candidate.dueAtMs, frame.receivedAtMs);
  }
  for (const [old, { atMs }] of state.notices) {
    if (frame.receivedAtMs - atMs <= NOTICE_MEMORY_MS && state.notices.size <= MAX_NOTICES) return;
    state.notices.delete(old);
  }
}

function dismiss(candidate: Candidate, nowMs: number): void {
  candidate.dismissed = true;
  candidate.dueAtMs = Math.min(candidate.dueAtMs, nowMs);
}

export function isNoticed({ notices }: StationaryState, candidate: Candidate): boolean {
  for (const notice of notices.values()) if (distanceM(notice, candidate) <= NOTICE_M) return true;
  return false;
}

/**
 * A vehicle that fell silent and somebody near by under a new name that the memory of identities links to it are one:
 * silence and a new pseudonym end no alert, and the vehicle's own motion does, whatever it is called then.
 */
export function adoptNewName(state: StationaryState, candidate: Candidate, context: DetectionContext): void {
  const { identity, stations } = context;
  const user = identity.roadUserOf(candidate.stationId);
  for (const other of stations.within(candidate, NEW_NAME_M)) {
    if (other.stationId === candidate.stationId || identity.roadUserOf(other.stationId) !== user) continue;
    if (other.receivedAtMs <= candidate.heardAtMs) continue;
    rename(state, candidate, other.stationId);
    return;
  }
}

/** The vehicle that a new name belongs to, if any; it goes by that name from now on. */
export function knownUnder(
  state: StationaryState,
  stationId: number,
  { identity }: DetectionContext,
): Candidate | undefined {
  const user = identity.roadUserOf(stationId);
  if (user === stationId) return undefined;
  for (const candidate of state.candidates.values()) {
    if (candidate.stationId === stationId || identity.roadUserOf(candidate.stationId) !== user) continue;
    rename(state, candidate, stationId);
    return candidate;
  }
  return undefined;
}

/**
 * A vehicle may be linked to its old name some reports after it took the new one, and then stands twice. The one that stood
 * first goes on under the new name; true where there was such a one.
 */
export function joinOldName(
  state: StationaryState,
  candidate: Candidate,
  context: DetectionContext,
): boolean {
  const { observedAtMs, heardAtMs, stoodAtMs, latitudeDeg, longitudeDeg } = candidate;
  const known = knownUnder(state, candidate.stationId, context);
  if (known === undefined) return false;
  Object.assign(known, { observedAtMs, heardAtMs, stoodAtMs, latitudeDeg, longitudeDeg, dueAtMs: 0 });
  return true;
}

function rename({ candidates }: StationaryState, candidate: Candidate, stationId: number): void {
  candidates.delete(candidate.stationId);
  candidates.delete(stationId);
  candidate.stationId = stationId;
  candidates.set(stationId, candidate);
}

/**
 * Counts vehicles that passed in the last second at free speed, and those in the lane of a silent vehicle. True where so
 * many drove through its place that it cannot be there any more.
 */
export function isPassedThrough(
  candidate: Candidate,
  tickMs: number,
  lookEveryMs: number,
  context: DetectionContext,
  parameters: StationaryParameters,
): boolean {
  const { roads, stations } = context;
  const route = roads?.routes[candidate.routeIndex];
  if (roads === undefined || route === undefined) return false;
  const link = roads.linkAt(route, candidate.routeM);
  const freeMps = Math.max(LEAST_PASS_MPS, (link === undefined ? 0 : speedOf(link, context)) * FREE_SHARE);
  for (const other of stations.within(candidate, PASS_M)) {
    const { road, speedMps } = other;
    if (road === undefined || road.link.route !== route || speedMps === undefined || speedMps < freeMps)
      continue;
    if (tickMs - other.receivedAtMs > FRESH_MS || other.stationId === candidate.stationId) continue;
    const beyondM = road.routeM - candidate.routeM;
    // Whoever crosses its place is beyond it by less than one look's way exactly once.
    if (beyondM <= 0 || beyondM > (speedMps * lookEveryMs) / 1_000) continue;
    candidate.passages++;
    if (Math.abs(road.lateralM - candidate.lateralM) <= parameters.passageLateralM)
      candidate.passagesInLane++;
  }
  return (
    candidate.passagesInLane >= parameters.passages &&
    candidate.passagesInLane >= candidate.passages * parameters.passageShare
  );
}
