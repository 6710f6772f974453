import { describe, expect, it } from "vitest";
import { signalViolation } from "../../../src/detect/signals/signal-violation.ts";
import type { DetectionContext } from "../../../src/domain/detector.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import type {
  IntersectionReport,
  MotionReport,
  SignalGroupState,
  SignalPhase,
  SignalReport,
} from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { NO_PORTS } from "../../../src/stream/detector-ports.ts";
import { type FrameOptions, frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { Scene, storyOf } from "../../support/scene.ts";
import { straightMap } from "../../support/straight-map.ts";

const STOP_M = 500;

/** An intersection whose stop line is 500 m along the road: lane 1 with group 1, lane 2 beside it with group 2. */
function map(overrides: Partial<IntersectionReport> = {}): IntersectionReport {
  const lane = (laneId: number, rightM: number, signalGroup: number | undefined) => ({
    laneId,
    ingress: true,
    egress: false,
    laneType: "vehicle",
    nodes: [onRoad(STOP_M, rightM), onRoad(STOP_M - 100, rightM)],
    connections: [{ laneId: 10, signalGroup }],
    speedLimitKmph: 50,
  });
  return {
    kind: "intersection",
    intersection: "0.7",
    revision: 3,
    name: "Test",
    ...onRoad(STOP_M + 20),
    lanes: [lane(1, 0, 1), lane(2, 6, 2)],
    ...overrides,
  };
}

function signal(
  groups: readonly Partial<SignalGroupState>[],
  overrides: Partial<SignalReport> = {},
): SignalReport {
  return {
    kind: "signal",
    intersection: "0.7",
    revision: 3,
    statusBits: 0,
    groups: groups.map((group, i) => ({
      signalGroup: i + 1,
      phase: "stop-and-remain",
      minEndAtMs: undefined,
      maxEndAtMs: undefined,
      likelyEndAtMs: undefined,
      ...group,
    })),
    ...overrides,
  };
}

interface Play {
  /** Phase of group 1 at a time, s. */
  readonly phase?: (s: number) => SignalPhase;
  readonly second?: SignalPhase;
  /** Promised end of red, s. */
  readonly redUntilS?: number;
  readonly report?: Partial<SignalReport>;
  readonly options?: FrameOptions;
  readonly lastSignalS?: number;
  readonly map?: IntersectionReport;
  /** Way of the vehicle, m from the line, and its speed. */
  readonly drive: (s: number) => { readonly beforeM: number; readonly speedMps: number };
  readonly vehicle?: Partial<MotionReport>;
  readonly rightM?: number;
  readonly vehicleOptions?: FrameOptions;
  readonly restartAtS?: number;
}

/** Ten seconds with signal states twice and vehicle reports five times a second. */
function play(one: Play): Scene {
  const scene = new Scene([signalViolation()]);
  const at = (s: number): number => T0 + Math.round(s * 1_000);
  const frames: Frame[] = [frameOf(one.map ?? map(), { stationId: 900, atMs: at(0) })];
  for (let i = 0; i <= Math.min(20, 2 * (one.lastSignalS ?? 10)); i++) {
    const minEndAtMs = one.redUntilS === undefined ? undefined : at(one.redUntilS);
    const phase = one.phase?.(i / 2) ?? "stop-and-remain";
    const groups = [
      { phase, minEndAtMs: phase === "stop-and-remain" ? minEndAtMs : undefined },
      { phase: one.second ?? "stop-and-remain", minEndAtMs },
    ];
    frames.push(
      frameOf(signal(groups, one.report), { stationId: 900, atMs: at(i / 2), delayMs: 60, ...one.options }),
    );
  }
  for (let i = 1; i < 50; i++) {
    const { beforeM, speedMps } = one.drive(i / 5);
    const report = motion({ ...onRoad(STOP_M - beforeM, one.rightM ?? 0), speedMps, ...one.vehicle });
    frames.push(frameOf(report, { stationId: 7, atMs: at(i / 5), ...one.vehicleOptions }));
  }
  frames.sort((a, b) => a.receivedAtMs - b.receivedAtMs || b.stationId - a.stationId);
  for (const frame of frames) {
    if (one.restartAtS !== undefined && frame.receivedAtMs > at(one.restartAtS)) scene.restartFromSnapshot();
    scene.send(frame);
  }
  scene.advanceTo(T0 + 20_000);
  return scene;
}

/** At 14 m/s across the line after 5 s. */
const across = (s: number) => ({ beforeM: (5 - s) * 14, speedMps: 14 });

/** Brakes from 14 m/s with 3 m/s² to stand 1 m before the line. */
function stopping(s: number): { beforeM: number; speedMps: number } {
  const speedMps = Math.max(0, 14 - 3 * s);
  return { beforeM: 1 + (speedMps * speedMps) / 6, speedMps };
}

describe("a signal violation", () => {
  it("is predicted when the vehicle cannot stop, and confirmed when it has passed on red", () => {
    const scene = play({ drive: across, redUntilS: 15 });
    expect(storyOf(scene.transitions)).toEqual([
      "4.4 new suspected",
      "5.4 updated confirmed",
      "11.4 expired confirmed",
    ]);
    expect(scene.transitions[1]).toMatchObject({
      kind: "signal-violation",
      causeCode: 98,
      subCauseCode: 2,
      severity: 5,
      position: onRoad(STOP_M),
      why: {
        rule: "signal-violation/passed",
        measures: [
          { name: "beyondLineM", observed: 5.6, threshold: 3 },
          { name: "redForS", observed: 5, threshold: 0.5 },
          { name: "speedKmph", observed: 50.4, threshold: 7.2 },
        ],
      },
    });
    expect(scene.transitions[0]?.why).toMatchObject({ rule: "signal-violation/cannot-stop" });
  });

  it("is confirmed without a promise where the signal is still red afterwards", () => {
    expect(storyOf(play({ drive: (s) => across(s - 0.2) }).transitions)[0]).toBe("5.6 new confirmed");
    const turning = play({
      drive: (s) => across(s - 0.2),
      phase: (s) => (s < 5.5 ? "stop-and-remain" : "protected-movement-allowed"),
    });
    expect(turning.transitions).toEqual([]);
  });

  it("that is predicted and does not come is taken back", () => {
    const braking = (s: number) => {
      if (s < 4.4) return across(s);
      const t = s - 4.4;
      return { beforeM: Math.max(0.5, 8.4 - 14 * t + 5 * t * t), speedMps: Math.max(0, 14 - 12 * t) };
    };
    const scene = play({ drive: braking, redUntilS: 15 });
    expect(scene.transitions.map(({ state, tier }) => `${state} ${tier}`)).toEqual([
      "new suspected",
      "ended suspected",
    ]);
  });

  it("survives a restart at any time", () => {
    const straight = play({ drive: across, redUntilS: 15 }).transitions;
    for (const restartAtS of [1, 4.3, 4.9, 5.3]) {
      expect(play({ drive: across, redUntilS: 15, restartAtS }).transitions).toEqual(straight);
    }
  });
});

describe("no signal violation", () => {
  const red = { drive: across, redUntilS: 15 };

  it.each<[string, Play]>([
    ["green", { ...red, phase: () => "protected-movement-allowed" }],
    ["yellow", { ...red, phase: () => "protected-clearance" }],
    ["red and yellow", { ...red, phase: () => "pre-movement" }],
    [
      "a signal that has just turned red",
      { ...red, phase: (s) => (s < 5 ? "protected-clearance" : "stop-and-remain") },
    ],
    [
      "a red that ends before the line",
      { ...red, redUntilS: 4, phase: (s) => (s < 5 ? "stop-and-remain" : "protected-movement-allowed") },
    ],
    ["a signal state that is stale", { ...red, lastSignalS: 2 }],
    ["a promise that lies an hour ahead", { ...red, redUntilS: 3_605, lastSignalS: 4 }],
    ["a map of another revision", { ...red, map: map({ revision: 4 }) }],
    ["a signal that is off", { ...red, report: { statusBits: 1 << 9 } }],
    ["a signal that flashes for a failure", { ...red, report: { statusBits: 1 << 2 } }],
    ["a signal state with the 5 s of leap seconds", { ...red, options: { delayMs: 5_060 } }],
    ["a signal state with a replaced clock", { ...red, options: { clockReplaced: true } }],
    ["a vehicle with a replaced clock", { ...red, vehicleOptions: { clockReplaced: true } }],
    ["a vehicle that stops", { ...red, drive: stopping }],
    [
      "a vehicle that creeps over the line",
      { ...red, drive: (s) => ({ beforeM: (5 - s) * 1.5, speedMps: 1.5 }) },
    ],
    ["a fire engine", { ...red, vehicle: { role: "emergency", lightBar: true, siren: true } }],
    ["a tram, which has signals of its own", { ...red, vehicle: { stationType: "tram" } }],
    ["a vehicle on the road beside", { ...red, rightM: 30 }],
    [
      "a vehicle that comes the other way",
      { ...red, drive: (s) => ({ beforeM: (s - 5) * 14, speedMps: 14 }), vehicle: { headingDeg: 270 } },
    ],
    [
      "a vehicle that may be in a lane with green",
      { ...red, rightM: 3.01, second: "protected-movement-allowed" },
    ],
  ])("at %s", (_name, one) => {
    expect(play(one).transitions).toEqual([]);
  });

  it("at a lane that turns without a signal", () => {
    const free = map();
    const [first] = free.lanes;
    if (first === undefined) throw new Error("no lane");
    const lanes = [{ ...first, connections: [...first.connections, { laneId: 11, signalGroup: undefined }] }];
    expect(play({ ...red, map: map({ lanes }) }).transitions).toEqual([]);
  });
});

describe("who may wait", () => {
  const context: DetectionContext = {
    receivedAtMs: T0,
    watermarkMs: T0,
    stations: { get: () => undefined, within: () => [], size: 0 },
    roads: undefined,
    ...NO_PORTS,
  };

  function lookup(phase: SignalPhase | undefined, atS: number, roads?: RoadNetwork) {
    const detector = signalViolation();
    const state = detector.init();
    const take = (frame: Frame): void => detector.onItem?.(state, frame, context, () => {});
    take(frameOf(map(), { stationId: 900 }));
    for (let s = 0; phase !== undefined && s <= atS; s++) {
      take(frameOf(signal([{ phase }, { phase }]), { stationId: 900, atMs: T0 + s * 1_000 }));
    }
    detector.onTick?.(state, T0 + atS * 1_000, context, () => {});
    return detector.provides?.(state, roads).signals;
  }

  it.each<[SignalPhase | undefined, number, boolean]>([
    [undefined, 0, true],
    ["stop-and-remain", 30, true],
    ["protected-movement-allowed", 10, true],
    ["protected-movement-allowed", 30, false],
  ])("at a stop line whose signal is %s for %i s: %s", (phase, atS, expected) => {
    expect(lookup(phase, atS)?.mayWaitAt(onRoad(450), 90, 100)).toBe(expected);
  });

  it("only before the line, near it, and in its direction", () => {
    const signals = lookup("stop-and-remain", 5);
    expect(signals?.mayWaitAt(onRoad(450, 8), 80, 100)).toBe(true);
    expect(signals?.mayWaitAt(onRoad(450), 90, 40)).toBe(false);
    expect(signals?.mayWaitAt(onRoad(520), 90, 100)).toBe(false);
    expect(signals?.mayWaitAt(onRoad(450), 270, 100)).toBe(false);
    expect(signals?.mayWaitAt(onRoad(450, 30), 90, 100)).toBe(false);
  });

  it("at the signals of the road network, also those of the next link", () => {
    const roads = straightMap(
      { id: "a", route: "r", fromM: 2_000, toM: 2_300 },
      { id: "b", route: "r", fromM: 2_300, toM: 2_400, properties: { signal: true } },
      { id: "c", route: "r", fromM: 2_400, toM: 3_000 },
    );
    const signals = lookup(undefined, 0, roads);
    expect(signals?.mayWaitAt(onRoad(2_350), 90, 100)).toBe(true);
    expect(signals?.mayWaitAt(onRoad(2_280), 90, 150)).toBe(true);
    expect(signals?.mayWaitAt(onRoad(2_280), 90, 100)).toBe(false);
    expect(signals?.mayWaitAt(onRoad(2_450), 90, 100)).toBe(false);
    expect(signals?.mayWaitAt(onRoad(2_350), 270, 100)).toBe(false);
  });
});
