import { expect, test } from "vitest";
import { startProgress } from "../../src/cli/progress.ts";
import { byteSize, count, duration, table } from "../../src/cli/style.ts";

test("tables line up", () => {
  expect(
    table(
      [
        ["source", "items"],
        ["rsu-7", "9"],
        ["a", "12,345"],
      ],
      [1],
    ),
  ).toBe("source   items\nrsu-7        9\na       12,345\n");
});

test("numbers, sizes and durations read well", () => {
  expect(count(1_234_567)).toBe("1,234,567");
  expect([0, 999, 1_000, 1_234_567, 5e12].map(byteSize)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.2 MB",
    "5.0 TB",
  ]);
  expect([0, 59_400, 125_000, 3_725_000].map(duration)).toEqual(["0:00", "0:59", "2:05", "1:02:05"]);
});

test("progress is silent without a terminal", () => {
  const written: string[] = [];
  const progress = startProgress({ write: (text) => written.push(text) }, "importing");
  progress.update(0.5, "half");
  progress.finish();
  expect(written).toEqual([]);
});

test("progress draws at most ten times a second and within the terminal's width", () => {
  const written: string[] = [];
  let nowMs = 0;
  const sink = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
  const progress = startProgress(sink, "importing", () => nowMs);
  for (nowMs = 0; nowMs < 1_000; nowMs += 10)
    progress.update(nowMs / 1_000, "a note that is longer than the terminal is wide");
  expect(written).toHaveLength(10);
  for (const line of written) expect(line.replace("\r\u001b[2K", "").length).toBeLessThan(40);
});

test("progress tells the share and the time left", () => {
  const written: string[] = [];
  let nowMs = 0;
  const progress = startProgress(
    { isTTY: true, write: (text) => written.push(text) },
    "importing",
    () => nowMs,
  );
  nowMs = 30_000;
  progress.update(0.25, "1,000 rows");
  expect(written[0]).toContain("importing ██████░░░░░░░░░░░░░░░░░░  25 % 1:30 left 1,000 rows");
});
