import type { MapColours } from "../map/colours.ts";
import { type Look, lookOf, orderOf } from "./vector-style.ts";
import type { VectorFeature, VectorLayer } from "./vector-tile.ts";

/** Where a tile of the base map lies on the canvas, px. It may reach far over its borders. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

export interface Scene {
  readonly context: CanvasRenderingContext2D;
  /** Side of the canvas, px. */
  readonly size: number;
  readonly zoom: number;
  readonly colours: MapColours;
  readonly isDark: boolean;
}

/** Pictures are mostly bright and gaudy: grey enough that the colours of traffic stand out, in both themes. */
const LIGHT_FILTER = "saturate(0.35) contrast(0.85) brightness(1.04)";
const DARK_FILTER = "invert(1) hue-rotate(180deg) saturate(0.3) brightness(0.7)";

export function drawPicture(
  { context, isDark }: Scene,
  { left, top, size }: Place,
  picture: ImageBitmap,
): void {
  context.filter = isDark ? DARK_FILTER : LIGHT_FILTER;
  context.drawImage(picture, left, top, size, size);
  context.filter = "none";
}

export function drawLayers(scene: Scene, place: Place, layers: readonly VectorLayer[]): void {
  const sorted = [...layers].sort((a, b) => orderOf(a.name) - orderOf(b.name));
  const taken: Box[] = [];
  for (const layer of sorted) {
    const unit = place.size / layer.extent;
    for (const { look, features } of byLook(scene, layer)) {
      if ("label" in look)
        for (const feature of features) drawLabel(scene, place, unit, feature, look, taken);
      else drawAlike(scene.context, place, unit, features, look);
    }
  }
}

interface Alike {
  readonly look: Look;
  readonly features: VectorFeature[];
}

/** Features of a layer that look the same, in one: strokes and fills are dear, points are not. */
function byLook({ zoom, colours, isDark }: Scene, { name, features }: VectorLayer): Iterable<Alike> {
  const groups = new Map<string, Alike>();
  for (const feature of features) {
    const look = lookOf(name, feature, zoom, colours, isDark);
    if (look === undefined) continue;
    const key = `${feature.shape} ${JSON.stringify(look)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { look, features: [feature] });
    else known.features.push(feature);
  }
  return groups.values();
}

/** Rings wind by what they are (Mapbox Vector Tile 2.1, §4.3.4.4), so polygons that overlap stay filled and holes stay open. */
function drawAlike(
  context: CanvasRenderingContext2D,
  place: Place,
  unit: number,
  features: readonly VectorFeature[],
  look: Exclude<Look, { label: string }>,
): void {
  context.beginPath();
  for (const { parts, shape } of features)
    for (const part of parts) tracePart(context, place, unit, part, shape === "polygon");
  if ("fill" in look) {
    context.fillStyle = look.fill;
    context.fill();
    return;
  }
  const { colour, width, dash = [] } = look.stroke;
  context.setLineDash([...dash]);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function tracePart(
  context: CanvasRenderingContext2D,
  { left, top }: Place,
  unit: number,
  part: Float64Array,
  isRing: boolean,
): void {
  for (let i = 0; i < part.length; i += 2) {
    const [x, y] = [left + (part[i] ?? 0) * unit, top + (part[i + 1] ?? 0) * unit];
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  if (isRing) context.closePath();
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Names that a border would cut, or that would cover another, are left out: a neighbouring zoom shows them. */
function drawLabel(
  { context, size, colours }: Scene,
  place: Place,
  unit: number,
  { parts }: VectorFeature,
  { label, sizePx }: Extract<Look, { label: string }>,
  taken: Box[],
): void {
  const [x, y] = [place.left + (parts[0]?.[0] ?? 0) * unit, place.top + (parts[0]?.[1] ?? 0) * unit];
  context.font = `500 ${sizePx}px sans-serif`;
  const half = context.measureText(label).width / 2 + 2;
  const box: Box = [x - half, y - sizePx, x + half, y + sizePx];
  if (box[0] < 0 || box[1] < 0 || box[2] > size || box[3] > size) return;
  if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]))
    return;
  taken.push(box);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.ground;
  context.strokeText(label, x, y);
  context.fillStyle = colours.label;
  context.globalAlpha = 0.75;
  context.fillText(label, x, y);
  context.globalAlpha = 1;
}
