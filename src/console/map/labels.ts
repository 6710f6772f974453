import type { MapColours } from "./colours.ts";
import { placeOfKm } from "./kilometres.ts";
import type { PaintedTile } from "./leaflet.ts";
import { worldPixels, xOf, yOf } from "./mercator.ts";
import { at, type LinkShape, type Ring, type RoadClass, type RoadShapes } from "./road-shapes.ts";
import { widthOf as roadWidth } from "./road-style.ts";

/** A name at a place of the map, pixels of the world at its zoom. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly kind: "shield" | "place" | "post";
  readonly width: number;
}

const FONT = '600 11px "Inter", "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif';
const HEIGHT = 16;
/** Room around a label that no other one enters. */
const ROOM_X = 14;
const ROOM_Y = 6;
/** Distance of shields along a road, px. */
const SHIELD_EVERY_PX = 340;

const POSTS_FROM_ZOOM = 13;
const ZONES_FROM_ZOOM = 12;

const PLACES_FROM: Readonly<Record<string, number>> = {
  interchange: 11,
  junction: 13,
  "rest-area": 14,
  bridge: 15,
  tunnel: 14,
  kilometre: 15,
};

/** Names for a zoom, placed once for the whole map: the same in every tile that they touch, none over another. */
export function labelsAt(shapes: RoadShapes, zoom: number): readonly Label[] {
  const taken = new Taken();
  const scale = worldPixels(zoom);
  const all = [
    ...zoneNames(shapes, zoom, scale),
    ...places(shapes, zoom, scale),
    ...shields(shapes, zoom, scale),
    ...posts(shapes, zoom, scale),
  ];
  return all.filter((label) => taken.take(label));
}

function zoneNames({ map }: RoadShapes, zoom: number, scale: number): Label[] {
  if (zoom < ZONES_FROM_ZOOM) return [];
  // The middle of a river's box is seldom in the river.
  const named = map.zones.filter(({ kind }) => kind !== "water");
  return named.map(({ name, ring }) => {
    const [x, y] = middleOf(ring.map(([longitudeDeg, latitudeDeg]) => [xOf(longitudeDeg), yOf(latitudeDeg)]));
    return { x: x * scale, y: y * scale, text: name, kind: "place", width: widthOf(name) };
  });
}

/** Middle of the box around a ring. */
function middleOf(ring: Ring): readonly [number, number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** Interchanges before junctions before the rest: where there is no room, the less known one stays away. */
function places(shapes: RoadShapes, zoom: number, scale: number): Label[] {
  const ranks = Object.keys(PLACES_FROM);
  const seen = new Set<string>();
  return shapes.map.routes
    .flatMap(({ markers }, route) => markers.map((marker) => ({ marker, route })))
    .filter(({ marker: { kind } }) => zoom >= (PLACES_FROM[kind] ?? 15))
    .sort((a, b) => ranks.indexOf(a.marker.kind) - ranks.indexOf(b.marker.kind))
    .flatMap(({ marker: { name, routeM }, route }) => {
      // Both directions name their junctions; one name is enough.
      const point = seen.has(name) ? undefined : shapes.pointAt(route, routeM);
      if (point === undefined) return [];
      seen.add(name);
      return [
        { x: point.x * scale, y: point.y * scale - 14, text: name, kind: "place", width: widthOf(name) },
      ];
    });
}

function shields(shapes: RoadShapes, zoom: number, scale: number): Label[] {
  const found: Label[] = [];
  for (const [route, links] of shapes.byRoute.entries()) {
    const ref = shapes.map.routes[route]?.ref ?? "";
    const isMain = links.some(({ roadClass }) => roadClass === "motorway" || roadClass === "trunk");
    if (ref === "" || (!isMain && zoom < 14)) continue;
    let sinceLast = SHIELD_EVERY_PX / 2;
    for (const link of links) {
      if (link.roadClass === "ramp") continue;
      sinceLast = shieldsAlong(link, { scale, zoom }, sinceLast, (x, y) =>
        found.push({ x, y, text: ref, kind: "shield", width: widthOf(ref) + 4 }),
      );
    }
  }
  return found;
}

/** Posts of every kilometre, closer in of every half: operators and callers speak of places by them. */
function posts(shapes: RoadShapes, zoom: number, scale: number): Label[] {
  if (zoom < POSTS_FROM_ZOOM) return [];
  const step = zoom > POSTS_FROM_ZOOM + 1 ? 0.5 : 1;
  return shapes.map.routes.flatMap((route, index) => {
    // Both directions have the same posts; those of the direction in which they grow are shown.
    const isNumbered = shapes.byRoute[index]?.some(({ roadClass }) => roadClass === "motorway") ?? false;
    if (!isNumbered || route.toKm <= route.fromKm) return [];
    const found: Label[] = [];
    for (let km = Math.ceil(route.fromKm / step) * step; km <= route.toKm; km += step) {
      const routeM = placeOfKm(route, km);
      const place = routeM === undefined ? undefined : beside(shapes, index, routeM, { scale, zoom });
      if (place === undefined) continue;
      const text = String(km);
      found.push({ ...place, text, kind: "post", width: widthOf(text) });
    }
    return found;
  });
}

/** Over this length a road is straight enough to know its right side, m. */
const STEP_M = 20;

function beside(
  shapes: RoadShapes,
  route: number,
  routeM: number,
  { scale, zoom }: Drawn,
): { readonly x: number; readonly y: number } | undefined {
  const here = shapes.pointAt(route, routeM);
  const ahead = shapes.pointAt(route, routeM + STEP_M) ?? here;
  const behind = shapes.pointAt(route, routeM - STEP_M) ?? here;
  if (here === undefined || ahead === undefined || behind === undefined) return undefined;
  const [dx, dy] = [ahead.x - behind.x, ahead.y - behind.y];
  const length = Math.hypot(dx, dy) || 1;
  const aside = asideOf("motorway", zoom);
  return { x: here.x * scale - (dy / length) * aside, y: here.y * scale + (dx / length) * aside };
}

interface Drawn {
  readonly scale: number;
  readonly zoom: number;
}

function shieldsAlong(
  { points, roadClass }: LinkShape,
  { scale, zoom }: Drawn,
  sinceLast: number,
  put: (x: number, y: number) => void,
): number {
  let since = sinceLast;
  for (let i = 2; i < points.length; i += 2) {
    const [dx, dy] = [at(points, i) - at(points, i - 2), at(points, i + 1) - at(points, i - 1)];
    const length = Math.hypot(dx, dy);
    since += length * scale;
    if (since < SHIELD_EVERY_PX || length === 0) continue;
    since = 0;
    const aside = asideOf(roadClass, zoom);
    put(at(points, i) * scale - (dy / length) * aside, at(points, i + 1) * scale + (dx / length) * aside);
  }
  return since;
}

/** Half the mark of an alert and half a sign, px: on thin roads the mark of an alert on them reaches over the road. */
const CLEAR_OF_MARKS_PX = 28;

/** To the right of the direction of travel, away from the other carriageway: no sign hides vehicles, and none hides it. */
const asideOf = (roadClass: RoadClass, zoom: number): number =>
  Math.max(CLEAR_OF_MARKS_PX, 1.5 * roadWidth(roadClass, zoom) + 14);

let ruler: CanvasRenderingContext2D | null | undefined;

function widthOf(text: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) return text.length * 7;
  ruler.font = FONT;
  return Math.ceil(ruler.measureText(text).width) + 6;
}

