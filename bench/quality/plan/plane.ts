import type { GeoPoint } from "../../../src/domain/place.ts";

/** Metres east and north of the origin. */
export interface PlanPoint {
  readonly x: number;
  readonly y: number;
}

/** Between Moers and Duisburg; no scenario copies a road that is there. */
export const ORIGIN: GeoPoint = { latitudeDeg: 51.43, longitudeDeg: 6.7 };

// Meridian and parallel arc lengths of WGS 84 at 51.43° N, m per degree (series of NGA.STND.0036, to 1 m).
const METRES_PER_DEGREE_NORTH = 111_255;
const METRES_PER_DEGREE_EAST = 69_536;

export function toGeo({ x, y }: PlanPoint): GeoPoint {
  return {
    latitudeDeg: ORIGIN.latitudeDeg + y / METRES_PER_DEGREE_NORTH,
    longitudeDeg: ORIGIN.longitudeDeg + x / METRES_PER_DEGREE_EAST,
  };
}

export function toPlan({ latitudeDeg, longitudeDeg }: GeoPoint): PlanPoint {
  return {
    x: (longitudeDeg - ORIGIN.longitudeDeg) * METRES_PER_DEGREE_EAST,
    y: (latitudeDeg - ORIGIN.latitudeDeg) * METRES_PER_DEGREE_NORTH,
  };
}

/** A bend: the heading turns by `turnDeg` (right positive) between two places of the line. */
export interface Bend {
  readonly fromM: number;
  readonly toM: number;
  readonly turnDeg: number;
}

/** Distance of the points that shape a line, m. */
const STEP_M = 20;

/** A line of given length that begins at `start` with a heading and follows its bends. */
export function bentLine(
  start: PlanPoint,
  headingDeg: number,
  lengthM: number,
  bends: readonly Bend[],
): PlanPoint[] {
  const points: PlanPoint[] = [start];
  let { x, y } = start;
  for (let doneM = 0; doneM < lengthM; ) {
    const stepM = Math.min(STEP_M, lengthM - doneM);
    const heading = (headingAlong(headingDeg, bends, doneM + stepM / 2) * Math.PI) / 180;
    x += Math.sin(heading) * stepM;
    y += Math.cos(heading) * stepM;
    doneM += stepM;
    points.push({ x, y });
  }
  return points;
}

function headingAlong(headingDeg: number, bends: readonly Bend[], atM: number): number {
  let heading = headingDeg;
  for (const { fromM, toM, turnDeg } of bends) {
    heading += turnDeg * Math.max(0, Math.min(1, (atM - fromM) / (toM - fromM)));
  }
  return heading;
}

/** The line moved sideways, left positive. */
export function besideLine(points: readonly PlanPoint[], leftM: number): PlanPoint[] {
  return points.map((point, i) => {
    const before = points[Math.max(0, i - 1)] ?? point;
    const after = points[Math.min(points.length - 1, i + 1)] ?? point;
    const dx = after.x - before.x;
    const dy = after.y - before.y;
    const length = Math.hypot(dx, dy);
    return { x: point.x - (dy / length) * leftM, y: point.y + (dx / length) * leftM };
  });
}
