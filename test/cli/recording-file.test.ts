import { expect, test } from "vitest";
import { momentFrom } from "../../src/cli/recording-file.ts";

const START_MS = Date.UTC(2026, 2, 4, 5, 0, 0);

test.each([
  ["90s", START_MS + 90_000],
  ["+1.5m", START_MS + 90_000],
  ["250ms", START_MS + 250],
  ["2h", START_MS + 7_200_000],
  ["2026-03-04T05:06:07.5Z", START_MS + 367_500],
])("%s is a moment of the recording", (text, expected) => {
  expect(momentFrom("--from", text, START_MS)).toBe(expected);
});

test.each(["soon", "5", "5 m", "2026-13-45", "-5s"])("%s is none", (text) => {
  expect(() => momentFrom("--from", text, START_MS)).toThrow(
    `--from takes a time or the time since the recording's start, not ${text}.`,
  );
});
