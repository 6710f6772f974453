import { filter, groupBy, map, mergeMap, type Observable, Subject, scan, share } from "rxjs";
import { AlertBook } from "../../src/alert/alert-book.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { Detection } from "../../src/domain/detection.ts";
import type { DetectionContext, Detector } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import { isSafetyMessage } from "../../src/domain/observation.ts";
import type { MessageRecord, ProducerRecord, StreamRecord } from "../../src/domain/record.ts";
import type { Source } from "../../src/domain/station.ts";
import { watermarkAtMs } from "../../src/domain/time.ts";
import { joinPorts, NO_PORTS } from "../../src/stream/detector-ports.ts";
import { Sequencer } from "../../src/stream/sequencer.ts";
import { judgeClock } from "../../src/validate/clock-skew.ts";
import { VALIDATE_DEFAULTS } from "../../src/validate/options.ts";
import { Plausibility } from "../../src/validate/plausibility.ts";
import { Duplicates } from "./duplicates.ts";
import type { ReadBytes, ReadReport } from "./report-reader.ts";
import { Station } from "./station.ts";
import { StationIndex } from "./station-index.ts";

/** One report on its way. */
interface Item extends ReadReport {
  readonly source: Source;
  readonly receiver: string;
  readonly receivedAtMs: number;
  readonly security: "unchecked";
  readonly clock: ReturnType<typeof judgeClock>;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** How far behind its station's last report one may be and still count as news of it. */
const ORDER_MEMORY_MS = 10_000;

/**
 * Roadpulse as an ordinary good engineer would write it first: one stream of single reports through RxJS, a group per
 * station with its state in a `scan`, an object per station that is taken out of the R-tree and put back with every report.
 * The rules by which detectors, plausibility and alerts decide are Roadpulse's own, fed one event at a time, so that the
 * alerts can be the same ones. What differs is everything around them.
 */
export class Twin {
  readonly alerts$: Observable<Alert>;
  readonly #read: ReadBytes;
  readonly #messages$ = new Subject<MessageRecord>();
  readonly #ticks$ = new Subject<number>();
  readonly #alerts$ = new Subject<Alert>();
  readonly #detections$ = new Subject<Detection>();
  readonly #sources = new Map<number, Source>();
  readonly #stations = new StationIndex();
  readonly #duplicates = new Duplicates();
  readonly #plausibility = new Plausibility(VALIDATE_DEFAULTS, this.#stations);
  readonly #sequencer = new Sequencer((record) => this.#take(record));
  readonly #book = new AlertBook();
  readonly #corroborate: ((item: Item) => void)[] = [];

  constructor(read: ReadBytes, detectors: readonly Detector<unknown>[]) {
    this.#read = read;
    this.alerts$ = this.#alerts$.asObservable();
    this.#ticks$.subscribe((tickMs) => this.#forget(tickMs));
    const tracked$ = this.#tracked();
    this.#detect(detectors, tracked$);
    this.#keepAlerts();
  }

  get lastTickMs(): number {
    return this.#sequencer.lastTickMs;
  }

  get liveAlerts(): number {
    return this.#book.size;
  }

  push(record: ProducerRecord): void {
    this.#sequencer.push(record);
  }

  advanceTo(timeMs: number): void {
    this.#sequencer.advanceTo(timeMs);
  }

  #take(record: StreamRecord): void {
    if (record.kind === "message") this.#messages$.next(record);
    else if (record.kind === "tick") this.#ticks$.next(record.receivedAtMs);
    else if (record.kind === "session-closed") this.#sources.delete(record.slot);
  }

