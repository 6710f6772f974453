import { isRejection } from "../../../src/domain/rejection.ts";
import { type ImportInput, unpacked } from "../../../src/recording/import/input.ts";
import { decodeIngestFrame, type WireIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { readBack } from "../support.ts";

/** Bytes as input, in pieces of the given size: borders must not matter. */
export function inputOf(bytes: Uint8Array | string, pieceBytes = 1_000): ImportInput {
  const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < all.length; at += pieceBytes) yield all.subarray(at, at + pieceBytes);
  }
  return unpacked("the test", pieces(), all.length);
}

export interface ReadFrame {
  readonly receivedAtMs: number;
  readonly slot: number;
  readonly frame: WireIngestFrame;
}

/** Frames of a recording that carry items. */
export async function framesOf(path: string): Promise<ReadFrame[]> {
  const { records } = await readBack(path);
  return records.flatMap((record) => {
    if (record.kind !== "message") return [];
    const frame = decodeIngestFrame(record.bytes);
    if (isRejection(frame)) throw new Error(frame.rejected);
    return frame.hello ? [] : [{ receivedAtMs: record.receivedAtMs, slot: record.slot, frame }];
  });
}
