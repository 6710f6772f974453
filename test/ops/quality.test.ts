import { describe, expect, it } from "vitest";
import { Counters } from "../../src/domain/counters.ts";
import type { LaneReading, MotionReport } from "../../src/domain/observation.ts";
import { SensorTests } from "../../src/domain/sensor-tests.ts";
import { qualityCards } from "../../src/ops/quality.ts";
import { qualitySeries } from "../../src/ops/quality-series.ts";
import { loop, motion, T0 } from "../support/frames.ts";

interface Feed {
  readonly seconds?: number;
  readonly skewMs?: number;
  readonly rejectedOfTen?: number;
  readonly lateOfTen?: number;
  readonly silentFromS?: number;
  readonly silentToS?: number;
  readonly report?: Partial<MotionReport>;
}

/** A source with one message of ten reports a second. */
function feed(counters: Counters, name: string, options: Feed = {}): void {
  const { seconds = 60, skewMs = 30, rejectedOfTen = 0, lateOfTen = 0 } = options;
  const source = counters.source(name);
  for (let s = 0; s < seconds; s++) {
    if (s >= (options.silentFromS ?? 1e9) && s < (options.silentToS ?? 0)) continue;
    const receivedAtMs = T0 + s * 1_000;
    for (let i = 0; i < 10; i++) {
      source.quality.noteItem(motion(options.report), receivedAtMs - skewMs - i * 7, receivedAtMs);
    }
    source.received += 10;
    source.accepted += 10 - rejectedOfTen;
    if (rejectedOfTen > 0) source.countRejected("stale", rejectedOfTen);
    source.quality.noteMessage(receivedAtMs, 10, 10 - rejectedOfTen, 0, lateOfTen);
  }
}

function cardOf(options: Feed, nowS = 60) {
  const counters = new Counters();
  feed(counters, "rsu-1", options);
  const [card] = qualityCards(counters, T0 + nowS * 1_000);
  if (card === undefined) throw new Error("no card");
  return card;
}

describe("quality card of a source", () => {
  it("tells rates, gaps, clock and positions of a good source", () => {
    const card = cardOf({ seconds: 120, report: { positionAccuracyM: 2 } }, 120);
    expect(card.verdict).toBe("ok");
    expect(card.reasons).toEqual([]);
    expect(card.lastMinute).toMatchObject({
      acceptedShare: 1,
      longestGapMs: 1_000,
      clockSkewMs: 30,
      positionsWithAccuracyShare: 1,
      meanPositionAccuracyM: 2,
    });
    expect(card.lastMinute.itemsPerS).toBeCloseTo(10, 0);
    expect(card.totals.received).toBe(1_200);
  });

  const cases: readonly [string, Feed, number, string, RegExp][] = [
    ["clock off by 300 ms", { skewMs: 300 }, 60, "doubtful", /300 ms behind/],
    ["clock ahead by 1.5 s", { skewMs: -1_500 }, 60, "failed", /ms ahead/],
    ["a tenth not used", { rejectedOfTen: 1 }, 60, "doubtful", /10 % of its items are not used/],
    ["most not used", { rejectedOfTen: 6 }, 60, "failed", /60 %/],
    ["late", { lateOfTen: 2 }, 60, "doubtful", /20 %.*late/],
    ["a gap of ten seconds", { silentFromS: 30, silentToS: 40 }, 60, "doubtful", /Was silent for 11 s/],
    ["silent for ten seconds", {}, 69, "doubtful", /Silent for 10 s/],
    ["silent for two minutes", {}, 180, "failed", /Silent for 121 s/],
    ["positions without worth", { report: { positionAccuracyM: 40 } }, 60, "doubtful", /40 m/],
  ];
  it.each(cases)("%s", (_, options, nowS, verdict, reason) => {
    const card = cardOf(options, nowS);
    expect(card.verdict).toBe(verdict);
    expect(card.reasons.join(" ")).toMatch(reason);
  });

  it("forgets what lies more than a minute back", () => {
    const counters = new Counters();
    feed(counters, "a", { seconds: 5, skewMs: -3_000 });
    const quality = counters.source("a").quality;
    for (let s = 5; s < 70; s++) quality.noteItem(motion(), T0 + s * 1_000 - 20, T0 + s * 1_000);
    expect(quality.minuteBefore(T0 + 70_000).skewMs).toBe(20);
    expect(quality.minuteBefore(T0 + 200_000).skewMs).toBeUndefined();
  });

  it("takes one station with a wrong clock for one station, and all of them for the source", () => {
    const { quality } = new Counters().source("a");
    for (let i = 0; i < 10; i++) quality.noteItem(motion(), T0 + (i === 0 ? 3_600_000 : -25), T0);
    expect(quality.minuteBefore(T0).skewMs).toBe(25);
    for (let i = 0; i < 10; i++) quality.noteItem(motion(), T0 + 5_000, T0);
    expect(quality.minuteBefore(T0).skewMs).toBe(-3_600_000);
  });

  it("gives Prometheus skew and gaps by source, none where nothing is known", () => {
    const counters = new Counters();
    feed(counters, "rsu-1", { skewMs: 250 });
    counters.source("empty");
    const [skew, gap, last] = qualitySeries(counters).map(({ read }) => read());
    expect(skew).toEqual([{ labels: { source: "rsu-1" }, value: 0.25 }]);
    expect(gap?.find(({ labels }) => labels["source"] === "rsu-1")?.value).toBe(1);
    expect(last).toEqual([{ labels: { source: "rsu-1" }, value: (T0 + 59_000) / 1_000 }]);
  });
});

