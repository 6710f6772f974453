import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecodedItem } from "../../src/domain/frame.ts";
import type { Observation } from "../../src/domain/observation.ts";
import { DuplicateTable } from "../../src/validate/duplicates.ts";
import { VALIDATE_DEFAULTS } from "../../src/validate/options.ts";
import { automation, Bench, item, motion, T0 } from "./items.ts";

describe("copies of a message", () => {
  it("count once, and add their receivers to the evidence", () => {
    const bench = new Bench();
    expect(bench.sendAt(20, item(0, { receiver: "rsu:1" }))).toBe("frame");
    expect(bench.verdictAt(60, item(0, { receiver: "rsu:2" }))).toEqual({
      stationId: 1,
      observedAtMs: T0,
      receiver: "rsu:2",
    });
    expect(bench.sendAt(70, item(0, { receiver: "rsu:2" }))).toBe("duplicate");
    expect(bench.sendAt(80, item(0, { receiver: "rsu:1" }))).toBe("duplicate");
    expect(bench.sendAt(90, item(0, { receiver: "rsu:3" }))).toBe("corroboration");
  });

  it("count once for a moving vehicle too", () => {
    const bench = new Bench();
    const words = [0, 100, 200].flatMap((atMs) => {
      const observation = motion({ speedMps: 20, latitudeDeg: 51.43 + atMs * 1.8e-7 });
      return ["a", "b"].map((receiver) => bench.send(item(atMs, { receiver, observation })));
    });
    expect(words).toEqual(["frame", "corroboration", "frame", "corroboration", "frame", "corroboration"]);
  });

  it("are known for five seconds of receive time", () => {
    const bench = new Bench();
    bench.sendAt(0, item(0));
    expect(bench.sendAt(5_000, item(0, { receiver: "b" }))).toBe("corroboration");
    expect(bench.sendAt(5_001, item(0, { receiver: "c" }))).toBe("frame");
  });

  it("refer to the receive time of the first where that replaced the station's", () => {
    const bench = new Bench();
    const observation = motion({ controlBits: 4 });
    bench.sendAt(0, item(900_000, { observation }));
    expect(bench.verdictAt(40, item(900_000, { observation, receiver: "b" }))).toMatchObject({
      observedAtMs: T0,
    });
  });

  it("of a refused message are refused for the same reason, not as duplicates", () => {
    const bench = new Bench();
    const observation = motion({ speedMps: 150 });
    expect(bench.sendAt(0, item(0, { observation }))).toBe("implausible-speed");
    expect(bench.sendAt(10, item(0, { observation, receiver: "b" }))).toBe("implausible-speed");
  });

  it("of safety messages are duplicates too", () => {
    const bench = new Bench();
    const observation = motion({ controlBits: 4 });
    expect(bench.send(item(0, { observation }))).toBe("frame");
    expect(bench.send(item(0, { observation }))).toBe("duplicate");
  });
});

describe("messages that differ in one field", () => {
  const base = motion({ speedMps: 10, headingDeg: 90, accelerationMps2: 1 });
  const cpm = (longitudeDeg: number): Observation => ({
    kind: "perception",
    stationType: "infrastructure",
    latitudeDeg: 51.4,
    longitudeDeg: 6.7,
    objects: [
      {
        objectId: 3,
        measuredAtMs: T0,
        latitudeDeg: 51.4,
        longitudeDeg,
        speedMps: undefined,
        headingDeg: undefined,
        lengthM: undefined,
        widthM: undefined,
        objectClass: "pedestrian",
        classConfidencePct: undefined,
      },
    ],
  });
  const signal = (phase: "dark" | "pre-movement"): Observation => ({
    kind: "signal",
    intersection: "49.1",
    revision: 1,
    statusBits: 0,
    groups: [
      { signalGroup: 1, phase, minEndAtMs: undefined, maxEndAtMs: undefined, likelyEndAtMs: undefined },
    ],
  });
  it.each<[string, Partial<DecodedItem>, Partial<DecodedItem>]>([
    ["station", {}, { stationId: 2 }],
    ["time", {}, { observedAtMs: T0 + 1 }],
    ["format", { observation: base }, { observation: { ...base, format: "bsm" } }],
    ["latitude", { observation: base }, { observation: { ...base, latitudeDeg: 51.4300001 } }],
    ["speed", { observation: base }, { observation: { ...base, speedMps: 10.01 } }],
    ["missing speed", { observation: base }, { observation: { ...base, speedMps: undefined } }],
    ["heading", { observation: base }, { observation: { ...base, headingDeg: 90.1 } }],
    ["acceleration", { observation: base }, { observation: { ...base, accelerationMps2: 1.01 } }],
    ["hazard lights", { observation: base }, { observation: { ...base, lightBits: 12 } }],
    ["siren", { observation: base }, { observation: { ...base, siren: true } }],
    ["event", { observation: automation() }, { observation: automation({ event: "engaged" }) }],
    ["occurrence", { observation: automation() }, { observation: automation({ occurrence: 1 }) }],
    ["object", { observation: cpm(6.7) }, { observation: cpm(6.7000001) }],
    ["phase", { observation: signal("dark") }, { observation: signal("pre-movement") }],
  ])("are two messages: %s", (_, a, b) => {
    const bench = new Bench();
    expect(bench.sendAt(20, item(0, a))).toBe("frame");
    expect(bench.sendAt(20, item(0, b))).toBe("frame");
    expect(bench.sendAt(20, item(0, { ...a, receiver: "b" }))).toBe("corroboration");
    expect(bench.sendAt(20, item(0, b))).toBe("duplicate");
  });
});

