import { describe, expect, it } from "vitest";
import { ControlBit } from "../../src/domain/observation.ts";
import { automation, Bench, isFrame, item, motion, notice, T0 } from "./items.ts";

const emergency = { observation: motion({ controlBits: ControlBit.emergencyBrake }) };

describe("a station's clock", () => {
  it("may be two seconds ahead", () => {
    expect(new Bench().sendAt(0, item(2_000))).toBe("frame");
    expect(new Bench().sendAt(0, item(2_001))).toBe("future");
  });

  it("may be a minute behind, and longer for what stays true longer", () => {
    expect(new Bench().sendAt(60_000, item(0))).toBe("frame");
    expect(new Bench().sendAt(60_001, item(0))).toBe("stale");
    const sensor = {
      kind: "sensor",
      latitudeDeg: 51,
      longitudeDeg: 6,
      sensorName: "L1",
      headingDeg: undefined,
    } as const;
    const observation = { ...sensor, reading: { type: "loop", periodS: 60, lanes: [] } } as const;
    expect(new Bench().sendAt(599_000, item(0, { observation }))).toBe("frame");
    expect(new Bench().sendAt(601_000, item(0, { observation }))).toBe("stale");
  });

  it("makes a message late behind the watermark of the tick", () => {
    const late = (ageMs: number) => {
      const verdict = new Bench().verdictAt(1_000, item(1_000 - ageMs));
      return isFrame(verdict) && verdict.late;
    };
    expect(late(2_000)).toBe(false);
    expect(late(2_001)).toBe(true);
    const between = new Bench().verdictAt(1_049, item(-999));
    expect(isFrame(between) && between.late).toBe(false);
  });

  it.each([
    ["ahead", 3_600_000],
    ["behind", -3_600_000],
    ["unset", -T0],
  ])("is replaced by the receive time in a safety message (%s)", (_, errorMs) => {
    for (const parts of [emergency, { observation: automation({ event: "takeover-request" }) }]) {
      expect(new Bench().verdictAt(10.5, item(errorMs, parts))).toMatchObject({
        observedAtMs: T0 + 10.5,
        receivedAtMs: T0 + 10.5,
        clockReplaced: true,
        late: false,
      });
    }
  });

  it("is kept in a safety message where it can be used", () => {
    expect(new Bench().verdictAt(30_000, item(0, emergency))).toMatchObject({
      observedAtMs: T0,
      clockReplaced: false,
      late: true,
    });
  });

  it("does not lose a hazard that comes without any time", () => {
    const bench = new Bench();
    const timeless = (offsetMs: number, hash = "c1") =>
      item(-T0, {
        observation: notice({ detectionAtMs: offsetMs, referenceAtMs: offsetMs, contentHash: hash }),
      });
    expect(bench.verdictAt(0, timeless(-500))).toMatchObject({ observedAtMs: T0, clockReplaced: true });
    expect(bench.sendAt(1_000, timeless(-1_500))).toBe("duplicate");
    expect(bench.sendAt(2_000, timeless(-900, "c2"))).toBe("frame");
    expect(bench.sendAt(700_000, timeless(-900, "c2"))).toBe("frame");
  });
});
