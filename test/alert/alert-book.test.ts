import { describe, expect, it } from "vitest";
import { AlertBook } from "../../src/alert/alert-book.ts";
import { kindPolicy } from "../../src/alert/kind-policy.ts";
import type { Alert, Severity } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import { onRoad, ROAD_ORIGIN, T0 } from "../support/frames.ts";
import { detection } from "./detections.ts";

const TICK_MS = 50;

/** Lets a book's time go on tick by tick and collects what it tells. */
function tickTo(book: AlertBook, fromS: number, toS: number): Alert[] {
  const told: Alert[] = [];
  for (let at = fromS * 1_000 + TICK_MS; at <= toS * 1_000; at += TICK_MS) told.push(...book.onTick(T0 + at));
  return told;
}

describe("the life of an alert", () => {
  it("begins with revision 1 and the detection's content", () => {
    const book = new AlertBook();
    const alert = book.apply(detection(0));
    expect(alert).toMatchObject({ state: "new", revision: 1, beganAtMs: T0, detectedAtMs: T0 });
    expect(alert?.alertId).toMatch(/^[0-9a-z]{13}$/);
    expect(book.live()).toEqual([alert]);
    expect(book.get(alert?.alertId ?? "")).toBe(alert);
  });

  it("is extended in silence, but whoever asks hears the present validity", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    for (let s = 1; s <= 100; s++) {
      expect(book.apply(detection(s, { phase: "extend" }))).toBeUndefined();
      expect(tickTo(book, s, s + 1)).toEqual([]);
    }
    expect(book.live()).toEqual([{ ...first, validUntilMs: T0 + 160_000 }]);
    expect(book.get(first?.alertId ?? "")).toEqual(book.live()[0]);
    const [end] = tickTo(book, 101, 161);
    expect(end).toMatchObject({ state: "expired", detectedAtMs: T0 + 160_000, validUntilMs: T0 + 160_000 });
  });

  it("expires when its validity is over", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    const told = tickTo(book, 0, 70);
    expect(told).toMatchObject([
      { state: "expired", revision: 2, detectedAtMs: T0 + 60_000, why: { rule: "alert/validity-over" } },
    ]);
    expect(book.size).toBe(0);
    expect(book.apply(detection(71, { phase: "end" }))).toBeUndefined();
  });

  it("is taken over from before a restart: joined by what is detected of it, else over with its validity", () => {
    const before = new AlertBook();
    const told = before.apply(detection(0)) as Alert;
    const book = new AlertBook();
    book.adopt(told);
    book.adopt(told);
    expect(book.live()).toEqual([told]);
    const joined = book.apply(detection(5, { key: "known anew", severity: 5 }));
    expect(joined).toMatchObject({ alertId: told.alertId, revision: 2, state: "updated" });

    const lonely = new AlertBook();
    lonely.adopt(told);
    lonely.restore(JSON.parse(JSON.stringify(lonely.snapshot())));
    expect(tickTo(lonely, 0, 70)).toMatchObject([{ alertId: told.alertId, revision: 2, state: "expired" }]);
  });

  it("is let go of without taking what has left it for another alert", () => {
    const book = new AlertBook();
    const far = { latitudeDeg: ROAD_ORIGIN.latitudeDeg + 0.1, longitudeDeg: ROAD_ORIGIN.longitudeDeg };
    const first = book.apply(detection(0, { detector: "a" })) as Alert;
    book.apply(detection(0, { detector: "b" }));
    book.apply(detection(1, { detector: "a", phase: "end" }));
    const other = book.apply(detection(2, { detector: "a", position: far })) as Alert;
    expect(other.alertId).not.toBe(first.alertId);
    book.forget(first.alertId);
    book.forget(first.alertId);
    expect(book.live()).toEqual([other]);
    // It has moved on: only its name leads to the alert.
    const further = { ...far, latitudeDeg: far.latitudeDeg + 0.1 };
    const later = book.apply(detection(9, { detector: "a", position: further, phase: "update" }));
    expect(later).toMatchObject({ alertId: other.alertId, revision: 2 });
    expect(book.size).toBe(1);
  });

  it("ends once, after its end was held for a moment", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    expect(book.apply(detection(10, { phase: "end" }))).toBeUndefined();
    expect(book.apply(detection(11, { phase: "end" }))).toBeUndefined();
    expect(tickTo(book, 11, 30)).toMatchObject([{ state: "ended", revision: 2, detectedAtMs: T0 + 13_000 }]);
  });

  it("goes on if the thing is seen again while the end is held", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    book.apply(detection(10, { phase: "end" }));
    expect(book.apply(detection(12, { phase: "start" }))).toBeUndefined();
    expect(tickTo(book, 12, 30)).toEqual([]);
    expect(book.live()).toMatchObject([{ alertId: first?.alertId, revision: 1 }]);
  });

  it("is another alert if the thing is seen again after its end", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    book.apply(detection(10, { phase: "end" }));
    tickTo(book, 10, 20);
    const second = book.apply(detection(21));
    expect(second).toMatchObject({ state: "new", revision: 1 });
    expect(second?.alertId).not.toBe(first?.alertId);
  });

  it("is cancelled at once where its source takes it back", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    expect(book.apply(detection(5, { phase: "cancel" }))).toMatchObject({ state: "cancelled", revision: 2 });
    expect(tickTo(book, 5, 100)).toEqual([]);
  });

  it("an extension of something unknown begins an alert", () => {
    expect(new AlertBook().apply(detection(0, { phase: "extend" }))).toMatchObject({ state: "new" });
  });
});

