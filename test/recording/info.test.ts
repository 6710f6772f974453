import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { recordingInfo } from "../../src/recording/info.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { helloFrame, message, motionFrame, START_MS, scratchFile, someRecords, write } from "./support.ts";

test("counts topics, kinds of record and item, and sources", async () => {
  const file = scratchFile();
  const hazard = { event: { originating_station_id: 5 }, cause_code: 94 };
  await write(
    file,
    [
      ...someRecords(10),
      message(START_MS + 200, 3, motionFrame(1, START_MS)),
      { kind: "session-opened", receivedAtMs: START_MS + 200, slot: 1 },
      message(START_MS + 200, 1, helloFrame("rsu-1")),
      message(
        START_MS + 250,
        1,
        encodeIngestFrame({ items: [{ station_id: 5, hazard }, { station_id: 5 }] }),
      ),
      message(START_MS + 300, 1, Uint8Array.from([0xff])),
    ],
    { provenance: { version: "0.1.0" } },
  );

  const info = await recordingInfo(file);

  expect(info).toMatchObject({
    path: file,
    bytes: statSync(file).size,
    firstReceivedAtMs: START_MS,
    lastReceivedAtMs: START_MS + 300,
    durationMs: 300,
    topics: { "/ingest/frames": 16, "/ingest/sessions": 6 },
    records: { message: 16, "session-closed": 2, "session-opened": 3, shed: 1 },
    items: { awareness: 11, hazard: 1, malformed: 1, none: 1 },
    provenance: { version: "0.1.0", layout: "1" },
    warnings: [],
  });
  expect(
    info.sources.map(({ name, sessions, messages, items }) => [name, sessions, messages, items]),
  ).toEqual([
    ["no-hello", 0, 1, 1],
    ["rsu-1", 2, 9, 7],
    ["rsu-2", 1, 6, 5],
  ]);
});

test("an empty recording has no times", async () => {
  const file = scratchFile();
  await write(file, []);

  expect(await recordingInfo(file)).toMatchObject({
    durationMs: 0,
    records: {},
    sources: [],
    firstReceivedAtMs: undefined,
  });
});
