import { metresPerDegree } from "../../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";

/** Bands of a tenth of a degree: lengths east are right to 0.3 % up to 60° of latitude. */
const BANDS_PER_DEG = 10;
const BANDS = 180 * BANDS_PER_DEG + 1;
const E7 = 1e7;
const HALF_TURN_E7 = 180 * E7;

/** Centimetres per 1e-7 degree, by band of latitude: made once, since trigonometry per report costs more than the rest. */
const northCmPerE7 = new Float64Array(BANDS);
const eastCmPerE7 = new Float64Array(BANDS);
for (let band = 0; band < BANDS; band++) {
  const { northM, eastM } = metresPerDegree(band / BANDS_PER_DEG - 90);
  northCmPerE7[band] = (northM * 100) / E7;
  eastCmPerE7[band] = (eastM * 100) / E7;
}

const DDEG = 3_600;
const PPM = 1e6;
const cosinesPpm = new Int32Array(DDEG);
const sinesPpm = new Int32Array(DDEG);
for (let ddeg = 0; ddeg < DDEG; ddeg++) {
  cosinesPpm[ddeg] = Math.round(cosDeg(ddeg / 10) * PPM);
  sinesPpm[ddeg] = Math.round(sinDeg(ddeg / 10) * PPM);
}

function bandOf(latitudeE7: number): number {
  return Math.floor(latitudeE7 / (E7 / BANDS_PER_DEG)) + 90 * BANDS_PER_DEG;
}

/**
 * Centimetres north of one latitude to another. This and the others return whole 32-bit numbers: where V8 does not inline a
 * call, a double would be left on the heap, three per report.
 */
export function northCm(fromE7: number, toE7: number): number {
  return Math.round((toE7 - fromE7) * (northCmPerE7[bandOf(fromE7)] as number)) | 0;
}

/** Centimetres east of one longitude to another, the short way round. */
export function eastCm(latitudeE7: number, fromE7: number, toE7: number): number {
  let difference = toE7 - fromE7;
  if (difference > HALF_TURN_E7) difference -= 2 * HALF_TURN_E7;
  else if (difference < -HALF_TURN_E7) difference += 2 * HALF_TURN_E7;
  return Math.round(difference * (eastCmPerE7[bandOf(latitudeE7)] as number)) | 0;
}

/** Share of a way that leads north, parts per million, for a heading in 0.1°, 0 ≤ x < 3600. */
export function northPpm(headingDdeg: number): number {
  return cosinesPpm[headingDdeg] as number;
}

export function eastPpm(headingDdeg: number): number {
  return sinesPpm[headingDdeg] as number;
}