describe("updates", () => {
  const told = (...changes: Parameters<typeof detection>[1][]): (Alert | undefined)[] => {
    const book = new AlertBook();
    book.apply(detection(0));
    return changes.map((change, i) => book.apply(detection(10 + i * 10, { phase: "update", ...change })));
  };

  it.each([
    ["a surer tier", { tier: "confirmed" }],
    ["a higher severity", { severity: 4 }],
    ["a lower severity", { severity: 2 }],
    ["another cause", { causeCode: 91 }],
    ["a closer cause", { subCauseCode: 2 }],
    ["a move of 100 m", { position: onRoad(100) }],
    ["another heading", { headingDeg: 180 }],
    ["another area", { outline: { form: "line", points: [onRoad(0), onRoad(50)] } }],
    ["much less confidence", { confidencePct: 30 }],
    ["a shorter validity", { validUntilMs: T0 + 20_000 }],
  ] as const)("%s is told", (_what, change) => {
    expect(told(change)).toMatchObject([{ state: "updated", revision: 2, ...change }]);
  });

  it.each([
    ["a move of 5 m", { position: onRoad(5) }],
    ["another word in the explanation", { why: { rule: "x", text: "y", measures: [] } }],
    ["a little more confidence", { confidencePct: 70 }],
    ["a longer validity", { validUntilMs: T0 + 900_000 }],
    [
      "more evidence",
      { evidence: { stations: 1, observations: 9, receivers: 2, sources: ["b"], marks: [] } },
    ],
  ] as const)("%s is not", (_what, change) => {
    expect(told(change)).toEqual([undefined]);
  });

  it("a tier never falls", () => {
    const [up, down] = told({ tier: "confirmed" }, { tier: "suspected", severity: 4 });
    expect(up?.tier).toBe("confirmed");
    expect(down).toMatchObject({ tier: "confirmed", severity: 4, revision: 3 });
  });

  it("wait for the shortest time between two, unless it gets worse", () => {
    const book = new AlertBook();
    const { updateEveryMs } = kindPolicy("stationary-vehicle");
    book.apply(detection(0));
    expect(book.apply(detection(0.5, { phase: "update", headingDeg: 180 }))).toBeUndefined();
    expect(book.apply(detection(0.6, { phase: "update", headingDeg: 181, severity: 4 }))).toMatchObject({
      revision: 2,
    });
    expect(book.apply(detection(0.7, { phase: "update", headingDeg: 270, severity: 4 }))).toBeUndefined();
    const [late] = tickTo(book, 0.7, 5);
    expect(late).toMatchObject({ state: "updated", revision: 3, headingDeg: 270 });
    expect((late?.detectedAtMs ?? 0) - T0).toBeGreaterThanOrEqual(600 + updateEveryMs);
    expect((late?.detectedAtMs ?? 0) - T0).toBeLessThan(600 + updateEveryMs + 2 * TICK_MS);
  });

  it("that are taken back while they wait are never told", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    book.apply(detection(0.5, { phase: "update", headingDeg: 180 }));
    book.apply(detection(0.6, { phase: "update", headingDeg: 90 }));
    expect(tickTo(book, 0.6, 30)).toEqual([]);
  });

  it("carry rounded numbers only", () => {
    const alert = new AlertBook().apply(
      detection(0, {
        position: { latitudeDeg: 51.123456789, longitudeDeg: 6.987654321 },
        headingDeg: 359.97,
        confidencePct: 61.7,
        why: { rule: "r", text: "t", measures: [{ name: "xM", observed: 1 / 3, threshold: 2 / 3 }] },
      }),
    );
    expect(alert?.position).toEqual({ latitudeDeg: 51.1234568, longitudeDeg: 6.9876543 });
    expect(alert).toMatchObject({ headingDeg: 0, confidencePct: 62 });
    expect(alert?.why.measures).toEqual([{ name: "xM", observed: 0.333, threshold: 0.667 }]);
  });
});

