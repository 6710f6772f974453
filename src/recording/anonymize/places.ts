import { metresPerDegree, normalLongitudeDeg } from "../../geo/geodesy.ts";
import type { PreparedShape } from "../../geo/shapes.ts";
import type { WireGeoOffset, WireIngestItem } from "../../wire/ingest-frame.ts";

const E7 = 1e7;

export interface WirePlace {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

interface Coordinates {
  readonly latitude_e7?: number | null;
  readonly longitude_e7?: number | null;
}

/** Undefined where it is no place on earth, which servers refuse. */
export function placeOf(point: Coordinates | null | undefined): WirePlace | undefined {
  if (point === null || point === undefined) return undefined;
  const latitudeDeg = (point.latitude_e7 ?? 0) / E7;
  const longitudeDeg = (point.longitude_e7 ?? 0) / E7;
  return Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180
    ? { latitudeDeg, longitudeDeg }
    : undefined;
}

/** Where the sender of an item was; undefined where it does not say so. */
export function senderPlace(item: WireIngestItem): WirePlace | undefined {
  return placeOf(
    item.awareness ??
      item.perceived?.reference_position ??
      item.automation?.position ??
      item.sensor?.position,
  );
}

/** The place that an item is about. */
export function itemPlace(item: WireIngestItem): WirePlace | undefined {
  return senderPlace(item) ?? placeOf(item.hazard?.position ?? item.intersection?.reference_point);
}

export function isIn(shapes: readonly PreparedShape[], place: WirePlace | undefined): boolean {
  return place !== undefined && shapes.some((shape) => shape.contains(place.latitudeDeg, place.longitudeDeg));
}

/** A place that lies so far east and north of another, m. */
export function besidePlace(origin: WirePlace, eastM: number, northM: number): WirePlace {
  const scale = metresPerDegree(origin.latitudeDeg);
  return {
    latitudeDeg: origin.latitudeDeg + northM / scale.northM,
    longitudeDeg: normalLongitudeDeg(origin.longitudeDeg + eastM / scale.eastM),
  };
}

/** The points of a chain up to the first one that may not leave. */
export function leadingPoints<T>(
  origin: WirePlace,
  points: readonly T[],
  offsetOf: (point: T) => WireGeoOffset | null | undefined,
  isHidden: (place: WirePlace) => boolean,
): T[] {
  let { latitudeDeg, longitudeDeg } = origin;
  const end = points.findIndex((point) => {
    const offset = offsetOf(point);
    latitudeDeg += (offset?.delta_latitude_e7 ?? 0) / E7;
    longitudeDeg = normalLongitudeDeg(longitudeDeg + (offset?.delta_longitude_e7 ?? 0) / E7);
    return isHidden({ latitudeDeg, longitudeDeg });
  });
  return end < 0 ? [...points] : points.slice(0, end);
}
