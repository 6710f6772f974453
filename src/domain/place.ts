/** A place on WGS 84, degrees, with at most 1e-7 degree of resolution (ETSI TS 102 894-2, 11 mm at the equator). */
export interface GeoPoint {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Degrees. `westDeg > eastDeg` means that the box crosses the antimeridian. */
export interface GeoBox {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
}

/** Borders belong to the box, and 180° is the same meridian as −180°. */
export function boxHolds(box: GeoBox, latitudeDeg: number, longitudeDeg: number): boolean {
  if (latitudeDeg < box.southDeg || latitudeDeg > box.northDeg) return false;
  if (spans(box, longitudeDeg)) return true;
  return (longitudeDeg === 180 || longitudeDeg === -180) && spans(box, -longitudeDeg);
}

function spans({ westDeg, eastDeg }: GeoBox, longitudeDeg: number): boolean {
  return westDeg <= eastDeg
    ? westDeg <= longitudeDeg && longitudeDeg <= eastDeg
    : longitudeDeg >= westDeg || longitudeDeg <= eastDeg;
}

/** The outline of an alert; a subset of GeoJSON (RFC 7946). Polygon rings are closed and have no holes. */
export type Outline =
  | { readonly form: "point"; readonly points: readonly GeoPoint[] }
  | { readonly form: "line"; readonly points: readonly GeoPoint[] }
  | { readonly form: "polygon"; readonly points: readonly GeoPoint[] }
  | { readonly form: "multi-polygon"; readonly parts: readonly (readonly GeoPoint[])[] };

const E7 = 1e7;

/** Rounds a coordinate to the resolution of the wire, so that every path through the system yields the same number. */
export function roundE7(deg: number): number {
  return Math.round(deg * E7) / E7;
}

export function roundPoint(point: GeoPoint): GeoPoint {
  return { latitudeDeg: roundE7(point.latitudeDeg), longitudeDeg: roundE7(point.longitudeDeg) };
}
