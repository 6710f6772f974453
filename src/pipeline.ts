import { type Observable, Subject, share } from "rxjs";
import { AlertBook } from "./alert/alert-book.ts";
import { onRoads } from "./detect/on-road.ts";
import { defaultDetectors } from "./detect/registry.ts";
import { isRegularEnd } from "./domain/close-code.ts";
import { Counters } from "./domain/counters.ts";
import type { Detection } from "./domain/detection.ts";
import type { Detector, TrafficLookup } from "./domain/detector.ts";
import { PREFETCH_FROM } from "./domain/prefetch.ts";
import type { MessageRecord, PendingMessage, StreamRecord, TrackedRecord } from "./domain/record.ts";
import type { RoadNetwork } from "./domain/road.ts";
import type { Snapshotable, SnapshotValue } from "./domain/snapshot.ts";
import { watermarkAtMs } from "./domain/time.ts";
import type { MessageOutcome } from "./ingest/message-outcome.ts";
import { SessionTable } from "./ingest/session-table.ts";
import { Intake } from "./intake.ts";
import { restoreParts, snapshotParts } from "./stream/checkpoint.ts";
import type { Clock } from "./stream/clock.ts";
import { DetectorRuntime } from "./stream/detector-runtime.ts";
import { type AlertedRecord, type DetectedRecord, keepAlerts } from "./stream/operators.ts";
import { Sequencer } from "./stream/sequencer.ts";
import { Tracker } from "./track/tracker.ts";
import { Validator } from "./validate/validator.ts";

export interface PipelineOptions {
  /** In the order in which they see each item; the standard set where absent. */
  readonly detectors?: readonly Detector<unknown>[];
  readonly maxStations?: number;
  /** The map; without one every detector that can still work does. */
  readonly roads?: RoadNetwork | undefined;
  readonly counters?: Counters;
  /** Sees every record, ticks too, in order and before it is processed: the recorder. */
  readonly tap?: (record: StreamRecord) => void;
  /** The clock that receive times come from, for latency figures; absent in replays. Nothing decided depends on it. */
  readonly clock?: Clock;
  /** A filter or detector threw: it was passed by or restarted, and counted. */
  readonly onFault?: (part: string, error: unknown) => void;
}

const NOTHING: readonly never[] = [];

/**
 * The program: records in, alert transitions out.
 *
 *   push ► sequence ► tap ► decode ► validate ► track ► detect ► alert ► `alerts$`
 *
 * Up to the detectors all is plain synchronous code. Ticks, and records in which a detector saw something, then travel
 * through RxJS; the rest, nearly all, end before it (250 ns a record, measured).
 */
export class Pipeline {
  readonly counters: Counters;
  readonly sessions = new SessionTable();
  readonly tracker: Tracker;
  readonly alertBook = new AlertBook();
  /** Ticks, and every record in which something was detected, with the alert transitions that they caused. Hot. */
  readonly alerts$: Observable<AlertedRecord>;
  readonly #options: PipelineOptions;
  readonly #sequencer: Sequencer<MessageOutcome | undefined>;
  readonly #validator: Validator;
  readonly #intake: Intake;
  readonly #parts: readonly Snapshotable[];
  readonly #runtime: DetectorRuntime;
  readonly #run: (record: TrackedRecord) => readonly Detection[];
  readonly #detected$ = new Subject<DetectedRecord>();
  #decodedAtMs = 0;

