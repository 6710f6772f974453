import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { importTrajectories, importTrajectoriesFrom } from "../../../src/recording/import/trajectories.ts";
import { readBack, START_MS, scratchFile } from "../support.ts";
import { framesOf, inputOf } from "./import-support.ts";

const HEADER = "t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2,lane,pos_m";

function rows(seconds: number, vehicles: number): string {
  const lines = [HEADER];
  for (let s = 0; s < seconds; s++) {
    for (let v = 1; v <= vehicles; v++) {
      lines.push(
        `${START_MS + s * 1_000},${v},passengerCar,${6.7 + v * 0.013},51.4${v % 10},25.00,90.00,0.10,lane_0,1.00`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

describe("a table of positions", () => {
  test("every row becomes a CAM of its station", async () => {
    const out = scratchFile();
    const table = `${HEADER}\n${START_MS},4294967295,heavyTruck,6.8152170,51.4412335,26.69,359.97,-0.83,A40p_0,562.05\n`;

    const summary = await importTrajectoriesFrom(inputOf(table), out);

    expect(summary).toMatchObject({
      problem: undefined,
      rows: 1,
      imported: 1,
      bad: 0,
      items: 1,
      frames: 1,
      notes: {},
    });
    const [first] = await framesOf(out);
    expect(first?.receivedAtMs).toBe(START_MS + 20);
    expect(first?.frame).toMatchObject({
      base_time_unix_ms: START_MS,
      items: [
        {
          station_id: 4_294_967_295,
          original_format: 4,
          awareness: {
            latitude_e7: 514_412_335,
            longitude_e7: 68_152_170,
            speed_cmps: 2_669,
            heading_ddeg: 0,
            longitudinal_acceleration_cmps2: -83,
            station_type: 9,
            source: 1,
          },
        },
      ],
    });
  });

  test("columns may stand in any order, be quoted, separated by semicolons, and lack what is not required", async () => {
    const out = scratchFile();
    const table = `"lat";"id";"lon";"t_ms";"remark"\r\n51.4;"7";6.7;${START_MS};"a;b ""c"""\r\n51.5;8;6.8;${START_MS};\r\n`;

    const summary = await importTrajectoriesFrom(inputOf(`\uFEFF${table}`, 3), out);

    expect(summary).toMatchObject({ rows: 2, imported: 2, bad: 0 });
    const items = (await framesOf(out)).flatMap(({ frame }) => frame.items ?? []);
    expect(items.map(({ station_id }) => station_id).sort()).toEqual([7, 8]);
    expect(items.every(({ awareness }) => awareness?.speed_cmps == null)).toBe(true);
  });

  test("rows of one time share frames of at most 50 items; every source is opened and says hello first", async () => {
    const out = scratchFile();

    const summary = await importTrajectoriesFrom(inputOf(rows(3, 400), 4_096), out, { sources: 4 });

    expect(summary).toMatchObject({ rows: 1_200, imported: 1_200, items: 1_200 });
    const frames = await framesOf(out);
    expect(frames.every(({ frame }) => (frame.items?.length ?? 0) <= 50)).toBe(true);
    expect(new Set(frames.map(({ slot }) => slot)).size).toBe(4);
    const { records } = await readBack(out);
    const firstOf = (slot: number) =>
      records.find((record) => "slot" in record && record.slot === slot)?.kind;
    expect([1, 2, 3, 4].map(firstOf)).toEqual(Array(4).fill("session-opened"));
    expect(records.slice(-4).map(({ kind }) => kind)).toEqual(Array(4).fill("session-closed"));
  });

  test("receive times follow the rows by 20 to 40 ms and never go back", async () => {
    const out = scratchFile();
    const table = [
      "t_ms,id,lat,lon",
      ...[0, 100, 50, 200].map((offset, index) => `${START_MS + offset},${index + 1},51.4,6.7`),
    ].join("\n");

    const summary = await importTrajectoriesFrom(inputOf(table), out);

    const frames = await framesOf(out);
    expect(frames.map(({ receivedAtMs }) => receivedAtMs - START_MS)).toEqual([20, 120, 120, 220]);
    expect(frames.map(({ frame }) => (frame.base_time_unix_ms ?? 0) - START_MS)).toEqual([0, 100, 50, 200]);
    expect(summary.notes).toEqual({ "rows are older than the row before and arrive late": 1 });
  });

  test("the same table gives the same bytes", async () => {
    const [first, second] = [scratchFile(), scratchFile()];

    await importTrajectoriesFrom(inputOf(rows(20, 100), 1_000), first);
    await importTrajectoriesFrom(inputOf(rows(20, 100), 777), second);

    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  });
});

describe("rows that cannot be used", () => {
  test("are counted with line and reason, and the import goes on", async () => {
    const good = `${START_MS},1,car,6.7,51.4,10,0,0,,`;
    const table = [
      HEADER,
      good,
      "",
      `${START_MS},2,car,6.7,91.5,10,0,0,,`,
      `${START_MS},3,car,6.7,51.4,ten,0,0,,`,
      `${START_MS},4,car,6.7,51.4,-1,0,0,,`,
      `${START_MS},5,car,6.7`,
      `${START_MS},0,car,6.7,51.4,10,0,0,,`,
      `${START_MS},,car,6.7,51.4,10,0,0,,`,
      `12,6,car,6.7,51.4,10,0,0,,`,
      `,7,car,6.7,51.4,10,0,0,,`,
      `${START_MS},8,car,NaN,51.4,10,0,0,,`,
      `${START_MS},9,car,6.7,51.4,10,0,Infinity,,`,
      good,
    ].join("\n");
    const out = scratchFile();

    const summary = await importTrajectoriesFrom(inputOf(table), out);

    expect(summary).toMatchObject({ rows: 12, imported: 2, bad: 10, items: 2 });
    expect(summary.badRows.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '4 lat is outside -90..90: "91.5"',
      '5 speed_mps is no number: "ten"',
      '6 speed_mps is outside 0..163.82: "-1"',
      '7 the header names 10 columns: "4 columns"',
      '8 id is 0, which means that there is none: "0"',
      "9 id is empty",
      '10 t_ms is outside 946684800000..4102444800000: "12"',
      "11 t_ms is empty",
      '12 lon is no number: "NaN"',
      '13 accel_mps2 is no number: "Infinity"',
    ]);
    expect(Object.values(summary.badByReason).reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  test("names for ids are hashed, types that say nothing are unknown, and both are told", async () => {
    const out = scratchFile();
    const table = `t_ms,id,type,lat,lon\n${START_MS},veh_1,blimp,51.4,6.7\n${START_MS},veh_2,truck.trailer,51.4,6.7\n`;

    const summary = await importTrajectoriesFrom(inputOf(table), out);

    expect(summary.notes).toEqual({
      "ids that are no 32-bit numbers were hashed to one": 2,
      "types that say nothing to us were taken as unknown": 1,
    });
    const items = (await framesOf(out)).flatMap(({ frame }) => frame.items ?? []);
    expect(new Set(items.map(({ station_id }) => station_id)).size).toBe(2);
    expect(items.map(({ awareness }) => awareness?.station_type)).toEqual([1, 9]);
  });

  test("a file without the required columns, an empty one and one of bad rows only say why", async () => {
    const problem = async (text: string) =>
      (await importTrajectoriesFrom(inputOf(text), scratchFile())).problem;

    expect(await problem("time,x,y\n1,2,3\n")).toBe(
      "the test: the header lacks t_ms, id, lat, lon; it must name at least t_ms, id, lat, lon",
    );
    expect(await problem("")).toBe("the input holds no rows");
    expect(await problem("t_ms,id,lat,lon\n1,2,3,4\n")).toContain("none of 1 rows can be used; line 2: t_ms");
  });
});

/** `rows(2, 3)` compressed by zstd 1.5.4 (`zstd -19`), so that the test needs no compressor. */
const ZSTD =
  "KLUv/WTlABUEALIHFxGQfa8F0dgS9fOSsO+T6B8HJf9PEiHjjCFEeBdLfBAiuRDBDP8S3jh5FI5jpvCD9eXMrr+LhB7Qle31V9n0MV9rzOFzC1bp2IueL13uvZtds+nVTn93a3fSM106DgABkgigJ1WDMqAIICCYWcAIICDMLIneSGjClPW6uiCtCQVBqzJc";

describe("packed input is recognised by its content", () => {
  const table = rows(2, 3);

  test("gzip", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "roadpulse-import-")), "table.csv");
    writeFileSync(file, gzipSync(table));

    expect(await importTrajectories(file, scratchFile())).toMatchObject({ rows: 6, imported: 6 });
  });

  test("two gzip members in a row", async () => {
    const twice = Buffer.concat([gzipSync(table), gzipSync(table.split("\n").slice(1).join("\n"))]);

    expect(await importTrajectoriesFrom(inputOf(twice, 10), scratchFile())).toMatchObject({ imported: 12 });
  });

  test("zstd", async () => {
    const summary = await importTrajectoriesFrom(inputOf(Buffer.from(ZSTD, "base64"), 7), scratchFile());

    expect(summary).toMatchObject({ rows: 6, imported: 6, notes: {} });
  });

  test("a file cut off in the middle is imported as far as it goes, and says so", async () => {
    const packed = gzipSync(rows(200, 50));
    const summary = await importTrajectoriesFrom(
      inputOf(packed.subarray(0, packed.length / 2)),
      scratchFile(),
    );

    expect(summary.imported).toBeGreaterThan(1_000);
    expect(Object.keys(summary.notes)).toEqual(["the packed input ends early: unexpected end of file"]);
  });

  test("so is a cut zstd file", async () => {
    const packed = Buffer.from(ZSTD, "base64");
    const summary = await importTrajectoriesFrom(
      inputOf(packed.subarray(0, packed.length - 9)),
      scratchFile(),
    );

    expect(summary.problem).toBe("the input holds no rows");
    expect(Object.keys(summary.notes)[0]).toContain("the packed input ends early");
  });
});

test("progress tells rows and bytes", async () => {
  const seen: number[] = [];
  const text = rows(50, 100);

  await importTrajectoriesFrom(inputOf(text, 10_000), scratchFile(), {
    onProgress: ({ rows: count, readBytes, totalBytes }) => {
      expect(totalBytes).toBe(Buffer.byteLength(text));
      expect(readBytes).toBeLessThanOrEqual(Buffer.byteLength(text));
      seen.push(count);
    },
  });

  expect(seen.length).toBeGreaterThan(10);
  expect(seen.at(-1)).toBe(5_000);
});
