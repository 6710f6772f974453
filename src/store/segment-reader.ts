import type { JournalFiles } from "./journal-files.ts";
import { type Frame, frameKind, scanFrames } from "./journal-frame.ts";
import type { OpenSegment } from "./journal-open.ts";

/** Where every so manieth record of a segment stands. */
interface Places {
  readonly numbers: number[];
  readonly offsets: number[];
  /** Looked through up to here. */
  end: number;
  records: number;
}

/** A record is found by scanning this many at most. */
const RECORDS_PER_PLACE = 64;

/** Segments whose places are remembered; looking one through takes 10 to 20 ms. */
const MAX_SEGMENTS = 8;

/** Reads ranges of records out of the segments of a journal that is open. */
export class SegmentReader {
  readonly #files: JournalFiles;
  /** In the order of their last use. */
  readonly #places = new Map<string, Places>();

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  forget(path: string): void {
    this.#places.delete(path);
  }

  read(segments: readonly OpenSegment[], from: number, to: number): Frame[] {
    const found: Frame[] = [];
    let reached = from - 1;
    for (const [index, segment] of segments.entries()) {
      const next = segments[index + 1];
      if (segment.firstNumber > to) break;
      if (next !== undefined && next.firstNumber <= from) continue;
      const file = this.#files.open(segment.path, "read");
      try {
        for (const frame of scanFrames(
          this.#files,
          file,
          this.#placeOf(file, segment, from),
          () => undefined,
        )) {
          if (frame.kind !== frameKind.record || frame.number <= reached) continue;
          if (frame.number > to) break;
          reached = frame.number;
          found.push(frame);
        }
      } finally {
        this.#files.close(file);
      }
    }
    return found;
  }

  /** Where to begin to look for a number. */
  #placeOf(file: number, segment: OpenSegment, number: number): number {
    const places = this.#placesOf(file, segment);
    let low = 0;
    let high = places.numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places.numbers[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return places.offsets[low - 1] ?? 0;
  }

  #placesOf(file: number, segment: OpenSegment): Places {
    const places = this.#places.get(segment.path) ?? { numbers: [], offsets: [], end: 0, records: 0 };
    this.#places.delete(segment.path);
    this.#places.set(segment.path, places);
    const [eldest] = this.#places.keys();
    if (this.#places.size > MAX_SEGMENTS && eldest !== undefined) this.#places.delete(eldest);
    if (places.end >= segment.bytes) return places;
    for (const frame of scanFrames(this.#files, file, places.end, () => undefined)) {
      places.end = frame.end;
      if (frame.kind !== frameKind.record) continue;
      if (places.records++ % RECORDS_PER_PLACE > 0) continue;
      places.numbers.push(frame.number);
      places.offsets.push(frame.offset);
    }
    return places;
  }
}
