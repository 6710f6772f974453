import type { RoadNetwork } from "../domain/road.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Ground } from "./ground.ts";
import { RoadAtlas } from "./road-atlas.ts";
import { RoadLine } from "./road-line.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** A vehicle this near a route with its heading drives on it. */
const ON_ROUTE_M = 25;
/** Pieces of a route shorter than this between two driven cells belong to the driven part. */
const CELL_STEP_M = 50;
/** Rows looked at: every n-th is enough to see which cells are driven, and one a second and vehicle. */
const SAMPLED_ROWS = 300_000;
const LOOK_EVERY_MS = 900;

/** Below this the map is of another place, or its lines lie beside the roads. */
const LEAST_ON_ROADS = 0.5;

export interface MapFit {
  readonly atlas: RoadAtlas;
  /** Share of the reports that lie within 25 m of a route and run along it. */
  readonly onRoads: number;
}

/**
 * Lines of a map's routes, as far as somebody drove there: roads without traffic are no exposure.
 * @throws EvaluationError where the map does not fit
 */
export function mapAtlas(
  roads: RoadNetwork,
  table: VehicleTable,
  ground: Ground,
  xs: Float64Array,
  ys: Float64Array,
): MapFit {
  const all = new RoadAtlas();
  for (const route of roads.routes) {
    const points = roads.lineBetween(route, 0, route.lengthM).map((point) => ground.xy(point));
    if (points.length >= 2) all.add(new RoadLine(route.id, points));
  }
  const driven = new Uint8Array(all.cells);
  let looked = 0;
  let found = 0;
  const lookedAtMs = new Float64Array(table.stationIds.length).fill(Number.NEGATIVE_INFINITY);
  const perSecond = Math.min(1, table.intervalMs / LOOK_EVERY_MS);
  const step = Math.max(1, Math.floor((table.rows * perSecond) / SAMPLED_ROWS));
  for (let row = 0; row < table.rows; row += step) {
    const vehicle = table.vehicle[row] as number;
    const atMs = table.timeMs[row] as number;
    if (Math.abs(atMs - (lookedAtMs[vehicle] as number)) < LOOK_EVERY_MS) continue;
    lookedAtMs[vehicle] = atMs;
    const cell = all.cellAt(
      xs[row] as number,
      ys[row] as number,
      table.headingDeg[row] as number,
      ON_ROUTE_M,
    );
    looked++;
    if (cell < 0) continue;
    found++;
    driven[cell] = 1;
  }
  const onRoads = looked === 0 ? 0 : found / looked;
  if (onRoads < LEAST_ON_ROADS)
    throw new EvaluationError(
      `The map does not fit the recording: ${Math.round(onRoads * 100)} % of its reports lie on roads of the map.`,
      "Take a map of the same place, or none: then roads are learned from the recording.",
    );
  return { atlas: onlyDriven(all, driven), onRoads };
}

function onlyDriven(all: RoadAtlas, driven: Uint8Array): RoadAtlas {
  const kept = new RoadAtlas();
  let cell = 0;
  for (const line of all.lines) {
    const cells = Math.max(1, Math.ceil(line.lengthM / CELL_STEP_M));
    let first = -1;
    for (let k = 0; k <= cells; k++) {
      const isDriven =
        k < cells && (driven[cell + k] === 1 || (first >= 0 && driven[cell + k + 1] === 1 && k + 1 < cells));
      if (isDriven && first < 0) first = k;
      if (isDriven || first < 0) continue;
      kept.add(partOf(line, first * CELL_STEP_M, Math.min(line.lengthM, k * CELL_STEP_M)));
      first = -1;
    }
    cell += cells;
  }
  return kept;
}

function partOf(line: RoadLine, fromM: number, toM: number): RoadLine {
  const inner = [...line.alongM.keys()].filter((i) => {
    const alongM = line.alongM[i] as number;
    return alongM > fromM && alongM < toM;
  });
  const points = inner.map((i) => ({ x: line.xs[i] as number, y: line.ys[i] as number }));
  return new RoadLine(line.name, [line.pointAt(fromM), ...points, line.pointAt(toM)]);
}
