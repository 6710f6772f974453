import { readFileSync } from "node:fs";
import type { MapView } from "../api/contract/map.ts";
import { shapeProblem } from "../geo/shape-problem.ts";

export type Zone = MapView["zones"][number];

/** Outlines on one map; more are clutter. */
const MAX_ZONES = 1_000;

const MAX_NAME_CHARACTERS = 128;

/** A file of zones cannot be used, in one sentence. */
export class ZoneFileError extends Error {
  override readonly name = "ZoneFileError";

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
  }
}

/**
 * Reads areas that people know by name, e.g. ports: a FeatureCollection of polygons (RFC 7946) with the properties `name`
 * and, for ports and waters, `kind` (`port`, `water`). Holes are left out.
 * @throws ZoneFileError
 */
export function readZoneFile(path: string): readonly Zone[] {
  let value: { readonly type?: unknown; readonly features?: unknown };
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new ZoneFileError(path, isMissing ? "this file does not exist." : "this is no readable JSON.");
  }
  const { features } = value ?? {};
  if (value?.type !== "FeatureCollection" || !Array.isArray(features))
    throw new ZoneFileError(path, "zones are a GeoJSON FeatureCollection.");
  if (features.length > MAX_ZONES) throw new ZoneFileError(path, `it holds more than ${MAX_ZONES} zones.`);
  const zones = features.map((feature, i) => zoneOf(path, feature, i));
  const twin = zones.find(({ id }, i) => zones.findIndex((other) => other.id === id) !== i);
  if (twin !== undefined) throw new ZoneFileError(path, `two zones have the id ${twin.id}.`);
  return zones;
}

function zoneOf(path: string, feature: unknown, index: number): Zone {
  const { id, properties, geometry } = (feature ?? {}) as {
    readonly id?: unknown;
    readonly properties?: { readonly name?: unknown; readonly kind?: unknown } | null;
    readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
  };
  const at = `features[${index}]`;
  const name = properties?.name;
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME_CHARACTERS)
    throw new ZoneFileError(path, `${at} needs a name of at most ${MAX_NAME_CHARACTERS} characters.`);
  const ring = geometry?.type === "Polygon" ? (geometry.coordinates as unknown[])?.[0] : undefined;
  if (!Array.isArray(ring) || !ring.every(isPosition))
    throw new ZoneFileError(path, `${at} (${name}) is no polygon.`);
  const points = ring.map(([longitudeDeg, latitudeDeg]) => ({ latitudeDeg, longitudeDeg }));
  const problem = shapeProblem({ type: "polygon", ring: points });
  if (problem !== undefined)
    throw new ZoneFileError(path, `${at} (${name}): ${problem.field} ${problem.text}.`);
  return {
    id: typeof id === "string" || typeof id === "number" ? String(id) : `zone-${index + 1}`,
    name,
    kind: kindOf(properties?.kind),
    ring: ring.map(([longitudeDeg, latitudeDeg]) => [longitudeDeg, latitudeDeg] as const),
  };
}

const kindOf = (kind: unknown): Zone["kind"] => (kind === "port" || kind === "water" ? kind : "zone");

function isPosition(value: unknown): value is [number, number] {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number";
}
