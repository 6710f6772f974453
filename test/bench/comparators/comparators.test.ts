import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRight } from "../../../bench/comparators/contestant.ts";
import { compareFlushes } from "../../../bench/comparators/flush.ts";
import { FLUSH_WAYS } from "../../../bench/comparators/flush-server.ts";
import { motionOf } from "../../../bench/comparators/motion.ts";
import { comparePoints } from "../../../bench/comparators/moving-points.ts";
import { RespReader } from "../../../bench/comparators/resp.ts";

describe("the check against brute force", () => {
  const places = motionOf("uniform", 400, 1).at(0);
  const latitudeDeg = places.latitudeDeg[7] ?? 0;
  const longitudeDeg = places.longitudeDeg[7] ?? 0;
  const all = Array.from(places.latitudeDeg.keys());
  const right = all.filter((i) => isRight(places, latitudeDeg, longitudeDeg, [...all].slice(i, i + 1), 1e9));

  it("refuses an answer that lacks a neighbour, holds a stranger, or holds one twice", () => {
    const answers = all.filter((i) => {
      const north = ((places.latitudeDeg[i] ?? 0) - latitudeDeg) * 111_250;
      const east =
        ((places.longitudeDeg[i] ?? 0) - longitudeDeg) * 111_250 * Math.cos((51.4 * Math.PI) / 180);
      return Math.hypot(north, east) <= 150;
    });
    expect(answers).toContain(7);
    expect(right.length).toBe(all.length);
    const judge = (answer: number[]): boolean => isRight(places, latitudeDeg, longitudeDeg, answer, 0);
    const stranger = all.find((i) => !answers.includes(i)) ?? 0;
    expect(judge(answers)).toBe(true);
    expect(judge(answers.slice(1))).toBe(false);
    expect(judge([...answers, stranger])).toBe(false);
    expect(judge([...answers, 7])).toBe(false);
  });
});

/** Each structure is a process of its own, in each layout: eight of them start. */
const PROCESSES_TIMEOUT_MS = 120_000;

describe("moving points", () => {
  it("finds the same neighbours by every structure, on roads and everywhere", {
    timeout: PROCESSES_TIMEOUT_MS,
  }, async () => {
    const results = await comparePoints({
      sizes: [300],
      layouts: ["along roads", "uniform"],
      steps: 3,
      queries: 400,
      mostMoves: 100,
      seed: 5,
      redis: undefined,
      log: () => {},
    });
    expect(results.map(({ checked }) => checked > 0)).toEqual(results.map(() => true));
    expect(results.filter(({ mismatches }) => mismatches > 0)).toEqual([]);
  });
});

describe("one message to every socket", () => {
  it("arrives at each of them, of every size and by every way", async () => {
    const sizes = [10, 70_000];
    const load = { sockets: 5, messageBytes: sizes, rounds: 2, serverCore: undefined };
    const results = await compareFlushes(load);
    const expected = sizes.flatMap((messageBytes) => FLUSH_WAYS.map((way) => ({ messageBytes, way })));
    expect(results.map(({ messageBytes, way }) => ({ messageBytes, way }))).toEqual(expected);
    for (const { callMs, spreadP50Ms, spreadP99Ms } of results) {
      expect(callMs).toBeGreaterThan(0);
      expect(spreadP50Ms).toBeGreaterThan(0);
      expect(spreadP99Ms).toBeGreaterThanOrEqual(spreadP50Ms);
    }
  });
});

describe("replies of Redis", () => {
  it("are read alike however the stream is cut", () => {
    const bytes = Buffer.from("*3\r\n$3\r\nabc\r\n:12\r\n*1\r\n$0\r\n\r\n+OK\r\n-ERR no\r\n$-1\r\n");
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 })), (cuts) => {
        const reader = new RespReader();
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const values = at.slice(1).flatMap((to, i) => reader.take(bytes.subarray(at[i], to)));
        expect(values).toEqual([["abc", 12, [""]], "OK", new Error("ERR no"), undefined]);
      }),
    );
  });
});
