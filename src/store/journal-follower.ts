import { type JournalFiles, realFiles } from "./journal-files.ts";
import { type Frame, frameKind, scanFrames } from "./journal-frame.ts";
import { listSegments, type Segment } from "./journal-segments.ts";

/** Records are missing between those that were read and the next one: removed, damaged, or never written. */
export class JournalGapError extends Error {
  override readonly name = "JournalGapError";
}

/**
 * Reads a journal that another process writes, from one record on and each record once. Where it has read everything, it
 * waits where it stands; an unfinished frame at the end is not yet there.
 */
export class JournalFollower {
  readonly #folder: string;
  readonly #files: JournalFiles;
  #reached: number;
  #segment: Segment | undefined;
  #file = -1;
  #offset = 0;

  /** @param after number of the last record that is known already */
  constructor(folder: string, after: number, files: JournalFiles = realFiles) {
    this.#folder = folder;
    this.#files = files;
    this.#reached = after;
  }

  /** Number of the last record that was read. */
  get reached(): number {
    return this.#reached;
  }

  /**
   * The records that are there now. Their bytes stay valid.
   * @throws JournalGapError where records are missing before the next one that is whole
   */
  *read(): Generator<Frame, void> {
    for (;;) {
      if (this.#file < 0 && !this.#openNext()) return;
      yield* this.#readSegment();
      const next = this.#following();
      if (next === undefined) return;
      // What was written between the last look and the beginning of the next segment.
      yield* this.#readSegment();
      this.#change(next);
    }
  }

  close(): void {
    if (this.#file >= 0) this.#files.close(this.#file);
    this.#file = -1;
  }

  *#readSegment(): Generator<Frame, void> {
    for (const frame of scanFrames(this.#files, this.#file, this.#offset, () => undefined)) {
      this.#offset = frame.end;
      if (frame.kind !== frameKind.record || frame.number <= this.#reached) continue;
      if (frame.number !== this.#reached + 1) {
        throw new JournalGapError(
          `${this.#folder} lacks records ${this.#reached + 1} to ${frame.number - 1}`,
        );
      }
      this.#reached = frame.number;
      yield frame;
    }
  }

  /** Opens the segment in which the next record stands. */
  #openNext(): boolean {
    const segments = listSegments(this.#files, this.#folder);
    const first =
      segments.filter(({ firstNumber }) => firstNumber <= this.#reached + 1).at(-1) ?? segments[0];
    if (first === undefined) return false;
    this.#change(first);
    return true;
  }

  #following(): Segment | undefined {
    const index = this.#segment?.index ?? 0;
    return listSegments(this.#files, this.#folder).find((segment) => segment.index > index);
  }

  #change(segment: Segment): void {
    this.close();
    this.#file = this.#files.open(segment.path, "read");
    this.#segment = segment;
    this.#offset = 0;
  }
}
