import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { StationType } from "../../src/domain/station.ts";
import { seededRandom } from "../support/random.ts";
import type { TrueReport } from "./report.ts";

const TYPES: Readonly<Record<string, StationType>> = {
  truck: "heavy-truck",
  bus: "bus",
  motorcycle: "motorcycle",
};
const LENGTHS_M: Readonly<Record<string, number>> = { truck: 16.5, bus: 12, motorcycle: 2.2 };

/** What of a file is used: a share of its vehicles, drawn by seed, in a part of its time. */
export interface Cut {
  readonly share: number;
  readonly fromS: number;
  readonly toS: number;
  readonly seed: number;
}

/**
 * Trajectories from a CSV file with the columns t_ms, id, type, lon, lat, speed_mps, heading_deg and accel_mps2, in the
 * order of time.
 */
export async function recordedTraffic(path: string, { share, fromS, toS, seed }: Cut): Promise<TrueReport[]> {
  const reports: TrueReport[] = [];
  const random = seededRandom(seed);
  const chosen = new Map<string, boolean>();
  let columns: Map<string, number> | undefined;
  let beginMs = Number.NaN;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const cells = line.split(",");
    if (columns === undefined) {
      columns = new Map(cells.map((name, i) => [name, i]));
      continue;
    }
    const at = columns;
    const cell = (name: string) => cells[at.get(name) ?? -1] ?? "";
    const atMs = Number(cell("t_ms"));
    if (Number.isNaN(beginMs)) beginMs = atMs;
    if (atMs < beginMs + fromS * 1_000 || atMs >= beginMs + toS * 1_000) continue;
    const id = cell("id");
    if (!chosen.has(id)) chosen.set(id, random() < share);
    if (chosen.get(id) === true) reports.push(reportOf(id, atMs, cell));
  }
  return reports;
}

function reportOf(id: string, atMs: number, cell: (name: string) => string): TrueReport {
  const type = cell("type");
  const acceleration = cell("accel_mps2");
  return {
    stationId: Number(id),
    atMs,
    type: TYPES[type] ?? "passenger-car",
    lengthM: LENGTHS_M[type] ?? 4.5,
    latitudeDeg: Number(cell("lat")),
    longitudeDeg: Number(cell("lon")),
    speedMps: Number(cell("speed_mps")),
    headingDeg: Number(cell("heading_deg")) % 360,
    accelerationMps2: acceleration === "" ? undefined : Number(acceleration),
    hazardLights: false,
  };
}