  constructor(options: PipelineOptions = {}) {
    this.#options = options;
    this.counters = options.counters ?? new Counters();
    this.#sequencer = new Sequencer((record) => this.#process(record));
    const { roads, maxStations } = options;
    this.tracker = new Tracker({ roads, ...(maxStations === undefined ? {} : { maxStations }) });
    this.#validator = new Validator({}, this.tracker, (name, error) =>
      this.#countFault(`filter:${name}`, error),
    );
    this.#intake = new Intake(this.sessions, this.#validator, this.tracker, this.counters);
    const detectors = options.detectors ?? defaultDetectors();
    this.#runtime = new DetectorRuntime(detectors, this.tracker, {
      roads,
      onFault: (name, error) => this.#countFault(`detector:${name}`, error),
    });
    this.#run = onRoads((record: TrackedRecord) => this.#runtime.run(record), roads);
    this.alerts$ = this.#detected$.pipe(keepAlerts(this.alertBook), share());
    this.#parts = [
      ...[this.#sequencer, this.sessions, this.#validator, this.tracker],
      ...[this.#runtime, this.alertBook],
    ];
  }

  /** Receive time for a record that arrives at `nowMs`: whole microseconds, never back. */
  stamp(nowMs: number): number {
    return this.#sequencer.stamp(nowMs);
  }

  /** Receive time that has been reached, Unix ms: of the last record, or as far as the clock was let go on. */
  get reachedMs(): number {
    return this.#sequencer.stamp(Number.NEGATIVE_INFINITY);
  }

  /**
   * Fetches what the messages that come next will need of memory, while nobody waits for it. Each of them is to be pushed
   * then, or not; nothing decided depends on it.
   */
  readAhead(messages: readonly PendingMessage[]): void {
    const items = this.#intake.readAhead(messages);
    if (items.length >= PREFETCH_FROM) this.#runtime.prefetch(items);
  }

  /** Takes one record; for a message, tells what became of it. The outcome is valid until the next call. */
  push(record: Exclude<StreamRecord, { kind: "tick" }>): MessageOutcome | undefined {
    return this.#sequencer.push(record);
  }

  /** Lets time go on in silence, tick by tick. */
  advanceTo(timeMs: number): void {
    this.#sequencer.advanceTo(timeMs);
  }

  get lastTickMs(): number {
    return this.#sequencer.lastTickMs;
  }

  /** State of traffic as the detectors know it, for those who show it. */
  get traffic(): TrafficLookup {
    return this.#runtime.ports.traffic;
  }

  /** How often detectors had no room for a station, a place or a road. */
  get refusedByDetectors(): number {
    return this.#runtime.refused;
  }

  /** What validation has forgotten before its time, because a table was full. */
  get evicted(): Validator["evicted"] {
    return this.#validator.evicted;
  }

  /** When the last message was decoded, validated and tracked, on the clock of the receive times; for latency figures. */
  get decodedAtMs(): number {
    return this.#decodedAtMs;
  }

  /** The whole state between two records, as JSON. With the records since, it gives the same alerts as no restart. */
  snapshot(): SnapshotValue {
    return snapshotParts(this.#parts);
  }

  /** Goes on from a snapshot. Throws an Error that names the part whose state is missing or of another version. */
  restore(snapshot: SnapshotValue): void {
    restoreParts(this.#parts, snapshot);
  }

  #process(record: StreamRecord): MessageOutcome | undefined {
    this.#options.tap?.(record);
    if (record.kind === "message") return this.#processMessage(record);
    if (record.kind === "tick") this.#tick(record.receivedAtMs);
    else if (record.kind === "session-opened") this.sessions.open(record.slot);
    else if (record.kind === "session-closed") return this.#endSession(record);
    else if (record.kind === "shed") this.#intake.countShed(record);
    const more = record.kind === "outage" ? { deafUntilMs: record.untilMs } : undefined;
    this.#detect(record, NOTHING, NOTHING, NOTHING, more);
    return undefined;
  }

  #endSession(record: Extract<StreamRecord, { kind: "session-closed" }>): undefined {
    const source = this.sessions.source(record.slot);
    this.sessions.close(record.slot);
    const sessionEnd = source && { source, isRegular: isRegularEnd(record.reason) };
    this.#detect(record, NOTHING, NOTHING, NOTHING, sessionEnd && { sessionEnd });
    return undefined;
  }

  #processMessage(record: MessageRecord): MessageOutcome {
    const { clock } = this.#options;
    const outcome = this.#intake.readMessage(record);
    if (clock !== undefined) {
      this.#decodedAtMs = clock();
      this.counters.decodeLatency.record(this.#decodedAtMs - record.receivedAtMs);
    }
    const { frames, corroborations, refusals } = this.#intake;
    this.#detect(record, frames, corroborations, refusals);
    if (clock !== undefined) this.counters.detectLatency.record(clock() - record.receivedAtMs);
    return outcome;
  }

  #tick(tickMs: number): void {
    this.counters.ticks++;
    this.#validator.onTick(tickMs);
    this.tracker.onTick(tickMs);
  }

  #detect(
    record: StreamRecord,
    frames: TrackedRecord["frames"],
    corroborations: TrackedRecord["corroborations"],
    refusals: NonNullable<TrackedRecord["refusals"]> = NOTHING,
    more?: Pick<TrackedRecord, "sessionEnd" | "deafUntilMs">,
  ): void {
    const { kind, receivedAtMs } = record;
    const watermarkMs = watermarkAtMs(this.#sequencer.lastTickMs);
    const tracked = { kind, receivedAtMs, watermarkMs, frames, corroborations, refusals };
    const offered = more === undefined ? tracked : { ...tracked, ...more };
    const detections = this.#run(offered);
    if (detections.length > 0 || kind === "tick") this.#detected$.next({ record: offered, detections });
  }

  #countFault(part: string, error: unknown): void {
    this.counters.faults.count(part);
    this.#options.onFault?.(part, error);
  }
}