describe("mergers", () => {
  const other = (overrides: Parameters<typeof detection>[1] = {}): Parameters<typeof detection>[1] => ({
    key: "2",
    ...overrides,
  });

  it("near in place, heading and time are one alert with joint content", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    const joined = book.apply(
      detection(10, other({ position: onRoad(30), tier: "confirmed", severity: 4, subCauseCode: 2 })),
    );
    expect(joined).toMatchObject({
      state: "updated",
      revision: 2,
      tier: "confirmed",
      severity: 4,
      subCauseCode: 2,
      confidencePct: 84,
      position: onRoad(0),
      validUntilMs: T0 + 70_000,
      evidence: { stations: 2, observations: 2 },
    });
    expect(book.size).toBe(1);
  });

  it("of two detectors do not count one station twice", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    const joined = book.apply(detection(10, other({ detector: "hazard-notice", tier: "confirmed" })));
    expect(joined?.evidence).toMatchObject({ stations: 1, observations: 2 });
  });

  it.each([
    ["place", { position: onRoad(80) }],
    ["heading", { headingDeg: 270 }],
    ["kind", { kind: "obstacle" }],
  ] as const)("do not happen across a difference of %s", (_what, difference) => {
    const book = new AlertBook();
    book.apply(detection(0));
    expect(book.apply(detection(10, other(difference)))).toMatchObject({ state: "new" });
  });

  it("an unknown heading fits all", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    book.apply(detection(10, other({ headingDeg: undefined })));
    expect(book.size).toBe(1);
  });

  it("of brakings need seconds", () => {
    const book = new AlertBook();
    const brake = { kind: "emergency-brake" } as const;
    book.apply(detection(0, brake));
    book.apply(detection(4, other(brake)));
    expect(book.size).toBe(1);
    book.apply(detection(12, { ...brake, key: "3" }));
    expect(book.size).toBe(2);
  });

  it("of congestions are left to their detector, but relayed ones join", () => {
    const book = new AlertBook();
    const jam = { kind: "congestion", detector: "congestion-cells" } as const;
    book.apply(detection(0, jam));
    book.apply(detection(1, other({ ...jam, position: onRoad(100) })));
    expect(book.size).toBe(2);
    book.apply(detection(2, { ...jam, detector: "hazard-notice", key: "9:1", position: onRoad(60) }));
    expect(book.size).toBe(2);
  });

  it("end when the last contributor has ended, and move to the next oldest before", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    book.apply(detection(10, other({ position: onRoad(40) })));
    expect(book.apply(detection(20, { phase: "end" }))).toMatchObject({
      state: "updated",
      position: onRoad(40),
      evidence: { stations: 1 },
    });
    book.apply(detection(30, other({ phase: "end" })));
    expect(tickTo(book, 30, 40)).toMatchObject([{ state: "ended" }]);
  });

  it("survive the expiry of one contributor", () => {
    const book = new AlertBook();
    book.apply(detection(0, { validUntilMs: T0 + 20_000 }));
    book.apply(detection(10, other({ validUntilMs: T0 + 100_000 })));
    tickTo(book, 10, 50);
    expect(book.size).toBe(1);
    expect(tickTo(book, 50, 110).at(-1)).toMatchObject({ state: "expired", detectedAtMs: T0 + 100_000 });
  });

  it("join the nearest of several", () => {
    const book = new AlertBook();
    book.apply(detection(0, { position: onRoad(0) }));
    const far = book.apply(detection(1, other({ position: onRoad(90) })));
    const joined = book.apply(detection(3, { key: "3", position: onRoad(49), severity: 4 }));
    expect(joined?.alertId).toBe(far?.alertId);
  });

  it("join an alert whose end is held", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    book.apply(detection(10, { phase: "end" }));
    book.apply(detection(11, other()));
    expect(book.live().map(({ alertId }) => alertId)).toEqual([first?.alertId]);
    expect(tickTo(book, 11, 30)).toEqual([]);
  });

  it("are left by a contributor that turns out to be something else", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    book.apply(detection(1, other()));
    const left = book.apply(detection(5, other({ phase: "update", kind: "accident", causeCode: 2 })));
    expect(left).toMatchObject({ state: "new", kind: "accident" });
    expect(left?.alertId).not.toBe(first?.alertId);
    expect(book.size).toBe(2);
  });

  it("a sole contributor may change its kind", () => {
    const book = new AlertBook();
    const first = book.apply(detection(0));
    const changed = book.apply(detection(5, { phase: "update", kind: "accident", causeCode: 2 }));
    expect(changed).toMatchObject({ alertId: first?.alertId, state: "updated", kind: "accident" });
    expect(book.apply(detection(6, other({ kind: "accident" })))).toBeUndefined();
  });
});

