import { describe, expect, it } from "vitest";
import { congestionCells } from "../../../../src/detect/congestion-cells.ts";
import { congestionRoad } from "../../../../src/detect/congestion-road.ts";
import type { RoadNetwork } from "../../../../src/domain/road.ts";
import { T0 } from "../../../support/frames.ts";
import { Scene, type ScriptedVehicle } from "../../../support/scene.ts";
import { straightMap } from "../../../support/straight-map.ts";

const CYCLE_S = 80;
const STREET = { lanes: 1, limit_kmh: 50, divided: false, urban: true };

/** A street with a signal at 1,000 m and a junction at 600 m. */
const SIGNALISED = straightMap(
  { id: "before", route: "street", fromM: 0, toM: 600, properties: STREET },
  { id: "at-signal", route: "street", fromM: 600, toM: 1_000, properties: { ...STREET, signal: true } },
  { id: "after", route: "street", fromM: 1_000, toM: 2_000, properties: STREET },
  { id: "side", route: "side", fromM: 300, toM: 600, rightM: 0.3, properties: STREET },
);

/**
 * Vehicles on a single lane with a stop line: each stops 7 m behind the one before and leaves 1 s after it, so that 20 pass
 * in 30 s of green. Computed second by second: speed is 14 m/s where the way is free.
 */
function atSignal(arrivals: readonly number[], greenS: number): ScriptedVehicle[] {
  const places: Map<number, number>[] = arrivals.map(() => new Map());
  const isGreen = (s: number): boolean => s % CYCLE_S >= CYCLE_S - greenS;
  const now = arrivals.map(() => 0);
  for (let s = 0; s < 1_500; s++) {
    // Each sees the place of the one before a second ago.
    const seen = [...now];
    for (const [i, arrivesS] of arrivals.entries()) {
      if (s < arrivesS) continue;
      const at = seen[i] ?? 0;
      const ahead = i === 0 ? Number.POSITIVE_INFINITY : (seen[i - 1] ?? 0) - 7;
      const wall = at < 1_000 && !isGreen(s) ? 998 : Number.POSITIVE_INFINITY;
      const next = Math.min(at + 14, wall, Math.max(at, ahead));
      now[i] = next;
      if (next < 2_000) places[i]?.set(s, next);
    }
  }
  return arrivals.map((_, i): ScriptedVehicle => {
    const track = places[i];
    return {
      stationId: 100 + i,
      at(s) {
        const alongM = track?.get(s);
        if (alongM === undefined) return undefined;
        return { alongM, speedMps: alongM - (track?.get(s - 1) ?? alongM - 14) };
      },
    };
  });
}

function run(vehicles: readonly ScriptedVehicle[], untilS: number, roads: RoadNetwork = SIGNALISED): Scene {
  const scene = new Scene([congestionCells(), congestionRoad()], { roads });
  scene.drive(vehicles, 0, untilS);
  return scene;
}

const every = (seconds: number, untilS: number): number[] =>
  Array.from({ length: Math.floor(untilS / seconds) }, (_, i) => i * seconds);

describe("a street with a signal", () => {
  it("is not congested by red lights, however many cycles", () => {
    expect(run(atSignal(every(7, 900), 40), 1_000).transitions).toEqual([]);
  });

  it("is congested where its queue fails to clear in two cycles, and flows again after", () => {
    const scene = run(atSignal([...every(3, 420), ...every(20, 600).map((s) => 700 + s)], 30), 1_450);
    const [first] = scene.transitions;
    expect(first).toMatchObject({
      state: "new",
      kind: "congestion",
      why: { rule: "congestion-road/cycle-failure" },
    });
    expect((first?.detectedAtMs ?? 0) - T0).toBeGreaterThan(2 * CYCLE_S * 1_000);
    expect((first?.detectedAtMs ?? 0) - T0).toBeLessThan(4 * CYCLE_S * 1_000);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "ended" });
  });

  it("spills back when its queue reaches the junction upstream", () => {
    const scene = run(atSignal(every(2, 500), 20), 520);
    const spilled = scene.transitions.find(({ evidence }) => evidence.marks.includes("spill-back"));
    expect(spilled).toMatchObject({ severity: 4, why: { rule: "congestion-road/spill-back" } });
  });
});

describe("one vehicle on a street with a signal", () => {
  const alone = (speedAt: (s: number) => number): ScriptedVehicle => {
    const places = [0];
    for (let s = 0; s < 900; s++) places.push((places[s] ?? 0) + speedAt(s));
    return { stationId: 7, at: (s) => ({ alongM: places[s] ?? 0, speedMps: speedAt(s) }) };
  };

  it("shows congestion where it drives at less than 40 % of the free flow for two cycles, with a stop", () => {
    const [first] = run([alone((s) => (s < 40 ? 14 : s < 50 ? 0 : 1.5))], 280).transitions;
    expect(first).toMatchObject({ kind: "congestion", tier: "suspected" });
    expect((first?.detectedAtMs ?? 0) - T0).toBeGreaterThan(180_000);
  });

  it("shows none where it never stops: a tractor", () => {
    expect(run([alone((s) => (s < 40 ? 14 : 1.5))], 280).transitions).toEqual([]);
  });

  it("shows with another one that stands far behind that two more greens will not do", () => {
    // The first moves up by 40 m in one green and must stop again; the second stands 200 m before the line.
    const first = alone((s) => (s < 65 ? 14 : s < 110 ? 0 : s < 115 ? 8 : 0));
    const second = { ...alone((s) => (s < 57 ? 14 : 0)), stationId: 8 };
    const [told] = run([first, second], 240).transitions;
    expect(told).toMatchObject({ why: { rule: "congestion-road/cycle-failure" } });
    const near = { ...alone((s) => (s < 68 ? 14 : 0)), stationId: 8 };
    expect(run([first, near], 240).transitions).toEqual([]);
  });
});

describe("a car parked on a street", () => {
  it("is no congestion, nor are two", () => {
    const parked = [0, 1].map(
      (i): ScriptedVehicle => ({
        stationId: 900 + i,
        at: (s) => ({ alongM: Math.min(300 + i * 50, s * 10), rightM: 2, speedMps: s * 10 > 360 ? 0 : 10 }),
      }),
    );
    expect(run([...parked], 900).transitions).toEqual([]);
  });
});
