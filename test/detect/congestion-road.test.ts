import { describe, expect, it } from "vitest";
import { congestionCells } from "../../src/detect/congestion-cells.ts";
import { congestionRoad } from "../../src/detect/congestion-road.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { TrafficLookup } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { RoadNetwork } from "../../src/domain/road.ts";
import { frameOf, motion, onRoad, T0 } from "../support/frames.ts";
import { Scene, type ScriptedVehicle, steady } from "../support/scene.ts";
import { MOTORWAY, straightMap } from "../support/straight-map.ts";
import { freeFlow, queueOf } from "./congestion/queue-scripts.ts";

const KMPH = 1 / 3.6;

function run(vehicles: readonly ScriptedVehicle[], untilS: number, roads: RoadNetwork = MOTORWAY): Scene {
  const scene = new Scene([congestionCells(), congestionRoad()], { roads });
  scene.drive(vehicles, 0, untilS);
  return scene;
}

function measure(alert: Alert | undefined, name: string): number | undefined {
  return alert?.why.measures.find((one) => one.name === name)?.observed;
}

/** A ramp 40 m beside the carriageway, which it joins at 5 km. */
const RAMP = straightMap(
  { id: "a", route: "east", fromM: 0, toM: 5_000, properties: { next: ["b"] } },
  { id: "b", route: "east", fromM: 5_000, toM: 10_000, properties: { next: [] } },
  {
    id: "ramp",
    route: "ramp",
    fromM: 4_000,
    toM: 5_000,
    rightM: 40,
    properties: { next: ["b"], ramp: true },
  },
);

const seconds = (alert: Alert | undefined): number => ((alert?.detectedAtMs ?? 0) - T0) / 1_000;

/** Where an alert's tail is on the straight road, m. */
const tailM = (alert: Alert | undefined): number => {
  const perDegree = onRoad(1_000).longitudeDeg - onRoad(0).longitudeDeg;
  return (((alert?.position.longitudeDeg ?? 0) - onRoad(0).longitudeDeg) / perDegree) * 1_000;
};

describe("a queue behind an incident on a mapped road", () => {
  const scene = run(
    [
      ...freeFlow(0, 20, 3),
      ...queueOf({
        vehicles: 40,
        every: 4,
        fromS: 160,
        headM: 3_000,
        spacingM: 20,
        leavesAtS: 400,
        startEveryS: 4.5,
      }),
      ...freeFlow(520, 30, 5, 28, 700),
    ],
    760,
  );
  const [first] = scene.transitions;
  const last = scene.transitions.at(-1);

  it("is told within a second of its second vehicle, once, and ends once", () => {
    expect(first).toMatchObject({ kind: "congestion", state: "new", causeCode: 1 });
    expect(seconds(first)).toBeGreaterThanOrEqual(164);
    expect(seconds(first)).toBeLessThan(165);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(last?.state).toBe("ended");
    expect(last?.why.rule).toBe("congestion-road/flows-again");
  });

  it("ends within half a minute of the last vehicle's departure", () => {
    const leavesS = 400 + 39 * 4.5;
    expect(seconds(last)).toBeGreaterThan(leavesS - 10);
    expect(seconds(last)).toBeLessThan(leavesS + 30);
  });

  it("has its tail where the last vehicle stopped", () => {
    for (const alert of scene.transitions) {
      const s = seconds(alert);
      if (s < 180 || s > 310 || alert.state === "ended") continue;
      const stopped = Math.min(39, Math.floor((s - 160) / 4));
      expect(Math.abs(tailM(alert) - (3_000 - stopped * 20)), `at ${s} s`).toBeLessThan(45);
    }
  });

  it("speaks as operators do", () => {
    expect(first?.road).toMatchObject({ ref: "A40", direction: "Dortmund" });
    expect(first?.outline.form).toBe("line");
    expect(first?.headingDeg).toBeCloseTo(90, 0);
    const longest = Math.max(...scene.transitions.map((alert) => measure(alert, "lengthM") ?? 0));
    expect(longest).toBeGreaterThan(700);
    expect(longest).toBeLessThan(900);
  });

  it("is confirmed by a third vehicle where nobody vouches for the first two", () => {
    expect(first?.tier).toBe("suspected");
    const confirmed = scene.transitions.find(({ tier }) => tier === "confirmed");
    expect(seconds(confirmed)).toBeLessThan(169);
  });
});

