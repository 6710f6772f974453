import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlarmInput } from "../../src/alarm/alarm-input.ts";
import { Alarms } from "../../src/alarm/alarms.ts";
import { isLineOver, isPresent } from "../../src/alarm/line.ts";
import type { AlertKind } from "../../src/domain/alert.ts";
import { alertOf, atKm, picture, T0 } from "./support.ts";

const KINDS: readonly AlertKind[] = [
  "wrong-way",
  "accident",
  "stationary-vehicle",
  "congestion",
  "queue-end",
  "emergency-brake",
  "blind-area",
  "slippery-road",
  "obstacle",
];

/** Some 60 alerts on 30 km, that come, change, go and come again, and operators who act on some of them. */
const step = fc.record({
  afterMs: fc.oneof({ weight: 4, arbitrary: fc.nat(5_000) }, fc.nat(700_000)),
  alert: fc.nat(59),
  tier: fc.constantFrom("suspected", "confirmed"),
  over: fc.boolean(),
  witnesses: fc.integer({ min: 1, max: 3 }),
  related: fc.option(fc.nat(59), { nil: undefined }),
  act: fc.constantFrom(
    "alert",
    "alert",
    "alert",
    "alert",
    "acknowledge",
    "shelve",
    "unshelve",
    "remove",
    "return",
  ),
  isAdmin: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function inputsOf(steps: readonly Step[]): ((alarms: Alarms) => AlarmInput)[] {
  let atMs = T0;
  const over = new Set<number>();
  let generation = 0;
  const ids = new Map<number, string>();
  return steps.map((one) => {
    atMs += one.afterMs;
    const at = atMs;
    if (over.has(one.alert)) ids.set(one.alert, `a${one.alert}-${++generation}`);
    over.delete(one.alert);
    if (one.act === "alert" && one.over) over.add(one.alert);
    const alertId = ids.get(one.alert) ?? `a${one.alert}`;
    const kind = KINDS[one.alert % KINDS.length] ?? "accident";
    const related =
      one.related === undefined ? {} : { relatedAlertId: ids.get(one.related) ?? `a${one.related}` };
    if (one.act === "alert") {
      const alert = alertOf(alertId, {
        kind,
        tier: one.tier as "suspected",
        over: one.over,
        witnesses: one.witnesses,
        beganAtMs: at,
        place: atKm(one.alert / 2, one.alert / 2 + (kind === "congestion" ? 1 : 0)),
        ...(one.alert % 11 === 0 ? { exercise: true as const } : {}),
        ...related,
      });
      return () => ({ type: "alert", atMs: at, alert });
    }
    return (alarms) => ({
      type: "command",
      atMs: at,
      alarmId: alarms.alarmOf(alertId) ?? "none",
      by: "Ada",
      isAdmin: one.isAdmin,
      command: commandOf(one, at),
    });
  });
}

function commandOf(
  { act, afterMs }: Step,
  atMs: number,
): Extract<AlarmInput, { type: "command" }>["command"] {
  if (act === "shelve")
    return {
      command: "shelve",
      untilMs: atMs + 1 + afterMs * 5,
      reason: "known",
      oneShot: afterMs % 2 === 0,
    };
  if (act === "unshelve") return { command: "unshelve" };
  if (act === "remove") return { command: "remove-from-service", reason: "being repaired" };
  if (act === "return") return { command: "return-to-service" };
  return { command: "acknowledge" };
}

const steps = fc.array(step, { minLength: 1, maxLength: 120 });

describe("alarms, whatever happens", () => {
  it("are the same board, byte for byte, from a snapshot and what came after it", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (all, cut) => {
        const inputs = inputsOf(all);
        const whole = new Alarms();
        const at = cut % inputs.length;
        let kept = "";
        const taken: AlarmInput[] = [];
        for (const [i, inputOf] of inputs.entries()) {
          if (i === at) kept = JSON.stringify(whole.snapshot());
          const input = inputOf(whole);
          if (i >= at) taken.push(JSON.parse(JSON.stringify(input)));
          whole.take(input);
        }
        const restarted = new Alarms();
        restarted.restore(JSON.parse(kept));
        for (const input of taken) restarted.take(input);
        expect(picture(restarted)).toBe(picture(whole));
      }),
    );
  });

  it("do not depend on how often time is told", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1_000, max: 60_000 }), (all, everyMs) => {
        const [coarse, fine] = [new Alarms(), new Alarms()];
        for (const inputOf of inputsOf(all)) {
          const input = inputOf(coarse);
          for (let ms = Math.max(fine.nowMs, T0); ms < input.atMs; ms += everyMs) fine.advanceTo(ms);
          coarse.take(input);
          fine.take(input);
        }
        expect(picture(fine)).toBe(picture(coarse));
      }),
      { numRuns: 50 },
    );
  });

  it("hold every live alert in exactly one alarm, call for every P1, and lose nothing silently", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const alarms = new Alarms();
        const live = new Set<string>();
        const begun = new Set<string>();
        for (const inputOf of inputsOf(all)) {
          const input = inputOf(alarms);
          alarms.take(input);
          if (input.type === "alert") {
            begun.add(input.alert.alertId);
            if (input.alert.over) live.delete(input.alert.alertId);
            else live.add(input.alert.alertId);
          }
          const holders = new Map<string, number>();
          for (const line of alarms.lines()) {
            for (const { alert } of line.conditions)
              holders.set(alert.alertId, (holders.get(alert.alertId) ?? 0) + 1);
            const silenced = line.shelf !== undefined || line.outOfService !== undefined;
            if (isPresent(line) && line.level === "P1" && !silenced) {
              expect(line.calledFor).toBe("P1");
              expect(line.suppressed).toBeUndefined();
            }
            if (!isLineOver(line) && isPresent(line) && !silenced) expect(line.calledFor).not.toBe("none");
          }
          for (const alertId of live) expect(holders.get(alertId)).toBe(1);
          for (const held of holders.values()) expect(held).toBe(1);
        }
        expect(alarms.counts.alerts).toBe(begun.size);
        const { p1, p2, p3, suppressedByFlood, suppressedByChatter } = alarms.counts;
        expect(p1 + p2 + p3 + suppressedByFlood + suppressedByChatter).toBe(alarms.log.entries.length);
      }),
    );
  });
});
