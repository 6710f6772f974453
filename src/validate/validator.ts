import type { StationLookup } from "../domain/detector.ts";
import type { Corroboration, DecodedItem, Frame } from "../domain/frame.ts";
import { type HazardNotice, isSafetyMessage, type MotionReport } from "../domain/observation.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { readNumber, readObject } from "../domain/snapshot-row.ts";
import type { Source } from "../domain/station.ts";
import { type ClockVerdict, judgeClock } from "./clock-skew.ts";
import { DuplicateTable } from "./duplicates.ts";
import { HazardEvents } from "./hazard-events.ts";
import { VALIDATE_DEFAULTS, type ValidateOptions } from "./options.ts";
import { Plausibility } from "./plausibility.ts";

/** A frame has an `observation`, a rejection is told by `isRejection`, the rest are corroborations. */
export type Verdict = Frame | Corroboration | Rejection;

/** Told of every exception in a filter; the message passed on. */
export type FaultListener = (filter: string, error: unknown) => void;

const DUPLICATE = reject("duplicate");
const NOT_FOUND = -1;
/** The duplicate table failed: the item must not be remembered under the key of another one. */
const UNKNOWN = -2;

/**
 * Decides which decoded items are believed. The filters stand in this order: clock, then for hazards the life cycle of
 * their event, for everything else copies and, unless it is a safety message, plausibility. What is refused is never
 * remembered, so that it cannot make a later message a duplicate.
 */
export class Validator implements Snapshotable {
  readonly name = "validator";
  readonly version = 1;
  /** Exceptions in filters, each of which let its message pass. */
  filterFaults = 0;
  readonly #options: ValidateOptions;
  readonly #duplicates: DuplicateTable;
  readonly #events: HazardEvents;
  readonly #plausibility: Plausibility;
  readonly #onFault: FaultListener;

  constructor(options: Partial<ValidateOptions>, stations: StationLookup, onFault: FaultListener = () => {}) {
    this.#options = { ...VALIDATE_DEFAULTS, ...options };
    this.#duplicates = new DuplicateTable(this.#options);
    this.#events = new HazardEvents(this.#options);
    this.#plausibility = new Plausibility(this.#options, stations);
    this.#onFault = onFault;
  }

  /** Messages and hazard events that were forgotten early for want of room. */
  get evicted(): { readonly messages: number; readonly events: number } {
    return { messages: this.#duplicates.evicted, events: this.#events.evicted };
  }

  /** Receive times must not go back. The item is not changed. */
  validate(item: DecodedItem, source: Source, receivedAtMs: number): Verdict {
    const { observation } = item;
    const isSafety = isSafetyMessage(observation);
    const clock = this.#judgeClock(item, isSafety, receivedAtMs);
    if (typeof clock === "object") return clock;
    const clockReplaced = clock === "replaced";
    if (observation.kind === "hazard") {
      const verdict = this.#judgeHazard(item, observation, clockReplaced, receivedAtMs);
      if (verdict !== undefined) return verdict;
    } else {
      const copy = this.#findCopy(item, receivedAtMs);
      if (copy >= 0) return this.#judgeCopy(copy, item);
      const isDoubtful = observation.kind === "motion" && !isSafety;
      const rejection = isDoubtful ? this.#judgeMotion(item, observation, receivedAtMs) : undefined;
      if (rejection !== undefined) return rejection;
      if (copy === NOT_FOUND) this.#duplicates.remember(receivedAtMs, item.receiver, clockReplaced);
    }
    return {
      stationId: item.stationId,
      observedAtMs: clockReplaced ? receivedAtMs : item.observedAtMs,
      receivedAtMs,
      source,
      receiver: item.receiver,
      security: item.security,
      late: clock === "late",
      clockReplaced,
      observation,
    };
  }

  /** See `domain/prefetch.ts`. */
  prefetch(items: readonly DecodedItem[]): number {
    return this.#duplicates.prefetch(items);
  }

  onTick(tickMs: number): void {
    this.#events.onTick(tickMs);
    this.#plausibility.onTick(tickMs);
  }

  #judgeClock(
    { observation, observedAtMs }: DecodedItem,
    isSafety: boolean,
    receivedAtMs: number,
  ): ClockVerdict {
    try {
      return judgeClock(observation.kind, isSafety, observedAtMs, receivedAtMs, this.#options);
    } catch (error) {
      this.#fault("clock", error);
      return "in-time";
    }
  }

  #judgeHazard(
    item: DecodedItem,
    notice: HazardNotice,
    clockReplaced: boolean,
    receivedAtMs: number,
  ): Rejection | Corroboration | undefined {
    try {
      return this.#events.judge(item, notice, clockReplaced, receivedAtMs);
    } catch (error) {
      this.#fault("hazard-events", error);
      return undefined;
    }
  }

  #findCopy(item: DecodedItem, receivedAtMs: number): number {
    try {
      return this.#duplicates.find(item, receivedAtMs);
    } catch (error) {
      this.#fault("duplicates", error);
      return UNKNOWN;
    }
  }

  #judgeCopy(copy: number, { stationId, receiver }: DecodedItem): Corroboration | Rejection {
    if (!this.#duplicates.noteReceiver(copy, receiver)) return DUPLICATE;
    return { stationId, observedAtMs: this.#duplicates.eventTimeMs(copy), receiver };
  }

  #judgeMotion(item: DecodedItem, report: MotionReport, receivedAtMs: number): Rejection | undefined {
    try {
      return this.#plausibility.judge(item, report, receivedAtMs);
    } catch (error) {
      this.#fault("plausibility", error);
      return undefined;
    }
  }

  #fault(filter: string, error: unknown): void {
    this.filterFaults += 1;
    this.#onFault(filter, error);
  }

  snapshot(): SnapshotValue {
    return {
      filterFaults: this.filterFaults,
      duplicates: this.#duplicates.snapshot(),
      events: this.#events.snapshot(),
      jumps: this.#plausibility.snapshot(),
    };
  }

  restore(value: SnapshotValue): void {
    const { filterFaults, duplicates, events, jumps } = readObject(value);
    this.filterFaults = readNumber(filterFaults, "filterFaults");
    this.#duplicates.restore(duplicates);
    this.#events.restore(events);
    this.#plausibility.restore(jumps);
  }
}
