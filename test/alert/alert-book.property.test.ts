import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlertBook } from "../../src/alert/alert-book.ts";
import { type Alert, isTerminal } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { Detection } from "../../src/domain/detection.ts";
import { onRoad, T0 } from "../support/frames.ts";
import { detection } from "./detections.ts";

/** One step of a random life: time goes on, then perhaps something is seen. */
interface Step {
  readonly ticks: number;
  readonly seen: Partial<Detection> | undefined;
  readonly validS: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  ticks: fc.integer({ min: 0, max: 80 }),
  validS: fc.integer({ min: 1, max: 40 }),
  seen: fc.option(
    fc.record({
      detector: fc.constantFrom("stationary-vehicle", "hazard-notice"),
      key: fc.constantFrom("1", "2", "3", "4"),
      phase: fc.constantFrom("start", "update", "extend", "end", "cancel"),
      kind: fc.constantFrom("stationary-vehicle", "emergency-brake", "congestion", "roadworks"),
      tier: fc.constantFrom("suspected", "confirmed"),
      severity: fc.constantFrom(2, 3, 4),
      position: fc.integer({ min: 0, max: 4 }).map((i) => onRoad(i * 40)),
      headingDeg: fc.constantFrom(undefined, 90, 100, 270),
    }),
    { nil: undefined, freq: 3 },
  ),
});

/** Plays steps; restarts from a snapshot before the given ones. */
function play(steps: readonly Step[], restarts: ReadonlySet<number> = new Set()): Alert[] {
  let book = new AlertBook();
  const told: Alert[] = [];
  let nowMs = T0;
  for (const [i, { ticks, seen, validS }] of steps.entries()) {
    for (let t = 0; t < ticks; t++) {
      nowMs += 50;
      told.push(...book.onTick(nowMs));
    }
    if (restarts.has(i)) {
      const next = new AlertBook();
      next.restore(JSON.parse(JSON.stringify(book.snapshot())));
      book = next;
    }
    if (seen === undefined) continue;
    const validUntilMs = nowMs + validS * 1_000;
    const one = detection((nowMs - T0) / 1_000, { ...seen, validUntilMs });
    const alert = book.apply(one);
    if (alert !== undefined) told.push(alert);
  }
  for (let t = 0; t < 2_000; t++) {
    nowMs += 50;
    told.push(...book.onTick(nowMs));
  }
  expect(book.size).toBe(0);
  return told;
}

function livesOf(told: readonly Alert[]): Map<string, Alert[]> {
  const lives = new Map<string, Alert[]>();
  for (const alert of told) {
    const life = lives.get(alert.alertId);
    if (life === undefined) lives.set(alert.alertId, [alert]);
    else life.push(alert);
  }
  return lives;
}

describe("any sequence of detections and ticks", () => {
  it("gives every alert one beginning, revisions by one, a tier that never falls, and one end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        for (const life of livesOf(play(steps)).values()) {
          expect(life.map(({ revision }) => revision)).toEqual(life.map((_, i) => i + 1));
          expect(life.map(({ state }) => state === "new")).toEqual(life.map((_, i) => i === 0));
          expect(life.map(({ state }) => isTerminal(state))).toEqual(
            life.map((_, i) => i === life.length - 1),
          );
          const sure = life.map(({ tier }) => tier === "confirmed");
          expect(sure.lastIndexOf(false)).toBeLessThanOrEqual(
            sure.indexOf(true) < 0 ? life.length : sure.indexOf(true),
          );
          const times = life.map(({ detectedAtMs }) => detectedAtMs);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives the same transitions after a restart from a snapshot", () => {
    const restarts = fc.array(fc.nat({ max: 59 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), restarts, (steps, at) => {
        expect(play(steps, new Set(at)).map(alertLine)).toEqual(play(steps).map(alertLine));
      }),
      { numRuns: 100 },
    );
  });

  it("is not changed by unrelated detections far away", () => {
    const far = step.map(({ seen, ...rest }) => ({
      ...rest,
      ticks: 0,
      seen: seen && { ...seen, key: `far-${seen.key}`, position: onRoad(50_000) },
    }));
    fc.assert(
      fc.property(fc.array(fc.tuple(step, far), { maxLength: 40 }), (pairs) => {
        const alone = play(pairs.map(([near]) => near));
        const together = play(pairs.flat());
        const farFrom = onRoad(40_000).longitudeDeg;
        const near = together.filter(({ position }) => position.longitudeDeg < farFrom);
        expect(near.map(alertLine)).toEqual(alone.map(alertLine));
      }),
      { numRuns: 100 },
    );
  });
});
