import type { RecordedRecord } from "../recording/reader.ts";
import { rebaseFrame } from "../recording/rebase.ts";

/**
 * The same records with the times of their frames moved so that the recording happens now, at `speed`. Receive times
 * stay: they pace the replay. The shift of each frame follows from its receive time, so that nothing lies in the future
 * at speeds above 1.
 *
 * @param loop which time the recording is played; from 1 on all stations get new ids
 * @param nowMs wall clock, Unix ms
 */
export async function* movedToNow(
  batches: AsyncIterable<readonly RecordedRecord[]>,
  speed: number,
  loop: number,
  nowMs: () => number = Date.now,
): AsyncGenerator<readonly RecordedRecord[]> {
  let startMs: number | undefined;
  let startedAtMs = 0;
  for await (const batch of batches) {
    if (startMs === undefined) {
      startMs = batch[0]?.receivedAtMs;
      startedAtMs = nowMs();
    }
    const recordedStartMs = startMs ?? 0;
    yield batch.map((record) => {
      if (record.kind !== "message") return record;
      const playedAtMs = startedAtMs + (record.receivedAtMs - recordedStartMs) / speed;
      const shiftMs = Math.round(playedAtMs - record.receivedAtMs);
      return { ...record, bytes: rebaseFrame(record.bytes, { shiftMs, loop }) };
    });
  }
}
