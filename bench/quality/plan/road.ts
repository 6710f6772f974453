import type { GeoPoint } from "../../../src/domain/place.ts";
import type { RoadFlags, RoadMarker } from "../../../src/domain/road.ts";
import { type PlanPoint, toGeo } from "./plane.ts";

/** One direction of a road in a scenario: what the simulator drives on and what the map tells about it. */
export interface PlanRoadOptions {
  readonly id: string;
  readonly ref: string;
  readonly direction: string;
  /** Middle of the carriageway in the direction of travel. */
  readonly points: readonly PlanPoint[];
  readonly lanes: number;
  readonly limitKmh: number;
  readonly freeFlowKmh?: number;
  /** Posted kilometre at the beginning, and whether it falls along the road. */
  readonly startKm?: number;
  readonly falling?: boolean;
  readonly divided?: boolean;
  readonly level?: number;
  readonly flags?: RoadFlags;
  /** Places where one link ends and the next begins; the map cuts there. */
  readonly cutsM?: readonly number[];
  /** Flags of the stretch that holds a place, besides the road's own. */
  readonly stretches?: readonly { readonly fromM: number; readonly toM: number; readonly flags: RoadFlags }[];
  readonly markers?: readonly RoadMarker[];
  /** Links of other roads that can be driven to from its end. */
  readonly leadsTo?: readonly string[];
  /** Links of other roads that can be driven to from places where it is cut. */
  readonly branches?: readonly { readonly atM: number; readonly to: string }[];
  /** The map does not know it. */
  readonly isUnmapped?: boolean;
  /** The part that the map shows, m; all of it where absent. */
  readonly mapped?: { readonly fromM: number; readonly toM: number };
}

export const LANE_WIDTH_M = 3.5;
/** Way of a vehicle between two samples, with room to spare. */
const REACH_M = 120;

export interface PlanPose {
  readonly x: number;
  readonly y: number;
  readonly headingDeg: number;
}

export class PlanRoad {
  readonly options: PlanRoadOptions;
  readonly lengthM: number;
  readonly limitMps: number;
  readonly #alongM: Float64Array;

  constructor(options: PlanRoadOptions) {
    this.options = options;
    this.limitMps = options.limitKmh / 3.6;
    this.#alongM = alongLine(options.points);
    this.lengthM = this.#alongM.at(-1) ?? 0;
  }

  get id(): string {
    return this.options.id;
  }

  get lanes(): number {
    return this.options.lanes;
  }

  kmAt(routeM: number): number {
    const { startKm = 0, falling = false } = this.options;
    return startKm + ((falling ? -1 : 1) * routeM) / 1000;
  }

  /** Pose of a place on the line, moved sideways, left positive. Places beyond the ends continue straight on. */
  pose(routeM: number, leftM = 0): PlanPose {
    const { points } = this.options;
    const i = this.#segment(routeM);
    const from = points[i] as PlanPoint;
    const to = points[i + 1] as PlanPoint;
    const lengthM = (this.#alongM[i + 1] ?? 0) - (this.#alongM[i] ?? 0);
    const dx = (to.x - from.x) / lengthM;
    const dy = (to.y - from.y) / lengthM;
    const inM = routeM - (this.#alongM[i] ?? 0);
    const heading = (Math.atan2(dx, dy) * 180) / Math.PI;
    return {
      x: from.x + dx * inM - dy * leftM,
      y: from.y + dy * inM + dx * leftM,
      headingDeg: heading < 0 ? heading + 360 : heading,
    };
  }

  geo(routeM: number, leftM = 0): GeoPoint {
    return toGeo(this.pose(routeM, leftM));
  }

  /** Nearest place on the line, m; with `nearM` only so far around that place as a vehicle can have driven meanwhile. */
  placeOf({ x, y }: PlanPoint, nearM?: number): number {
    const { points } = this.options;
    const first = nearM === undefined ? 0 : this.#segment(nearM - REACH_M);
    const last = nearM === undefined ? points.length - 2 : this.#segment(nearM + REACH_M);
    let best = Number.POSITIVE_INFINITY;
    let routeM = 0;
    for (let i = first; i <= last; i++) {
      const from = points[i] as PlanPoint;
      const to = points[i + 1] as PlanPoint;
      const lengthM = (this.#alongM[i + 1] ?? 0) - (this.#alongM[i] ?? 0);
      const dx = (to.x - from.x) / lengthM;
      const dy = (to.y - from.y) / lengthM;
      const inM = Math.max(0, Math.min(lengthM, (x - from.x) * dx + (y - from.y) * dy));
      const offM = Math.hypot(from.x + dx * inM - x, from.y + dy * inM - y);
      if (offM < best) {
        best = offM;
        routeM = (this.#alongM[i] ?? 0) + inM;
      }
    }
    return routeM;
  }

  /** Points of the line between two places, both ends included. */
  between(fromM: number, toM: number): PlanPoint[] {
    const inner = this.options.points.filter((_, i) => {
      const atM = this.#alongM[i] ?? 0;
      return atM > fromM + 0.5 && atM < toM - 0.5;
    });
    return [this.pose(fromM), ...inner, this.pose(toM)];
  }

  /** Middle of a lane from the middle of the carriageway; lane 0 is the right one, −1 the hard shoulder. */
  laneLeftM(lane: number): number {
    return (lane - (this.lanes - 1) / 2) * LANE_WIDTH_M;
  }

  #segment(routeM: number): number {
    let low = 0;
    let high = this.#alongM.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#alongM[middle] ?? 0) <= routeM) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function alongLine(points: readonly PlanPoint[]): Float64Array {
  const along = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as PlanPoint;
    const b = points[i] as PlanPoint;
    along[i] = (along[i - 1] ?? 0) + Math.hypot(b.x - a.x, b.y - a.y);
  }
  return along;
}
