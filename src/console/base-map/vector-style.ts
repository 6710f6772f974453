import type { MapColours } from "../map/colours.ts";
import type { VectorFeature } from "./vector-tile.ts";

/** How a feature is drawn. Widths in pixels. */
export type Stroke = { readonly colour: string; readonly width: number; readonly dash?: readonly number[] };
export type Look =
  | { readonly fill: string }
  | { readonly stroke: Stroke }
  | { readonly label: string; readonly sizePx: number };

/** Muted: colour on this map belongs to what is not well. */
interface Tints {
  readonly green: string;
  readonly built: string;
  readonly building: string;
  readonly street: string;
  readonly rail: string;
  readonly border: string;
}

const LIGHT: Tints = {
  green: "#d8dfd6",
  built: "#dcdfe1",
  building: "#d2d7da",
  street: "#eff1f2",
  rail: "#c0c7cc",
  border: "#96a1a9",
};
const DARK: Tints = {
  green: "#1a2420",
  built: "#1c2328",
  building: "#242d33",
  street: "#29323a",
  rail: "#303b43",
  border: "#56616a",
};

type Kind = "land" | "area" | "water" | "river" | "building" | "street" | "rail" | "border" | "place";

/** Layers of the schemas that archives are made in: Protomaps, OpenMapTiles, Shortbread; from the ground upwards. */
const LAYERS: readonly (readonly [name: string, kind: Kind])[] = [
  ["earth", "land"],
  ["land", "area"],
  ["landcover", "area"],
  ["landuse", "area"],
  ["park", "area"],
  ["ocean", "water"],
  ["water", "water"],
  ["water_polygons", "water"],
  ["waterway", "river"],
  ["water_lines", "river"],
  ["physical_line", "river"],
  ["building", "building"],
  ["buildings", "building"],
  ["transit", "rail"],
  ["roads", "street"],
  ["streets", "street"],
  ["transportation", "street"],
  ["boundary", "border"],
  ["boundaries", "border"],
  ["place", "place"],
  ["places", "place"],
  ["place_labels", "place"],
];
const ORDER = new Map(LAYERS.map(([name], i) => [name, i]));
const KINDS = new Map(LAYERS);

export const isDrawn = (layer: string): boolean => KINDS.has(layer);
export const orderOf = (layer: string): number => ORDER.get(layer) ?? 0;

const GREEN =
  /park|wood|forest|grass|meadow|garden|nature|cemetery|farm|orchard|scrub|pitch|golf|heath|green/;
const BUILT = /residential|industrial|commercial|retail|harbour|port|railway|urban|military/;
const RAIL = /rail|tram|subway|transit/;
/** Largest first; other places are named from a town's zoom on. */
const SIZES_PX: Readonly<Record<string, number>> = { city: 15, town: 13, locality: 13 };
const TOWNS_FROM_ZOOM = 12;
const BUILDINGS_FROM_ZOOM = 14;

/** How a feature of a layer looks at a zoom; undefined where it is left out. */
export function lookOf(
  layer: string,
  feature: VectorFeature,
  zoom: number,
  colours: MapColours,
  isDark: boolean,
): Look | undefined {
  const { shape, tags } = feature;
  const tints = isDark ? DARK : LIGHT;
  const sort = String(tags.get("kind") ?? tags.get("class") ?? tags.get("type") ?? "");
  switch (KINDS.get(layer)) {
    case "land":
      return shape === "polygon" ? { fill: colours.ground } : undefined;
    case "area":
      if (shape !== "polygon") return undefined;
      return GREEN.test(sort) ? { fill: tints.green } : BUILT.test(sort) ? { fill: tints.built } : undefined;
    case "water":
    case "river":
      if (shape === "polygon") return { fill: colours.water };
      return shape === "line" ? { stroke: { colour: colours.water, width: zoom < 13 ? 1 : 2 } } : undefined;
    case "building":
      return shape === "polygon" && zoom >= BUILDINGS_FROM_ZOOM ? { fill: tints.building } : undefined;
    case "rail":
    case "street":
      return shape === "line" ? { stroke: streetOf(sort, zoom, tints) } : undefined;
    case "border":
      return shape === "line" ? { stroke: { colour: tints.border, width: 1, dash: [6, 4] } } : undefined;
    case "place":
      return shape === "point" ? labelOf(tags, sort, zoom) : undefined;
    default:
      return undefined;
  }
}

/** Streets are there to find one's way; the roads that Roadpulse watches are drawn over them. */
function streetOf(sort: string, zoom: number, { rail, street }: Tints): Stroke {
  if (RAIL.test(sort)) return { colour: rail, width: 1, dash: [4, 3] };
  return { colour: street, width: Math.max(0.5, (zoom - 10) * 0.6) };
}

function labelOf(tags: VectorFeature["tags"], sort: string, zoom: number): Look | undefined {
  const name = tags.get("name:de") ?? tags.get("name");
  const detail = String(tags.get("kind_detail") ?? sort);
  const sizePx = SIZES_PX[detail] ?? SIZES_PX[sort];
  if (typeof name !== "string" || (sizePx === undefined && zoom < TOWNS_FROM_ZOOM)) return undefined;
  return { label: name, sizePx: sizePx ?? 11 };
}
