import type { PlannedPoint } from "../../domain/observation.ts";
import type { GeoPoint } from "../../domain/place.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import type { Mover } from "./proximity-grid.ts";

/** A place in metres north and east of an origin. */
interface Spot {
  readonly northM: number;
  readonly eastM: number;
}

/** Where and how fast somebody will be. */
export interface Foreseen extends Spot {
  readonly northMps: number;
  readonly eastMps: number;
}

/** How somebody will go on: as planned, on the arc of its turn, or straight on. */
export interface ForeseenPath {
  readonly mover: Mover;
  /** Clockwise; 0 straight on. */
  readonly turnDegps: number;
  /** By time; empty where nothing is planned. */
  readonly plan: readonly PlannedPoint[];
}

const DEGREE_M = 111_195;

/** Place and velocity at a time, metres from an origin. Constant turn rate and velocity where there is no plan. */
export function foresee(path: ForeseenPath, atMs: number, origin: GeoPoint): Foreseen {
  const planned = onPlan(path.plan, atMs, origin);
  if (planned !== undefined) return planned;
  const { mover, turnDegps } = path;
  const { northMps, eastMps } = mover;
  const from = spotOf(mover, origin);
  const s = (atMs - mover.observedAtMs) / 1_000;
  const turnedDeg = turnDegps * s;
  // The chord of an arc lies half the turn off its beginning and is shorter by sin(x)/x.
  const chord = shareOfChord(turnedDeg / 2);
  const half = turned(northMps, eastMps, turnedDeg / 2);
  const then = turned(northMps, eastMps, turnedDeg);
  return {
    northM: from.northM + half.northMps * s * chord,
    eastM: from.eastM + half.eastMps * s * chord,
    ...then,
  };
}

const DEG_PER_RAD = 180 / Math.PI;

function shareOfChord(deg: number): number {
  const rad = deg / DEG_PER_RAD;
  return Math.abs(rad) < 1e-3 ? 1 : sinDeg(deg) / rad;
}

function turned(
  northMps: number,
  eastMps: number,
  deg: number,
): { readonly northMps: number; readonly eastMps: number } {
  const sine = sinDeg(deg);
  const cosine = cosDeg(deg);
  return { northMps: northMps * cosine - eastMps * sine, eastMps: eastMps * cosine + northMps * sine };
}

function spotOf(place: GeoPoint, origin: GeoPoint): Spot {
  return {
    northM: (place.latitudeDeg - origin.latitudeDeg) * DEGREE_M,
    eastM: (place.longitudeDeg - origin.longitudeDeg) * DEGREE_M * cosDeg(origin.latitudeDeg),
  };
}

/** Between two points of a plan; undefined before it begins and after it ends. */
function onPlan(plan: readonly PlannedPoint[], atMs: number, origin: GeoPoint): Foreseen | undefined {
  for (let i = 1; i < plan.length; i++) {
    const from = plan[i - 1] as PlannedPoint;
    const to = plan[i] as PlannedPoint;
    if (atMs < from.atMs || atMs > to.atMs || to.atMs <= from.atMs) continue;
    const a = spotOf(from, origin);
    const b = spotOf(to, origin);
    const takesS = (to.atMs - from.atMs) / 1_000;
    const share = (atMs - from.atMs) / (to.atMs - from.atMs);
    return {
      northM: a.northM + (b.northM - a.northM) * share,
      eastM: a.eastM + (b.eastM - a.eastM) * share,
      northMps: (b.northM - a.northM) / takesS,
      eastMps: (b.eastM - a.eastM) / takesS,
    };
  }
  return undefined;
}

/** Steps in which two paths are followed: 1.4 m at 50 km/h. */
const STEP_MS = 100;

/** When and how two would touch. */
export interface Contact {
  readonly inS: number;
  readonly closingMps: number;
}

/**
 * First contact of two in the next seconds, each as three discs from its front back along its course: positions are of the
 * front (TS 103 900, ReferencePosition). Undefined where they do not touch, or touch already: then positions are in error.
 */
export function firstContact(
  a: ForeseenPath,
  b: ForeseenPath,
  fromMs: number,
  withinS: number,
  reachM: number,
): Contact | undefined {
  const origin = a.mover;
  for (let ms = 0; ms <= withinS * 1_000; ms += STEP_MS) {
    const one = foresee(a, fromMs + ms, origin);
    const other = foresee(b, fromMs + ms, origin);
    if (!touches(one, a.mover.lengthM, other, b.mover.lengthM, reachM)) continue;
    if (ms === 0) return undefined;
    const dNorth = other.northMps - one.northMps;
    const dEast = other.eastMps - one.eastMps;
    return { inS: ms / 1_000, closingMps: Math.sqrt(dNorth * dNorth + dEast * dEast) };
  }
  return undefined;
}

/** Of a person or where nothing is told; a car is longer, but then says so. */
const LEAST_LENGTH_M = 0.5;
const DISCS = [0.15, 0.5, 0.85] as const;

function touches(a: Foreseen, aLengthM: number, b: Foreseen, bLengthM: number, reachM: number): boolean {
  for (const i of DISCS) {
    const one = discOf(a, aLengthM, i);
    for (const j of DISCS) {
      const other = discOf(b, bLengthM, j);
      const dNorth = one.northM - other.northM;
      const dEast = one.eastM - other.eastM;
      if (dNorth * dNorth + dEast * dEast <= reachM * reachM) return true;
    }
  }
  return false;
}

function discOf({ northM, eastM, northMps, eastMps }: Foreseen, lengthM: number, share: number): Spot {
  const mps = Math.sqrt(northMps * northMps + eastMps * eastMps);
  if (mps < 0.1) return { northM, eastM };
  const backS = (Math.max(LEAST_LENGTH_M, lengthM) * share) / mps;
  return { northM: northM - northMps * backS, eastM: eastM - eastMps * backS };
}
