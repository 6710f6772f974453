import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../support/random.ts";

/** One lane of a measuring point: its key and what its two streams say at each time, as JSON. */
export interface LaneData {
  readonly key: string;
  readonly flows: readonly string[];
  readonly speeds: readonly string[];
}

/** Lanes of one region, all with as many times. */
export interface LoopData {
  readonly source: string;
  readonly lanes: readonly LaneData[];
  readonly times: number;
}

/**
 * Reads OSPBench's files below a folder: lines `key= {json}`, flow and speed of each lane and minute.
 * @throws Error naming the folder where it holds no complete lanes
 */
export function readLoopData(folder: string): LoopData {
  const lanes = new Map<string, { flows: Map<string, string>; speeds: Map<string, string> }>();
  for (const file of filesBelow(folder)) {
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const at = line.indexOf("=");
      if (at < 0) continue;
      const key = line.slice(0, at);
      const json = line.slice(at + 1).trim();
      const { timestamp, flow } = JSON.parse(json) as { timestamp: string; flow?: number };
      const lane = lanes.get(key) ?? { flows: new Map<string, string>(), speeds: new Map<string, string>() };
      (flow === undefined ? lane.speeds : lane.flows).set(timestamp, json);
      lanes.set(key, lane);
    }
  }
  const complete = [...lanes].map(([key, { flows, speeds }]): LaneData => {
    const times = [...flows.keys()].filter((time) => speeds.has(time)).sort();
    return {
      key,
      flows: times.map((t) => flows.get(t) ?? ""),
      speeds: times.map((t) => speeds.get(t) ?? ""),
    };
  });
  const times = Math.min(...complete.map(({ flows }) => flows.length));
  if (complete.length === 0 || times === 0) throw new Error(`${folder} holds no lanes with flow and speed`);
  return { source: `${complete.length} lanes × ${times} times from --input`, lanes: complete, times };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Lanes of the points that are made: 19 in all, as in OSPBench's data. */
const LANES_OF_POINTS = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3] as const;
const MADE_TIMES = 60;

/** Data of the same form and rates, made: flows of 0 to 2,000 vehicles an hour, speeds of 50 to 130 km/h. */
export function makeLoopData(seed: number): LoopData {
  const random = seededRandom(seed);
  const lanes = LANES_OF_POINTS.flatMap((count, point) =>
    Array.from({ length: count }, (_, lane): LaneData => {
      const place = { lat: round5(51.3 + random() / 5), long: round5(5.3 + random() / 5) };
      const json = (time: number, what: object): string =>
        JSON.stringify({ ...place, ...what, accuracy: 100, timestamp: timeText(time), num_lanes: count });
      return {
        key: `made/m/o/t/o/r/w/a/y/point_${String(point).padStart(4, "0")}_of_a_carriageway_1/lane${lane + 1}`,
        flows: Array.from({ length: MADE_TIMES }, (_, time) =>
          json(time, { flow: 60 * Math.floor(random() * 34), period: 60 }),
        ),
        speeds: Array.from({ length: MADE_TIMES }, (_, time) =>
          json(time, { speed: 50 + Math.floor(random() * 81) }),
        ),
      };
    }),
  );
  return {
    source: `made, seed ${seed}: ${lanes.length} lanes × ${MADE_TIMES} times`,
    lanes,
    times: MADE_TIMES,
  };
}

const round5 = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

function timeText(minute: number): string {
  const hours = String(14 + Math.floor(minute / 60)).padStart(2, "0");
  return `2017-03-15 ${hours}:${String(minute % 60).padStart(2, "0")}:00.0`;
}
