import { type Alert, isTerminal } from "../domain/alert.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import { AlertPages } from "./alert-pages.ts";
import { ALERT_CONTENT, carried, StoredAlert } from "./alert-record.ts";
import { FolderLock } from "./folder-lock.ts";
import { Journal, type JournalFault, type SyncPolicy } from "./journal.ts";
import { type JournalFiles, realFiles } from "./journal-files.ts";
import { type Frame, frameKind } from "./journal-frame.ts";
import { headerOf, listSegments } from "./journal-segments.ts";
import { bootId } from "./machine.ts";
import { type Hole, STATE_FILE, StateFile, type StoreState } from "./store-state.ts";

export interface DurableAlertLogOptions {
  readonly folder: string;
  readonly sync: SyncPolicy;
  /** Longest wait before data written go to the disk, ms; policy `interval` only. */
  readonly syncIntervalMs: number;
  /** Transitions that stay in memory. */
  readonly ringTransitions: number;
  /** Segments beyond this size are removed, oldest first. */
  readonly maxBytes: number;
  /** Transitions older than this are removed, segment by segment. */
  readonly maxAgeMs: number;
  readonly segmentBytes?: number;
  /** Unix time, ms. */
  readonly nowMs: () => number;
  /** Told of everything that went wrong while the log was in use. */
  readonly onFault?: (fault: JournalFault) => void;
  readonly files?: JournalFiles;
  /** Names the machine's start; asked of the system where absent. */
  readonly bootId?: string;
}

/** Numbers that may be told before the state is written again; after a loss of power they are left out. */
const RESERVED_NUMBERS = 10_000;

/** Holes that are told apart; older ones are joined. */
const MAX_HOLES = 64;

/** Alerts whose end is remembered by name, so that a restart does not tell them again. */
const MAX_ENDED = 20_000;

/** The last two: every alert that has not ended has its last transition in one of them, for new segments repeat the others. */
const SEGMENTS_WITH_LIVE_ALERTS = 2;

/** A segment is closed after this part of the greatest age, so that what is too old goes in small portions. */
const SEGMENT_AGE_PART = 1 / 16;

/**
 * Alert transitions on the disk. `append` hands them to the operating system before it returns, so that a process that is
 * killed has told nothing that is not in the log; a loss of power may lose what was told in the last milliseconds. Then
 * the numbering goes on behind all numbers that may have been told, and the hole is known: a subscriber whose cursor lies
 * before it is told of the gap. No number ever stands for two transitions.
 */
export class DurableAlertLog implements AlertLog {
  readonly epoch: number;
  readonly liveAtOpening: readonly LoggedAlert[];
  /** What was found and put right at the opening, in sentences. */
  readonly repairs: readonly string[];
  readonly journal: Journal;
  readonly #options: DurableAlertLogOptions;
  readonly #lock: FolderLock;
  readonly #state: StateFile<StoreState>;
  readonly #pages: AlertPages;
  readonly #ring: StoredAlert[] = [];
  #recent: number;
  /** Last transition of every alert that has not ended. */
  readonly #live = new Map<string, StoredAlert>();
  /** Alerts that have ended, with their last revision, oldest first. */
  readonly #ended = new Map<string, number>();
  readonly #bootId: string;
  #holes: readonly Hole[];
  #reserved: number;
  #isIncomplete = false;
  #closed = false;

