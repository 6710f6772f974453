import { type FileHandle, open } from "node:fs/promises";
import { McapIndexedReader } from "@mcap/core";
import { toMilliseconds } from "./layout.ts";
import { readRecording } from "./reader.ts";

/** First and last receive time, Unix ms. */
export interface RecordingSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A file without an end is read whole up to this size; it takes some seconds. */
const MAX_WHOLE_BYTES = 512 * 1024 * 1024;

/**
 * When a recording begins and ends, from its summary; of a file without one, whose writer was killed, from all of it.
 * Undefined where it holds nothing or is too large to be read whole. Rejects where it cannot be opened or read.
 */
export async function recordingSpan(path: string): Promise<RecordingSpan | undefined> {
  const file = await open(path);
  let bytes = 0;
  try {
    bytes = (await file.stat()).size;
    const reader = await McapIndexedReader.Initialize({ readable: readableOf(file, bytes) });
    const { messageStartTime, messageEndTime, messageCount } = reader.statistics ?? {};
    if (messageStartTime !== undefined && messageEndTime !== undefined && messageCount !== 0n)
      return { fromMs: toMilliseconds(messageStartTime), toMs: toMilliseconds(messageEndTime) };
  } catch {
    // A torn end: below.
  } finally {
    await file.close();
  }
  return bytes <= MAX_WHOLE_BYTES ? await spanOfAll(path) : undefined;
}

function readableOf(file: FileHandle, bytes: number) {
  return {
    size: () => Promise.resolve(BigInt(bytes)),
    async read(offset: bigint, length: bigint): Promise<Uint8Array> {
      const buffer = new Uint8Array(Number(length));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, Number(offset));
      if (bytesRead < buffer.length) throw new Error("the file is shorter than its summary says");
      return buffer;
    },
  };
}

async function spanOfAll(path: string): Promise<RecordingSpan | undefined> {
  let fromMs: number | undefined;
  let toMs = 0;
  for await (const batch of readRecording(path)) {
    fromMs ??= batch[0]?.receivedAtMs;
    toMs = batch.at(-1)?.receivedAtMs ?? toMs;
  }
  return fromMs === undefined ? undefined : { fromMs, toMs };
}