describe("what is no congestion on a mapped road", () => {
  it("a single slow vehicle in flowing traffic", () => {
    expect(run([...freeFlow(0, 120, 3), steady(999, 0, 10 * KMPH)], 400).transitions).toEqual([]);
  });

  it("a breakdown, even of two vehicles side by side, that others pass", () => {
    const stopped = [0, 1].map((i) => ({
      stationId: 900 + i,
      at: (s: number) => ({
        alongM: s < 50 ? 1_400 + i * 4 - (50 - s) * 28 : 1_400 + i * 4,
        rightM: i * 3.5,
        speedMps: s < 50 ? 28 : 0,
      }),
    }));
    expect(run([...freeFlow(0, 60, 5), ...stopped], 300).transitions).toEqual([]);
  });

  it("a slow vehicle that goes on under a new pseudonym", () => {
    const slow = steady(1, 0, 10 * KMPH);
    const renamed = [0, 120, 240, 360].map(
      (fromS, i): ScriptedVehicle => ({
        stationId: 10 + i,
        at: (s) => (s >= fromS + 2 && s < fromS + 120 ? slow.at(s) : undefined),
      }),
    );
    expect(run(renamed, 500).transitions).toEqual([]);
  });

  it("two who wait for a gap at the end of a ramp; four are", () => {
    const waiting = (vehicles: number): ScriptedVehicle[] =>
      Array.from({ length: vehicles }, (_, i) => ({
        stationId: 50 + i,
        at(s) {
          const atM = 4_990 - i * 12;
          const stopsS = 60 + i * 8;
          const alongM = Math.min(atM, atM - (stopsS - s) * 20);
          return s < stopsS - 20 || s > 150
            ? undefined
            : { alongM, rightM: 40, speedMps: s < stopsS ? 20 : 0 };
        },
      }));
    expect(run(waiting(2), 200, RAMP).transitions).toEqual([]);
    expect(run(waiting(4), 200, RAMP).transitions[0]).toMatchObject({ kind: "congestion", state: "new" });
  });

  it("cars that park beside it, on a place that the map does not know", () => {
    const parking = [0, 1, 2, 3].map(
      (i): ScriptedVehicle => ({
        stationId: 20 + i,
        at: (s) => {
          const inS = s - 10 * i;
          const standsM = 1_800 - 30 * i;
          return { alongM: Math.min(inS * 20, standsM), rightM: 45, speedMps: inS * 20 < standsM ? 20 : 0.5 };
        },
      }),
    );
    const unmapped = new Scene([congestionCells(), congestionRoad()]);
    unmapped.drive(parking, 0, 400);
    expect(unmapped.transitions.some(({ kind }) => kind === "congestion")).toBe(true);
    expect(run(parking, 400).transitions).toEqual([]);
  });

  it("a queue on the other carriageway", () => {
    const queue = queueOf({ vehicles: 10, every: 4, fromS: 60, headM: 3_000, spacingM: 20, leavesAtS: 900 });
    const scene = run(queue, 150);
    expect(new Set(scene.transitions.map(({ road }) => road?.direction))).toEqual(new Set(["Dortmund"]));
  });
});

