import { metresPerPixel } from "./mercator.ts";
import type { LinkShape, RoadClass } from "./road-shapes.ts";

/** Width of a carriageway, px, at zooms 10, 12, 14, 16 and 18. */
const WIDTHS: Readonly<Record<RoadClass, readonly [number, number, number, number, number]>> = {
  motorway: [2.6, 4, 6, 10, 20],
  trunk: [1.8, 3, 5, 9, 18],
  main: [1, 2, 4, 8, 16],
  ramp: [0.8, 1.6, 3, 7, 14],
  street: [0, 0.8, 2, 6, 12],
};

/** First zoom at which a class is drawn: before, it only hides what matters. */
const SEEN_FROM: Readonly<Record<RoadClass, number>> = {
  motorway: 0,
  trunk: 8,
  main: 10,
  ramp: 11,
  street: 12,
};

/** Middle to middle of the carriageways of a divided road, m (RAA 2008, RQ 31: 15.5 m; with wide medians, rather more). */
const DIVIDED_GAP_M = 18;

export const isSeen = ({ roadClass }: LinkShape, zoom: number): boolean => zoom >= SEEN_FROM[roadClass];

export function widthOf(roadClass: RoadClass, zoom: number): number {
  const widths = WIDTHS[roadClass];
  const place = Math.min(4, Math.max(0, (zoom - 10) / 2));
  const below = Math.floor(place);
  const from = widths[below] ?? 0;
  const to = widths[Math.min(4, below + 1)] ?? from;
  return from + (place - below) * (to - from);
}

/** How far a direction is drawn to its right, px, so that the other one is seen beside it. */
export function sideOf(link: LinkShape, zoom: number, latitudeDeg: number): number {
  if (link.roadClass === "ramp") return 0;
  const half = widthOf(link.roadClass, zoom) / 2 + 0.6;
  if (!link.divided) return half;
  return Math.max(0, half - DIVIDED_GAP_M / metresPerPixel(zoom, latitudeDeg) / 2);
}