  /** @throws JournalError where the folder is in use, was written by a later version or cannot be written */
  static open(options: DurableAlertLogOptions): DurableAlertLog {
    const files = options.files ?? realFiles;
    files.makeFolder(options.folder);
    const lock = new FolderLock(options.folder);
    try {
      return new DurableAlertLog(options, files, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(options: DurableAlertLogOptions, files: JournalFiles, lock: FolderLock) {
    this.#options = options;
    this.#lock = lock;
    this.#bootId = options.bootId ?? bootId();
    this.#state = new StateFile(options.folder, STATE_FILE, files);
    const before = this.#state.read();
    const lastNumbers: Hole[] = [];
    let last = 0;
    this.epoch = before?.epoch ?? newEpoch(options.folder, files, options.nowMs());
    this.journal = Journal.open(options.folder, {
      ...ALERT_CONTENT,
      sync: options.sync,
      syncIntervalMs: options.syncIntervalMs,
      epoch: this.epoch,
      nowMs: options.nowMs,
      files,
      segmentsSeen: SEGMENTS_WITH_LIVE_ALERTS,
      ...(options.segmentBytes === undefined ? {} : { segmentBytes: options.segmentBytes }),
      onFrame: (frame) => {
        if (frame.kind === frameKind.record && last > 0 && frame.number > last + 1) {
          lastNumbers.push({ from: last + 1, to: frame.number - 1 });
        }
        if (frame.kind === frameKind.record) last = frame.number;
        this.#remember(frame);
      },
      asides: () => carried(this.#live.values(), this.journal.segments.at(-1)?.firstNumber ?? 0),
      onFault: (fault) => this.#onFault(fault),
    });
    this.#pages = new AlertPages(this.journal);
    this.liveAtOpening = [...this.#live.values()].sort((a, b) => a.sequence - b.sequence);
    const repairs = this.journal.repairs.map(({ path, message }) => `${path}: ${message}.`);
    this.#holes = joined([...(before?.holes ?? []), ...lastNumbers]);
    this.#reserved = before?.reserved ?? 0;
    const jump = this.#jumpAfter(before, repairs);
    this.repairs = repairs;
    if (jump !== undefined) {
      this.#holes = joined([...this.#holes, jump]);
      this.journal.skipTo(jump.to + 1);
    }
    this.#recent = this.newest + 1;
    this.#reserved = this.newest + RESERVED_NUMBERS;
    this.#writeState();
    this.#state.syncNow();
  }

  get newest(): number {
    return this.journal.newest;
  }

  get oldest(): number {
    return this.journal.oldest;
  }

  get recent(): number {
    return this.#recent;
  }

  /** Why transitions are not safe at the moment, in words for people, or undefined. */
  get failure(): string | undefined {
    return this.journal.failure;
  }

  append(alerts: readonly Alert[]): readonly LoggedAlert[] {
    const lostBefore = this.journal.stats.lostRecords;
    const entries = alerts.map((alert) => this.#add(alert));
    this.journal.flush();
    if (this.journal.stats.lostRecords > lostBefore) this.#lost(entries);
    else if (this.#isIncomplete && this.failure === undefined) this.#isWholeAgain();
    if (this.newest > this.#reserved - RESERVED_NUMBERS / 2) this.#reserve();
    return entries;
  }

  at(sequence: number): LoggedAlert | undefined {
    if (sequence < this.oldest || sequence > this.newest) return undefined;
    const recent = this.#ring[sequence % this.#options.ringTransitions];
    if (recent?.sequence === sequence) return recent;
    const stored = this.#pages.at(sequence);
    if (stored === undefined && sequence <= this.journal.written)
      this.#addHole({ from: sequence, to: sequence });
    return stored;
  }

  lacksAfter(sequence: number): boolean {
    return this.#holes.some(({ to }) => to > sequence);
  }

  /** True where this revision or a later one is in the log: a restart must not tell it again. */
  holds({ alertId, revision }: Alert): boolean {
    const known = this.#live.get(alertId)?.alert.revision ?? this.#ended.get(alertId);
    return known !== undefined && known >= revision;
  }

  /** Removes what is too old or too much. To be called now and then. Answers the number of segments removed. */
  retain(): number {
    const before = this.journal.stats.removedSegments;
    const { maxAgeMs, maxBytes } = this.#options;
    const nowMs = this.#options.nowMs();
    const begunMs = this.journal.segments.at(-1)?.createdAtMs ?? nowMs;
    if (nowMs - begunMs > maxAgeMs * SEGMENT_AGE_PART) this.journal.endSegment();
    this.journal.dropToSize(maxBytes, SEGMENTS_WITH_LIVE_ALERTS);
    for (;;) {
      const [, second, third] = this.journal.segments;
      // All of the oldest segment is older than the beginning of the second.
      if (third === undefined || nowMs - (second?.createdAtMs ?? nowMs) <= maxAgeMs) break;
      const { oldest } = this;
      this.journal.dropBefore(second?.firstNumber ?? 0);
      if (this.oldest === oldest) break;
    }
    return this.journal.stats.removedSegments - before;
  }

  /** Orderly end: the next start goes on with the next number. Later calls do nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.journal.close();
      this.#writeState(this.failure !== undefined);
      this.#state.syncNow();
    } finally {
      this.#state.close();
      this.#lock.release();
    }
  }

  #add(alert: Alert): StoredAlert {
    const previous = this.#live.get(alert.alertId)?.sequence ?? 0;
    const entry = StoredAlert.of(this.newest + 1, previous, alert);
    this.journal.add(entry.toRecord());
    this.#ring[entry.sequence % this.#options.ringTransitions] = entry;
    this.#recent = Math.max(this.#recent, this.newest - this.#options.ringTransitions + 1);
    this.#follow(entry);
    return entry;
  }

  #follow(entry: StoredAlert): void {
    const { alertId, state, revision } = entry.alert;
    if (!isTerminal(state)) {
      this.#live.set(alertId, entry);
      return;
    }
    this.#live.delete(alertId);
    this.#ended.set(alertId, revision);
    const [eldest] = this.#ended.keys();
    if (this.#ended.size > MAX_ENDED && eldest !== undefined) this.#ended.delete(eldest);
  }

  #remember({ number, bytes }: Frame): void {
    this.#follow(StoredAlert.ofFrame({ number, bytes }));
  }

  /** What a new segment repeats: alerts of which nothing stands in the segment before it. */
  /** Numbers that may have been told and are not in the log, after an end that was not orderly. */
  #jumpAfter(before: StoreState | undefined, repairs: string[]): Hole | undefined {
    if (before === undefined) {
      if (this.newest > 0) repairs.push("The state of the store is lost: the numbering has a new epoch.");
      return undefined;
    }
    const sameBoot = this.#bootId !== "" && before.bootId === this.#bootId;
    const isWhole = before.isRunning && sameBoot && !before.isIncomplete;
    if (isWhole || before.reserved <= this.newest) return undefined;
    const hole = { from: this.newest + 1, to: before.reserved };
    const cause = causeOfJump(before);
    repairs.push(
      `Numbers ${hole.from} to ${hole.to} are left out, because ${cause}: some of them may have been told.`,
    );
    return hole;
  }

  #reserve(): void {
    this.#reserved = this.newest + RESERVED_NUMBERS;
    this.#writeState();
    this.#state.sync((error) => {
      if (error !== undefined) this.#options.onFault?.({ during: "sync", message: error.message });
    });
  }

  #writeState(isRunning = true): void {
    this.#state.write({
      epoch: this.epoch,
      bootId: this.#bootId,
      reserved: isRunning ? this.#reserved : this.newest,
      isRunning,
      isIncomplete: this.#isIncomplete,
      holes: this.#holes.filter(({ to }) => to >= this.oldest),
    });
  }

  #onFault(fault: JournalFault): void {
    if (fault.during === "write" && !this.#isIncomplete) {
      this.#isIncomplete = true;
      this.#writeState();
    }
    this.#options.onFault?.(fault);
  }

