import { computed, effect, signal } from "@preact/signals";
import type { AlertView } from "../../api/contract/alarms.ts";
import type { MapView } from "../../api/contract/map.ts";
import type { BaseTiles } from "../base-map/base-tiles.ts";
import { live } from "../live/connection.ts";
import { alerts, followed, isOld, segments } from "../live/picture.ts";
import { vehicleFrames } from "../live/vehicles.ts";
import { param, setParams } from "../state/address.ts";
import { theme } from "../state/preferences.ts";
import { AlertMarks, type MarkTexts } from "./alert-marks.tsx";
import { AlertShapes } from "./alert-shapes.ts";
import { readColours } from "./colours.ts";
import { CLOSE_ZOOM, flyTo } from "./fly.ts";
import { knownExtent } from "./known-extent.ts";
import { hiddenLayers } from "./layers.ts";
import { type MapPosition, MapSurface, type Place, type TileLayer } from "./leaflet.ts";
import { Measure } from "./measure.ts";
import { readPosition, writePosition } from "./position.ts";
import { type RoadLayers, RoadPainter } from "./road-painter.ts";
import { RoadShapes } from "./road-shapes.ts";
import { DOTS_FROM_ZOOM, VehicleOverlay } from "./vehicle-overlay.ts";

/** Requests for another extent while dragging: the server takes 20 a second of all kinds. */
const ASK_EVERY_MS = 200;
/** The URL follows the map so often: browsers bound changes of history. */
const NOTE_EVERY_MS = 400;
/** A vehicle at 130 km/h moves a pixel in some 100 ms at zoom 15; farther out less often is enough. */
const REDRAW_MS: Readonly<Record<number, number>> = { 12: 500, 13: 330, 14: 200, 15: 100 };
const FASTEST_REDRAW_MS = 66;
/** Vehicles are heard for somewhat more than is seen, so that a drag does not uncover empty roads. */
const OVERSIZE = 0.03;
/** A click this close to a vehicle means it, px. */
const CLICK_PX = 12;
/** Half the width of the card that covers the right side of the map, px. */
const CARD_OFFSET_PX = 190;
/** Card, tools beside it and room for a mark, px: what lies this close to the right side is covered or nearly so. */
const COVERED_PX = 2 * CARD_OFFSET_PX + 110;
/** A map that is narrower has no side beside the card. */
const LEAST_BESIDE_PX = 100;

/** Room around the first extent, px: what is known ends seldom where it matters. */
const FIRST_PADDING_PX = 80;

/** What is under the pointer, for the foot of the map. */
export const pointed = signal<Place | undefined>(undefined);
/** Position that is shown; undefined where no map is shown. */
export const shownPosition = signal<MapPosition | undefined>(undefined);

/** Where more vehicles are than can be told, only one in so many is drawn; 1 where all are. */
export const thinned = signal(1);

/** The map of the situation: layers over each other, fed by the live picture, steered by the URL. */
export class SituationMap {
  readonly surface: MapSurface;
  readonly measure: Measure;
  readonly #shapes: RoadShapes;
  readonly #painter: RoadPainter;
  readonly #vehicles: VehicleOverlay;
  readonly #alertShapes: AlertShapes;
  readonly #marks: AlertMarks;
  readonly #disposals: (() => void)[] = [];
  #base: BaseTiles | undefined;
  #isRemoved = false;
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #drawFrame: number | undefined;
  /** Nobody has chosen an extent: the first traffic that is told decides it. */
  #isUntouched = false;
  /** The chosen alert that has been brought into sight: what the operator drags away afterwards stays away. */
  #uncovered: string | undefined;

