import { readFileSync } from "node:fs";
import type { GeoPoint } from "../domain/place.ts";
import { usageFailure } from "./io.ts";

/** Most corners of a polygon in the protocol. */
const MAX_POINTS = 1_000;

interface GeoJson {
  readonly type?: unknown;
  readonly geometry?: unknown;
  readonly features?: unknown;
  readonly coordinates?: unknown;
}

/**
 * The polygon in a GeoJSON file (RFC 7946): a Polygon, a Feature with one, or a collection of exactly one. The ring
 * comes back open.
 * @throws CommandFailure where the file holds anything else
 */
export function readPolygon(file: string): GeoPoint[] {
  return openRing(polygonIn(parsed(file), file).coordinates, file);
}

/**
 * All polygons in a GeoJSON file: Polygon, MultiPolygon, Feature, and collections of them.
 * @throws CommandFailure where the file holds none, or anything else
 */
export function readPolygons(file: string): GeoPoint[][] {
  const polygons = polygonsIn(parsed(file), file);
  if (polygons.length > 0) return polygons.map((coordinates) => openRing(coordinates, file));
  throw usageFailure(`${file} holds no GeoJSON polygon.`, "Draw each area as a Polygon.");
}

/** Coordinates of the polygons, outermost ring first. */
function polygonsIn(value: unknown, file: string): unknown[] {
  const node = (typeof value === "object" && value !== null ? value : {}) as GeoJson;
  const listOf = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
  switch (node.type) {
    case "Polygon":
      return [node.coordinates];
    case "MultiPolygon":
      return listOf(node.coordinates);
    case "Feature":
      return polygonsIn(node.geometry, file);
    case "FeatureCollection":
      return listOf(node.features).flatMap((feature) => polygonsIn(feature, file));
    default:
      throw usageFailure(
        `${file} holds a ${typeof node.type === "string" ? node.type : "value"} that is no polygon.`,
        "Give it Polygons, or Features with Polygons.",
      );
  }
}

function openRing(coordinates: unknown, file: string): GeoPoint[] {
  const rings = Array.isArray(coordinates) ? coordinates : [];
  if (rings.length !== 1) {
    throw usageFailure(
      `A polygon in ${file} has ${rings.length} rings.`,
      "Areas have one ring without holes.",
    );
  }
  const points = asRing(rings[0], file);
  const [first, last] = [points[0], points.at(-1)];
  const closed = first?.latitudeDeg === last?.latitudeDeg && first?.longitudeDeg === last?.longitudeDeg;
  const open = closed ? points.slice(0, -1) : points;
  if (open.length >= 3 && open.length <= MAX_POINTS) return open;
  throw usageFailure(`A polygon in ${file} has ${open.length} corners.`, `Areas take 3 to ${MAX_POINTS}.`);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw usageFailure(`The polygon file ${file} cannot be read: ${(error as Error).message}.`);
  }
}

function polygonIn(value: unknown, file: string): GeoJson {
  const node = (typeof value === "object" && value !== null ? value : {}) as GeoJson;
  if (node.type === "Polygon") return node;
  if (node.type === "Feature") return polygonIn(node.geometry, file);
  if (node.type === "FeatureCollection" && Array.isArray(node.features) && node.features.length === 1) {
    return polygonIn(node.features[0], file);
  }
  throw usageFailure(
    `${file} holds no single GeoJSON polygon.`,
    "Give it one Polygon, or one Feature with a Polygon.",
  );
}

function asRing(ring: unknown, file: string): GeoPoint[] {
  return (Array.isArray(ring) ? ring : []).map((position: unknown, i) => {
    const [longitudeDeg, latitudeDeg] = Array.isArray(position) ? (position as unknown[]) : [];
    if (isDegrees(longitudeDeg, 180) && isDegrees(latitudeDeg, 90)) return { latitudeDeg, longitudeDeg };
    throw usageFailure(
      `Point ${i} of the polygon in ${file} is no place on earth: ${JSON.stringify(position)}.`,
      "GeoJSON positions are [longitude, latitude] in degrees.",
    );
  });
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === "number" && Math.abs(value) <= most;
}
