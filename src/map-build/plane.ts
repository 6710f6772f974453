import type { PlanePoint } from "./sumo-network.ts";

export function planeDistanceM(a: PlanePoint, b: PlanePoint): number {
  const [east, north] = [b[0] - a[0], b[1] - a[1]];
  return Math.sqrt(east * east + north * north);
}

/** Direction from a to b, degrees from north. */
export function planeBearingDeg(a: PlanePoint, b: PlanePoint): number {
  return (Math.atan2(b[0] - a[0], b[1] - a[1]) * 180) / Math.PI;
}

/** The line in the middle of several parallel ones: of the vertices where all have as many, else the middle line. */
export function middleLine(lines: readonly (readonly PlanePoint[])[]): readonly PlanePoint[] {
  const [first] = lines;
  if (first === undefined) return [];
  if (!lines.every((line) => line.length === first.length)) return lines[lines.length >> 1] ?? first;
  return first.map((_, i): PlanePoint => {
    let east = 0;
    let north = 0;
    for (const line of lines) {
      east += line[i]?.[0] ?? 0;
      north += line[i]?.[1] ?? 0;
    }
    return [east / lines.length, north / lines.length];
  });
}

/** Longest piece at a line's beginning that is cut off to straighten a kink, m. */
const KINK_M = 25;
/** A change of direction that no road makes within a few metres. */
const KINK_DEG = 8;

/**
 * Takes out the step at the beginning of a line that was led to another line's end: the middle of a carriageway jumps
 * sideways by half a lane where a lane begins or ends, the road does not.
 */
export function withoutStep(line: readonly PlanePoint[]): readonly PlanePoint[] {
  const points = [...line];
  for (;;) {
    const [a, b, c] = points;
    if (a === undefined || b === undefined || c === undefined) return points;
    if (planeDistanceM(a, b) > KINK_M) return points;
    const turn = Math.abs(((planeBearingDeg(b, c) - planeBearingDeg(a, b) + 540) % 360) - 180);
    if (turn < KINK_DEG) return points;
    points.splice(1, 1);
  }
}

/** Without vertices that lie on the one before. */
export function withoutRepeats(line: readonly PlanePoint[]): readonly PlanePoint[] {
  return line.filter((point, i) => i === 0 || planeDistanceM(line[i - 1] ?? point, point) > LEAST_STEP_M);
}

/** Two vertices nearer than this are one: below the resolution of the map file. */
const LEAST_STEP_M = 0.02;
