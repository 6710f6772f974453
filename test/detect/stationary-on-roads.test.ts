import { describe, expect, it } from "vitest";
import { stationaryVehicle } from "../../src/detect/stationary-vehicle.ts";
import type { RoadQueue, TrafficLookup } from "../../src/domain/detector.ts";
import { EventBit, LightBit, type MotionReport } from "../../src/domain/observation.ts";
import type { RoadFlags } from "../../src/domain/road.ts";
import { frameOf, hazard, onRoad, T0, termination } from "../support/frames.ts";
import { type ScriptedVehicle, storyOf } from "../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./hazard/road-scene.ts";
import { DORTMUND, MOTORWAY, type StraightRoad } from "./hazard/straight-roads.ts";

interface Stop extends Partial<MotionReport> {
  readonly stationId?: number;
  readonly atM?: number;
  readonly rightM?: number;
  readonly mps?: number;
  readonly leavesAtS?: number;
  readonly silentFromS?: number;
}

/** Arrives at 20 s, stands, and perhaps drives on or falls silent. */
function stopping(stop: Stop = {}): ScriptedVehicle {
  const {
    stationId = 1,
    atM = 2_500,
    rightM = 0,
    mps = 27,
    leavesAtS = 1e9,
    silentFromS = 1e9,
    ...report
  } = stop;
  return {
    stationId,
    at(s) {
      if (s >= silentFromS) return undefined;
      if (s < 20) return { alongM: atM - (20 - s) * mps, rightM, speedMps: mps };
      if (s < leavesAtS) return { alongM: atM, rightM, speedMps: 0, ...report };
      return { alongM: atM + (s - leavesAtS) * 20, rightM, speedMps: 20 };
    },
  };
}

function run(vehicles: readonly ScriptedVehicle[], untilS = 60, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([stationaryVehicle()], options).drive(vehicles, 0, untilS);
}

const flagged = (flags: RoadFlags, rest: Partial<StraightRoad> = {}): RoadSceneOptions => ({
  roads: [{ ...DORTMUND, flags, ...rest }],
});

/** Somebody at 30 m/s on the other lane who is at 2,500 m at this second. */
const passing = (s0: number, stationId = 50): ScriptedVehicle => ({
  stationId,
  at: (s) => ({ alongM: 2_500 + (s - s0) * 30, rightM: -3.5, speedMps: 30 }),
});

