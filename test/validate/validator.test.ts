import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecodedItem } from "../../src/domain/frame.ts";
import { isSafetyMessage, type MotionReport } from "../../src/domain/observation.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { Validator } from "../../src/validate/validator.ts";
import { automation, Bench, item, motion, moving, notice, SOURCE, T0, wordOf } from "./items.ts";

describe("a fault in a filter", () => {
  const broken = (name: keyof MotionReport): MotionReport =>
    Object.defineProperty(motion(), name, {
      get() {
        throw new Error("filter fault");
      },
    });

  it("passes the message on and is counted: plausibility", () => {
    const faults: string[] = [];
    const stations = new Tracker();
    stations.get = () => {
      throw new Error("lookup fault");
    };
    const validator = new Validator({}, stations, (filter) => faults.push(filter));
    expect(wordOf(validator.validate(item(0), SOURCE, T0))).toBe("frame");
    expect(wordOf(validator.validate(item(0, { receiver: "b" }), SOURCE, T0))).toBe("corroboration");
    expect(faults).toEqual(["plausibility"]);
    expect(validator.filterFaults).toBe(1);
  });

  it("passes the message on and is counted: duplicates", () => {
    const faults: string[] = [];
    const { validator } = new Bench({}, (filter) => faults.push(filter));
    expect(wordOf(validator.validate(item(0), SOURCE, T0))).toBe("frame");
    const faulty = item(0, { stationId: 2, observation: broken("siren") });
    expect(wordOf(validator.validate(faulty, SOURCE, T0))).toBe("frame");
    expect(wordOf(validator.validate(faulty, SOURCE, T0))).toBe("frame");
    expect(faults).toEqual(["duplicates", "duplicates"]);
    expect(wordOf(validator.validate(item(0, { receiver: "b" }), SOURCE, T0))).toBe("corroboration");
  });

  it("passes the message on and is counted: hazard events", () => {
    const hazard = Object.defineProperty(notice(), "sequenceNumber", {
      get() {
        throw new Error("filter fault");
      },
    });
    const bench = new Bench();
    expect(bench.send(item(0, { observation: hazard }))).toBe("frame");
    expect(bench.send(item(0, { observation: hazard }))).toBe("frame");
    expect(bench.validator.filterFaults).toBe(2);
  });
});

/** Traffic of a few stations with copies, jumps, wrong clocks, terminations and emergencies. */
const traffic: fc.Arbitrary<readonly { readonly atMs: number; readonly decoded: DecodedItem }[]> = fc
  .array(
    fc.record({
      pauseMs: fc.oneof({ weight: 9, arbitrary: fc.nat(120) }, { weight: 1, arbitrary: fc.nat(12_000) }),
      stationId: fc.integer({ min: 1, max: 6 }),
      delayMs: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        fc.constantFrom(300, 900, 3_000, 70_000, -2_500),
      ),
      grainMs: fc.constantFrom(1, 100),
      place: fc.constantFrom(0, 0, 0, 0.05),
      speedMps: fc.constantFrom(0, 12, 25, 150),
      controlBits: fc.constantFrom(0, 0, 0, 4),
      receiver: fc.constantFrom("a", "b"),
      body: fc.constantFrom("motion", "motion", "motion", "hazard", "automation"),
      revision: fc.nat(2),
      termination: fc.constantFrom(undefined, undefined, "cancellation", "negation"),
    }),
    { maxLength: 150 },
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map((step) => {
      atMs += step.pauseMs;
      const { stationId, receiver, revision } = step;
      const claimed = Math.floor((atMs - step.delayMs) / step.grainMs) * step.grainMs;
      const referenceAtMs = T0 + revision * 1_000;
      const observation =
        step.body === "hazard"
          ? notice({
              originatingStationId: stationId,
              referenceAtMs,
              termination: step.termination,
              validityS: 20,
            })
          : step.body === "automation"
            ? automation({ speedMps: 4, event: revision === 1 ? "takeover-request" : "status" })
            : motion({
                latitudeDeg: 51.43 + step.place,
                speedMps: step.speedMps,
                controlBits: step.controlBits,
              });
      return { atMs, decoded: item(claimed, { stationId, receiver, observation }) };
    });
  });

function play(
  bench: Bench,
  steps: readonly { readonly atMs: number; readonly decoded: DecodedItem }[],
  fromMs: number,
): string[] {
  let tickMs = fromMs;
  return steps.map(({ atMs, decoded }) => {
    for (; tickMs <= atMs; tickMs += 50) bench.tick(tickMs);
    return JSON.stringify(bench.verdictAt(atMs, decoded));
  });
}

describe("Validator", () => {
  it("never eats a safety message: only exact copies and the life cycle of hazards stop one", () => {
    const allowed = ["frame", "corroboration", "duplicate", "expired", "unknown-event", "superseded"];
    fc.assert(
      fc.property(traffic, (steps) => {
        const bench = new Bench({ maxRememberedMessages: 4, maxEvents: 2, maxJumps: 1 });
        for (const { atMs, decoded } of steps) {
          const word = bench.sendAt(atMs, decoded);
          if (isSafetyMessage(decoded.observation)) expect(allowed).toContain(word);
        }
      }),
    );
  });

  it("goes on from a snapshot as if nothing had happened", () => {
    fc.assert(
      fc.property(traffic, fc.nat(), fc.constantFrom(3, 1_000), (steps, seed, maxRememberedMessages) => {
        const cut = steps.length === 0 ? 0 : seed % steps.length;
        const cutMs = steps[cut]?.atMs ?? 0;
        const tickMs = Math.floor(cutMs / 50) * 50;
        const options = { maxRememberedMessages, maxEvents: 3, maxJumps: 2 };
        const straight = play(new Bench(options), steps, 0);
        const before = new Bench(options);
        play(before, steps.slice(0, cut), 0);
        for (let t = Math.floor((steps[cut - 1]?.atMs ?? -50) / 50) * 50 + 50; t < tickMs; t += 50)
          before.tick(t);
        const after = new Bench(options);
        after.send(moving(0, { speedMps: 3 }));
        after.validator.restore(JSON.parse(JSON.stringify(before.validator.snapshot())));
        after.tracker.restore(JSON.parse(JSON.stringify(before.tracker.snapshot())));
        expect(after.validator.snapshot()).toEqual(before.validator.snapshot());
        const resumed = play(
          after,
          steps.slice(cut),
          cut === 0 ? 0 : Math.max(tickMs, Math.floor((steps[cut - 1]?.atMs ?? 0) / 50) * 50 + 50),
        );
        expect(resumed).toEqual(straight.slice(cut));
      }),
    );
  });

  it("refuses snapshots that it cannot have made", () => {
    const validator = new Bench().validator;
    const good = JSON.parse(JSON.stringify(validator.snapshot()));
    for (const bad of [
      null,
      {},
      { ...good, events: [] },
      { ...good, duplicates: { ...good.duplicates, rows: [[1]] } },
    ]) {
      expect(() => validator.restore(bad)).toThrow();
    }
    validator.restore(good);
  });
});
