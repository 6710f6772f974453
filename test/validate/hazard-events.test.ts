import { describe, expect, it } from "vitest";
import type { HazardNotice } from "../../src/domain/observation.ts";
import { Bench, item, notice, T0 } from "./items.ts";

/** Sends a notice that was made just before it is received, as repetitions are. */
function sender(bench: Bench) {
  return (atMs: number, parts: Partial<HazardNotice> = {}, receiver = "a", stationId = 1) =>
    bench.sendAt(atMs, item(atMs - 20, { stationId, receiver, observation: notice(parts) }));
}

const cancelled = { termination: "cancellation", position: undefined } as const;
const negated = { termination: "negation", position: undefined } as const;

describe("hazard events", () => {
  it("begin with an unknown action id", () => {
    const send = sender(new Bench());
    expect(send(0)).toBe("frame");
    expect(send(10, { sequenceNumber: 8 })).toBe("frame");
    expect(send(20, { originatingStationId: 901 })).toBe("frame");
  });

  it("belong to the originating station, whoever forwards them", () => {
    const bench = new Bench();
    const send = sender(bench);
    send(0, {}, "a", 1);
    expect(send(10, {}, "a", 2)).toBe("duplicate");
    const verdict = bench.verdictAt(30, item(20, { stationId: 3, receiver: "b", observation: notice() }));
    expect(verdict).toEqual({ stationId: 1, observedAtMs: T0 - 20, receiver: "b" });
  });

  it("step 1: are dropped once their validity, counted from detection, has run out", () => {
    expect(sender(new Bench())(600_000)).toBe("frame");
    expect(sender(new Bench())(600_001)).toBe("expired");
    expect(sender(new Bench())(3_000, { validityS: 2 })).toBe("expired");
  });

  it("step 2: are not ended where they never began", () => {
    expect(sender(new Bench())(0, cancelled)).toBe("unknown-event");
    expect(sender(new Bench())(0, negated)).toBe("unknown-event");
  });

  it("step 3: are not overwritten by older revisions", () => {
    const send = sender(new Bench());
    send(5_000, { referenceAtMs: T0 + 5_000, detectionAtMs: T0 + 4_000, contentHash: "c2" });
    expect(send(5_100)).toBe("superseded");
    expect(send(5_200, { referenceAtMs: T0 + 6_000, detectionAtMs: T0 })).toBe("superseded");
  });

  it("step 4: are not affected by repetitions, which add their receivers", () => {
    const send = sender(new Bench());
    expect(send(0)).toBe("frame");
    expect(send(500)).toBe("duplicate");
    expect(send(600, {}, "b")).toBe("corroboration");
    expect(send(700, {}, "b")).toBe("duplicate");
    for (let i = 0; i < 20; i++) send(800, {}, `r${i}`);
    expect(send(900, {}, "one too many")).toBe("duplicate");
  });

  it("step 4: keep their detection time within repetitions", () => {
    const send = sender(new Bench());
    send(0);
    expect(send(500, { detectionAtMs: T0 + 400 })).toBe("superseded");
  });

  it("steps 5 and 6: are replaced by newer revisions, which restart the validity", () => {
    const send = sender(new Bench());
    send(0, { validityS: 10 });
    expect(send(5_000, { validityS: 10, referenceAtMs: T0 + 5_000, detectionAtMs: T0 + 5_000 })).toBe(
      "frame",
    );
    expect(send(14_000, { validityS: 10, referenceAtMs: T0 + 5_000, detectionAtMs: T0 + 5_000 }, "b")).toBe(
      "corroboration",
    );
  });

  it("pass on an unchanged re-issue, so that it can extend the alert", () => {
    const send = sender(new Bench());
    send(0);
    expect(send(1_006, { referenceAtMs: T0 + 1_006 })).toBe("frame");
  });
});

