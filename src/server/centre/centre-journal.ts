import { FolderLock } from "../../store/folder-lock.ts";
import { Journal, type JournalFault, type SyncPolicy } from "../../store/journal.ts";
import { type JournalFiles, realFiles } from "../../store/journal-files.ts";
import { type Frame, frameKind } from "../../store/journal-frame.ts";

/** A part of the centre whose events are kept. Its events are JSON. */
export interface CentreParticipant {
  /** Name under which its events stand in the journal, e.g. `incident`. It stays the same for ever. */
  readonly kind: string;
  /** Called at the start for every event since the last `restore`, each once, oldest first. */
  replay(event: unknown): void;
  /** A state that `carried` gave, before the events that follow it. Replaces what was known of the same thing. */
  restore(state: unknown): void;
  /** What must outlive the events that made it: whenever a segment begins, it begins with these. JSON. */
  carried(): Iterable<unknown>;
}

/** What a participant writes through. */
export interface CentrePort {
  /**
   * Writes an event; the operating system has it when this returns, and only then may the participant's state change by it:
   * `carried` may be asked meanwhile. Where the disk does not take it, it waits in memory,
   * `failure` says so, and the work goes on: an operator must not be held up by a disk.
   */
  append(event: unknown): void;
}

export interface CentreJournalOptions {
  /** Undefined: nothing is kept. */
  readonly folder: string | undefined;
  readonly sync: SyncPolicy;
  readonly syncIntervalMs: number;
  /** Events older than this go, segment by segment, but for what participants carry over. */
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  readonly segmentBytes?: number;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly onFault: (fault: JournalFault) => void;
  readonly files?: JournalFiles;
}

const CONTENT = { content: "centre", contentVersion: 1 } as const;

/** A segment is closed after this part of the greatest age, so that what is too old goes in small portions. */
const SEGMENT_AGE_PART = 1 / 16;

/** Small segments: each repeats what is carried over, and what is too old can only go with a whole one. */
const SEGMENT_BYTES = 8 * 1024 * 1024;

const ALL_SEGMENTS = Number.MAX_SAFE_INTEGER;

interface Entry {
  readonly k: string;
  readonly e: unknown;
  /** Counts events. Of a carried state: the last event that it holds. */
  readonly n: number;
}

/**
 * What operators did, on the disk: one journal for all parts of the centre, in the order in which it happened. Written
 * before it is answered. Join all participants, then `open` once.
 */
export class CentreJournal {
  /** What was found and put right at the opening, in sentences. */
  readonly repairs: string[] = [];
  /** Records of kinds that nobody joined for, and unreadable ones; they stay on the disk until they are too old. */
  unknownRecords = 0;
  readonly #options: CentreJournalOptions;
  readonly #participants = new Map<string, CentreParticipant>();
  /** Last event that each kind has seen at the opening. */
  readonly #seen = new Map<string, number>();
  /** Event up to which each kind was restored; several states may be of one event. */
  readonly #restored = new Map<string, number>();
  #events = 0;
  /** Last event that the states of participants hold: they take an event over once it was written. */
  #applied = 0;
  #journal: Journal | undefined;
  #lock: FolderLock | undefined;
  #isOpen = false;

  constructor(options: CentreJournalOptions) {
    this.#options = options;
  }

  /** False: what operators do is forgotten when the server ends. */
  get isDurable(): boolean {
    return this.#options.folder !== undefined;
  }

  /** Why the last events are not safe, or undefined. */
  get failure(): string | undefined {
    return this.#journal?.failure;
  }

  get bytes(): number {
    return this.#journal?.bytes ?? 0;
  }