describe("a rolling queue", () => {
  it("is told with the second vehicle behind a slow transport", () => {
    const transport = steady(1, 0, 20 * KMPH);
    const behind = [60, 80, 100].map((fromS, i): ScriptedVehicle => {
      const free = steady(10 + i, fromS, 28);
      const meetsS = (fromS * 28 - (40 + i * 30)) / (28 - 20 * KMPH);
      return {
        stationId: 10 + i,
        at: (s) => (s < meetsS ? free.at(s) : { alongM: s * 20 * KMPH - (40 + i * 30), speedMps: 20 * KMPH }),
      };
    });
    const scene = run([transport, ...behind], 300);
    expect(scene.transitions[0]).toMatchObject({ state: "new", kind: "congestion", severity: 3 });
    expect(measure(scene.transitions.at(-1), "meanSpeedKmph")).toBeCloseTo(20, 0);
  });
});

/** Drives at 28 m/s, brakes from 60 s on by turns, and goes on as fast as it then is. */
function braking(...phases: readonly { readonly mps2: number; readonly toMps: number }[]): ScriptedVehicle {
  return {
    stationId: 7,
    at(s) {
      let alongM = Math.min(s, 60) * 28;
      let speedMps = 28;
      let leftS = Math.max(0, s - 60);
      for (const { mps2, toMps } of phases) {
        const forS = Math.min(leftS, (speedMps - toMps) / mps2);
        alongM += forS * (speedMps - (mps2 * forS) / 2);
        speedMps -= mps2 * forS;
        leftS -= forS;
      }
      return { alongM: alongM + leftS * speedMps, speedMps };
    },
  };
}

describe("a single vehicle that falls from flowing traffic to a queue's speed", () => {
  const falling = braking({ mps2: 2.6, toMps: 30 * KMPH }, { mps2: 1.2, toMps: 2 });
  const slowS = 60 + (28 - 30 * KMPH) / 2.6;

  it("is a suspected queue within three seconds where nobody flows past it", () => {
    const { transitions } = run([falling], 120);
    expect(transitions[0]).toMatchObject({ kind: "congestion", state: "new", tier: "suspected" });
    expect(seconds(transitions[0])).toBeLessThan(slowS + 3);
    expect(transitions.every(({ tier }) => tier === "suspected")).toBe(true);
  });

  it("is none where others flow past it", () => {
    expect(run([...freeFlow(0, 60, 4), falling], 200).transitions).toEqual([]);
  });

  it("is none where another one is about to flow past it", () => {
    expect(run([falling, steady(8, 6, 28)], 120).transitions).toEqual([]);
  });

  it("is none where it lets somebody in and drives on", () => {
    const yielding = braking(
      { mps2: 2.6, toMps: 30 * KMPH },
      { mps2: 1.2, toMps: 7 },
      { mps2: -0.6, toMps: 25 },
    );
    expect(run([yielding], 200).transitions).toEqual([]);
  });

  it("is over, and not told again, when two have flowed past it", () => {
    const { transitions } = run([falling, steady(8, 50, 28), steady(9, 60, 28)], 300);
    expect(transitions.map(({ state }) => state).filter((state) => state !== "updated")).toEqual([
      "new",
      "ended",
    ]);
  });

  it("goes on where two flow past it at less than half of the free flow: its queue hinders them", () => {
    const { transitions } = run([falling, steady(8, 20, 13), steady(9, 40, 13)], 300);
    expect(transitions[0]).toMatchObject({ kind: "congestion", state: "new" });
    expect(transitions.some(({ state }) => state === "ended")).toBe(false);
  });

  it("is none where it rolls out for longer than ten seconds", () => {
    expect(run([braking({ mps2: 0.6, toMps: 4 })], 160).transitions).toEqual([]);
  });

  it("is none where it brakes evenly to a standstill: it may have broken down, and nobody has queued behind it", () => {
    for (const mps2 of [1.5, 2.5, 5]) {
      expect(run([braking({ mps2, toMps: 0 })], 400).transitions, `${mps2} m/s²`).toEqual([]);
    }
  });

  it("is told where it eases off before it stands, as drivers do behind what stands", () => {
    const closing = braking(
      { mps2: 3, toMps: 6 },
      { mps2: 2, toMps: 3 },
      { mps2: 1, toMps: 1 },
      { mps2: 0.5, toMps: 0 },
    );
    const { transitions } = run([closing], 120);
    expect(transitions[0]).toMatchObject({ kind: "congestion", state: "new", tier: "suspected" });
    expect(seconds(transitions[0])).toBeLessThan(slowS + 6);
    expect(run([...freeFlow(0, 60, 4), closing], 200).transitions).toEqual([]);
  });

  it("is over after three minutes in which it stands and no other has joined it", () => {
    const { transitions } = run([braking({ mps2: 2.6, toMps: 4 }, { mps2: 0.3, toMps: 0 })], 300);
    const told = transitions.filter(({ state }) => state !== "updated");
    expect(told.map(({ state }) => state)).toEqual(["new", "ended"]);
    expect(told[1]?.why.rule).toBe("congestion-road/lone");
  });
});