describe("the tests that a sensor fails by itself", () => {
  const PERIOD_MS = 60_000;
  function failedAfter(readings: readonly Partial<LaneReading>[]): readonly string[] {
    const tests = new SensorTests();
    readings.forEach((reading, i) => {
      const { reading: made } = loop([reading]);
      if (made.type === "loop") tests.take("loop-1", made, T0 + i * PERIOD_MS);
    });
    return tests.failures().flatMap(({ failed }) => failed);
  }
  const busy = (i: number): Partial<LaneReading> => ({ vehicles: 20, occupancy: 0.1 + (i % 7) / 100 });
  const minutes = (count: number, of: (i: number) => Partial<LaneReading>) =>
    Array.from({ length: count }, (_, i) => of(i));

  it("are all passed by a sensor that counts", () => {
    expect(failedAfter(minutes(1_500, busy))).toEqual([]);
  });

  it("no hits: nothing counted for four hours", () => {
    const empty = (i: number) => ({ vehicles: 0, occupancy: (i % 2) / 1_000 });
    expect(failedAfter(minutes(240, empty))).toEqual([]);
    expect(failedAfter(minutes(242, empty))).toEqual(["no-hits"]);
  });

  it("chatter: more vehicles than a lane carries, until ten readings are clean", () => {
    const chatter = { vehicles: 80, occupancy: 0.2 };
    expect(failedAfter([busy(0), chatter])).toEqual(["chatter"]);
    expect(failedAfter([chatter, ...minutes(9, busy)])).toEqual(["chatter"]);
    expect(failedAfter([chatter, ...minutes(10, busy)])).toEqual([]);
  });

  it("locked on: full occupancy for two minutes", () => {
    const full = { vehicles: 1, occupancy: 1 };
    expect(failedAfter([busy(0), full, full])).toEqual([]);
    expect(failedAfter([{ vehicles: 5, occupancy: 0.8 }, full, full, full])).toContain("locked-on");
    expect(failedAfter([full, full, full, { vehicles: 5, occupancy: 0.7 }])).not.toContain("locked-on");
  });

  it("no change: the same occupancy for a day", () => {
    const same = () => ({ vehicles: 5, occupancy: 0.25 });
    expect(failedAfter(minutes(1_440, same))).toEqual([]);
    expect(failedAfter(minutes(1_441, same))).toEqual(["no-change"]);
  });

  it("occupancy spike: up and down again within two readings", () => {
    const spike = { vehicles: 20, occupancy: 0.9 };
    expect(failedAfter([busy(0), spike, busy(1)])).toEqual(["occupancy-spike"]);
    expect(failedAfter([busy(0), spike, spike, busy(1)])).toEqual([]);
  });

  it("and what the device says of itself", () => {
    expect(failedAfter([{ ...busy(0), faulty: true }])).toEqual(["reported-faulty"]);
  });
});
