import type { RoadNetwork, RoadRoute } from "../../src/domain/road.ts";
import { destinationPoint } from "../../src/geo/geodesy.ts";
import { seededRandom } from "../support/random.ts";
import { normalFrom } from "./noise.ts";
import type { TrueReport } from "./report.ts";

export interface TrafficOptions {
  readonly seed: number;
  readonly vehicles: number;
  /** Length of the scene. */
  readonly seconds: number;
  /** Reports a second. */
  readonly hz: number;
  /** Standard error of a position on each axis. */
  readonly noiseM: number;
  /** Share of the noise that lasts (30 s), the rest is new with each report. */
  readonly lastingShare: number;
  /** Share of reports that nobody hears. */
  readonly loss: number;
}

export const TRAFFIC_START_MS = 1_790_000_000_000;

const STEP_S = 0.1;
const LANE_M = 3.6;
const SHORTEST_ROUTE_M = 3_000;

/** Share of vehicles that stop on the hard shoulder, with hazard lights; and of those that brake hard once. */
const SHOULDER_SHARE = 0.03;
const HARD_BRAKE_SHARE = 0.05;

/** A bottleneck: on this part of every third route traffic crawls at 2 to 8 m/s in waves. */
const QUEUE_FROM = 0.55;
const QUEUE_TO = 0.65;

const NOISE_LASTS_S = 30;

/**
 * Honest traffic on a road network: vehicles enter at a route's beginning or in its middle, choose a speed that wanders,
 * crawl through bottlenecks, change lanes, brake hard, stop on the shoulder, and vanish at the route's end. Reports come in
 * the order of time.
 */
export function honestTraffic(roads: RoadNetwork, options: TrafficOptions): TrueReport[] {
  const random = seededRandom(options.seed);
  const routes = roads.routes.filter(({ lengthM }) => lengthM >= SHORTEST_ROUTE_M);
  const reports: TrueReport[] = [];
  for (let i = 0; i < options.vehicles; i++) {
    const route = routes[Math.floor(random() * routes.length)] as RoadRoute;
    driveOne(roads, route, 1_000_000 + i * 7_919, options, seededRandom(options.seed * 100_003 + i), reports);
  }
  return reports.sort((a, b) => a.atMs - b.atMs || a.stationId - b.stationId);
}

function driveOne(
  roads: RoadNetwork,
  route: RoadRoute,
  stationId: number,
  options: TrafficOptions,
  random: () => number,
  out: TrueReport[],
): void {
  const driver = new Driver(route, options, random);
  const heavy = random() < 0.15;
  const body = { type: heavy ? "heavy-truck" : "passenger-car", lengthM: heavy ? 16 : 4.5 } as const;
  const noise = lastingNoise(options, random);
  const phaseS = random();
  let dueS = driver.startS + phaseS;
  for (let s = driver.startS; s < options.seconds && driver.step(s); s += STEP_S) {
    if (s < dueS) continue;
    dueS += 1 / options.hz;
    noise.advance(1 / options.hz);
    if (random() < options.loss) continue;
    out.push({
      ...driver.report(roads, noise),
      ...body,
      stationId,
      atMs: TRAFFIC_START_MS + Math.round(s * 1_000),
    });
  }
}

/** Speed and place of one vehicle along its route. */
class Driver {
  readonly startS: number;
  readonly #route: RoadRoute;
  readonly #random: () => number;
  readonly #wishMps: number;
  readonly #queued: boolean;
  readonly #shoulderAtM: number;
  readonly #hardBrakeAtM: number;
  #alongM: number;
  #speedMps: number;
  #accelerationMps2 = 0;
  #lane: number;
  #rightM: number;
  #shoulderLeftS = 60;
  #wander = 0;

  constructor(route: RoadRoute, { seconds }: TrafficOptions, random: () => number) {
    this.#route = route;
    this.#random = random;
    this.startS = Math.floor(random() * seconds * 0.8);
    this.#alongM = random() < 0.3 ? 0 : random() * route.lengthM * 0.7;
    this.#wishMps = 24 + 12 * random();
    this.#speedMps = this.#wishMps;
    this.#queued = route.index % 3 === 0;
    this.#shoulderAtM =
      random() < SHOULDER_SHARE ? this.#alongM + 500 + random() * 3_000 : Number.POSITIVE_INFINITY;
    this.#hardBrakeAtM = random() < HARD_BRAKE_SHARE ? this.#alongM + 300 + random() * 3_000 : Number.NaN;
    this.#lane = Math.floor(random() * 3);
    this.#rightM = this.#lane * LANE_M;
  }

