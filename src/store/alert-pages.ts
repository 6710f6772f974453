import { StoredAlert } from "./alert-record.ts";
import type { Frame } from "./journal-frame.ts";

/** Where pages are read from. */
export interface RecordSource {
  /** Newest record that can be read. */
  readonly written: number;
  read(from: number, to: number): readonly Frame[];
}

const PAGE_TRANSITIONS = 64;

/** Pages kept in memory, some 10 MB: subscribers that come back together read the same ones. */
const MAX_PAGES = 256;

interface Page {
  readonly entries: ReadonlyMap<number, StoredAlert>;
  /** What the journal had when the page was read. */
  readonly upTo: number;
}

/** Transitions that are no longer in memory, read from the journal page by page. */
export class AlertPages {
  readonly #source: RecordSource;
  /** In the order of their last use. */
  readonly #pages = new Map<number, Page>();

  constructor(source: RecordSource) {
    this.#source = source;
  }

  /** Undefined where the journal does not have it. */
  at(sequence: number): StoredAlert | undefined {
    const index = Math.floor((sequence - 1) / PAGE_TRANSITIONS);
    let page = this.#pages.get(index);
    if (page === undefined || (!page.entries.has(sequence) && page.upTo < sequence)) page = this.#read(index);
    this.#pages.delete(index);
    this.#pages.set(index, page);
    const [eldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && eldest !== undefined) this.#pages.delete(eldest);
    return page.entries.get(sequence);
  }

  #read(index: number): Page {
    const from = index * PAGE_TRANSITIONS + 1;
    const upTo = this.#source.written;
    const frames = this.#source.read(from, from + PAGE_TRANSITIONS - 1);
    // Copied: the frames hold on to the whole window that they were read in.
    const entries = frames.map((frame) => StoredAlert.ofFrame(frame));
    return { entries: new Map(entries.map((entry) => [entry.sequence, entry])), upTo };
  }
}
