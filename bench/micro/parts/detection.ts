import { defaultDetectors } from "../../../src/detect/registry.ts";
import type { PipelineOptions } from "../../../src/pipeline.ts";
import type { CamStream } from "../../traffic/cam-stream.ts";
import { fleetMap } from "../../traffic/fleet-map.ts";
import type { MicroCase, MicroPart } from "../harness.ts";
import type { MicroSize } from "../size.ts";
import { pipelineWith } from "./pipeline.ts";

const BATCH = 50;

/** Sweeps of a batch: half of the detectors' work is done on ticks, which come every other sweep. */
const SWEEPS = 2;

/** What map matching and the full set of detectors, trust included, cost on top of tracking. */
export function detectionPart({ stations, settlingSweeps }: MicroSize): MicroPart {
  const onMap = ({ carriageways }: CamStream): PipelineOptions => ({ roads: fleetMap(carriageways) });
  const none = (): PipelineOptions => ({ detectors: [] });
  const all = (): PipelineOptions => ({ detectors: defaultDetectors() });
  const running = (name: string, optionsFor: (stream: CamStream) => PipelineOptions): MicroCase => {
    const world = pipelineWith({ vehicles: stations, reportsPerMessage: BATCH, seed: 1 }, optionsFor);
    for (let sweep = 0; sweep < settlingSweeps; sweep++) world.sweep()();
    return {
      name,
      unit: "report",
      operations: SWEEPS * stations,
      batch: () => {
        const work = Array.from({ length: SWEEPS }, () => world.sweep());
        return () => {
          for (const sweep of work) sweep();
        };
      },
    };
  };
  return {
    name: "detection",
    note:
      `decode to alert, ${stations} stations on 20 km carriageways, ${BATCH} reports per message, ticks of 50 ms; what a line ` +
      "has above the first is the cost of what it adds",
    cases: [
      running("up to tracking", none),
      running("and map matching", (stream) => ({ ...none(), ...onMap(stream) })),
      running("all detectors, no map", all),
      running("all detectors and map matching", (stream) => ({ ...all(), ...onMap(stream) })),
    ],
  };
}
