import type { Ground, Xy } from "./ground.ts";
import { courseDeg } from "./ground.ts";
import { RoadAtlas } from "./road-atlas.ts";
import { RoadLine } from "./road-line.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** Points of a drive closer than this say nothing about the road that noise does not. */
const STEP_M = 20;
/** A drive this near a known line is on it: half of a wide carriageway and noise. */
const KNOWN_WITHIN_M = 20;
/** Shorter pieces are lane changes and noise. */
const LEAST_LINE_M = 100;
/** A gap this long in a drive is no road that it has shown. */
const LONGEST_STEP_M = 300;

/**
 * Lines of the roads that vehicles drove, learned from all of them: the longest drive first, then of each further drive
 * what no line covers yet. Depends on the recording alone, so alerts of any kind are judged on the same roads.
 */
export function learnAtlas(table: VehicleTable, ground: Ground): RoadAtlas {
  const atlas = new RoadAtlas();
  const drives = table.drives.map((drive) => pathOf(table, drive, ground));
  const order = drives.map((path, vehicle) => ({ vehicle, lengthM: lengthOf(path) }));
  order.sort((a, b) => b.lengthM - a.lengthM || a.vehicle - b.vehicle);
  for (const { vehicle, lengthM } of order) {
    if (lengthM < LEAST_LINE_M) break;
    addUncovered(atlas, drives[vehicle] as Xy[], `drive ${vehicle + 1}`);
  }
  return atlas;
}

/** A drive as points at least 20 m apart. */
export function pathOf(table: VehicleTable, drive: Int32Array, ground: Ground): Xy[] {
  const path: Xy[] = [];
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (const row of drive) {
    const x = ground.x(table.longitudeDeg[row] as number);
    const y = ground.y(table.latitudeDeg[row] as number);
    const dx = x - lastX;
    const dy = y - lastY;
    if (dx * dx + dy * dy < STEP_M * STEP_M) continue;
    path.push({ x, y });
    lastX = x;
    lastY = y;
  }
  return path;
}

function lengthOf(path: readonly Xy[]): number {
  let length = 0;
  for (let i = 1; i < path.length; i++) length += stepM(path, i);
  return length;
}

function stepM(path: readonly Xy[], i: number): number {
  const a = path[i - 1] as Xy;
  const b = path[i] as Xy;
  return Math.sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
}

function addUncovered(atlas: RoadAtlas, path: readonly Xy[], name: string): void {
  let piece: Xy[] = [];
  const close = (): void => {
    if (piece.length >= 2 && lengthOf(piece) >= LEAST_LINE_M) atlas.add(new RoadLine(name, piece));
    piece = [];
  };
  for (let i = 1; i < path.length; i++) {
    const a = path[i - 1] as Xy;
    const b = path[i] as Xy;
    const heading = courseDeg(b.x - a.x, b.y - a.y);
    const isKnown = atlas.cellAt((a.x + b.x) / 2, (a.y + b.y) / 2, heading, KNOWN_WITHIN_M) >= 0;
    if (isKnown || stepM(path, i) > LONGEST_STEP_M) close();
    else {
      if (piece.length === 0) piece.push(a);
      piece.push(b);
    }
  }
  close();
}
