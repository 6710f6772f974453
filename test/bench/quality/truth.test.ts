import { describe, expect, it } from "vitest";
import { PlanRoad } from "../../../bench/quality/plan/road.ts";
import type { Sample } from "../../../bench/quality/samples.ts";
import { deriveTruth } from "../../../bench/quality/truth/derive.ts";

const road = new PlanRoad({
  id: "A1p",
  ref: "A1",
  direction: "Nowhere",
  points: [
    { x: 0, y: 0 },
    { x: 5_000, y: 0 },
  ],
  lanes: 2,
  limitKmh: 120,
  startKm: 10,
});

function sample(
  vehicle: number,
  atS: number,
  routeM: number,
  speedMps: number,
  accelerationMps2 = 0,
): Sample {
  return {
    atS,
    vehicle,
    type: "passengerCar",
    ...road.geo(routeM),
    speedMps,
    headingDeg: 90,
    accelerationMps2,
    road: road.id,
    lane: 0,
    routeM,
    lengthM: 4.6,
    lightBits: 0,
    controlBits: 0,
    eventBits: 0,
    role: 0,
    wiperPerMin: 0,
  };
}

const known = { scenario: "test", seed: 1, source: "test", hazards: [] };

/** `count` vehicles 40 m apart that stand from 10 s on for `lastsS`. */
function standing(count: number, lastsS: number): Sample[] {
  const seconds = Array.from({ length: 60 }, (_, s) => s);
  return seconds.flatMap((s) =>
    Array.from({ length: count }, (_, v) =>
      sample(v, s, 1_000 + 40 * v, s >= 10 && s <= 10 + lastsS ? 0 : 30),
    ),
  );
}

describe("queues", () => {
  it("are four vehicles for ten seconds, tail upstream", () => {
    const { queues } = deriveTruth([road], standing(4, 20), known);
    expect(queues).toHaveLength(1);
    expect(queues[0]).toMatchObject({
      road: "A1",
      direction: "Nowhere",
      onset_s: 10,
      end_s: 30,
      max_length_m: 120,
    });
    expect(queues[0]?.series[0]?.slice(0, 4)).toEqual([10, 11, 11.12, 4]);
  });

  it.each([
    ["one vehicle", standing(1, 20)],
    ["nine seconds", standing(4, 9)],
  ])("are not %s", (_what, samples) => {
    expect(deriveTruth([road], samples, known).queues).toEqual([]);
  });

  it("of two or three vehicles are neither found nor missed", () => {
    for (const count of [2, 3]) {
      const { queues } = deriveTruth([road], standing(count, 20), known);
      expect(queues.map(({ dont_care }) => dont_care)).toEqual(["two or three slow vehicles"]);
    }
  });

  it("form from the second slow vehicle on, and begin with the fourth", () => {
    const seconds = Array.from({ length: 60 }, (_, s) => s);
    // One more stands every eight seconds, the first at 10 s; all go at 50 s.
    const samples = seconds.flatMap((s) =>
      [0, 1, 2, 3].map((v) => sample(v, s, 1_200 - 40 * v, s >= 10 + 8 * v && s < 50 ? 0 : 30)),
    );
    const { queues } = deriveTruth([road], samples, known);
    expect(queues).toHaveLength(1);
    expect(queues[0]).toMatchObject({ forming_s: 18, onset_s: 34, end_s: 49 });
    expect(queues[0]).not.toHaveProperty("dont_care");
  });

  it("are not looked for on roads with signals", () => {
    const { queues } = deriveTruth([road], standing(4, 20), { ...known, signalised: [road.id] });
    expect(queues).toEqual([]);
  });
});

describe("stops", () => {
  it("within a queue say so, alone they are lone, before a lane's end they merge", () => {
    const labels = (samples: Sample[], waits: { road: string; atM: number }[] = []): string[] =>
      deriveTruth([road], samples, { ...known, waitingPlaces: waits }).stops.map(({ label }) => label);
    expect(labels(standing(4, 20))).toEqual(Array.from({ length: 4 }, () => "in_queue"));
    expect(labels(standing(1, 20))).toEqual(["lone"]);
    expect(labels(standing(1, 20), [{ road: road.id, atM: 1_050 }])).toEqual(["merge"]);
    expect(labels(standing(1, 2))).toEqual([]);
  });

  it("first at the end of a lane wait to merge, those behind them stand in a queue", () => {
    const waits = [{ road: road.id, atM: 1_130, endingLanes: [0] }];
    const { stops } = deriveTruth([road], standing(4, 20), { ...known, waitingPlaces: waits });
    expect(stops.map(({ label, tolerance_m }) => [label, tolerance_m])).toEqual([
      ["in_queue", undefined],
      ["in_queue", undefined],
      ["in_queue", undefined],
      ["merge", 6],
    ]);
    const other = [{ road: road.id, atM: 1_130, endingLanes: [1] }];
    const labels = deriveTruth([road], standing(4, 20), { ...known, waitingPlaces: other }).stops;
    expect(labels.map(({ label }) => label)).toEqual(Array.from({ length: 4 }, () => "in_queue"));
  });
});

describe("brakes", () => {
  function braking(mps2: number, lastsS: number): Sample[] {
    const steps = Array.from({ length: 50 }, (_, i) => i / 10);
    return steps.map((s) => sample(1, s, 1_000 + s * 20, 20, s >= 1 && s <= 1 + lastsS ? mps2 : 0));
  }

  it("of half a second at −7 m/s² count as emergencies, shorter ones do not count at all", () => {
    const long = deriveTruth([road], braking(-7.5, 0.6), known).hard_brakes;
    const short = deriveTruth([road], braking(-7.5, 0.3), known).hard_brakes;
    expect(long.map(({ emergency_s, dont_care }) => [emergency_s, dont_care])).toEqual([[0.6, undefined]]);
    expect(short[0]?.dont_care).toContain("shorter");
    expect(deriveTruth([road], braking(-3.9, 1), known).hard_brakes).toEqual([]);
  });

  it("on ice count by what it gives", () => {
    const brakes = (mps2: number, friction: number) =>
      deriveTruth([road], braking(mps2, 1), { ...known, frictionAt: () => friction }).hard_brakes;
    expect(brakes(-2.7, 0.3).map(({ emergency_s, friction }) => [emergency_s, friction])).toEqual([[1, 0.3]]);
    expect(brakes(-2.5, 0.3)[0]?.dont_care).toContain("shorter");
    expect(brakes(-2.7, 1)).toEqual([]);
  });
});
