import { baseTimeMs, decodeFrame, decodeItem } from "../../../src/decode/frame.ts";
import { defaultDetectors } from "../../../src/detect/registry.ts";
import type { DecodedItem, Frame } from "../../../src/domain/frame.ts";
import type { MessageRecord, TrackedRecord } from "../../../src/domain/record.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import { TICK_MS, tickAtOrBeforeMs, watermarkAtMs } from "../../../src/domain/time.ts";
import { DetectorRuntime } from "../../../src/stream/detector-runtime.ts";
import { Tracker } from "../../../src/track/tracker.ts";
import { Validator } from "../../../src/validate/validator.ts";
import { CamStream, SWEEP_MS } from "../../traffic/cam-stream.ts";
import { type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";
import { GATEWAY } from "./decode.ts";

/** Ticks of one batch: the detectors of congestion work on every hundredth (5 s). */
const TICKS = 100;

/** Meanwhile every station reports once a second, the lowest rate of CAMs. */
const REPORTS_MEANWHILE = 5;
const UNHEARD_SWEEPS = (TICKS * TICK_MS) / SWEEP_MS / REPORTS_MEANWHILE - 1;

const NONE: readonly never[] = [];

/**
 * The stages behind the decoder one by one, each fed by the real ones before it. Time goes on over all of them: a round
 * validates, tracks and detects one sweep of the fleet.
 */
export function stagesPart({ stations, settlingSweeps }: MicroSize): MicroPart {
  const world = new World(stations);
  for (let sweep = 0; sweep < settlingSweeps; sweep++) world.settle();
  return {
    name: "stages",
    note: `${stations} stations, 10 reports per second each; a tick comes every ${TICK_MS} ms`,
    cases: [
      { name: "validate", unit: "report", operations: stations, batch: () => world.validating() },
      { name: "track", unit: "report", operations: stations, batch: () => world.tracking() },
      { name: "all detectors, items", unit: "report", operations: stations, batch: () => world.detecting() },
      { name: "tick of tracker and validator", unit: "tick", operations: 1, batch: () => world.ticking() },
      { name: "ticks of all detectors (5 s)", unit: "tick", operations: TICKS, batch: () => world.pausing() },
    ],
  };
}

class World {
  readonly #stream: CamStream;
  readonly #tracker: Tracker;
  readonly #validator: Validator;
  readonly #runtime: DetectorRuntime;
  #items: DecodedItem[] = [];
  #frames: Frame[] = [];
  #receivedAtMs = 0;
  #tickMs = 0;

  constructor(stations: number) {
    this.#stream = new CamStream({ vehicles: stations, reportsPerMessage: 1, seed: 1 });
    this.#tracker = new Tracker({ maxStations: 2 * stations });
    this.#validator = new Validator({}, this.#tracker);
    this.#runtime = new DetectorRuntime(defaultDetectors(), this.#tracker);
  }

  settle(): void {
    this.validating()();
    this.tracking()();
    this.detecting()();
    this.ticking()();
    this.#tickDetectors();
  }

  validating(): () => void {
    this.#items = this.#stream.sweep().map(decoded);
    this.#frames = [];
    this.#receivedAtMs = this.#stream.nowMs;
    return () => {
      for (const item of this.#items) {
        const verdict = this.#validator.validate(item, GATEWAY, this.#receivedAtMs);
        if ("observation" in verdict) this.#frames.push(verdict);
      }
    };
  }

  tracking(): () => void {
    return () => {
      for (const frame of this.#frames) if (this.#tracker.apply(frame) === undefined) sink.sum++;
    };
  }

  detecting(): () => void {
    const records = this.#frames.map((frame) => this.#record("message", this.#receivedAtMs, [frame]));
    return () => {
      for (const record of records) sink.sum += this.#runtime.run(record).length;
    };
  }

  ticking(): () => void {
    return () => {
      this.#validator.onTick(this.#receivedAtMs);
      this.#tracker.onTick(this.#receivedAtMs);
    };
  }

  /** The detectors' ticks of 5 s in which the fleet goes on reporting, without the time for its reports. */
  pausing(): () => void {
    for (let report = 0; report < REPORTS_MEANWHILE; report++) {
      this.#stream.skip(UNHEARD_SWEEPS);
      this.validating()();
      this.tracking()();
      this.detecting()();
      this.ticking()();
    }
    return () => this.#tickDetectors();
  }

  #tickDetectors(): void {
    const lastMs = tickAtOrBeforeMs(this.#receivedAtMs);
    if (this.#tickMs === 0) this.#tickMs = lastMs - TICK_MS;
    for (let tickMs = this.#tickMs + TICK_MS; tickMs <= lastMs; tickMs += TICK_MS) {
      sink.sum += this.#runtime.run(this.#record("tick", tickMs, NONE)).length;
    }
    this.#tickMs = lastMs;
  }

  #record(kind: "message" | "tick", receivedAtMs: number, frames: readonly Frame[]): TrackedRecord {
    return { kind, receivedAtMs, watermarkMs: watermarkAtMs(receivedAtMs), frames, corroborations: NONE };
  }
}

/** The one item of a message of the benchmark. */
export function decoded({ bytes }: MessageRecord): DecodedItem {
  const frame = decodeFrame(bytes);
  if (isRejection(frame)) throw new Error(`the benchmark's own frame was rejected: ${frame.rejected}`);
  const [item] = frame.items ?? [];
  const made = item === undefined ? undefined : decodeItem(item, baseTimeMs(frame, "utc"), GATEWAY);
  if (made === undefined || isRejection(made)) throw new Error("the benchmark's own item was rejected");
  return made;
}
