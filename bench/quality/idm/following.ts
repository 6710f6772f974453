import type { DriverParameters } from "./car.ts";

/**
 * Acceleration of the Intelligent Driver Model (Treiber, Hennecke, Helbing 2000, Phys. Rev. E 62, 1805) with the limit
 * of the brakes. `gapM` bumper to bumper; infinity on a free road.
 */
export function idmAcceleration(
  driver: DriverParameters,
  desiredMps: number,
  speedMps: number,
  gapM: number,
  leaderMps: number,
): number {
  const ratio = speedMps / Math.max(0.1, desiredMps);
  const free = driver.accelerationMps2 * (1 - ratio * ratio * ratio * ratio);
  // Faster than wanted: ease off instead of braking with the fourth power.
  const wished = free < 0 ? Math.max(free, -driver.comfortableMps2 / 2) : free;
  if (gapM === Number.POSITIVE_INFINITY) return wished;
  const root = 2 * Math.sqrt(driver.accelerationMps2 * driver.comfortableMps2);
  const dynamic = speedMps * driver.headwayS + (speedMps * (speedMps - leaderMps)) / root;
  const desiredGapM = driver.jamGapM + Math.max(0, dynamic);
  const pressure = desiredGapM / Math.max(0.1, gapM);
  return Math.max(-driver.hardestMps2, wished - driver.accelerationMps2 * pressure * pressure);
}
