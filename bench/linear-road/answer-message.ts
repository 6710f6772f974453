import { ANSWER_FIELDS } from "./answers.ts";

// Fields of Answers in linear-road.proto.
const FRAME_SEQ = 1 << 3;
const ROWS = (2 << 3) | 2;
const HEAD_BYTES = 12;
const INT_BYTES = 4;

/**
 * Encodes rows of answers. Packed fixed numbers of protobuf lie in memory as typed arrays do on the machines that Node runs
 * on (little-endian), so the rows are copied as a whole.
 */
export function encodeAnswers(frameSeq: number, rows: Int32Array, count: number): Uint8Array {
  const body = count * ANSWER_FIELDS * INT_BYTES;
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + body);
  let at = 0;
  bytes[at++] = FRAME_SEQ;
  at = writeVarint(bytes, at, frameSeq);
  bytes[at++] = ROWS;
  at = writeVarint(bytes, at, body);
  bytes.set(new Uint8Array(rows.buffer, rows.byteOffset, body), at);
  return bytes.subarray(0, at + body);
}

function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at++] = rest;
  return at;
}

/** Rows of answers as they arrive. */
export class AnswerReader {
  frameSeq = 0;
  rows = new Int32Array(1_024);
  count = 0;

  /** @throws Error where the bytes are no Answers */
  read(bytes: Uint8Array): void {
    this.frameSeq = 0;
    this.count = 0;
    let at = 0;
    const varint = (): number => {
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error("a message of answers ends too early");
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
        scale *= 0x80;
      }
    };
    while (at < bytes.length) {
      const field = varint();
      if (field === FRAME_SEQ) this.frameSeq = varint();
      else if (field === ROWS) {
        const length = varint();
        this.#take(bytes.subarray(at, at + length), length);
        at += length;
      } else throw new Error(`a message of answers has a field ${field >> 3}`);
    }
  }

  #take(body: Uint8Array, length: number): void {
    if (body.length !== length || length % (ANSWER_FIELDS * INT_BYTES) !== 0) {
      throw new Error("a message of answers has broken rows");
    }
    const integers = length / INT_BYTES;
    if (integers > this.rows.length) this.rows = new Int32Array(integers * 2);
    new Uint8Array(this.rows.buffer).set(body);
    this.count = integers / ANSWER_FIELDS;
  }
}