  constructor(element: HTMLElement, map: MapView, texts: MarkTexts) {
    const [west, south, east, north] = map.extent;
    const start = readPosition(param("map"));
    this.surface = new MapSurface(
      element,
      start ?? { longitudeDeg: (west + east) / 2, latitudeDeg: (south + north) / 2, zoom: 11 },
    );
    if (start === undefined) this.surface.fit(map.extent);
    this.#isUntouched = start === undefined;
    const colours = readColours();
    this.#shapes = new RoadShapes(map);
    this.#painter = new RoadPainter(this.#shapes, colours, layersShown(false));
    this.#painter.takeStates(segments.peek());
    const tiles = this.surface.addTiles(this.#painter);
    this.#alertShapes = new AlertShapes(this.surface, colours);
    this.#vehicles = new VehicleOverlay(this.surface, vehicleFrames, colours);
    this.#marks = new AlertMarks(this.surface, (alert) => setParams({ alert, alarm: undefined }), texts);
    this.measure = new Measure(this.surface, colours);
    this.#follow(tiles);
    this.#listen();
    this.#moved();
    if (map.base !== undefined) void this.#addBase(map.base, tiles).catch(() => undefined);
  }

  /** The operator's base map, where there is one; its code comes behind the first picture, which never waits for it. */
  async #addBase(base: NonNullable<MapView["base"]>, tiles: TileLayer): Promise<void> {
    const { BaseTiles } = await import("../base-map/base-tiles.ts");
    if (this.#isRemoved) return;
    const painter = new BaseTiles(base, readColours());
    const look = () => {
      painter.isShown = !hiddenLayers.peek().has("base");
      painter.isDark = theme.peek() === "dark";
      painter.colours = readColours();
    };
    look();
    const layer = this.surface.addBase(painter);
    painter.layer = layer;
    this.#base = painter;
    this.#painter.layers = layersShown(true);
    tiles.repaint();
    const shown = computed(() => `${theme.value} ${hiddenLayers.value.has("base")}`);
    let last = shown.peek();
    this.#effect(() => {
      if (shown.value === last) return;
      last = shown.value;
      look();
      layer.repaint();
    });
  }

  get shapes(): RoadShapes {
    return this.#shapes;
  }

  /** Shows a position, beside the card where one is open. */
  show(position: MapPosition): void {
    this.#isUntouched = false;
    this.surface.show(position, param("alert") === undefined ? 0 : CARD_OFFSET_PX);
  }

  showAll(): void {
    this.#isUntouched = false;
    this.surface.fit(this.#shapes.map.extent);
  }

  /** Where something is known of traffic, once: a network of which a tenth is heard would be a picture of nothing. */
  #showKnown(): void {
    if (!this.#isUntouched || !segments.peek().size) return;
    const extent = knownExtent(this.#shapes, segments.peek().values());
    if (extent === undefined) return;
    this.#isUntouched = false;
    this.surface.fit(extent, FIRST_PADDING_PX);
  }

  /** Every signal that the map shows, as an effect of its own: a change redraws what it concerns. */
  #follow(tiles: ReturnType<MapSurface["addTiles"]>): void {
    this.#effect(() => {
      const changed = this.#painter.takeStates(segments.value);
      if (changed.size > 0) tiles.repaint((tile) => this.#painter.touches(tile, changed));
      this.#showKnown();
    });
    this.#effect(() => {
      const hidden = hiddenLayers.value;
      this.#painter.layers = layersShown(this.#base !== undefined);
      this.#vehicles.isShown = !hidden.has("vehicles");
      tiles.repaint();
      this.#ask();
    });
    this.#effect(() => {
      const shown = hiddenLayers.value.has("alerts") ? [] : gravestFirst(alerts.value);
      const selected = param("alert");
      this.#alertShapes.show(shown, selected);
      this.#marks.show(shown, selected);
      this.#uncover(selected);
    });
    this.#effect(() => {
      this.#vehicles.isOld = isOld.value;
      this.#drawSoon();
    });
    this.#followTheme(tiles);
    this.#followAddress();
  }

  /** Once for each alert that is chosen: a mark that its own card covers moves beside it, no farther than needed. */
  #uncover(alertId: string | undefined): void {
    const alert = alertId === undefined ? undefined : alerts.value.get(alertId);
    if (alertId !== undefined && alert === undefined) return;
    const isNew = alertId !== this.#uncovered;
    this.#uncovered = alertId;
    if (alert === undefined || !isNew) return;
    const { x, y } = this.surface.screenOf(alert);
    const { width, height } = this.surface.size;
    const beside = width - COVERED_PX;
    if (beside < LEAST_BESIDE_PX || x <= beside || x > width || y < 0 || y > height) return;
    this.#isUntouched = false;
    this.surface.panBy(Math.round(x - beside), 0);
    // At once: the URL's old place would be gone back to.
    setParams({ map: writePosition(this.surface.position) }, { replace: true });
  }

  #followTheme(tiles: ReturnType<MapSurface["addTiles"]>): void {
    let last = theme.peek();
    this.#effect(() => {
      if (theme.value === last) return;
      last = theme.value;
      const colours = readColours();
      this.#painter.colours = colours;
      this.#alertShapes.colours = colours;
      this.#vehicles.colours = colours;
      this.measure.colours = colours;
      tiles.repaint();
      this.#alertShapes.draw();
      this.measure.draw();
      this.#drawSoon();
    });
  }

  #followAddress(): void {
    this.#effect(() => {
      const wanted = readPosition(param("map"));
      if (wanted !== undefined && writePosition(wanted) !== writePosition(this.surface.position)) {
        this.surface.show(wanted);
      }
    });
    this.#effect(() => {
      const flight = flyTo.value;
      if (flight === undefined) return;
      flyTo.value = undefined;
      this.show({ ...flight, zoom: flight.zoom ?? Math.max(CLOSE_ZOOM, this.surface.position.zoom) });
    });
    this.#effect(() => {
      const slot = param("follow") === undefined ? undefined : Number(param("follow"));
      this.#vehicles.highlighted = slot;
      live.send({ type: "follow", slot });
    });
    this.#effect(() => {
      const vehicle = followed.value?.vehicle;
      if (vehicle === undefined || param("follow") === undefined) return;
      this.#isUntouched = false;
      this.surface.show({ ...vehicle, zoom: Math.max(CLOSE_ZOOM, this.surface.position.zoom) });
    });
  }

  #listen(): void {
    this.surface.onMoved(() => this.#moved());
    this.surface.onTouched(() => {
      this.#isUntouched = false;
    });
    this.surface.onMoving(() => {
      this.#alertShapes.draw();
      this.measure.draw();
      this.#ask();
    });
    this.surface.onPointer((at) => {
      pointed.value = at;
    });
    this.surface.onClick((at, isDouble) => {
      if (this.measure.isOn) this.measure.add(at, isDouble);
      else if (isDouble) this.surface.show({ ...at, zoom: this.surface.position.zoom + 1 });
      else this.#pick(at);
    });
    this.#disposals.push(
      vehicleFrames.onChange(() => {
        thinned.value = Math.max(1, ...Array.from(vehicleFrames.all(), ({ oneIn }) => oneIn));
        // Vehicles that are drawn move on by their speed; what their tiles tell anew, the next picture shows.
        if (this.#drawTimer === undefined || this.#vehicles.hasNewTiles) this.#drawSoon();
      }),
    );
  }

  #pick(at: Place): void {
    const slot = this.#vehicles.nearest(at, CLICK_PX);
    if (slot !== undefined) setParams({ follow: String(slot) });
    else setParams({ follow: undefined });
  }

  #moved(): void {
    shownPosition.value = this.surface.position;
    this.#marks.draw();
    this.#alertShapes.draw();
    this.measure.draw();
    this.#ask();
    this.#drawSoon();
    this.#noteTimer ??= setTimeout(() => {
      this.#noteTimer = undefined;
      setParams({ map: writePosition(this.surface.position) }, { replace: true });
    }, NOTE_EVERY_MS);
  }

  #ask(): void {
    this.#askTimer ??= setTimeout(() => {
      this.#askTimer = undefined;
      const { zoom } = this.surface.position;
      const [west, south, east, north] = this.surface.extent;
      const [dx, dy] = [(east - west) * OVERSIZE, (north - south) * OVERSIZE];
      live.send({
        type: "view",
        extent: [west - dx, south - dy, east + dx, north + dy],
        zoom,
        vehicles: zoom >= DOTS_FROM_ZOOM && !hiddenLayers.peek().has("vehicles"),
      });
    }, ASK_EVERY_MS);
  }

  /** At most once a frame, and again after as long as a vehicle needs for a pixel. */
  #drawSoon(): void {
    this.#drawFrame ??= requestAnimationFrame(() => {
      this.#drawFrame = undefined;
      this.#vehicles.draw();
      clearTimeout(this.#drawTimer);
      this.#drawTimer = undefined;
      const { zoom } = this.surface.position;
      if (zoom < DOTS_FROM_ZOOM || isOld.peek()) return;
      this.#drawTimer = setTimeout(() => this.#drawSoon(), REDRAW_MS[zoom] ?? FASTEST_REDRAW_MS);
    });
  }

  #effect(run: () => void): void {
    this.#disposals.push(effect(run));
  }

  remove(): void {
    this.#isRemoved = true;
    for (const dispose of this.#disposals) dispose();
    this.#base?.close();
    // A pan by keyboard that is under way ends here, and asks for a last picture.
    this.surface.remove();
    clearTimeout(this.#askTimer);
    clearTimeout(this.#noteTimer);
    clearTimeout(this.#drawTimer);
    if (this.#drawFrame !== undefined) cancelAnimationFrame(this.#drawFrame);
    shownPosition.value = undefined;
    live.send({ type: "follow", slot: undefined });
  }
}

function layersShown(hasBase: boolean): RoadLayers {
  const hidden = hiddenLayers.value;
  const zones = !hidden.has("zones");
  return {
    traffic: !hidden.has("traffic"),
    labels: !hidden.has("labels"),
    zones,
    water: zones && (!hasBase || hidden.has("base")),
  };
}

function gravestFirst(all: ReadonlyMap<string, AlertView>): readonly AlertView[] {
  return [...all.values()].sort((a, b) => b.severity - a.severity || b.beganAtMs - a.beganAtMs);
}
