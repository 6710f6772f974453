import type { RoadQueue, TrafficLevel, TrafficLookup } from "../../../domain/detector.ts";
import type { RoadLink, RoadNetwork, RoadRoute } from "../../../domain/road.ts";
import { BIN_M, SLICE_MS } from "./bins.ts";
import { extent } from "./content.ts";
import { sigmaAt } from "./front.ts";
import { levelName, SLOW_LEVEL, UNKNOWN_LEVEL } from "./ladder.ts";
import { freeFlowMps } from "./link-speeds.ts";
import type { RoadState, RouteTraffic } from "./route-traffic.ts";

/** Half the width of a carriageway of five lanes, with the noise of positions. */
const ON_ROAD_M = 25;

/**
 * How long after its last vehicle a place that was passed well is still believed to be: two windows. Silence is never
 * free: the road may have been closed since, or nobody be heard there any more.
 */
const FLOW_BELIEVED_MS = 60_000;

/** The same where it was not: jams last, and those in them may have no equipped vehicle among them for minutes. */
const JAM_BELIEVED_MS = 300_000;

/** What the detector knows for others: queues that were told, and the ladder of bins elsewhere. */
export function trafficOf(state: RoadState, roads: RoadNetwork): TrafficLookup {
  const levelOn = (route: RoadRoute, routeM: number): TrafficLevel | undefined => {
    const known = state.traffic?.routes[route.index];
    return known === undefined ? undefined : levelAt(known, route, routeM, state.tickMs);
  };
  return {
    isCongested(place, headingDeg) {
      const [spot] = roads.near(place, ON_ROAD_M, headingDeg);
      if (spot === undefined) return false;
      const level = levelOn(spot.link.route, spot.link.fromM + spot.offsetM);
      return level === "slow" || level === "queuing" || level === "stationary";
    },
    levelOn,
    queuesOn: (route) => queuesOn(state, route),
    freeFlowOn: (link: RoadLink) =>
      state.traffic === undefined ? undefined : freeFlowMps(state.traffic.speeds, link.index),
    hasClosedUp: (stationId) => state.visits.get(stationId | 0)?.member?.hasClosedUp === true,
  };
}

function levelAt(
  known: RouteTraffic,
  route: RoadRoute,
  routeM: number,
  tickMs: number,
): TrafficLevel | undefined {
  for (const queue of known.queues) {
    if (queue.told === undefined) continue;
    const { tailM, headM } = extent(queue, route, tickMs);
    if (routeM >= tailM && routeM <= headM) return levelName(Math.min(SLOW_LEVEL, queue.level));
  }
  const bin = Math.floor(routeM / BIN_M);
  const level = known.bins.level[bin] ?? UNKNOWN_LEVEL;
  const ageMs = tickMs - ((known.bins.slice[bin] ?? 0) + 1) * SLICE_MS;
  const believedMs = level > SLOW_LEVEL ? FLOW_BELIEVED_MS : JAM_BELIEVED_MS;
  return level === UNKNOWN_LEVEL || ageMs > believedMs ? undefined : levelName(level);
}

const NO_QUEUES: readonly RoadQueue[] = [];

function queuesOn(state: RoadState, route: RoadRoute): readonly RoadQueue[] {
  const known = state.traffic?.routes[route.index];
  if (known === undefined || known.queues.length === 0) return NO_QUEUES;
  return known.queues
    .filter(({ told }) => told !== undefined)
    .map((queue) => ({
      ...extent(queue, route, state.tickMs),
      key: queue.key,
      tailSpeedMps: queue.tail.speedMps,
      tailSigmaM: sigmaAt(queue.tail, state.tickMs),
      level: levelName(queue.level),
      vehicles: queue.joined,
    }))
    .sort((a, b) => a.tailM - b.tailM);
}
