import type { GeoPoint } from "../../domain/place.ts";
import type { RoadLink, RoadMarker, RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { distanceM } from "../geodesy.ts";
import { connectionsOf } from "./connections.ts";
import { Kilometres } from "./kilometres.ts";
import { LinkLine, Projection } from "./link-line.ts";
import { type LinkFeature, type MarkerFeature, readFeatures } from "./map-feature.ts";
import { judgeRoute } from "./map-problems.ts";
import { Network } from "./network.ts";
import { RoadMapError } from "./road-map-error.ts";

const E7 = 1e7;

/** A marker without a kilometre belongs to the routes of its road that pass this near. */
const MARKER_REACH_M = 100;

/** A marker whose kilometre lies this little beyond the ends of a route stands at its end: maps are cut at junctions. */
const MARKER_SLACK_M = 50;

/** A marker this far from the place of its kilometre is misplaced; junctions are a few hundred metres long. */
const MISPLACED_M = 1_000;

const KMH_PER_MPS = 3.6;

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** A link under construction with what the file says of it. */
interface Draft {
  readonly feature: LinkFeature;
  readonly line: LinkLine;
}

/**
 * Reads a map: a GeoJSON FeatureCollection (RFC 7946, longitude first) of links (LineStrings in the direction of travel)
 * and markers (Points), as `docs/maps.md` describes it.
 * @throws RoadMapError whose message is one sentence that names the feature at fault
 */
export function readRoadMap(geojson: unknown, fileName = "map"): RoadNetwork {
  const { name, links: features, markers } = readFeatures(geojson, fileName);
  if (features.length === 0) throw new RoadMapError(fileName, "the map holds no links.");
  refuseDuplicates(features, fileName);
  const drafts = inOrder(features).map((feature) => ({ feature, line: new LinkLine(feature.points) }));
  const connections = connectionsOf(drafts, fileName);
  const markersByRef = byRef(markers);
  const links: Writable<RoadLink>[] = [];
  const routes: RoadRoute[] = [];
  const kilometres: Kilometres[] = [];
  for (const part of byRoute(drafts)) {
    judgeRoute(part, fileName);
    const placed = placeRoute(part, routes.length, links.length, connections);
    const posted = postedKilometres(placed.route, part);
    const own = markersByRef.get(placed.route.ref) ?? [];
    judgeMarkers(placed.route, part, posted, own, fileName);
    for (const link of placed.links) links.push(link);
    routes.push({ ...placed.route, markers: markersOf(placed.route, part, posted, own) });
    kilometres.push(posted);
    const route = routes.at(-1) as RoadRoute;
    for (const link of placed.links) link.route = route;
  }
  return new Network({ name, routes, links, lines: drafts.map(({ line }) => line), kilometres });
}

/** Markers of roads with a number: others belong to no route. */
function byRef(markers: readonly MarkerFeature[]): ReadonlyMap<string, readonly MarkerFeature[]> {
  const found = new Map<string, MarkerFeature[]>();
  for (const marker of markers) {
    if (marker.ref === "") continue;
    const known = found.get(marker.ref);
    if (known === undefined) found.set(marker.ref, [marker]);
    else known.push(marker);
  }
  return found;
}

function refuseDuplicates(features: readonly LinkFeature[], fileName: string): void {
  const known = new Map<string, LinkFeature>();
  for (const feature of features) {
    const other = known.get(feature.id);
    if (other !== undefined)
      throw new RoadMapError(fileName, `${feature.label} has the id of ${other.label}.`);
    known.set(feature.id, feature);
  }
}

/** Links of one route stand together, in their order; routes in the order in which the file names them. */
function inOrder(features: readonly LinkFeature[]): LinkFeature[] {
  const routes = new Map<string, LinkFeature[]>();
  for (const feature of features) {
    const links = routes.get(feature.routeId);
    if (links === undefined) routes.set(feature.routeId, [feature]);
    else links.push(feature);
  }
  return [...routes.values()].flatMap((links) => links.sort((a, b) => a.order - b.order));
}

function byRoute(drafts: readonly Draft[]): Draft[][] {
  const routes: Draft[][] = [];
  for (const draft of drafts) {
    const last = routes.at(-1);
    if (last?.[0]?.feature.routeId === draft.feature.routeId) last.push(draft);
    else routes.push([draft]);
  }
  return routes;
}

function placeRoute(
  drafts: readonly Draft[],
  routeIndex: number,
  firstLink: number,
  connections: ReturnType<typeof connectionsOf>,
) {
  const [{ feature }] = drafts as [Draft];
  const links: Writable<RoadLink>[] = [];
  const route: RoadRoute = {
    index: routeIndex,
    id: feature.routeId,
    ref: feature.ref,
    direction: feature.direction,
    divided: drafts.every((draft) => draft.feature.divided),
    lengthM: 0,
    links,
    markers: [],
  };
  let fromM = 0;
  drafts.forEach((draft, i) => {
    const index = firstLink + i;
    const before = drafts[i - 1];
    if (before !== undefined) fromM += gapM(before.line, draft.line);
    const toM = fromM + draft.line.lengthM;
    links.push(linkOf(draft, index, route, fromM, toM, connections));
    fromM = toM;
  });
  return { route: { ...route, lengthM: fromM }, links };
}

/** Ends that meet within a metre are one place: rounding of coordinates. */
const SAME_PLACE_M = 1;

function gapM(before: LinkLine, after: LinkLine): number {
  const gap = distanceM(before.points.at(-1) ?? after.pointAt(0), after.pointAt(0));
  return gap <= SAME_PLACE_M ? 0 : gap;
}

function linkOf(
  { feature, line }: Draft,
  index: number,
  route: RoadRoute,
  fromM: number,
  toM: number,
  connections: ReturnType<typeof connectionsOf>,
): RoadLink {
  return {
    index,
    id: feature.id,
    route,
    fromM,
    toM,
    points: line.points,
    lanes: feature.lanes,
    limitMps: feature.limitKmh === undefined ? undefined : feature.limitKmh / KMH_PER_MPS,
    freeFlowMps: feature.freeFlowKmh === undefined ? undefined : feature.freeFlowKmh / KMH_PER_MPS,
    level: feature.level,
    flags: feature.flags,
    next: connections.next[index] ?? [],
    previous: connections.previous[index] ?? [],
    oneWay: feature.oneWay,
  };
}

function postedKilometres(route: RoadRoute, drafts: readonly Draft[]): Kilometres {
  const places: { routeM: number; km: number }[] = [];
  const post = (routeM: number, km: number | undefined) => {
    if (km !== undefined && routeM > (places.at(-1)?.routeM ?? -1)) places.push({ routeM, km });
  };
  drafts.forEach(({ feature, line }, i) => {
    const { fromM, toM } = route.links[i] as RoadLink;
    if (feature.vertexKm === undefined) {
      post(fromM, feature.fromKm);
      post(toM, feature.toKm);
    }
    feature.vertexKm?.forEach((km, vertex) => {
      post(fromM + (line.alongM[vertex] as number), km);
    });
  });
  return new Kilometres(places);
}

function markersOf(
  route: RoadRoute,
  drafts: readonly Draft[],
  posted: Kilometres,
  markers: readonly MarkerFeature[],
): readonly RoadMarker[] {
  const placed = markers.flatMap((marker): RoadMarker[] => {
    const byKm = marker.km !== undefined && posted.isPosted;
    const routeM = byKm ? posted.placeOf(marker.km, MARKER_SLACK_M) : nearestPlaceM(route, drafts, marker);
    return routeM === undefined ? [] : [{ routeM, name: marker.name, kind: marker.kind }];
  });
  return placed.sort((a, b) => a.routeM - b.routeM || (a.name < b.name ? -1 : 1));
}

/**
 * A route whose kilometres run the other way round has its markers at the wrong ends, and only there.
 * @throws RoadMapError where all markers say so
 */
function judgeMarkers(
  route: RoadRoute,
  drafts: readonly Draft[],
  posted: Kilometres,
  markers: readonly MarkerFeature[],
  fileName: string,
): void {
  let mirrored = 0;
  let all = 0;
  for (const { km, point } of markers) {
    const placeM = km === undefined ? undefined : posted.placeOf(km, 0);
    if (placeM === undefined) continue;
    all++;
    const awayM = distanceM(placeOn(route, drafts, placeM), point);
    const mirroredM = distanceM(placeOn(route, drafts, route.lengthM - placeM), point);
    if (awayM > MISPLACED_M && mirroredM < MISPLACED_M / 2) mirrored++;
  }
  const [first] = drafts;
  if (first === undefined || mirrored < 2 || mirrored < all / 2) return;
  throw new RoadMapError(
    fileName,
    `${first.feature.label} and the other links of route "${route.id}" have kilometres that run against the markers of ` +
      `${route.ref}: wrong direction.`,
  );
}

function placeOn({ links }: RoadRoute, drafts: readonly Draft[], routeM: number): GeoPoint {
  const i = Math.max(
    0,
    links.findLastIndex(({ fromM }) => fromM <= routeM),
  );
  return (drafts[i] as Draft).line.pointAt(routeM - (links[i] as RoadLink).fromM);
}

function nearestPlaceM(
  route: RoadRoute,
  drafts: readonly Draft[],
  { point }: MarkerFeature,
): number | undefined {
  const found = new Projection();
  let nearestM = MARKER_REACH_M;
  let placeM: number | undefined;
  drafts.forEach(({ line }, i) => {
    const [latitudeE7, longitudeE7] = [
      Math.round(point.latitudeDeg * E7),
      Math.round(point.longitudeDeg * E7),
    ];
    line.project(latitudeE7, longitudeE7, 0, line.segments, found);
    if (found.distanceM > nearestM) return;
    nearestM = found.distanceM;
    placeM = (route.links[i] as RoadLink).fromM + found.offsetM;
  });
  return placeM;
}
