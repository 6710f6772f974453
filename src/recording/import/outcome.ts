/** A row or message that was not imported. */
export interface BadRow {
  /** Line or, in binary input, number of the entry, from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface ImportProgress {
  /** Rows or messages read so far. */
  readonly rows: number;
  /** Bytes read so far, before unpacking, and all of them where that is known. */
  readonly readBytes: number;
  readonly totalBytes: number | undefined;
}

export interface ImportOptions {
  /** Told now and then, for a progress bar. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportSummary {
  /** Why nothing was imported, in one sentence for people; undefined where something was. */
  readonly problem: string | undefined;
  /** Rows or messages in the input, headers left out. */
  readonly rows: number;
  /** Those that became items of the recording, alone or joined: rows = imported + bad + unsupported. */
  readonly imported: number;
  readonly bad: number;
  /** Bad rows by reason, most frequent first. */
  readonly badByReason: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly badRows: readonly BadRow[];
  /** Messages that are in order and that this importer does not take, by reason. */
  readonly unsupported: Readonly<Record<string, number>>;
  /** What else is worth knowing, e.g. rows out of order; counts by sentence. */
  readonly notes: Readonly<Record<string, number>>;
  /** Items and frames in the recording, hellos left out. */
  readonly items: number;
  readonly frames: number;
  /** Receive times of the first and last frame, Unix ms. */
  readonly firstReceivedAtMs: number | undefined;
  readonly lastReceivedAtMs: number | undefined;
  /** Size of the recording. */
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** Bad rows shown with their line; more of them help nobody. */
const MAX_BAD_ROWS = 20;

/** Reasons are composed of column names and fixed words, so this bound is only a guard. */
const MAX_REASONS = 100;

/** Counts what becomes of the rows of an import. */
export class ImportTally {
  rows = 0;
  imported = 0;
  readonly #badRows: BadRow[] = [];
  readonly #bad = new Map<string, number>();
  readonly #unsupported = new Map<string, number>();
  readonly #notes = new Map<string, number>();
  #badCount = 0;

  /**
   * @param reason bounded set of texts, without the value
   * @param value shown for the first rows only
   */
  bad(line: number, reason: string, value?: string): void {
    this.#badCount++;
    increase(this.#bad, reason);
    if (this.#badRows.length >= MAX_BAD_ROWS) return;
    const shown = value === undefined ? "" : `: ${JSON.stringify(value.slice(0, 40))}`;
    this.#badRows.push({ line, reason: `${reason}${shown}` });
  }

  unsupported(reason: string): void {
    increase(this.#unsupported, reason);
  }

  note(text: string): void {
    increase(this.#notes, text);
  }

  result(): Pick<
    ImportSummary,
    "rows" | "imported" | "bad" | "badByReason" | "badRows" | "unsupported" | "notes"
  > {
    return {
      rows: this.rows,
      imported: this.imported,
      bad: this.#badCount,
      badByReason: byCount(this.#bad),
      badRows: this.#badRows,
      unsupported: byCount(this.#unsupported),
      notes: byCount(this.#notes),
    };
  }
}

function increase(counts: Map<string, number>, key: string): void {
  const isNew = !counts.has(key);
  const name = isNew && counts.size >= MAX_REASONS ? "other" : key;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function byCount(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
