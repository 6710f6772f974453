// What targets ask of the pipeline without sockets: up to congestion, with everything, and as the fleet grows.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { defaultDetectors } from "../../src/detect/registry.ts";
import type { PipelineOptions } from "../../src/pipeline.ts";
import { type MicroCase, type MicroPart, measurePart } from "../micro/harness.ts";
import { pipelineWith, sweepsOf } from "../micro/parts/pipeline.ts";
import type { CamStream } from "../traffic/cam-stream.ts";
import { fleetMap } from "../traffic/fleet-map.ts";

const { values } = parseArgs({
  options: {
    /** congestion, everything, growth */
    only: { type: "string", default: "congestion,everything,growth" },
    stations: { type: "string", default: "100000" },
    /** Largest fleet of the growth; the smallest has 10,000. */
    most: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    /** Sweeps of 100 ms before the first measurement. */
    settling: { type: "string", default: "20" },
    json: { type: "string" },
  },
});

const BATCH = 50;
const LEAST = 10_000;
/** Reports of one timed batch at least: some tenths of a second. */
const LEAST_OPERATIONS = 200_000;
/** Reports before the first measurement at least: all code is compiled by then. */
const LEAST_SETTLING = 1_000_000;
const WARM_UP_ROUNDS = 1;

const onMap = ({ carriageways }: CamStream): PipelineOptions => ({
  roads: fleetMap(carriageways),
  detectors: defaultDetectors(),
});

/** Decode, validate, track, and the state of traffic by cells, which needs no map. */
const congestionOnly = (): PipelineOptions => ({
  detectors: defaultDetectors().filter(({ name }) => name === "congestion-cells"),
});

function running(
  name: string,
  vehicles: number,
  optionsFor: (stream: CamStream) => PipelineOptions,
): MicroCase {
  const world = pipelineWith({ vehicles, reportsPerMessage: BATCH, seed: 1 }, optionsFor);
  const settling = Math.max(Number(values.settling), Math.ceil(LEAST_SETTLING / vehicles));
  for (let sweep = 0; sweep < settling; sweep++) world.sweep()();
  // An even number of sweeps: half of the detectors' work is done on ticks, which come every other sweep at least.
  const sweeps = Math.max(2, 2 * Math.ceil(LEAST_OPERATIONS / vehicles / 2));
  return {
    name,
    unit: "report",
    operations: sweeps * vehicles,
    batch: () => sweepsOf(world, sweeps),
  };
}

const part = (name: string, microCase: MicroCase): MicroPart => ({ name, cases: [microCase] });
const grown = (vehicles: number): MicroPart => part("growth", running(String(vehicles), vehicles, onMap));
const stations = Number(values.stations);

/** Each is made and measured before the next is made: the collector would walk a large fleet for a small one's garbage. */
const PARTS: Readonly<Record<string, readonly (() => MicroPart)[]>> = {
  congestion: [() => part("congestion", running("decode to congestion", stations, congestionOnly))],
  everything: [() => part("everything", running("map matching, trust and every detector", stations, onMap))],
  // Every vehicle reports ten times a second of event time, whatever their number.
  growth: [() => grown(LEAST), () => grown(Number(values.most))],
};

const rounds = { warmUp: WARM_UP_ROUNDS, counted: Number(values.rounds) };
const result: Record<string, number> = {};
for (const name of values.only.split(",")) {
  const parts = PARTS[name];
  if (parts === undefined) throw new Error(`--only: there is no part "${name}"`);
  for (const make of parts) {
    globalThis.gc?.();
    for (const measured of measurePart(make(), rounds)) result[measured.name] = measured.nsPerOperation;
  }
}
const text = `${JSON.stringify(result, undefined, 1)}\n`;
if (values.json === undefined) console.log(text);
else writeFileSync(values.json, text);