describe("identity", () => {
  it("derives from content, the same everywhere", () => {
    const [a, b] = [new AlertBook(), new AlertBook()].map((book) => book.apply(detection(0)));
    expect(a?.alertId).toBe(b?.alertId);
  });

  it("never from a station", () => {
    const [a, b] = ["1", "2"].map((key) => new AlertBook().apply(detection(0, { key })));
    expect(a?.alertId).toBe(b?.alertId);
  });

  it("is told apart by an ordinal where everything agrees", () => {
    const book = new AlertBook();
    const works = { kind: "roadworks" } as const;
    const ids = ["1", "2", "3"].map((key) => book.apply(detection(0, { ...works, key }))?.alertId);
    expect(new Set(ids).size).toBe(3);
  });
});

describe("what waits for its time", () => {
  it("does not gather while an alert of long validity changes again and again", () => {
    const book = new AlertBook();
    const validUntilMs = T0 + 86_400_000;
    for (let s = 0; s < 20_000; s++) {
      const position = { ...ROAD_ORIGIN, latitudeDeg: ROAD_ORIGIN.latitudeDeg + (s % 2) * 0.001 };
      book.apply(detection(s, { phase: "update", validUntilMs, position }));
      book.onTick(T0 + s * 1_000 + 500);
    }
    expect(book.size).toBe(1);
    expect(book.dueEntries).toBeLessThan(2_000);
  });

  it("does not gather while alerts of long validity come and go", () => {
    const book = new AlertBook();
    for (let s = 0; s < 20_000; s++) {
      const validUntilMs = T0 + s * 1_000 + 86_400_000;
      book.apply(detection(s, { validUntilMs }));
      book.apply(detection(s, { phase: "cancel" }));
    }
    expect(book.size).toBe(0);
    expect(book.dueEntries).toBeLessThan(2_000);
  });
});

