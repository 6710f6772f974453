import type { GeoPoint } from "../../domain/place.ts";
import { distanceM, headingDifferenceDeg } from "../geodesy.ts";
import type { LinkLine } from "./link-line.ts";
import type { LinkFeature } from "./map-feature.ts";
import { RoadMapError } from "./road-map-error.ts";

/** Where no link names its next ones, ends this near to a beginning lead there. */
const MEETING_M = 1;

/** A named next link must begin this near: wide junctions are 40 m across. */
const JUNCTION_M = 60;

/** Driving on in the opposite direction is turning round, which no link's end means. */
const TURNING_ROUND_DEG = 150;

interface Part {
  readonly feature: LinkFeature;
  readonly line: LinkLine;
}

export interface Connections {
  /** By link: indices of links, sorted. */
  readonly next: readonly (readonly number[])[];
  readonly previous: readonly (readonly number[])[];
}

/** @throws RoadMapError where a named next link is unknown or begins elsewhere */
export function connectionsOf(parts: readonly Part[], fileName: string): Connections {
  const isNamed = parts.some(({ feature }) => feature.next !== undefined);
  const next = isNamed ? namedNext(parts, fileName) : meetingNext(parts);
  const previous: number[][] = parts.map(() => []);
  next.forEach((targets, link) => {
    for (const target of targets) previous[target]?.push(link);
  });
  return { next, previous };
}

function namedNext(parts: readonly Part[], fileName: string): number[][] {
  const indexOf = new Map(parts.map(({ feature }, i) => [feature.id, i]));
  return parts.map(({ feature, line }) => {
    const targets = (feature.next ?? []).map((id) => {
      const index = indexOf.get(id);
      if (index === undefined) {
        throw new RoadMapError(
          fileName,
          `${feature.label} names "${id}" as next, which is no link of the map.`,
        );
      }
      const gapM = distanceM(endOf(line), beginOf((parts[index] as Part).line));
      if (gapM > JUNCTION_M) {
        throw new RoadMapError(
          fileName,
          `${feature.label} names "${id}" as next, which begins ${Math.round(gapM)} m from its end.`,
        );
      }
      return index;
    });
    return [...new Set(targets)].sort((a, b) => a - b);
  });
}

/** Beginnings sorted by latitude, so that each end looks at those within a metre north and south only. */
function meetingNext(parts: readonly Part[]): number[][] {
  const reachDeg = MEETING_M / 100_000;
  const begins = parts
    .map(({ line }, link) => ({ link, point: beginOf(line) }))
    .sort((a, b) => a.point.latitudeDeg - b.point.latitudeDeg || a.link - b.link);
  return parts.map(({ line }) => {
    const end = endOf(line);
    const targets: number[] = [];
    for (let i = firstFrom(begins, end.latitudeDeg - reachDeg); i < begins.length; i++) {
      const { link, point } = begins[i] as (typeof begins)[number];
      if (point.latitudeDeg > end.latitudeDeg + reachDeg) break;
      if (distanceM(end, point) <= MEETING_M && !turnsRound(line, (parts[link] as Part).line))
        targets.push(link);
    }
    return targets.sort((a, b) => a - b);
  });
}

function firstFrom(begins: readonly { readonly point: GeoPoint }[], latitudeDeg: number): number {
  let low = 0;
  let high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins[middle]?.point.latitudeDeg ?? 0) < latitudeDeg) low = middle + 1;
    else high = middle;
  }
  return low;
}

function turnsRound(from: LinkLine, to: LinkLine): boolean {
  const leavingDeg = from.headingsDeg[from.segments - 1] as number;
  return headingDifferenceDeg(leavingDeg, to.headingsDeg[0] as number) > TURNING_ROUND_DEG;
}

function beginOf({ points }: LinkLine): GeoPoint {
  return points[0] as GeoPoint;
}

function endOf({ points }: LinkLine): GeoPoint {
  return points.at(-1) as GeoPoint;
}
