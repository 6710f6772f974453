import { rmSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import type { Alert } from "../domain/alert.ts";
import type { AlertLog } from "../domain/alert-log.ts";
import { flatBoxes } from "../geo/box.ts";
import { outlineBoxes } from "../geo/shapes.ts";
import { bootId } from "./machine.ts";
import { cellsOver } from "./quad-cells.ts";

/** What the index knows of a transition; enough for all filters but the exact area. */
export interface IndexRow {
  /** Receive time of the record that decided the transition, Unix ms. */
  readonly timeMs: number;
  readonly alertId: string;
  readonly kind: string;
  readonly causeCode: number;
  readonly severity: number;
  readonly confidencePct: number;
  readonly confirmed: boolean;
  /** E.g. `A40`; empty where no road is known. */
  readonly route: string;
  readonly cells: readonly string[];
}

/** What a key of the index names: a transition, its time, a cell, kind, cause, route or alert. */
export const indexKey = {
  row: "s",
  time: "t",
  cell: "q",
  kind: "k",
  cause: "c",
  route: "r",
  alert: "a",
} as const;

export type IndexKey = [string, ...(string | number)[]];
export type IndexDatabase = RootDatabase<unknown, IndexKey>;

/** Folder of the index in that of the alert log. */
export const INDEX_FOLDER = "index";

/** Layout of the keys; an index of another one is made anew. */
const INDEX_VERSION = 1;

/** An alert whose outline takes more is found by coarser cells. */
const CELLS_PER_BOX = 4;

/** Transitions indexed at once, 1 ms, 4 ms at p99; the rest waits for the next turn. */
const SLICE = 16;

interface Meta {
  readonly version: number;
  readonly epoch: number;
  /** Up to here, transitions are in the index. */
  readonly indexed: number;
  /** From here, they still are. */
  readonly oldest: number;
  readonly bootId: string;
  readonly isOpen: boolean;
}

const META: IndexKey = ["meta"];

/**
 * Finds transitions of the alert log by time, place, kind, cause, route and alert. It follows the log in slices and can
 * be thrown away at any time: after a loss of power, in another layout or epoch, it is made anew from the log. LMDB lets
 * other processes read it meanwhile.
 */
export class AlertIndex {
  readonly #folder: string;
  readonly #log: AlertLog;
  #database: IndexDatabase;
  #meta: Meta;

  /** @throws what LMDB throws where the folder cannot be used */
  constructor(logFolder: string, log: AlertLog) {
    this.#folder = join(logFolder, INDEX_FOLDER);
    this.#log = log;
    this.#database = openDatabase(this.#folder, false);
    const found = this.#database.get(META) as Meta | undefined;
    const isUsable = found !== undefined && this.#canTrust(found);
    if (!isUsable && found !== undefined) this.#startAnew();
    this.#meta = isUsable
      ? { ...found, bootId: bootId(), isOpen: true }
      : {
          version: INDEX_VERSION,
          epoch: log.epoch,
          indexed: log.oldest - 1,
          oldest: log.oldest,
          bootId: bootId(),
          isOpen: true,
        };
    this.#database.transactionSync(() => this.#database.putSync(META, this.#meta));
  }

  /** Transitions of the log that are not yet in the index. */
  get behind(): number {
    return Math.max(0, this.#log.newest - this.#meta.indexed);
  }

  /**
   * Takes the next slice of the log over, or removes one that the log no longer has. True where there is more to do.
   * @throws what LMDB throws, e.g. on a full disk; the index is as it was before then
   */
  follow(): boolean {
    const { log, database, meta } = { log: this.#log, database: this.#database, meta: this.#meta };
    const from = Math.max(meta.indexed + 1, log.oldest);
    const to = Math.min(log.newest, from + SLICE - 1);
    const trimTo = Math.min(log.oldest, meta.oldest + SLICE);
    if (from > to && trimTo <= meta.oldest) return false;
    const next = { ...meta, indexed: Math.max(meta.indexed, to), oldest: Math.max(meta.oldest, trimTo) };
    database.transactionSync(() => {
      for (let sequence = from; sequence <= to; sequence++) this.#add(sequence);
      for (let sequence = meta.oldest; sequence < trimTo; sequence++) this.#remove(sequence);
      database.putSync(META, next);
    });
    this.#meta = next;
    return this.behind > 0 || log.oldest > next.oldest;
  }

  async close(): Promise<void> {
    const meta = { ...this.#meta, isOpen: false };
    this.#database.transactionSync(() => this.#database.putSync(META, meta));
    await this.#database.close();
  }

  /** Nothing is synced: an index that was open when the power failed may be torn. */
  #canTrust(found: Meta): boolean {
    const sameBoot = found.bootId === bootId() && found.bootId !== "";
    const isWhole = !found.isOpen || sameBoot;
    return isWhole && found.version === INDEX_VERSION && found.epoch === this.#log.epoch;
  }

  #startAnew(): void {
    void this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
    this.#database = openDatabase(this.#folder, false);
  }

  #add(sequence: number): void {
    const alert = this.#log.at(sequence)?.alert;
    if (alert === undefined) return;
    const row = rowOf(alert);
    this.#database.putSync([indexKey.row, sequence], row);
    for (const key of keysOf(row, sequence)) this.#database.putSync(key, true);
  }

  #remove(sequence: number): void {
    const row = this.#database.get([indexKey.row, sequence]) as IndexRow | undefined;
    if (row === undefined) return;
    this.#database.removeSync([indexKey.row, sequence]);
    for (const key of keysOf(row, sequence)) this.#database.removeSync(key);
  }
}

/**
 * LMDB maps its files: a new page for which the disk has no room ends the process with SIGBUS, which nobody can catch (seen
 * on a full tmpfs). What opening touches takes 16 KiB; the rest is for what others write at that moment.
 */
const LEAST_ROOM_BYTES = 256 * 1_024;

/** @throws where the disk is full; what LMDB throws, e.g. where a reader finds no index */
export function openDatabase(folder: string, readOnly: boolean): IndexDatabase {
  if (!readOnly) {
    const { bavail, bsize } = statfsSync(dirname(folder));
    if (bavail * bsize < LEAST_ROOM_BYTES) throw new Error("the disk has no room for it");
  }
  return open<unknown, IndexKey>({ path: folder, noSync: true, readOnly });
}

function rowOf(alert: Alert): IndexRow {
  const boxes = outlineBoxes(alert.outline).flatMap(flatBoxes);
  return {
    timeMs: alert.detectedAtMs,
    alertId: alert.alertId,
    kind: alert.kind,
    causeCode: alert.causeCode,
    severity: alert.severity,
    confidencePct: alert.confidencePct,
    confirmed: alert.tier === "confirmed",
    route: alert.road?.ref ?? "",
    cells: [...new Set(boxes.flatMap((box) => cellsOver(box, CELLS_PER_BOX)))],
  };
}

function keysOf(row: IndexRow, sequence: number): IndexKey[] {
  const keys: IndexKey[] = [
    [indexKey.time, row.timeMs, sequence],
    [indexKey.alert, row.alertId, sequence],
    [indexKey.kind, row.kind, sequence],
    [indexKey.cause, row.causeCode, sequence],
  ];
  if (row.route !== "") keys.push([indexKey.route, row.route, sequence]);
  for (const cell of row.cells) keys.push([indexKey.cell, cell, sequence]);
  return keys;
}
