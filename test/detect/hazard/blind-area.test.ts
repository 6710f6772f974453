import { describe, expect, it } from "vitest";
import { blindArea } from "../../../src/detect/hazard/blind-area.ts";
import type { DetectorPorts } from "../../../src/domain/detector.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { frameOf, motion, onRoad, SOURCE, T0 } from "../../support/frames.ts";
import { providing } from "../../support/ports.ts";
import { Scene, storyOf } from "../../support/scene.ts";
import { MOTORWAY } from "../../support/straight-map.ts";

interface Drive {
  /** Seconds between two vehicles, by the time of their start. */
  readonly everyS: (s: number) => number;
  readonly untilS: number;
  /** Whether a vehicle at a place is heard at a time. */
  readonly heard?: (s: number, alongM: number) => boolean;
  readonly receiver?: (alongM: number) => string;
  readonly source?: Frame["source"];
  readonly ports?: Partial<DetectorPorts>;
  readonly roads?: RoadNetwork | undefined;
  readonly restartAtS?: number;
  /** The gateway itself goes on telling that it lives. */
  readonly beat?: boolean;
  /** The server itself is down. */
  readonly outage?: { readonly fromS: number; readonly untilS: number };
  readonly end?: { readonly atS: number; readonly isRegular: boolean };
}

/** Vehicles that drive 3 km at 25 m/s and report once a second, each at its own phase. */
function play(drive: Drive): Scene {
  const { heard = () => true, receiver = () => "test-gateway", source = SOURCE, roads = MOTORWAY } = drive;
  const frames: Frame[] = [];
  let id = 1;
  for (let startS = 0; startS < drive.untilS; startS += drive.everyS(startS)) {
    const stationId = id++;
    for (let i = 0; i < 120 && startS + i < drive.untilS; i++) {
      const s = startS + i + (stationId % 10) / 10;
      if (!heard(s, i * 25)) continue;
      const report = motion({ ...onRoad(i * 25), speedMps: 25 });
      const frame = frameOf(report, {
        stationId,
        atMs: T0 + Math.round(s * 1_000),
        receiver: receiver(i * 25),
      });
      frames.push({ ...frame, source });
    }
  }
  for (let s = 0; drive.beat === true && s < drive.untilS; s++) {
    const unit = motion({ stationType: "infrastructure", speedMps: 0 });
    frames.push({
      ...frameOf(unit, { stationId: 900, atMs: T0 + s * 1_000, receiver: "test-gateway" }),
      source,
    });
  }
  frames.sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);
  const scene = new Scene([providing(drive.ports ?? {}), blindArea()], roads === undefined ? {} : { roads });
  const actions = [
    ...(drive.restartAtS === undefined
      ? []
      : [{ atS: drive.restartAtS, act: () => scene.restartFromSnapshot() }]),
    ...(drive.outage === undefined
      ? []
      : [{ atS: drive.outage.fromS, act: () => scene.outage(T0 + (drive.outage?.untilS ?? 0) * 1_000) }]),
    ...(drive.end === undefined
      ? []
      : [
          {
            atS: drive.end.atS,
            act: () => scene.endSession({ source, isRegular: drive.end?.isRegular === true }),
          },
        ]),
  ];
  for (const frame of frames) {
    while (actions[0] !== undefined && T0 + actions[0].atS * 1_000 < frame.receivedAtMs)
      actions.shift()?.act();
    scene.send(frame);
  }
  for (const { atS, act } of actions) {
    scene.advanceTo(T0 + atS * 1_000);
    act();
  }
  scene.advanceTo(T0 + drive.untilS * 1_000);
  return scene;
}

const steadily = (): number => 4;

