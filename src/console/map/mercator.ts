/** Web Mercator (EPSG:3857) as fractions of the world: x grows eastwards, y southwards, both from 0 to 1. */
const RAD = Math.PI / 180;
/** Where the square world ends. */
const MOST_LATITUDE_DEG = 85.051129;
const EQUATOR_M = 40_075_016.686;

export const xOf = (longitudeDeg: number): number => longitudeDeg / 360 + 0.5;

export function yOf(latitudeDeg: number): number {
  const clamped = Math.min(MOST_LATITUDE_DEG, Math.max(-MOST_LATITUDE_DEG, latitudeDeg));
  const sin = Math.sin(clamped * RAD);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

export const longitudeOf = (x: number): number => (x - 0.5) * 360;

export const latitudeOf = (y: number): number =>
  (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;

/** Pixels of the whole world at a zoom. */
export const worldPixels = (zoom: number): number => 256 * 2 ** zoom;

/** Metres that a pixel stands for. */
export function metresPerPixel(zoom: number, latitudeDeg: number): number {
  return (EQUATOR_M * Math.cos(latitudeDeg * RAD)) / worldPixels(zoom);
}

/** Fraction of the world that a metre is. */
export const worldPerMetre = (latitudeDeg: number): number => 1 / (EQUATOR_M * Math.cos(latitudeDeg * RAD));

/** Metres between two places that a map shows together: the cosine of the middle is exact enough below 100 km. */
export function metresBetween(
  a: { readonly longitudeDeg: number; readonly latitudeDeg: number },
  b: { readonly longitudeDeg: number; readonly latitudeDeg: number },
): number {
  const perDegree = EQUATOR_M / 360;
  const east = (b.longitudeDeg - a.longitudeDeg) * Math.cos(((a.latitudeDeg + b.latitudeDeg) / 2) * RAD);
  return perDegree * Math.hypot(east, b.latitudeDeg - a.latitudeDeg);
}
