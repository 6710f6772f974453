import {
  FLAG_HEADING_UNKNOWN,
  FLAG_PERCEIVED,
  FLAG_SPEED_UNKNOWN,
  FLAG_STALE,
  VEHICLE_BYTES,
  VEHICLE_KINDS,
} from "../../api/contract/vehicles.ts";
import type { VehicleFrames } from "../live/vehicles.ts";
import type { MapColours } from "./colours.ts";
import type { MapSurface, Overlay } from "./leaflet.ts";
import { latitudeOf, worldPerMetre, worldPixels, xOf, yOf } from "./mercator.ts";
import { Pixels } from "./pixels.ts";
import { arrowStamps, diamondStamp, dotStamp, HEADINGS, ringStamp, type Stamp } from "./stamps.ts";

/** Below, the segments tell all there is to tell; dots hide roads, arrows hide more (measured by looking at 20,000). */
export const DOTS_FROM_ZOOM = 12;
const ARROWS_FROM_ZOOM = 14;
const LARGE_FROM_ZOOM = 16;

/** A vehicle is moved on by its speed for so long after its last report; then it stands until it is heard again. */
const RECKONED_MS = 2_000;

const SPECIAL = new Set<number>(
  (["emergency", "special"] as const).map((kind) => VEHICLE_KINDS.indexOf(kind)),
);

interface Stamps {
  readonly arrows: readonly Stamp[];
  readonly dot: Stamp;
  readonly ring: Stamp;
  readonly special: Stamp;
}

/** Vehicles, drawn pixel by pixel into one picture: the cost hardly grows with their number. */
export class VehicleOverlay {
  readonly #map: MapSurface;
  readonly #frames: VehicleFrames;
  readonly #overlay: Overlay;
  readonly #pixels: Pixels;
  readonly #rows = new Rows();
  readonly #stamps = new Map<number, Stamps>();
  #colours: MapColours;
  #isShown = true;
  #frozenAtMs: number | undefined;
  /** Slot that is followed: ringed. */
  highlighted: number | undefined;
  #readMs = 0;
  #draws = 0;

  constructor(map: MapSurface, frames: VehicleFrames, colours: MapColours) {
    this.#map = map;
    this.#frames = frames;
    this.#colours = colours;
    this.#overlay = map.addOverlay("vehicles");
    this.#pixels = new Pixels(this.#overlay.canvas);
  }

  set colours(colours: MapColours) {
    this.#colours = colours;
  }

  set isShown(isShown: boolean) {
    this.#isShown = isShown;
    this.#overlay.canvas.hidden = !isShown;
  }

  /** The picture is old: nobody is moved on by guessing, and everybody is drawn as not heard of. */
  set isOld(isOld: boolean) {
    this.#frozenAtMs = isOld ? (this.#frozenAtMs ?? performance.now()) : undefined;
  }

  /** Frames have come: their vehicles are read once, and drawn from rows of numbers from then on. */
  takeFrames(): void {
    const begunAt = performance.now();
    this.#rows.read(this.#frames);
    this.#readMs = performance.now() - begunAt;
  }

  draw(): void {
    const begunAt = performance.now();
    const { zoom } = this.#map.position;
    const place = this.#overlay.place();
    const ratio = this.#map.pixelRatio;
    this.#pixels.begin(place.width, place.height, ratio);
    if (this.#isShown && zoom >= DOTS_FROM_ZOOM) this.#stampAll(place, zoom, ratio);
    this.#pixels.end();
    this.#tell(performance.now() - begunAt);
  }

  /** What drawing costs stands where a test or a curious operator can read it. */
  #tell(drawMs: number): void {
    const { dataset } = this.#overlay.canvas;
    dataset["drawMs"] = drawMs.toFixed(2);
    dataset["readMs"] = this.#readMs.toFixed(2);
    dataset["draws"] = String(++this.#draws);
    dataset["vehicles"] = String(this.#rows.count);
  }

  #stampAll(place: { readonly x: number; readonly y: number }, zoom: number, ratio: number): void {
    const scale = worldPixels(zoom) * ratio;
    const [left, top] = [place.x * ratio, place.y * ratio];
    const stamps = this.#stampsFor(zoom, ratio);
    const ink = inks(this.#colours);
    const nowMs = this.#frozenAtMs ?? performance.now();
    const { x, y, vx, vy, heading, flags, arrivedAtMs, slot, count } = this.#rows;
    for (let i = 0; i < count; i++) {
      const flag = flags[i] ?? 0;
      const isStale = (flag & FLAG_STALE) !== 0 || this.#frozenAtMs !== undefined;
      const ms = isStale ? 0 : Math.min(RECKONED_MS, nowMs - (arrivedAtMs[i] ?? 0));
      const px = Math.round(((x[i] ?? 0) + (vx[i] ?? 0) * ms) * scale - left);
      const py = Math.round(((y[i] ?? 0) + (vy[i] ?? 0) * ms) * scale - top);
      const special = SPECIAL.has(flag & 15);
      const colour = isStale ? ink.stale : special ? ink.special : ink.vehicle;
      this.#pixels.stamp(stampFor(stamps, zoom, flag, special, isStale, heading[i] ?? 0), px, py, colour);
      if (slot[i] === this.highlighted) this.#pixels.stamp(this.#halo(ratio), px, py, ink.highlight);
    }
  }

  #halo(ratio: number): Stamp {
    this.#haloStamp ??= ringStamp(26 * ratio);
    return this.#haloStamp;
  }
  #haloStamp: Stamp | undefined;

  #stampsFor(zoom: number, ratio: number): Stamps {
    const size = zoom >= LARGE_FROM_ZOOM ? 15 : zoom >= ARROWS_FROM_ZOOM ? 10 : zoom >= 13 ? 4 : 3;
    const known = this.#stamps.get(size);
    if (known !== undefined) return known;
    const px = size * ratio;
    const fresh: Stamps = {
      arrows: zoom >= ARROWS_FROM_ZOOM ? arrowStamps(px) : [],
      dot: dotStamp(zoom >= ARROWS_FROM_ZOOM ? px * 0.6 : px),
      ring: ringStamp(zoom >= ARROWS_FROM_ZOOM ? px * 0.75 : px + 1),
      special: diamondStamp(px * 1.5),
    };
    this.#stamps.set(size, fresh);
    return fresh;
  }