describe("a source that falls silent", () => {
  it("is told when chance is excluded, and over when it is heard again", () => {
    const scene = play({ everyS: steadily, untilS: 900, heard: (s) => s < 600 || s > 800 });
    expect(storyOf(scene.transitions)).toEqual(["660.0 new confirmed", "805.0 ended confirmed"]);
    expect(scene.transitions[0]).toMatchObject({
      kind: "blind-area",
      severity: 2,
      causeCode: 0,
      outline: { form: "polygon" },
      evidence: { sources: ["test-gateway"] },
      why: { rule: "blind-area/gateway" },
    });
    const measures = Object.fromEntries(
      (scene.transitions[0]?.why.measures ?? []).map((one) => [one.name, one]),
    );
    expect(measures["usualPerMin"]?.observed).toBeCloseTo(15, 0);
    expect(measures["expectedArrivals"]).toMatchObject({ threshold: 14 });
    expect(measures["silentS"]?.observed).toBeGreaterThanOrEqual(55);
  });

  it("is told of its own messages within seconds: a roadside unit at 1 Hz", () => {
    const scene = new Scene([blindArea()]);
    for (let s = 0; s < 400; s++) {
      const unit = motion({ stationType: "infrastructure", ...onRoad(0), speedMps: 0 });
      const vehicle = motion({ ...onRoad(5_000), speedMps: 25 });
      if (s < 350) scene.send(frameOf(unit, { stationId: 900, atMs: T0 + s * 1_000, receiver: "rsu-7" }));
      scene.send(frameOf(vehicle, { stationId: 5, atMs: T0 + s * 1_000 + 500, receiver: "rsu-8" }));
    }
    expect(scene.transitions).toMatchObject([
      { why: { rule: "blind-area/roadside" }, evidence: { sources: ["rsu-7"] } },
    ]);
    expect((scene.transitions[0]?.detectedAtMs ?? 0) - T0).toBeLessThan(420_000);
  });

  it.each([
    [true, "blind-area/closed", 1],
    [false, "blind-area/gateway", 2],
  ] as const)("is told differently where it said good-bye: %s", (isRegular, rule, severity) => {
    const silent = { everyS: steadily, untilS: 700, heard: (s: number) => s < 600 };
    const scene = play({ ...silent, end: { atS: 601, isRegular } });
    expect(scene.transitions).toMatchObject([{ severity, why: { rule } }]);
  });

  it.each([30, 200, 2_000])("is no news where the server was down itself, for %i s", (downS) => {
    const outage = { fromS: 600, untilS: 600 + downS };
    const heard = (s: number) => s < outage.fromS || s > outage.untilS;
    const scene = play({ everyS: steadily, untilS: outage.untilS + 600, heard, outage });
    expect(scene.transitions).toEqual([]);
  });

  it("is still told after the server was down, and found where it is silent since", () => {
    const since = (silentFromS: number) => {
      const outage = { fromS: 700, untilS: 900 };
      const heard = (s: number) => s < silentFromS;
      return storyOf(play({ everyS: steadily, untilS: 1_100, heard, outage }).transitions);
    };
    expect(since(600)).toEqual(["660.0 new confirmed"]);
    expect(since(690)).toEqual(["950.0 new confirmed"]);
  });

  it("is one alert, not one per unit and stretch", () => {
    const scene = play({
      everyS: steadily,
      untilS: 900,
      heard: (s) => s < 600,
      receiver: (m) => `rsu-${Math.floor(m / 1_000)}`,
    });
    expect(scene.transitions.filter(({ state }) => state === "new").map(({ why }) => why.rule)).toEqual([
      "blind-area/gateway",
    ]);
  });
});

describe("a stretch that falls silent", () => {
  const gap: Drive = { everyS: steadily, untilS: 1_000, heard: (s, m) => s < 700 || m < 990 || m > 2_010 };

  it("is told with its place on the road, joined with its neighbours", () => {
    const scene = play(gap);
    const [first] = scene.transitions;
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(first).toMatchObject({
      severity: 1,
      headingDeg: 90,
      road: { ref: "A40", direction: "Dortmund" },
      why: { rule: "blind-area/stretch" },
    });
    expect(first?.why.text).toMatch(/^Nobody was heard here for \d+ s where \d+ vehicles would have passed/);
  });

  it("is over when somebody is heard there", () => {
    const scene = play({ ...gap, heard: (s, m) => s < 700 || s > 850 || m < 990 || m > 2_010 });
    expect(scene.transitions.at(-1)?.state).toBe("ended");
  });

  it("survives a restart", () => {
    const straight = play(gap).transitions;
    for (const restartAtS of [130, 699, 757, 802])
      expect(play({ ...gap, restartAtS }).transitions).toEqual(straight);
  });
});

describe("what is not blind", () => {
  it.each<[string, Drive]>([
    ["a road with little traffic", { everyS: () => 120, untilS: 1_500 }],
    ["a night that comes slowly", { everyS: (s) => 4 + s / 25, untilS: 2_400 }],
    [
      "a road whose traffic has gone elsewhere",
      {
        everyS: (s) => (s < 700 ? 4 : 1e6),
        untilS: 1_000,
        ports: {},
        receiver: () => "test-gateway",
        beat: true,
      },
    ],
    ["platoons behind a signal", { everyS: (s) => (s % 90 < 20 ? 2 : 70), untilS: 1_500 }],
    ["a source that is heard for the first time", { everyS: steadily, untilS: 300, heard: (s) => s < 100 }],
    [
      "a road that is closed before it: a queue stands there",
      {
        everyS: steadily,
        untilS: 1_000,
        heard: (s, m) => s < 700 || m < 1_000,
        ports: { traffic: { isCongested: () => false, levelOn: () => "stationary" } },
      },
    ],
    [
      "a vehicle that speaks for itself and leaves",
      {
        everyS: steadily,
        untilS: 900,
        heard: (s) => s < 600,
        source: { ...SOURCE, kind: "vehicle" },
        roads: undefined,
        ports: {},
      },
    ],
  ])("is %s", (name, drive) => {
    const withoutMap = name.startsWith("a vehicle");
    const scene = withoutMap ? playWithoutMap(drive) : play(drive);
    expect(scene.transitions).toEqual([]);
  });
});

function playWithoutMap(drive: Drive): Scene {
  const scene = new Scene([blindArea()]);
  for (let s = 0; s < drive.untilS; s++) {
    const frame = frameOf(motion(), { stationId: 5, atMs: T0 + s * 1_000, receiver: "test-gateway" });
    if (drive.heard?.(s, 0) ?? true) scene.send({ ...frame, source: drive.source ?? SOURCE });
  }
  scene.advanceTo(T0 + drive.untilS * 1_000);
  return scene;
}
