import { seededRandom } from "../support/random.ts";
import { SWEEP_MS } from "../traffic/cam-stream.ts";
import { Fleet } from "../traffic/fleet.ts";
import { Places } from "./point-index.ts";

export const LAYOUTS = ["along roads", "uniform"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Points that move on, step by step of 100 ms, at the same density for any number. */
export interface Motion {
  readonly size: number;
  /** Where all are after so many steps; the arrays are used again. */
  at(step: number): Places;
}

const E7 = 1e7;

/** The fleet of bench/traffic: on straight motorways, a thousand on each 20 km. */
function alongRoads(size: number, seed: number): Motion {
  const fleet = new Fleet({ vehicles: size, seed, firstStationId: 0 });
  const places = new Places(size);
  return {
    size,
    at(step) {
      for (let i = 0; i < size; i++) {
        fleet.locate(i, step * SWEEP_MS);
        places.latitudeDeg[i] = fleet.latitudeE7 / E7;
        places.longitudeDeg[i] = fleet.longitudeE7 / E7;
      }
      return places;
    },
  };
}

/** As many per area as the fleet has: a thousand on 25 km². */
const AREA_PER_POINT_M2 = 25e3;
const CENTER = { latitudeDeg: 51.4, longitudeDeg: 6.8 };
const METRES_PER_DEGREE = 111_319.5;
const SPEED_MPS = 29;

/** Everywhere alike, each straight on in a direction of its own: what flatters grids and trees. */
function uniform(size: number, seed: number): Motion {
  const random = seededRandom(seed);
  const sideM = Math.sqrt(size * AREA_PER_POINT_M2);
  const shrink = Math.cos((CENTER.latitudeDeg * Math.PI) / 180);
  const column = (of: () => number): Float64Array => Float64Array.from({ length: size }, of);
  const northM = column(() => (random() - 0.5) * sideM);
  const eastM = column(() => (random() - 0.5) * sideM);
  const course = column(() => random() * 2 * Math.PI);
  const places = new Places(size);
  return {
    size,
    at(step) {
      const drivenM = (SPEED_MPS * step * SWEEP_MS) / 1_000;
      for (let i = 0; i < size; i++) {
        const angle = course[i] as number;
        const north = (northM[i] as number) + Math.cos(angle) * drivenM;
        const east = (eastM[i] as number) + Math.sin(angle) * drivenM;
        places.latitudeDeg[i] = rounded(CENTER.latitudeDeg + north / METRES_PER_DEGREE);
        places.longitudeDeg[i] = rounded(CENTER.longitudeDeg + east / METRES_PER_DEGREE / shrink);
      }
      return places;
    },
  };
}

/** To the resolution of messages. */
const rounded = (degrees: number): number => Math.round(degrees * E7) / E7;

export function motionOf(layout: Layout, size: number, seed: number): Motion {
  return layout === "uniform" ? uniform(size, seed) : alongRoads(size, seed);
}
