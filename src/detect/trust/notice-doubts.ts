import type { DetectionContext, StationView } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { HazardNotice } from "../../domain/observation.ts";
import { distanceM } from "../../geo/geodesy.ts";

/** What makes a hazard notice doubtful; goes into the marks of its evidence. */
export type NoticeMark =
  | "doubt-event-speed"
  | "doubt-surroundings"
  | "doubt-direction"
  | "doubt-relevance"
  | "doubt-distance"
  | "doubt-sender";

/** Cause codes of ETSI TS 102 894-2 that the standard has rules for. */
const TRAFFIC_CONDITION = 1;
const END_OF_QUEUE = 27;
const NEAR_SENDER_CAUSES: ReadonlySet<number> = new Set([94, 95, 97, 99]);
const DANGEROUS_SITUATION = 99;
const EMERGENCY_BRAKING = 1;

/** ETSI TS 103 759, DENM observations. */
const EMERGENCY_BRAKING_FROM_MPS = 20 / 3.6;
const FASTER_WITHIN_URBAN_M = 200;
const FASTER_WITHIN_M = 100;
const JAM_RELEVANCE_M = 1_000;
const JAM_DISTANCE_M = 1_000;
const NEAR_SENDER_DISTANCE_M = 100;

/** One or two faster cars are those that overtake (own). */
const FASTER_CARS_ENOUGH = 3;

/** Older positions say nothing about where the sender is now. */
const SENDER_KNOWN_MS = 2_000;

/** Below this nobody would believe the sender about anything (own). */
const DISTRUSTED_BELOW = 0.2;

/** Share of the confidence that is left per mark (own: three marks leave a third). */
const CONFIDENCE_PER_MARK = 0.7;

/**
 * Reasons to doubt a hazard notice, by the rules that ETSI TS 103 759 has for misbehaviour in DENMs, sorted. They mark the
 * evidence and lower the confidence; a notice is told in any case. Authorities tell of what is far away: their notices,
 * from infrastructure, are exempt from the rules on the sender's own motion.
 */
export function noticeDoubts(
  notice: HazardNotice,
  frame: Frame,
  context: Pick<DetectionContext, "stations" | "trust">,
): readonly NoticeMark[] {
  if (notice.termination !== undefined || notice.stationType === "infrastructure") return NONE;
  const marks: NoticeMark[] = [];
  const sender = senderOf(notice, frame, context);
  if (isEmergencyBraking(notice)) addBrakingDoubts(marks, notice, sender, context);
  if (notice.causeCode === TRAFFIC_CONDITION || notice.causeCode === END_OF_QUEUE)
    addJamDoubts(marks, notice);
  if (sender !== undefined && isFar(notice, sender)) marks.push("doubt-distance");
  if (context.trust.trustOf(notice.originatingStationId) < DISTRUSTED_BELOW) marks.push("doubt-sender");
  return marks.length < 2 ? marks : marks.sort();
}

const NONE: readonly NoticeMark[] = [];

/** Confidence of a doubted notice, percent; at least 1, since silence would be worse. */
export function doubtedConfidencePct(pct: number, marks: readonly NoticeMark[]): number {
  let share = 1;
  for (let i = 0; i < marks.length; i++) share *= CONFIDENCE_PER_MARK;
  return Math.max(1, Math.round(pct * share));
}

function isEmergencyBraking({ causeCode, subCauseCode }: HazardNotice): boolean {
  return causeCode === DANGEROUS_SITUATION && subCauseCode === EMERGENCY_BRAKING;
}

function senderOf(
  notice: HazardNotice,
  frame: Frame,
  { stations }: Pick<DetectionContext, "stations">,
): StationView | undefined {
  const sender = stations.get(notice.originatingStationId);
  if (sender === undefined || sender.stationType === "infrastructure") return undefined;
  return Math.abs(frame.receivedAtMs - sender.receivedAtMs) <= SENDER_KNOWN_MS ? sender : undefined;
}

function addBrakingDoubts(
  marks: NoticeMark[],
  notice: HazardNotice,
  sender: StationView | undefined,
  { stations }: Pick<DetectionContext, "stations">,
): void {
  const { eventSpeedMps, position, stationType } = notice;
  if (eventSpeedMps === undefined) return;
  const isCar = stationType === "passenger-car" || stationType === "motorcycle";
  if (isCar && eventSpeedMps < EMERGENCY_BRAKING_FROM_MPS) marks.push("doubt-event-speed");
  if (position === undefined) return;
  const isUrban = sender?.road?.link.flags.urban === true;
  let faster = 0;
  for (const other of stations.within(position, isUrban ? FASTER_WITHIN_URBAN_M : FASTER_WITHIN_M)) {
    if (other.stationType !== "passenger-car" || other.stationId === notice.originatingStationId) continue;
    if ((other.speedMps ?? 0) <= eventSpeedMps) return;
    faster++;
  }
  if (faster >= FASTER_CARS_ENOUGH) marks.push("doubt-surroundings");
}

function addJamDoubts(marks: NoticeMark[], { trafficDirection, awarenessDistanceM }: HazardNotice): void {
  if (trafficDirection !== "upstream") marks.push("doubt-direction");
  if (awarenessDistanceM !== undefined && awarenessDistanceM > JAM_RELEVANCE_M) marks.push("doubt-relevance");
}

function isFar({ causeCode, position }: HazardNotice, sender: StationView): boolean {
  if (position === undefined) return false;
  const isJam = causeCode === TRAFFIC_CONDITION || causeCode === END_OF_QUEUE;
  if (!isJam && !NEAR_SENDER_CAUSES.has(causeCode)) return false;
  return distanceM(position, sender) > (isJam ? JAM_DISTANCE_M : NEAR_SENDER_DISTANCE_M);
}
