import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlatJson, timeOf } from "../../../bench/ospbench/flat-json.ts";
import { HEAD_BYTES, MessageReader } from "../../../bench/ospbench/message-reader.ts";
import { nameNumber } from "../../../bench/ospbench/name-number.ts";
import { ObservationBatch } from "../../../bench/ospbench/observation-batch.ts";
import { type PublishedLine, solve } from "../../../bench/ospbench/oracle.ts";
import { RESULT_FIELDS, Windows } from "../../../bench/ospbench/windows.ts";

const encoder = new TextEncoder();

function lineOf(lane: string, what: object, lanes: number): string {
  const fields = { lat: 51.4, long: 5.4, ...what, timestamp: "2017-03-15 14:41:00.0", num_lanes: lanes };
  return `${lane}= ${JSON.stringify(fields)}`;
}

function messageOf(publishedAtMs: number, lines: readonly string[]): Uint8Array {
  const text = encoder.encode(lines.join("\n"));
  const message = new Uint8Array(HEAD_BYTES + text.length);
  new DataView(message.buffer).setFloat64(0, publishedAtMs, true);
  message.set(text, HEAD_BYTES);
  return message;
}

/** Each line a message of its own; the watermark follows 2 s behind, and passes all in the end. */
function run(lines: readonly PublishedLine[]): number[][] {
  const windows = new Windows();
  const reader = new MessageReader((lane, key) => windows.addLane(lane, key));
  const batch = new ObservationBatch();
  for (const { publishedAtMs, line } of lines) {
    windows.close(publishedAtMs - 2_000);
    reader.read(messageOf(publishedAtMs, [line]), batch);
    windows.take(batch);
  }
  windows.close(Number.MAX_SAFE_INTEGER);
  expect(reader.malformed).toBe(0);
  return Array.from({ length: windows.results }, (_, i) =>
    Array.from(windows.rows.subarray(i * RESULT_FIELDS, (i + 1) * RESULT_FIELDS - 1)),
  );
}

const byName = (a: readonly number[], b: readonly number[]): number =>
  (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);

function oracleRows(lines: readonly PublishedLine[]): number[][] {
  return solve(lines).map((one) => [
    nameNumber(one.point),
    one.second,
    one.lanes,
    one.flow,
    one.speed,
    one.flowChange,
    one.flowChangeOverTwo,
    one.speedChange,
    one.speedChangeOverTwo,
  ]);
}