describe("DuplicateTable", () => {
  const sighting = fc.record({
    pauseMs: fc.oneof({ weight: 20, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.nat(6_000) }),
    stationId: fc.integer({ min: 1, max: 40 }),
    tenth: fc.nat(5),
    receiver: fc.constantFrom("a", "b", "c"),
  });

  it("does what a plain list of the last five seconds would, when it is full too", () => {
    const limit = fc.constantFrom(3, 50, 1_048_576);
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 400 }), limit, (sightings, maxRememberedMessages) => {
        const table = new DuplicateTable({ ...VALIDATE_DEFAULTS, maxRememberedMessages });
        let list: { at: number; key: string; receivers: Set<string> }[] = [];
        let now = 0;
        for (const { pauseMs, stationId, tenth, receiver } of sightings) {
          now += pauseMs;
          list = list.filter(({ at }) => at >= now - 5_000);
          const key = `${stationId} ${tenth}`;
          const copy = list.find((entry) => entry.key === key);
          const row = table.find(item(tenth * 100, { stationId, receiver }), now);
          expect(row >= 0).toBe(copy !== undefined);
          if (copy !== undefined) {
            expect(table.noteReceiver(row, receiver)).toBe(!copy.receivers.has(receiver));
            copy.receivers.add(receiver);
            continue;
          }
          table.remember(now, receiver, false);
          list.push({ at: now, key, receivers: new Set([receiver]) });
          if (list.length > maxRememberedMessages) list.shift();
          expect(table.size).toBe(list.length);
        }
      }),
    );
  });

  it("grows with the traffic and forgets it again", () => {
    const table = new DuplicateTable(VALIDATE_DEFAULTS);
    for (let i = 0; i < 50_000; i++) {
      expect(table.find(item(0, { stationId: i }), i / 10)).toBe(-1);
      table.remember(i / 10, "a", false);
    }
    const again = new DuplicateTable(VALIDATE_DEFAULTS);
    again.restore(JSON.parse(JSON.stringify(table.snapshot())));
    for (const one of [table, again]) {
      for (let i = 0; i < 50_000; i += 7) {
        const copy = one.find(item(0, { stationId: i }), 5_000);
        expect(copy).toBeGreaterThanOrEqual(0);
        expect([one.noteReceiver(copy, "a"), one.noteReceiver(copy, "b")]).toEqual([false, true]);
      }
    }
    expect(table.find(item(0, { stationId: 123 }), 1e6)).toBe(-1);
    expect([table.size, table.evicted]).toEqual([0, 0]);
  });

  it("forgets the oldest when it is full, and counts that", () => {
    const table = new DuplicateTable({ ...VALIDATE_DEFAULTS, maxRememberedMessages: 2 });
    for (const stationId of [1, 2, 3]) {
      table.find(item(0, { stationId }), 0);
      table.remember(0, "a", false);
    }
    expect(table.evicted).toBe(1);
    expect(table.find(item(0, { stationId: 1 }), 0)).toBe(-1);
    expect(table.find(item(0, { stationId: 2 }), 0)).toBeGreaterThanOrEqual(0);
  });

  it("never lets a full table refuse a message", () => {
    const bench = new Bench({ maxRememberedMessages: 1 });
    for (let i = 1; i <= 20; i++) expect(bench.send(item(i, { stationId: i }))).toBe("frame");
    expect(bench.validator.evicted.messages).toBe(19);
  });
});
