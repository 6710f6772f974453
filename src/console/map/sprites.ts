import {
  FLAG_HEADING_UNKNOWN,
  FLAG_PERCEIVED,
  FLAG_STALE,
  VEHICLE_KINDS,
} from "../../api/contract/vehicles.ts";
import type { MapColours } from "./colours.ts";
import { arrowStamps, diamondStamp, dotStamp, HEADINGS, ringStamp, type Stamp } from "./stamps.ts";

/** From here on a vehicle's direction can be told; below, arrows hide the roads (measured by looking at 20,000). */
export const ARROWS_FROM_ZOOM = 14;
const LARGE_FROM_ZOOM = 16;

/** Looks of vehicles as indices: 0 to 31 an arrow by its heading, then these. */
const DOT = HEADINGS;
const PERCEIVED = HEADINGS + 1;
const STALE = HEADINGS + 2;
export const SPECIAL = HEADINGS + 3;
const SPECIAL_STALE = HEADINGS + 4;

const SPECIAL_KINDS = new Set<number>(
  (["emergency", "special"] as const).map((kind) => VEHICLE_KINDS.indexOf(kind)),
);

/** Look of each flags byte but for the heading; those that show it are below zero. */
const LOOK_OF_FLAGS = Int8Array.from({ length: 256 }, (_, flags) => {
  const isStale = (flags & FLAG_STALE) !== 0;
  if (SPECIAL_KINDS.has(flags & 15)) return isStale ? SPECIAL_STALE : SPECIAL;
  if (isStale) return STALE;
  if ((flags & FLAG_PERCEIVED) !== 0) return PERCEIVED;
  return (flags & FLAG_HEADING_UNKNOWN) !== 0 ? DOT : -1;
});

/** How a vehicle is drawn, by its flags and its heading in 360/256°. */
export function lookOf(flags: number, heading: number): number {
  const look = LOOK_OF_FLAGS[flags] ?? DOT;
  return look >= 0 ? look : ((heading + 256 / HEADINGS / 2) >> 3) % HEADINGS;
}

/** The look of a vehicle of which nothing more is heard, whatever it was. */
export const frozenLook = (look: number): number => (look >= SPECIAL ? SPECIAL_STALE : STALE);

/** A stamp with its colour, as pixels are written: `colour` has red in its lowest byte. */
export interface Sprite {
  readonly stamp: Stamp;
  readonly colour: number;
}

/** Sprites of all looks at a zoom. */
export function spritesFor(zoom: number, ratio: number, colours: MapColours): readonly Sprite[] {
  const isArrow = zoom >= ARROWS_FROM_ZOOM;
  const px = (zoom >= LARGE_FROM_ZOOM ? 15 : isArrow ? 10 : zoom >= 13 ? 4 : 3) * ratio;
  const dot = dotStamp(isArrow ? px * 0.6 : px);
  const ring = ringStamp(isArrow ? px * 0.75 : px + 1);
  const diamond = diamondStamp(px * 1.5);
  const arrows = isArrow ? arrowStamps(px) : Array.from({ length: HEADINGS }, () => dot);
  const [vehicle, stale, special] = [rgb(colours.vehicle), rgb(colours.stale), rgb(colours.special)];
  return [
    ...arrows.map((stamp) => ({ stamp, colour: vehicle })),
    { stamp: dot, colour: vehicle },
    { stamp: ring, colour: vehicle },
    { stamp: ring, colour: stale },
    { stamp: diamond, colour: special },
    { stamp: diamond, colour: stale },
  ];
}

/** Around the vehicle that is followed. */
export const haloFor = (ratio: number, { measure }: MapColours): Sprite => ({
  stamp: ringStamp(26 * ratio),
  colour: rgb(measure),
});

/** `#rrggbb` as ImageData stores it: red in the lowest byte. */
function rgb(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16);
  return ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
}
