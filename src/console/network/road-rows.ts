import type { AlertView } from "../../api/contract/alarms.ts";
import type { SegmentState } from "../../api/contract/live.ts";
import type { MapView } from "../../api/contract/map.ts";
import { TRAFFIC_LEVELS, type TrafficLevel } from "../../domain/detector.ts";

export type Route = MapView["routes"][number];

/** A direction of a road as the table tells it. */
export interface RoadRow {
  readonly index: number;
  readonly route: Route;
  /** Sorted along the route; those without a level left out. */
  readonly states: readonly SegmentState[];
  readonly worst: TrafficLevel | undefined;
  /** 0 to 1 of the length. */
  readonly knownShare: number;
  readonly alerts: number;
  readonly isRamp: boolean;
}

/** Worst first, roads of equal state by name: what needs eyes stands on top. Nameless roads are left out. */
export function roadRows(
  map: MapView,
  segments: ReadonlyMap<number, readonly SegmentState[]>,
  alerts: Iterable<AlertView>,
): readonly RoadRow[] {
  const counts = alertCounts(alerts);
  const carriageways = new Set(map.links.flatMap(({ route, flags }) => (flags.ramp === true ? [] : [route])));
  return map.routes
    .flatMap((route, index): RoadRow[] => {
      if (route.ref === "") return [];
      const states = (segments.get(index) ?? []).filter(({ level }) => level !== undefined);
      const knownM = states.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0);
      return [
        {
          index,
          route,
          states,
          worst: worstOf(states),
          knownShare: route.lengthM === 0 ? 0 : Math.min(1, knownM / route.lengthM),
          alerts: counts.get(`${route.ref}/${route.direction}`) ?? 0,
          isRamp: !carriageways.has(index),
        },
      ];
    })
    .sort((a, b) => rankOf(a.worst) - rankOf(b.worst) || b.alerts - a.alerts || byName(a.route, b.route));
}

function alertCounts(alerts: Iterable<AlertView>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { road } of alerts) {
    if (road === undefined) continue;
    const key = `${road.ref}/${road.direction}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const worstOf = (states: readonly SegmentState[]): TrafficLevel | undefined =>
  TRAFFIC_LEVELS.find((level) => states.some((state) => state.level === level));

/** 0 the worst; nothing known comes before free, since it may hide anything. */
export function rankOf(level: TrafficLevel | undefined): number {
  return level === undefined ? TRAFFIC_LEVELS.length - 1.5 : TRAFFIC_LEVELS.indexOf(level);
}

const byName = (a: Route, b: Route): number =>
  `${a.ref} ${a.direction}`.localeCompare(`${b.ref} ${b.direction}`, undefined, { numeric: true });
