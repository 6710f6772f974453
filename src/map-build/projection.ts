import type { GeoPoint } from "../domain/place.ts";
import { MapBuildError } from "./problem.ts";

/** From metres of a plane to WGS 84. */
export type Unproject = (eastM: number, northM: number) => GeoPoint;

/** Semi-major axis, m, and inverse flattening. GRS 80 differs from WGS 84 by 0.1 mm. */
const ELLIPSOIDS: Readonly<Record<string, readonly [number, number]>> = {
  WGS84: [6_378_137, 298.257223563],
  GRS80: [6_378_137, 298.257222101],
};

const RAD_PER_DEG = Math.PI / 180;

interface TransverseMercator {
  readonly ellipsoid: readonly [number, number];
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly scale: number;
  readonly falseEastingM: number;
  readonly falseNorthingM: number;
}

/**
 * The inverse of a projection that is written as PROJ writes it: `+proj=utm +zone=32 …` or `+proj=tmerc +lat_0=… …`.
 * @throws MapBuildError for any other projection, and for other ellipsoids: a shift of datum would be guessed
 */
export function unprojectionFrom(text: string): Unproject {
  const parameters = new Map(
    text
      .split(/\s+/)
      .filter((word) => word.startsWith("+"))
      .map((word) => word.slice(1).split("=", 2) as [string, string | undefined])
      .map(([key, value]) => [key, value ?? ""]),
  );
  const number = (key: string, fallback: number): number => {
    const value = Number(parameters.get(key) ?? fallback);
    if (Number.isFinite(value)) return value;
    throw new MapBuildError(`its projection has no number for +${key}: ${text}`);
  };
  const ellipsoid = ellipsoidOf(parameters, text);
  const projection = parameters.get("proj");
  if (projection === "utm") {
    return transverseMercator({
      ellipsoid,
      latitudeDeg: 0,
      longitudeDeg: number("zone", Number.NaN) * 6 - 183,
      scale: 0.9996,
      falseEastingM: 500_000,
      falseNorthingM: parameters.has("south") ? 10_000_000 : 0,
    });
  }
  if (projection === "tmerc") {
    return transverseMercator({
      ellipsoid,
      latitudeDeg: number("lat_0", 0),
      longitudeDeg: number("lon_0", 0),
      scale: number("k_0", number("k", 1)),
      falseEastingM: number("x_0", 0),
      falseNorthingM: number("y_0", 0),
    });
  }
  throw new MapBuildError(
    `its projection is not known: ${text === "" ? "none is given" : text}`,
    "Known are +proj=utm and +proj=tmerc on WGS84; netconvert --proj.utm makes such a network.",
  );
}

function ellipsoidOf(parameters: ReadonlyMap<string, string>, text: string): readonly [number, number] {
  const name = parameters.get("ellps") ?? parameters.get("datum") ?? "WGS84";
  const ellipsoid = ELLIPSOIDS[name];
  if (ellipsoid !== undefined) return ellipsoid;
  throw new MapBuildError(`its projection uses the ellipsoid ${name}, which is not known: ${text}`);
}

/**
 * Krüger's series to the fourth order of the third flattening (Karney, Transverse Mercator with an accuracy of a few
 * nanometers, 2011, eq. 36): below a micrometre within 3,900 km of the central meridian.
 */
function transverseMercator(parameters: TransverseMercator): Unproject {
  const [axisM, inverseFlattening] = parameters.ellipsoid;
  const n = 1 / (2 * inverseFlattening - 1);
  const [n2, n3, n4] = [n * n, n * n * n, n * n * n * n];
  const radiusM = (axisM / (1 + n)) * (1 + n2 / 4 + n4 / 64) * parameters.scale;
  const beta = [
    n / 2 - (2 / 3) * n2 + (37 / 96) * n3 - n4 / 360,
    n2 / 48 + n3 / 15 - (437 / 1_440) * n4,
    (17 / 480) * n3 - (37 / 840) * n4,
    (4_397 / 161_280) * n4,
  ];
  const flattening = 1 / inverseFlattening;
  const eccentricity = Math.sqrt(flattening * (2 - flattening));
  const originNorthM = radiusM * rectifyingRad(parameters.latitudeDeg * RAD_PER_DEG, n, eccentricity);
  return (eastM, northM) => {
    const xi = (northM - parameters.falseNorthingM + originNorthM) / radiusM;
    const eta = (eastM - parameters.falseEastingM) / radiusM;
    let xiPrime = xi;
    let etaPrime = eta;
    for (const [i, coefficient] of beta.entries()) {
      const order = 2 * (i + 1);
      xiPrime -= coefficient * Math.sin(order * xi) * Math.cosh(order * eta);
      etaPrime -= coefficient * Math.cos(order * xi) * Math.sinh(order * eta);
    }
    const sinhEta = Math.sinh(etaPrime);
    const cosXi = Math.cos(xiPrime);
    const conformal = Math.sin(xiPrime) / Math.sqrt(sinhEta * sinhEta + cosXi * cosXi);
    return {
      latitudeDeg: geographicRad(conformal, eccentricity) / RAD_PER_DEG,
      longitudeDeg: parameters.longitudeDeg + Math.atan2(sinhEta, cosXi) / RAD_PER_DEG,
    };
  };
}

/** Tangent of the conformal latitude to latitude, by Newton's method (Karney 2011, eq. 19 to 21). */
function geographicRad(conformal: number, eccentricity: number): number {
  const e2 = eccentricity * eccentricity;
  let tau = conformal;
  for (let i = 0; i < 5; i++) {
    const root = Math.sqrt(1 + tau * tau);
    const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tau) / root));
    const tauPrime = tau * Math.sqrt(1 + sigma * sigma) - sigma * root;
    const step =
      ((conformal - tauPrime) / Math.sqrt(1 + tauPrime * tauPrime)) *
      ((1 + (1 - e2) * tau * tau) / ((1 - e2) * root));
    tau += step;
  }
  return Math.atan(tau);
}

/** Length of the meridian from the equator in units of the rectifying radius. */
function rectifyingRad(latitudeRad: number, n: number, eccentricity: number): number {
  const [n2, n3, n4] = [n * n, n * n * n, n * n * n * n];
  const sine = Math.sin(latitudeRad);
  const conformal = Math.atan(Math.sinh(Math.atanh(sine) - eccentricity * Math.atanh(eccentricity * sine)));
  return (
    conformal +
    (n / 2 - (2 / 3) * n2 + (5 / 16) * n3 + (41 / 180) * n4) * Math.sin(2 * conformal) +
    ((13 / 48) * n2 - (3 / 5) * n3 + (557 / 1_440) * n4) * Math.sin(4 * conformal) +
    ((61 / 240) * n3 - (103 / 140) * n4) * Math.sin(6 * conformal) +
    (49_561 / 161_280) * n4 * Math.sin(8 * conformal)
  );
}
