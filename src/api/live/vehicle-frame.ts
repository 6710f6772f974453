import { STATION_TYPES, type StationType } from "../../domain/station.ts";
import { VEHICLE_MESSAGE } from "../contract/live.ts";
import {
  FLAG_HEADING_UNKNOWN,
  FLAG_SPEED_UNKNOWN,
  FLAG_STALE,
  VEHICLE_BYTES,
  VEHICLE_FRAME_VERSION,
  VEHICLE_HEADER_BYTES,
  VEHICLE_KINDS,
} from "../contract/vehicles.ts";
import type { Tile } from "./tiles.ts";

/** What a frame tells of a vehicle. */
export interface LiveVehicle {
  /** Place in the tracker's table while it is known. */
  readonly row: number;
  readonly stationId: number;
  readonly stationType: StationType;
  readonly latitudeE7: number;
  readonly longitudeE7: number;
  readonly speedMps: number | undefined;
  readonly headingDeg: number | undefined;
  readonly receivedAtMs: number;
}

/** 640 kB, so that a frame fits into the buffer of a connection; of more vehicles every second, third, … is told. */
const MAX_FRAME_VEHICLES = 40_000;

/** Twice the longest interval of cooperative awareness messages (TS 103 900 §6.1.3). */
const STALE_MS = 2_000;

const FIRST_VEHICLES = 4_096;

const KIND_OF: Readonly<Record<StationType, (typeof VEHICLE_KINDS)[number]>> = {
  unknown: "unknown",
  pedestrian: "pedestrian",
  cyclist: "bicycle",
  moped: "motorcycle",
  motorcycle: "motorcycle",
  "passenger-car": "car",
  bus: "bus",
  "light-truck": "truck",
  "heavy-truck": "truck",
  trailer: "truck",
  "special-vehicle": "special",
  tram: "tram",
  "light-vru-vehicle": "bicycle",
  animal: "unknown",
  agricultural: "special",
  infrastructure: "roadside-unit",
};

const KIND_INDEX: ReadonlyMap<StationType, number> = new Map(
  STATION_TYPES.map((type) => [type, VEHICLE_KINDS.indexOf(KIND_OF[type])]),
);

/** Writes one frame after another; the layout stands in `contract/vehicles.ts`. */
export class VehicleFrameWriter {
  #view = new DataView(new ArrayBuffer(VEHICLE_HEADER_BYTES + FIRST_VEHICLES * VEHICLE_BYTES));
  #at = VEHICLE_HEADER_BYTES;
  #reachedMs = 0;

  begin(tile: Tile, reachedMs: number): void {
    const view = this.#view;
    this.#at = VEHICLE_HEADER_BYTES;
    this.#reachedMs = reachedMs;
    view.setUint8(0, VEHICLE_MESSAGE);
    view.setUint8(1, VEHICLE_FRAME_VERSION);
    view.setUint8(2, tile.zoom);
    view.setUint32(4, tile.x, true);
    view.setUint32(8, tile.y, true);
    view.setFloat64(16, reachedMs, true);
  }

  add(slot: number, vehicle: LiveVehicle): void {
    if (this.#at + VEHICLE_BYTES > this.#view.byteLength) this.#grow();
    const view = this.#view;
    const at = this.#at;
    const { speedMps, headingDeg } = vehicle;
    let flags = KIND_INDEX.get(vehicle.stationType) ?? 0;
    if (speedMps === undefined) flags |= FLAG_SPEED_UNKNOWN;
    if (headingDeg === undefined) flags |= FLAG_HEADING_UNKNOWN;
    if (this.#reachedMs - vehicle.receivedAtMs > STALE_MS) flags |= FLAG_STALE;
    view.setUint32(at, slot, true);
    view.setInt32(at + 4, vehicle.longitudeE7, true);
    view.setInt32(at + 8, vehicle.latitudeE7, true);
    view.setUint16(at + 12, Math.min(0xffff, Math.round((speedMps ?? 0) * 100)), true);
    view.setUint8(at + 14, Math.round(((headingDeg ?? 0) * 256) / 360) & 0xff);
    view.setUint8(at + 15, flags);
    this.#at = at + VEHICLE_BYTES;
  }

  /** The frame as bytes of its own. */
  finish(): Uint8Array {
    const count = (this.#at - VEHICLE_HEADER_BYTES) / VEHICLE_BYTES;
    const step = Math.ceil(count / MAX_FRAME_VEHICLES);
    const kept = step > 1 ? this.#thin(step) : count;
    this.#view.setUint8(3, Math.min(0xff, step));
    this.#view.setUint32(12, kept, true);
    return new Uint8Array(this.#view.buffer.slice(0, VEHICLE_HEADER_BYTES + kept * VEHICLE_BYTES));
  }

  /** Keeps the vehicles whose slot is a multiple: the same ones in every frame, so that none flickers. */
  #thin(step: number): number {
    const bytes = new Uint8Array(this.#view.buffer);
    let to = VEHICLE_HEADER_BYTES;
    for (let at = VEHICLE_HEADER_BYTES; at < this.#at; at += VEHICLE_BYTES) {
      if (this.#view.getUint32(at, true) % step !== 0) continue;
      bytes.copyWithin(to, at, at + VEHICLE_BYTES);
      to += VEHICLE_BYTES;
    }
    return Math.min(MAX_FRAME_VEHICLES, (to - VEHICLE_HEADER_BYTES) / VEHICLE_BYTES);
  }

  #grow(): void {
    const bytes = new Uint8Array(this.#view.byteLength * 2);
    bytes.set(new Uint8Array(this.#view.buffer));
    this.#view = new DataView(bytes.buffer);
  }
}
