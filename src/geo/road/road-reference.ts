import type { RoadReference } from "../../domain/alert.ts";
import type { RoadMarker, RoadRoute } from "../../domain/road.ts";

/** What people name when they say where on a road something is. */
const NAMED_KINDS: ReadonlySet<RoadMarker["kind"]> = new Set(["junction", "interchange", "rest-area"]);

/** A stretch of a route in the words of operators; see `RoadNetwork.describe`. */
export function roadReference(
  route: RoadRoute,
  tailM: number,
  headM: number,
  kmAt: (routeM: number) => number,
): RoadReference {
  const { ref, direction } = route;
  const where = placeText(route, tailM, headM);
  const ramp = route.links.every(({ flags }) => flags.ramp) ? "(ramp)" : "";
  const road = [ref, direction === "" ? "" : `→ ${direction}`, ramp].filter((part) => part !== "").join(" ");
  return {
    ref,
    direction,
    fromKm: roundKm(kmAt(tailM)),
    toKm: roundKm(kmAt(headM)),
    text: [road === "" ? route.id : road, where].filter((part) => part !== "").join(", "),
  };
}

function placeText({ markers }: RoadRoute, tailM: number, headM: number): string {
  const named = markers.filter(({ kind }) => NAMED_KINDS.has(kind));
  const before = named.findLast(({ routeM }) => routeM <= tailM);
  const behind = named.find(({ routeM }) => routeM >= headM && routeM > (before?.routeM ?? -1));
  if (before !== undefined && behind !== undefined) return `between ${before.name} and ${behind.name}`;
  if (before !== undefined) return `after ${before.name}`;
  return behind === undefined ? "" : `before ${behind.name}`;
}

function roundKm(km: number): number {
  return Math.round(km * 1_000) / 1_000;
}
