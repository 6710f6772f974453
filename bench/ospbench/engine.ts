import { Subject } from "rxjs";
import type { Detector, StationLookup } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { SensorReport } from "../../src/domain/observation.ts";
import type { StreamRecord, TrackedRecord } from "../../src/domain/record.ts";
import { watermarkAtMs } from "../../src/domain/time.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import { Sequencer } from "../../src/stream/sequencer.ts";
import { detect } from "../support/detect.ts";
import { MessageReader } from "./message-reader.ts";
import { ObservationBatch } from "./observation-batch.ts";
import { Windows } from "./windows.ts";

const NO_STATIONS: StationLookup = { get: () => undefined, within: () => [], size: 0 };
const NOTHING: readonly never[] = [];
const NO_BYTES = new Uint8Array();

/** A message with all its observations: what travels through RxJS is whole, as everywhere in Roadpulse. */
class BatchFrame implements Frame {
  readonly batch = new ObservationBatch();
  readonly stationId = 0;
  readonly source = { slot: 1, name: "loops", kind: "gateway", timeBase: "utc" } as const;
  readonly receiver = "loops";
  readonly security = "unchecked";
  readonly late = false;
  readonly clockReplaced = false;
  receivedAtMs = 0;
  /** Says of what kind the message is; the readings stand in `batch`. */
  readonly observation = {
    kind: "sensor",
    reading: { type: "loop", periodS: 60, lanes: NOTHING },
  } as unknown as SensorReport;

  get observedAtMs(): number {
    return this.batch.publishedAtMs;
  }
}

/** The windows as a detector: messages in, results in the rows of its state; ticks close what is over. */
function windowDetector(makeWindows: () => Windows): Detector<Windows> {
  return {
    name: "ospbench",
    snapshotVersion: 1,
    // The state is that of two seconds; the benchmark restarts nothing.
    restartsEmpty: true,
    hears: ["sensor"],
    init: makeWindows,
    onItem(windows, frame) {
      if (frame instanceof BatchFrame) windows.take(frame.batch);
    },
    onTick: (windows, _tickMs, { watermarkMs }) => windows.close(watermarkMs),
    snapshot: () => null,
    restore: makeWindows,
  };
}

/**
 * OSPBench's pipeline on Roadpulse's operators: sequencer, ticks, watermark, RxJS stream of records, detector runtime. A
 * message is read when it arrives, because its bytes die with the socket's callback.
 */
export class LoopPipeline {
  windows: Windows;
  faults = 0;
  readonly reader: MessageReader;
  readonly #frame = new BatchFrame();
  readonly #frames = [this.#frame];
  readonly #sequencer: Sequencer<void>;
  readonly #records$ = new Subject<TrackedRecord>();

  /** @param deliver takes the results of a record; they are valid during the call */
  constructor(deliver: (windows: Windows) => void) {
    this.windows = new Windows();
    const runtime = new DetectorRuntime([windowDetector(() => this.windows)], NO_STATIONS, {
      onFault: () => this.faults++,
    });
    this.reader = new MessageReader((lane, key) => this.windows.addLane(lane, key));
    this.#sequencer = new Sequencer((record) => this.#process(record));
    this.#records$.pipe(detect(runtime)).subscribe(() => {
      if (this.windows.results === 0) return;
      deliver(this.windows);
      this.windows.clear();
    });
  }

  /** Takes a message that arrives now; returns how many observations it held. */
  take(message: Uint8Array, nowMs: number): number {
    this.reader.read(message, this.#frame.batch);
    const receivedAtMs = this.#sequencer.stamp(nowMs);
    this.#frame.receivedAtMs = receivedAtMs;
    this.#sequencer.push({ kind: "message", receivedAtMs, slot: 1, bytes: NO_BYTES });
    return this.#frame.batch.size;
  }

  /** Lets time go on in silence. */
  advanceTo(nowMs: number): void {
    this.#sequencer.advanceTo(this.#sequencer.stamp(nowMs));
  }

  #process({ kind, receivedAtMs }: StreamRecord): void {
    const frames = kind === "message" ? this.#frames : NOTHING;
    const watermarkMs = watermarkAtMs(this.#sequencer.lastTickMs);
    this.#records$.next({ kind, receivedAtMs, watermarkMs, frames, corroborations: NOTHING });
  }
}