describe("a stop on a mapped motorway", () => {
  it("is suspected after 5 s and confirmed after 15 s where others pass it", () => {
    for (const passedAtS of [14, 24, 30]) {
      const story = storyOf(run([stopping(), passing(passedAtS)], 45).transitions);
      expect(story).toHaveLength(2);
      expect(story[0]).toMatch(/^25\.\d new suspected/);
      expect(story[1]).toMatch(/^3[56]\.\d updated confirmed/);
    }
  });

  it("is confirmed after 30 s where the road was free before, after 60 s where nobody is seen", () => {
    const flowed = storyOf(run([stopping(), passing(-30)], 100).transitions);
    expect(flowed[1]).toMatch(/^5[01]\.\d updated confirmed/);
    expect(storyOf(run([stopping()], 100).transitions)[1]).toMatch(/^8[01]\.\d updated confirmed/);
  });

  it("needs no speed before, but then takes longer: who crawls may be in a queue", () => {
    const crawled = run([stopping({ mps: 5 }), passing(30)], 45).transitions;
    expect(storyOf(crawled)).toHaveLength(1);
    expect(storyOf(crawled)[0]).toMatch(/^3[56]\.\d new suspected/);
  });

  it("is doubted where it has closed up to something, whoever passes in the next lane", () => {
    const traffic: TrafficLookup = { isCongested: () => false, hasClosedUp: (stationId) => stationId === 1 };
    const story = storyOf(run([stopping(), passing(24)], 330, { ports: { traffic } }).transitions);
    expect(story[0]).toMatch(/^3[56]\.\d new suspected/);
    expect(story[1]).toMatch(/^32[01]\.\d updated confirmed/);
  });

  it("is doubted for that also once it goes by a name of which nobody knows how it came", () => {
    let asked = 0;
    const traffic: TrafficLookup = { isCongested: () => false, hasClosedUp: () => asked++ === 0 };
    const story = storyOf(run([stopping(), passing(24)], 150, { ports: { traffic } }).transitions);
    expect(story).toEqual([expect.stringMatching(/^3[56]\.\d new suspected/)]);
  });

  it("did not come out of slow traffic where it took a new name while it braked", () => {
    const braking: ScriptedVehicle = {
      stationId: 1,
      at(s) {
        if (s < 15) return undefined;
        const leftS = Math.max(0, 20 - s);
        return { alongM: 2_500 - leftS * leftS, speedMps: 2 * leftS };
      },
    };
    const traffic: TrafficLookup = {
      isCongested: () => false,
      levelOn: (_, m) => (m > 2_450 && m < 2_550 ? "queuing" : undefined),
    };
    const story = storyOf(run([braking, passing(24)], 60, { ports: { traffic } }).transitions);
    expect(story[0]).toMatch(/^3[56]\.\d new confirmed/);
  });

  it("is taken back where others come to a stop ahead", () => {
    const ahead = stopping({ stationId: 2, atM: 2_700 });
    const late: ScriptedVehicle = { stationId: 2, at: (s) => (s < 30 ? undefined : ahead.at(s)) };
    const scene = run([stopping(), late], 120);
    const ofFirst = scene.transitions.filter(({ evidence }) => evidence.stations === 1);
    expect(ofFirst.find(({ state }) => state === "ended")?.why.rule).toBe("stationary-vehicle/in-queue");
  });

  it("takes three times as long as another has waited there that drove on", () => {
    const waiter = stopping({ stationId: 2, leavesAtS: 30 });
    const second: ScriptedVehicle = { stationId: 3, at: (s) => (s < 40 ? undefined : stopping().at(s - 60)) };
    const scene = run([waiter, second], 200);
    const told = scene.transitions
      .filter(({ state }) => state === "new")
      .map(({ detectedAtMs }) => detectedAtMs);
    expect(told).toHaveLength(2);
    const stoodS = ((told[1] ?? 0) - T0) / 1_000 - 80;
    expect(stoodS).toBeGreaterThan(28);
    expect(stoodS).toBeLessThan(40);
  });

  it("is told as road works where a works vehicle has its light bar on", () => {
    const worker = stopping({ role: "road-work", lightBar: true });
    expect(run([worker, passing(24)], 100).transitions).toEqual([]);
    expect(run([stopping({ role: "road-work", lightBar: false }), passing(24)], 45).transitions).toHaveLength(
      2,
    );
  });

  it("is confirmed by hazard lights", () => {
    const lights = { lightBits: LightBit.leftTurn | LightBit.rightTurn };
    expect(storyOf(run([stopping(lights)], 45).transitions)[0]).toMatch(/^25\.\d new confirmed/);
  });

  it("is confirmed by a notice of it", () => {
    const scene = run([stopping()], 27);
    const notice = hazard({ causeCode: 91, position: onRoad(2_520), detectionAtMs: T0 + 27_000 });
    scene.send(frameOf(notice, { stationId: 900, atMs: T0 + 27_000 }));
    scene.advanceTo(T0 + 28_000);
    expect(scene.book.live()[0]).toMatchObject({
      tier: "confirmed",
      why: { rule: "stationary-vehicle/notice" },
    });
  });

  it("of a station that is not believed is never confirmed, its airbag is", () => {
    const ports = { trust: { trustOf: () => 0.1 } };
    expect(run([stopping()], 60, { ports }).book.live()[0]?.tier).toBe("suspected");
    const airbag = stopping({ eventBits: EventBit.airbag });
    expect(run([airbag], 60, { ports }).book.live()[0]?.tier).toBe("confirmed");
  });
});

describe("where nobody is told of a stop", () => {
  it.each([
    ["before a signal", flagged({ signal: true }, { linkM: 2_600 })],
    ["at a bus stop or rest area", flagged({ halting: true })],
    ["in town", flagged({ urban: true })],
  ])("%s", (_where, options) => {
    expect(run([stopping({ mps: 12 })], 120, options).transitions).toEqual([]);
  });

  it("beside the road", () => {
    expect(run([stopping({ rightM: 15 })], 120).transitions).toEqual([]);
  });

  it("where a signal is known that the map does not have", () => {
    const ports = { signals: { mayWaitAt: () => true } };
    expect(run([stopping()], 120, { ports }).transitions).toEqual([]);
  });

  it("inside a known queue, and at its growing tail", () => {
    const queue: RoadQueue = {
      key: "q",
      tailM: 2_300,
      headM: 3_000,
      tailSpeedMps: -4,
      tailSigmaM: 10,
      level: "stationary",
      vehicles: 9,
    };
    const traffic: TrafficLookup = { isCongested: () => false, queuesOn: () => [queue] };
    expect(run([stopping()], 400, { ports: { traffic } }).transitions).toEqual([]);
    let atS = 0;
    const gone: TrafficLookup = {
      isCongested: () => false,
      queuesOn: () => (atS++ < 20 ? [queue] : []),
    };
    expect(run([stopping()], 400, { ports: { traffic: gone } }).transitions).not.toEqual([]);
    const tail: TrafficLookup = {
      isCongested: () => false,
      levelOn: (_route, m) => (m > 2_600 && m < 3_000 ? "queuing" : "free"),
    };
    expect(run([stopping()], 120, { ports: { traffic: tail } }).transitions).toEqual([]);
  });

  it("that a short queue or a gap explains: later", () => {
    const crawling: ScriptedVehicle = { stationId: 2, at: (s) => ({ alongM: 2_700 + s * 9, speedMps: 9 }) };
    expect(run([stopping({ leavesAtS: 33 }), crawling], 60).transitions).toEqual([]);
    const merge = flagged({ ramp: true }, { linkM: 2_600, lanes: 1 });
    expect(run([stopping({ leavesAtS: 38 })], 70, merge).transitions).toEqual([]);
    expect(storyOf(run([stopping()], 60, merge).transitions)[0]).toMatch(/^4\d\.\d new suspected/);
  });

  it("a vehicle that creeps", () => {
    const creeping: ScriptedVehicle = {
      stationId: 1,
      at: (s) =>
        s < 20
          ? { alongM: 2_500 - (20 - s) * 27, speedMps: 27 }
          : { alongM: 2_500 + (s - 20) * 0.35, speedMps: 0.35 },
    };
    expect(run([creeping], 48).transitions).toEqual([]);
  });

  it("the second stop of stop and go", () => {
    const again: ScriptedVehicle = {
      stationId: 1,
      at(s) {
        if (s < 20) return { alongM: 2_500 - (20 - s) * 27, speedMps: 27 };
        if (s < 24) return { alongM: 2_500, speedMps: 0 };
        if (s < 30) return { alongM: 2_500 + (s - 24) * 6, speedMps: 6 };
        return s < 42 ? { alongM: 2_536, speedMps: 0 } : { alongM: 2_536 + (s - 42) * 20, speedMps: 20 };
      },
    };
    expect(run([again], 70).transitions).toEqual([]);
  });
});

