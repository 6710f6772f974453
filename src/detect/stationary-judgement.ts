import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Emit } from "../domain/detector.ts";
import type { RoadSpot } from "../domain/road.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import { outsideM } from "./hazard/carriageway.ts";
import {
  comesIntoQueue,
  flowAround,
  isHeadOfBottleneck,
  isInLongQueue,
  isJammedAhead,
  isQueued,
} from "./queue-ahead.ts";
import type { Candidate } from "./stationary-candidate.ts";
import { adoptNewName, isNoticed, isPassedThrough, joinOldName } from "./stationary-evidence.ts";
import { speedOf, standingPlace, standingSpot } from "./stationary-place.ts";
import {
  detectionOf,
  longestWaitMs,
  noteWait,
  type StationaryParameters,
  type StationaryState,
} from "./stationary-state.ts";

/** Receive time between two looks at a candidate; longer in a queue, where each look searches the neighbourhood. */
const RECHECK_MS = 1_000;
const RECHECK_QUEUED_MS = 5_000;
const EXTEND_EVERY_MS = 10_000;

/** Candidates that were not told are forgotten after this much silence. */
const FORGET_UNTOLD_MS = 30_000;

/** A vehicle last heard in motion has left if it is silent this long. */
const LEFT_SILENTLY_MS = 10_000;

/** A vehicle silent for longer than this may go by a new name; identities are remembered for a minute. */
const NEW_NAME_AFTER_MS = 1_000;
const NEW_NAME_UNTIL_MS = 60_000;

/** An alert follows a vehicle that creeps on by this much. */
const MOVED_M = 50;

/** What one look needs. */
interface Look {
  readonly state: StationaryState;
  readonly tickMs: number;
  readonly context: DetectionContext;
  readonly emit: Emit;
  readonly parameters: StationaryParameters;
}

/** Looks at the candidates that are due, in the order of their ids. */
export function judgeCandidates(
  state: StationaryState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: StationaryParameters,
): void {
  let due: Candidate[] | undefined;
  for (const candidate of state.candidates.values()) {
    if (candidate.dueAtMs > tickMs && candidate.movingSinceMs === undefined) continue;
    due ??= [];
    due.push(candidate);
  }
  if (due === undefined) return;
  due.sort((a, b) => a.stationId - b.stationId);
  const look: Look = { state, tickMs, context, emit, parameters };
  for (const candidate of due) {
    if (candidate.told === "") judgeUntold(candidate, look);
    else judgeTold(candidate, look);
  }
}

function judgeUntold(candidate: Candidate, look: Look): void {
  const { state, tickMs, context, parameters } = look;
  candidate.dueAtMs = tickMs + RECHECK_MS;
  if (tickMs - candidate.heardAtMs > FORGET_UNTOLD_MS) {
    state.candidates.delete(candidate.stationId);
    return;
  }
  if (joinOldName(state, candidate, context)) return;
  if (candidate.arrival === "") {
    const spot = standingSpot(candidate, context);
    const cameSlowly = spot !== undefined && comesOutOfSlow(candidate, spot, look);
    candidate.arrival = spot !== undefined && comesIntoQueue(spot, cameSlowly, context) ? "queue" : "free";
  }
  const distress = candidate.disabled || candidate.airbag;
  if (!distress && tickMs - candidate.sinceMs < parameters.suspectedAfterMs) {
    candidate.dueAtMs = Math.min(candidate.dueAtMs, candidate.sinceMs + parameters.suspectedAfterMs);
    return;
  }
  if (candidate.dismissed || tickMs - candidate.stoodAtMs > parameters.freshMs) return;
  const spot = standingSpot(candidate, context);
  takeSpot(candidate, spot, context, parameters);
  candidate.noticed ||= isNoticed(state, candidate);
  if (!isHazardPlace(candidate, parameters)) return;
  const signs = distress || candidate.noticed;
  if (!signs && !candidate.hazardLights && creeps(candidate, parameters)) return;
  if (!signs && waitsInQueue(candidate, spot, look)) {
    candidate.dueAtMs = tickMs + RECHECK_QUEUED_MS;
    return;
  }
  lookAround(candidate, spot, look);
  if (!signs && tickMs - candidate.sinceMs < suspectedAfterMs(candidate, spot, look)) return;
  tell(candidate, tierNow(candidate, look), "start", look);
}

