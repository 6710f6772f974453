import type { DraftMarker, DraftRoute } from "./draft.ts";
import { lineLengthM } from "./line.ts";

/** What a build has made of its input, for people and programs. */
export interface MapBuildSummary {
  readonly links: number;
  readonly routes: number;
  readonly rampRoutes: number;
  /** Length of all links; both directions of a road count. */
  readonly lengthKm: number;
  readonly lengthKmByClass: Readonly<Record<string, number>>;
  readonly markers: number;
  /** Links with posted kilometres, and with a limit. */
  readonly linksWithKm: number;
  readonly linksWithLimit: number;
  /** Pieces of the input that are not in the map, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export function summarise(
  routes: readonly DraftRoute[],
  markers: readonly DraftMarker[],
  leftOut: ReadonlyMap<string, number>,
): MapBuildSummary {
  const links = routes.flatMap((route) => route.links);
  const byClass = new Map<string, number>();
  let lengthM = 0;
  for (const { points, roadClass } of links) {
    const linkM = lineLengthM(points);
    lengthM += linkM;
    const name = roadClass === "" ? "(no class)" : roadClass;
    byClass.set(name, (byClass.get(name) ?? 0) + linkM);
  }
  const sorted = [...byClass].sort((a, b) => b[1] - a[1]);
  return {
    links: links.length,
    routes: routes.length,
    rampRoutes: routes.filter(({ links: [first] }) => first?.flags.ramp === true).length,
    lengthKm: roundedKm(lengthM),
    lengthKmByClass: Object.fromEntries(sorted.map(([name, metres]) => [name, roundedKm(metres)])),
    markers: markers.length,
    linksWithKm: links.filter(({ fromKm }) => fromKm !== undefined).length,
    linksWithLimit: links.filter(({ limitKmh }) => limitKmh !== undefined).length,
    leftOut: Object.fromEntries([...leftOut].sort((a, b) => b[1] - a[1])),
  };
}

function roundedKm(metres: number): number {
  return Math.round(metres / 100) / 10;
}