describe("the bound", () => {
  const fill = (book: AlertBook, count: number, severity: Severity): number => {
    let opened = 0;
    for (let i = 0; i < count; i++) {
      const one = detection(0, { kind: "roadworks", key: `${severity}-${i}`, severity });
      if (book.apply(one) !== undefined) opened++;
    }
    return opened;
  };

  it("refuses the lowest severities first, never danger", () => {
    const book = new AlertBook({ maxAlerts: 100 });
    expect(fill(book, 200, 1)).toBe(80);
    expect(fill(book, 200, 2)).toBe(10);
    expect(fill(book, 200, 3)).toBe(10);
    expect(fill(book, 200, 4)).toBe(200);
    expect(fill(book, 10, 5)).toBe(10);
    expect(book.refused).toEqual({ 1: 120, 2: 190, 3: 190, 4: 0, 5: 0 });
  });
});

describe("alerts of one event", () => {
  const blocked = (atS: number, overrides: Parameters<typeof detection>[1] = {}) =>
    detection(atS, { detector: "blockage", key: "b", kind: "blockage", causeCode: 5, ...overrides });

  it("are related: a blockage names the vehicle that stands in it, for life", () => {
    const book = new AlertBook();
    const far = book.apply(detection(0, { key: "far", position: onRoad(400) }));
    const vehicle = book.apply(detection(1, { key: "near", position: onRoad(120) }));
    const blockage = book.apply(blocked(60, { position: onRoad(100) }));
    expect(blockage).toMatchObject({ kind: "blockage", state: "new", relatedAlertId: vehicle?.alertId });
    expect(far).not.toHaveProperty("relatedAlertId");
    book.apply(detection(61, { key: "near", phase: "end" }));
    tickTo(book, 61, 70);
    expect(book.apply(blocked(71, { severity: 4, position: onRoad(100) }))).toMatchObject({
      state: "updated",
      relatedAlertId: vehicle?.alertId,
    });
  });

  it("are related the other way where the blockage was first", () => {
    const book = new AlertBook();
    const blockage = book.apply(blocked(0));
    expect(book.apply(detection(5, { position: onRoad(30) }))?.relatedAlertId).toBe(blockage?.alertId);
  });

  it("are not those of the other carriageway, of one kind, or that are over", () => {
    const book = new AlertBook();
    book.apply(detection(0, { headingDeg: 270 }));
    expect(book.apply(blocked(1))).not.toHaveProperty("relatedAlertId");
    book.apply(detection(2, { key: "2", position: onRoad(500) }));
    book.apply(detection(3, { key: "2", phase: "end", position: onRoad(500) }));
    const next = book.apply(blocked(4, { key: "c", position: onRoad(500) }));
    expect(next).not.toHaveProperty("relatedAlertId");
  });
});

describe("snapshots", () => {
  it("bring everything back", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    book.apply(detection(1, { key: "2", position: onRoad(10), headingDeg: undefined }));
    book.apply(detection(2, { key: "3", position: onRoad(900) }));
    book.apply(detection(3, { key: "3", phase: "end" }));
    const other = new AlertBook();
    other.restore(JSON.parse(JSON.stringify(book.snapshot())));
    expect(other.live().map(alertLine)).toEqual(book.live().map(alertLine));
    expect(other.snapshot()).toEqual(book.snapshot());
    expect(tickTo(other, 3, 80).map(alertLine)).toEqual(tickTo(book, 3, 80).map(alertLine));
  });

  it("replace what was there", () => {
    const book = new AlertBook();
    book.apply(detection(0));
    book.restore(new AlertBook().snapshot());
    expect(book.size).toBe(0);
    expect(book.apply(detection(1, { phase: "end" }))).toBeUndefined();
  });

  it("are refused where they cannot be ours", () => {
    expect(() => new AlertBook().restore({ live: 3 })).toThrow(/snapshot/);
  });
});
