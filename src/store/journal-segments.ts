import { join } from "node:path";
import { type JournalFiles, realFiles } from "./journal-files.ts";
import { type Damage, type Frame, frameKind, scanFrames } from "./journal-frame.ts";

/** One file of a journal, as its name tells. */
export interface Segment {
  readonly path: string;
  /** Counts up from 1. */
  readonly index: number;
  /** No record in it has a lower number; the first one has this, unless numbers were left out. */
  readonly firstNumber: number;
}

/** What stands at the head of a segment. */
export interface SegmentHeader {
  /** Of frames and header. */
  readonly format: number;
  /** What the journal holds, e.g. `alerts`. */
  readonly content: string;
  /** Of the records. */
  readonly contentVersion: number;
  readonly index: number;
  readonly firstNumber: number;
  /** Distinguishes numberings; meaning is the user's. */
  readonly epoch: number;
  readonly createdAtMs: number;
}

/** Format of segments that this build writes; it reads all up to it. */
export const JOURNAL_FORMAT = 1;

const NAME = /^(\d{8})-(\d{15})\.seg$/;

export function segmentName(index: number, firstNumber: number): string {
  return `${String(index).padStart(8, "0")}-${String(firstNumber).padStart(15, "0")}.seg`;
}

/** The segments of a folder, oldest first; other files are passed by. */
export function listSegments(files: JournalFiles, folder: string): Segment[] {
  return files
    .list(folder)
    .map((name) => ({ name, match: NAME.exec(name) }))
    .filter(({ match }) => match !== null)
    .map(({ name, match }) => ({
      path: join(folder, name),
      index: Number(match?.[1]),
      firstNumber: Number(match?.[2]),
    }))
    .sort((a, b) => a.index - b.index);
}

export interface SegmentScan {
  readonly header: SegmentHeader | undefined;
  /** End of the last whole frame. */
  readonly end: number;
  readonly size: number;
  /** Highest number of a record; 0 where there is none. */
  readonly lastNumber: number;
  readonly damage: readonly Damage[];
}

/** Reads a whole segment and shows each frame. */
export function scanSegment(
  files: JournalFiles,
  segment: Segment,
  onFrame: (frame: Frame) => void = () => undefined,
): SegmentScan {
  const file = files.open(segment.path, "read");
  try {
    const damage: Damage[] = [];
    let header: SegmentHeader | undefined;
    let end = 0;
    let lastNumber = 0;
    for (const frame of scanFrames(files, file, 0, (found) => damage.push(found))) {
      end = frame.end;
      if (frame.kind === frameKind.header) header ??= readHeader(frame);
      else {
        if (frame.kind === frameKind.record) lastNumber = Math.max(lastNumber, frame.number);
        onFrame(frame);
      }
    }
    return { header, end, size: files.size(file), lastNumber, damage };
  } finally {
    files.close(file);
  }
}

/** Undefined where the frame holds none. */
export function readHeader(frame: Frame): SegmentHeader | undefined {
  try {
    return JSON.parse(Buffer.from(frame.bytes).toString()) as SegmentHeader;
  } catch {
    return undefined;
  }
}

/** The header of a segment, without reading on; undefined where it is damaged. */
export function headerOf(files: JournalFiles, segment: Segment): SegmentHeader | undefined {
  const file = files.open(segment.path, "read");
  try {
    const first = scanFrames(files, file, 0, () => undefined).next();
    return first.done === true || first.value.kind !== frameKind.header ? undefined : readHeader(first.value);
  } finally {
    files.close(file);
  }
}

/** Damage in one file. */
export interface SegmentDamage extends Damage {
  readonly path: string;
}

export interface ReadOptions {
  readonly files?: JournalFiles;
  readonly onDamage?: (damage: SegmentDamage) => void;
}

/**
 * The records of a journal from number `from` on, each number once, rising. May be called while another process writes:
 * an unfinished frame at the end of the last segment is not yet there, and segments removed meanwhile are passed by.
 */
export function* readJournal(
  folder: string,
  from = 1,
  { files = realFiles, onDamage }: ReadOptions = {},
): Generator<Frame, void> {
  const segments = listSegments(files, folder);
  let reached = from - 1;
  for (const [place, segment] of segments.entries()) {
    const next = segments[place + 1];
    if (next !== undefined && next.firstNumber <= from) continue;
    const file = openIfThere(files, segment.path);
    if (file === undefined) continue;
    const report = (damage: Damage) => {
      if (next !== undefined || !damage.atEnd) onDamage?.({ ...damage, path: segment.path });
    };
    try {
      for (const frame of scanFrames(files, file, 0, report)) {
        if (frame.kind !== frameKind.record || frame.number <= reached) continue;
        reached = frame.number;
        yield frame;
      }
    } finally {
      files.close(file);
    }
  }
}

function openIfThere(files: JournalFiles, path: string): number | undefined {
  try {
    return files.open(path, "read");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
