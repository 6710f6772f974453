import { describe, expect, it } from "vitest";
import { ControlBit, EventBit } from "../../src/domain/observation.ts";
import type { StationType } from "../../src/domain/station.ts";
import { destinationPoint } from "../../src/geo/geodesy.ts";
import { Bench, item, motion, moving } from "./items.ts";

const HERE = { latitudeDeg: 51.43, longitudeDeg: 6.76 };
const away = (metres: number, bearing = 90) => destinationPoint(HERE, bearing, metres);

describe("speed", () => {
  it.each<[StationType, number]>([
    ["passenger-car", 140],
    ["heavy-truck", 85],
    ["special-vehicle", 85],
    ["cyclist", 30],
    ["unknown", 140],
    ["infrastructure", 0],
  ])("of a %s is at most %d m/s", (stationType, limit) => {
    expect(new Bench().send(moving(0, { stationType, speedMps: limit }))).toBe("frame");
    expect(new Bench().send(moving(0, { stationType, speedMps: limit + 0.01 }))).toBe("implausible-speed");
  });
});

describe("acceleration", () => {
  it("is at most 10 m/s²", () => {
    expect(new Bench().send(moving(0, { accelerationMps2: 10 }))).toBe("frame");
    expect(new Bench().send(moving(0, { accelerationMps2: 10.01 }))).toBe("implausible-acceleration");
    expect(new Bench().send(moving(0, { accelerationMps2: -10 }))).toBe("frame");
    expect(new Bench().send(moving(0, { accelerationMps2: -10.01 }))).toBe("implausible-acceleration");
  });

  it("may be harder braking where the speed falls with it", () => {
    const brake = (to: number) => {
      const bench = new Bench();
      bench.send(moving(0, { speedMps: 20 }));
      return bench.send(moving(200, { speedMps: to, accelerationMps2: -11.5 }));
    };
    expect(brake(17.7)).toBe("frame");
    expect(brake(19.5)).toBe("implausible-acceleration");
  });
});

describe("a jump", () => {
  const jumpAt = (bench: Bench, atMs: number, metres: number) => bench.send(moving(atMs, away(metres)));

  it("is farther than the type's top speed and 10 m allow", () => {
    const arrive = (metres: number, stationType: StationType = "passenger-car") => {
      const bench = new Bench();
      bench.send(moving(0, { stationType }));
      return bench.send(moving(100, { stationType, ...away(metres) }));
    };
    expect(arrive(23.9)).toBe("frame");
    expect(arrive(24.1)).toBe("implausible-jump");
    expect(arrive(12.9, "pedestrian")).toBe("frame");
    expect(arrive(13.1, "pedestrian")).toBe("implausible-jump");
  });

  it("may be farther where the station doubts its own position", () => {
    const bench = new Bench();
    bench.send(moving(0, {}));
    expect(bench.send(moving(100, { ...away(40), positionAccuracyM: 20 }))).toBe("frame");
  });

  it("is believed with the third consistent message from the new place", () => {
    const bench = new Bench();
    jumpAt(bench, 0, 0);
    const words = [100, 200, 300, 400].map((atMs) => jumpAt(bench, atMs, 5_000 + atMs / 100));
    expect(words).toEqual(["implausible-jump", "implausible-jump", "frame", "frame"]);
    expect(bench.tracker.get(1)?.longitudeDeg).toBeCloseTo(away(5_004).longitudeDeg, 6);
  });

  it("is not confirmed by copies of one message", () => {
    const bench = new Bench();
    jumpAt(bench, 0, 0);
    for (const receiver of ["a", "b", "c", "d"]) {
      expect(bench.send(moving(100, away(5_000), receiver))).toBe("implausible-jump");
    }
  });

  it("is not confirmed by messages from here and there", () => {
    const bench = new Bench();
    jumpAt(bench, 0, 0);
    for (let i = 1; i < 50; i++) expect(jumpAt(bench, i * 100, i * 3_000)).toBe("implausible-jump");
  });

  it("is no question of lost messages: single outliers do not stop a station", () => {
    const bench = new Bench();
    const words = Array.from({ length: 50 }, (_, i) =>
      jumpAt(bench, i * 100, i % 5 === 4 ? 9_000 + i * 1_000 : i * 2),
    );
    expect(words.filter((word) => word === "frame")).toHaveLength(40);
  });

  it("is not looked for after ten seconds of silence", () => {
    const bench = new Bench();
    jumpAt(bench, 0, 0);
    for (let atMs = 50; atMs <= 10_100; atMs += 50) bench.tick(atMs);
    expect(jumpAt(bench, 10_100, 50_000)).toBe("frame");
  });

  it("never locks out either of two stations that share a pseudonym", () => {
    const bench = new Bench();
    const words: [string[], string[]] = [[], []];
    for (let i = 0; i < 400; i++) words[i % 2]?.push(jumpAt(bench, i * 50, i % 2 === 0 ? i : 8_000 + i));
    for (const each of words) {
      expect(each.filter((word) => word === "frame").length).toBeGreaterThan(60);
      expect(longestRun(each, "implausible-jump")).toBeLessThanOrEqual(3);
    }
  });
});

