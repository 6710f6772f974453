import { describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import { ReplaySession } from "../../src/ingest/replay-session.ts";
import { Pipeline } from "../../src/pipeline.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { encodeReplayRecord, type WireReplayRecord } from "../../src/wire/replay-record.ts";

const T0 = 1_790_000_000_000;
const HOUR_MS = 3_600_000;

/** A pipeline behind replay sessions, as a server on a recording's clock composes them. */
function harness() {
  const pipeline = new Pipeline();
  const closed: { code: number; reason: string }[] = [];
  let finished = 0;
  const connection = {
    send: () => "sent",
    close: (code: number, reason: string) => closed.push({ code, reason }),
  } as unknown as Connection;
  const sink = {
    push: (record: Parameters<Pipeline["push"]>[0]) => pipeline.push(record),
    finish: () => void finished++,
    hasRoom: () => true,
    reachedMs: () => pipeline.stamp(Number.NEGATIVE_INFINITY),
  };
  const open = () => {
    const session = new ReplaySession(sink, connection);
    return (record: WireReplayRecord) => session.message(encodeReplayRecord(record));
  };
  return { pipeline, closed, open, finished: () => finished };
}

const opened = (received_at_unix_ms: number, slot = 1): WireReplayRecord => ({
  received_at_unix_ms,
  session: { slot, kind: 1 },
});

describe("a replay", () => {
  it.each([
    ["a time that is no number", Number.NaN],
    ["an endless time", Number.POSITIVE_INFINITY],
    ["a time that ticks would take for ever to reach", 1e300],
    ["a negative time", -1],
    ["a jump of a year", T0 + 365 * 24 * HOUR_MS],
    ["a time before the last", T0 - 1],
  ])("is closed on %s, and no time passes", (_, timeMs) => {
    const { pipeline, closed, open } = harness();
    const send = open();
    send(opened(T0));
    send(opened(timeMs, 2));
    expect(closed).toEqual([{ code: closeCode.badHello, reason: expect.any(String) }]);
    expect(pipeline.lastTickMs).toBe(T0);
    expect(pipeline.sessions.size).toBe(1);
  });

  it("may begin at any time and pause for a day", () => {
    const { pipeline, closed, open } = harness();
    const send = open();
    send(opened(0));
    send(opened(24 * HOUR_MS, 2));
    expect(closed).toEqual([]);
    expect(pipeline.lastTickMs).toBe(24 * HOUR_MS);
  });

  it("of the same recording for a second time is told that the clock cannot go back", () => {
    const { closed, open, finished } = harness();
    const first = open();
    first(opened(T0));
    first(opened(T0 + 500));
    first({ end: {} });
    expect(finished()).toBe(1);
    open()(opened(T0));
    expect(closed).toEqual([
      { code: closeCode.badHello, reason: expect.stringContaining("2026-09-21T14:13:20.500Z") },
    ]);
  });

  it("takes nothing after its end", () => {
    const { pipeline, closed, open, finished } = harness();
    const send = open();
    send(opened(T0));
    send({ end: {} });
    send({ end: {} });
    send(opened(T0 + 1, 2));
    expect(finished()).toBe(1);
    expect(pipeline.sessions.size).toBe(1);
    expect(closed[0]?.reason).toBe("the recording has ended");
  });

  it("has as many sessions as a recording can hold", () => {
    const { closed, open } = harness();
    open()(opened(T0, 65_536));
    expect(closed).toHaveLength(1);
  });
});
