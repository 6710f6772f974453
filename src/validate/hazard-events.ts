import type { Corroboration, DecodedItem } from "../domain/frame.ts";
import type { HazardNotice } from "../domain/observation.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readNumber,
  readObject,
  readRow,
  writeRow,
} from "../domain/snapshot-row.ts";
import type { ValidateOptions } from "./options.ts";

/** Receivers noted per revision of an event; further ones are no further evidence. */
const MAX_RECEIVERS = 8;

/** Longest validity (TS 102 894-2, ValidityDuration): no event is remembered for longer. */
const MAX_VALIDITY_MS = 86_400_000;

/** How often events that have run out are removed; they are without effect from the moment they do. */
const SWEEP_EVERY_MS = 10_000;

/** An event as received last. One that has ended stays as its own tombstone. */
interface HazardEvent {
  /** Originating station and sequence number in one number (TS 103 831, ActionId). */
  readonly key: number;
  /** Who sent the latest revision, and the event time of its frame: what corroborations refer to. */
  readonly stationId: number;
  readonly observedAtMs: number;
  readonly referenceAtMs: number;
  readonly detectionAtMs: number;
  /** The two times come from a clock that cannot be used. */
  readonly clockReplaced: boolean;
  /** Empty while the event is active. */
  readonly termination: string;
  readonly contentHash: string;
  /** Where the validity counts from, on the clock of the receive times. */
  readonly validFromMs: number;
  readonly validUntilMs: number;
  /** A repeat of any revision has expired by then. */
  readonly keepUntilMs: number;
  readonly receivers: string[];
}

const EVENT_FIELDS: RowFields<HazardEvent> = {
  key: "number",
  stationId: "number",
  observedAtMs: "number",
  referenceAtMs: "number",
  detectionAtMs: "number",
  clockReplaced: "boolean",
  termination: "string",
  contentHash: "string",
  validFromMs: "number",
  validUntilMs: "number",
  keepUntilMs: "number",
  receivers: "string[]",
};

const EXPIRED = reject("expired");
const UNKNOWN_EVENT = reject("unknown-event");
const SUPERSEDED = reject("superseded");
const DUPLICATE = reject("duplicate");

/**
 * The life of hazard events as a receiver sees it (EN 302 637-3 and TS 103 831, clause 8.2, reception of a DENM). The
 * steps are those of the standard; where an implementation of the field broke them, a comment says so.
 */
export class HazardEvents {
  /** Events forgotten before their time because there were too many. */
  evicted = 0;
  readonly #maxEvents: number;
  readonly #events = new Map<number, HazardEvent>();

  constructor({ maxEvents }: ValidateOptions) {
    this.#maxEvents = maxEvents;
  }

  get size(): number {
    return this.#events.size;
  }

  /** Undefined: the notice is new, an update or a termination, goes on, and has been noted. */
  judge(
    item: DecodedItem,
    notice: HazardNotice,
    clockReplaced: boolean,
    receivedAtMs: number,
  ): Rejection | Corroboration | undefined {
    const key = notice.originatingStationId * 65_536 + notice.sequenceNumber;
    const remembered = this.#events.get(key);
    const event = remembered !== undefined && remembered.keepUntilMs >= receivedAtMs ? remembered : undefined;
    const revision = revisionOf(key, item, notice, clockReplaced, receivedAtMs, event);
    // Step 1: the validity has run out.
    if (receivedAtMs > revision.validUntilMs) return EXPIRED;
    if (event === undefined) {
      // Step 2: unknown actionId. Its termination ends nothing; anything else begins an event.
      if (notice.termination !== undefined) return UNKNOWN_EVENT;
    } else {
      // A sender that has set its clock since must be able to update and end what it told before.
      const comparable = item.observedAtMs !== 0 && event.clockReplaced === clockReplaced;
      const verdict = comparable ? compare(event, revision) : compareWithoutTimes(event, revision);
      if (verdict === "repetition") return repeated(event, item.receiver);
      if (verdict === "superseded") return SUPERSEDED;
    }
    // Steps 5 and 6: replace what is known, with the state that the termination says, and restart the validity.
    this.#note(revision);
    return undefined;
  }

