import type { Frame } from "../../domain/frame.ts";
import type { LaneReading, SensorReport } from "../../domain/observation.ts";
import { type Cell, learnFreeFlow, newCell } from "./cell.ts";
import { ANY_SECTOR, cellKey, columnOf, rowOf, sectorOf, toE7 } from "./grid.ts";
import type { Grid } from "./station-visit.ts";

/**
 * Readings are means over a period and arrive when it is over, often a minute or more behind: up to this age they tell
 * the state of now. The watermark is for single reports.
 */
const MAX_AGE_MS = 180_000;

/** Means below this say nothing about free flow. */
const FREE_FLOW_FROM_MMPS = 30_000 / 3.6;

/** Bounds memory; there are some tens of thousands of loops on a country's motorways. */
const MAX_LOOP_CELLS = 250_000;

/** Takes a loop's reading into its cell: all lanes as one, the newest reading only. */
export function takeLoop({ cells, active }: Grid, frame: Frame, report: SensorReport): void {
  const { reading } = report;
  if (reading.type !== "loop" || frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS) return;
  const traffic = trafficOf(reading.lanes);
  if (traffic === undefined || reading.periodS <= 0) return;
  const cell = cellOf(cells, report);
  if (cell === undefined || (cell.loop !== undefined && cell.loop.observedAtMs >= frame.observedAtMs)) return;
  cell.loop = {
    ...traffic,
    observedAtMs: frame.observedAtMs,
    periodMs: reading.periodS * 1_000,
  };
  active.add(cell.key);
  cell.source = frame.source.name;
  cell.receiver = frame.receiver;
  cell.dataAtMs = Math.max(cell.dataAtMs, frame.observedAtMs);
  if (traffic.meanMmps > FREE_FLOW_FROM_MMPS) learnFreeFlow(cell, traffic.meanMmps, traffic.vehicles);
}

function cellOf(cells: Map<number, Cell>, report: SensorReport): Cell | undefined {
  const row = rowOf(toE7(report.latitudeDeg));
  const column = columnOf(toE7(report.longitudeDeg), row);
  const sector = report.headingDeg === undefined ? ANY_SECTOR : sectorOf(report.headingDeg);
  const key = cellKey(row, column, sector);
  const known = cells.get(key);
  if (known !== undefined || cells.size >= MAX_LOOP_CELLS) return known;
  const cell = newCell(key, { row, column, sector });
  cells.set(key, cell);
  return cell;
}

/**
 * Harmonic mean of the lanes weighted by vehicles: the space mean speed, if all vehicles of a lane drive alike
 * (Wardrop 1952). Undefined where no vehicle passed or no lane works.
 */
function trafficOf(lanes: readonly LaneReading[]): { meanMmps: number; vehicles: number } | undefined {
  let vehicles = 0;
  let slowness = 0;
  for (const { vehicles: count, meanSpeedMps, faulty } of lanes) {
    if (faulty || count === undefined || count === 0 || meanSpeedMps === undefined || meanSpeedMps <= 0)
      continue;
    vehicles += count;
    slowness += Math.round((count * 1e6) / meanSpeedMps);
  }
  if (vehicles === 0) return undefined;
  return { meanMmps: Math.round((vehicles * 1e9) / slowness), vehicles };
}
