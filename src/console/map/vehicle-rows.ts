import {
  FLAG_HEADING_UNKNOWN,
  FLAG_SPEED_UNKNOWN,
  FLAG_STALE,
  VEHICLE_BYTES,
} from "../../api/contract/vehicles.ts";
import type { VehicleFrame } from "../live/vehicles.ts";
import { latitudeOf, worldPerMetre, xOf, yOf } from "./mercator.ts";
import { lookOf, SPECIAL } from "./sprites.ts";

/** Sine and cosine of the 256 headings that frames can tell. */
const EAST = Float64Array.from({ length: 256 }, (_, heading) => Math.sin((heading / 128) * Math.PI));
const SOUTH = Float64Array.from({ length: 256 }, (_, heading) => -Math.cos((heading / 128) * Math.PI));

const RAD = Math.PI / 180;

/**
 * Vehicles of one tile as columns of numbers, read once for each frame. Places are fractions of the tile's side from its
 * upper left corner, speeds such fractions per millisecond: 24 bits of them are finer than a pixel four zooms closer in.
 */
export class VehicleRows {
  frame: VehicleFrame | undefined;
  count = 0;
  x = new Float32Array(0);
  y = new Float32Array(0);
  vx = new Float32Array(0);
  vy = new Float32Array(0);
  look = new Uint8Array(0);
  /** Rows of emergency and special vehicles: drawn over the others. */
  special: number[] = [];

  read(frame: VehicleFrame): void {
    if (frame === this.frame) return;
    this.frame = frame;
    this.count = frame.count;
    if (frame.count > this.x.length) this.#grow(frame.count);
    this.special = [];
    const row = rowOf(frame);
    const perMs = worldPerMetre(row.middleDeg) * row.side * 1e-5;
    for (let i = 0; i < frame.count; i++) this.#readOne(frame.records, i, row, perMs);
  }

  #readOne(records: DataView, i: number, row: TileRow, perMs: number): void {
    const from = i * VEHICLE_BYTES;
    const flags = records.getUint8(from + 15);
    const heading = records.getUint8(from + 14);
    const moves = (flags & (FLAG_SPEED_UNKNOWN | FLAG_HEADING_UNKNOWN | FLAG_STALE)) === 0;
    const speed = moves ? records.getUint16(from + 12, true) * perMs : 0;
    const aside = records.getInt32(from + 8, true) / 1e7 - row.middleDeg;
    this.x[i] = xOf(records.getInt32(from + 4, true) / 1e7) * row.side - row.x;
    this.y[i] = row.middle + aside * (row.slope + aside * (row.bend + aside * row.twist));
    this.vx[i] = (EAST[heading] ?? 0) * speed;
    this.vy[i] = (SOUTH[heading] ?? 0) * speed;
    const look = lookOf(flags, heading);
    this.look[i] = look;
    if (look >= SPECIAL) this.special.push(i);
  }

  slotOf(row: number): number | undefined {
    return this.frame?.records.getUint32(row * VEHICLE_BYTES, true);
  }

  /** The row of a slot; undefined where it is not of this tile. */
  rowOf(slot: number): number | undefined {
    for (let row = 0; row < this.count; row++) if (this.slotOf(row) === slot) return row;
    return undefined;
  }

  #grow(count: number): void {
    const size = Math.ceil(count * 1.25);
    this.x = new Float32Array(size);
    this.y = new Float32Array(size);
    this.vx = new Float32Array(size);
    this.vy = new Float32Array(size);
    this.look = new Uint8Array(size);
  }
}

/** Mercator's y around the middle of a tile as a polynomial of degrees: a logarithm for each vehicle is what reading costs. */
interface TileRow {
  readonly side: number;
  readonly x: number;
  readonly middleDeg: number;
  readonly middle: number;
  readonly slope: number;
  readonly bend: number;
  readonly twist: number;
}

/** Taylor's first three terms; what is left out is below 1/100 px for tiles of zoom 10 and smaller, up to 70° of latitude. */
function rowOf({ zoom, x, y }: VehicleFrame): TileRow {
  const side = 2 ** zoom;
  const middleDeg = latitudeOf((y + 0.5) / side);
  const tan = Math.tan(middleDeg * RAD);
  const secant = 1 / Math.cos(middleDeg * RAD);
  const scale = (-side * secant * RAD) / (2 * Math.PI);
  return {
    side,
    x,
    middleDeg,
    middle: yOf(middleDeg) * side - y,
    slope: scale,
    bend: (scale * tan * RAD) / 2,
    twist: (scale * (1 + 2 * tan * tan) * RAD * RAD) / 6,
  };
}