  onTick(tickMs: number): void {
    if (tickMs % SWEEP_EVERY_MS !== 0) return;
    for (const [key, { keepUntilMs }] of this.#events) {
      if (keepUntilMs < tickMs) this.#events.delete(key);
    }
  }

  /** A safety message is never refused for want of room: the event that was first heard of longest ago gives way. */
  #note(event: HazardEvent): void {
    if (!this.#events.has(event.key) && this.#events.size >= this.#maxEvents) {
      for (const oldest of this.#events.keys()) {
        this.#events.delete(oldest);
        this.evicted += 1;
        break;
      }
    }
    this.#events.set(event.key, event);
  }

  snapshot(): SnapshotValue {
    return {
      evicted: this.evicted,
      events: [...this.#events.values()].map((event) => writeRow(EVENT_FIELDS, event)),
    };
  }

  restore(value: SnapshotValue | undefined): void {
    const { evicted, events } = readObject(value);
    this.evicted = readNumber(evicted, "evicted");
    this.#events.clear();
    for (const row of readArray(events)) {
      const event = readRow(EVENT_FIELDS, row);
      this.#events.set(event.key, event);
    }
  }
}

function revisionOf(
  key: number,
  item: DecodedItem,
  notice: HazardNotice,
  clockReplaced: boolean,
  receivedAtMs: number,
  event: HazardEvent | undefined,
): HazardEvent {
  const validityMs = notice.validityS * 1_000;
  // A clock that is wrong is wrong for all times of a message.
  const clockErrorMs = clockReplaced ? item.observedAtMs - receivedAtMs : 0;
  const isSameDetection = event?.detectionAtMs === notice.detectionAtMs;
  const validFromMs = isSameDetection
    ? event.validFromMs
    : Math.min(receivedAtMs, notice.detectionAtMs - clockErrorMs);
  // A termination is about the event, however short the validity that it tells itself.
  const eventUntilMs = notice.termination === undefined ? 0 : (event?.validUntilMs ?? 0);
  const validUntilMs = Math.max(validFromMs + validityMs, eventUntilMs);
  const claimedUntilMs = Math.min(receivedAtMs + MAX_VALIDITY_MS, notice.detectionAtMs + validityMs);
  return {
    key,
    stationId: item.stationId,
    observedAtMs: clockReplaced ? receivedAtMs : item.observedAtMs,
    referenceAtMs: notice.referenceAtMs,
    detectionAtMs: notice.detectionAtMs,
    clockReplaced,
    termination: notice.termination ?? "",
    contentHash: notice.contentHash,
    validFromMs,
    validUntilMs,
    keepUntilMs: Math.max(validUntilMs, claimedUntilMs, event?.keepUntilMs ?? 0),
    receivers: [item.receiver],
  };
}

type Comparison = "new" | "repetition" | "superseded";

function compareWithoutTimes(event: HazardEvent, revision: HazardEvent): Comparison {
  const isSame = revision.termination === event.termination && revision.contentHash === event.contentHash;
  if (isSame) return "repetition";
  return event.termination === "" ? "new" : "superseded";
}

/** Steps 3 and 4. Times are compared as the sender told them: its clock may be wrong, but it is one clock. */
function compare(event: HazardEvent, revision: HazardEvent): Comparison {
  const isSameState = revision.termination === event.termination;
  // Step 3: older than what is known. Deployed software that left this out let delayed repeats overwrite updates.
  if (revision.referenceAtMs < event.referenceAtMs) return "superseded";
  if (revision.detectionAtMs < event.detectionAtMs) return "superseded";
  if (revision.referenceAtMs > event.referenceAtMs) return "new";
  // Step 4: the same revision again. A negation reuses the reference time of what it negates, so that the termination
  // must be compared too; and a late repeat of what has ended must not bring it back.
  if (event.termination !== "") return isSameState ? "repetition" : "superseded";
  if (revision.termination !== "") return "new";
  // TS 103 759: the detection time must not change within repetitions.
  return revision.detectionAtMs === event.detectionAtMs ? "repetition" : "superseded";
}

function repeated(event: HazardEvent, receiver: string): Rejection | Corroboration {
  if (event.receivers.includes(receiver) || event.receivers.length >= MAX_RECEIVERS) return DUPLICATE;
  event.receivers.push(receiver);
  return { stationId: event.stationId, observedAtMs: event.observedAtMs, receiver };
}
