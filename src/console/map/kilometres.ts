import type { MapView } from "../../api/contract/map.ts";

type Route = Pick<MapView["routes"][number], "fromKm" | "toKm" | "lengthM" | "kilometres">;

/** Posted kilometre of a place along a route, straight between the places that the map tells. */
export function kmOf(route: Route, routeM: number): number {
  const posts = postsOf(route);
  for (let i = 2; i < posts.length; i += 2) {
    const [fromM, fromKm, toM, toKm] = pairs(posts, i);
    if (routeM <= toM || i + 2 >= posts.length) {
      return toM === fromM ? fromKm : fromKm + ((routeM - fromM) / (toM - fromM)) * (toKm - fromKm);
    }
  }
  return route.fromKm;
}

/** The place of a kilometre along a route, the first where a number is posted twice; undefined where it is not on it. */
export function placeOfKm(route: Route, km: number): number | undefined {
  const posts = postsOf(route);
  for (let i = 2; i < posts.length; i += 2) {
    const [fromM, fromKm, toM, toKm] = pairs(posts, i);
    const share = toKm === fromKm ? Number.NaN : (km - fromKm) / (toKm - fromKm);
    if (share >= 0 && share <= 1) return fromM + share * (toM - fromM);
  }
  return undefined;
}

const postsOf = ({ kilometres, fromKm, toKm, lengthM }: Route): readonly number[] =>
  kilometres ?? [0, fromKm, lengthM, toKm];

function pairs(posts: readonly number[], i: number): readonly [number, number, number, number] {
  return [posts[i - 2] ?? 0, posts[i - 1] ?? 0, posts[i] ?? 0, posts[i + 1] ?? 0];
}
