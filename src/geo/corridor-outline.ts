import { buffer, lineString } from "@turf/turf";
import { type GeoPoint, type Outline, roundPoint } from "../domain/place.ts";

/** Segments per quarter circle at ends and bends: the outline stays within 2 % of the half width. */
const STEPS = 8;

/**
 * The strip along a route as polygons for a map. For showing only: tests go by exact distance (`prepareShape`). Takes
 * 3 to 20 ms for a road of up to 100 points and seconds for a zigzag narrower than the strip. Holes are left out;
 * routes over the antimeridian are not supported.
 */
export function corridorOutline(line: readonly GeoPoint[], halfWidthM: number): Outline | undefined {
  const path = lineString(line.map((point) => [point.longitudeDeg, point.latitudeDeg]));
  const strip = buffer(path, halfWidthM / 1_000, { units: "kilometers", steps: STEPS });
  if (strip === undefined) return undefined;
  const polygons =
    strip.geometry.type === "Polygon" ? [strip.geometry.coordinates] : strip.geometry.coordinates;
  return { form: "multi-polygon", parts: polygons.map(([ring]) => (ring ?? []).map(pointOf)) };
}

function pointOf(position: readonly number[]): GeoPoint {
  return roundPoint({ latitudeDeg: position[1] as number, longitudeDeg: position[0] as number });
}
