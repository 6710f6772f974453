import { describe, expect, it } from "vitest";
import { objectOnRoad } from "../../../src/detect/hazard/object-on-road.ts";
import type { DetectorPorts } from "../../../src/domain/detector.ts";
import type { PerceivedObject, PerceptionReport } from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { frameOf, hazard, motion, onRoad, T0 } from "../../support/frames.ts";
import { providing } from "../../support/ports.ts";
import { Scene, storyOf } from "../../support/scene.ts";
import { MOTORWAY, straightMap } from "../../support/straight-map.ts";

function object(alongM: number, overrides: Partial<PerceivedObject> = {}, rightM = 0): PerceivedObject {
  return {
    objectId: 1,
    measuredAtMs: T0,
    ...onRoad(alongM, rightM),
    speedMps: 0,
    headingDeg: undefined,
    lengthM: 0.5,
    widthM: 0.5,
    objectClass: "animal",
    classConfidencePct: 90,
    ...overrides,
  };
}

interface Watch {
  readonly see: (s: number) => PerceivedObject | undefined;
  /** Observers by id; roadside units from 900 on. */
  readonly observers?: readonly number[];
  readonly roads?: RoadNetwork | undefined;
  readonly ports?: Partial<DetectorPorts>;
  readonly observerMps?: number;
  readonly before?: (scene: Scene) => void;
  readonly untilS?: number;
  readonly restartAtS?: number;
}

/** Observers that drive towards what they see, and report it once a second for 8 s. */
function watch({ see, observers = [1], ports = {}, observerMps = 30, untilS = 8, ...rest }: Watch): Scene {
  const roads = "roads" in rest ? rest.roads : MOTORWAY;
  const scene = new Scene([providing(ports), objectOnRoad()], roads === undefined ? {} : { roads });
  rest.before?.(scene);
  for (let s = 0; s < untilS; s++) {
    if (s === rest.restartAtS) scene.restartFromSnapshot();
    for (const stationId of observers) {
      const isRoadside = stationId >= 900;
      const here = onRoad(1_000 + s * observerMps - stationId);
      const seen = see(s);
      const at = { stationId, atMs: T0 + s * 1_000 + stationId };
      if (!isRoadside) scene.send(frameOf(motion({ ...here, speedMps: observerMps }), at));
      const report: PerceptionReport = {
        kind: "perception",
        stationType: isRoadside ? "infrastructure" : "passenger-car",
        ...(isRoadside ? onRoad(1_200, 20) : here),
        objects: seen === undefined ? [] : [seen],
      };
      scene.send(frameOf(report, at));
    }
  }
  return scene;
}

