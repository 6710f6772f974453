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

/** Squares of 11 m at the equator, slimmer towards the poles: wider than `MEETING_M` up to 84° of latitude. */
const SQUARES_PER_DEG = 10_000;
const COLUMNS = 360 * SQUARES_PER_DEG;

/** Ends look for beginnings in their own square and those around it: a town on a grid has many of one latitude. */
function meetingNext(parts: readonly Part[]): number[][] {
  const begins = new Map<number, number[]>();
  parts.forEach(({ line }, link) => {
    const key = squareOf(beginOf(line), 0, 0);
    const known = begins.get(key);
    if (known === undefined) begins.set(key, [link]);
    else known.push(link);
  });
  return parts.map(({ line }) => {
    const end = endOf(line);
    const targets: number[] = [];
    for (let north = -1; north <= 1; north++) {
      for (let east = -1; east <= 1; east++) {
        for (const link of begins.get(squareOf(end, north, east)) ?? []) {
          const next = (parts[link] as Part).line;
          if (distanceM(end, beginOf(next)) <= MEETING_M && !turnsRound(line, next)) targets.push(link);
        }
      }
    }
    return targets.sort((a, b) => a - b);
  });
}

function squareOf({ latitudeDeg, longitudeDeg }: GeoPoint, north: number, east: number): number {
  const row = Math.floor((latitudeDeg + 90) * SQUARES_PER_DEG) + north;
  const column = (Math.floor((longitudeDeg + 180) * SQUARES_PER_DEG) + east + COLUMNS) % COLUMNS;
  return row * COLUMNS + column;
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
