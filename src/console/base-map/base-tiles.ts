import type { MapColours } from "../map/colours.ts";
import type { PaintedTile, TileLayer, TilePainter } from "../map/leaflet.ts";
import { drawLayers, drawPicture, type Scene } from "./draw.ts";
import { type Base, type Part, partsUnder } from "./parts.ts";
import { isDrawn } from "./vector-style.ts";
import { readVectorTile, type VectorLayer } from "./vector-tile.ts";

type Content = ImageBitmap | readonly VectorLayer[];
type Loaded = readonly (readonly [Part, Content])[];

/** Browsers keep six connections to a server: two are left for what an operator does meanwhile. */
const MOST_LOADING = 4;

/** Tiles of the base map kept as read: neighbours of ours share one where it is enlarged. */
const KEPT = 12;

/** A server that is away is asked again so often for what is seen. */
const RETRY_MS = 5_000;

/** Draws the operator's base map, tile by tile as they come from the server; never asks anybody else. */
export class BaseTiles implements TilePainter {
  /** Set once the tiles lie on the map. */
  layer: TileLayer | undefined;
  isShown = true;
  isDark = false;
  colours: MapColours;
  readonly #base: Base;
  /** Keys of tiles that are seen. */
  readonly #seen = new Set<string>();
  readonly #wanted = new Map<string, PaintedTile>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #kept = new Map<string, Promise<Content | undefined>>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #loading = 0;

  constructor(base: Base, colours: MapColours) {
    this.#base = base;
    this.colours = colours;
  }

  paint(context: CanvasRenderingContext2D, tile: PaintedTile): void {
    this.#seen.add(tile.key);
    if (!this.isShown) return;
    const loaded = this.#loaded.get(tile.key);
    if (loaded === undefined) {
      this.#wanted.set(tile.key, tile);
      this.#loadNext();
      return;
    }
    // Painted again it comes from the browser's cache.
    this.#loaded.delete(tile.key);
    const { colours, isDark } = this;
    const scene: Scene = { context, size: tile.size, zoom: tile.zoom, colours, isDark };
    for (const [part, content] of loaded) {
      if (content instanceof ImageBitmap) drawPicture(scene, part, content);
      else drawLayers(scene, part, content);
    }
  }

  forget({ key }: PaintedTile): void {
    this.#seen.delete(key);
    this.#wanted.delete(key);
    this.#loaded.delete(key);
  }

  close(): void {
    this.layer = undefined;
    this.#seen.clear();
    this.#wanted.clear();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #loadNext(): void {
    const next = this.#loading < MOST_LOADING ? this.#wanted.values().next().value : undefined;
    if (next === undefined) return;
    this.#wanted.delete(next.key);
    this.#loading++;
    void this.#load(next).finally(() => {
      this.#loading--;
      this.#loadNext();
    });
    this.#loadNext();
  }

  async #load(tile: PaintedTile): Promise<void> {
    try {
      const parts = partsUnder(tile, this.#base);
      const contents = await Promise.all(parts.map((part) => this.#content(part)));
      const loaded = parts.flatMap((part, i) => {
        const content = contents[i];
        return content === undefined ? [] : [[part, content] as const];
      });
      if (loaded.length === 0 || !this.#seen.has(tile.key)) return;
      this.#loaded.set(tile.key, loaded);
      this.layer?.repaint(({ key }) => key === tile.key);
    } catch {
      this.#retryLater(tile);
    }
  }

  #retryLater({ key }: PaintedTile): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.layer?.repaint((tile) => tile.key === key);
    }, RETRY_MS);
    this.#timers.add(timer);
  }

  #content({ zoom, column, row }: Part): Promise<Content | undefined> {
    const path = `/v1/base-map/${zoom}/${column}/${row}`;
    const known = this.#kept.get(path);
    if (known !== undefined) return known;
    const content = fetchTile(path, this.#base.kind);
    this.#kept.set(path, content);
    content.catch(() => this.#kept.delete(path));
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return content;
  }
}

/** Undefined where the map has no tile, or none that can be read. Rejects where asking again may help. */
async function fetchTile(path: string, kind: Base["kind"]): Promise<Content | undefined> {
  const response = await fetch(path, { credentials: "same-origin", redirect: "error" });
  if (response.status === 503 || response.status === 401) throw new Error(`HTTP ${response.status}`);
  if (response.status !== 200) return undefined;
  const body = await response.arrayBuffer();
  try {
    if (kind === "raster") return await createImageBitmap(new Blob([body]));
    return readVectorTile(new Uint8Array(body), isDrawn);
  } catch {
    return undefined;
  }
}
