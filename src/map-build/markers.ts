import { readFileSync } from "node:fs";
import { type GeoPoint, roundPoint } from "../domain/place.ts";
import type { RoadMarker } from "../domain/road.ts";
import type { DraftMarker } from "./draft.ts";
import { MapBuildError } from "./problem.ts";

/** A kilometre post, or a junction with its kilometre. */
export interface KilometrePost {
  readonly point: GeoPoint;
  readonly ref: string;
  readonly km: number;
  /** Of a junction or rest area; empty for a plain post. */
  readonly name: string;
  readonly kind: RoadMarker["kind"];
}

interface PostFeature {
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown };
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

const KINDS: readonly RoadMarker["kind"][] = [
  "junction",
  "interchange",
  "kilometre",
  "rest-area",
  "bridge",
  "tunnel",
];

/**
 * Reads kilometre posts: GeoJSON points with `road` (or `ref`), `km` and, for junctions, `node` (or `name`) and `kind`.
 * Without a kind, German names tell: AK and AD (Autobahnkreuz, Autobahndreieck) are interchanges.
 * @throws MapBuildError naming the feature that is no post
 */
export function readPosts(file: string): KilometrePost[] {
  return parsePosts(readJson(file), file);
}

export function parsePosts(value: unknown, file: string): KilometrePost[] {
  const features = (value as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) throw new MapBuildError(`${file} is no GeoJSON FeatureCollection`);
  return features.map((feature: PostFeature, index) => postOf(feature, `feature ${index} of ${file}`));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new MapBuildError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function postOf(feature: PostFeature, where: string): KilometrePost {
  const properties = feature.properties ?? {};
  const ref = properties["road"] ?? properties["ref"];
  const km = properties["km"];
  const name = properties["node"] ?? properties["name"] ?? "";
  if (typeof ref !== "string" || typeof km !== "number" || typeof name !== "string") {
    throw new MapBuildError(
      `${where} has no road and km`,
      "Posts are points with road, km and, for junctions, node.",
    );
  }
  return { point: pointOf(feature, where), ref, km, name, kind: kindOf(properties["kind"], name, where) };
}

function pointOf({ geometry }: PostFeature, where: string): GeoPoint {
  const [longitudeDeg, latitudeDeg] = Array.isArray(geometry?.coordinates) ? geometry.coordinates : [];
  if (geometry?.type === "Point" && Math.abs(longitudeDeg) <= 180 && Math.abs(latitudeDeg) <= 90) {
    return roundPoint({ latitudeDeg, longitudeDeg });
  }
  throw new MapBuildError(`${where} is no point on earth`);
}

function kindOf(given: unknown, name: string, where: string): RoadMarker["kind"] {
  if (given !== undefined) {
    const kind = KINDS.find((known) => known === given) ?? (given === "exit" ? "junction" : undefined);
    if (kind === undefined) throw new MapBuildError(`${where} is of no known kind: ${String(given)}`);
    return kind;
  }
  if (name === "") return "kilometre";
  if (/^(AK|AD)\b/.test(name)) return "interchange";
  return /^(T?R|TR|PWC|Rastplatz|Raststätte)\b/.test(name) ? "rest-area" : "junction";
}

/** Markers of all posts with a name. */
export function markersOfPosts(posts: readonly KilometrePost[]): DraftMarker[] {
  return posts
    .filter(({ name }) => name !== "")
    .map(({ point, ref, km, name, kind }) => ({ id: `${ref} ${km} ${name}`, point, ref, km, name, kind }));
}
