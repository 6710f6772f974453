import { describe, expect, it } from "vitest";
import { blockage } from "../../../src/detect/hazard/blockage.ts";
import type { DetectorPorts } from "../../../src/domain/detector.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { T0 } from "../../support/frames.ts";
import { providing } from "../../support/ports.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../../support/scene.ts";
import { MOTORWAY, straightMap } from "../../support/straight-map.ts";

/** Drives at 25 m/s to a place, stands there, and drives on. */
function stops(stationId: number, stopM: number, rightM: number, untilS = 1e9): ScriptedVehicle {
  return {
    stationId,
    at: (s) => {
      const arrivesS = 20 + stationId;
      if (s < arrivesS) return { alongM: stopM - (arrivesS - s) * 25, rightM, speedMps: 25 };
      if (s < untilS) return { alongM: stopM, rightM, speedMps: 0 };
      return { alongM: stopM + (s - untilS) * 20, rightM, speedMps: 20 };
    },
  };
}

function play(
  vehicles: readonly ScriptedVehicle[],
  toS: number,
  ports: Partial<DetectorPorts> = {},
  roads: RoadNetwork | undefined = MOTORWAY,
): Scene {
  const scene = new Scene([providing(ports), blockage()], { roads });
  scene.drive(vehicles, 0, toS);
  return scene;
}

const LEFT = -1.75;
const RIGHT = 1.75;
const CRASH = [stops(1, 3_000, LEFT), stops(2, 2_992, RIGHT)];
const QUEUE = [3, 4, 5, 6].map((id) => stops(id, 2_990 - 20 * id, id % 2 === 0 ? LEFT : RIGHT));

describe("a blocked road", () => {
  it("is suspected when two vehicles stand in both lanes for a minute, confirmed with a third", () => {
    const scene = play([...CRASH, stops(20, 2_985, LEFT)], 120);
    expect(storyOf(scene.transitions)).toEqual(["85.0 new suspected", "105.0 updated confirmed"]);
    expect(scene.transitions[1]).toMatchObject({
      kind: "blockage",
      causeCode: 5,
      severity: 4,
      headingDeg: 90,
      road: { ref: "A40", direction: "Dortmund" },
      why: {
        measures: [
          { name: "lanes", observed: 2, threshold: 2 },
          { name: "standingS", observed: 65, threshold: 60 },
          { name: "trust", observed: 1.5, threshold: 1.5 },
        ],
      },
    });
  });

  it("is one alert at its head, not one per row of the queue behind", () => {
    const scene = play([...CRASH, ...QUEUE], 200);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.transitions[0]?.road?.toKm).toBeCloseTo(3, 2);
  });

  it("is told where the next one that is heard stands far behind in the other lane, unless somebody drives beyond", () => {
    const apart = [stops(1, 3_000, LEFT), stops(2, 2_910, RIGHT)];
    expect(storyOf(play(apart, 120).transitions)).toEqual(["85.0 new suspected"]);
    const beyond: ScriptedVehicle = {
      stationId: 9,
      at: (s) => ({ alongM: 3_020 + ((s * 25) % 450), rightM: RIGHT, speedMps: 25 }),
    };
    expect(play([...apart, beyond], 120).transitions).toEqual([]);
  });

  it("is none where a queue creeps on, however slowly", () => {
    /** Stands for 12 s and moves up by 6 m within the next 3 s, again and again. */
    const creeping = (stationId: number, fromM: number, rightM: number): ScriptedVehicle => ({
      stationId,
      at: (s) => {
        const turnS = s % 15;
        const alongM = fromM + Math.floor(s / 15) * 6 + Math.max(0, turnS - 12) * 2;
        return { alongM, rightM, speedMps: turnS < 12 ? 0 : 2 };
      },
    });
    expect(play([creeping(1, 3_000, LEFT), creeping(2, 2_992, RIGHT)], 240).transitions).toEqual([]);
  });

  it("is told where a road is counted anew, and who stands there is placed before and behind that by turns", () => {
    const roads = straightMap(
      { id: "before", route: "A40-1", fromM: 0, toM: 3_000 },
      { id: "behind", route: "A40-2", fromM: 3_000, toM: 10_000 },
    );
    const wavering = ({ stationId, at }: ScriptedVehicle): ScriptedVehicle => ({
      stationId,
      at: (s) => (s < 60 ? at(s) : { ...at(s), alongM: 2_985 }),
    });
    const crash = [stops(1, 3_001, LEFT), stops(2, 3_001, RIGHT)].map(wavering);
    expect(storyOf(play(crash, 100, {}, roads).transitions)).toEqual(["85.0 new suspected"]);
  });

  it("ends when a lane is free", () => {
    const scene = play([stops(1, 3_000, LEFT), stops(2, 2_992, RIGHT, 150)], 180);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.snapshot()).toMatchObject({ detect: { blockage: { state: { told: [] } } } });
  });

  it("survives a restart", () => {
    const straight = play([...CRASH, ...QUEUE], 160).transitions;
    const scene = new Scene([providing({}), blockage()], { roads: MOTORWAY });
    for (let s = 0; s < 160; s += 20) {
      scene.drive([...CRASH, ...QUEUE], s, s + 20);
      scene.restartFromSnapshot();
    }
    expect(scene.transitions).toEqual(straight);
  });
});

describe("a road that is not blocked", () => {
  const urban = straightMap({ id: "u", route: "u", fromM: 0, toM: 4_000, properties: { urban: true } });

  it.each<[string, readonly ScriptedVehicle[], Partial<DetectorPorts>?, RoadNetwork?]>([
    ["one broken-down vehicle", [stops(1, 3_000, LEFT)]],
    ["two in one lane", [stops(1, 3_000, LEFT), stops(2, 2_990, LEFT)]],
    ["two in both lanes, far apart", [stops(1, 3_000, LEFT), stops(2, 2_800, RIGHT)]],
    ["a short stop", [stops(1, 3_000, LEFT, 60), stops(2, 2_992, RIGHT, 60)]],
    ["vehicles with others before them", [...CRASH, stops(9, 3_300, LEFT)]],
    [
      "vehicles that others pass",
      [
        ...CRASH,
        ...Array.from(
          { length: 8 },
          (_, i): ScriptedVehicle => ({
            stationId: 50 + i,
            at: (s) => ({ alongM: 1_400 + (s - 18 * i) * 25, speedMps: 25 }),
          }),
        ),
      ],
    ],
    ["one ghost under two pseudonyms", CRASH, { identity: { roadUserOf: () => 1 } }],
    ["ghosts that nobody believes", [...CRASH, stops(20, 2_985, LEFT)], { trust: { trustOf: () => 0.1 } }],
    ["a first row at a signal", CRASH, { signals: { mayWaitAt: () => true } }],
    ["a first row in town", CRASH, {}, urban],
  ])("has %s", (_name, vehicles, ports, roads) => {
    expect(play(vehicles, 160, ports, roads).transitions).toEqual([]);
  });

  it("is unknown without a map", () => {
    const scene = new Scene([blockage()]);
    scene.drive(CRASH, 0, 160);
    scene.advanceTo(T0 + 200_000);
    expect(scene.transitions).toEqual([]);
  });
});
