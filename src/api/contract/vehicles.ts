/**
 * Vehicles of one tile at one time, little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0 | `VEHICLE_MESSAGE` |
 * | 1 | version, 1 |
 * | 2 | zoom of the tile (Web Mercator) |
 * | 3 | 0 or 1: all vehicles are told; n: of so many that a frame cannot hold them, one in n |
 * | 4..7, 8..11 | x and y of the tile, uint32 |
 * | 12..15 | number of vehicles, uint32 |
 * | 16..23 | time that the detectors had reached, Unix ms, float64 |
 * | then 16 per vehicle | slot uint32, longitude and latitude int32 in 1e-7°, speed uint16 in cm/s, heading uint8 in 360/256°, flags uint8 |
 *
 * A frame replaces what was known of its tile: a vehicle that is not in it has left. A slot names a vehicle while it is heard
 * of, and is given to another later. Flags: bits 0 to 3 the kind (below), bit 4 speed unknown, bit 5 heading unknown, bit 6
 * not heard of for more than 2 s, bit 7 perceived by another station.
 */
export const VEHICLE_FRAME_VERSION = 1;
export const VEHICLE_HEADER_BYTES = 24;
export const VEHICLE_BYTES = 16;

export const VEHICLE_KINDS = [
  "unknown",
  "car",
  "truck",
  "bus",
  "motorcycle",
  "bicycle",
  "pedestrian",
  "emergency",
  "tram",
  "roadside-unit",
  "special",
] as const;

export const FLAG_SPEED_UNKNOWN = 16;
export const FLAG_HEADING_UNKNOWN = 32;
export const FLAG_STALE = 64;
export const FLAG_PERCEIVED = 128;
