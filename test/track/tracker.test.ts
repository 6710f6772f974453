import { describe, expect, it } from "vitest";
import { ControlBit } from "../../src/domain/observation.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { automation, frame, motion, T0 } from "./frames.ts";

const HERE = { latitudeDeg: 51.43, longitudeDeg: 6.76 };

function tracked(...frames: readonly ReturnType<typeof frame>[]): Tracker {
  const tracker = new Tracker();
  for (const each of frames) expect(tracker.apply(each)).toBeUndefined();
  return tracker;
}

const ids = (stations: readonly { stationId: number }[]) => stations.map(({ stationId }) => stationId);

describe("state of a station", () => {
  it("holds what the last report said", () => {
    const observation = motion({ speedMps: 13.9, headingDeg: 90, accelerationMps2: -1.5, lengthM: 4.5 });
    const station = tracked(frame(4_000_000_000, 0), frame(4_000_000_000, 100, { observation })).get(
      4_000_000_000,
    );
    expect(station).toMatchObject({
      stationId: 4_000_000_000,
      stationType: "passenger-car",
      ...HERE,
      speedMps: 13.9,
      headingDeg: 90,
      accelerationMps2: -1.5,
      lengthM: 4.5,
      observedAtMs: T0 + 100,
      receivedAtMs: T0 + 100,
      firstReceivedAtMs: T0,
      recentTopSpeedMps: 13.9,
      receiverCount: 1,
    });
  });

  it("knows nothing of what was never told", () => {
    const station = tracked(frame(1, 0)).get(1);
    for (const field of ["speedMps", "headingDeg", "accelerationMps2", "lengthM"] as const) {
      expect(station?.[field]).toBeUndefined();
    }
    expect(station?.recentTopSpeedMps).toBe(0);
    expect(new Tracker().get(1)).toBeUndefined();
  });

  it("keeps the length of an earlier report, but no earlier speed", () => {
    const station = tracked(
      frame(1, 0, { observation: motion({ lengthM: 12, speedMps: 9 }) }),
      frame(1, 100),
    ).get(1);
    expect(station?.lengthM).toBe(12);
    expect(station?.speedMps).toBeUndefined();
  });

  it("ignores the motion in a message that arrives out of order, but hears the station", () => {
    const old = frame(1, 50, { observation: motion({ speedMps: 99 }), receivedAtMs: T0 + 150 });
    const station = tracked(frame(1, 100, { observation: motion({ speedMps: 10 }) }), old).get(1);
    expect(station).toMatchObject({ speedMps: 10, observedAtMs: T0 + 100, receivedAtMs: T0 + 150 });
  });

  it("follows a station whose clock was set back, after ten seconds of silence", () => {
    const early = (receivedMs: number) =>
      frame(1, -5_000, { observation: motion({ speedMps: 3 }), receivedAtMs: T0 + receivedMs });
    expect(tracked(frame(1, 0), early(10_000)).get(1)?.observedAtMs).toBe(T0);
    expect(tracked(frame(1, 0), early(10_001)).get(1)).toMatchObject({
      observedAtMs: T0 - 5_000,
      speedMps: 3,
    });
  });

  it("takes position and motion of automation events", () => {
    const event = automation({ latitudeDeg: 51.44, speedMps: 5 });
    const first = tracked(frame(1, 0, { observation: event }));
    expect(first.get(1)).toMatchObject({ stationType: "unknown", latitudeDeg: 51.44, speedMps: 5 });
    const later = tracked(
      frame(1, 0, { observation: motion({ stationType: "bus", speedMps: 7, headingDeg: 180 }) }),
      frame(1, 100, { observation: automation({ latitudeDeg: 51.44 }) }),
    );
    expect(later.get(1)).toMatchObject({
      stationType: "bus",
      latitudeDeg: 51.44,
      speedMps: 7,
      headingDeg: 180,
    });
  });

  it("does not follow what reports no motion", () => {
    const tracker = new Tracker();
    const observation = {
      kind: "signal",
      intersection: "1.2",
      revision: 1,
      statusBits: 0,
      groups: [],
    } as const;
    expect(tracker.apply(frame(1, 0, { observation }))).toBeUndefined();
    expect(tracker.known).toBe(0);
  });
});

