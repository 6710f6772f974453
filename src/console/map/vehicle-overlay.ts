import type { VehicleFrames } from "../live/vehicles.ts";
import type { MapColours } from "./colours.ts";
import type { MapSurface, Overlay } from "./leaflet.ts";
import { worldPixels, xOf, yOf } from "./mercator.ts";
import { Pixels } from "./pixels.ts";
import { frozenLook, haloFor, type Sprite, spritesFor } from "./sprites.ts";
import { VehicleRows } from "./vehicle-rows.ts";

/** Below, the segments tell all there is to tell, and dots hide roads (measured by looking at 20,000). */
export const DOTS_FROM_ZOOM = 12;

/** A vehicle is moved on by its speed for so long after its last report; then it stands until it is heard again. */
const RECKONED_MS = 2_000;

/** Where a tile lies in the picture, px, and how long its vehicles have driven since. */
interface Placed {
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly drivenMs: number;
}

/** What is drawn at one zoom; the key says which. */
interface SpriteSet {
  readonly key: string;
  readonly all: readonly Sprite[];
  readonly halo: Sprite;
}

/** Vehicles, drawn pixel by pixel into one picture: the cost hardly grows with their number. */
export class VehicleOverlay {
  readonly #map: MapSurface;
  readonly #frames: VehicleFrames;
  readonly #overlay: Overlay;
  readonly #pixels: Pixels;
  readonly #tiles = new Map<string, VehicleRows>();
  #sprites: SpriteSet | undefined;
  #colours: MapColours;
  #isShown = true;
  #frozenAtMs: number | undefined;
  /** Slot that is followed: ringed. */
  highlighted: number | undefined;
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
    this.#sprites = undefined;
  }

  set isShown(isShown: boolean) {
    this.#isShown = isShown;
    this.#overlay.canvas.hidden = !isShown;
  }

  /** The picture is old: nobody is moved on by guessing, and everybody is drawn as not heard of. */
  set isOld(isOld: boolean) {
    this.#frozenAtMs = isOld ? (this.#frozenAtMs ?? performance.now()) : undefined;
  }

  /** Whether there are tiles of which nothing is drawn yet. */
  get hasNewTiles(): boolean {
    for (const key of this.#frames.keys()) if (!this.#tiles.has(key)) return true;
    return false;
  }

  draw(): void {
    const begunAt = performance.now();
    this.#readTiles();
    const readAt = performance.now();
    const { zoom } = this.#map.position;
    const place = this.#overlay.place();
    const ratio = this.#map.pixelRatio;
    this.#pixels.begin(place.width, place.height, ratio);
    if (this.#isShown && zoom >= DOTS_FROM_ZOOM) this.#stampAll(place, zoom, ratio);
    this.#pixels.end();
    this.#tell(readAt - begunAt, performance.now() - readAt);
  }

  /** What has come since the last picture; tiles that are no longer told are forgotten. */
  #readTiles(): void {
    for (const key of this.#tiles.keys()) if (!this.#frames.has(key)) this.#tiles.delete(key);
    for (const [key, frame] of this.#frames.entries()) {
      const known = this.#tiles.get(key);
      const rows = known ?? new VehicleRows();
      if (known === undefined) this.#tiles.set(key, rows);
      rows.read(frame);
    }
  }

  /** What drawing costs stands where a test or a curious operator can read it. */
  #tell(readMs: number, drawMs: number): void {
    const { dataset } = this.#overlay.canvas;
    let vehicles = 0;
    for (const { count } of this.#tiles.values()) vehicles += count;
    dataset["drawMs"] = drawMs.toFixed(2);
    dataset["readMs"] = readMs.toFixed(2);
    dataset["draws"] = String(++this.#draws);
    dataset["vehicles"] = String(vehicles);
  }

  #stampAll(corner: { readonly x: number; readonly y: number }, zoom: number, ratio: number): void {
    const { all, halo } = this.#spritesFor(zoom, ratio);
    const nowMs = performance.now();
    for (const rows of this.#tiles.values()) {
      const placed = this.#placeOf(rows, corner, zoom, ratio, nowMs);
      if (placed === undefined) continue;
      this.#stampTile(rows, placed, all);
      const followed = this.highlighted === undefined ? undefined : rows.rowOf(this.highlighted);
      if (followed !== undefined) this.#stampOne(rows, followed, placed, halo);
    }
  }

  #placeOf(
    { frame }: VehicleRows,
    corner: { readonly x: number; readonly y: number },
    zoom: number,
    ratio: number,
    nowMs: number,
  ): Placed | undefined {
    if (frame === undefined) return undefined;
    const side = (worldPixels(zoom) * ratio) / 2 ** frame.zoom;
    const drivenMs = this.#frozenAtMs === undefined ? Math.min(RECKONED_MS, nowMs - frame.arrivedAtMs) : 0;
    return {
      left: frame.x * side - corner.x * ratio,
      top: frame.y * side - corner.y * ratio,
      side,
      drivenMs,
    };
  }

  #stampTile(rows: VehicleRows, placed: Placed, sprites: readonly Sprite[]): void {
    const { left, top, side, drivenMs } = placed;
    const { x, y, vx, vy, look, count, special } = rows;
    const isFrozen = this.#frozenAtMs !== undefined;
    const pixels = this.#pixels;
    for (let i = 0; i < count; i++) {
      const px = Math.round(((x[i] ?? 0) + (vx[i] ?? 0) * drivenMs) * side + left);
      const py = Math.round(((y[i] ?? 0) + (vy[i] ?? 0) * drivenMs) * side + top);
      if (!pixels.touches(px, py)) continue;
      const sprite = sprites[isFrozen ? frozenLook(look[i] ?? 0) : (look[i] ?? 0)];
      if (sprite !== undefined) pixels.stamp(sprite, px, py);
    }
    for (const i of special) {
      const sprite = sprites[isFrozen ? frozenLook(look[i] ?? 0) : (look[i] ?? 0)];
      if (sprite !== undefined) this.#stampOne(rows, i, placed, sprite);
    }
  }

  #stampOne({ x, y, vx, vy }: VehicleRows, i: number, placed: Placed, sprite: Sprite): void {
    const { left, top, side, drivenMs } = placed;
    const px = Math.round(((x[i] ?? 0) + (vx[i] ?? 0) * drivenMs) * side + left);
    const py = Math.round(((y[i] ?? 0) + (vy[i] ?? 0) * drivenMs) * side + top);
    this.#pixels.stamp(sprite, px, py, true);
  }

  #spritesFor(zoom: number, ratio: number): SpriteSet {
    const key = `${zoom}/${ratio}`;
    if (this.#sprites?.key !== key) {
      this.#pixels.forget();
      this.#sprites = {
        key,
        all: spritesFor(zoom, ratio, this.#colours),
        halo: haloFor(ratio, this.#colours),
      };
    }
    return this.#sprites;
  }

  /** The vehicle next to a place, within so many pixels. */
  nearest(
    at: { readonly longitudeDeg: number; readonly latitudeDeg: number },
    withinPx: number,
  ): number | undefined {
    const { zoom } = this.#map.position;
    if (!this.#isShown || zoom < DOTS_FROM_ZOOM) return undefined;
    let best = (withinPx / worldPixels(zoom)) ** 2;
    let found: number | undefined;
    for (const rows of this.#tiles.values()) {
      if (rows.frame === undefined) continue;
      const side = 2 ** rows.frame.zoom;
      const [ax, ay] = [
        xOf(at.longitudeDeg) * side - rows.frame.x,
        yOf(at.latitudeDeg) * side - rows.frame.y,
      ];
      for (let i = 0; i < rows.count; i++) {
        const square = (((rows.x[i] ?? 0) - ax) ** 2 + ((rows.y[i] ?? 0) - ay) ** 2) / side ** 2;
        if (square >= best) continue;
        best = square;
        found = rows.slotOf(i);
      }
    }
    return found;
  }

  remove(): void {
    this.#overlay.remove();
  }
}
