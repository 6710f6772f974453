import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isTerminal } from "../domain/alert.ts";
import { ALERT_CONTENT, ALERT_RECORD_VERSION, carried, StoredAlert } from "./alert-record.ts";
import { FolderLock } from "./folder-lock.ts";
import { Journal, JournalError } from "./journal.ts";
import { realFiles } from "./journal-files.ts";
import { type Frame, frameKind } from "./journal-frame.ts";
import {
  listSegments,
  readJournal,
  type Segment,
  type SegmentDamage,
  scanSegment,
} from "./journal-segments.ts";
import type { Hole } from "./store-state.ts";

/** What a look at every byte of an alert log has found. */
export interface LogReport {
  readonly segments: number;
  readonly bytes: number;
  readonly transitions: number;
  readonly oldest: number;
  readonly newest: number;
  readonly liveAlerts: number;
  /** Records in an older version than this build writes. */
  readonly oldRecords: number;
  readonly damage: readonly SegmentDamage[];
  /** Numbers that no record has. */
  readonly holes: readonly Hole[];
  /** Transitions that contradict earlier ones, in sentences; at most the first hundred. */
  readonly contradictions: readonly string[];
}

const MAX_CONTRADICTIONS = 100;

/**
 * Reads a whole alert log. The server may run meanwhile: what it is writing just then is not yet part of the log.
 * @throws JournalError where there is none
 */
export function checkLog(folder: string): LogReport {
  const segments = segmentsOf(folder);
  const damage: SegmentDamage[] = [];
  const lives = new Lives();
  let bytes = 0;
  for (const [place, segment] of segments.entries()) {
    const scan = scanSegment(realFiles, segment, (frame) => lives.take(frame));
    bytes += scan.size;
    const isLast = place === segments.length - 1;
    for (const found of scan.damage)
      if (!isLast || !found.atEnd) damage.push({ ...found, path: segment.path });
  }
  const { transitions, oldest, newest, holes, contradictions, oldRecords } = lives;
  const liveAlerts = lives.live.size;
  const { length } = segments;
  return {
    segments: length,
    bytes,
    transitions,
    oldest,
    newest,
    liveAlerts,
    oldRecords,
    damage,
    holes,
    contradictions,
  };
}

/** Follows the transitions of a log in their order. */
class Lives {
  readonly live = new Map<string, StoredAlert>();
  readonly holes: Hole[] = [];
  readonly contradictions: string[] = [];
  transitions = 0;
  oldest = 0;
  newest = 0;
  oldRecords = 0;

  /** Answers the transition where the frame brings a new one. */
  take({ kind, number, bytes }: Frame): StoredAlert | undefined {
    const stored = StoredAlert.ofFrame({ number, bytes });
    if (kind === frameKind.aside) {
      // What a segment repeats matters where the original has been removed.
      if (this.transitions === 0) this.live.set(stored.alert.alertId, stored);
      return undefined;
    }
    if (number <= this.newest) return undefined;
    if (this.transitions > 0 && number > this.newest + 1)
      this.holes.push({ from: this.newest + 1, to: number - 1 });
    if (this.transitions === 0) this.oldest = number;
    if (bytes[0] !== ALERT_RECORD_VERSION) this.oldRecords++;
    this.newest = number;
    this.transitions++;
    this.#follow(stored);
    return stored;
  }

  #follow(stored: StoredAlert): void {
    const { alertId, revision, state } = stored.alert;
    const before = this.live.get(alertId);
    if (before !== undefined && revision <= before.alert.revision) {
      this.#contradict(`transition ${stored.sequence} repeats revision ${revision} of alert ${alertId}`);
    }
    if (before === undefined && stored.previousSequence >= this.oldest && this.holes.length === 0) {
      this.#contradict(`transition ${stored.sequence} comes after the end of alert ${alertId}`);
    }
    if (isTerminal(state)) this.live.delete(alertId);
    else this.live.set(alertId, stored);
  }

  #contradict(text: string): void {
    if (this.contradictions.length < MAX_CONTRADICTIONS) this.contradictions.push(text);
  }
}

/** Every transition of a log in order, without its index. @throws JournalError where there is none */
export function* readLog(folder: string): Generator<StoredAlert, void> {
  segmentsOf(folder);
  for (const frame of readJournal(folder)) yield StoredAlert.ofFrame(frame);
}

/**
 * Writes a log anew: records of older versions in the present one, damage left out, small segments joined. The log as it
 * was stays beside it until the new one is whole. Answers how many transitions it has.
 * @throws JournalError where a server has the log
 */
export function rewriteLog(folder: string, nowMs: () => number): number {
  const segments = segmentsOf(folder);
  const lock = new FolderLock(folder);
  const fresh = `${folder}.new`;
  const old = `${folder}.old`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    const transitions = copyRecords(segments, fresh, nowMs);
    if (existsSync(join(folder, "state"))) copyFileSync(join(folder, "state"), join(fresh, "state"));
    renameSync(folder, old);
    renameSync(fresh, folder);
    realFiles.syncFolder(dirname(folder));
    rmSync(old, { recursive: true });
    return transitions;
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    lock.release();
    throw error;
  }
}

function copyRecords(segments: readonly Segment[], folder: string, nowMs: () => number): number {
  const lives = new Lives();
  const journal: Journal = Journal.open(folder, {
    ...ALERT_CONTENT,
    // The old log goes when this one is whole: it must be on the disk by then.
    sync: "interval",
    nowMs,
    asides: () => carried(lives.live.values(), journal.segments.at(-1)?.firstNumber ?? lives.oldest),
  });
  for (const segment of segments) {
    scanSegment(realFiles, segment, (frame) => {
      const stored = lives.take(frame);
      if (stored === undefined) return;
      if (stored.sequence !== journal.newest + 1) journal.skipTo(stored.sequence);
      journal.append(stored.toRecord());
    });
  }
  const { failure } = journal;
  journal.close();
  if (failure !== undefined) throw new JournalError(`${folder} cannot be written: ${failure}.`);
  return lives.transitions;
}

/**
 * Copies the log of a server, running or not. The copy has no state: whoever restores it begins a new epoch, because
 * numbers after the backup have been told.
 * @throws JournalError where the target is not empty or the source is no log
 */
export function copyLog(from: string, to: string): readonly string[] {
  const segments = segmentsOf(from);
  mkdirSync(to, { recursive: true });
  if (readdirSync(to).length > 0) throw new JournalError(`${to} is not empty.`);
  const copied: string[] = [];
  for (const { path } of segments) {
    const name = basename(path);
    try {
      copyFileSync(path, join(to, name));
      syncFile(join(to, name));
      copied.push(name);
    } catch (error) {
      // A running server removes what is too old.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  realFiles.syncFolder(to);
  return copied;
}

function syncFile(path: string): void {
  const file = realFiles.open(path, "write");
  try {
    realFiles.syncNow(file);
  } finally {
    realFiles.close(file);
  }
}

function segmentsOf(folder: string): readonly Segment[] {
  const segments = existsSync(folder) ? listSegments(realFiles, folder) : [];
  if (segments.length === 0) throw new JournalError(`${folder} holds no alert log.`);
  return segments;
}
