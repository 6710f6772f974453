import type { SegmentState } from "../../api/contract/live.ts";
import type { LevelName, MapColours } from "./colours.ts";
import { type Label, labelsAt, paintLabels } from "./labels.ts";
import type { PaintedTile, TilePainter } from "./leaflet.ts";
import { latitudeOf, worldPixels } from "./mercator.ts";
import type { LinkShape, Ring, RoadClass, RoadShapes } from "./road-shapes.ts";
import { isSeen, sideOf, widthOf } from "./road-style.ts";
import { type Projection, trace } from "./trace.ts";

/** What of the roads is drawn. */
export interface RoadLayers {
  readonly traffic: boolean;
  readonly labels: boolean;
  readonly zones: boolean;
  /** A base map has better ones. */
  readonly water: boolean;
}

const ORDER: readonly RoadClass[] = ["street", "ramp", "main", "trunk", "motorway"];
const LEVELS: readonly LevelName[] = ["unknown", "free", "heavy", "slow", "queuing", "stationary"];

/** Share of the carriageway that a level fills: the worse, the wider, so that colour is not all there is. */
const FILL: Readonly<Record<LevelName, number>> = {
  unknown: 0.4,
  free: 0.4,
  heavy: 0.6,
  slow: 0.8,
  queuing: 1,
  stationary: 1.15,
};
/** Thinner lines vanish between pixels. */
const LEAST_WIDTH = 1.2;
/** Roads reach over the border of a tile by half their width, labels by half their text. */
const MARGIN_PX = 24;

/** Draws the roads, their traffic and their names into tiles. */
export class RoadPainter implements TilePainter {
  readonly #shapes: RoadShapes;
  #colours: MapColours;
  #layers: RoadLayers;
  #states: ReadonlyMap<number, readonly SegmentState[]> = new Map();
  readonly #labels = new Map<number, readonly Label[]>();

  constructor(shapes: RoadShapes, colours: MapColours, layers: RoadLayers) {
    this.#shapes = shapes;
    this.#colours = colours;
    this.#layers = layers;
  }

  set colours(colours: MapColours) {
    this.#colours = colours;
  }

  set layers(layers: RoadLayers) {
    this.#layers = layers;
  }