  /** The memory for what waits for the disk is full: these are told all the same, but nobody can resume over them. */
  #lost(entries: readonly StoredAlert[]): void {
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) return;
    this.#addHole({ from: first.sequence, to: last.sequence });
  }

  #isWholeAgain(): void {
    this.#isIncomplete = false;
    this.#writeState();
  }

  #addHole(hole: Hole): void {
    this.#holes = joined([...this.#holes, hole]);
  }
}

function causeOfJump({ isIncomplete, isRunning }: StoreState): string {
  if (isIncomplete) return "transitions could not be written before the last end";
  return isRunning ? "power has failed" : "segments of the log are missing";
}

/** Above that of all segments, for it must differ from every epoch before. */
function newEpoch(folder: string, files: JournalFiles, nowMs: number): number {
  const last = listSegments(files, folder).at(-1);
  const before = last === undefined ? 0 : (headerOf(files, last)?.epoch ?? 0);
  return Math.max(Math.floor(nowMs), before + 1);
}

/** Holes in order, those that touch joined, at most `MAX_HOLES`: the oldest ones are taken for one. */
function joined(holes: readonly Hole[]): readonly Hole[] {
  const apart: Hole[] = [];
  for (const hole of [...holes].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || hole.from > last.to + 1) apart.push(hole);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, hole.to) };
  }
  const excess = apart.length - MAX_HOLES;
  if (excess <= 0) return apart;
  const old = apart.slice(0, excess + 1);
  return [{ from: old[0]?.from ?? 0, to: old.at(-1)?.to ?? 0 }, ...apart.slice(excess + 1)];
}
