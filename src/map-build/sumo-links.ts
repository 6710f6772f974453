import type { GeoPoint } from "../domain/place.ts";
import { roundPoint } from "../domain/place.ts";
import { distanceM } from "../geo/geodesy.ts";
import { type DraftLink, type DraftNetwork, Tally } from "./draft.ts";
import { middleLine, withoutRepeats } from "./plane.ts";
import { MapBuildError } from "./problem.ts";
import { type Unproject, unprojectionFrom } from "./projection.ts";
import { readPostedId } from "./route-key.ts";
import { closeGaps } from "./sumo-joints.ts";
import type { PlanePoint, SumoEdge, SumoNetwork } from "./sumo-network.ts";
import { linesWithWayBack } from "./two-way.ts";

const KMH_PER_MPS = 3.6;
/** Highest limit of built-up areas in Europe, km/h. */
const URBAN_LIMIT_KMH = 50;

/** Roads of these classes have separated carriageways. */
const DIVIDED = new Set(["motorway", "motorway_link"]);

/** Links of all edges that vehicles drive on. Gaps across junctions are closed once routes are known. */
export function sumoLinks(network: SumoNetwork): DraftNetwork {
  const leftOut = new Tally();
  const unproject = geographic(network);
  const lines = new Map<string, readonly PlanePoint[]>();
  for (const edge of network.edges.values()) {
    const line = usableLine(edge, leftOut);
    if (line !== undefined) lines.set(edge.id, line);
  }
  if (lines.size === 0) throw new MapBuildError("it holds no roads that vehicles may drive on");
  const nextOf = followers(network, lines);
  const signals = new Set(network.connections.filter(({ signal }) => signal).map(({ from }) => from));
  const opposites = oppositesOf(network, lines);
  const wayBack = linesWithWayBack(lines);
  const links = [...lines].map(([id, line]) => {
    const edge = network.edges.get(id) as SumoEdge;
    return draftOf(edge, line.map(unproject), {
      next: [...(nextOf.get(id) ?? [])],
      signal: signals.has(id),
      roundabout: network.roundaboutEdges.has(id),
      opposite: opposites.get(id),
      hasWayBack: wayBack.has(id),
    });
  });
  return {
    links,
    markers: [],
    leftOut: leftOut.counts,
    source: "SUMO network",
    licence: "as the network's",
    finish(routes) {
      closeGaps(network, routes, lines, unproject);
      dropWideTurns(links, leftOut);
    },
  };
}

/** The reader of maps takes a connection across more than this for a mistake (60 m, less what rounding may add). */
const WIDEST_JUNCTION_M = 59;

/** Turns across very wide junctions: what is driven there belongs to the road that leads straight on. */
function dropWideTurns(links: readonly DraftLink[], leftOut: Tally): void {
  const begins = new Map(links.map(({ id, points }) => [id, points[0]]));
  for (const link of links) {
    const end = link.points.at(-1);
    const next = link.next.filter((id) => {
      const begin = begins.get(id);
      return begin === undefined || end === undefined || distanceM(end, begin) <= WIDEST_JUNCTION_M;
    });
    if (next.length < link.next.length)
      leftOut.add("turns across more than 59 m", link.next.length - next.length);
    link.next = next;
  }
}

/** A function from the network's coordinates to WGS 84, rounded to the resolution of the file. */
function geographic({ projection, offset }: SumoNetwork): (point: PlanePoint) => GeoPoint {
  const unproject: Unproject = unprojectionFrom(projection);
  return ([eastM, northM]) => roundPoint(unproject(eastM - offset[0], northM - offset[1]));
}

const OTHER_FUNCTIONS: Readonly<Record<string, string>> = {
  crossing: "pedestrian crossing",
  walkingarea: "walking area",
};

function usableLine(edge: SumoEdge, leftOut: Tally): readonly PlanePoint[] | undefined {
  if (edge.function === "internal") return undefined;
  const other = OTHER_FUNCTIONS[edge.function];
  const lanes = edge.lanes.filter(({ drivable }) => drivable);
  const line = withoutRepeats(middleLine(lanes.map(({ shape }) => shape)));
  if (other !== undefined) leftOut.add(other);
  else if (lanes.length === 0) leftOut.add("not for road vehicles");
  else if (line.length < 2) leftOut.add("shorter than 2 cm");
  else return line;
  return undefined;
}

function followers(network: SumoNetwork, lines: ReadonlyMap<string, unknown>): Map<string, Set<string>> {
  const nextOf = new Map<string, Set<string>>();
  for (const { from, to } of network.connections) {
    if (!lines.has(from) || !lines.has(to)) continue;
    const next = nextOf.get(from);
    if (next === undefined) nextOf.set(from, new Set([to]));
    else next.add(to);
  }
  return nextOf;
}

/** Edges between the same two junctions in opposite directions. */
function oppositesOf(network: SumoNetwork, lines: ReadonlyMap<string, unknown>): Map<string, string> {
  const between = new Map<string, string>();
  const edges = [...lines.keys()].map((id) => network.edges.get(id) as SumoEdge);
  for (const { id, from, to } of edges) between.set(`${from} ${to}`, id);
  const opposites = new Map<string, string>();
  for (const { id, from, to } of edges) {
    const opposite = between.get(`${to} ${from}`);
    if (opposite !== undefined && opposite !== id) opposites.set(id, opposite);
  }
  return opposites;
}

interface Surroundings {
  readonly next: readonly string[];
  readonly signal: boolean;
  readonly roundabout: boolean;
  readonly opposite: string | undefined;
  /** Another line leads back beside it. */
  readonly hasWayBack: boolean;
}

function draftOf(edge: SumoEdge, points: readonly GeoPoint[], around: Surroundings): DraftLink {
  const posted = readPostedId(edge.id);
  const lanes = edge.lanes.filter(({ drivable }) => drivable);
  const limitMps = Math.max(...lanes.map(({ speedMps }) => speedMps));
  const limitKmh = Number.isNaN(limitMps) ? undefined : Math.round(limitMps * KMH_PER_MPS);
  const ramp = edge.roadClass.endsWith("_link");
  const fast = edge.roadClass.startsWith("motorway") || edge.roadClass.startsWith("trunk");
  return {
    id: edge.id,
    points,
    roadClass: edge.roadClass,
    ref: posted?.ref ?? "",
    name: edge.name,
    destination: "",
    routeKey: posted?.routeKey,
    lanes: lanes.length,
    limitKmh,
    level: 0,
    divided: DIVIDED.has(edge.roadClass),
    oneWay: DIVIDED.has(edge.roadClass) || (around.opposite === undefined && !around.hasWayBack),
    flags: {
      ...(ramp ? { ramp } : {}),
      ...(around.signal ? { signal: true } : {}),
      ...(around.roundabout ? { roundabout: true } : {}),
      ...(!fast && limitKmh !== undefined && limitKmh <= URBAN_LIMIT_KMH ? { urban: true } : {}),
    },
    fromKm: undefined,
    toKm: undefined,
    vertexKm: undefined,
    next: around.next,
    opposite: around.opposite,
  };
}