describe("a vehicle that stood where others drove past it", () => {
  it("shows no queue when it crawls off", () => {
    const brokenDown = braking({ mps2: 3, toMps: 0 });
    const stoodAtM = brokenDown.at(100)?.alongM ?? 0;
    const crawling: ScriptedVehicle = {
      stationId: 7,
      at: (s) => (s < 200 ? brokenDown.at(s) : { alongM: stoodAtM + (s - 200) * 3, speedMps: 3 }),
    };
    expect(run([steady(8, 100, 28), crawling], 260).transitions).toEqual([]);
    // Where nobody has come by, it may have stood behind others, and moves up with them.
    expect(run([crawling], 260).transitions[0]).toMatchObject({ kind: "congestion", tier: "suspected" });
  });
});

describe("stop-and-go of a single vehicle on a fast road", () => {
  it("is a queue after twenty seconds, even if it never was fast", () => {
    const phase = (s: number): number => (s < 60 ? 12 : Math.floor((s - 60) / 8) % 2 === 0 ? 0 : 4);
    const places: number[] = [0];
    for (let s = 0; s < 200; s++) places.push((places[s] ?? 0) + phase(s));
    const creeping: ScriptedVehicle = {
      stationId: 7,
      at: (s) => ({ alongM: places[s] ?? 0, speedMps: phase(s) }),
    };
    const scene = run([creeping], 150);
    expect(scene.transitions[0]).toMatchObject({ state: "new", tier: "suspected" });
    expect(seconds(scene.transitions[0])).toBeGreaterThan(79);
    expect(seconds(scene.transitions[0])).toBeLessThan(95);
  });
});

describe("silence on a mapped road", () => {
  it("keeps the queue, with falling confidence, until its validity is over", () => {
    const script = [
      ...freeFlow(0, 20, 3),
      ...queueOf({ vehicles: 10, every: 4, fromS: 160, headM: 2_000, spacingM: 20, leavesAtS: 900 }),
    ].map((vehicle) => ({ ...vehicle, at: (s: number) => (s > 260 ? undefined : vehicle.at(s)) }));
    const scene = run(script, 500);
    expect(scene.book.live()).toMatchObject([{ kind: "congestion" }]);
    expect(scene.book.live()[0]?.confidencePct).toBeLessThan(60);
    scene.advanceTo(T0 + 1_000_000);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "expired" });
    expect(scene.book.size).toBe(0);
  });
});

