import type { RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";

/**
 * How many reports of traffic that drives the right way lie on the lanes of each route, and how many beside them: what
 * positions and the map err there together. Pairs by index of route; empty before the first report.
 */
export interface RouteNoise {
  counts: Int32Array;
}

/** Before anybody was seen: one in a hundred lies beside the lanes, as with errors of 1.5 m. */
const PRIOR_REPORTS = 100;
const PRIOR_BESIDE = 1;

/** Then both counts are halved: about a minute of dense traffic counts. */
const MOST_REPORTS = 8_192;

export function noNoise(): RouteNoise {
  return { counts: new Int32Array(0) };
}

/** Counts a report of somebody who drives the right way. */
export function noteRight(
  noise: RouteNoise,
  roads: RoadNetwork,
  routeIndex: number,
  isBeside: boolean,
): void {
  if (noise.counts.length === 0) noise.counts = new Int32Array(2 * roads.routes.length);
  const { counts } = noise;
  const at = 2 * routeIndex;
  const all = (counts[at] as number) + 1;
  const beside = (counts[at + 1] as number) + (isBeside ? 1 : 0);
  const isFull = all >= MOST_REPORTS;
  counts[at] = isFull ? all >> 1 : all;
  counts[at + 1] = isFull ? beside >> 1 : beside;
}

/** Share of reports beside the lanes of a route, 0 to 1. */
export function besideShare({ counts }: RouteNoise, routeIndex: number): number {
  const all = counts[2 * routeIndex] ?? 0;
  const beside = counts[2 * routeIndex + 1] ?? 0;
  return (beside + PRIOR_BESIDE) / (all + PRIOR_REPORTS);
}

export function writeNoise({ counts }: RouteNoise): SnapshotValue {
  return [...counts];
}

export function readNoise(value: SnapshotValue | undefined): RouteNoise {
  return { counts: Int32Array.from(readArray(value), (count) => readNumber(count, "count")) };
}