describe("acceleration", () => {
  const speeds = (...samples: readonly [number, number][]) =>
    samples.map(([atMs, speedMps]) => frame(1, atMs, { observation: motion({ speedMps }) }));

  it("is derived from speeds where none is reported", () => {
    expect(tracked(...speeds([0, 20])).get(1)?.accelerationMps2).toBeUndefined();
    expect(tracked(...speeds([0, 20], [100, 19.2])).get(1)?.accelerationMps2).toBe(-8);
    expect(tracked(...speeds([0, 20], [1_500, 23])).get(1)?.accelerationMps2).toBe(2);
  });

  it("needs samples 0.05 to 1.5 s apart", () => {
    expect(tracked(...speeds([0, 20], [1_501, 10])).get(1)?.accelerationMps2).toBeUndefined();
    expect(tracked(...speeds([0, 20], [40, 10])).get(1)?.accelerationMps2).toBeUndefined();
    expect(tracked(...speeds([0, 20], [40, 19.8], [80, 19.6])).get(1)?.accelerationMps2).toBe(-5);
  });

  it("is never derived for a station that reports it", () => {
    const reported = frame(1, 0, { observation: motion({ speedMps: 20, accelerationMps2: 0.1 }) });
    const station = tracked(reported, ...speeds([100, 10], [200, 5])).get(1);
    expect(station?.accelerationMps2).toBeUndefined();
  });

  it("is not derived across a replaced clock", () => {
    const replaced = frame(1, 100, { observation: motion({ speedMps: 10 }), clockReplaced: true });
    expect(tracked(...speeds([0, 20]), replaced).get(1)?.accelerationMps2).toBeUndefined();
  });
});

describe("recent top speed", () => {
  it("is forgotten after one to two minutes", () => {
    const tracker = new Tracker();
    const top = (atMs: number, speedMps: number) => {
      tracker.apply(frame(1, atMs, { observation: motion({ speedMps }) }));
      return tracker.get(1)?.recentTopSpeedMps;
    };
    // T0 lies 20 s into a minute.
    expect(top(0, 30)).toBe(30);
    expect(top(10_000, 2)).toBe(30);
    expect(top(45_000, 2)).toBe(30);
    expect(top(99_000, 3)).toBe(30);
    expect(top(101_000, 1)).toBe(3);
    expect(top(300_000, 0.5)).toBe(0.5);
  });
});

describe("receivers", () => {
  it("count for five seconds", () => {
    const tracker = tracked(frame(1, 0, { receiver: "a" }), frame(1, 1_000, { receiver: "b" }));
    tracker.corroborate({ stationId: 1, observedAtMs: T0 + 1_000, receiver: "c" });
    tracker.corroborate({ stationId: 1, observedAtMs: T0 + 1_000, receiver: "c" });
    tracker.corroborate({ stationId: 1, observedAtMs: T0 + 1_000, receiver: "b" });
    tracker.corroborate({ stationId: 2, observedAtMs: T0 + 1_000, receiver: "b" });
    expect(tracker.get(1)?.receiverCount).toBe(3);
    tracker.apply(frame(1, 5_500, { receiver: "b" }));
    expect(tracker.get(1)?.receiverCount).toBe(2);
    tracker.apply(frame(1, 6_500, { receiver: "a" }));
    expect(tracker.get(1)?.receiverCount).toBe(2);
    tracker.apply(frame(1, 20_000, { receiver: "a" }));
    expect(tracker.get(1)?.receiverCount).toBe(1);
  });

  it("are bounded", () => {
    const tracker = tracked(frame(1, 0));
    for (let i = 0; i < 100; i++) tracker.apply(frame(1, i, { receiver: `r${i}` }));
    expect(tracker.get(1)?.receiverCount).toBe(8);
  });
});

