import type { GeoPoint } from "../domain/place.ts";
import type { StationType } from "../domain/station.ts";
import type { Extent, TruthEvent } from "./truth.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** Friction from which on a road counts as dry: 7 m/s² are nine tenths of what it gives. */
export const FULL_FRICTION = 0.8;

/** A brake is going on at or below this (SAE J2735 eventHardBraking: 0.4 g). */
const HARD_MPS2 = -3.92;
/** Emergencies: cars −7 m/s² (C2C-CC), heavy vehicles −4 m/s², which is what they can do (UN R13). */
const CAR_MPS2 = -7;
const HEAVY_MPS2 = -4;
/** Nine tenths of the grip, by friction: what 7 m/s² are of a dry road's. */
const GRIP_MPS2 = CAR_MPS2 / FULL_FRICTION;
const HEAVY: ReadonlySet<StationType> = new Set(["heavy-truck", "bus", "trailer"]);
/** All samples of half a second, as the rule of emergency braking demands; a single sample at 1 Hz tells no length. */
const LEAST_MS = 500;
/** Half a second of braking shows at 5 Hz or faster. */
const FAST_INTERVAL_MS = 200;

/** What a slippery road gives, in shares of what a dry one does, 0 to 1. */
export function gripShare(friction: number): number {
  return Math.min(1, friction / FULL_FRICTION);
}

/**
 * Bound of an emergency, m/s², negative: what its type's bound is on a dry road, or nine tenths of what the road gives
 * where that is less. Tyres give a heavy vehicle no less than a car; on a dry road its brakes are the limit.
 */
export function emergencyMps2(isHeavy: boolean, friction: number): number {
  return Math.max(isHeavy ? HEAVY_MPS2 : CAR_MPS2, GRIP_MPS2 * Math.min(friction, FULL_FRICTION));
}

/**
 * Of the brakes of a truth file, those that are emergencies. A file that tells only how a brake began is completed from the
 * recording. Brakes of heavy vehicles at 1 Hz are ambiguous: ordinary simulated drivers reach −4.5 m/s² for a second.
 */
export function withWholeBrakes(events: readonly TruthEvent[], table: VehicleTable): readonly TruthEvent[] {
  const vehicleOf = new Map(table.stationIds.map((stationId, vehicle) => [stationId, vehicle]));
  return events.flatMap((event) => {
    if (event.brake === undefined) return [event];
    const vehicle = vehicleOf.get(event.stationIds[0] ?? 0);
    if (vehicle === undefined) return emergency(event, "unknown", table);
    const type = table.types[vehicle] ?? "unknown";
    const whole = event.brake.isFirstSample ? followed(event, table, vehicle) : event;
    return emergency(whole, type, table).map((one) => fromItsHardestPart(one, type, table, vehicle));
  });
}

/**
 * A driver may brake for a second before it is an emergency: that begins, in time and place, with the first sample beyond
 * the bound of its type. Where the recording tells no such sample the whole brake stands for it.
 */
function fromItsHardestPart(
  event: TruthEvent,
  type: StationType,
  table: VehicleTable,
  vehicle: number,
): TruthEvent {
  const limitMps2 = boundOf(event, type);
  for (const row of table.drives[vehicle] as Int32Array) {
    const atMs = table.timeMs[row] as number;
    if (atMs > event.offMs) break;
    if (atMs < event.onMs || !((table.accelerationMps2[row] as number) <= limitMps2)) continue;
    if (atMs === event.onMs) break;
    const place = placeOf(table, row);
    return { ...event, onMs: atMs, extents: [{ atMs, tail: place, head: place, vehicles: 0 }] };
  }
  return event;
}

function placeOf(table: VehicleTable, row: number): GeoPoint {
  return {
    latitudeDeg: table.latitudeDeg[row] as number,
    longitudeDeg: table.longitudeDeg[row] as number,
  };
}

function emergency(event: TruthEvent, type: StationType, table: VehicleTable): readonly TruthEvent[] {
  const isHeavy = HEAVY.has(type);
  const peakMps2 = event.brake?.peakMps2 ?? 0;
  if (peakMps2 > boundOf(event, type)) return [];
  const needsGrip = peakMps2 > (isHeavy ? HEAVY_MPS2 : CAR_MPS2);
  // All that the road gives, and yet no more than ordinary braking on a dry one: nobody measures friction to a tenth.
  if (needsGrip) return [{ ...event, dontCare: "an emergency only by the grip of a slippery road" }];
  if (event.offMs - event.onMs < LEAST_MS)
    return [{ ...event, dontCare: "a brake of less than half a second" }];
  const isAmbiguous =
    isHeavy && peakMps2 > emergencyMps2(false, frictionOf(event)) && table.intervalMs > FAST_INTERVAL_MS;
  return [isAmbiguous ? { ...event, dontCare: "a heavy vehicle's brake at 1 Hz" } : event];
}

function frictionOf({ brake }: TruthEvent): number {
  return brake?.friction ?? FULL_FRICTION;
}

function boundOf(event: TruthEvent, type: StationType): number {
  return emergencyMps2(HEAVY.has(type), frictionOf(event));
}

function followed(event: TruthEvent, table: VehicleTable, vehicle: number): TruthEvent {
  const drive = table.drives[vehicle] as Int32Array;
  let peakMps2 = event.brake?.peakMps2 ?? 0;
  let offMs = event.onMs;
  const friction = frictionOf(event);
  const hardMps2 = HARD_MPS2 * gripShare(friction);
  const extents: Extent[] = [];
  for (const row of drive) {
    const atMs = table.timeMs[row] as number;
    if (atMs < event.onMs) continue;
    const accel = table.accelerationMps2[row] as number;
    if (!(accel <= hardMps2)) break;
    peakMps2 = Math.min(peakMps2, accel);
    offMs = Math.max(offMs, atMs);
    const place = placeOf(table, row);
    extents.push({ atMs, tail: place, head: place, vehicles: 0 });
  }
  if (extents.length === 0) return event;
  return { ...event, offMs, extents, brake: { peakMps2, isFirstSample: false, friction } };
}
