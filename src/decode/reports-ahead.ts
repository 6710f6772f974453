import type { DecodedItem } from "../domain/frame.ts";
import type { PendingMessage } from "../domain/record.ts";
import { emptyList } from "../domain/reused-list.ts";
import type { Source } from "../domain/station.ts";
import { type PlainReports, ReportList } from "./plain-reports.ts";

/** A message that was read before its turn. */
interface Ahead {
  /** Undefined where it was no plain message of reports: it is read in its turn. */
  bytes: Uint8Array | undefined;
  source: Source | undefined;
  readonly list: ReportList;
}

/**
 * Messages that have been read before their turn, so that what their stations need can be fetched for all of them at once. To
 * read a message depends on nothing but its bytes and its source.
 */
export class ReportsAhead {
  /** Items of all of them. Reused: valid until the next `read`. */
  readonly items: DecodedItem[] = [];
  readonly #plain: PlainReports;
  readonly #ahead: Ahead[] = [];
  #count = 0;
  #next = 0;

  constructor(plain: PlainReports) {
    this.#plain = plain;
  }

  /** Reads the messages that come next, as many as there are. What was read ahead before is forgotten. */
  read(messages: Iterable<PendingMessage>, sourceOf: (slot: number) => Source | undefined): void {
    emptyList(this.items);
    this.#count = 0;
    this.#next = 0;
    for (const { slot, bytes } of messages) this.#readOne(bytes, sourceOf(slot));
  }

  /** What was read of a message; undefined where it was not read, or comes out of order. */
  take(bytes: Uint8Array, source: Source): ReportList | undefined {
    for (let at = this.#next; at < this.#count; at++) {
      const ahead = this.#ahead[at] as Ahead;
      if (ahead.bytes !== bytes || ahead.source !== source) continue;
      this.#next = at + 1;
      return ahead.list;
    }
    return undefined;
  }

  #readOne(bytes: Uint8Array, source: Source | undefined): void {
    if (source === undefined) return;
    this.#ahead[this.#count] ??= { bytes: undefined, source: undefined, list: new ReportList() };
    const ahead = this.#ahead[this.#count] as Ahead;
    if (!this.#plain.read(bytes, source, ahead.list)) return;
    ahead.bytes = bytes;
    ahead.source = source;
    this.#count++;
    for (const item of ahead.list.decoded) this.items.push(item);
  }
}
