import { expect, test } from "vitest";
import { createLogger, type LogOptions, ThrottledWarnings } from "../../src/ops/logging.ts";

function capture(format: LogOptions["format"], level: LogOptions["level"] = "info") {
  const lines: string[] = [];
  const logger = createLogger({ format, level, destination: { write: (line) => lines.push(line) } });
  return { logger, lines };
}

test("JSON lines carry level, time, fields and message", () => {
  const { logger, lines } = capture("json");
  logger.info({ port: 8080 }, "listening");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toEqual({
    level: "info",
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    port: 8080,
    msg: "listening",
  });
});

test("pretty lines are one line each", () => {
  const { logger, lines } = capture("pretty");
  logger.warn({ engine: "ws", reason: "no binary" }, "the fast lane runs on ws");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} warn {2}the fast lane runs on ws engine=ws reason=no binary\n$/,
  );
});

test("levels below the chosen one are silent", () => {
  const { logger, lines } = capture("json", "warn");
  logger.info({}, "unheard");
  logger.error({}, "heard");
  expect(lines).toHaveLength(1);
});

test("station ids and credentials never reach the log", () => {
  const { logger, lines } = capture("json");
  logger.info(
    { stationId: 4711, item: { stationId: 4712 }, headers: { authorization: "Bearer x" } },
    "a message",
  );
  expect(lines.join()).not.toMatch(/4711|4712|Bearer/);
});

test("a repeated warning is logged once per interval with the number kept back", () => {
  const { logger, lines } = capture("json");
  let nowMs = 0;
  const warnings = new ThrottledWarnings(logger, 1_000, () => nowMs);
  for (nowMs = 0; nowMs < 1_000; nowMs += 10) warnings.warn("full", { queue: "outbox" }, "a queue is full");
  warnings.warn("full", { queue: "outbox" }, "a queue is full");
  warnings.warn("other", {}, "another warning");

  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: "a queue is full" },
    { msg: "a queue is full", suppressed: 99 },
    { msg: "another warning" },
  ]);
});

test("a flood of kinds is bounded", () => {
  const { logger, lines } = capture("json");
  const warnings = new ThrottledWarnings(logger, 1_000, () => 0);
  for (let i = 0; i < 10_000; i++) warnings.warn(`kind ${i}`, {}, "a warning");
  expect(lines.length).toBeLessThan(300);
});