describe("lifetime", () => {
  it("ends for queries after 3 s of silence, for VRUs after 10, and on ticks alone", () => {
    const tracker = tracked(
      frame(1, 0),
      frame(2, 0, { observation: motion({ stationType: "pedestrian" }) }),
      frame(3, 0, { observation: motion({ stationType: "motorcycle", format: "vam" }) }),
      frame(4, 0, { observation: motion({ stationType: "infrastructure" }) }),
    );
    const liveAt = (ms: number) => {
      tracker.onTick(T0 + ms);
      return ids(tracker.within(HERE, 10));
    };
    expect(liveAt(3_000)).toEqual([1, 2, 3, 4]);
    expect(liveAt(3_050)).toEqual([2, 3, 4]);
    expect(tracker.size).toBe(3);
    expect(tracker.get(1)?.observedAtMs).toBe(T0);
    expect(liveAt(10_050)).toEqual([4]);
    tracker.onTick(T0 + 30_000);
    expect(tracker.known).toBe(4);
    tracker.onTick(T0 + 30_050);
    expect(tracker.known).toBe(1);
    expect(liveAt(60_050)).toEqual([]);
    expect(tracker.known).toBe(0);
  });

  it("is renewed by any message, even one out of order", () => {
    const tracker = tracked(frame(1, 0));
    tracker.onTick(T0 + 5_000);
    expect(tracker.size).toBe(0);
    tracker.apply(frame(1, 5_100, { observedAtMs: T0 - 100 }));
    expect(ids(tracker.nearest(HERE, 5))).toEqual([1]);
    expect(tracker.get(1)?.firstReceivedAtMs).toBe(T0);
  });

  it("goes by receive time, whatever the station's clock says", () => {
    const tracker = tracked(frame(1, 0, { observedAtMs: T0 - 50_000 }));
    tracker.onTick(T0 + 2_000);
    expect(tracker.size).toBe(1);
  });

  it("follows a station that changes its type", () => {
    const tracker = tracked(frame(1, 0, { observation: motion({ stationType: "cyclist" }) }), frame(1, 100));
    tracker.onTick(T0 + 3_150);
    expect(tracker.size).toBe(0);
    expect(tracker.get(1)?.stationType).toBe("passenger-car");
  });

  it("leaves nothing behind of many short-lived ids", () => {
    const tracker = new Tracker();
    let most = 0;
    for (let i = 0; i < 200_000; i++) {
      const atMs = i * 10;
      tracker.apply(frame(i * 20_011, atMs));
      if (i % 5 === 0) tracker.onTick(T0 + atMs);
      most = Math.max(most, tracker.known);
    }
    // 30 s at 100 new ids a second.
    expect(most).toBeLessThan(3_010);
    expect(tracker.size).toBeLessThan(310);
    for (let tick = 0; tick < 3; tick++) tracker.onTick(T0 + 1e8 + tick * 50);
    expect([tracker.known, tracker.size]).toEqual([0, 0]);
  });

  it("lets a fleet that goes at once leave over some ticks, in the order of its last messages", () => {
    const tracker = new Tracker();
    for (let i = 0; i < 20_000; i++) tracker.apply(frame(1 + i, i / 1_000));
    const sizes: number[] = [];
    for (let tick = 0; tick < 200 && tracker.size > 0; tick++) {
      tracker.onTick(T0 + tick * 50);
      if (tracker.size < 20_000) sizes.push(tracker.size);
    }
    expect(sizes).toEqual([12_000, 4_000, 0]);
    expect(tracker.known).toBe(20_000);
    const restored = new Tracker();
    restored.restore(JSON.parse(JSON.stringify(tracker.snapshot())));
    const left = (one: Tracker): number[] =>
      Array.from({ length: 6 }, (_, i) => {
        one.onTick(T0 + 30_050 + i * 50);
        return one.known;
      });
    expect(left(restored)).toEqual(left(tracker));
    expect(tracker.known).toBe(0);
  });

  it("keeps one live that is heard while it waits to fall silent", () => {
    const tracker = new Tracker();
    for (let i = 0; i < 20_000; i++) tracker.apply(frame(1 + i, i / 1_000));
    tracker.onTick(T0 + 3_050);
    expect(tracker.size).toBe(12_000);
    tracker.apply(frame(20_000, 3_060));
    for (const afterMs of [3_100, 3_150, 6_050]) tracker.onTick(T0 + afterMs);
    expect(ids(tracker.nearest(HERE, 5))).toEqual([20_000]);
    tracker.onTick(T0 + 6_100);
    expect(tracker.size).toBe(0);
  });
});

describe("station limit", () => {
  const full = () => {
    const tracker = new Tracker({ maxStations: 2 });
    tracker.apply(frame(1, 0));
    tracker.apply(frame(2, 0));
    return tracker;
  };

  it("refuses new stations, not known ones", () => {
    const tracker = full();
    expect(tracker.apply(frame(3, 10))).toEqual({ rejected: "station-limit", field: undefined });
    expect(tracker.apply(frame(2, 10))).toBeUndefined();
    expect(tracker.get(3)).toBeUndefined();
  });

  it("lets safety messages pass on untracked", () => {
    const tracker = full();
    const observation = motion({ controlBits: ControlBit.emergencyBrake });
    expect(tracker.apply(frame(3, 10, { observation }))).toBeUndefined();
    expect(
      tracker.apply(frame(4, 10, { observation: automation({ event: "disengagement" }) })),
    ).toBeUndefined();
    expect([tracker.known, tracker.untracked]).toEqual([2, 2]);
  });

  it("gives the room of silent stations to new ones", () => {
    const tracker = full();
    tracker.onTick(T0 + 4_000);
    expect(tracker.apply(frame(3, 4_010))).toBeUndefined();
    expect(tracker.get(1)).toBeUndefined();
    expect(tracker.get(2)).toBeDefined();
  });
});