describe("a confirmed stop", () => {
  const breakdown = stopping({ silentFromS: 50 });

  it("goes on under a new pseudonym, and ends with the motion of that", () => {
    const ports = { identity: { roadUserOf: (id: number) => (id === 2 ? 1 : id) } };
    const renamed: ScriptedVehicle = {
      stationId: 2,
      at(s) {
        if (s < 51) return undefined;
        return { alongM: 2_500 + Math.max(0, s - 80) * 20, speedMps: s < 80 ? 0 : 20 };
      },
    };
    const scene = run([breakdown, renamed], 120, { ports });
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.transitions.at(-1)?.why.rule).toBe("stationary-vehicle/drives-on");
  });

  it("is suspected as soon where the pseudonym changes before, and is linked late", () => {
    let linked = false;
    const ports = { identity: { roadUserOf: (id: number) => (id === 2 && linked ? 1 : id) } };
    const scene = new RoadScene([stationaryVehicle()], { ports });
    const old = stopping({ silentFromS: 22 });
    const renamed: ScriptedVehicle = {
      stationId: 2,
      at: (s) => (s < 22 ? undefined : { alongM: 2_500, speedMps: 0 }),
    };
    scene.drive([old, renamed, passing(21)], 0, 24);
    linked = true;
    scene.drive([renamed, passing(21)], 24, 60);
    const story = storyOf(scene.transitions);
    expect(story).toHaveLength(2);
    expect(story[0]).toMatch(/^2[56]\.\d new suspected/);
    expect(story[1]).toMatch(/^3[56]\.\d updated confirmed/);
  });

  const stream = (rightM: number, firstId: number): ScriptedVehicle[] =>
    Array.from(
      { length: 12 },
      (_, i): ScriptedVehicle => ({
        stationId: firstId + i,
        at: (s) => ({ alongM: 30 * s - i * 300, rightM: s > 15 ? rightM : rightM - 3.5, speedMps: 30 }),
      }),
    );

  it("that fell silent ends when others drive through its place at free speed", () => {
    const scene = run([breakdown, ...stream(0, 100)], 250);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.transitions.at(-1)?.why.rule).toBe("stationary-vehicle/passed-through");
  });

  it("does not end when they pass beside it, nor by silence alone", () => {
    expect(run([breakdown, ...stream(-3.5, 100)], 250).book.live()).toHaveLength(1);
    expect(run([breakdown], 250).book.live()).toHaveLength(1);
  });

  it("that still reports is not passed through", () => {
    expect(run([stopping(), ...stream(0, 100)], 250).book.live()).toHaveLength(1);
  });

  it("ends when its notice is denied, and is not told again while it stands", () => {
    const scene = run([stopping()], 40);
    const notice = hazard({ causeCode: 94, position: onRoad(2_500), detectionAtMs: T0 + 40_000 });
    scene.send(frameOf(notice, { stationId: 900, atMs: T0 + 40_000 }));
    scene.send(frameOf(termination("negation"), { stationId: 901, atMs: T0 + 45_000 }));
    scene.drive([stopping()], 46, 120);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.transitions.at(-1)?.why.rule).toBe("stationary-vehicle/denied");
    expect(scene.book.size).toBe(0);
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const vehicles = [
      stopping({ silentFromS: 50 }),
      stopping({ stationId: 4, atM: 4_000, leavesAtS: 70 }),
      passing(22),
    ];
    const options = { roads: MOTORWAY };
    const straight = run(vehicles, 120, options).transitions;
    expect(straight.length).toBeGreaterThan(4);
    for (const second of [21, 24, 26, 34, 36, 51, 71, 73, 90]) {
      const scene = new RoadScene([stationaryVehicle()], options);
      scene.drive(vehicles, 0, second);
      scene.restartFromSnapshot();
      scene.drive(vehicles, second, 120);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
