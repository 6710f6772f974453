import { baseTimeMs, decodeFrame, decodeItem } from "./decode/frame.ts";
import { PlainReports } from "./decode/plain-reports.ts";
import { type Counters, NO_SOURCE } from "./domain/counters.ts";
import type { Corroboration, DecodedItem, Frame, Refusal } from "./domain/frame.ts";
import { keepReads, PREFETCH_FROM } from "./domain/prefetch.ts";
import type { MessageRecord, StreamRecord } from "./domain/record.ts";
import { isImplausible, isRejection, reject } from "./domain/rejection.ts";
import type { SourceQuality } from "./domain/source-quality.ts";
import type { Source } from "./domain/station.ts";
import { MessageOutcome } from "./ingest/message-outcome.ts";
import type { SessionTable } from "./ingest/session-table.ts";
import type { Tracker } from "./track/tracker.ts";
import type { Validator } from "./validate/validator.ts";
import type { WireHello, WireIngestFrame, WireIngestItem } from "./wire/ingest-frame.ts";
import { peekFrame } from "./wire/peek.ts";

const NO_HELLO = reject("no-hello");

/**
 * The synchronous front of the pipeline: one producer message through decode ► validate ► track. Plain
 * code, because the bytes die with the socket's callback and a stream of single items costs more than the work itself.
 * Every item of every message ends in exactly one counter.
 */
export class Intake {
  /** Accepted items of the last message, in order. Reused: valid until the next one. */
  readonly frames: Frame[] = [];
  /** Further copies of known messages in the last message. Reused likewise. */
  readonly corroborations: Corroboration[] = [];
  /** Reports in the last message that were not believed. Reused likewise. */
  readonly refusals: Refusal[] = [];
  readonly #sessions: SessionTable;
  readonly #validator: Validator;
  readonly #tracker: Tracker;
  readonly #counters: Counters;
  readonly #outcome = new MessageOutcome();
  readonly #plain = new PlainReports();
  /** Items of the present message that could be decoded, where it was not a plain one. */
  readonly #decoded: DecodedItem[] = [];
  /** Of the present message's source. */
  #quality: SourceQuality | undefined = undefined;

  constructor(sessions: SessionTable, validator: Validator, tracker: Tracker, counters: Counters) {
    this.#sessions = sessions;
    this.#validator = validator;
    this.#tracker = tracker;
    this.#counters = counters;
  }

  /** Reads one message and counts what became of it. Never throws on what a producer can send. */
  readMessage(record: MessageRecord): MessageOutcome {
    const outcome = this.#outcome;
    outcome.clear();
    this.frames.length = 0;
    this.corroborations.length = 0;
    this.refusals.length = 0;
    const source = this.#sessions.source(record.slot);
    if (source !== undefined && this.#plain.read(record.bytes, source)) this.#takeReports(source, record);
    else this.#readWhole(record);
    if (outcome.refused !== undefined) outcome.reject(outcome.refused, outcome.items);
    this.#count(record);
    return outcome;
  }

  /** Counts items that admission refused before they were read. */
  countShed(record: Extract<StreamRecord, { kind: "shed" }>): void {
    const counters = this.#countersOf(record.slot);
    counters.received += record.items;
    counters.shed.count(record.reason, record.items);
  }

  /** A message of nothing but items, of a session that has introduced itself. */
  #takeReports(source: Source, record: MessageRecord): void {
    const outcome = this.#outcome;
    const { frame, decoded, rejections } = this.#plain;
    outcome.items = frame.items;
    outcome.frameSeq = frame.frameSeq;
    outcome.wantReceipt = frame.wantReceipt;
    for (const rejection of rejections) outcome.reject(rejection);
    this.#judge(decoded, source, record.receivedAtMs);
  }

