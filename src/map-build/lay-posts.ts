import type { GeoPoint } from "../domain/place.ts";
import { distanceM, LocalPlane } from "../geo/geodesy.ts";
import type { DraftLink, DraftRoute } from "./draft.ts";
import type { KilometrePost } from "./markers.ts";

/** Posts stand beside the carriageway, or on the axis between two; five lanes lie between them and a line at most. */
const REACH_M = 50;
/** Beyond the outermost posts, kilometres go on at the length of the line for this far. */
const BEYOND_M = 1_000;
/** Kilometres of a road and the length of its line differ by less, unless a post belongs to another road. */
const MOST_STRETCH = 1.5;
const M_PER_KM = 1_000;

interface Placed {
  readonly routeM: number;
  readonly km: number;
}

/** Lays posted kilometres on the links of routes that have none: interpolated between the posts of their road. */
export function layPosts(routes: readonly DraftRoute[], posts: readonly KilometrePost[]): void {
  for (const route of routes) {
    if (route.ref === "" || route.links.some(({ fromKm }) => fromKm !== undefined)) continue;
    const own = posts.filter(({ ref }) => ref === route.ref);
    const placed = consistent(placeAlong(route, own));
    if (placed.length >= 2) layOn(route, placed);
  }
}

function placeAlong({ links }: DraftRoute, posts: readonly KilometrePost[]): Placed[] {
  const placed = posts.flatMap(({ point, km }): Placed[] => {
    const routeM = nearestM(links, point);
    return routeM === undefined ? [] : [{ routeM, km }];
  });
  return placed.sort((a, b) => a.routeM - b.routeM || a.km - b.km);
}

function nearestM(links: readonly DraftLink[], place: GeoPoint): number | undefined {
  const plane = new LocalPlane(place);
  let bestM = REACH_M;
  let found: number | undefined;
  let alongM = 0;
  for (const { points } of links) {
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1] as GeoPoint, points[i] as GeoPoint];
      const [x, y] = [plane.eastM(from.longitudeDeg), plane.northM(from.latitudeDeg)];
      const [dx, dy] = [plane.eastM(to.longitudeDeg) - x, plane.northM(to.latitudeDeg) - y];
      const share = Math.min(1, Math.max(0, -(x * dx + y * dy) / (dx * dx + dy * dy)));
      const [east, north] = [x + share * dx, y + share * dy];
      const away = Math.sqrt(east * east + north * north);
      const lengthM = distanceM(from, to);
      if (away < bestM) [bestM, found] = [away, alongM + share * lengthM];
      alongM += lengthM;
    }
  }
  return found;
}

/** The longest run of posts whose kilometres all rise or all fall, at about the length of the line. */
function consistent(placed: readonly Placed[]): readonly Placed[] {
  const rising = longestRun(placed, 1);
  const falling = longestRun(placed, -1);
  return rising.length >= falling.length ? rising : falling;
}

function longestRun(placed: readonly Placed[], sense: 1 | -1): readonly Placed[] {
  const runs: { readonly length: number; readonly before: number }[] = [];
  let best = -1;
  for (const [i, post] of placed.entries()) {
    let run = { length: 1, before: -1 };
    for (let j = 0; j < i; j++) {
      const length = (runs[j]?.length ?? 0) + 1;
      if (length > run.length && follows(placed[j] as Placed, post, sense)) run = { length, before: j };
    }
    runs.push(run);
    if (run.length > (runs[best]?.length ?? 0)) best = i;
  }
  const chosen: Placed[] = [];
  for (let i = best; i >= 0; i = runs[i]?.before ?? -1) chosen.unshift(placed[i] as Placed);
  return chosen;
}

function follows(a: Placed, b: Placed, sense: 1 | -1): boolean {
  const lineM = b.routeM - a.routeM;
  const postedM = sense * (b.km - a.km) * M_PER_KM;
  return lineM > 0 && postedM > 0 && postedM < lineM * MOST_STRETCH && lineM < postedM * MOST_STRETCH;
}

function layOn(route: DraftRoute, placed: readonly Placed[]): void {
  let alongM = 0;
  for (const link of route.links) {
    const kilometres: (number | undefined)[] = [];
    for (const [i, point] of link.points.entries()) {
      const before = link.points[i - 1];
      if (before !== undefined) alongM += distanceM(before, point);
      kilometres.push(kmAt(placed, alongM));
    }
    link.fromKm = kilometres[0];
    link.toKm = kilometres.at(-1);
    const known = kilometres.filter((km) => km !== undefined);
    if (known.length === kilometres.length && known.length > 2) link.vertexKm = known;
  }
}

/** Undefined farther beyond the posts than kilometres can be told. */
function kmAt(placed: readonly Placed[], routeM: number): number | undefined {
  const first = placed[0] as Placed;
  const last = placed.at(-1) as Placed;
  const sense = last.km > first.km ? 1 : -1;
  const beyond = (post: Placed): number | undefined =>
    Math.abs(routeM - post.routeM) > BEYOND_M
      ? undefined
      : rounded(post.km + (sense * (routeM - post.routeM)) / M_PER_KM);
  if (routeM <= first.routeM) return beyond(first);
  if (routeM >= last.routeM) return beyond(last);
  const next = placed.findIndex((post) => post.routeM > routeM);
  const [a, b] = [placed[next - 1] as Placed, placed[next] as Placed];
  return rounded(a.km + ((b.km - a.km) * (routeM - a.routeM)) / (b.routeM - a.routeM));
}

function rounded(km: number): number {
  return Math.round(km * M_PER_KM) / M_PER_KM;
}
