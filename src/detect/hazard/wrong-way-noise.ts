import type { RoadLink, RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";

/**
 * How many reports of traffic that drives the right way lie on the lanes of each route, and how many beside them: what
 * positions and the map err there together. Pairs by index of route and, behind them, one of all divided roads; empty before
 * the first report.
 */
export interface RouteNoise {
  counts: Int32Array;
}

/** Before anybody was seen: one in a hundred lies beside two lanes, as with errors of 1.5 m; soon outweighed. */
const PRIOR_REPORTS = 30;
const PRIOR_BESIDE = 0.3;

/**
 * A route is believed to be as all roads are until so many reports came from it: the error of a position lasts for 20 s, so
 * that they tell no more than a hundred independent ones.
 */
const ROUTE_PRIOR_REPORTS = 2_000;

/** Then both counts are halved: about a minute of dense traffic counts. */
const MOST_REPORTS = 8_192;

/** Counts of all roads are of lanes, two for a report, so that beside ones of any width can be summed. */
const NORMAL_LANES = 2;
const MOST_OF_ALL = 8 * NORMAL_LANES * MOST_REPORTS;

export function noNoise(): RouteNoise {
  return { counts: new Int32Array(0) };
}

/** Counts a report of somebody who drives the right way. */
export function noteRight(
  noise: RouteNoise,
  roads: RoadNetwork,
  { route, lanes, flags }: RoadLink,
  isBeside: boolean,
): void {
  if (noise.counts.length === 0) noise.counts = new Int32Array(2 * roads.routes.length + 2);
  const { counts } = noise;
  add(counts, 2 * route.index, 1, isBeside ? 1 : 0, MOST_REPORTS);
  // Ramps are drawn too roughly to tell of positions.
  if (!route.divided || flags.ramp === true) return;
  add(counts, counts.length - 2, NORMAL_LANES, isBeside ? lanes : 0, MOST_OF_ALL);
}

function add(counts: Int32Array, at: number, reports: number, besides: number, most: number): void {
  const all = (counts[at] as number) + reports;
  const beside = (counts[at + 1] as number) + besides;
  const isFull = all >= most;
  counts[at] = isFull ? all >> 1 : all;
  counts[at + 1] = isFull ? beside >> 1 : beside;
}

/**
 * Whether more than a share of reports lie beside two lanes, as a link's route shows it and, as long as few came from there,
 * as all divided roads do. Two lanes are both outermost; on a wider carriageway the traffic of the others lies beside it by
 * no error, so that the same error shows less often.
 */
export function isBlurred({ counts }: RouteNoise, { route, lanes }: RoadLink, limitShare: number): boolean {
  const last = counts.length - 2;
  const allReports = (counts[last] ?? 0) / NORMAL_LANES;
  const allBeside = (counts[last + 1] ?? 0) / NORMAL_LANES;
  const width = NORMAL_LANES / Math.max(NORMAL_LANES, lanes);
  const prior = ((allBeside + PRIOR_BESIDE) / (allReports + PRIOR_REPORTS)) * width;
  const reports = counts[2 * route.index] ?? 0;
  const beside = counts[2 * route.index + 1] ?? 0;
  const share = (beside + prior * ROUTE_PRIOR_REPORTS) / (reports + ROUTE_PRIOR_REPORTS);
  return share > limitShare * width;
}

export function writeNoise({ counts }: RouteNoise): SnapshotValue {
  return [...counts];
}

export function readNoise(value: SnapshotValue | undefined): RouteNoise {
  return { counts: Int32Array.from(readArray(value), (count) => readNumber(count, "count")) };
}
