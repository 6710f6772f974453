import type { AlertContent, Evidence, Measure, Severity } from "../../domain/alert.ts";
import type { GeoPoint, Outline } from "../../domain/place.ts";
import { LocalPlane } from "../../geo/geodesy.ts";
import { atan2Deg, cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import { kmph, roundHeading } from "../units.ts";
import { type Area, distinctPlaces, type Level } from "./areas.ts";
import { type Cell, flowOf, type SlowVisit, slowVisits } from "./cell.ts";
import { freshLoop, meanOf } from "./decision.ts";
import { ANY_SECTOR, CELL_M, cellCenter, runRing, sectorHeadingDeg } from "./grid.ts";

export interface AreaLimits {
  readonly onSpeedMps: number;
  readonly stationarySpeedMps: number;
  readonly validityMs: number;
}

/** What an area looks like at the end of a slice. */
export interface AreaView {
  readonly cells: readonly Cell[];
  readonly visits: readonly SlowVisit[];
  /** Undefined where no cell has data. */
  readonly meanMmps: number | undefined;
  readonly observations: number;
  /** Vehicles heard of, slow or not. */
  readonly stations: number;
  /** Slow ones among them. */
  readonly slow: number;
}

export function viewArea(
  area: Area,
  cells: ReadonlyMap<number, Cell>,
  closedSlice: number,
  atMs: number,
): AreaView {
  const members = area.cells.map((key) => cells.get(key)).filter((cell) => cell !== undefined);
  const visits = new Map<number, SlowVisit>();
  let weighted = 0;
  let weights = 0;
  let observations = 0;
  let stations = 0;
  let loopVehicles = 0;
  for (const cell of members) {
    const window = flowOf(cell, closedSlice);
    const loop = freshLoop(cell, atMs);
    const mean = meanOf(cell, closedSlice, atMs);
    const weight = window.presenceMs + (loop === undefined ? 0 : loop.vehicles * 1_000);
    weighted += (mean ?? 0) * weight;
    weights += weight;
    observations += window.samples + (loop === undefined ? 0 : 1);
    stations += window.stations;
    loopVehicles += loop?.vehicles ?? 0;
    for (const visit of slowVisits(cell, closedSlice)) visits.set(visit.stationId, visit);
  }
  const slow = Math.max(visits.size, loopVehicles);
  return {
    cells: members,
    visits: [...visits.values()],
    meanMmps: weights === 0 ? undefined : Math.floor(weighted / weights),
    observations,
    stations: Math.max(stations, slow),
    slow,
  };
}

const MAX_SOURCES = 8;

/** A level is left for a better one only this factor above its bound, and only if that lasts: no flicker. */
const LEAVE_FACTOR = 1.2;
const BETTER_FOR_MS = 15_000;

const RANK: Readonly<Record<Level, number>> = { slow: 0, queuing: 1, stationary: 2 };

/** Follows the level at the end of a slice: up the ladder at once, down when it has held. */
export function followLevel(area: Area, meanMmps: number, endMs: number, limits: AreaLimits): void {
  const next = levelOf(area.level, meanMmps, limits);
  if (RANK[next] < RANK[area.level]) {
    area.betterSinceMs ??= endMs;
    if (endMs - area.betterSinceMs < BETTER_FOR_MS) return;
  }
  area.level = next;
  area.betterSinceMs = undefined;
}

/** Ladder of SN 671 921 and RDS-TMC: stationary below 10 km/h, queuing to 30 km/h, slow above until it flows. */
function levelOf(before: Level, meanMmps: number, limits: AreaLimits): Level {
  const stationaryMmps = limits.stationarySpeedMps * 1_000 * (before === "stationary" ? LEAVE_FACTOR : 1);
  if (meanMmps < stationaryMmps) return "stationary";
  const queuingMmps = limits.onSpeedMps * 1_000 * (before === "slow" ? 1 : LEAVE_FACTOR);
  return meanMmps <= queuingMmps ? "queuing" : "slow";
}

const SEVERITY: Readonly<Record<Level, Severity>> = { stationary: 4, queuing: 3, slow: 2 };

/** TrafficConditionSubCauseCode (TS 102 894-2 V2.4.1): 5 trafficJam, 1 increasedVolumeOfTraffic. */
const SUB_CAUSE: Readonly<Record<Level, number>> = { stationary: 5, queuing: 5, slow: 1 };

export function areaContent(
  area: Area,
  view: AreaView,
  confidencePct: number,
  limits: AreaLimits,
): AlertContent {
  const headingDeg = areaHeading(view, area.told?.headingDeg);
  const tail = tailCell(view.cells, headingDeg);
  return {
    kind: "congestion",
    tier: "confirmed",
    causeCode: 1,
    subCauseCode: SUB_CAUSE[area.level],
    severity: SEVERITY[area.level],
    confidencePct,
    referencedAtMs: Math.max(...view.cells.map(({ dataAtMs }) => dataAtMs)),
    validUntilMs: area.dataAtMs + limits.validityMs,
    position: tail,
    headingDeg,
    outline: outlineOf(view.cells),
    road: undefined,
    evidence: evidenceOf(view),
    why: {
      rule: "congestion-cells/slow-traffic",
      text: `Traffic is ${area.level}.`,
      measures: measuresOf(view, headingDeg, limits),
    },
  };
}

function evidenceOf({ cells, observations, stations }: AreaView): Evidence {
  const heard = cells.filter(({ source }) => source !== "");
  return {
    stations,
    observations,
    receivers: new Set(heard.map(({ receiver }) => receiver)).size,
    sources: [...new Set(heard.map(({ source }) => source))].sort().slice(0, MAX_SOURCES),
    marks: [],
  };
}

/** More distinct vehicles, more confidence; silence takes from it in steps of 30 s. */
export function areaConfidence(view: AreaView, silentMs: number): number {
  const base = Math.min(95, 55 + 10 * view.slow);
  return Math.max(20, base - 10 * Math.floor(silentMs / 30_000));
}

/** Mean heading of the slow vehicles; else the one told before, or that of the cells; undefined for undirected loops. */
function areaHeading(view: AreaView, toldDeg: number | undefined): number | undefined {
  if (view.visits.length === 0 && toldDeg !== undefined) return toldDeg;
  const headings =
    view.visits.length > 0
      ? view.visits.map(({ headingDeg }) => headingDeg)
      : view.cells
          .filter(({ sector }) => sector !== ANY_SECTOR)
          .map(({ sector }) => sectorHeadingDeg(sector));
  if (headings.length === 0) return undefined;
  let north = 0;
  let east = 0;
  for (const headingDeg of headings.sort((a, b) => a - b)) {
    north += cosDeg(headingDeg);
    east += sinDeg(headingDeg);
  }
  const angle = atan2Deg(east, north);
  return roundHeading(angle < 0 ? angle + 360 : angle);
}

/** Centre of the cell farthest upstream: where drivers meet the congestion. */
function tailCell(cells: readonly Cell[], headingDeg: number | undefined): GeoPoint {
  const centers = cells.map(cellCenter);
  const [first] = centers;
  if (first === undefined) throw new Error("an area without cells has no place");
  const along = alongAxis(first, headingDeg ?? 0);
  return centers.reduce((tail, center) => (along(center) < along(tail) ? center : tail));
}

function alongAxis(origin: GeoPoint, headingDeg: number): (point: GeoPoint) => number {
  const plane = new LocalPlane(origin);
  const north = cosDeg(headingDeg);
  const east = sinDeg(headingDeg);
  return ({ latitudeDeg, longitudeDeg }) =>
    plane.northM(latitudeDeg) * north + plane.eastM(longitudeDeg) * east;
}

/** Length along the heading from the last slow vehicle to the first, or of the cells where loops tell; to 10 m. */
function lengthM(view: AreaView, headingDeg: number | undefined): number {
  const [first] = view.cells;
  if (first === undefined || headingDeg === undefined) return Math.round(CELL_M / 10) * 10;
  const along = alongAxis(cellCenter(first), headingDeg);
  const points = view.visits.length > 1 ? view.visits : view.cells.map(cellCenter);
  const places = points.map(along);
  const span = Math.max(...places) - Math.min(...places) + (view.visits.length > 1 ? 0 : CELL_M);
  return Math.round(span / 10) * 10;
}

function measuresOf(view: AreaView, headingDeg: number | undefined, limits: AreaLimits): Measure[] {
  const measures: Measure[] = [{ name: "lengthM", observed: lengthM(view, headingDeg) }];
  if (view.meanMmps !== undefined) {
    measures.push({
      name: "meanSpeedKmph",
      observed: kmph(view.meanMmps / 1_000),
      threshold: kmph(limits.onSpeedMps),
    });
  }
  measures.push({ name: "slowVehicles", observed: view.slow, threshold: 2 });
  return measures;
}

/** Cells as rectangles, one per run of neighbours in a row, from south to north. */
function outlineOf(cells: readonly Cell[]): Outline {
  const places = [...distinctPlaces(cells)].sort((a, b) => a.row - b.row || a.column - b.column);
  const runs: { row: number; first: number; last: number }[] = [];
  for (const { row, column } of places) {
    const run = runs[runs.length - 1];
    if (run !== undefined && run.row === row && run.last === column - 1) run.last = column;
    else runs.push({ row, first: column, last: column });
  }
  const rings = runs.map(({ row, first, last }) => runRing(row, first, last));
  const [only] = rings;
  if (rings.length === 1 && only !== undefined) return { form: "polygon", points: only };
  return { form: "multi-polygon", parts: rings };
}
