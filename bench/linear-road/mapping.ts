import { SEGMENT_FT } from "./rules.ts";

/**
 * How a position report becomes a message of V2X awareness (CAM) and comes back whole. The fictional city is laid over a
 * sphere so that every field stands where the standard has it, in its units:
 * - expressway: latitude, a tenth of a degree apart from 40° S on
 * - position: longitude from the meridian, 27 units of 1e-7 degree a foot (0.30 m at the equator)
 * - direction: heading, 90° east (towards higher segments) or 270° west
 * - lane: lane position, as it is
 * - speed: cm/s, rounded; a mile per hour is 44.704 cm/s, so nothing is lost
 * - vehicle: station id
 * - second: time of observation, ms after the run's second 0
 * The segment is the mile of the position.
 */
export const FIRST_LATITUDE_E7 = -400_000_000;
export const LATITUDE_STEP_E7 = 1_000_000;
export const LONGITUDE_PER_FT_E7 = 27;
export const EAST_DDEG = 900;
export const WEST_DDEG = 2_700;

const CMPS_PER_MPH = 44.704;
const MPS_PER_MPH = 0.44704;

export function speedToCmps(speedMph: number): number {
  return Math.round(speedMph * CMPS_PER_MPH);
}

/** Miles per hour by cm/s: a table is cheaper than a division. */
const MPH_BY_CMPS = Uint16Array.from({ length: 16_384 }, (_, cmps) => Math.round(cmps / CMPS_PER_MPH));

export function speedToMph(cmps: number): number {
  return MPH_BY_CMPS[cmps] ?? 0;
}

export function speedToMps(speedMph: number): number {
  return Math.round(speedMph * MPS_PER_MPH * 100) / 100;
}

export function latitudeE7(expressway: number): number {
  return FIRST_LATITUDE_E7 + expressway * LATITUDE_STEP_E7;
}

export function expresswayAt(latitudeE7: number): number {
  return Math.round((latitudeE7 - FIRST_LATITUDE_E7) / LATITUDE_STEP_E7);
}

export function longitudeE7(positionFt: number): number {
  return positionFt * LONGITUDE_PER_FT_E7;
}

export function positionAt(longitudeE7: number): number {
  return Math.round(longitudeE7 / LONGITUDE_PER_FT_E7);
}

export function segmentAt(positionFt: number): number {
  return Math.floor(positionFt / SEGMENT_FT);
}
