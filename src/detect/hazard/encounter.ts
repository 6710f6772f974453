import type { StationView } from "../../domain/detector.ts";
import type { PlannedPoint } from "../../domain/observation.ts";
import type { RoadMatch } from "../../domain/road.ts";
import { atan2Deg, cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import type { ValuesOf } from "../parameter.ts";
import type { COLLISION_RISK } from "./collision-risk-parameters.ts";
import { type ForeseenPath, firstContact } from "./foreseen-path.ts";
import { type Mover, MoverKind } from "./proximity-grid.ts";

export type CollisionParameters = ValuesOf<typeof COLLISION_RISK>;

/** CollisionRiskSubCauseCode (TS 102 894-2): 1 longitudinal, 2 crossing, 3 lateral, 4 vulnerable road user. */
export type EncounterSubCause = 1 | 2 | 4;

/** Two that will meet, in numbers. */
export interface Encounter {
  readonly subCauseCode: EncounterSubCause;
  /** Until they touch if nobody reacts. */
  readonly timeToCollisionS: number;
  /** What the one behind needs, or the lesser of what the two need. */
  readonly requiredMps2: number;
  readonly closingMps: number;
  readonly distanceM: number;
  /** Between the middles of the two in one direction; 0 for others. */
  readonly lateralM: number;
  /** Nobody could be in another lane. */
  readonly oneLane: boolean;
  /** Harder braking is needed than drivers do by themselves, and nobody brakes like that yet. */
  readonly risky: boolean;
}

/** Lateral distances up to here are followed: whether the two are in one lane several reports have to show. */
const MOST_LATERAL_M = 6;

/** Two whose bodies overlap along the road are beside each other. */
const LEAST_GAP_M = 1;

/** Where nothing is known of the roads, whoever is faster than this may cross on a bridge: junctions are driven slower. */
const CROSSING_MOST_MPS = 70 / 3.6;

const DEGREE_M = 111_195;
const DEFAULT_LENGTH_M = 4.5;

/** Courses closer than this are one direction; beyond 180° minus this they are opposite. */
const ALONG_DEG = 30;

/** A driver who brakes with this share of what is needed has seen it. */
const REACTS_SHARE = 0.8;

/** Speeds at which vehicles turn in junctions. */
const TURNS_FROM_MPS = 2;
const TURNS_TO_MPS = 50 / 3.6;

/** Nobody keeps an arc for longer: a turn of 90° takes 4 s in all. */
const BENT_HORIZON_S = 2.5;

/** Two vehicles whose middles are nearer than this touch: 1.8 m wide each, less the corners of discs. */
const WIDTH_M = 1.6;

const NOT_IN_LANE = { lateralM: 0, oneLane: true, risky: true } as const;

/** One thing seen from another: metres and m/s along its course and to the left. */
interface Relative {
  readonly alongM: number;
  readonly leftM: number;
  readonly alongMps: number;
  readonly leftMps: number;
}

/** One of the two, with how it will go on. */
export interface Party extends ForeseenPath {
  readonly speedMps: number;
  readonly courseDeg: number;
  readonly road: RoadMatch | undefined;
  readonly vulnerable: boolean;
  /** It turns, or has told its plan: straight on is not where it will be. */
  readonly bends: boolean;
}

/**
 * Judges two things that come close at constant velocity. Who follows whom and who crosses whom is read from the road where
 * both are on the map: carriageways, levels and connections keep curves, bridges and oncoming traffic out.
 */
export function encounterOf(a: Party, b: Party, parameters: CollisionParameters): Encounter | undefined {
  if (a.vulnerable && b.vulnerable) return undefined;
  if (!a.vulnerable && !b.vulnerable) return betweenVehicles(a, b, parameters);
  if (a.bends || b.bends) return onBentPaths(a, b, parameters);
  return a.vulnerable ? withVulnerable(b, a, parameters) : withVulnerable(a, b, parameters);
}

function betweenVehicles(a: Party, b: Party, parameters: CollisionParameters): Encounter | undefined {
  const turnDeg = Math.abs(((b.courseDeg - a.courseDeg + 540) % 360) - 180);
  const known = a.road !== undefined && b.road !== undefined;
  if (known && a.road.link.level !== b.road.link.level) return undefined;
  const slow = a.speedMps < 1 || b.speedMps < 1;
  if (turnDeg <= ALONG_DEG || slow) {
    const follower = relative(a, b).alongM >= 0 && a.speedMps >= b.speedMps ? a : b;
    return following(follower, follower === a ? b : a, parameters);
  }
  if ((a.bends || b.bends) && mayCross(a, b)) return onBentPaths(a, b, parameters);
  if (turnDeg >= 180 - ALONG_DEG) return known ? headOn(a, b, parameters) : undefined;
  return crossing(a, b, parameters);
}

/** What is known of one of the two. Turns count at the speeds of junctions: on fast roads a wrong degree is metres. */
export function partyOf(
  mover: Mover,
  view: StationView | undefined,
  plan: readonly PlannedPoint[],
  { turnsDegps }: CollisionParameters,
): Party {
  const { northMps, eastMps, kind } = mover;
  const speedMps = Math.sqrt(northMps * northMps + eastMps * eastMps);
  const courseDeg = speedMps > 0.5 ? atan2Deg(eastMps, northMps) : (view?.headingDeg ?? 0);
  const turns =
    Math.abs(mover.turnDegps) >= turnsDegps && speedMps >= TURNS_FROM_MPS && speedMps <= TURNS_TO_MPS;
  return {
    mover,
    speedMps,
    courseDeg,
    road: (kind & MoverKind.perceived) !== 0 ? undefined : view?.road,
    vulnerable: (kind & MoverKind.vulnerable) !== 0,
    turnDegps: turns ? mover.turnDegps : 0,
    plan,
    bends: turns || plan.length > 0,
  };
}

/** Two of whom one turns or has told its plan: followed step by step until they touch. */
function onBentPaths(a: Party, b: Party, parameters: CollisionParameters): Encounter | undefined {
  const vulnerable = a.vulnerable || b.vulnerable;
  const fromMs = Math.max(a.mover.observedAtMs, b.mover.observedAtMs);
  const reachM = vulnerable ? parameters.vulnerableLateralM : WIDTH_M;
  const contact = firstContact(a, b, fromMs, Math.min(BENT_HORIZON_S, parameters.horizonS), reachM);
  if (contact === undefined || contact.closingMps < (vulnerable ? 1 : parameters.closingMps))
    return undefined;
  let requiredMps2 = Number.POSITIVE_INFINITY;
  for (const party of [a, b]) {
    if (party.vulnerable) continue;
    const needs = party.speedMps / (2 * contact.inS);
    if (-party.mover.accelerationMps2 >= needs * REACTS_SHARE) return undefined;
    requiredMps2 = Math.min(requiredMps2, needs);
  }
  const least = vulnerable ? parameters.vulnerableDecelerationMps2 : parameters.crossingDecelerationMps2;
  if (requiredMps2 < least) return undefined;
  const seen = relative(a, b);
  return {
    subCauseCode: vulnerable ? 4 : 2,
    timeToCollisionS: contact.inS,
    requiredMps2,
    closingMps: contact.closingMps,
    distanceM: Math.sqrt(seen.alongM * seen.alongM + seen.leftM * seen.leftM),
    ...NOT_IN_LANE,
  };
}

/** `other` as seen from `own`, both at the time of `own`'s report. */
function relative(own: Party, other: Party): Relative {
  const ageS = (own.mover.observedAtMs - other.mover.observedAtMs) / 1_000;
  const northM = (other.mover.latitudeDeg - own.mover.latitudeDeg) * DEGREE_M + other.mover.northMps * ageS;
  const eastM =
    (other.mover.longitudeDeg - own.mover.longitudeDeg) * DEGREE_M * cosDeg(own.mover.latitudeDeg) +
    other.mover.eastMps * ageS;
  const sine = sinDeg(own.courseDeg);
  const cosine = cosDeg(own.courseDeg);
  return {
    alongM: northM * cosine + eastM * sine,
    leftM: northM * sine - eastM * cosine,
    alongMps: other.mover.northMps * cosine + other.mover.eastMps * sine,
    leftMps: other.mover.northMps * sine - other.mover.eastMps * cosine,
  };
}

/** One behind the other in a lane, along their road where both are on one. */
function following(follower: Party, leader: Party, parameters: CollisionParameters): Encounter | undefined {
  if (!mayFollow(follower.road, leader.road)) return undefined;
  const seen = relative(follower, leader);
  const onOneRoad = follower.road !== undefined && follower.road.link.route === leader.road?.link.route;
  const lateralM = onOneRoad ? (leader.road?.lateralM ?? 0) - (follower.road?.lateralM ?? 0) : seen.leftM;
  if (Math.abs(lateralM) > MOST_LATERAL_M || Math.abs(seen.leftM) > MOST_LATERAL_M) return undefined;
  // Positions are of the front bumper (TS 103 900, ReferencePosition).
  const gapM = seen.alongM - (leader.mover.lengthM || DEFAULT_LENGTH_M);
  const closingMps = follower.speedMps - Math.max(0, seen.alongMps);
  if (gapM < LEAST_GAP_M || closingMps < parameters.closingMps) return undefined;
  const timeToCollisionS = gapM / closingMps;
  if (timeToCollisionS > parameters.horizonS) return undefined;
  const requiredMps2 = requiredBehind(follower.speedMps, seen.alongMps, leader.mover.accelerationMps2, gapM);
  const risky =
    timeToCollisionS <= parameters.timeToCollisionS &&
    requiredMps2 >= parameters.requiredDecelerationMps2 &&
    -follower.mover.accelerationMps2 < requiredMps2 * REACTS_SHARE;
  const oneLane = onOneRoad && follower.road?.link.lanes === 1;
  return {
    subCauseCode: 1,
    timeToCollisionS,
    requiredMps2,
    closingMps,
    distanceM: gapM,
    lateralM,
    oneLane,
    risky,
  };
}

/** Beside each other on roads that do not lead into one another nobody follows anybody. */
function mayFollow(follower: RoadMatch | undefined, leader: RoadMatch | undefined): boolean {
  if (follower === undefined || leader === undefined) return true;
  if (follower.link.route === leader.link.route) return follower.against === leader.against;
  return follower.link.next.includes(leader.link.index);
}

/** Deceleration after which the follower just does not touch a leader that keeps its deceleration. */
function requiredBehind(ownMps: number, leaderMps: number, leaderMps2: number, gapM: number): number {
  const closingMps = ownMps - Math.max(0, leaderMps);
  const steady = (closingMps * closingMps) / (2 * gapM);
  if (leaderMps2 > -0.5 || leaderMps <= 0) return steady;
  const leaderStopsM = (leaderMps * leaderMps) / (-2 * leaderMps2);
  return Math.max(steady, (ownMps * ownMps) / (2 * (gapM + leaderStopsM)));
}

/** Towards each other on one carriageway: one of them drives against it. */
function headOn(a: Party, b: Party, parameters: CollisionParameters): Encounter | undefined {
  if (a.road === undefined || b.road === undefined) return undefined;
  if (a.road.link.route !== b.road.link.route || a.road.against === b.road.against) return undefined;
  const seen = relative(a, b);
  if (Math.abs(b.road.lateralM - a.road.lateralM) > MOST_LATERAL_M || seen.alongM <= 0) return undefined;
  const closingMps = a.speedMps - seen.alongMps;
  const timeToCollisionS = seen.alongM / closingMps;
  if (timeToCollisionS > parameters.horizonS) return undefined;
  const requiredMps2 = (closingMps * closingMps) / (4 * seen.alongM);
  return {
    subCauseCode: 1,
    timeToCollisionS,
    requiredMps2,
    closingMps,
    distanceM: seen.alongM,
    lateralM: b.road.lateralM - a.road.lateralM,
    oneLane: false,
    risky: true,
  };
}

/** Two whose courses cross: at risk where neither can stop with ease any more and both come at one time. */
function crossing(a: Party, b: Party, parameters: CollisionParameters): Encounter | undefined {
  if (!mayCross(a, b)) return undefined;
  const seen = relative(a, b);
  if (Math.abs(seen.leftMps) < 1) return undefined;
  const bTakesS = -seen.leftM / seen.leftMps;
  const aLeftM = seen.alongM + seen.alongMps * bTakesS;
  const aTakesS = aLeftM / Math.max(0.1, a.speedMps);
  if (bTakesS <= 0 || aTakesS <= 0) return undefined;
  if (Math.max(aTakesS, bTakesS) > parameters.horizonS) return undefined;
  if (Math.abs(aTakesS - bTakesS) > parameters.postEncroachmentS) return undefined;
  const aNeeds = a.speedMps / (2 * aTakesS);
  const bNeeds = b.speedMps / (2 * bTakesS);
  const requiredMps2 = Math.min(aNeeds, bNeeds);
  if (requiredMps2 < parameters.crossingDecelerationMps2) return undefined;
  if (-a.mover.accelerationMps2 >= aNeeds * REACTS_SHARE) return undefined;
  if (-b.mover.accelerationMps2 >= bNeeds * REACTS_SHARE) return undefined;
  const dvAlong = seen.alongMps - a.speedMps;
  const closingMps = Math.sqrt(dvAlong * dvAlong + seen.leftMps * seen.leftMps);
  const distanceM = Math.sqrt(seen.alongM * seen.alongM + seen.leftM * seen.leftM);
  const timeToCollisionS = Math.min(aTakesS, bTakesS);
  return { subCauseCode: 2, timeToCollisionS, requiredMps2, closingMps, distanceM, ...NOT_IN_LANE };
}

/** Nobody crosses within a route, or between carriageways of divided roads: those merge and part. */
function mayCross(a: Party, b: Party): boolean {
  if (a.road === undefined || b.road === undefined) {
    return (
      Math.max(a.speedMps, b.speedMps) <= CROSSING_MOST_MPS &&
      !a.road?.link.route.divided &&
      !b.road?.link.route.divided
    );
  }
  if (a.road.link.route === b.road.link.route) return false;
  return !(a.road.link.route.divided && b.road.link.route.divided);
}

/** A vulnerable road user who is, or will be, in the way of a vehicle that cannot stop with ease any more. */
function withVulnerable(
  vehicle: Party,
  person: Party,
  parameters: CollisionParameters,
): Encounter | undefined {
  if (vehicle.speedMps < 3) return undefined;
  const seen = relative(vehicle, person);
  const closingMps = vehicle.speedMps - seen.alongMps;
  if (seen.alongM <= 0 || closingMps <= 0) return undefined;
  const timeToCollisionS = seen.alongM / closingMps;
  if (timeToCollisionS > parameters.horizonS) return undefined;
  const leftThenM = seen.leftM + seen.leftMps * timeToCollisionS;
  if (Math.abs(leftThenM) > parameters.vulnerableLateralM) return undefined;
  const requiredMps2 = (closingMps * closingMps) / (2 * seen.alongM);
  if (requiredMps2 < parameters.vulnerableDecelerationMps2) return undefined;
  if (-vehicle.mover.accelerationMps2 >= requiredMps2 * REACTS_SHARE) return undefined;
  return {
    subCauseCode: 4,
    timeToCollisionS,
    requiredMps2,
    closingMps,
    distanceM: seen.alongM,
    ...NOT_IN_LANE,
  };
}
