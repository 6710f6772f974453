import { baseTimeMs, decodeFrame, decodeItem } from "./decode/frame.ts";
import { PlainReports, ReportList } from "./decode/plain-reports.ts";
import { ReportsAhead } from "./decode/reports-ahead.ts";
import { type Counters, NO_SOURCE, type SourceCounters } from "./domain/counters.ts";
import type { Corroboration, DecodedItem, Frame, Refusal } from "./domain/frame.ts";
import { keepReads, PREFETCH_FROM } from "./domain/prefetch.ts";
import type { MessageRecord, PendingMessage, StreamRecord } from "./domain/record.ts";
import { isImplausible, isRejection, reject } from "./domain/rejection.ts";
import { emptyList } from "./domain/reused-list.ts";
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
  readonly #list = new ReportList();
  readonly #ahead = new ReportsAhead(this.#plain);
  /** Items of the present message that could be decoded, where it was not a plain one. */
  readonly #decoded: DecodedItem[] = [];
  /** Of the present message's source, once it is known. */
  #sourceCounters: SourceCounters | undefined = undefined;

  constructor(sessions: SessionTable, validator: Validator, tracker: Tracker, counters: Counters) {
    this.#sessions = sessions;
    this.#validator = validator;
    this.#tracker = tracker;
    this.#counters = counters;
  }

  /**
   * Reads messages before their turn and fetches what their stations need; see `domain/prefetch.ts`. Nothing that
   * `readMessage` decides depends on it.
   * @returns the items read, valid until the next call
   */
  readAhead(messages: readonly PendingMessage[]): readonly DecodedItem[] {
    const { items } = this.#ahead;
    this.#ahead.read(messages, this.#sourceOf);
    if (items.length >= PREFETCH_FROM) this.#fetch(items);
    return items;
  }

  readonly #sourceOf = (slot: number): Source | undefined => this.#sessions.source(slot);

  #fetch(items: readonly DecodedItem[]): void {
    keepReads(this.#tracker.prefetch(items));
    keepReads(this.#validator.prefetch(items));
  }

  /** Reads one message and counts what became of it. Never throws on what a producer can send. */
  readMessage(record: MessageRecord): MessageOutcome {
    const outcome = this.#outcome;
    outcome.clear();
    emptyList(this.frames);
    emptyList(this.corroborations);
    emptyList(this.refusals);
    this.#sourceCounters = undefined;
    const source = this.#sessions.source(record.slot);
    const list = source && this.#readReports(record.bytes, source);
    if (source !== undefined && list !== undefined) this.#takeReports(list, source, record.receivedAtMs);
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

  #readReports(bytes: Uint8Array, source: Source): ReportList | undefined {
    const ahead = this.#ahead.take(bytes, source);
    if (ahead !== undefined) return ahead;
    return this.#plain.read(bytes, source, this.#list) ? this.#list : undefined;
  }

  /** A message of nothing but items, of a session that has introduced itself. */
  #takeReports(list: ReportList, source: Source, receivedAtMs: number): void {
    const outcome = this.#outcome;
    outcome.items = list.items;
    outcome.frameSeq = list.frameSeq;
    outcome.wantReceipt = list.wantReceipt;
    for (const rejection of list.rejections) outcome.reject(rejection);
    this.#judge(list.decoded, source, receivedAtMs);
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
    outcome.wantDurableReceipt = frame.want_durable_receipt === true;
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
    this.#sourceCounters = this.#counters.source(source.name);
    if (decoded.length >= PREFETCH_FROM) this.#fetch(decoded);
    for (const item of decoded) this.#judgeItem(item, source, receivedAtMs);
  }

  #decode(items: readonly WireIngestItem[], baseMs: number, source: Source): readonly DecodedItem[] {
    emptyList(this.#decoded);
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
    this.#sourceCounters?.quality.noteItem(decoded.observation, decoded.observedAtMs, receivedAtMs);
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
    const counters = this.#sourceCounters ?? this.#countersOf(record.slot);
    counters.received += outcome.items;
    counters.accepted += outcome.accepted;
    counters.duplicate += outcome.duplicate;
    counters.late += outcome.late;
    const { items, accepted, duplicate, late } = outcome;
    counters.quality.noteMessage(record.receivedAtMs, items, accepted, duplicate, late);
    for (const { rejection, count } of outcome.rejected) counters.countRejected(rejection.rejected, count);
  }
}
