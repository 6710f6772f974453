import { playOnRecordedClock, playThroughSessions } from "../client/replay-client.ts";
import type { RecordedRecord } from "../recording/reader.ts";
import { rebaseFrame } from "../recording/rebase.ts";

type Batches = AsyncIterable<readonly RecordedRecord[]>;

/**
 * The same records with the times of their frames moved so that the recording happens now, at `speed`. Receive times stay:
 * they pace the replay. The shift of each frame follows from its receive time, so that nothing lies in the future at
 * speeds above 1.
 *
 * @param loop which time the recording is played; from 1 on all stations get new ids
 */
export async function* movedToNow(
  batches: Batches,
  speed: number,
  loop: number,
  nowMs: () => number = Date.now,
): AsyncGenerator<readonly RecordedRecord[]> {
  let recordedStartMs: number | undefined;
  let startedAtMs = 0;
  for await (const batch of batches) {
    const first = batch[0];
    if (recordedStartMs === undefined && first !== undefined) {
      recordedStartMs = first.receivedAtMs;
      startedAtMs = nowMs();
    }
    const startMs = recordedStartMs ?? 0;
    yield batch.map((record) => {
      if (record.kind !== "message") return record;
      const playedAtMs = startedAtMs + (record.receivedAtMs - startMs) / speed;
      const shiftMs = Math.round(playedAtMs - record.receivedAtMs);
      return { ...record, bytes: rebaseFrame(record.bytes, { shiftMs, loop }) };
    });
  }
}

export { playOnRecordedClock, playThroughSessions };