describe("the end of an event", () => {
  it("comes with a newer cancellation, and only once", () => {
    const send = sender(new Bench());
    send(0);
    expect(send(1_000, { ...cancelled, referenceAtMs: T0 + 1_000 })).toBe("frame");
    expect(send(1_100, { ...cancelled, referenceAtMs: T0 + 1_000 })).toBe("duplicate");
    expect(send(1_200, { ...cancelled, referenceAtMs: T0 + 1_000 }, "b")).toBe("corroboration");
  });

  it("comes with a negation, which reuses the reference time", () => {
    const send = sender(new Bench());
    send(0);
    expect(send(1_000, negated, "a", 55)).toBe("frame");
    expect(send(1_100, negated, "a", 55)).toBe("duplicate");
  });

  it.each([
    ["cancellation", { ...cancelled, referenceAtMs: T0 + 1_000 }],
    ["negation", negated],
  ])(
    "is not undone by a late repeat after a %s, through any receiver, until its validity is over",
    (_, end) => {
      const bench = new Bench();
      const send = sender(bench);
      send(0);
      send(1_000, end);
      for (let atMs = 2_000; atMs <= 598_000; atMs += 4_000) {
        expect(send(atMs, {}, `r${atMs}`)).toBe("superseded");
        bench.tick(atMs);
      }
      bench.tick(610_000);
      expect(send(610_000)).toBe("expired");
    },
  );

  it("is undone by its sender with a newer reference time", () => {
    const send = sender(new Bench());
    send(0);
    send(1_000, { ...cancelled, referenceAtMs: T0 + 1_000 });
    expect(send(2_000, { referenceAtMs: T0 + 2_000 })).toBe("frame");
  });

  it("reaches an event of short validity although it tells a shorter one itself", () => {
    const send = sender(new Bench());
    send(0, { validityS: 60 });
    expect(send(5_000, { ...cancelled, referenceAtMs: T0 + 5_000, validityS: 0 })).toBe("frame");
  });
});

describe("a wrong clock", () => {
  const skewed = (bench: Bench, atMs: number, errorMs: number, parts: Partial<HazardNotice> = {}) => {
    const times = { detectionAtMs: T0 + errorMs, referenceAtMs: T0 + errorMs };
    return bench.sendAt(atMs, item(atMs + errorMs - 20, { observation: notice({ ...times, ...parts }) }));
  };

  it("ahead does not keep an event alive beyond its validity", () => {
    const bench = new Bench();
    const errorMs = 3_600_000;
    expect(skewed(bench, 0, errorMs)).toBe("frame");
    expect(skewed(bench, 599_000, errorMs)).toBe("duplicate");
    expect(skewed(bench, 601_000, errorMs)).toBe("expired");
    const end = { ...cancelled, referenceAtMs: T0 + errorMs + 1 };
    expect(skewed(bench, 602_000, errorMs, { ...end, detectionAtMs: T0 + errorMs + 602_000 })).toBe("frame");
  });

  it("ahead does not bring a cancelled event back", () => {
    const bench = new Bench();
    const errorMs = 3_600_000;
    skewed(bench, 0, errorMs);
    skewed(bench, 1_000, errorMs, { ...cancelled, referenceAtMs: T0 + errorMs + 1_000 });
    for (let atMs = 2_000; atMs < 4_000_000; atMs += 50_000) {
      bench.tick(atMs);
      expect(["superseded", "expired"]).toContain(skewed(bench, atMs, errorMs));
    }
  });
});

describe("a clock that is set while an event lasts", () => {
  it("lets the sender update and end the event", () => {
    const bench = new Bench();
    const send = sender(bench);
    const ahead = { detectionAtMs: T0 + 7_200_000, referenceAtMs: T0 + 7_200_000 };
    expect(bench.sendAt(0, item(7_200_000, { observation: notice(ahead) }))).toBe("frame");
    expect(send(2_000, { referenceAtMs: T0 + 1_900 })).toBe("duplicate");
    expect(send(5_000, { referenceAtMs: T0 + 4_900, contentHash: "c2" })).toBe("frame");
    expect(send(6_000, { referenceAtMs: T0 + 5_900, ...cancelled })).toBe("frame");
  });

  it("does not bring an ended event back", () => {
    const bench = new Bench();
    const send = sender(bench);
    const ahead = { detectionAtMs: T0 + 7_200_000, referenceAtMs: T0 + 7_200_000 };
    bench.sendAt(0, item(7_200_000, { observation: notice(ahead) }));
    send(1_000, { referenceAtMs: T0 + 900, ...cancelled });
    expect(bench.sendAt(2_000, item(7_200_000, { observation: notice(ahead) }))).toBe("superseded");
    expect(send(3_000, { referenceAtMs: T0 + 2_900 })).toBe("frame");
  });
});

describe("the store of events", () => {
  it("is bounded, and lets every message pass", () => {
    const bench = new Bench({ maxEvents: 3 });
    const send = sender(bench);
    for (let i = 0; i < 10; i++) expect(send(i, { sequenceNumber: i })).toBe("frame");
    expect(bench.validator.evicted.events).toBe(7);
    expect(send(20, { sequenceNumber: 9 })).toBe("duplicate");
  });

  it("forgets what has run out", () => {
    const bench = new Bench();
    const send = sender(bench);
    for (let i = 0; i < 500; i++) send(i, { sequenceNumber: i, validityS: 5 });
    const events = () => JSON.stringify(bench.validator.snapshot()).length;
    const full = events();
    bench.tick(10_000);
    expect(events()).toBeLessThan(full / 10);
  });
});
