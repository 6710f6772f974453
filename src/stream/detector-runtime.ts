import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, DetectorPorts, StationLookup } from "../domain/detector.ts";
import type { Corroboration, Frame, Refusal } from "../domain/frame.ts";
import { OBSERVATION_KINDS, type ObservationKind } from "../domain/observation.ts";
import { keepReads, type OfStation, PREFETCH_FROM } from "../domain/prefetch.ts";
import type { SessionEnd, TrackedRecord } from "../domain/record.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { joinPorts, NO_PORTS } from "./detector-ports.ts";

/**
 * How much detector state may be lost when a detector throws: it goes on from a copy at most this old. Copies are taken
 * at fixed receive times, so that a restarted process takes them at the same ticks, and one detector at a time. Those
 * that restart empty take none: a copy of the congestion cells of 100,000 stations takes 0.2 s (measured), in which
 * nothing else is detected.
 */
const CHECKPOINT_INTERVAL_MS = 30_000;
const CHECKPOINT_SPACING_MS = 1_000;

interface Slot {
  readonly detector: Detector<unknown>;
  state: unknown;
  checkpoint: SnapshotValue;
  faults: number;
}

/** A detector that wants items of some kind. */
interface Listener {
  readonly slot: Slot;
  readonly onItem: NonNullable<Detector<unknown>["onItem"]>;
}

/** A detector that keeps much of every station. */
interface Prefetcher {
  readonly slot: Slot;
  readonly prefetch: NonNullable<Detector<unknown>["prefetch"]>;
}

type Listeners = Readonly<Record<ObservationKind, readonly Listener[]>>;

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What a runtime needs besides detectors and stations. */
export interface DetectorRuntimeOptions {
  readonly roads?: RoadNetwork | undefined;
  readonly onFault?: (detector: string, error: unknown) => void;
}

/**
 * Runs the detectors over records: items in order, and per item the detectors in the order given; ticks after that.
 * Detections leave in the order (record, item, detector). A detector that throws goes on from its last checkpoint and
 * is counted; the others do not notice.
 */
