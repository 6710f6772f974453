import type { GeoPoint } from "../../domain/place.ts";
import { distanceM } from "../geodesy.ts";
import type { LinkLine } from "./link-line.ts";
import type { LinkFeature } from "./map-feature.ts";
import { RoadMapError } from "./road-map-error.ts";

interface Part {
  readonly feature: LinkFeature;
  readonly line: LinkLine;
}

/** Between two links of a route there may lie a junction, 40 m across at most, but no missing link. */
const LARGEST_GAP_M = 60;

/** Links shorter than this say nothing about scale: their kilometres are rounded. */
const SCALE_SAMPLE_KM = 0.5;

/** Posted kilometres and the length of the line differ by less than this share unless something is wrong. */
const SCALE_SLACK = 0.25;
const SCALE_FIT = 0.1;

/**
 * How the links of one route fit together, in their order.
 * @throws RoadMapError naming the first link that does not
 */
export function judgeRoute(parts: readonly Part[], fileName: string): void {
  const fail = (feature: LinkFeature, problem: string): never => {
    throw new RoadMapError(fileName, `${feature.label} ${problem}`);
  };
  for (const part of parts) judgeCoordinateOrder(part, fail);
  for (let i = 1; i < parts.length; i++) judgeJoint(parts[i - 1] as Part, parts[i] as Part, fail);
  judgeKilometres(parts, fail);
}

type Fail = (feature: LinkFeature, problem: string) => never;

/**
 * Latitude and longitude swapped put Europe off Africa, where all numbers are lawful. What betrays it is the length: a line
 * that is far from its posted kilometres, and close to them the other way round.
 */
function judgeCoordinateOrder({ feature, line }: Part, fail: Fail): void {
  const { fromKm, toKm, points } = feature;
  if (fromKm === undefined || toKm === undefined) return;
  const postedM = Math.abs(toKm - fromKm) * 1_000;
  if (postedM < SCALE_SAMPLE_KM * 1_000 || Math.abs(line.lengthM / postedM - 1) <= SCALE_SLACK) return;
  if (points.some(({ longitudeDeg }) => Math.abs(longitudeDeg) > 90)) return;
  const swappedM = lengthOf(points.map(swapped));
  if (Math.abs(swappedM / postedM - 1) > SCALE_FIT) return;
  fail(
    feature,
    `is ${Math.round(line.lengthM)} m long for ${Math.round(postedM)} m of posted kilometres, and ${Math.round(swappedM)} m ` +
      "with latitude and longitude swapped; write [longitude, latitude].",
  );
}

function judgeJoint(before: Part, after: Part, fail: Fail): void {
  if (after.feature.order === before.feature.order) {
    fail(
      after.feature,
      `has the order ${after.feature.order} of ${before.feature.label} in route "${after.feature.routeId}".`,
    );
  }
  const gapM = distanceM(endOf(before), beginOf(after));
  if (gapM <= LARGEST_GAP_M) return;
  const reversed: readonly [Part, number][] = [
    [before, distanceM(beginOf(before), beginOf(after))],
    [after, distanceM(endOf(before), endOf(after))],
  ];
  const [first] = reversed.filter(([, distance]) => distance <= LARGEST_GAP_M);
  const both = distanceM(beginOf(before), endOf(after)) <= LARGEST_GAP_M;
  if (first !== undefined) {
    fail(first[0].feature, "is drawn against the direction of travel of its route; reverse its points.");
  }
  if (both) {
    fail(
      before.feature,
      `and ${after.feature.label} are drawn against the order of their route; reverse points or order.`,
    );
  }
  fail(
    after.feature,
    `begins ${Math.round(gapM)} m from the end of ${before.feature.label}, the link before it in route ` +
      `"${after.feature.routeId}": a gap.`,
  );
}

/** All kilometres of a route rise or all fall. */
function judgeKilometres(parts: readonly Part[], fail: Fail): void {
  let sense = 0;
  let lastKm: number | undefined;
  for (const { feature } of parts) {
    const kilometres = feature.vertexKm ?? [feature.fromKm, feature.toKm];
    for (const km of kilometres) {
      if (km === undefined) continue;
      const step = Math.sign(km - (lastKm ?? km));
      if (step !== 0 && sense !== 0 && step !== sense) {
        fail(
          feature,
          `has posted kilometres that ${step > 0 ? "rise" : "fall"} at ${km} while those of its route ` +
            `${step > 0 ? "fall" : "rise"}: wrong direction.`,
        );
      }
      if (step !== 0) sense = step;
      lastKm = km;
    }
  }
}

function swapped({ latitudeDeg, longitudeDeg }: GeoPoint): GeoPoint {
  return { latitudeDeg: longitudeDeg, longitudeDeg: latitudeDeg };
}

function lengthOf(points: readonly GeoPoint[]): number {
  let lengthM = 0;
  for (let i = 1; i < points.length; i++)
    lengthM += distanceM(points[i - 1] as GeoPoint, points[i] as GeoPoint);
  return lengthM;
}

function beginOf({ line }: Part): GeoPoint {
  return line.points[0] as GeoPoint;
}

function endOf({ line }: Part): GeoPoint {
  return line.points.at(-1) as GeoPoint;
}
