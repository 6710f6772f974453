import { clientHeadBytes, writeClientHead } from "../load/lean-socket.ts";
import type { InputRecord } from "./recording.ts";

/**
 * A record on the wire of this benchmark: its kind, its session slot and its recorded receive time stand before a frame's
 * bytes, for both programs alike. Without them the two would stamp the same message with different times, and their
 * alerts could not be compared byte by byte.
 */
export const HEAD_BYTES = 11;

const KINDS = ["message", "session-opened", "session-closed"] as const;
/** The sender has sent a segment: what is measured ends here. */
export const MARK = 255;
const NO_BYTES = new Uint8Array();

/** The records as WebSocket frames of a client, in large pieces: what they share is one write. */
export function framesOf(records: readonly InputRecord[], pieceBytes: number): Buffer[] {
  const pieces: Buffer[] = [];
  let piece: Buffer[] = [];
  let bytes = 0;
  for (const record of records) {
    const frame = frameOf(KINDS.indexOf(record.kind as (typeof KINDS)[number]), record);
    piece.push(frame);
    bytes += frame.length;
    if (bytes < pieceBytes) continue;
    pieces.push(Buffer.concat(piece));
    piece = [];
    bytes = 0;
  }
  piece.push(frameOf(MARK, { slot: 0, receivedAtMs: 0 }));
  pieces.push(Buffer.concat(piece));
  return pieces;
}

type Head = { readonly slot: number; readonly receivedAtMs: number; readonly bytes?: Uint8Array };

function frameOf(kind: number, { slot, receivedAtMs, bytes = NO_BYTES }: Head): Buffer {
  if (kind < 0) throw new Error("a record of a kind that the twin does not know");
  const length = HEAD_BYTES + bytes.length;
  const headBytes = clientHeadBytes(length);
  const frame = Buffer.allocUnsafe(headBytes + length);
  writeClientHead(frame, length);
  frame.writeUInt8(kind, headBytes);
  frame.writeUInt16LE(slot, headBytes + 1);
  frame.writeDoubleLE(receivedAtMs, headBytes + 3);
  frame.set(bytes, headBytes + HEAD_BYTES);
  return frame;
}

/** The record in a message; undefined for the mark at a segment's end. */
export function readEnvelope(message: Uint8Array): InputRecord | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  const kind = view.getUint8(0);
  if (kind === MARK) return undefined;
  const slot = view.getUint16(1, true);
  const receivedAtMs = view.getFloat64(3, true);
  if (kind === 1) return { kind: "session-opened", receivedAtMs, slot };
  if (kind === 2) return { kind: "session-closed", receivedAtMs, slot, reason: "1000" };
  return { kind: "message", receivedAtMs, slot, bytes: message.subarray(HEAD_BYTES) };
}