export class DetectorRuntime implements Snapshotable {
  readonly name = "detect";
  readonly version = 1;
  readonly #slots: readonly Slot[];
  readonly #listeners: Listeners;
  readonly #prefetchers: readonly Prefetcher[];
  readonly #context: Writable<DetectionContext>;
  readonly #onFault: (detector: string, error: unknown) => void;
  #out: Detection[] = [];
  readonly #emit = (detection: Detection): void => {
    this.#out.push(detection);
  };

  constructor(
    detectors: readonly Detector<unknown>[],
    stations: StationLookup,
    { roads, onFault = () => {} }: DetectorRuntimeOptions = {},
  ) {
    this.#slots = detectors.map((detector) => {
      const state = detector.init();
      return { detector, state, checkpoint: detector.snapshot(state), faults: 0 };
    });
    this.#listeners = listenersOf(this.#slots);
    this.#prefetchers = this.#slots.flatMap((slot) => {
      const { prefetch } = slot.detector;
      return prefetch === undefined ? [] : [{ slot, prefetch }];
    });
    this.#context = { receivedAtMs: 0, watermarkMs: 0, stations, roads, ...NO_PORTS };
    this.#onFault = onFault;
    this.#bindPorts();
  }

  /** What the detectors know, for those who show it; as of the last record. */
  get ports(): DetectorPorts {
    return this.#context;
  }

  /** Faults per detector since the start. */
  get faults(): ReadonlyMap<string, number> {
    return new Map(this.#slots.map(({ detector, faults }) => [detector.name, faults]));
  }

  /** How often a bound of a detector's memory was met; see `Detector.refused`. */
  get refused(): number {
    return this.#slots.reduce((sum, { detector, state }) => sum + (detector.refused?.(state) ?? 0), 0);
  }

  /** Lets the detectors read what some items will need; see `domain/prefetch.ts`. */
  prefetch(items: readonly OfStation[]): void {
    for (const { slot, prefetch } of this.#prefetchers) {
      keepReads(prefetch(slot.state, items));
    }
  }

  /** Detections of one record. The array is the caller's. */
  run(record: TrackedRecord): readonly Detection[] {
    this.#context.receivedAtMs = record.receivedAtMs;
    this.#context.watermarkMs = record.watermarkMs;
    if (record.kind === "tick") this.#runTick(record.receivedAtMs);
    else if (record.kind === "message") this.#runItems(record);
    else if (record.sessionEnd !== undefined) this.#runSessionEnd(record.sessionEnd);
    else if (record.deafUntilMs !== undefined) this.#runOutage(record.receivedAtMs, record.deafUntilMs);
    if (this.#out.length === 0) return NOTHING;
    const detections = this.#out;
    this.#out = [];
    return detections;
  }

  #runItems(record: TrackedRecord): void {
    const { frames, corroborations, refusals = NO_REFUSALS } = record;
    if (frames.length >= PREFETCH_FROM) this.prefetch(frames);
    for (const frame of frames) {
      const listeners = this.#listeners[frame.observation.kind];
      for (let next = 0; next < listeners.length; ) next = this.#runItem(frame, listeners, next);
    }
    for (const corroboration of corroborations) this.#runCorroboration(corroboration);
    for (const refusal of refusals) this.#runRefusal(refusal);
  }

  /** Offers an item to the listeners from `first` on; returns where to go on. A listener that throws ends the round early. */
  #runItem(frame: Frame, listeners: readonly Listener[], first: number): number {
    let at = first;
    try {
      for (; at < listeners.length; at++) {
        const { onItem, slot } = listeners[at] as Listener;
        onItem(slot.state, frame, this.#context, this.#emit);
      }
    } catch (error) {
      this.#recover((listeners[at] as Listener).slot, error);
    }
    return at + 1;
  }

  /** What happens now and then is told to every detector. */
  #tellAll(tell: (slot: Slot) => void): void {
    for (const slot of this.#slots) {
      try {
        tell(slot);
      } catch (error) {
        this.#recover(slot, error);
      }
    }
  }

  #runSessionEnd(end: SessionEnd): void {
    this.#tellAll(({ detector, state }) => detector.onSessionEnd?.(state, end, this.#context, this.#emit));
  }

  #runOutage(fromMs: number, untilMs: number): void {
    this.#tellAll(({ detector, state }) => detector.onOutage?.(state, fromMs, untilMs));
  }

  #runRefusal(refusal: Refusal): void {
    this.#tellAll(({ detector, state }) => detector.onRefusal?.(state, refusal, this.#context, this.#emit));
  }

  /** Copies are as common as messages where many units hear the same vehicles: no function is made for each. */
  #runCorroboration(corroboration: Corroboration): void {
    for (const slot of this.#slots) {
      try {
        slot.detector.onCorroboration?.(slot.state, corroboration, this.#context, this.#emit);
      } catch (error) {
        this.#recover(slot, error);
      }
    }
  }

  #runTick(tickMs: number): void {
    for (const slot of this.#slots) {
      if (slot.detector.onTick === undefined) continue;
      try {
        slot.detector.onTick(slot.state, tickMs, this.#context, this.#emit);
      } catch (error) {
        this.#recover(slot, error);
      }
    }
    this.#checkpoint(tickMs % CHECKPOINT_INTERVAL_MS);
  }

  #checkpoint(sinceDueMs: number): void {
    if (sinceDueMs % CHECKPOINT_SPACING_MS !== 0) return;
    const slot = this.#slots[sinceDueMs / CHECKPOINT_SPACING_MS];
    if (slot === undefined || slot.detector.restartsEmpty === true) return;
    slot.checkpoint = slot.detector.snapshot(slot.state);
  }

  #recover(slot: Slot, error: unknown): void {
    slot.faults++;
    slot.state = slot.detector.restore(slot.checkpoint);
    this.#bindPorts();
    this.#onFault(slot.detector.name, error);
  }

  #bindPorts(): void {
    const { roads } = this.#context;
    const provided = this.#slots.map(
      ({ detector, state }): Partial<DetectorPorts> => detector.provides?.(state, roads) ?? {},
    );
    Object.assign(this.#context, joinPorts(provided));
  }

  snapshot(): SnapshotValue {
    return Object.fromEntries(
      this.#slots.map(({ detector, state, checkpoint }) => [
        detector.name,
        { version: detector.snapshotVersion, state: detector.snapshot(state), checkpoint },
      ]),
    );
  }

  restore(value: SnapshotValue): void {
    const parts = value as Record<
      string,
      { version: number; state: SnapshotValue; checkpoint: SnapshotValue }
    >;
    for (const slot of this.#slots) {
      const part = parts[slot.detector.name];
      if (part === undefined || part.version !== slot.detector.snapshotVersion) {
        throw new Error(
          `snapshot holds no state of version ${slot.detector.snapshotVersion} for ${slot.detector.name}`,
        );
      }
      slot.state = slot.detector.restore(part.state);
      slot.checkpoint = part.checkpoint;
    }
    this.#bindPorts();
  }
}

function listenersOf(slots: readonly Slot[]): Listeners {
  const listeners = OBSERVATION_KINDS.map((kind): [ObservationKind, readonly Listener[]] => [
    kind,
    slots.flatMap((slot) => {
      const { onItem, hears } = slot.detector;
      return onItem === undefined || hears?.includes(kind) === false ? [] : [{ slot, onItem }];
    }),
  ]);
  return Object.fromEntries(listeners) as Record<ObservationKind, readonly Listener[]>;
}

const NOTHING: readonly Detection[] = [];
const NO_REFUSALS: readonly Refusal[] = [];
