import { TRAFFIC_LEVELS, type TrafficLevel, type TrafficLookup } from "../../domain/detector.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import type { SegmentState } from "../contract/live.ts";
import type { LivePermit } from "./board.ts";

/** Grain of the state of traffic along a route. */
export const SEGMENT_M = 50;

/** Stretches of a route with equal states that are known, as pairs: end of the stretch in grains, level above 0, 0 unknown. */
export type Runs = readonly number[];

const NO_RUNS: Runs = [];

/** Number of grains of a route. */
export function grainsOf({ lengthM }: RoadRoute): number {
  return Math.max(1, Math.ceil(lengthM / SEGMENT_M));
}

/** The state of a route now; empty where nothing is known of it. */
export function runsOf(route: RoadRoute, { levelOn }: TrafficLookup): Runs {
  if (levelOn === undefined) return NO_RUNS;
  const grains = grainsOf(route);
  const runs: number[] = [];
  let level = 0;
  for (let grain = 0; grain < grains; grain++) {
    const here = indexOf(levelOn(route, Math.min((grain + 0.5) * SEGMENT_M, route.lengthM)));
    if (here !== level && grain > 0) runs.push(grain, level);
    level = here;
  }
  if (runs.length === 0 && level === 0) return NO_RUNS;
  runs.push(grains, level);
  return runs;
}

function indexOf(level: TrafficLevel | undefined): number {
  return level === undefined ? 0 : TRAFFIC_LEVELS.indexOf(level) + 1;
}

export function sameRuns(a: Runs, b: Runs): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}

/** The stretches whose state is known. */
export function statesOf(route: RoadRoute, runs: Runs): SegmentState[] {
  const states: SegmentState[] = [];
  let fromM = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const toM = Math.min((runs[i] ?? 0) * SEGMENT_M, route.lengthM);
    const level = TRAFFIC_LEVELS[(runs[i + 1] ?? 0) - 1];
    if (level !== undefined) states.push({ route: route.index, fromM, toM, level });
    fromM = toM;
  }
  return states;
}

/** The grains that somebody may be told of; the others become unknown. */
export function permittedRuns(roads: RoadNetwork, route: RoadRoute, runs: Runs, permit: LivePermit): Runs {
  const kept: number[] = [];
  let grain = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const level = runs[i + 1] ?? 0;
    for (; grain < (runs[i] ?? 0); grain++) {
      const place = roads.pointAt(route, (grain + 0.5) * SEGMENT_M);
      const told = level > 0 && permit.allowsPlace(place) ? level : 0;
      if (kept.at(-1) === told) kept[kept.length - 2] = grain + 1;
      else kept.push(grain + 1, told);
    }
  }
  return kept;
}
