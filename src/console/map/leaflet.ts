import L from "leaflet";
import type { Extent } from "../../api/contract/live.ts";

/** The only file that knows Leaflet. Everything else draws into canvases and speaks of degrees and pixels. */
export interface Place {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

export interface MapPosition extends Place {
  readonly zoom: number;
}

/** Draws one tile. `x` and `y` are the pixels of the world at its upper left corner, at the zoom. */
export interface TilePainter {
  paint(context: CanvasRenderingContext2D, tile: PaintedTile): void;
  /** The tile is no longer seen. */
  forget?(tile: PaintedTile): void;
}

export interface PaintedTile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Column and row, for what is kept per tile. */
  readonly key: string;
}

export interface TileLayer {
  /** Paints visible tiles again, some in each frame; `touches` leaves others alone. */
  repaint(touches?: (tile: PaintedTile) => boolean): void;
}

/** A canvas over the whole picture. It follows a drag by itself and is painted again when the picture stands. */
export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  /** Puts the canvas over what is seen now; pixels of the world at its upper left corner. */
  place(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  remove(): void;
}

export interface MarkerHandle {
  remove(): void;
  move(place: Place): void;
}

const TILE_PIXELS = 512;
/** As close as a lane can be told apart, as far as a country is seen. */
const ZOOMS = { min: 6, max: 18 } as const;
/** Time of a frame that painting tiles may take: the rest belongs to the drag (own). */
const PAINT_BUDGET_MS = 6;

export class MapSurface {
  readonly #map: L.Map;
  readonly pixelRatio = Math.min(2, Math.max(1, devicePixelRatio));

  constructor(element: HTMLElement, at: MapPosition) {
    this.#map = L.map(element, {
      attributionControl: false,
      zoomControl: false,
      // Without animations every frame is one of a standing picture: fast on machines without a GPU, and calm.
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
      inertia: false,
      minZoom: ZOOMS.min,
      maxZoom: ZOOMS.max,
      zoomSnap: 1,
      wheelDebounceTime: 30,
      doubleClickZoom: false,
      boxZoom: true,
      keyboard: true,
      keyboardPanDelta: 120,
    });
    this.#map.setView([at.latitudeDeg, at.longitudeDeg], at.zoom, { animate: false });
    this.#pane("base", 190);
    this.#pane("tiles", 200);
    this.#pane("overlay", 400);
    this.#pane("vehicles", 420);
    this.#pane("marks", 600);
  }

  #pane(name: string, order: number): void {
    const pane = this.#map.createPane(name);
    pane.style.zIndex = String(order);
    if (name !== "marks") pane.style.pointerEvents = "none";
  }

  get position(): MapPosition {
    const { lat, lng } = this.#map.getCenter();
    return { longitudeDeg: lng, latitudeDeg: lat, zoom: this.#map.getZoom() };
  }

  get extent(): Extent {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  get size(): { readonly width: number; readonly height: number } {
    const { x, y } = this.#map.getSize();
    return { width: x, height: y };
  }

  /** `offsetX` pixels keep the place out of the middle, beside a card that covers part of the map. */
  show({ longitudeDeg, latitudeDeg, zoom }: MapPosition, offsetX = 0): void {
    const at = this.#map.project([latitudeDeg, longitudeDeg], zoom).add([offsetX, 0]);
    this.#map.setView(this.#map.unproject(at, zoom), zoom, { animate: false });
  }

  fit([west, south, east, north]: Extent, padding = 24): void {
    const box: L.LatLngBoundsExpression = [
      [south, west],
      [north, east],
    ];
    this.#map.fitBounds(box, { animate: false, padding: [padding, padding] });
  }

  zoomBy(steps: number): void {
    this.#map.setZoom(this.#map.getZoom() + steps, { animate: false });
  }

  panBy(x: number, y: number): void {
    this.#map.panBy([x, y], { animate: false });
  }

  /** Pixels from the upper left corner of the picture. */
  screenOf({ latitudeDeg, longitudeDeg }: Place): { readonly x: number; readonly y: number } {
    return this.#map.latLngToContainerPoint([latitudeDeg, longitudeDeg]);
  }

  resized(): void {
    this.#map.invalidateSize({ animate: false, pan: false });
  }

  /** Called when the picture stands again after a drag or zoom. */
  onMoved(listener: () => void): void {
    this.#map.on("moveend", listener);
  }

  /** Called when somebody drags, turns the wheel or presses a key. */
  onTouched(listener: () => void): void {
    this.#map.on("mousedown keydown", listener);
    this.#map.getContainer().addEventListener("wheel", listener, { passive: true, once: true });
  }

  /** Called all along a drag. */
  onMoving(listener: () => void): void {
    this.#map.on("move", listener);
  }

  onClick(listener: (at: Place, isDouble: boolean) => void): void {
    this.#map.on("click", ({ latlng }: L.LeafletMouseEvent) =>
      listener({ longitudeDeg: latlng.lng, latitudeDeg: latlng.lat }, false),
    );
    this.#map.on("dblclick", ({ latlng }: L.LeafletMouseEvent) =>
      listener({ longitudeDeg: latlng.lng, latitudeDeg: latlng.lat }, true),
    );
  }

  onPointer(listener: (at: Place | undefined) => void): void {
    this.#map.on("mousemove", ({ latlng }: L.LeafletMouseEvent) =>
      listener({ longitudeDeg: latlng.lng, latitudeDeg: latlng.lat }),
    );
    this.#map.on("mouseout", () => listener(undefined));
  }

  addTiles(painter: TilePainter): TileLayer {
    return this.#addTiles(painter, "tiles");
  }

  /** Tiles below all others. */
  addBase(painter: TilePainter): TileLayer {
    return this.#addTiles(painter, "base");
  }

  #addTiles(painter: TilePainter, pane: "base" | "tiles"): TileLayer {
    const layer = new CanvasTiles(painter, this.pixelRatio, {
      pane,
      tileSize: TILE_PIXELS,
      keepBuffer: 1,
      updateWhenIdle: false,
      updateWhenZooming: false,
    });
    layer.addTo(this.#map);
    return layer;
  }

  addOverlay(pane: "overlay" | "vehicles"): Overlay {
    const canvas = document.createElement("canvas");
    canvas.className = "map-overlay";
    this.#map.getPane(pane)?.append(canvas);
    return {
      canvas,
      place: () => {
        const corner = this.#map.containerPointToLayerPoint([0, 0]);
        L.DomUtil.setPosition(canvas, corner);
        const origin = this.#map.getPixelOrigin();
        const { x: width, y: height } = this.#map.getSize();
        return { x: origin.x + corner.x, y: origin.y + corner.y, width, height };
      },
      remove: () => canvas.remove(),
    };
  }

  /** An element of its own at a place; its middle stands there. */
  addMarker(element: HTMLElement, place: Place, order: number): MarkerHandle {
    const icon = L.divIcon({ html: element, className: "map-mark", iconSize: [0, 0] });
    const marker = L.marker([place.latitudeDeg, place.longitudeDeg], {
      icon,
      pane: "marks",
      interactive: false,
      keyboard: false,
      zIndexOffset: order,
    }).addTo(this.#map);
    L.DomEvent.disableClickPropagation(element);
    return {
      remove: () => marker.remove(),
      move: ({ latitudeDeg, longitudeDeg }) => marker.setLatLng([latitudeDeg, longitudeDeg]),
    };
  }

  remove(): void {
    this.#map.remove();
  }
}

