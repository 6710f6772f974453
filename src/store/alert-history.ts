import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Alert } from "../domain/alert.ts";
import type { AlertFilter } from "../domain/subscription.ts";
import { flatBoxes } from "../geo/box.ts";
import { type PreparedShape, prepareShape, type Shape } from "../geo/shapes.ts";
import { INDEX_FOLDER, type IndexDatabase, type IndexRow, indexKey, openDatabase } from "./alert-index.ts";
import { AlertPages } from "./alert-pages.ts";
import { realFiles } from "./journal-files.ts";
import type { Frame } from "./journal-frame.ts";
import { JournalError, type OpenSegment } from "./journal-open.ts";
import { listSegments } from "./journal-segments.ts";
import { cellsAround, cellsOver } from "./quad-cells.ts";
import { SegmentReader } from "./segment-reader.ts";

export interface HistoryQuery {
  /** Times of detection, Unix ms, both included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined = everywhere. */
  readonly area: Shape | undefined;
  readonly filter: AlertFilter;
  /** E.g. `A40`; all where empty. */
  readonly routes: readonly string[];
  /** Beginning of an alert's id; all where empty. */
  readonly alertId: string;
}

/** One transition of the past. */
export interface HistoryEntry {
  readonly sequence: number;
  readonly alert: Alert;
}

/** Part of a search. */
export interface HistorySlice {
  /** In the order of the search. */
  readonly entries: readonly HistoryEntry[];
  /** Number of the last transition that was looked at; undefined where there was none. */
  readonly last: number | undefined;
  readonly isEnd: boolean;
}

/** Rows that a slice looks at, and transitions that it reads, some milliseconds of work. */
const SLICE_ROWS = 500;
const SLICE_ENTRIES = 50;

/** A query is answered by cells this many at a time; more would ask for the same neighbours again and again. */
const CELLS_PER_QUERY_BOX = 32;

/** Reads the alert log of a server, running or not, through its index. */
export class AlertHistory {
  readonly #folder: string;
  readonly #database: IndexDatabase;
  readonly #reader = new SegmentReader(realFiles);
  readonly #pages: AlertPages;
  #segments: readonly OpenSegment[];

  /** @throws JournalError where there is no log or no index */
  constructor(folder: string) {
    this.#folder = folder;
    if (!existsSync(join(folder, INDEX_FOLDER))) {
      throw new JournalError(`${folder} holds no index of alerts; a server with store.history makes one.`);
    }
    this.#database = openDatabase(join(folder, INDEX_FOLDER), true);
    this.#segments = this.#listSegments();
    // What is missing from a page may have been written since.
    this.#pages = new AlertPages({ written: 0, read: (from, to) => this.#read(from, to) });
  }

  /** Transitions that fit, in the order in which they were told. */
  *query(query: HistoryQuery): Generator<HistoryEntry, void> {
    const shape = query.area === undefined ? undefined : prepareShape(query.area);
    // Reads of one turn of the event loop share a view of the index; this one sees what was committed up to now.
    this.#database.resetReadTxn();
    for (const sequence of this.#candidates(query, shape)) {
      const row = this.#database.get([indexKey.row, sequence]) as IndexRow | undefined;
      if (row === undefined || !passes(row, query)) continue;
      const alert = this.#pages.at(sequence)?.alert;
      if (alert === undefined || shape?.intersects(alert.outline) === false) continue;
      yield { sequence, alert };
    }
  }

  /**
   * Looks at some transitions beyond a number, one by one: a slice of a search that others need not wait for. Times of the
   * query bound the search as long as the receive times of the log do not go back.
   * @param beyond undefined to begin at the newest or oldest
   */
  slice(query: HistoryQuery, order: "newest" | "oldest", beyond: number | undefined): HistorySlice {
    this.#database.resetReadTxn();
    const newestFirst = order === "newest";
    const least = this.#sequenceNear(query.fromMs, false) ?? Number.MAX_SAFE_INTEGER;
    const most = this.#sequenceNear(query.toMs, true) ?? 0;
    const start = newestFirst ? Math.min(most, (beyond ?? Infinity) - 1) : Math.max(least, (beyond ?? 0) + 1);
    const range = {
      start: [indexKey.row, start] as [string, number],
      end: [indexKey.row, newestFirst ? least - 1 : most + 1] as [string, number],
      reverse: newestFirst,
      limit: SLICE_ROWS,
    };
    const shape = query.area === undefined ? undefined : prepareShape(query.area);
    const entries: HistoryEntry[] = [];
    let looked = 0;
    let last: number | undefined;
    for (const { key, value } of start < least || start > most ? [] : this.#database.getRange(range)) {
      looked++;
      last = Number(key[1]);
      if (!passes(value as IndexRow, query)) continue;
      const alert = this.#pages.at(last)?.alert;
      if (alert !== undefined && shape?.intersects(alert.outline) !== false)
        entries.push({ sequence: last, alert });
      if (entries.length >= SLICE_ENTRIES) break;
    }
    const isEnd = looked < SLICE_ROWS && entries.length < SLICE_ENTRIES;
    return { entries, last, isEnd };
  }