describe("what others are told of traffic on roads", () => {
  const detector = congestionRoad();
  let lookup: TrafficLookup | undefined;
  const scene = new Scene(
    [
      {
        ...detector,
        provides(state, roads) {
          const ports = detector.provides?.(state as never, roads) ?? {};
          lookup = ports.traffic;
          return ports;
        },
      },
    ],
    { roads: MOTORWAY },
  );
  const queue = queueOf({ vehicles: 10, every: 4, fromS: 160, headM: 2_000, spacingM: 20, leavesAtS: 900 });
  const east = MOTORWAY.routes.find(({ id }) => id === "A40-east");
  scene.drive(freeFlow(0, 20, 3), 0, 100);
  const early = east && lookup?.levelOn?.(east, 500);
  scene.drive([...freeFlow(0, 20, 3), ...queue], 100, 240);

  it("is congestion by place and heading", () => {
    expect(lookup?.isCongested(onRoad(1_950), 90)).toBe(true);
    expect(lookup?.isCongested(onRoad(1_950), 270)).toBe(false);
    expect(lookup?.isCongested(onRoad(500), 90)).toBe(false);
  });

  it("is a level per 50 m, and nothing where nobody drove", () => {
    if (east === undefined) throw new Error("no such route");
    expect(lookup?.levelOn?.(east, 1_900)).toBe("stationary");
    expect(early).toBe("free");
    expect(lookup?.levelOn?.(east, 9_900)).toBeUndefined();
  });

  it("is where queues have their tails", () => {
    if (east === undefined) throw new Error("no such route");
    const [only, ...others] = lookup?.queuesOn?.(east) ?? [];
    expect(others).toEqual([]);
    expect(only?.tailM).toBeGreaterThan(1_700);
    expect(only?.tailM).toBeLessThan(1_840);
    expect(only?.headM).toBeGreaterThan(1_980);
  });

  it("is nothing any more where nobody has driven for a minute, and a jam for some minutes longer", () => {
    if (east === undefined) throw new Error("no such route");
    scene.drive([], 240, 320);
    expect(lookup?.levelOn?.(east, 500)).toBeUndefined();
    expect(lookup?.levelOn?.(east, 1_900)).toBe("stationary");
  });
});

describe("a restart from a snapshot on a mapped road", () => {
  const frames = (): Frame[] =>
    [
      ...freeFlow(0, 10, 3),
      ...queueOf({ vehicles: 20, every: 4, fromS: 80, headM: 3_000, spacingM: 20, leavesAtS: 200 }),
      ...freeFlow(240, 5, 5, 28, 700),
    ]
      .flatMap(({ stationId, at }) =>
        Array.from({ length: 360 }, (_, s) => {
          const moment = at(s);
          if (moment === undefined) return [];
          const { alongM, rightM, ...report } = moment;
          const observation = motion({ ...onRoad(alongM, rightM), ...report });
          return [frameOf(observation, { stationId, atMs: T0 + s * 1_000 + (stationId % 9) * 100 })];
        }).flat(),
      )
      .sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);

  const play = (restartsAtMs: readonly number[], order: readonly Frame[] = frames()): string => {
    const scene = new Scene([congestionCells(), congestionRoad()], { roads: MOTORWAY });
    let next = 0;
    for (const frame of order) {
      const restartMs = restartsAtMs[next];
      if (restartMs !== undefined && frame.receivedAtMs > restartMs) {
        scene.advanceTo(restartMs);
        scene.restartFromSnapshot();
        next++;
      }
      scene.send(frame);
    }
    scene.advanceTo(T0 + 1_100_000);
    return scene.transitions.map(alertLine).join("\n");
  };
  const straight = play([]);

  it("gives the same bytes at any tick", () => {
    expect(straight.split("\n").length).toBeGreaterThan(5);
    for (let s = 10; s < 360; s += 37) expect(play([T0 + s * 1_000 + 50 * (s % 20)])).toBe(straight);
  });

  it("gives the same bytes with a restart every 5 s", () => {
    expect(play(Array.from({ length: 70 }, (_, i) => T0 + (i + 1) * 5_000))).toBe(straight);
  });

  it("does not depend on the order of arrival within a tick", () => {
    const byTick = (frame: Frame): number => Math.floor((frame.receivedAtMs - 1) / 50);
    const reversed = frames().sort((a, b) => byTick(a) - byTick(b) || b.stationId - a.stationId);
    expect(play([], reversed)).toBe(straight);
  });
});