describe("the windows of OSPBench", () => {
  it("compares a point's flow and mean speed with those of one and two seconds before", () => {
    const second = (s: number, flows: readonly number[], speeds: readonly number[]): PublishedLine[] =>
      flows.flatMap((flow, i) => [
        { publishedAtMs: s * 1_000, line: lineOf(`a/p/lane${i}`, { flow }, flows.length) },
        { publishedAtMs: s * 1_000 + 500, line: lineOf(`a/p/lane${i}`, { speed: speeds[i] }, flows.length) },
      ]);
    const rows = run([
      ...second(10, [600, 400], [80, 100]),
      ...second(11, [1_000, 500], [40, 50]),
      ...second(12, [1_000, 1_000], [90, 90]),
    ]);
    expect(rows.map((row) => row.slice(1))).toEqual([
      [10, 2, 1_000, 90, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
      [11, 2, 1_500, 45, 0.5, Number.NaN, -0.5, Number.NaN],
      [12, 2, 2_000, 90, 1 / 3, 1, 1, 0],
    ]);
  });

  it("is the oracle's for any traffic with missing lanes, in any order within a second", () => {
    const observation = fc.record({
      point: fc.integer({ min: 0, max: 3 }),
      lane: fc.integer({ min: 1, max: 3 }),
      isSpeed: fc.boolean(),
      second: fc.integer({ min: 100, max: 106 }),
      ms: fc.integer({ min: 0, max: 999 }),
      value: fc.integer({ min: 0, max: 3_000 }),
    });
    const traffic = fc.uniqueArray(observation, {
      maxLength: 120,
      selector: ({ point, lane, isSpeed, second }) => `${point} ${lane} ${isSpeed} ${second}`,
    });
    fc.assert(
      fc.property(traffic, (observations) => {
        const lines = observations
          .map(({ point, lane, isSpeed, second, ms, value }) => ({
            publishedAtMs: second * 1_000 + ms,
            line: lineOf(`x/p${point}/lane${lane}`, isSpeed ? { speed: value } : { flow: value }, 3),
          }))
          .sort((a, b) => a.publishedAtMs - b.publishedAtMs);
        expect(run(lines).sort(byName)).toEqual(oracleRows(lines).sort(byName));
      }),
      { numRuns: 200 },
    );
  });

  it("refuses what comes twice, or for a second that is over", () => {
    const windows = new Windows();
    const reader = new MessageReader((lane, key) => windows.addLane(lane, key));
    const batch = new ObservationBatch();
    const take = (atMs: number, what: object): void => {
      reader.read(messageOf(atMs, [lineOf("a/p/lane1", what, 1)]), batch);
      windows.take(batch);
    };
    take(5_000, { flow: 100 });
    take(5_100, { flow: 200 });
    windows.close(6_000);
    take(5_900, { speed: 90 });
    expect([windows.results, windows.refused]).toEqual([0, 2]);
  });
});

describe("reading loop messages", () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -200, max: 200, noNaN: true }).map((x) => Math.round(x * 1e5) / 1e5),
  );
  const entries = fc.record({
    lat: value,
    long: value,
    flow: value,
    num_lanes: fc.integer({ min: 1, max: 9 }),
    timestamp: fc.constantFrom("2017-03-15 14:41:00.0", "2000-02-29 23:59:59.0", "1999-12-31 00:00:01.5"),
    accuracy: value,
  });

  it("reads what JSON.parse would, in any order and with any spaces", () => {
    fc.assert(
      fc.property(entries, fc.nat(719), fc.constantFrom(0, 1), (object, order, indent) => {
        const names = Object.keys(object).sort((a, b) => ((a.length * order) % 7) - ((b.length * order) % 7));
        const text = JSON.stringify(
          Object.fromEntries(names.map((name) => [name, object[name as "lat"]])),
          null,
          indent,
        );
        const bytes = encoder.encode(` ${text.replaceAll("\n", " ")}`);
        const batch = new ObservationBatch();
        const row = batch.open();
        expect(new FlatJson().read(bytes, 0, batch, row)).toBe(true);
        const parsed = JSON.parse(text) as typeof object;
        expect(batch.value[row]).toBe(parsed.flow);
        expect(batch.latitudeDeg[row]).toBe(parsed.lat);
        expect(batch.lanes[row]).toBe(parsed.num_lanes);
        expect(batch.measuredAtMs[row]).toBe(
          Date.parse(`${parsed.timestamp.slice(0, 19).replace(" ", "T")}Z`),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["", "nothing"],
    ['{"lat":1,"long":2,"flow":3,"timestamp":"2017-03-15 14:41:00.0","num_lanes":1', "an object without end"],
    ['{"lat":1,"long":2,"timestamp":"2017-03-15 14:41:00.0","num_lanes":1}', "neither flow nor speed"],
    [
      '{"lat":01,"long":2,"flow":3,"timestamp":"2017-03-15 14:41:00.0","num_lanes":1}',
      "a number that is none",
    ],
    ['{"lat":1,"long":2,"flow":3,"timestamp":"yesterday","num_lanes":1}', "a time of another form"],
  ])("counts %s as malformed", (json) => {
    const reader = new MessageReader(() => {});
    const batch = new ObservationBatch();
    reader.read(messageOf(0, [`a/p/lane1= ${json}`, lineOf("a/p/lane1", { flow: 7 }, 1)]), batch);
    expect([reader.malformed, batch.size, batch.value[0]]).toEqual([1, 1, 7]);
  });

  it("goes on behind lines that are none", () => {
    const reader = new MessageReader(() => {});
    const batch = new ObservationBatch();
    const lines = [
      "no key here",
      lineOf("a/p/lane1", { flow: 7 }, 1),
      "",
      lineOf("a/p/lane2", { speed: 8 }, 1),
      "{}",
    ];
    reader.read(messageOf(0, lines), batch);
    expect([reader.malformed, batch.size]).toEqual([3, 2]);
    expect([...batch.value.subarray(0, 2)]).toEqual([7, 8]);
    expect([...batch.lane.subarray(0, 2)]).toEqual([0, 1]);
  });

  it("reads times as the calendar has them", () => {
    const bytes = encoder.encode("2024-02-29 12:30:15.0");
    expect(timeOf(bytes, 0, bytes.length)).toBe(Date.UTC(2024, 1, 29, 12, 30, 15));
  });
});
