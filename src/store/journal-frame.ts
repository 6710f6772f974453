import { crc32 } from "node:zlib";
import type { JournalFiles } from "./journal-files.ts";

/**
 * One frame of a journal, little-endian:
 *
 *   marker 4 | payload length 4 | number 6 | kind 1 | 0 | CRC-32 of length, number, kind and payload 4 | payload
 *
 * The marker lets a reader find the next whole frame behind damage; its first byte occurs in no UTF-8 text.
 */
export const FRAME_HEADER_BYTES = 20;
const MARKER = Buffer.from([0xf5, 0x52, 0x50, 0x4a]);
const LENGTH_AT = 4;
const NUMBER_AT = 8;
const NUMBER_BYTES = 6;
const KIND_AT = 14;
const CRC_AT = 16;

/** A length beyond this is damage, not a frame. */
export const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** `header` begins every segment, `record` is what was appended, `aside` repeats a record under its old number. */
export const frameKind = { header: 0, record: 1, aside: 2 } as const;

export interface Frame {
  readonly number: number;
  readonly kind: number;
  readonly bytes: Uint8Array;
  /** Where the frame begins and ends in its file. */
  readonly offset: number;
  readonly end: number;
}

/** Writes a frame into `target`, which has room for it, and answers where it ends. */
export function writeFrame(
  target: Buffer,
  at: number,
  kind: number,
  number: number,
  payload: Uint8Array,
): number {
  MARKER.copy(target, at);
  target.writeUInt32LE(payload.length, at + LENGTH_AT);
  target.writeUIntLE(number, at + NUMBER_AT, NUMBER_BYTES);
  target.writeUInt16LE(kind, at + KIND_AT);
  target.set(payload, at + FRAME_HEADER_BYTES);
  const end = at + FRAME_HEADER_BYTES + payload.length;
  target.writeUInt32LE(checksum(target, at, end), at + CRC_AT);
  return end;
}

function checksum(bytes: Buffer, at: number, end: number): number {
  return crc32(
    bytes.subarray(at + FRAME_HEADER_BYTES, end),
    crc32(bytes.subarray(at + LENGTH_AT, at + CRC_AT)),
  );
}

/** Bytes that are no frame, between two frames or at the end of a file. */
export interface Damage {
  readonly offset: number;
  readonly bytes: number;
  /** True where no whole frame follows: an interrupted write looks like this. */
  readonly atEnd: boolean;
}

const WINDOW_BYTES = 128 * 1024;

/**
 * The whole frames of a file in their order, from `offset` on. What is no frame is passed by and reported. The bytes of
 * frames stay valid.
 */
export function* scanFrames(
  files: JournalFiles,
  file: number,
  offset: number,
  onDamage: (damage: Damage) => void,
): Generator<Frame, void> {
  const window = new Window(files, file, offset);
  let damagedFrom: number | undefined;
  for (;;) {
    const frame = window.frame();
    if (frame === undefined) {
      if (window.isAtEnd) break;
      damagedFrom ??= window.position;
      if (!window.skipToMarker()) break;
      continue;
    }
    if (damagedFrom !== undefined) {
      onDamage({ offset: damagedFrom, bytes: frame.offset - damagedFrom, atEnd: false });
      damagedFrom = undefined;
    }
    yield frame;
  }
  if (damagedFrom !== undefined) {
    onDamage({ offset: damagedFrom, bytes: window.fileEnd - damagedFrom, atEnd: true });
  }
}

/** The part of a file that is in memory. */
class Window {
  readonly #files: JournalFiles;
  readonly #file: number;
  #bytes: Buffer = Buffer.alloc(0);
  /** Place of the first byte in the file. */
  #base: number;
  #at = 0;
  #reachedEnd = false;

  constructor(files: JournalFiles, file: number, offset: number) {
    this.#files = files;
    this.#file = file;
    this.#base = offset;
  }

  get position(): number {
    return this.#base + this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length && !this.#fill(1);
  }

  get fileEnd(): number {
    return this.#base + this.#bytes.length;
  }

  /** The frame here, after which the window stands behind it; undefined where there is none. */
  frame(): Frame | undefined {
    if (!this.#fill(FRAME_HEADER_BYTES)) return undefined;
    const bytes = this.#bytes;
    if (MARKER.compare(bytes, this.#at, this.#at + MARKER.length) !== 0) return undefined;
    const length = bytes.readUInt32LE(this.#at + LENGTH_AT);
    if (length > MAX_PAYLOAD_BYTES || !this.#fill(FRAME_HEADER_BYTES + length)) return undefined;
    return this.#take(length);
  }

  /** False where no further marker is in the file; then the window stands at its end. */
  skipToMarker(): boolean {
    this.#at++;
    for (;;) {
      const found = this.#bytes.indexOf(MARKER, this.#at);
      if (found >= 0) {
        this.#at = found;
        return true;
      }
      // The marker may begin in the last bytes of the window.
      this.#at = Math.max(this.#at, this.#bytes.length - MARKER.length + 1);
      if (!this.#fill(MARKER.length)) {
        this.#at = this.#bytes.length;
        return false;
      }
    }
  }

  #take(length: number): Frame | undefined {
    const bytes = this.#bytes;
    const at = this.#at;
    const end = at + FRAME_HEADER_BYTES + length;
    if (bytes.readUInt32LE(at + CRC_AT) !== checksum(bytes, at, end)) return undefined;
    this.#at = end;
    return {
      number: bytes.readUIntLE(at + NUMBER_AT, NUMBER_BYTES),
      kind: bytes.readUInt16LE(at + KIND_AT),
      bytes: bytes.subarray(at + FRAME_HEADER_BYTES, end),
      offset: this.#base + at,
      end: this.#base + end,
    };
  }

  /** Reads on until so many bytes stand behind the position. Earlier bytes are not overwritten: frames refer to them. */
  #fill(needed: number): boolean {
    while (this.#bytes.length - this.#at < needed) {
      if (this.#reachedEnd) return false;
      const left = this.#bytes.subarray(this.#at);
      const next = Buffer.allocUnsafeSlow(Math.max(WINDOW_BYTES, needed));
      next.set(left);
      const read = this.#files.read(
        this.#file,
        next,
        left.length,
        next.length - left.length,
        this.#base + this.#bytes.length,
      );
      this.#reachedEnd = read === 0;
      this.#base += this.#at;
      this.#at = 0;
      this.#bytes = next.subarray(0, left.length + read);
    }
    return true;
  }
}