/** Without lights and flags the others tell whether it is a hazard. */
function lookAround(candidate: Candidate, spot: RoadSpot | undefined, look: Look): void {
  const { state, tickMs, context, parameters } = look;
  if (spot === undefined || candidate.hazardLights || candidate.flow === "passes") return;
  candidate.waits ||= longestWaitMs(state, candidate, tickMs, parameters) > 0;
  // Who comes out of slow traffic, or to somebody who stands, waits in its lane, however freely they drive in the next.
  // Under a new name nobody remembers how it came.
  const isHeld =
    candidate.flow === "held" ||
    candidate.waits ||
    comesOutOfSlow(candidate, spot, look) ||
    hasClosedUp(candidate, context);
  candidate.flow = isHeld
    ? "held"
    : flowAround(candidate, spot, speedOf(spot.link, context), tickMs, context, parameters);
}

function takeSpot(
  candidate: Candidate,
  spot: RoadSpot | undefined,
  context: DetectionContext,
  parameters: StationaryParameters,
): void {
  candidate.place = standingPlace(candidate, candidate.headingDeg, spot, context, parameters);
  candidate.routeIndex = spot?.link.route.index ?? -1;
  candidate.routeM = spot === undefined ? 0 : spot.link.fromM + spot.offsetM;
  candidate.lateralM = spot?.lateralM ?? 0;
}

/** Whether standing is a hazard at this kind of place, with these signs of distress. */
function isHazardPlace(candidate: Candidate, parameters: StationaryParameters): boolean {
  const { airbag, disabled, hazardLights, noticed, works } = candidate;
  if (airbag) return true;
  if (works && !disabled) return false;
  switch (candidate.place) {
    case "beside":
      return noticed;
    case "signal":
      return disabled || noticed;
    case "street":
    case "unmapped":
      return disabled || noticed || hazardLights || candidate.topSpeedMps >= parameters.fastRoadSpeedMps;
    case "ramp":
    case "merge":
    case "fast":
      return true;
  }
}

/** Never quite at rest: it moves up in a queue. */
function creeps({ paceCmps }: Candidate, parameters: StationaryParameters): boolean {
  return paceCmps > parameters.creepingSpeedMps * 100;
}

/** It has not driven freely in the two minutes before: it comes out of slow traffic, or under a new name. */
function hasComeSlowly(
  { topSpeedMps }: Candidate,
  spot: RoadSpot,
  context: DetectionContext,
  parameters: StationaryParameters,
): boolean {
  return topSpeedMps < speedOf(spot.link, context) * parameters.slowAheadShare;
}

/** Farther outside of the lanes, with the noise of a position. */
const BESIDE_M = 1;

/** Beside the lanes, where accesses that the map does not know end; one that breaks down comes to the shoulder fast. */
function waitsBeside(spot: RoadSpot): boolean {
  return outsideM(spot) > BESIDE_M;
}

function hasClosedUp({ stationId }: Candidate, { traffic }: DetectionContext): boolean {
  return traffic.hasClosedUp?.(stationId) === true;
}

/** Doubt costs time: where vehicles wait for gaps, come out of a queue ahead, or stop and go. */
function suspectedAfterMs(
  candidate: Candidate,
  spot: RoadSpot | undefined,
  { context, parameters }: Look,
): number {
  if (candidate.hazardLights) return parameters.suspectedAfterMs;
  if (candidate.place === "ramp") return parameters.rampAfterMs;
  if (candidate.place === "merge") return parameters.mergeAfterMs;
  if (candidate.stoppedBefore) return parameters.doubtfulAfterMs;
  if (spot === undefined) return parameters.suspectedAfterMs;
  if (hasComeSlowly(candidate, spot, context, parameters)) {
    return waitsBeside(spot) ? parameters.rampAfterMs : parameters.doubtfulAfterMs;
  }
  return candidate.flow === "slow" || candidate.flow === "held"
    ? parameters.doubtfulAfterMs
    : parameters.suspectedAfterMs;
}

