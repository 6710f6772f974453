import RBush from "rbush";
import { distanceBetweenM } from "../../../src/geo/geodesy.ts";
import { MovingPoints } from "../../../src/geo/moving-points.ts";
import { seededRandom } from "../../support/random.ts";
import { SWEEP_MS } from "../../traffic/cam-stream.ts";
import { Fleet } from "../../traffic/fleet.ts";
import { type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";

const RADIUS_M = 150;
const E7 = 1e7;
const METRES_PER_DEGREE = 111_319.5;

/** Queries cost ten times an update: fewer of them fill a batch. */
const QUERY_SHARE = 0.1;

interface PlainPoint {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

class ExactTree extends RBush<PlainPoint> {
  move(point: PlainPoint, latitudeDeg: number, longitudeDeg: number): void {
    this.remove(point);
    point.minX = point.maxX = longitudeDeg;
    point.minY = point.maxY = latitudeDeg;
    this.insert(point);
  }

  within(latitudeDeg: number, longitudeDeg: number, radiusM: number): PlainPoint[] {
    const dLatitude = radiusM / METRES_PER_DEGREE;
    const dLongitude = dLatitude / Math.cos((latitudeDeg * Math.PI) / 180);
    return this.search({
      minX: longitudeDeg - dLongitude,
      minY: latitudeDeg - dLatitude,
      maxX: longitudeDeg + dLongitude,
      maxY: latitudeDeg + dLatitude,
    }).filter(({ minX, minY }) => distanceBetweenM(latitudeDeg, longitudeDeg, minY, minX) <= radiusM);
  }
}

/** Moving points, 10 reports per second each, and their neighbours: cells against removal and insertion. */
export function indexPart({ stations }: MicroSize): MicroPart {
  const fleet = new Fleet({ vehicles: stations, seed: 1, firstStationId: 1 });
  const cells = new MovingPoints();
  const inCells = (i: number, latitudeDeg: number, longitudeDeg: number): void =>
    cells.set(i, i, Math.round(latitudeDeg * E7), Math.round(longitudeDeg * E7));
  const exact = new ExactTree();
  const exactPoints = Array.from({ length: stations }, () => ({ minX: 0, minY: 0, maxX: 0, maxY: 0 }));
  const places = positions(fleet, 0);
  exactPoints.forEach((point, i) => {
    point.minX = point.maxX = places.longitudeDeg[i] ?? 0;
    point.minY = point.maxY = places.latitudeDeg[i] ?? 0;
  });
  exact.load(exactPoints);
  for (let i = 0; i < stations; i++) inCells(i, places.latitudeDeg[i] ?? 0, places.longitudeDeg[i] ?? 0);
  const clocks = { cells: 0, exact: 0 };
  const queries = Math.ceil(stations * QUERY_SHARE);
  const centers = positions(fleet, 0);
  const random = seededRandom(2);
  const chosen = Array.from({ length: queries }, () => Math.floor(random() * stations));

  const moving = (which: "cells" | "exact", move: (i: number, lat: number, lon: number) => void) => () => {
    clocks[which] += SWEEP_MS;
    const { latitudeDeg, longitudeDeg } = positions(fleet, clocks[which]);
    return () => {
      for (let i = 0; i < stations; i++) move(i, latitudeDeg[i] ?? 0, longitudeDeg[i] ?? 0);
    };
  };
  const asking = (within: (lat: number, lon: number) => number) => () => () => {
    for (const i of chosen) sink.sum += within(centers.latitudeDeg[i] ?? 0, centers.longitudeDeg[i] ?? 0);
  };
  return {
    name: "spatial index",
    note: `${stations} vehicles on roads, 10 reports per second each; queries of ${RADIUS_M} m around vehicles`,
    cases: [
      {
        name: "cells: move",
        unit: "report",
        operations: stations,
        batch: moving("cells", inCells),
      },
      {
        name: "rbush: remove and insert",
        unit: "report",
        operations: stations,
        batch: moving("exact", (i, lat, lon) => {
          const point = exactPoints[i];
          if (point !== undefined) exact.move(point, lat, lon);
        }),
      },
      {
        name: "cells: neighbours",
        unit: "query",
        operations: queries,
        batch: asking((latitudeDeg, longitudeDeg) => cells.within({ latitudeDeg, longitudeDeg }, RADIUS_M)),
      },
      {
        name: "rbush: neighbours",
        unit: "query",
        operations: queries,
        batch: asking(
          (latitudeDeg, longitudeDeg) => exact.within(latitudeDeg, longitudeDeg, RADIUS_M).length,
        ),
      },
    ],
  };
}

function positions(fleet: Fleet, elapsedMs: number) {
  const latitudeDeg = new Float64Array(fleet.size);
  const longitudeDeg = new Float64Array(fleet.size);
  for (let vehicle = 0; vehicle < fleet.size; vehicle++) {
    fleet.locate(vehicle, elapsedMs);
    latitudeDeg[vehicle] = fleet.latitudeE7 / E7;
    longitudeDeg[vehicle] = fleet.longitudeE7 / E7;
  }
  return { latitudeDeg, longitudeDeg };
}