  /** @throws Error where the kind is taken or the journal is open already: bugs */
  join(participant: CentreParticipant): CentrePort {
    const { kind } = participant;
    if (this.#isOpen || this.#participants.has(kind)) throw new Error(`${kind} cannot join the journal`);
    this.#participants.set(kind, participant);
    return { append: (event) => this.#append(kind, event) };
  }

  /**
   * Replays what is there to the participants.
   * @throws JournalError in a sentence where the folder is in use, unusable or of a later version
   */
  open(): void {
    const { folder, sync, syncIntervalMs, segmentBytes = SEGMENT_BYTES, nowMs, onFault } = this.#options;
    this.#isOpen = true;
    if (folder === undefined) return;
    const files = this.#options.files ?? realFiles;
    files.makeFolder(folder);
    this.#lock = new FolderLock(folder);
    try {
      this.#journal = Journal.open(folder, {
        ...CONTENT,
        sync,
        syncIntervalMs,
        segmentBytes,
        segmentsSeen: ALL_SEGMENTS,
        nowMs,
        files,
        onFrame: (frame) => this.#replay(frame),
        asides: () => this.#carried(),
        onFault,
      });
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    this.repairs.push(...this.#journal.repairs.map(({ path, message }) => `${path}: ${message}.`));
  }

  /** Removes what is too old or too much. To be called now and then. Answers the number of segments removed. */
  retain(): number {
    const journal = this.#journal;
    if (journal === undefined) return 0;
    const { maxAgeMs, maxBytes, nowMs } = this.#options;
    const before = journal.stats.removedSegments;
    const atMs = nowMs();
    const begunMs = journal.segments.at(-1)?.createdAtMs ?? atMs;
    if (atMs - begunMs > maxAgeMs * SEGMENT_AGE_PART) journal.endSegment();
    journal.dropToSize(maxBytes);
    for (;;) {
      const [, second] = journal.segments;
      // All of the oldest segment is older than the beginning of the second, which carries what must stay.
      if (second === undefined || atMs - (second.createdAtMs ?? atMs) <= maxAgeMs) break;
      const { oldest } = journal;
      journal.dropBefore(second.firstNumber);
      if (journal.oldest === oldest) break;
    }
    return journal.stats.removedSegments - before;
  }

  /** Writes and syncs the rest. Later calls do nothing. */
  close(): void {
    const lock = this.#lock;
    this.#lock = undefined;
    try {
      this.#journal?.close();
    } finally {
      lock?.release();
    }
  }

  #append(kind: string, event: unknown): void {
    if (!this.#isOpen) throw new Error("the journal of the centre is not open");
    const n = ++this.#events;
    this.#journal?.append(encoded({ k: kind, e: event, n }));
    this.#applied = n;
  }

  /** An event is written before its participant makes it so: the state that a new segment begins with lacks it. */
  *#carried(): Iterable<Pick<Frame, "number" | "bytes">> {
    const number = this.#journal?.written ?? 0;
    const n = this.#applied;
    for (const participant of this.#participants.values())
      for (const state of participant.carried())
        yield { number, bytes: encoded({ k: participant.kind, e: state, n }) };
  }

  /**
   * Events that could not be written at once may stand behind a state that holds them already, and a state behind the
   * events that made it: numbers tell.
   */
  #replay({ kind, bytes }: Frame): void {
    const entry = decoded(bytes);
    const participant = entry === undefined ? undefined : this.#participants.get(entry.k);
    if (entry === undefined || participant === undefined) {
      if (kind === frameKind.record) this.unknownRecords++;
      return;
    }
    const { k, e, n } = entry;
    this.#events = Math.max(this.#events, n);
    this.#applied = this.#events;
    const seen = this.#seen.get(k) ?? 0;
    if (kind === frameKind.record && n > seen) {
      this.#seen.set(k, n);
      participant.replay(e);
    } else if (kind === frameKind.aside && (n > seen || this.#restored.get(k) === n)) {
      this.#seen.set(k, n);
      this.#restored.set(k, n);
      participant.restore(e);
    }
  }
}

function encoded(entry: Entry): Buffer {
  return Buffer.from(JSON.stringify(entry));
}

function decoded(bytes: Uint8Array): Entry | undefined {
  try {
    const { k, e, n } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<Entry>;
    return typeof k === "string" && typeof n === "number" ? { k, e, n } : undefined;
  } catch {
    return undefined;
  }
}