class CanvasTiles extends L.GridLayer implements TileLayer {
  readonly #painter: TilePainter;
  readonly #ratio: number;
  readonly #tiles = new Map<HTMLCanvasElement, PaintedTile>();
  #due = new Set<HTMLCanvasElement>();
  #frame: number | undefined;

  constructor(painter: TilePainter, ratio: number, options: L.GridLayerOptions) {
    super(options);
    this.#painter = painter;
    this.#ratio = ratio;
    this.on("tileunload", ({ tile }) => {
      const canvas = tile as unknown as HTMLCanvasElement;
      const painted = this.#tiles.get(canvas);
      if (painted !== undefined) this.#painter.forget?.(painted);
      this.#tiles.delete(canvas);
      this.#due.delete(canvas);
    });
  }

  protected override createTile({ x, y, z }: L.Coords): HTMLElement {
    const canvas = document.createElement("canvas");
    canvas.width = TILE_PIXELS * this.#ratio;
    canvas.height = TILE_PIXELS * this.#ratio;
    const tile = {
      zoom: z,
      x: x * TILE_PIXELS,
      y: y * TILE_PIXELS,
      size: TILE_PIXELS,
      key: `${x}/${y}/${z}`,
    };
    this.#tiles.set(canvas, tile);
    this.#paint(canvas, tile);
    return canvas;
  }

  repaint(touches: (tile: PaintedTile) => boolean = () => true): void {
    for (const [canvas, tile] of this.#tiles) if (touches(tile)) this.#due.add(canvas);
    if (this.#due.size > 0) this.#frame ??= requestAnimationFrame(this.#paintSome);
  }

  readonly #paintSome = (): void => {
    this.#frame = undefined;
    const endsAt = performance.now() + PAINT_BUDGET_MS;
    for (const canvas of this.#due) {
      this.#due.delete(canvas);
      const tile = this.#tiles.get(canvas);
      if (tile !== undefined) this.#paint(canvas, tile);
      if (performance.now() > endsAt) break;
    }
    if (this.#due.size > 0) this.#frame = requestAnimationFrame(this.#paintSome);
  };

  #paint(canvas: HTMLCanvasElement, tile: PaintedTile): void {
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, tile.size, tile.size);
    this.#painter.paint(context, tile);
  }
}
