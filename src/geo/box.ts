import type { GeoBox } from "../domain/place.ts";
import { LEAST_METRES_PER_DEGREE } from "./geodesy.ts";
import { cosDeg } from "./trigonometry.ts";

export const WHOLE_EARTH: GeoBox = { southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 };

/** The same places as boxes that do not cross the antimeridian; a box that ends on it holds both of its sides. */
export function flatBoxes(box: GeoBox): readonly GeoBox[] {
  const { southDeg, westDeg, northDeg, eastDeg } = box;
  if (westDeg > eastDeg) {
    return [
      { southDeg, westDeg, northDeg, eastDeg: 180 },
      { southDeg, westDeg: -180, northDeg, eastDeg },
    ];
  }
  if (westDeg === -180 && eastDeg < 180) return [box, { southDeg, westDeg: 180, northDeg, eastDeg: 180 }];
  if (eastDeg === 180 && westDeg > -180) return [box, { southDeg, westDeg: -180, northDeg, eastDeg: -180 }];
  return [box];
}

/**
 * Boxes, none across the antimeridian, that hold everything within `marginM` of an extent whose longitudes may lie beyond
 * ±180. Never too small; too large by 2 % or so, and more near the poles.
 */
export function boxesAround(
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
  marginM: number,
): readonly GeoBox[] {
  const marginY = marginM / LEAST_METRES_PER_DEGREE;
  const southDeg = Math.max(-90, minY - marginY);
  const northDeg = Math.min(90, maxY + marginY);
  const marginX = eastMarginDeg(marginY, Math.max(Math.abs(southDeg), Math.abs(northDeg)));
  if (maxX - minX + 2 * marginX >= 360) return [{ southDeg, westDeg: -180, northDeg, eastDeg: 180 }];
  const west = minX - marginX;
  const turns = turnsBefore(west);
  const westDeg = west - 360 * turns;
  const eastDeg = maxX + marginX - 360 * turns;
  return flatBoxes({ southDeg, westDeg, northDeg, eastDeg: eastDeg > 180 ? eastDeg - 360 : eastDeg });
}

/** Whole turns that bring a longitude to −180 ≤ x < 180; the sum rounds up to a turn just west of the antimeridian. */
function turnsBefore(longitudeDeg: number): number {
  const turns = Math.floor((longitudeDeg + 180) / 360);
  return longitudeDeg - 360 * turns < -180 ? turns - 1 : turns;
}

/** How far east `marginY` degrees of the meridian reach at a latitude; everywhere where a pole is within reach. */
function eastMarginDeg(marginY: number, farthestLatitudeDeg: number): number {
  if (marginY === 0) return 0;
  const shrink = cosDeg(farthestLatitudeDeg);
  return shrink < 1e-6 ? 360 : Math.min(360, marginY / shrink);
}
