import { expect, test } from "vitest";
import { movedToNow } from "../../src/cli/moved-to-now.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import type { RecordedRecord } from "../../src/recording/reader.ts";
import { decodeIngestFrame, encodeIngestFrame } from "../../src/wire/ingest-frame.ts";

const RECORDED_MS = 1_700_000_000_000;
const NOW_MS = 1_800_000_000_000;
/** Time between a station's measurement and its reception. */
const DELAY_MS = 80;

function message(atMs: number): RecordedRecord {
  const bytes = encodeIngestFrame({ base_time_unix_ms: atMs - DELAY_MS, items: [{ station_id: 7 }] });
  return { kind: "message", receivedAtMs: atMs, slot: 1, bytes };
}

async function* recording(): AsyncGenerator<readonly RecordedRecord[]> {
  yield [{ kind: "session-opened", receivedAtMs: RECORDED_MS, slot: 1 }, message(RECORDED_MS + 100)];
  yield [message(RECORDED_MS + 10_000)];
}

async function played(speed: number, loop: number): Promise<{ baseTimesMs: number[]; stationIds: number[] }> {
  const baseTimesMs: number[] = [];
  const stationIds: number[] = [];
  for await (const batch of movedToNow(recording(), speed, loop, () => NOW_MS)) {
    for (const record of batch) {
      if (record.kind !== "message") continue;
      const frame = decodeIngestFrame(record.bytes);
      if (isRejection(frame)) throw new Error("unreadable frame");
      baseTimesMs.push(Number(frame.base_time_unix_ms));
      stationIds.push(frame.items?.[0]?.station_id ?? 0);
    }
  }
  return { baseTimesMs, stationIds };
}

test("at speed 1 every frame is as old on arrival as it was when recorded", async () => {
  expect((await played(1, 0)).baseTimesMs).toEqual([NOW_MS + 100 - DELAY_MS, NOW_MS + 10_000 - DELAY_MS]);
});

test("at speed 10 no frame lies in the future", async () => {
  expect((await played(10, 0)).baseTimesMs).toEqual([NOW_MS + 10 - DELAY_MS, NOW_MS + 1_000 - DELAY_MS]);
});

test("later loops have other stations", async () => {
  const first = (await played(1, 0)).stationIds;
  const second = (await played(1, 1)).stationIds;
  expect(first).toEqual([7, 7]);
  expect(second[0]).toBe(second[1]);
  expect(second[0]).not.toBe(7);
});