/** Time that a vehicle takes from free flow to standstill, even gently: from 130 km/h at 2 m/s². */
const BRAKING_MS = 18_000;

/** Its speed before it braked is known, and was slow: under a name that it took while it braked, it only seems so. */
function comesOutOfSlow(candidate: Candidate, spot: RoadSpot, { context, parameters }: Look): boolean {
  return hasComeSlowly(candidate, spot, context, parameters) && isKnown(candidate, context);
}

function isKnown({ stationId, sinceMs }: Candidate, { stations }: DetectionContext): boolean {
  const view = stations.get(stationId);
  return view !== undefined && sinceMs - view.firstReceivedAtMs >= BRAKING_MS;
}

function waitsInQueue(candidate: Candidate, spot: RoadSpot | undefined, look: Look): boolean {
  const { tickMs, context, parameters } = look;
  const stoodMs = tickMs - candidate.sinceMs;
  if (candidate.arrival === "queue") {
    if (stoodMs < parameters.queueStandingMs) return true;
    const lasts = spot !== undefined && isInLongQueue(spot, context);
    if (lasts && stoodMs < parameters.longQueueStandingMs) return true;
  }
  if (stoodMs < parameters.queueStandingMs && waitsLikeOthers(candidate, look)) return true;
  const waitsForGap = candidate.place === "merge" || candidate.place === "ramp";
  if (waitsForGap && spot !== undefined && isHeadOfBottleneck(spot, context)) return true;
  if (isQueued(candidate, spot, tickMs, context, parameters)) candidate.queueSeenAtMs = tickMs;
  const { queueSeenAtMs } = candidate;
  return queueSeenAtMs !== undefined && tickMs - queueSeenAtMs < parameters.queueMemoryMs;
}

/** Where others have waited and driven on, it may wait as long as they did and longer. */
function waitsLikeOthers(candidate: Candidate, { state, tickMs, parameters }: Look): boolean {
  if (candidate.hazardLights) return false;
  const longestMs = longestWaitMs(state, candidate, tickMs, parameters);
  return tickMs - candidate.sinceMs < longestMs * parameters.waitingPatience;
}

function tierNow(candidate: Candidate, { tickMs, context, parameters }: Look): "suspected" | "confirmed" {
  if (candidate.told === "confirmed" || candidate.disabled || candidate.airbag) return "confirmed";
  if (candidate.noticed) return "confirmed";
  if (context.trust.trustOf(candidate.stationId) < parameters.trust) return "suspected";
  if (candidate.hazardLights) return "confirmed";
  // A vehicle whose last report was of rolling has stood until the report before, not until now.
  const stoodUntilMs = candidate.heardAtMs === candidate.stoodAtMs ? tickMs : candidate.stoodAtMs;
  return stoodUntilMs - candidate.sinceMs >= confirmedAfterMs(candidate, parameters)
    ? "confirmed"
    : "suspected";
}

/** A queue that nobody has seen yet looks alike: the longer, the less is known of others. */
function confirmedAfterMs({ place, flow }: Candidate, parameters: StationaryParameters): number {
  if (place === "ramp") return parameters.rampConfirmedAfterMs;
  const leastMs = place === "merge" ? parameters.mergeConfirmedAfterMs : parameters.confirmedAfterMs;
  if (place === "unmapped" || flow === "passes") return leastMs;
  if (flow === "held") return Math.max(leastMs, parameters.heldConfirmedAfterMs);
  if (flow === "slow") return Math.max(leastMs, parameters.slowConfirmedAfterMs);
  return Math.max(
    leastMs,
    flow === "flowed" ? parameters.flowedConfirmedAfterMs : parameters.aloneConfirmedAfterMs,
  );
}

