// Memory of stations, in a process of its own: prints one JSON object. Needs --expose-gc.
import { CamStream } from "../traffic/cam-stream.ts";
import { pipelineWith } from "./parts/pipeline.ts";
import { FULL_SIZE, type MicroSize, SMOKE_SIZE } from "./size.ts";

/** What tracked stations cost that report once a second, the lowest rate of CAMs. */
export interface HeldFigures {
  readonly heldStations: number;
  readonly heapBytesPerStation: number;
  readonly residentBytesPerStation: number;
}

/** What is left of stations that are gone: the heap after a fifth of the ids had come and gone, and after all. */
export interface PassedFigures {
  readonly passedStations: number;
  readonly heapBytesEarly: number;
  readonly heapBytesLate: number;
}

const BATCH = 50;
const UNHEARD_SWEEPS = 9;

/** Longer than anything remembers single reports. */
const HELD_REPORTS = 40;

const WAVES = 20;
const EARLY_WAVE = 4;
const REPORTS_PER_WAVE = 3;

/** Stations are forgotten 30 s after their last message, visits of congestion cells after 60 s of event time. */
const FORGOTTEN_AFTER_MS = 70_000;

interface Usage {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

function usage(): Usage {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: rss };
}

/** A small pipeline runs first, so that the code is compiled before the first look. */
function held({ heldStations, settlingSweeps }: MicroSize): HeldFigures {
  const few = pipelineWith({ vehicles: BATCH, reportsPerMessage: BATCH, seed: 1 });
  for (let sweep = 0; sweep < settlingSweeps * 50; sweep++) few.sweep()();
  const before = usage();
  const many = pipelineWith({ vehicles: heldStations, reportsPerMessage: BATCH, seed: 1 });
  for (let report = 0; report < HELD_REPORTS; report++) {
    many.sweep()();
    many.stream.skip(UNHEARD_SWEEPS);
  }
  const after = usage();
  const stations = many.pipeline.tracker.size;
  return {
    heldStations: stations,
    heapBytesPerStation: (after.heapBytes - before.heapBytes) / stations,
    residentBytesPerStation: (after.residentBytes - before.residentBytes) / stations,
  };
}

/** Waves of stations that report a few times and are never heard again. */
function passing({ passingStations }: MicroSize): PassedFigures {
  const vehicles = Math.round(passingStations / WAVES);
  const { pipeline, stream } = pipelineWith({ vehicles, reportsPerMessage: BATCH, seed: 1 });
  let startUnixMs = stream.nowMs;
  let heapBytesEarly = 0;
  for (let wave = 0; wave < WAVES; wave++) {
    const firstStationId = 1 + wave * vehicles;
    const passers = new CamStream({
      vehicles,
      reportsPerMessage: BATCH,
      seed: 1,
      firstStationId,
      startUnixMs,
    });
    for (let report = 0; report < REPORTS_PER_WAVE; report++) {
      for (const record of passers.sweep()) pipeline.push(record);
    }
    startUnixMs = passers.nowMs + FORGOTTEN_AFTER_MS;
    pipeline.advanceTo(startUnixMs);
    if (wave + 1 === EARLY_WAVE) heapBytesEarly = usage().heapBytes;
  }
  return { passedStations: WAVES * vehicles, heapBytesEarly, heapBytesLate: usage().heapBytes };
}

const size = process.argv.includes("--smoke") ? SMOKE_SIZE : FULL_SIZE;
console.log(JSON.stringify(process.argv.includes("held") ? held(size) : passing(size)));
