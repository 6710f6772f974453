import { readFileSync } from "node:fs";
import type { RoadNetwork, RoadRoute } from "../../../src/domain/road.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { RoadMatcher, type RoadReport } from "../../../src/geo/road/road-matcher.ts";
import type { RoadTrack } from "../../../src/geo/road/road-track.ts";
import { seededRandom } from "../../support/random.ts";
import { type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";

const E7 = 1e7;
const E7_PER_METRE = E7 / 111_319.5;
const SPEED_MPS = 30;

/** Errors of positions drift: this share of them is left after a step of 0.1 s, 0.905 after 1 s. */
const ERROR_M = 1.5;
const KEPT = 0.99;

const QUERIES = 0.1;

/** Every vehicle that drives on carriageways and ramps of the map, in arrays. */
class Drivers {
  readonly tracks: RoadTrack[];
  readonly latitudeE7: Int32Array;
  readonly longitudeE7: Int32Array;
  readonly headingDeg: Float64Array;
  nowMs = 0;
  readonly #roads: RoadNetwork;
  readonly #matcher: RoadMatcher;
  readonly #routes: RoadRoute[];
  readonly #placeM: Float64Array;
  readonly #errorM: Float64Array;
  readonly #asideM: number;
  readonly #random = seededRandom(7);

  constructor(roads: RoadNetwork, matcher: RoadMatcher, vehicles: number, asideM: number) {
    this.#roads = roads;
    this.#matcher = matcher;
    this.#asideM = asideM;
    const long = roads.routes.filter(({ lengthM }) => lengthM > 200);
    const weighted = long.flatMap((route) => Array<RoadRoute>(Math.ceil(route.lengthM / 200)).fill(route));
    this.#routes = Array.from({ length: vehicles }, () => this.#pick(weighted));
    this.#placeM = Float64Array.from(this.#routes, ({ lengthM }) => this.#random() * lengthM);
    this.#errorM = new Float64Array(2 * vehicles);
    this.tracks = this.#routes.map(() => matcher.newTrack());
    this.latitudeE7 = new Int32Array(vehicles);
    this.longitudeE7 = new Int32Array(vehicles);
    this.headingDeg = new Float64Array(vehicles);
  }

  #pick(routes: readonly RoadRoute[]): RoadRoute {
    return routes[Math.floor(this.#random() * routes.length)] as RoadRoute;
  }

  /** Goes on for a step; who reaches the end of its road begins anew, as another vehicle. */
  drive(stepMs: number): void {
    this.nowMs += stepMs;
    for (let i = 0; i < this.tracks.length; i++) {
      const route = this.#routes[i] as RoadRoute;
      let placeM = (this.#placeM[i] as number) + (SPEED_MPS * stepMs) / 1_000;
      if (placeM > route.lengthM) {
        placeM = 0;
        this.tracks[i] = this.#matcher.newTrack();
      }
      this.#placeM[i] = placeM;
      const { latitudeDeg, longitudeDeg } = this.#roads.pointAt(route, placeM);
      this.headingDeg[i] = this.#roads.headingAt(route, placeM);
      this.latitudeE7[i] = latitudeDeg * E7 + (this.#error(2 * i) + this.#asideM) * E7_PER_METRE;
      this.longitudeE7[i] = longitudeDeg * E7 + (this.#error(2 * i + 1) + this.#asideM) * E7_PER_METRE;
    }
  }

  #error(i: number): number {
    const uniform = (this.#random() - 0.5) * 2 * ERROR_M * Math.sqrt(3 * (1 - KEPT * KEPT));
    const error = KEPT * (this.#errorM[i] as number) + uniform;
    this.#errorM[i] = error;
    return error;
  }
}

/** Vehicles on the map of the fixtures: finding the road of each report, and places by themselves. */
export function roadPart({ stations }: MicroSize): MicroPart {
  const path = new URL("../../../fixtures/maps/duisburg.geojson", import.meta.url);
  const roads = readRoadMap(JSON.parse(readFileSync(path, "utf8")), "duisburg.geojson");
  const matcher = new RoadMatcher(roads);
  const matching = (name: string, stepMs: number, asideM: number) => {
    const drivers = new Drivers(roads, matcher, stations, asideM);
    return {
      name,
      unit: "report",
      operations: stations,
      batch: () => {
        drivers.drive(stepMs);
        return () => {
          sink.sum += match(matcher, drivers);
        };
      },
    };
  };
  const asked = new Drivers(roads, matcher, Math.ceil(stations * QUERIES), 3);
  return {
    name: "road",
    note: `${stations} vehicles at ${SPEED_MPS} m/s on ${roads.links.length} links, errors of ${ERROR_M} m that drift`,
    cases: [
      matching("match, 10 Hz", 100, 0),
      matching("match, 1 Hz", 1_000, 0),
      matching("match, 10 Hz, 300 m beside all roads", 100, 300),
      matching("match, 10 Hz, 30 m beside all roads", 100, 30),
      {
        name: "roads near a place, with heading",
        unit: "query",
        operations: asked.tracks.length,
        batch: () => {
          asked.drive(1_000);
          return () => {
            for (let i = 0; i < asked.tracks.length; i++) {
              const latitudeDeg = (asked.latitudeE7[i] as number) / E7;
              const longitudeDeg = (asked.longitudeE7[i] as number) / E7;
              sink.sum += roads.near({ latitudeDeg, longitudeDeg }, 30, asked.headingDeg[i]).length;
            }
          };
        },
      },
    ],
  };
}

function match(matcher: RoadMatcher, drivers: Drivers): number {
  const report: RoadReport = {
    latitudeE7: 0,
    longitudeE7: 0,
    atMs: drivers.nowMs,
    speedMps: SPEED_MPS,
    headingDeg: Number.NaN,
    accuracyM: Number.NaN,
  };
  let matched = 0;
  for (let i = 0; i < drivers.tracks.length; i++) {
    report.latitudeE7 = drivers.latitudeE7[i] as number;
    report.longitudeE7 = drivers.longitudeE7[i] as number;
    report.headingDeg = drivers.headingDeg[i] as number;
    if (matcher.update(drivers.tracks[i] as RoadTrack, report) !== undefined) matched++;
  }
  return matched;
}