function judgeTold(candidate: Candidate, look: Look): void {
  const { state, tickMs, context, parameters } = look;
  if (hasLeft(candidate, tickMs, parameters)) {
    const { disabled, airbag, noticed, hazardLights } = candidate;
    if (!disabled && !airbag && !noticed && !hazardLights) noteWait(state, candidate, tickMs, parameters);
    return end(candidate, look);
  }
  if (candidate.dueAtMs > tickMs) return;
  if (candidate.dismissed) {
    return end(candidate, look, "stationary-vehicle/denied", "Denied by the authority or taken back.");
  }
  if (tickMs - candidate.stoodAtMs > parameters.validityMs) {
    state.candidates.delete(candidate.stationId);
    return;
  }
  candidate.dueAtMs = tickMs + RECHECK_MS;
  const silentMs = tickMs - candidate.heardAtMs;
  if (silentMs > NEW_NAME_AFTER_MS && silentMs <= NEW_NAME_UNTIL_MS) adoptNewName(state, candidate, context);
  if (silentMs >= parameters.passedSilentMs) {
    if (isPassedThrough(candidate, tickMs, RECHECK_MS, context, parameters)) {
      return end(candidate, look, "stationary-vehicle/passed-through", "Others drive through its place.");
    }
  }
  if (candidate.told === "suspected" && silentMs <= parameters.freshMs && standsInQueue(candidate, look)) {
    candidate.arrival = "queue";
    return end(candidate, look, "stationary-vehicle/in-queue", "Stands in a queue.");
  }
  renew(candidate, look);
}

/** A suspicion without any sign of distress is asked again: others may have come to a stop ahead. */
function standsInQueue(candidate: Candidate, look: Look): boolean {
  const { disabled, airbag, noticed, hazardLights } = candidate;
  if (disabled || airbag || noticed || hazardLights) return false;
  const spot = standingSpot(candidate, look.context);
  if (spot === undefined) return false;
  lookAround(candidate, spot, look);
  return (
    candidate.flow !== "passes" && isJammedAhead(candidate, spot, look.tickMs, look.context, look.parameters)
  );
}

function renew(candidate: Candidate, look: Look): void {
  const { tickMs, parameters } = look;
  const fresh = tickMs - candidate.stoodAtMs <= parameters.freshMs;
  const tier = fresh ? tierNow(candidate, look) : candidate.told;
  const phase = phaseOf(candidate, tier, parameters);
  if (phase !== "extend" || tickMs - candidate.toldAtMs >= EXTEND_EVERY_MS)
    tell(candidate, tier, phase, look);
}

function phaseOf(
  candidate: Candidate,
  tier: Candidate["told"],
  parameters: StationaryParameters,
): "update" | "extend" {
  const movedM = distanceBetweenM(
    candidate.anchorLatitudeDeg,
    candidate.anchorLongitudeDeg,
    candidate.latitudeDeg,
    candidate.longitudeDeg,
  );
  return tier !== candidate.told || movedM > Math.max(MOVED_M, parameters.anchorRadiusM)
    ? "update"
    : "extend";
}

function hasLeft(candidate: Candidate, tickMs: number, parameters: StationaryParameters): boolean {
  const { movingSinceMs } = candidate;
  if (movingSinceMs === undefined) return false;
  if (tickMs - candidate.heardAtMs >= LEFT_SILENTLY_MS) return true;
  return candidate.movingReports > 1 && candidate.heardAtMs - movingSinceMs >= parameters.movingForMs;
}

function tell(
  candidate: Candidate,
  tier: Candidate["told"],
  phase: "start" | "update" | "extend",
  { tickMs, emit, parameters }: Look,
): void {
  candidate.told = tier;
  candidate.toldAtMs = tickMs;
  if (phase !== "extend") {
    candidate.anchorLatitudeDeg = candidate.latitudeDeg;
    candidate.anchorLongitudeDeg = candidate.longitudeDeg;
  }
  candidate.dueAtMs = tickMs + RECHECK_MS;
  emit(detectionOf(candidate, phase, tickMs, parameters));
}

/** Without a rule of its own the end tells of the vehicle's motion. */
function end(
  candidate: Candidate,
  look: Look,
  rule = "stationary-vehicle/drives-on",
  text = "Drives on.",
): void {
  const { state, tickMs, emit, parameters } = look;
  state.candidates.delete(candidate.stationId);
  const over: Detection = detectionOf(candidate, "end", tickMs, parameters);
  emit({ ...over, why: { ...over.why, rule, text } });
  const stays = candidate.dismissed || rule === "stationary-vehicle/in-queue";
  if (stays && candidate.movingSinceMs === undefined) {
    candidate.told = "";
    state.candidates.set(candidate.stationId, candidate);
  }
}