  /** Takes the states of traffic; tells which routes have changed. */
  takeStates(states: ReadonlyMap<number, readonly SegmentState[]>): ReadonlySet<number> {
    const changed = new Set<number>();
    for (const [route, of] of states) if (this.#states.get(route) !== of) changed.add(route);
    for (const route of this.#states.keys()) if (!states.has(route)) changed.add(route);
    this.#states = states;
    return changed;
  }

  /** Whether a tile shows one of these routes. */
  touches(tile: PaintedTile, routes: ReadonlySet<number>): boolean {
    for (const { route } of this.#linksOn(tile)) if (routes.has(route)) return true;
    return false;
  }

  paint(context: CanvasRenderingContext2D, tile: PaintedTile): void {
    const scale = worldPixels(tile.zoom);
    const projection: Projection = { scale, x: tile.x, y: tile.y };
    const latitudeDeg = latitudeOf((tile.y + tile.size / 2) / scale);
    const links = [...this.#linksOn(tile)].filter((link) => isSeen(link, tile.zoom));
    const scene: Scene = { context, projection, zoom: tile.zoom, latitudeDeg, links };
    context.lineCap = "butt";
    context.lineJoin = "round";
    if (this.#layers.water) this.#paintWater(scene);
    if (this.#layers.zones) this.#paintZones(scene);
    this.#paintRoads(scene);
    if (this.#layers.traffic) this.#paintTraffic(scene);
    if (this.#layers.labels) paintLabels(context, this.#labelsOf(tile.zoom), tile, this.#colours);
  }

  #linksOn({ zoom, x, y, size }: PaintedTile): Set<LinkShape> {
    const scale = worldPixels(zoom);
    return this.#shapes.within(
      (x - MARGIN_PX) / scale,
      (y - MARGIN_PX) / scale,
      (x + size + MARGIN_PX) / scale,
      (y + size + MARGIN_PX) / scale,
    );
  }

  #labelsOf(zoom: number): readonly Label[] {
    const known = this.#labels.get(zoom);
    if (known !== undefined) return known;
    const fresh = labelsAt(this.#shapes, zoom);
    this.#labels.set(zoom, fresh);
    return fresh;
  }

  /** All casings before all roads of a class, so that junctions open into each other. */
  #paintRoads(scene: Scene): void {
    const { context, zoom } = scene;
    for (const roadClass of ORDER) {
      const width = widthOf(roadClass, zoom);
      if (width === 0) continue;
      context.beginPath();
      for (const link of scene.links) if (link.roadClass === roadClass) traceWhole(scene, link);
      context.setLineDash([]);
      context.strokeStyle = this.#colours.case;
      context.lineWidth = width + (zoom < 13 ? 1 : 2);
      context.stroke();
      if (zoom < 12 && width < 2) continue;
      context.strokeStyle = roadClass === "motorway" ? this.#colours.major : this.#colours.road;
      context.lineWidth = width;
      context.stroke();
    }
  }

  /** One path for each level and class: strokes are dear, points are not. */
  #paintTraffic(scene: Scene): void {
    for (const level of LEVELS) {
      for (const roadClass of ORDER) this.#paintLevel(scene, level, roadClass);
    }
  }

  #paintLevel(scene: Scene, level: LevelName, roadClass: RoadClass): void {
    const { context, zoom } = scene;
    context.beginPath();
    let any = false;
    for (const link of scene.links) {
      if (link.roadClass !== roadClass) continue;
      for (const [fromM, toM] of this.#stretches(link, level)) {
        trace(context, link, scene.projection, sideOf(link, zoom, scene.latitudeDeg), fromM, toM);
        any = true;
      }
    }
    if (!any) return;
    const width = Math.max(LEAST_WIDTH, widthOf(roadClass, zoom) * FILL[level]);
    context.strokeStyle = this.#colours.levels[level];
    context.lineWidth = width;
    // Nothing known is never a whole line.
    context.setLineDash(level === "unknown" ? [3, 4] : []);
    context.stroke();
    if (level !== "stationary") return;
    context.setLineDash([2, 5]);
    context.lineWidth = width * 0.5;
    context.strokeStyle = this.#colours.ground;
    context.stroke();
  }

  /** Where on a link the level holds; what no state covers is unknown. */
  #stretches(link: LinkShape, level: LevelName): readonly (readonly [number, number])[] {
    const states = this.#states.get(link.route);
    if (states === undefined || states.length === 0) {
      return level === "unknown" ? [[link.fromM, link.toM]] : [];
    }
    if (level === "unknown") return uncovered(states, link);
    const found: (readonly [number, number])[] = [];
    for (const state of states) {
      if (state.level !== level || state.fromM >= link.toM || state.toM <= link.fromM) continue;
      found.push([Math.max(state.fromM, link.fromM), Math.min(state.toM, link.toM)]);
    }
    return found;
  }

  /** Where the river is, everybody knows where they are. */
  #paintWater(scene: Scene): void {
    const { context } = scene;
    traceRings(scene, this.#shapes.water);
    context.fillStyle = this.#colours.water;
    context.fill();
  }

  #paintZones(scene: Scene): void {
    const { context } = scene;
    traceRings(scene, this.#shapes.zones);
    context.strokeStyle = this.#colours.zone;
    context.lineWidth = 1.5;
    context.setLineDash([8, 4, 2, 4]);
    context.stroke();
    context.globalAlpha = 0.07;
    context.fillStyle = this.#colours.zone;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}

interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly projection: Projection;
  readonly zoom: number;
  readonly latitudeDeg: number;
  readonly links: readonly LinkShape[];
}

function traceRings({ context, projection: { scale, x, y } }: Scene, rings: readonly Ring[]): void {
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(([rx, ry], i) => {
      if (i === 0) context.moveTo(rx * scale - x, ry * scale - y);
      else context.lineTo(rx * scale - x, ry * scale - y);
    });
    context.closePath();
  }
}

function traceWhole({ context, projection, zoom, latitudeDeg }: Scene, link: LinkShape): void {
  trace(context, link, projection, sideOf(link, zoom, latitudeDeg));
}

/** Parts of a link that no state with a level covers. States are sorted along the route. */
function uncovered(
  states: readonly SegmentState[],
  { fromM, toM }: LinkShape,
): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let reached = fromM;
  for (const state of states) {
    if (state.level === undefined || state.toM <= reached) continue;
    if (state.fromM >= toM) break;
    if (state.fromM > reached) found.push([reached, state.fromM]);
    reached = state.toM;
  }
  if (reached < toM) found.push([reached, toM]);
  return found;
}
