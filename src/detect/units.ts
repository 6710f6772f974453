export const KMPH_PER_MPS = 3.6;

/** Rounds a number that leaves the detector, so that it prints the same everywhere. */
export function roundTo(value: number, digits: 0 | 1 | 2): number {
  const scale = digits === 0 ? 1 : digits === 1 ? 10 : 100;
  return Math.round(value * scale) / scale;
}

/** Heading to 0.1 degree, 0 ≤ x < 360. */
export function roundHeading(headingDeg: number): number {
  const rounded = Math.round(headingDeg * 10) / 10;
  return rounded >= 360 ? rounded - 360 : rounded;
}

/** Speed for an explanation: km/h to 0.1, as road operators speak. */
export function kmph(speedMps: number): number {
  return roundTo(speedMps * KMPH_PER_MPS, 1);
}
