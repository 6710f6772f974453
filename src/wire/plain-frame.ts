import { MAX_FRAME_BYTES, MAX_FRAME_ITEMS } from "./ingest-frame.ts";

// Tags of stream/v1/frame.proto.
const BASE_TIME = 1 << 3;
const FRAME_SEQ = 2 << 3;
const ITEM = (3 << 3) | 2;
const SCHEMA_MINOR = 5 << 3;
const WANT_RECEIPT = 6 << 3;

const MAX_UINT32 = 0xffffffff;

/** Bytes of the largest number read: 49 bits reach the year 19,800. */
const MAX_NUMBER_BYTES = 7;

/**
 * An IngestFrame of items only, without a hello or a subscription: where its items stand. As `PlainMessage`, it leaves
 * everything unusual to protobufjs.
 */
export class PlainFrame {
  baseTimeUnixMs = 0;
  frameSeq = 0;
  wantReceipt = false;
  items = 0;
  /** Of each item: its first byte, and the one behind its last. */
  readonly starts = new Int32Array(MAX_FRAME_ITEMS);
  readonly ends = new Int32Array(MAX_FRAME_ITEMS);
  #position = 0;

  /** False where the frame is not plain; what was read is then of no use. */
  read(bytes: Uint8Array): boolean {
    if (bytes.length > MAX_FRAME_BYTES) return false;
    this.baseTimeUnixMs = 0;
    this.frameSeq = 0;
    this.wantReceipt = false;
    this.items = 0;
    this.#position = 0;
    while (this.#position < bytes.length) {
      const tag = bytes[this.#position++] as number;
      const value = this.#number(bytes);
      if (value < 0 || !this.#take(tag, value, bytes.length)) return false;
    }
    return true;
  }

  #take(tag: number, value: number, end: number): boolean {
    if (tag === ITEM) return this.#takeItem(value, end);
    if (tag === BASE_TIME) this.baseTimeUnixMs = value;
    else if (value > MAX_UINT32) return false;
    else if (tag === FRAME_SEQ) this.frameSeq = value;
    else if (tag === WANT_RECEIPT) this.wantReceipt = value !== 0;
    else return tag === SCHEMA_MINOR;
    return true;
  }

  #takeItem(length: number, end: number): boolean {
    const stop = this.#position + length;
    if (stop > end || this.items === MAX_FRAME_ITEMS) return false;
    this.starts[this.items] = this.#position;
    this.ends[this.items] = stop;
    this.items++;
    this.#position = stop;
    return true;
  }

  /** The next number; −1 where it is longer than any of ours or cut off. */
  #number(bytes: Uint8Array): number {
    const { length } = bytes;
    let at = this.#position;
    if (at >= length) return -1;
    const first = bytes[at++] as number;
    if (first < 0x80) {
      this.#position = at;
      return first;
    }
    let value = first & 0x7f;
    let unit = 0x80;
    for (const end = Math.min(length, at + MAX_NUMBER_BYTES - 1); at < end; at++) {
      const byte = bytes[at] as number;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        this.#position = at + 1;
        return value;
      }
      unit *= 0x80;
    }
    return -1;
  }
}
