import { setImmediate } from "node:timers/promises";
import { AlertHistory, type HistoryEntry, type HistoryQuery } from "../../store/alert-history.ts";
import { BusyError } from "./answer.ts";

/** Ids have this form; the index would take the beginning of one for all that begin so. */
const WHOLE_ID = /^[0-9a-z]{13}$/;

/** Slices of 500 transitions that one request may cost: a second or so in all, in pieces of milliseconds. */
const MAX_SLICES = 200;

/** Requests that read the history at a time; each holds up the others. */
const MAX_READERS = 4;

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Number to go on beyond; undefined where there is no more. */
  readonly next: number | undefined;
}

/** Reads the alert log of this server through its index, between other work. */
export class AlertHistoryReader {
  readonly #folder: string;
  #history: AlertHistory | undefined;
  #readers = 0;

  /** @param folder that of the alert log */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @throws JournalError where there is no index yet
   * @throws BusyError where as many read as may
   */
  async page(
    query: HistoryQuery,
    order: "newest" | "oldest",
    beyond: number | undefined,
    limit: number,
    allows: (entry: HistoryEntry) => boolean,
  ): Promise<HistoryPage> {
    this.#history ??= new AlertHistory(this.#folder);
    if (this.#readers >= MAX_READERS)
      throw new BusyError("The history is being read by others; ask again in a second.");
    this.#readers++;
    try {
      const entries: HistoryEntry[] = [];
      let next = beyond;
      for (let slice = 0; slice < MAX_SLICES; slice++) {
        const { entries: found, last, isEnd } = this.#history.slice(query, order, next);
        for (const entry of found) {
          if (!allows(entry)) continue;
          entries.push(entry);
          if (entries.length === limit) return { entries, next: entry.sequence };
        }
        if (isEnd) return { entries, next: undefined };
        next = last;
        await setImmediate();
      }
      return { entries, next };
    } finally {
      this.#readers--;
    }
  }

  /** Revisions of one alert, newest first. */
  async revisions(alertId: string, most: number): Promise<readonly HistoryEntry[]> {
    if (!WHOLE_ID.test(alertId)) return [];
    this.#history ??= new AlertHistory(this.#folder);
    const found: HistoryEntry[] = [];
    for (const entry of this.#history.query({ ...EVERYTHING, alertId })) {
      if (entry.alert.alertId === alertId) found.push(entry);
    }
    return found.reverse().slice(0, most);
  }

  async close(): Promise<void> {
    await this.#history?.close();
  }
}

const EVERYTHING: HistoryQuery = {
  fromMs: 0,
  toMs: Number.MAX_SAFE_INTEGER,
  area: undefined,
  filter: { causeCodes: [], kinds: [], minSeverity: 1, minConfidencePct: 0, confirmedOnly: false },
  routes: [],
  alertId: "",
};