  /** Any other message. */
  #readWhole(record: MessageRecord): void {
    const frame = decodeFrame(record.bytes);
    if (isRejection(frame)) {
      this.#outcome.items = peekFrame(record.bytes).items;
      this.#outcome.refused = frame;
    } else {
      this.#readFrame(frame, record);
    }
  }

  #readFrame(frame: WireIngestFrame, record: MessageRecord): void {
    const outcome = this.#outcome;
    const items = frame.items ?? [];
    outcome.items = items.length;
    outcome.frameSeq = frame.frame_seq ?? 0;
    outcome.wantReceipt = frame.want_receipt === true;
    outcome.subscribe = frame.subscribe ?? undefined;
    outcome.unsubscribe = frame.unsubscribe ?? undefined;
    if (frame.hello) this.#introduce(frame.hello, record.slot);
    const source = this.#sessions.source(record.slot);
    if (source === undefined) outcome.refused ??= NO_HELLO;
    if (source === undefined || outcome.refused !== undefined) return;
    const baseMs = baseTimeMs(frame, source.timeBase);
    this.#judge(this.#decode(items, baseMs, source), source, record.receivedAtMs);
  }

  #judge(decoded: readonly DecodedItem[], source: Source, receivedAtMs: number): void {
    this.#quality = this.#counters.source(source.name).quality;
    if (decoded.length >= PREFETCH_FROM) {
      keepReads(this.#tracker.prefetch(decoded));
      keepReads(this.#validator.prefetch(decoded));
    }
    for (const item of decoded) this.#judgeItem(item, source, receivedAtMs);
  }

  #decode(items: readonly WireIngestItem[], baseMs: number, source: Source): readonly DecodedItem[] {
    this.#decoded.length = 0;
    for (const item of items) {
      const decoded = decodeItem(item, baseMs, source);
      if (isRejection(decoded)) this.#outcome.reject(decoded);
      else this.#decoded.push(decoded);
    }
    return this.#decoded;
  }

  #introduce(hello: WireHello, slot: number): void {
    const introduced = this.#sessions.introduce(slot, hello);
    if (isRejection(introduced)) this.#outcome.refused = introduced;
    else this.#outcome.introduced = introduced;
    this.#outcome.receiptsForAll = hello.receipts === true;
  }

  #judgeItem(decoded: DecodedItem, source: Source, receivedAtMs: number): void {
    const outcome = this.#outcome;
    this.#quality?.noteItem(decoded.observation, decoded.observedAtMs, receivedAtMs);
    const verdict = this.#validator.validate(decoded, source, receivedAtMs);
    if (isRejection(verdict)) {
      if (isImplausible(verdict))
        this.refusals.push({ stationId: decoded.stationId, rejected: verdict.rejected, receivedAtMs });
      return outcome.reject(verdict);
    }
    if (!("observation" in verdict)) return this.#corroborate(verdict);
    const untracked = this.#tracker.apply(verdict);
    if (untracked !== undefined) return outcome.reject(untracked);
    outcome.accepted++;
    if (verdict.late) outcome.late++;
    this.frames.push(verdict);
  }

  #corroborate(corroboration: Corroboration): void {
    this.#outcome.duplicate++;
    this.#tracker.corroborate(corroboration);
    this.corroborations.push(corroboration);
  }

  #countersOf(slot: number) {
    return this.#counters.source(this.#sessions.source(slot)?.name ?? NO_SOURCE);
  }

  #count(record: MessageRecord): void {
    const outcome = this.#outcome;
    this.#counters.messages++;
    this.#counters.messageBytes += record.bytes.length;
    const counters = this.#countersOf(record.slot);
    counters.received += outcome.items;
    counters.accepted += outcome.accepted;
    counters.duplicate += outcome.duplicate;
    counters.late += outcome.late;
    const { items, accepted, duplicate, late } = outcome;
    counters.quality.noteMessage(record.receivedAtMs, items, accepted, duplicate, late);
    for (const { rejection, count } of outcome.rejected) counters.countRejected(rejection.rejected, count);
  }
}
