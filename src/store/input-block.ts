import type { MessageRecord, OutageRecord, StreamRecord } from "../domain/record.ts";

/** What a journal of inputs holds: everything that entered the pipeline but ticks, which follow from the times. */
export type InputRecord = Exclude<StreamRecord, { kind: "tick" }>;

/** Records that were handed to the operating system together. */
export interface InputBlock {
  /** Time had gone on to here when they were, Unix ms: ticks up to it were processed. */
  readonly throughMs: number;
  readonly records: readonly InputRecord[];
}

/**
 * A block, little-endian: throughMs f64 | records. A record: kind u8 | receivedAtMs f64 | slot u32 and
 * what its kind has: a message length u32 and bytes, a shed count u32, texts length u16 and UTF-8, an outage f64.
 */
const HEAD_BYTES = 8;
const RECORD_BYTES = 13;
const kind = { message: 1, opened: 2, closed: 3, shed: 4, outage: 5 } as const;

const FIRST_BYTES = 64 * 1024;

/** Collects records; their bytes are copied. */
export class BlockWriter {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = HEAD_BYTES;

  get isEmpty(): boolean {
    return this.#length === HEAD_BYTES;
  }

  get byteLength(): number {
    return this.#length;
  }

  add(record: InputRecord): void {
    if (record.kind === "message") return this.#addMessage(record);
    if (record.kind === "outage") return this.#addOutage(record);
    const text = Buffer.from("reason" in record ? record.reason : "");
    this.#begin(kindOf(record), record.receivedAtMs, record.slot, text.length + 6);
    if (record.kind === "session-opened") return;
    if (record.kind === "shed") this.#length = this.#bytes.writeUInt32LE(record.items, this.#length);
    this.#length = this.#bytes.writeUInt16LE(text.length, this.#length);
    this.#length += text.copy(this.#bytes, this.#length);
  }

  /** The block; valid until the next record is added. Begins anew. */
  take(throughMs: number): Uint8Array {
    this.#bytes.writeDoubleLE(throughMs, 0);
    const block = this.#bytes.subarray(0, this.#length);
    this.#length = HEAD_BYTES;
    return block;
  }

  #addMessage({ receivedAtMs, slot, bytes }: MessageRecord): void {
    this.#begin(kind.message, receivedAtMs, slot, bytes.length + 4);
    this.#length = this.#bytes.writeUInt32LE(bytes.length, this.#length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #addOutage({ receivedAtMs, untilMs }: OutageRecord): void {
    this.#begin(kind.outage, receivedAtMs, 0, 8);
    this.#length = this.#bytes.writeDoubleLE(untilMs, this.#length);
  }

  #begin(code: number, receivedAtMs: number, slot: number, more: number): void {
    const needed = this.#length + RECORD_BYTES + more;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = code;
    this.#bytes.writeDoubleLE(receivedAtMs, this.#length + 1);
    this.#bytes.writeUInt32LE(slot, this.#length + 9);
    this.#length += RECORD_BYTES;
  }
}

function kindOf(record: Exclude<InputRecord, { kind: "message" | "outage" }>): number {
  if (record.kind === "session-opened") return kind.opened;
  return record.kind === "session-closed" ? kind.closed : kind.shed;
}

/**
 * The inverse of `BlockWriter`. Messages refer to the bytes given.
 * @throws Error on bytes that it cannot have written
 */
export function readBlock(bytes: Uint8Array): InputBlock {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: InputRecord[] = [];
  let at = HEAD_BYTES;
  while (at < block.length) {
    const code = block[at];
    const receivedAtMs = block.readDoubleLE(at + 1);
    const slot = block.readUInt32LE(at + 9);
    at += RECORD_BYTES;
    if (code === kind.message) {
      const length = block.readUInt32LE(at);
      if (at + 4 + length > block.length) throw new Error("a message reaches beyond its block");
      records.push({ kind: "message", receivedAtMs, slot, bytes: block.subarray(at + 4, at + 4 + length) });
      at += 4 + length;
    } else if (code === kind.opened) {
      records.push({ kind: "session-opened", receivedAtMs, slot });
    } else if (code === kind.outage) {
      records.push({ kind: "outage", receivedAtMs, untilMs: block.readDoubleLE(at) });
      at += 8;
    } else if (code === kind.closed || code === kind.shed) {
      const items = code === kind.shed ? block.readUInt32LE(at) : 0;
      if (code === kind.shed) at += 4;
      const length = block.readUInt16LE(at);
      const reason = block.toString("utf8", at + 2, at + 2 + length);
      at += 2 + length;
      if (code === kind.shed) records.push({ kind: "shed", receivedAtMs, slot, items, reason });
      else records.push({ kind: "session-closed", receivedAtMs, slot, reason });
    } else {
      throw new Error(`a record of unknown kind ${code}`);
    }
  }
  return { throughMs: block.readDoubleLE(0), records };
}