  /** Number of the first transition at or after a time, or of the last one at or before it. */
  #sequenceNear(timeMs: number, before: boolean): number | undefined {
    const start: [string, number, number] = [indexKey.time, timeMs, before ? Number.MAX_SAFE_INTEGER : 0];
    const end: [string, number, number] = [indexKey.time, before ? 0 : Number.MAX_SAFE_INTEGER, 0];
    for (const key of this.#database.getKeys({ start, end, reverse: before, limit: 1 }))
      return Number(key[2]);
    return undefined;
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Numbers that may fit, each once, rising: by the narrowest index that the query allows. */
  *#candidates(query: HistoryQuery, shape: PreparedShape | undefined): Generator<number, void> {
    const { alertId, routes, filter } = query;
    if (alertId !== "") yield* rising(this.#under(indexKey.alert, alertId, `${alertId}\uffff`));
    else if (shape !== undefined && query.area?.type !== "everywhere") yield* rising(this.#inCells(shape));
    else if (routes.length > 0) yield* rising(this.#anyOf(indexKey.route, routes));
    else if (filter.causeCodes.length > 0) yield* rising(this.#anyOf(indexKey.cause, filter.causeCodes));
    else if (filter.kinds.length > 0) yield* rising(this.#anyOf(indexKey.kind, filter.kinds));
    else yield* rising(this.#under(indexKey.time, query.fromMs, query.toMs));
  }

  *#anyOf(name: string, values: readonly (string | number)[]): Generator<number, void> {
    for (const value of values) yield* this.#under(name, value, value);
  }

  /** Numbers below the keys from one value to another, both included. */
  *#under(name: string, from: string | number, to: string | number): Generator<number, void> {
    const range = {
      start: [name, from, 0] as [string, string | number, number],
      end: [name, to, Number.MAX_SAFE_INTEGER] as [string, string | number, number],
    };
    for (const key of this.#database.getKeys(range)) yield Number(key[2]);
  }

  *#inCells(shape: PreparedShape): Generator<number, void> {
    const cells = shape.boxes.flatMap(flatBoxes).flatMap((box) => cellsOver(box, CELLS_PER_QUERY_BOX));
    const around = new Set(cells.flatMap(cellsAround));
    for (const cell of around) yield* this.#under(indexKey.cell, cell, cell);
    for (const cell of new Set(cells)) yield* this.#under(indexKey.cell, cell, `${cell}~`);
  }

  /** A running server may have begun segments, or removed some, since we looked. */
  #read(from: number, to: number): readonly Frame[] {
    try {
      const found = this.#reader.read(this.#segments, from, to);
      if (found.at(-1)?.number === to) return found;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    this.#segments = this.#listSegments();
    return this.#reader.read(this.#segments, from, to);
  }

  #listSegments(): readonly OpenSegment[] {
    return listSegments(realFiles, this.#folder).map((segment) => {
      // Where a segment ends is found out when it is read.
      return { ...segment, bytes: Number.MAX_SAFE_INTEGER, createdAtMs: undefined };
    });
  }
}

function passes(row: IndexRow, { fromMs, toMs, filter, routes, alertId }: HistoryQuery): boolean {
  const { causeCodes, kinds, minSeverity, minConfidencePct, confirmedOnly } = filter;
  return (
    row.timeMs >= fromMs &&
    row.timeMs <= toMs &&
    row.severity >= minSeverity &&
    row.confidencePct >= minConfidencePct &&
    (!confirmedOnly || row.confirmed) &&
    (causeCodes.length === 0 || causeCodes.includes(row.causeCode)) &&
    (kinds.length === 0 || (kinds as readonly string[]).includes(row.kind)) &&
    (routes.length === 0 || routes.includes(row.route)) &&
    row.alertId.startsWith(alertId)
  );
}

function rising(numbers: Iterable<number>): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
