import { VEHICLE_BYTES, VEHICLE_FRAME_VERSION, VEHICLE_HEADER_BYTES } from "../../api/contract/vehicles.ts";

/** Vehicles of one tile as they arrived: read in place, never turned into objects. */
export interface VehicleFrame {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** Only one in so many vehicles is told; 1 where all are. */
  readonly oneIn: number;
  /** Time that the detectors had reached, Unix ms. */
  readonly atMs: number;
  /** Of this machine's monotonic clock, ms. */
  readonly arrivedAtMs: number;
  readonly records: DataView;
}

/** Reads the header; undefined for frames of another version or of a length that does not fit. */
export function readFrame(bytes: ArrayBuffer, arrivedAtMs: number): VehicleFrame | undefined {
  if (bytes.byteLength < VEHICLE_HEADER_BYTES) return undefined;
  const head = new DataView(bytes);
  const count = head.getUint32(12, true);
  if (head.getUint8(1) !== VEHICLE_FRAME_VERSION) return undefined;
  if (bytes.byteLength < VEHICLE_HEADER_BYTES + count * VEHICLE_BYTES) return undefined;
  return {
    zoom: head.getUint8(2),
    x: head.getUint32(4, true),
    y: head.getUint32(8, true),
    count,
    oneIn: Math.max(1, head.getUint8(3)),
    atMs: head.getFloat64(16, true),
    arrivedAtMs,
    records: new DataView(bytes, VEHICLE_HEADER_BYTES, count * VEHICLE_BYTES),
  };
}

/** A tile that was not heard of for so long is of an extent that the server no longer sends (frames come each second; own). */
const FORGOTTEN_AFTER_MS = 5_000;

/** The last frame of every tile that the map looks at. */
export class VehicleFrames {
  readonly #frames = new Map<string, VehicleFrame>();
  readonly #listeners = new Set<() => void>();

  /** Tiles of two zooms would show the same vehicles twice: those of the zoom before go. */
  take(frame: VehicleFrame): void {
    for (const [key, { zoom }] of this.#frames) if (zoom !== frame.zoom) this.#frames.delete(key);
    this.#frames.set(`${frame.zoom}/${frame.x}/${frame.y}`, frame);
  }

  /** Called once after the frames of one animation frame. */
  changed(nowMs: number): void {
    for (const [key, frame] of this.#frames) {
      if (nowMs - frame.arrivedAtMs > FORGOTTEN_AFTER_MS) this.#frames.delete(key);
    }
    for (const listener of this.#listeners) listener();
  }

  clear(): void {
    this.#frames.clear();
    for (const listener of this.#listeners) listener();
  }

  all(): Iterable<VehicleFrame> {
    return this.#frames.values();
  }

  /** Frames by the names of their tiles. */
  entries(): Iterable<readonly [string, VehicleFrame]> {
    return this.#frames.entries();
  }

  keys(): Iterable<string> {
    return this.#frames.keys();
  }

  has(key: string): boolean {
    return this.#frames.has(key);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export const vehicleFrames = new VehicleFrames();
