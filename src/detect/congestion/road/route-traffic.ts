import type { RoadNetwork } from "../../../domain/road.ts";
import { binCount, newBins, type RouteBins } from "./bins.ts";
import type { LadderLimits } from "./ladder.ts";
import { type LinkSpeeds, newLinkSpeeds } from "./link-speeds.ts";
import type { RoadLoop } from "./loop.ts";
import type { ToldQueue } from "./queue.ts";
import type { Member, Visit } from "./vehicle.ts";

/** A road user that was slow and has gone. */
export interface Trace {
  readonly stationId: number;
  readonly placeDm: number;
  readonly atMs: number;
  readonly merges: boolean;
}

/** A slow vehicle that a station's sensors see. */
export interface Sight {
  readonly observer: number;
  readonly objectId: number;
  readonly placeDm: number;
  readonly atMs: number;
}

/** A vehicle has failed to pass a signal in one green: where and when that showed, and how far it had come. */
export interface CycleFailure {
  readonly stationId: number;
  readonly placeDm: number;
  readonly atMs: number;
  /** 0: it has not stopped twice. */
  readonly advanceDm: number;
}

/** Traffic of one route: everything that decides about its queues. */
export interface RouteTraffic {
  readonly route: number;
  readonly bins: RouteBins;
  /** Slow vehicles by station id as a signed integer. */
  readonly members: Map<number, Member>;
  /** Vehicles that flow again since the last look. */
  readonly released: Member[];
  traces: Trace[];
  failures: CycleFailure[];
  /** By observer and object. */
  readonly sights: Map<string, Sight>;
  /** By name of the sensor. */
  readonly loops: Map<string, RoadLoop>;
  /** Upstream first. */
  queues: ToldQueue[];
  nextNo: number;
  /** It waits for its turn; it waits for the next tick. */
  isDue: boolean;
  isUrgent: boolean;
}

/** Everything that is known of traffic on one network. */
export interface RoadTraffic {
  readonly network: RoadNetwork;
  readonly speeds: LinkSpeeds;
  /** By index of the route; undefined until the first vehicle. */
  readonly routes: (RouteTraffic | undefined)[];
  /** Bins in use. */
  bins: number;
}

/** Routes are looked at by turns, so that ticks cost alike: each every half second. */
export const TURNS = 10;

export interface RoadState {
  /** Undefined until the network is known. */
  traffic: RoadTraffic | undefined;
  /** What a snapshot held, until the network is known. */
  kept: KeptTraffic | undefined;
  /** By station id as a signed integer: those heard in this minute, and those heard in the one before only. */
  visits: Map<number, Visit>;
  visitsBefore: Map<number, Visit>;
  minute: number;
  /** Indices of routes, by turn. */
  readonly due: number[][];
  readonly urgent: number[];
  /** The last tick. */
  tickMs: number;
  /** Vehicles and routes that found no room. */
  refused: number;
}

/** Rows of a snapshot that can only be read with the network. */
export interface KeptTraffic {
  readonly fingerprint: string;
  readonly rows: unknown;
}

/** Bounds memory: 50,000 km of directed road, 80 bytes a bin. */
const MAX_BINS = 1_000_000;

export function newRoadTraffic(network: RoadNetwork, limits: LadderLimits): RoadTraffic {
  return {
    network,
    speeds: newLinkSpeeds(network, limits),
    routes: new Array<RouteTraffic | undefined>(network.routes.length).fill(undefined),
    bins: 0,
  };
}

/** The traffic of a route; undefined where there is no room for another one. */
export function openRoute(traffic: RoadTraffic, route: number): RouteTraffic | undefined {
  const known = traffic.routes[route];
  if (known !== undefined) return known;
  const lengthM = traffic.network.routes[route]?.lengthM;
  if (lengthM === undefined || traffic.bins + binCount(lengthM) > MAX_BINS) return undefined;
  const bins = newBins(lengthM);
  traffic.bins += bins.count;
  const fresh: RouteTraffic = {
    route,
    bins,
    members: new Map(),
    released: [],
    traces: [],
    failures: [],
    sights: new Map(),
    loops: new Map(),
    queues: [],
    nextNo: 1,
    isDue: false,
    isUrgent: false,
  };
  traffic.routes[route] = fresh;
  return fresh;
}

/** Puts a route on the list of its turn. */
export function markDue(state: RoadState, route: RouteTraffic): void {
  if (route.isDue) return;
  route.isDue = true;
  state.due[route.route % TURNS]?.push(route.route);
}

/** Has a route looked at on the next tick. */
export function markUrgent(state: RoadState, route: RouteTraffic): void {
  if (route.isUrgent) return;
  route.isUrgent = true;
  state.urgent.push(route.route);
}
