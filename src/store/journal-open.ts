import type { JournalFiles } from "./journal-files.ts";
import type { Frame } from "./journal-frame.ts";
import {
  headerOf,
  JOURNAL_FORMAT,
  listSegments,
  type Segment,
  type SegmentHeader,
  type SegmentScan,
  scanSegment,
} from "./journal-segments.ts";

export interface OpenOptions {
  /** What the journal holds, e.g. `alerts`; a folder that holds something else is refused. */
  readonly content: string;
  /** Version of the records that this build writes; records of later versions are refused. */
  readonly contentVersion: number;
  /** Sees the frames of the last segments as the journal is opened, in order. */
  readonly onFrame?: (frame: Frame) => void;
  /** How many of the last segments `onFrame` sees; 1 where absent. */
  readonly segmentsSeen?: number;
}

/** Something that was put right when a journal was opened. */
export interface JournalRepair {
  readonly path: string;
  readonly message: string;
}

/** A journal cannot be used; the message is a sentence for people. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

export interface OpenSegment extends Segment {
  bytes: number;
  /** Unix time, ms; undefined where the head is damaged. */
  readonly createdAtMs: number | undefined;
}

/** Looks the segments of a folder over: all by their heads, the last ones whole. */
export function openSegments(
  folder: string,
  options: OpenOptions,
  files: JournalFiles,
  repairs: JournalRepair[],
): { readonly segments: OpenSegment[]; readonly newest: number } {
  const listed = listSegments(files, folder);
  const seenFrom = listed.length - (options.segmentsSeen ?? 1);
  const segments: OpenSegment[] = [];
  let newest = 0;
  for (const [place, segment] of listed.entries()) {
    const isLast = place === listed.length - 1;
    newest = Math.max(newest, segment.firstNumber - 1);
    if (place < seenFrom && !isLast) {
      const header = headerOf(files, segment);
      checkHeader(segment, header, options);
      segments.push({ ...segment, bytes: sizeOf(files, segment), createdAtMs: header?.createdAtMs });
      continue;
    }
    const scan = scanSegment(files, segment, options.onFrame);
    checkHeader(segment, scan.header, options);
    newest = Math.max(newest, scan.lastNumber);
    const kept = isLast ? mend(files, segment, scan, repairs) : scan.size;
    const createdAtMs = scan.header?.createdAtMs;
    if (!isLast || kept > 0) segments.push({ ...segment, bytes: kept, createdAtMs });
    for (const damage of scan.damage) {
      if (isLast && damage.atEnd) continue;
      repairs.push({
        path: segment.path,
        message: `${damage.bytes} bytes at ${damage.offset} are damaged and were passed by`,
      });
    }
  }
  return { segments, newest };
}

function sizeOf(files: JournalFiles, segment: Segment): number {
  const file = files.open(segment.path, "read");
  try {
    return files.size(file);
  } finally {
    files.close(file);
  }
}

/** Cuts off what an interrupted write has left; a segment without a whole frame goes. Answers the size that is left. */
function mend(files: JournalFiles, segment: Segment, scan: SegmentScan, repairs: JournalRepair[]): number {
  if (scan.end === 0) {
    files.remove(segment.path);
    repairs.push({
      path: segment.path,
      message: `it held nothing whole in ${scan.size} bytes and was removed`,
    });
    return 0;
  }
  if (scan.end === scan.size) return scan.size;
  const file = files.open(segment.path, "write");
  try {
    files.truncate(file, scan.end);
  } finally {
    files.close(file);
  }
  repairs.push({
    path: segment.path,
    message: `its end was torn: ${scan.size - scan.end} bytes of an interrupted write were cut off`,
  });
  return scan.end;
}

function checkHeader(segment: Segment, header: SegmentHeader | undefined, options: OpenOptions): void {
  // A damaged head says nothing against the records behind it.
  if (header === undefined) return;
  if (header.format > JOURNAL_FORMAT || header.contentVersion > options.contentVersion) {
    throw new JournalError(`${segment.path} was written by a later version of Roadpulse; use that one.`);
  }
  if (header.content !== options.content) {
    throw new JournalError(`${segment.path} holds ${header.content}, not ${options.content}.`);
  }
}
