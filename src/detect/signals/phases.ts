import type { Frame } from "../../domain/frame.ts";
import type { SignalGroupState, SignalReport } from "../../domain/observation.ts";
import type { ValuesOf } from "../parameter.ts";
import type { Approach, GroupPhase, Intersection } from "./intersection.ts";
import type { SIGNAL_VIOLATION } from "./signal-parameters.ts";

export type SignalParameters = ValuesOf<typeof SIGNAL_VIOLATION>;

/** Status bits under which phases bind nobody: failure flash, standby, failure, off, no valid map, no valid state. */
const IRREGULAR_BITS = (1 << 2) | (1 << 7) | (1 << 8) | (1 << 9) | (1 << 12) | (1 << 13);

/** An end farther away, or past, is a mark of another hour or minute of the year (SAE J2735: time marks wrap hourly). */
const MAX_PHASE_MS = 15 * 60_000;

/** Takes over a signal state, unless its clock cannot be compared with those of vehicles. */
export function takePhases(
  intersection: Intersection,
  frame: Frame,
  report: SignalReport,
  parameters: SignalParameters,
): void {
  const skewMs = Math.abs(frame.receivedAtMs - frame.observedAtMs);
  if (frame.clockReplaced || skewMs > parameters.clockMs || frame.observedAtMs < intersection.phasesAtMs)
    return;
  intersection.phasesAtMs = frame.observedAtMs;
  intersection.phasesReceivedAtMs = frame.receivedAtMs;
  intersection.phaseRevision = report.revision;
  intersection.isRegular = (report.statusBits & IRREGULAR_BITS) === 0;
  for (const group of report.groups) takeGroup(intersection, group, frame.observedAtMs);
}

function takeGroup({ phases }: Intersection, group: SignalGroupState, atMs: number): void {
  const known = phases.get(group.signalGroup);
  const { minEndAtMs } = group;
  const isPossible = minEndAtMs !== undefined && minEndAtMs >= atMs && minEndAtMs <= atMs + MAX_PHASE_MS;
  phases.set(group.signalGroup, {
    state: group.phase,
    sinceMs: known?.state === group.phase ? known.sinceMs : atMs,
    minEndAtMs: isPossible ? minEndAtMs : undefined,
  });
}

/** Whether the phases are of the map that we know, and fresh at a moment. */
export function isFresh(intersection: Intersection, atMs: number, { staleMs }: SignalParameters): boolean {
  return (
    intersection.isRegular &&
    intersection.phaseRevision === intersection.revision &&
    Math.abs(atMs - intersection.phasesAtMs) <= staleMs
  );
}

/** Certainly red at a moment, in all directions of the lane. */
export function isRedAt(
  lane: Approach,
  intersection: Intersection,
  atMs: number,
  parameters: SignalParameters,
): boolean {
  if (lane.groups.length === 0) return false;
  return lane.groups.every((group) => {
    const phase = intersection.phases.get(group);
    return phase !== undefined && isGroupRed(phase, intersection, atMs, parameters);
  });
}

function isGroupRed(
  phase: GroupPhase,
  { phasesAtMs }: Intersection,
  atMs: number,
  { redGraceMs }: SignalParameters,
): boolean {
  if (phase.state !== "stop-and-remain" || atMs < phase.sinceMs + redGraceMs) return false;
  // After the last word only its promise counts: the signal may have turned green since.
  return atMs <= phasesAtMs || (phase.minEndAtMs !== undefined && atMs <= phase.minEndAtMs);
}

/** A queue has left this long after the beginning of green. */
const DISCHARGED_MS = 20_000;

/** Whether somebody may have a reason to wait there: red now, or a moment ago, or nobody knows. */
export function mayBeRed(
  lane: Approach,
  intersection: Intersection,
  nowMs: number,
  staleMs: number,
): boolean {
  const { phases, phasesReceivedAtMs, isRegular, revision, phaseRevision } = intersection;
  if (!isRegular || revision !== phaseRevision || nowMs - phasesReceivedAtMs > staleMs) return true;
  return lane.groups.some((group) => {
    const phase = phases.get(group);
    if (phase === undefined) return true;
    const isGreen =
      phase.state === "protected-movement-allowed" || phase.state === "permissive-movement-allowed";
    return !isGreen || intersection.phasesAtMs - phase.sinceMs < DISCHARGED_MS;
  });
}
