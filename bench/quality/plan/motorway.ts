import { type Bend, bentLine, besideLine, type PlanPoint } from "./plane.ts";
import { LANE_WIDTH_M, PlanRoad, type PlanRoadOptions } from "./road.ts";

export interface MotorwayOptions {
  readonly ref?: string;
  readonly lengthM?: number;
  readonly lanes?: number;
  readonly limitKmh?: number;
  readonly start?: PlanPoint;
  readonly headingDeg?: number;
  readonly bends?: readonly Bend[];
  /** Of the direction with rising kilometres. */
  readonly rising?: Partial<PlanRoadOptions>;
  readonly falling?: Partial<PlanRoadOptions>;
}

export interface Motorway {
  /** Kilometres rise in the direction of travel. */
  readonly rising: PlanRoad;
  readonly falling: PlanRoad;
  readonly axis: readonly PlanPoint[];
}

/** From the axis to the left edge of a carriageway: half a median of 4 m with its margin (RAA 2008, EKA 1: 4 m, rounded). */
const MEDIAN_HALF_M = 2.5;
/** Links of about a kilometre, as between the gantries of a motorway. */
const LINK_M = 1_000;
/** Gentle curves such as every motorway has: radius about 2 km. */
const BENDS: readonly Bend[] = [
  { fromM: 800, toM: 1_600, turnDeg: 20 },
  { fromM: 2_400, toM: 3_400, turnDeg: -28 },
];
export const START_KM = 10;

/** Two carriageways with a median; the standard stage of a scenario. */
export function motorway(options: MotorwayOptions = {}): Motorway {
  const { ref = "A900", lengthM = 5_000, lanes = 2, limitKmh = 120 } = options;
  const { start = { x: 0, y: 0 }, headingDeg = 75, bends = BENDS } = options;
  const axis = bentLine(start, headingDeg, lengthM, bends);
  const besideM = MEDIAN_HALF_M + (lanes * LANE_WIDTH_M) / 2;
  const cutsM = Array.from({ length: Math.floor(lengthM / LINK_M) }, (_, i) => (i + 1) * LINK_M);
  const common = { ref, lanes, limitKmh, cutsM, divided: true, level: 0 };
  const rising = new PlanRoad({
    ...common,
    id: `${ref}p`,
    direction: "Ostheim",
    points: besideLine(axis, -besideM),
    startKm: START_KM,
    markers: [
      { routeM: 1_000, name: "AS Westfeld", kind: "junction" },
      { routeM: lengthM - 1_000, name: "AS Ostfeld", kind: "junction" },
    ],
    ...options.rising,
  });
  const falling = new PlanRoad({
    ...common,
    id: `${ref}n`,
    direction: "Westheim",
    points: besideLine(axis, besideM).reverse(),
    startKm: START_KM + lengthM / 1000,
    falling: true,
    ...options.falling,
  });
  return { rising, falling, axis };
}