  /** The vehicle next to a place, within so many pixels. */
  nearest(
    at: { readonly longitudeDeg: number; readonly latitudeDeg: number },
    withinPx: number,
  ): number | undefined {
    const { zoom } = this.#map.position;
    if (!this.#isShown || zoom < DOTS_FROM_ZOOM) return undefined;
    const { x, y, slot, count } = this.#rows;
    const [ax, ay] = [xOf(at.longitudeDeg), yOf(at.latitudeDeg)];
    let best = (withinPx / worldPixels(zoom)) ** 2;
    let found: number | undefined;
    for (let i = 0; i < count; i++) {
      const square = ((x[i] ?? 0) - ax) ** 2 + ((y[i] ?? 0) - ay) ** 2;
      if (square >= best) continue;
      best = square;
      found = slot[i];
    }
    return found;
  }

  remove(): void {
    this.#overlay.remove();
  }
}

function stampFor(
  stamps: Stamps,
  zoom: number,
  flag: number,
  special: boolean,
  isStale: boolean,
  heading: number,
): Stamp {
  if (special) return stamps.special;
  if (isStale || (flag & FLAG_PERCEIVED) !== 0) return stamps.ring;
  if (zoom < ARROWS_FROM_ZOOM || (flag & FLAG_HEADING_UNKNOWN) !== 0) return stamps.dot;
  return stamps.arrows[((heading + 256 / HEADINGS / 2) >> 3) % HEADINGS] ?? stamps.dot;
}

interface Inks {
  readonly vehicle: number;
  readonly stale: number;
  readonly special: number;
  readonly highlight: number;
}

function inks({ vehicle, stale, special, measure }: MapColours): Inks {
  return { vehicle: rgb(vehicle), stale: rgb(stale), special: rgb(special), highlight: rgb(measure) };
}

/** `#rrggbb` as ImageData stores it: red in the lowest byte. */
function rgb(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16);
  return ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
}

/** Vehicles of all frames as columns of numbers: fractions of the world, and of it per millisecond. */
class Rows {
  count = 0;
  x = new Float64Array(0);
  y = new Float64Array(0);
  vx = new Float64Array(0);
  vy = new Float64Array(0);
  arrivedAtMs = new Float64Array(0);
  slot = new Uint32Array(0);
  heading = new Uint8Array(0);
  flags = new Uint8Array(0);

  read(frames: VehicleFrames): void {
    let total = 0;
    for (const { count } of frames.all()) total += count;
    if (total > this.x.length) this.#grow(total);
    let row = 0;
    for (const { records, count, arrivedAtMs, zoom, y } of frames.all()) {
      const perMetre = worldPerMetre(latitudeOf((y + 0.5) / 2 ** zoom));
      for (let i = 0; i < count; i++) this.#readOne(records, i * VEHICLE_BYTES, row++, arrivedAtMs, perMetre);
    }
    this.count = row;
  }

  #readOne(records: DataView, from: number, row: number, arrivedAtMs: number, perMetre: number): void {
    const flags = records.getUint8(from + 15);
    const moves = (flags & (FLAG_SPEED_UNKNOWN | FLAG_HEADING_UNKNOWN)) === 0;
    const perMs = moves ? (records.getUint16(from + 12, true) / 100_000) * perMetre : 0;
    const heading = records.getUint8(from + 14);
    const angle = (heading / 128) * Math.PI;
    this.slot[row] = records.getUint32(from, true);
    this.x[row] = xOf(records.getInt32(from + 4, true) / 1e7);
    this.y[row] = yOf(records.getInt32(from + 8, true) / 1e7);
    this.vx[row] = Math.sin(angle) * perMs;
    this.vy[row] = -Math.cos(angle) * perMs;
    this.heading[row] = heading;
    this.flags[row] = flags;
    this.arrivedAtMs[row] = arrivedAtMs;
  }

  #grow(total: number): void {
    const size = Math.ceil(total * 1.25);
    this.x = new Float64Array(size);
    this.y = new Float64Array(size);
    this.vx = new Float64Array(size);
    this.vy = new Float64Array(size);
    this.arrivedAtMs = new Float64Array(size);
    this.slot = new Uint32Array(size);
    this.heading = new Uint8Array(size);
    this.flags = new Uint8Array(size);
  }
}
