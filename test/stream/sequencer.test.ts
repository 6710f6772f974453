import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../../src/domain/record.ts";
import { TICK_MS } from "../../src/domain/time.ts";
import { roundToMicrosecond, Sequencer } from "../../src/stream/sequencer.ts";

const START_MS = 1_790_000_000_000;

function collect() {
  const seen: StreamRecord[] = [];
  const sequencer = new Sequencer<void>((record) => {
    seen.push(record);
  });
  return { seen, sequencer };
}

const opened = (receivedAtMs: number) => ({ kind: "session-opened", receivedAtMs, slot: 1 }) as const;

/** Gaps between records, ms; zero and several ticks included. */
const gaps = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 60 });

describe("Sequencer", () => {
  it("puts a tick before every record at or after its time and after every record before it", () => {
    fc.assert(
      fc.property(gaps, (steps) => {
        const { seen, sequencer } = collect();
        let nowMs = START_MS;
        for (const step of steps) {
          nowMs += step;
          sequencer.push(opened(sequencer.stamp(nowMs)));
        }
        let lastTickMs = Number.NEGATIVE_INFINITY;
        for (const record of seen) {
          if (record.kind === "tick") {
            expect(record.receivedAtMs % TICK_MS).toBe(0);
            if (lastTickMs !== Number.NEGATIVE_INFINITY)
              expect(record.receivedAtMs).toBe(lastTickMs + TICK_MS);
            lastTickMs = record.receivedAtMs;
          } else if (lastTickMs !== Number.NEGATIVE_INFINITY) {
            expect(record.receivedAtMs).toBeGreaterThanOrEqual(lastTickMs);
            expect(record.receivedAtMs).toBeLessThan(lastTickMs + TICK_MS);
          }
        }
      }),
    );
  });

  it("gives the same order whether a timer lets time advance in between or not", () => {
    fc.assert(
      fc.property(gaps, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (steps, polls) => {
        const quiet = collect();
        const polled = collect();
        let nowMs = START_MS;
        for (const [index, step] of steps.entries()) {
          nowMs += step;
          if (polls[index]) polled.sequencer.advanceTo(polled.sequencer.stamp(nowMs - step / 2));
          const stamp = quiet.sequencer.stamp(nowMs);
          quiet.sequencer.push(opened(stamp));
          polled.sequencer.push(opened(stamp));
        }
        const firstRecord = polled.seen.findIndex(({ kind }) => kind !== "tick");
        expect(polled.seen.slice(firstRecord)).toEqual(quiet.seen);
      }),
    );
  });

  it("never lets receive time go back, whatever the wall clock does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5_000, max: 5_000, noNaN: true }), { minLength: 2 }),
        (jumps) => {
          const { seen, sequencer } = collect();
          for (const jump of jumps) sequencer.push(opened(sequencer.stamp(START_MS + jump)));
          const times = seen.map(({ receivedAtMs }) => receivedAtMs);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        },
      ),
    );
  });

  it("refuses a record whose receive time goes back: the caller has broken the order", () => {
    const { sequencer } = collect();
    sequencer.push(opened(START_MS + 10));
    expect(() => sequencer.push(opened(START_MS))).toThrow(RangeError);
  });

  it("stamps whole microseconds, which a recording keeps exactly", () => {
    const { sequencer } = collect();
    const stamp = sequencer.stamp(START_MS + 0.123_456);
    expect(stamp).toBe(roundToMicrosecond(stamp));
    expect(Math.abs(stamp - (START_MS + 0.123))).toBeLessThan(0.001);
  });

  it("goes on after a restart with the next tick, neither repeating nor leaving one out", () => {
    const before = collect();
    before.sequencer.push(opened(START_MS));
    before.sequencer.advanceTo(START_MS + 120);
    const after = collect();
    after.sequencer.restore(JSON.parse(JSON.stringify(before.sequencer.snapshot())));
    after.sequencer.advanceTo(START_MS + 220);
    expect(after.seen.map(({ receivedAtMs }) => receivedAtMs)).toEqual([START_MS + 150, START_MS + 200]);
  });
});
