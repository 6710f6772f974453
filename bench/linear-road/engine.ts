import { Subject } from "rxjs";
import { AlertBook } from "../../src/alert/alert-book.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { StationLookup } from "../../src/domain/detector.ts";
import type { StreamRecord, TrackedRecord } from "../../src/domain/record.ts";
import type { SnapshotValue } from "../../src/domain/snapshot.ts";
import { watermarkAtMs } from "../../src/domain/time.ts";
import { restoreParts, snapshotParts } from "../../src/stream/checkpoint.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import { keepAlerts } from "../../src/stream/operators.ts";
import { Sequencer } from "../../src/stream/sequencer.ts";
import { detect } from "../support/detect.ts";
import type { AccountRequest } from "./accounts.ts";
import { accountDetector, type RunClock, reportDetector } from "./detectors.ts";
import { FramePool } from "./reports.ts";
import { type RoadOptions, RoadState } from "./state.ts";

/** The queries look at no other stations. */
const NO_STATIONS: StationLookup = { get: () => undefined, within: () => [], size: 0 };

/** Takes what a record has caused; the state's rows are valid during the call. */
export type Deliver = (state: RoadState, alerts: readonly Alert[], kind: StreamRecord["kind"]) => void;

const NOTHING: readonly never[] = [];

/**
 * The pipeline of the benchmark: Roadpulse's sequencer, ticks, watermark, detector runtime and alert book. A message is
 * decoded into `pool` and `requests` by whoever pushes it; from there on whole records travel through RxJS.
 */
export class LinearRoad {
  readonly pool = new FramePool();
  readonly requests: AccountRequest[] = [];
  readonly clock: RunClock = { secondZeroMs: 0 };
  state: RoadState;
  faults = 0;
  readonly #records$ = new Subject<TrackedRecord>();
  readonly #sequencer: Sequencer<void>;
  readonly #runtime: DetectorRuntime;
  readonly #book = new AlertBook();

  constructor(options: RoadOptions, deliver: Deliver) {
    this.state = new RoadState(options);
    // The runtime takes this first state when it is built; after a fault or for a restart it makes others.
    let first: RoadState | undefined = this.state;
    const makeState = (): RoadState => {
      this.state = first ?? new RoadState(options);
      first = undefined;
      return this.state;
    };
    this.#runtime = new DetectorRuntime(
      [reportDetector(makeState), accountDetector(() => this.state, this.clock)],
      NO_STATIONS,
      {
        onFault: (name, error) => {
          this.faults++;
          console.error(`detector ${name} failed`, error);
        },
      },
    );
    this.#sequencer = new Sequencer((record) => this.#process(record));
    this.#records$
      .pipe(detect(this.#runtime), keepAlerts(this.#book))
      .subscribe(({ record, transitions }) => {
        deliver(this.state, transitions, record.kind);
        this.state.clearAnswers();
      });
  }

  /** Receive time for what arrives now. */
  stamp(nowMs: number): number {
    return this.#sequencer.stamp(nowMs);
  }

  /** Processes what was decoded into `pool` and `requests`. */
  push(receivedAtMs: number, slot: number): void {
    this.pool.head.receivedAtMs = receivedAtMs;
    this.pool.head.secondZeroMs = this.clock.secondZeroMs;
    this.#sequencer.push({ kind: "message", receivedAtMs, slot, bytes: NO_BYTES });
    this.pool.clear();
    this.requests.length = 0;
  }

  advanceTo(timeMs: number): void {
    this.#sequencer.advanceTo(timeMs);
  }

  snapshot(): SnapshotValue {
    return snapshotParts([this.#sequencer, this.#runtime, this.#book]);
  }

  restore(snapshot: SnapshotValue): void {
    restoreParts([this.#sequencer, this.#runtime, this.#book], snapshot);
  }

  /** After the reports of the message, though order does not matter: a balance is as of the end of its second. */
  #ask(slot: number): void {
    const { accounts } = this.state;
    const [first] = this.pool.frames;
    if (first !== undefined) accounts.heard(slot, first.observation.timeS);
    for (const request of this.requests) accounts.ask(request);
  }

  #process(record: StreamRecord): void {
    const isMessage = record.kind === "message";
    this.#records$.next({
      kind: record.kind,
      receivedAtMs: record.receivedAtMs,
      watermarkMs: watermarkAtMs(this.#sequencer.lastTickMs),
      frames: isMessage ? this.pool.frames : NOTHING,
      corroborations: NOTHING,
    });
    if (isMessage) this.#ask(record.slot);
  }
}

const NO_BYTES = new Uint8Array();
