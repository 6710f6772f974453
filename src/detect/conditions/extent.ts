import type { GeoBox, GeoPoint, Outline } from "../../domain/place.ts";
import { cosDeg } from "../../geo/trigonometry.ts";
import type { Vote } from "./vote.ts";

const LATITUDE_M = 111_195;

/** How far the edge that moved most did, m. */
export function edgesMovedM(a: Outline, b: Outline): number {
  const [one, other] = [boxOf(pointsOf(a)), boxOf(pointsOf(b))];
  const eastM = LATITUDE_M * cosOf(one.southDeg);
  return Math.max(
    Math.abs(one.southDeg - other.southDeg) * LATITUDE_M,
    Math.abs(one.northDeg - other.northDeg) * LATITUDE_M,
    Math.abs(one.westDeg - other.westDeg) * eastM,
    Math.abs(one.eastDeg - other.eastDeg) * eastM,
  );
}

function pointsOf(outline: Outline): readonly GeoPoint[] {
  return outline.form === "multi-polygon" ? outline.parts.flat() : outline.points;
}

/** The box of the ways of all witnesses, with a margin. Areas across the antimeridian are not joined. */
export function boxOfVotes(votes: readonly Vote[], marginM: number): GeoBox {
  const ends = votes.flatMap((vote) => [
    vote,
    { latitudeDeg: vote.firstLatitudeDeg, longitudeDeg: vote.firstLongitudeDeg },
  ]);
  const { southDeg, northDeg, westDeg, eastDeg } = boxOf(ends);
  const north = marginM / LATITUDE_M;
  const east = north / cosOf(southDeg);
  return {
    southDeg: southDeg - north,
    northDeg: northDeg + north,
    westDeg: westDeg - east,
    eastDeg: eastDeg + east,
  };
}

function boxOf(points: readonly GeoPoint[]): GeoBox {
  let [southDeg, northDeg, westDeg, eastDeg] = [90, -90, 180, -180];
  for (const { latitudeDeg, longitudeDeg } of points) {
    southDeg = Math.min(southDeg, latitudeDeg);
    northDeg = Math.max(northDeg, latitudeDeg);
    westDeg = Math.min(westDeg, longitudeDeg);
    eastDeg = Math.max(eastDeg, longitudeDeg);
  }
  return { southDeg, northDeg, westDeg, eastDeg };
}

function cosOf(latitudeDeg: number): number {
  return Math.max(0.01, cosDeg(latitudeDeg));
}
