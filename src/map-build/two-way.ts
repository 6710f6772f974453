import { planeBearingDeg, planeDistanceM } from "./plane.ts";
import type { PlanePoint } from "./sumo-network.ts";

/** The other direction of a street without a central reservation runs this near: two lanes each (own). */
const BESIDE_M = 12;
const STEP_M = 10;
const LEAST_TURN_DEG = 150;

interface Sample {
  readonly id: string;
  readonly point: PlanePoint;
  readonly bearingDeg: number;
}

/**
 * Lines beside which another one leads back, found by their middles: tools cut the two directions of a street at different
 * places, so that no pair of edges has the same ends.
 */
export function linesWithWayBack(lines: ReadonlyMap<string, readonly PlanePoint[]>): ReadonlySet<string> {
  const cells = new Map<string, Sample[]>();
  for (const [id, line] of lines) {
    for (const sample of samplesOf(id, line)) {
      const key = cellKey(sample.point, 0, 0);
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [sample]);
      else cell.push(sample);
    }
  }
  const found = new Set<string>();
  for (const [id, line] of lines) {
    const samples = samplesOf(id, line);
    const middle = samples[samples.length >> 1];
    if (middle !== undefined && hasWayBack(middle, cells)) found.add(id);
  }
  return found;
}

function samplesOf(id: string, line: readonly PlanePoint[]): Sample[] {
  return line.slice(1).flatMap((to, i) => {
    const from = line[i] ?? to;
    const count = Math.max(1, Math.round(planeDistanceM(from, to) / STEP_M));
    const bearingDeg = planeBearingDeg(from, to);
    return Array.from({ length: count }, (_, step): Sample => {
      const share = (step + 0.5) / count;
      const point: PlanePoint = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
      return { id, point, bearingDeg };
    });
  });
}

function cellKey([east, north]: PlanePoint, right: number, up: number): string {
  const size = BESIDE_M + STEP_M;
  return `${Math.floor(east / size) + right} ${Math.floor(north / size) + up}`;
}

function hasWayBack(middle: Sample, cells: ReadonlyMap<string, readonly Sample[]>): boolean {
  for (const right of [-1, 0, 1]) {
    for (const up of [-1, 0, 1]) {
      for (const other of cells.get(cellKey(middle.point, right, up)) ?? []) {
        if (other.id === middle.id) continue;
        const turnDeg = Math.abs(((other.bearingDeg - middle.bearingDeg + 540) % 360) - 180);
        if (turnDeg >= LEAST_TURN_DEG && planeDistanceM(middle.point, other.point) <= BESIDE_M + STEP_M / 2) {
          return true;
        }
      }
    }
  }
  return false;
}