export function paintLabels(
  context: CanvasRenderingContext2D,
  labels: readonly Label[],
  { x, y, size }: PaintedTile,
  colours: MapColours,
): void {
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.setLineDash([]);
  for (const label of labels) {
    const [left, top] = [label.x - x, label.y - y];
    if (left < -label.width || left > size + label.width || top < -HEIGHT || top > size + HEIGHT) continue;
    if (label.kind === "shield") paintShield(context, label, left, top, colours);
    else if (label.kind === "post") paintPost(context, label, left, top, colours);
    else paintName(context, label, left, top, colours);
  }
}

function paintShield(
  context: CanvasRenderingContext2D,
  { text, width }: Label,
  x: number,
  y: number,
  colours: MapColours,
): void {
  context.beginPath();
  context.roundRect(x - width / 2, y - HEIGHT / 2, width, HEIGHT, 3);
  context.fillStyle = colours.label;
  context.fill();
  context.fillStyle = colours.ground;
  context.fillText(text, x, y + 0.5);
}

function paintPost(
  context: CanvasRenderingContext2D,
  { text, width }: Label,
  x: number,
  y: number,
  colours: MapColours,
): void {
  context.beginPath();
  context.roundRect(x - width / 2, y - 7, width, 14, 2);
  context.fillStyle = colours.ground;
  context.fill();
  context.strokeStyle = colours.levels.unknown;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colours.label;
  context.fillText(text, x, y + 0.5);
}

function paintName(
  context: CanvasRenderingContext2D,
  { text }: Label,
  x: number,
  y: number,
  colours: MapColours,
): void {
  context.lineWidth = 3.5;
  context.strokeStyle = colours.ground;
  context.strokeText(text, x, y);
  context.fillStyle = colours.label;
  context.fillText(text, x, y);
}

/** Which parts of the map hold a label, in cells of 64 px. */
class Taken {
  readonly #cells = new Map<string, Label[]>();

  take(label: Label): boolean {
    const cells = [...cellsOf(label)];
    for (const cell of cells) {
      if (this.#cells.get(cell)?.some((other) => overlap(label, other))) return false;
    }
    for (const cell of cells) this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), label]);
    return true;
  }
}

const CELL = 64;

function* cellsOf({ x, y, width }: Label): Iterable<string> {
  const [west, east] = [x - width / 2 - ROOM_X, x + width / 2 + ROOM_X];
  for (let column = Math.floor(west / CELL); column <= Math.floor(east / CELL); column++) {
    for (const row of new Set([Math.floor((y - HEIGHT) / CELL), Math.floor((y + HEIGHT) / CELL)])) {
      yield `${column}/${row}`;
    }
  }
}

function overlap(a: Label, b: Label): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + ROOM_X && Math.abs(a.y - b.y) < HEIGHT + ROOM_Y;
}
