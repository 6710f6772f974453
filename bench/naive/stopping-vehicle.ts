import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";

/** Far from the fleet, and from the vehicles that only brake. */
const CORNER = { latitudeDeg: 44, longitudeDeg: 1 };
const STEP_DEG = 0.02;
const ROW = 100;
const CRUISING_MPS = 30;
const STEP_MS = 100;
const STEPS_DRIVING = 5;
const STEPS_STANDING = 10;
/** VehicleEventFlags: disabled vehicle. */
const DISABLED = 2048;
const E7 = 1e7;
const METRES_PER_DEGREE = 111_319.5;

/** A vehicle that drives, stands, and says that it is disabled; its reports with the times at which they are sent. */
export function stoppingVehicle(
  stationId: number,
  place: number,
  firstAtUnixMs: number,
): readonly { readonly atUnixMs: number; readonly payload: Uint8Array }[] {
  return Array.from({ length: STEPS_DRIVING + STEPS_STANDING }, (_, step) => {
    const atUnixMs = Math.round(firstAtUnixMs + step * STEP_MS);
    const stands = step >= STEPS_DRIVING;
    const drivenM = (CRUISING_MPS * Math.min(step, STEPS_DRIVING) * STEP_MS) / 1_000;
    const latitudeDeg = CORNER.latitudeDeg + Math.floor(place / ROW) * STEP_DEG + drivenM / METRES_PER_DEGREE;
    const awareness = {
      latitude_e7: Math.round(latitudeDeg * E7),
      longitude_e7: Math.round((CORNER.longitudeDeg + (place % ROW) * STEP_DEG) * E7),
      speed_cmps: stands ? 0 : CRUISING_MPS * 100,
      heading_ddeg: 0,
      source: 1,
      station_type: 6,
      ...(stands ? { event_bits: DISABLED } : {}),
    };
    const payload = encodeIngestFrame({
      base_time_unix_ms: atUnixMs,
      items: [{ station_id: stationId, awareness }],
    });
    return { atUnixMs, payload };
  });
}
