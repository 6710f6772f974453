import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { importLoops } from "../../../src/recording/import/loops.ts";
import { scratchFile } from "../support.ts";
import { framesOf } from "./import-support.ts";

const MINUTE = "2024-03-15 14:41:00.0";
const MINUTE_MS = Date.parse("2024-03-15T14:41:00Z");

function line(point: string, lane: number, values: Record<string, unknown>, timestamp = MINUTE): string {
  const body = { lat: 51.44443, long: 5.42692, accuracy: 100, timestamp, num_lanes: 2, ...values };
  return `au/1/5/u/${point}/lane${lane}= ${JSON.stringify(body)}`;
}

/** One point with two lanes, another with one, in the order in which files come. */
const LINES = [
  line("POINT_A", 2, { speed: 89 }),
  line("POINT_A", 1, { flow: 660, period: 60 }),
  line("POINT_B", 1, { flow: 0, period: 60 }),
  line("POINT_B", 1, { speed: 120 }),
  line("POINT_A", 1, { speed: 103 }),
  line("POINT_A", 2, { flow: 1200, period: 60 }),
];

function folder(files: Record<string, string | Uint8Array>): string {
  const root = mkdtempSync(join(tmpdir(), "roadpulse-loops-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** A minimal POSIX archive: header and padded content per file, two empty blocks at the end. */
function tar(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(Buffer.byteLength(text).toString(8).padStart(11, "0"), 124);
    header.write("0", 156);
    header.write("ustar\0" + "00", 257);
    const content = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    content.write(text);
    return [header, content];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
}

async function readings(input: string) {
  const out = scratchFile();
  const summary = await importLoops(input, out);
  const frames = summary.problem === undefined ? await framesOf(out) : [];
  return {
    summary,
    frames,
    sensors: frames.flatMap(({ frame }) => frame.items ?? []).map(({ sensor }) => sensor),
  };
}

test("messages of one point and time become one reading of all its lanes", async () => {
  const { summary, frames, sensors } = await readings(folder({ "part-0.txt": LINES.join("\n") }));

  expect(summary).toMatchObject({ problem: undefined, rows: 6, imported: 6, bad: 0, items: 2, frames: 1 });
  expect(frames[0]).toMatchObject({ receivedAtMs: MINUTE_MS + 20, frame: { base_time_unix_ms: MINUTE_MS } });
  expect(sensors).toMatchObject([
    {
      sensor_name: "POINT_A",
      position: { latitude_e7: 514_444_300, longitude_e7: 54_269_200 },
      loop: {
        period_s: 60,
        lanes: [
          { lane: 1, vehicles: 11, mean_speed_cmps: 2_861, faulty: false },
          { lane: 2, vehicles: 20, mean_speed_cmps: 2_472, faulty: false },
        ],
      },
    },
    { sensor_name: "POINT_B", loop: { lanes: [{ lane: 1, vehicles: 0 }] } },
  ]);
  // A speed without vehicles is none.
  expect(sensors[1]?.loop?.lanes?.[0]?.mean_speed_cmps ?? undefined).toBeUndefined();
});

describe("whatever holds the files", () => {
  const later = LINES.map((text) => text.replace("14:41", "14:42")).join("\n");
  const files = { "data/time2/part.txt": later, "data/time1/part.txt": LINES.join("\n") };
  const times = [MINUTE_MS, MINUTE_MS + 60_000];

  test("a folder, in order of time", async () => {
    const { frames } = await readings(folder(files));
    expect(frames.map(({ frame }) => frame.base_time_unix_ms)).toEqual(times);
  });

  test("an archive, in order of time", async () => {
    const root = folder({ "loops.tar": tar(files), "loops.tar.gz": gzipSync(tar(files)) });
    for (const name of ["loops.tar", "loops.tar.gz"]) {
      const { frames, summary } = await readings(join(root, name));
      expect(summary).toMatchObject({ rows: 12, imported: 12, notes: {} });
      expect(frames.map(({ frame }) => frame.base_time_unix_ms)).toEqual(times);
    }
  });

  test("one file, packed or not", async () => {
    const root = folder({ "a.txt": LINES.join("\n"), "b.txt": gzipSync(LINES.join("\n")) });
    for (const name of ["a.txt", "b.txt"])
      expect((await readings(join(root, name))).summary.imported).toBe(6);
  });

  test("an archive that ends early is imported as far as it goes", async () => {
    const whole = tar(files);
    const { summary } = await readings(join(folder({ "cut.tar": whole.subarray(0, 2_200) }), "cut.tar"));

    expect(summary.imported).toBe(6);
    expect(summary.notes).toEqual({ "the input ends early: the archive ends inside a file": 1 });
  });
});

test("values that mean nothing are left out, unusable ones are marked", async () => {
  const lines = [
    line("P", 1, { flow: -1, period: 60 }),
    line("P", 1, { speed: -1 }),
    line("P", 2, { flow: 60, period: 60, accuracy: 0 }),
    line("P", 3, { speed: 900 }),
  ];

  const { sensors } = await readings(folder({ "a.txt": lines.join("\n") }));

  const lanes = sensors[0]?.loop?.lanes ?? [];
  expect(lanes).toMatchObject([
    { lane: 1 },
    { lane: 2, vehicles: 1, faulty: true },
    { lane: 3, mean_speed_cmps: 16_382 },
  ]);
  expect([lanes[0]?.vehicles, lanes[0]?.mean_speed_cmps]).toEqual([null, null]);
});

test("lines that cannot be used are counted with their reason", async () => {
  const lines = [
    LINES[0],
    "",
    "no key at all",
    'x/POINT/lane1= {"lat":',
    line("P", 14, { flow: 1 }),
    line("P", 1, { lat: 95, flow: 1 }),
    line("P", 1, { flow: 1 }, "soon"),
    line("P", 1, {}),
  ];

  const { summary } = await readings(folder({ "a.txt": lines.join("\n") }));

  expect(summary).toMatchObject({ rows: 7, imported: 1, bad: 6 });
  expect(summary.badRows.map(({ line: number, reason }) => `${number} ${reason}`)).toEqual([
    "3 no key that ends in <measurement point>/lane<n>=",
    "4 no JSON object after the key",
    "5 lane is outside 1..13",
    "6 no position",
    "7 timestamp is no time",
    "8 neither flow nor speed",
  ]);
});