describe("what sensors see on the road", () => {
  it("is suspected by three reports of one vehicle", () => {
    const scene = watch({ see: () => object(1_200) });
    expect(storyOf(scene.transitions)).toEqual(["2.0 new suspected"]);
    expect(scene.transitions[0]).toMatchObject({
      kind: "animal-on-road",
      causeCode: 11,
      severity: 3,
      headingDeg: 90,
      road: { ref: "A40", direction: "Dortmund" },
      why: {
        rule: "object-on-road/animal",
        text: "Sensors of one station see an animal on the road.",
        measures: [
          { name: "observers", observed: 1, threshold: 2 },
          { name: "reports", observed: 3, threshold: 3 },
          { name: "seenS", observed: 2, threshold: 1 },
          { name: "trust", observed: 0.5, threshold: 1 },
        ],
      },
    });
  });

  it.each([
    ["other", "obstacle", 10, 0],
    ["pedestrian", "person-on-road", 12, 4],
    ["cyclist", "person-on-road", 12, 2],
  ] as const)("%s is %s, confirmed by two vehicles", (objectClass, kind, causeCode, subCauseCode) => {
    const scene = watch({ see: () => object(1_200, { objectClass }), observers: [1, 2] });
    expect(scene.transitions.at(-1)).toMatchObject({ kind, causeCode, subCauseCode, tier: "confirmed" });
    expect(scene.transitions.at(-1)?.evidence.stations).toBe(2);
    expect(scene.book.size).toBe(1);
  });

  it("is confirmed by a roadside unit that keeps seeing it", () => {
    const scene = watch({ see: () => object(1_200), observers: [901], untilS: 12 });
    expect(storyOf(scene.transitions)).toEqual(["2.9 new suspected", "9.9 updated confirmed"]);
  });

  it("is followed while it crosses, and ends when it is off the road", () => {
    const scene = watch({
      see: (s) => object(1_200, { speedMps: 2 }, 4 - 2 * s),
      observers: [1, 2],
      untilS: 30,
    });
    expect(scene.transitions.at(-1)?.state).toBe("ended");
  });

  it("expires where nobody sees it any more", () => {
    const scene = watch({ see: () => object(1_200) });
    scene.advanceTo(T0 + 75_000);
    expect(scene.transitions.at(-1)?.state).toBe("expired");
    const state = { things: [], tracks: [], ignored: [] };
    expect(scene.snapshot()).toMatchObject({ detect: { "object-on-road": { state } } });
  });

  it("ends when three road users have driven through its place, not beside it, while nobody sees it", () => {
    for (const [rightM, speedMps, states] of [
      [0, 30, ["new", "ended"]],
      [3.5, 30, ["new"]],
      [0, 10, ["new"]],
    ] as const) {
      const scene = watch({ see: () => object(1_200, { objectClass: "other" }), untilS: 6 });
      for (let s = 10; s < 60; s++) {
        for (const car of [0, 1, 2]) {
          const alongM = 1_100 + speedMps * (s - 12 - car * 12);
          if (alongM < 900 || alongM > 1_400) continue;
          const report = motion({ ...onRoad(alongM, rightM), speedMps, headingDeg: 90 });
          scene.send(frameOf(report, { stationId: 50 + car, atMs: T0 + s * 1_000 }));
        }
      }
      expect(scene.transitions.map(({ state }) => state)).toEqual(states);
    }
  });

  it("ends when the roadside unit that saw it looks there and sees nothing for 10 s", () => {
    const scene = watch({
      see: (s) => (s < 12 ? object(1_200, { objectClass: "other" }) : undefined),
      observers: [901],
      untilS: 40,
      restartAtS: 18,
    });
    expect(storyOf(scene.transitions)).toEqual([
      "2.9 new suspected",
      "9.9 updated confirmed",
      "24.9 ended confirmed",
    ]);
  });

  it("is the same under another object id", () => {
    const scene = watch({ see: (s) => object(1_200, { objectId: s }) });
    expect(scene.book.size).toBe(1);
  });

  it("joins the notice of the same obstacle", () => {
    const notice = hazard({ position: onRoad(1_210) });
    const scene = watch({ see: () => object(1_200, { objectClass: "other" }) });
    scene.book.apply({
      ...(scene.detections[0] as (typeof scene.detections)[0]),
      detector: "hazard-notice",
      key: "n",
      position: notice.position ?? onRoad(0),
    });
    expect(scene.book.size).toBe(1);
  });

  it("is suspected before a fast observer where there is no map", () => {
    const see = (s: number) => object(1_060 + s * 30);
    expect(watch({ see: () => object(1_230), roads: undefined, untilS: 7 }).transitions[0]?.tier).toBe(
      "suspected",
    );
    expect(watch({ see, roads: undefined, observerMps: 12 }).transitions).toEqual([]);
  });

  it("survives a restart", () => {
    const one: Watch = { see: (s) => object(1_200, { speedMps: 2 }, 4 - s), observers: [1, 2], untilS: 20 };
    const straight = watch(one).transitions;
    for (const restartAtS of [1, 3, 7, 12])
      expect(watch({ ...one, restartAtS }).transitions).toEqual(straight);
  });
});

describe("what is no object on the road", () => {
  const urban = straightMap({
    id: "u",
    route: "u",
    fromM: 0,
    toM: 4_000,
    properties: { urban: true, limit_kmh: 70 },
  });
  const rest = straightMap({ id: "r", route: "r", fromM: 0, toM: 4_000, properties: { halting: true } });
  const person: Partial<PerceivedObject> = { objectClass: "pedestrian", speedMps: 1 };

  it.each<[string, Watch]>([
    ["a vehicle in traffic", { see: () => object(1_200, { objectClass: "passenger-car" }) }],
    [
      "something unknown that moves",
      { see: (s) => object(1_200 + 20 * s, { objectClass: "unknown", speedMps: 20 }) },
    ],
    ["something of doubtful class", { see: () => object(1_200, { classConfidencePct: 30 }) }],
    ["one look", { see: (s) => (s === 3 ? object(1_200) : undefined) }],
    ["an animal beside the road", { see: () => object(1_200, {}, 8) }],
    [
      "a pedestrian on a crossing in town",
      { see: () => object(1_200, person), roads: urban, observers: [1, 2] },
    ],
    ["a person in a rest area", { see: () => object(1_200, person), roads: rest, observers: [1, 2] }],
    ["a person too fast to walk", { see: () => object(1_200, { ...person, speedMps: 12 }) }],
    ["a pedestrian beside the observer's way", { see: () => object(1_230, person, 6), roads: undefined }],
    [
      "a thing inside a queue",
      {
        see: () => object(1_200, { objectClass: "unknown" }),
        ports: { traffic: { isCongested: () => true } },
      },
    ],
    [
      "a vehicle that speaks for itself",
      {
        see: () => object(1_200, { objectClass: "unknown" }),
        before: (scene) => scene.send(frameOf(motion({ ...onRoad(1_203), speedMps: 0 }), { stationId: 50 })),
        untilS: 4,
      },
    ],
    [
      "a worker at announced road works",
      {
        see: () => object(1_200, person),
        observers: [1, 2],
        before: (scene) =>
          scene.send(frameOf(hazard({ causeCode: 3, position: onRoad(1_000) }), { stationId: 99 })),
      },
    ],
  ])("is %s", (_name, one) => {
    expect(watch(one).transitions).toEqual([]);
  });
});
