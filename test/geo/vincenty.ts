import type { GeoPoint } from "../../src/domain/place.ts";

const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);

/** Vincenty's inverse formula (Survey Review XXIII, 1975): the oracle for distances. Fails near antipodes. */
export function geodesicM(from: GeoPoint, to: GeoPoint): number {
  const rad = Math.PI / 180;
  const L = (to.longitudeDeg - from.longitudeDeg) * rad;
  const u1 = Math.atan((1 - F) * Math.tan(from.latitudeDeg * rad));
  const u2 = Math.atan((1 - F) * Math.tan(to.latitudeDeg * rad));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let i = 0; i < 200; i++) {
    const x = cosU2 * Math.sin(lambda);
    const y = cosU1 * sinU2 - sinU1 * cosU2 * Math.cos(lambda);
    const sinSigma = Math.sqrt(x * x + y * y);
    if (sinSigma === 0) return 0;
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosU1 * cosU2 * Math.sin(lambda)) / sinSigma;
    const cosSqAlpha = 1 - sinAlpha * sinAlpha;
    const cos2SigmaM = cosSqAlpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cosSqAlpha;
    const c = (F / 16) * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
    const before = lambda;
    lambda =
      L +
      (1 - c) *
        F *
        sinAlpha *
        (sigma + c * sinSigma * (cos2SigmaM + c * cosSigma * (2 * cos2SigmaM * cos2SigmaM - 1)));
    if (Math.abs(lambda - before) < 1e-13) return arc(cosSqAlpha, sinSigma, cosSigma, sigma, cos2SigmaM);
  }
  return Number.NaN;
}

function arc(
  cosSqAlpha: number,
  sinSigma: number,
  cosSigma: number,
  sigma: number,
  cos2SigmaM: number,
): number {
  const uSq = (cosSqAlpha * (A * A - B * B)) / (B * B);
  const k1 = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)));
  const k2 = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)));
  const square = 2 * cos2SigmaM * cos2SigmaM - 1;
  const delta =
    k2 *
    sinSigma *
    (cos2SigmaM +
      (k2 / 4) *
        (cosSigma * square -
          (k2 / 6) * cos2SigmaM * (4 * sinSigma * sinSigma - 3) * (4 * cos2SigmaM * cos2SigmaM - 3)));
  return B * k1 * (sigma - delta);
}
