import { seededRandom } from "../support/random.ts";

/** Carriageways are straight and this long; whoever reaches the end leaves, and a new station enters at the start. */
export const CARRIAGEWAY_M = 20_000;

/** Free flow: 17 vehicles per km and lane. The number of roads grows with the fleet, so density stays the same. */
const SPACING_M = 60;
const LANE_SPEEDS_MPS = [24, 29, 34] as const;

/** One carriageway of 20 km per 25 km²: a dense motorway region. The region grows with the number of roads. */
const AREA_PER_CARRIAGEWAY_M2 = 25e6;

/** Where a carriageway begins, and its direction. */
export interface Carriageway {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number;
}

const CENTER = { latitudeDeg: 51.4, longitudeDeg: 6.8 };
const METRES_PER_DEGREE = 111_319.5;
const E7 = 1e7;

/** Headings below 12.8° would need a shorter varint than the others (see `cam-frame.ts`). */
const LEAST_HEADING_DEG = 13;

export interface FleetOptions {
  readonly vehicles: number;
  readonly seed: number;
  /** Stations get ids from here on. */
  readonly firstStationId: number;
}

/**
 * Vehicles that drive on straight carriageways at the speed of their lane, as a struct of arrays. Positions follow from
 * the time alone, so that a load generator spends its time on sending. All motion is plausible: constant speed and
 * heading, one report after the other, and a new id for every vehicle that enters.
 */
export class Fleet {
  readonly size: number;
  readonly speedMps: Float64Array;
  readonly headingDeg: Float64Array;
  /** Straight roads of one direction, where the vehicles drive. */
  readonly carriageways: Carriageway[] = [];
  /** Result of the last `locate`. */
  stationId = 0;
  latitudeE7 = 0;
  longitudeE7 = 0;
  readonly #firstStationId: number;
  readonly #startLatitudeE7: Float64Array;
  readonly #startLongitudeE7: Float64Array;
  readonly #latitudeE7PerMs: Float64Array;
  readonly #longitudeE7PerMs: Float64Array;
  readonly #cycleMs: Float64Array;
  readonly #phaseMs: Float64Array;

  constructor({ vehicles, seed, firstStationId }: FleetOptions) {
    this.size = vehicles;
    this.#firstStationId = firstStationId;
    const column = () => new Float64Array(vehicles);
    this.speedMps = column();
    this.headingDeg = column();
    this.#startLatitudeE7 = column();
    this.#startLongitudeE7 = column();
    this.#latitudeE7PerMs = column();
    this.#longitudeE7PerMs = column();
    this.#cycleMs = column();
    this.#phaseMs = column();
    this.#place(seededRandom(seed));
  }

  #place(random: () => number): void {
    const perLane = Math.floor(CARRIAGEWAY_M / SPACING_M);
    const perCarriageway = perLane * LANE_SPEEDS_MPS.length;
    const carriageways = Math.ceil(this.size / perCarriageway);
    const sideM = Math.sqrt(carriageways * AREA_PER_CARRIAGEWAY_M2);
    for (let road = 0; road < carriageways; road++) {
      const start = {
        latitudeDeg: CENTER.latitudeDeg + ((random() - 0.5) * sideM) / METRES_PER_DEGREE,
        longitudeDeg: CENTER.longitudeDeg + ((random() - 0.5) * sideM) / (METRES_PER_DEGREE * COS_LATITUDE),
      };
      const headingDeg = LEAST_HEADING_DEG + random() * (359 - LEAST_HEADING_DEG);
      this.carriageways.push({ ...start, headingDeg });
      const last = Math.min(this.size, (road + 1) * perCarriageway);
      for (let vehicle = road * perCarriageway; vehicle < last; vehicle++) {
        const inRoad = vehicle - road * perCarriageway;
        this.#enter(vehicle, start, headingDeg, inRoad % LANE_SPEEDS_MPS.length, inRoad / perCarriageway);
      }
    }
  }

  #enter(
    vehicle: number,
    start: { readonly latitudeDeg: number; readonly longitudeDeg: number },
    headingDeg: number,
    lane: number,
    phase: number,
  ): void {
    const speedMps = LANE_SPEEDS_MPS[lane] ?? 0;
    const radians = (headingDeg * Math.PI) / 180;
    const degreesPerMs = speedMps / 1_000 / METRES_PER_DEGREE;
    this.speedMps[vehicle] = speedMps;
    this.headingDeg[vehicle] = headingDeg;
    this.#startLatitudeE7[vehicle] = start.latitudeDeg * E7;
    this.#startLongitudeE7[vehicle] = start.longitudeDeg * E7;
    this.#latitudeE7PerMs[vehicle] = Math.cos(radians) * degreesPerMs * E7;
    this.#longitudeE7PerMs[vehicle] =
      (Math.sin(radians) * degreesPerMs * E7) / Math.cos((start.latitudeDeg * Math.PI) / 180);
    const cycleMs = Math.round((CARRIAGEWAY_M / speedMps) * 1_000);
    this.#cycleMs[vehicle] = cycleMs;
    this.#phaseMs[vehicle] = Math.round(phase * cycleMs);
  }

  /** Where a vehicle is, and under which id it speaks, `elapsedMs` after the start. */
  locate(vehicle: number, elapsedMs: number): void {
    const cycleMs = this.#cycleMs[vehicle] ?? 1;
    const time = elapsedMs + (this.#phaseMs[vehicle] ?? 0);
    const laps = Math.floor(time / cycleMs);
    const drivenMs = time - laps * cycleMs;
    this.stationId = (this.#firstStationId + vehicle + laps * this.size) >>> 0;
    this.latitudeE7 = Math.round(
      (this.#startLatitudeE7[vehicle] ?? 0) + (this.#latitudeE7PerMs[vehicle] ?? 0) * drivenMs,
    );
    this.longitudeE7 = Math.round(
      (this.#startLongitudeE7[vehicle] ?? 0) + (this.#longitudeE7PerMs[vehicle] ?? 0) * drivenMs,
    );
  }
}

const COS_LATITUDE = Math.cos((CENTER.latitudeDeg * Math.PI) / 180);