function longestRun(words: readonly string[], word: string): number {
  let longest = 0;
  let run = 0;
  for (const each of words) {
    run = each === word ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

describe("heading", () => {
  const way = (headingDeg: number | undefined, parts: object = {}) => {
    const bench = new Bench();
    bench.send(moving(0, { speedMps: 15, headingDeg: 90 }));
    return bench.send(moving(1_000, { ...away(15), speedMps: 15, headingDeg, ...parts }));
  };

  it("lies within 90° of the way covered", () => {
    expect(way(90)).toBe("frame");
    expect(way(179)).toBe("frame");
    expect(way(181)).toBe("implausible-heading");
    expect(way(270)).toBe("implausible-heading");
    expect(way(undefined)).toBe("frame");
  });

  it("is not judged at low speed, over a short way, after a pause, or in reverse", () => {
    expect(way(270, { speedMps: 2.9 })).toBe("frame");
    expect(way(270, away(5.9))).toBe("frame");
    expect(way(270, { positionAccuracyM: 10 })).toBe("frame");
    expect(way(270, { driveDirection: "backward" })).toBe("frame");
    const bench = new Bench();
    bench.send(moving(0, { speedMps: 15 }));
    expect(bench.send(moving(1_200, { ...away(18), speedMps: 15, headingDeg: 270 }))).toBe("frame");
  });

  it("is not doubted at 10 Hz, where the error of positions exceeds the way", () => {
    const bench = new Bench();
    bench.send(moving(0, { speedMps: 28, headingDeg: 90 }));
    expect(bench.send(moving(100, { ...away(-7), speedMps: 28, headingDeg: 90 }))).toBe("frame");
  });

  it("is not doubted where a crawling vehicle seems to go back by the error of its positions", () => {
    const bench = new Bench();
    // As seen in a queue: 4 m driven to the east, 4.4 m to the north-northwest by the positions.
    bench.send(moving(0, { speedMps: 5.3, headingDeg: 116 }));
    const drifted = { latitudeDeg: away(0).latitudeDeg + 4.3 / 111_195, longitudeDeg: away(-1).longitudeDeg };
    expect(bench.send(moving(1_000, { ...drifted, speedMps: 4.1, headingDeg: 116 }))).toBe("frame");
  });

  it("that is always wrong costs messages, not the station", () => {
    const bench = new Bench();
    const words = Array.from({ length: 100 }, (_, i) =>
      bench.send(moving(i * 500, { ...away(i * 15), speedMps: 30, headingDeg: 270 })),
    );
    expect(longestRun(words, "implausible-heading")).toBeLessThanOrEqual(2);
  });
});

describe("order", () => {
  it("may be mixed up by half a second", () => {
    const bench = new Bench();
    bench.sendAt(1_020, item(1_000));
    expect(bench.sendAt(1_030, item(500))).toBe("frame");
    expect(bench.sendAt(1_040, item(499))).toBe("out-of-order");
    expect(bench.tracker.get(1)?.observedAtMs).toBe(item(1_000).observedAtMs);
  });

  it("does not lock out a station whose clock was set back", () => {
    const bench = new Bench();
    bench.sendAt(0, item(1_000));
    const words: string[] = [];
    for (let atMs = 100; atMs <= 15_000; atMs += 100) {
      bench.tick(atMs);
      words.push(bench.sendAt(atMs, item(atMs - 30_000)));
    }
    expect(words.slice(0, 99).every((word) => word === "out-of-order")).toBe(true);
    expect(words.slice(100).every((word) => word === "frame")).toBe(true);
  });
});

describe("a safety message", () => {
  it.each([
    ["an impossible speed", { speedMps: 160 }],
    ["an impossible acceleration", { accelerationMps2: -16 }],
    ["a jump", away(20_000)],
    ["a wrong heading", { ...away(10), speedMps: 10, headingDeg: 270 }],
  ])("passes with %s", (_, parts) => {
    for (const flag of [{ controlBits: ControlBit.emergencyBrake }, { eventBits: EventBit.airbag }]) {
      const bench = new Bench();
      bench.send(moving(0, {}));
      expect(bench.send(item(1_000, { observation: motion({ ...parts, ...flag }) }))).toBe("frame");
    }
  });

  it("passes out of order", () => {
    const bench = new Bench();
    bench.sendAt(5_000, item(5_000));
    const observation = motion({ controlBits: ControlBit.emergencyBrake });
    expect(bench.sendAt(5_010, item(1_000, { observation }))).toBe("frame");
  });
});
