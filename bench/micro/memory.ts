// Memory of stations, in a process of its own: prints one JSON object. Needs --expose-gc.
import { CamStream, SWEEP_MS } from "../traffic/cam-stream.ts";
import { pipelineWith } from "./parts/pipeline.ts";
import { FULL_SIZE, type MicroSize, SMOKE_SIZE } from "./size.ts";

/** Heap and buffers of a pipeline that follows stations. */
export interface HeldFigures {
  readonly stations: number;
  readonly reportsPerSecond: number;
  readonly heapBytes: number;
}

/** What is left of stations that are gone: the heap after a fifth of the ids had come and gone, and after all. */
export interface PassedFigures {
  readonly passedStations: number;
  readonly knownAtEnd: number;
  readonly heapBytesEarly: number;
  readonly heapBytesLate: number;
}

const BATCH = 50;

/** Longer than anything remembers single reports, and than a station is known after its last one. */
const HELD_S = 40;

/** Many stations report once a second, the lowest rate of CAMs; a tenth of them report at the highest, 10 Hz. */
const SWEEPS_BETWEEN = { many: 10, few: 1 } as const;
const FEW_SHARE = 0.1;

const WAVES = 20;
const EARLY_WAVE = 4;
const REPORTS_PER_WAVE = 3;

/** Stations are forgotten 30 s after their last message, visits of congestion cells after 60 s of event time. */
const FORGOTTEN_AFTER_MS = 70_000;

function heapBytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Both ways send the same number of reports per second, so that what is kept per report is the same. */
function held({ heldStations }: MicroSize, which: "few" | "many"): HeldFigures {
  const vehicles = which === "many" ? heldStations : Math.round(heldStations * FEW_SHARE);
  const between = SWEEPS_BETWEEN[which];
  const { pipeline, stream, sweep } = pipelineWith({ vehicles, reportsPerMessage: BATCH, seed: 1 });
  for (let elapsedMs = 0; elapsedMs < HELD_S * 1_000; elapsedMs += between * SWEEP_MS) {
    sweep()();
    stream.skip(between - 1);
  }
  const bytes = heapBytes();
  const reportsPerSecond = (vehicles * 1_000) / (between * SWEEP_MS);
  return { stations: pipeline.tracker.size, reportsPerSecond, heapBytes: bytes };
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
    if (wave + 1 === EARLY_WAVE) heapBytesEarly = heapBytes();
  }
  const heapBytesLate = heapBytes();
  return {
    passedStations: WAVES * vehicles,
    knownAtEnd: pipeline.tracker.known,
    heapBytesEarly,
    heapBytesLate,
  };
}

/** The number behind an option of the command line; what the size says where it is absent. */
function given(option: string, usual: number): number {
  const at = process.argv.indexOf(option);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

const usual = process.argv.includes("--smoke") ? SMOKE_SIZE : FULL_SIZE;
const size = {
  ...usual,
  heldStations: given("--held", usual.heldStations),
  passingStations: given("--passing", usual.passingStations),
};
const what = process.argv[2];
console.log(JSON.stringify(what === "few" || what === "many" ? held(size, what) : passing(size)));