  /** The stream: bytes to reports, believed or not, to stations, to the R-tree. */
  #tracked(): Observable<Frame> {
    return this.#messages$.pipe(
      mergeMap((message) => this.#itemsOf(message)),
      filter(({ clock }) => typeof clock !== "object"),
      filter((item) => this.#isNews(item)),
      map(frameOf),
      groupBy(({ stationId }) => stationId),
      mergeMap((reports$) => reports$.pipe(scan((before, frame) => this.#follow(before, frame), NOBODY))),
      map(({ frame }) => frame),
      filter((frame) => frame !== undefined),
      share(),
    );
  }

  #itemsOf(message: MessageRecord): Item[] {
    const { hello, reports } = this.#read(message.bytes);
    const { slot, receivedAtMs } = message;
    if (hello !== undefined) this.#sources.set(slot, { slot, ...hello, timeBase: "utc" });
    const source = this.#sources.get(slot);
    if (source === undefined) return [];
    return reports.map(({ stationId, observedAtMs, receiverId, observation }) => ({
      stationId,
      observedAtMs,
      receiverId,
      observation,
      source,
      receiver: receiverId === undefined ? source.name : `rsu:${receiverId}`,
      receivedAtMs,
      security: "unchecked",
      clock: judgeClock(
        "motion",
        isSafetyMessage(observation),
        observedAtMs,
        receivedAtMs,
        VALIDATE_DEFAULTS,
      ),
    }));
  }

  #isNews(item: Item): boolean {
    const key = Duplicates.keyOf(item);
    const copy = this.#duplicates.judge(key, item.receiver);
    if (copy === "other-receiver") for (const tell of this.#corroborate) tell(item);
    if (copy !== "first") return false;
    const { observation, receivedAtMs } = item;
    const isBelieved =
      isSafetyMessage(observation) || this.#plausibility.judge(item, observation, receivedAtMs) === undefined;
    if (isBelieved) this.#duplicates.remember(key, item.receiver, receivedAtMs);
    return isBelieved;
  }

  /** One step of a station's `scan`. */
  #follow(before: Tracked, frame: Frame): Tracked {
    const report = frame.observation;
    if (report.kind !== "motion") return before;
    let { station } = before;
    if (station === undefined || this.#stations.get(frame.stationId) !== station) {
      station = new Station(frame, report);
      this.#stations.add(station);
    }
    const isOld =
      frame.observedAtMs < station.observedAtMs &&
      frame.receivedAtMs - station.receivedAtMs <= ORDER_MEMORY_MS;
    station.hear(frame.receiver, frame.receivedAtMs);
    if (!isOld) station.move(report, frame.observedAtMs, !frame.clockReplaced);
    this.#stations.move(station);
    return { station, frame };
  }

  #detect(detectors: readonly Detector<unknown>[], tracked$: Observable<Frame>): void {
    const stations = this.#stations;
    const context: Writable<DetectionContext> = {
      receivedAtMs: 0,
      watermarkMs: 0,
      stations,
      roads: undefined,
      ...NO_PORTS,
    };
    const setTime = (receivedAtMs: number): void => {
      context.receivedAtMs = receivedAtMs;
      context.watermarkMs = watermarkAtMs(this.#sequencer.lastTickMs);
    };
    tracked$.subscribe(({ receivedAtMs }) => setTime(receivedAtMs));
    this.#ticks$.subscribe(setTime);
    const emit = (detection: Detection): void => this.#detections$.next(detection);
    const running = detectors.map((detector) => ({ detector, state: detector.init() }));
    Object.assign(
      context,
      joinPorts(running.map(({ detector, state }) => detector.provides?.(state, undefined) ?? {})),
    );
    for (const { detector, state } of running) {
      const { onItem, onTick, onCorroboration } = detector;
      if (onItem !== undefined) tracked$.subscribe((frame) => onItem(state, frame, context, emit));
      if (onTick !== undefined) this.#ticks$.subscribe((tickMs) => onTick(state, tickMs, context, emit));
      if (onCorroboration !== undefined)
        this.#corroborate.push((item) => onCorroboration(state, item, context, emit));
    }
  }

  #keepAlerts(): void {
    this.#detections$
      .pipe(
        map((detection) => this.#book.apply(detection)),
        filter((alert) => alert !== undefined),
      )
      .subscribe(this.#alerts$);
    this.#ticks$.pipe(mergeMap((tickMs) => this.#book.onTick(tickMs))).subscribe(this.#alerts$);
  }

  #forget(tickMs: number): void {
    this.#stations.onTick(tickMs);
    this.#duplicates.onTick(tickMs);
    this.#plausibility.onTick(tickMs);
  }
}

interface Tracked {
  readonly station: Station | undefined;
  readonly frame: Frame | undefined;
}

const NOBODY: Tracked = { station: undefined, frame: undefined };

function frameOf(item: Item): Frame {
  const clockReplaced = item.clock === "replaced";
  return {
    stationId: item.stationId,
    observedAtMs: clockReplaced ? item.receivedAtMs : item.observedAtMs,
    receivedAtMs: item.receivedAtMs,
    source: item.source,
    receiver: item.receiver,
    security: item.security,
    late: item.clock === "late",
    clockReplaced,
    observation: item.observation,
  };
}