  get stands(): boolean {
    return this.#alongM >= this.#shoulderAtM - 1 && this.#shoulderLeftS > 0;
  }

  /** False at the route's end. */
  step(s: number): boolean {
    const goal = this.#goalMps(s);
    const most = goal < this.#speedMps ? this.#brakingMps2() : 2;
    const change = Math.max(-most, Math.min(most, (goal - this.#speedMps) / 0.8));
    this.#accelerationMps2 = change;
    this.#speedMps = Math.max(0, this.#speedMps + change * STEP_S);
    this.#alongM += this.#speedMps * STEP_S;
    if (this.stands && this.#speedMps < 0.5) this.#shoulderLeftS -= STEP_S;
    if (this.#random() < 0.002) this.#lane = Math.floor(this.#random() * 3);
    const rightM = this.stands ? 3 * LANE_M : this.#lane * LANE_M;
    this.#rightM += Math.max(-1, Math.min(1, rightM - this.#rightM)) * STEP_S;
    return this.#alongM < this.#route.lengthM - 50;
  }

  #brakingMps2(): number {
    return Math.abs(this.#alongM - this.#hardBrakeAtM) < 60 ? 8.5 : 4;
  }

  #goalMps(s: number): number {
    this.#wander += (this.#random() - 0.5) * 0.2 - this.#wander * 0.002;
    const share = this.#alongM / this.#route.lengthM;
    if (Math.abs(this.#alongM - this.#hardBrakeAtM) < 60) return 6;
    const toShoulderM = this.#shoulderAtM - this.#alongM;
    if (this.#shoulderLeftS > 0 && toShoulderM < 250)
      return Math.sqrt(Math.max(0, 2 * 2.5 * (toShoulderM - 1)));
    if (this.#queued && share > QUEUE_FROM && share < QUEUE_TO)
      return Math.max(0, 4 + 5 * Math.sin(s / 9 + share * 300));
    return Math.max(3, this.#wishMps + this.#wander);
  }

  report(
    roads: RoadNetwork,
    noise: LastingNoise,
  ): Omit<TrueReport, "stationId" | "atMs" | "type" | "lengthM"> {
    const here = roads.pointAt(this.#route, this.#alongM);
    const headingDeg = roads.headingAt(this.#route, this.#alongM);
    const place = destinationPoint(here, headingDeg + 90, this.#rightM - LANE_M);
    const north = destinationPoint(place, 0, noise.northM);
    const told = destinationPoint(north, 90, noise.eastM);
    return {
      latitudeDeg: told.latitudeDeg,
      longitudeDeg: told.longitudeDeg,
      speedMps: Math.round(this.#speedMps * 100) / 100,
      headingDeg: Math.round(((headingDeg + (this.#random() - 0.5) + 360) % 360) * 10) / 10,
      accelerationMps2: Math.round(this.#accelerationMps2 * 10) / 10,
      hazardLights: this.stands,
    };
  }
}

interface LastingNoise {
  northM: number;
  eastM: number;
  advance(seconds: number): void;
}

/** A part that wanders slowly, as errors of satellites and reflections do, and a part that is new each time. */
function lastingNoise({ noiseM, lastingShare }: TrafficOptions, random: () => number): LastingNoise {
  const normal = normalFrom(random);
  const lastingM = noiseM * Math.sqrt(lastingShare);
  const freshM = noiseM * Math.sqrt(1 - lastingShare);
  let slowNorthM = normal() * lastingM;
  let slowEastM = normal() * lastingM;
  return {
    northM: 0,
    eastM: 0,
    advance(seconds) {
      const keep = Math.exp(-seconds / NOISE_LASTS_S);
      const kick = lastingM * Math.sqrt(1 - keep * keep);
      slowNorthM = slowNorthM * keep + normal() * kick;
      slowEastM = slowEastM * keep + normal() * kick;
      this.northM = slowNorthM + normal() * freshM;
      this.eastM = slowEastM + normal() * freshM;
    },
  };
}
