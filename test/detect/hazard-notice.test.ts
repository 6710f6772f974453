import { describe, expect, it } from "vitest";
import { hazardNotice } from "../../src/detect/hazard-notice.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { HazardNotice } from "../../src/domain/observation.ts";
import { type FrameOptions, frameOf, hazard, onRoad, T0, termination } from "../support/frames.ts";
import { Scene, storyOf } from "../support/scene.ts";

/** A notice sent so many seconds into the scene, with its times set. */
function notice(atS: number, overrides: Partial<HazardNotice> = {}, options: FrameOptions = {}): Frame {
  const atMs = T0 + atS * 1_000;
  const report = hazard({ detectionAtMs: atMs, referenceAtMs: atMs, ...overrides });
  return frameOf(report, { stationId: 900, atMs, ...options });
}

function run(...frames: readonly Frame[]): Scene {
  const scene = new Scene([hazardNotice]);
  scene.send(...frames);
  return scene;
}

describe("relayed notices", () => {
  it("carry cause, severity, validity, heading and numbers", () => {
    const [alert] = run(notice(0)).transitions;
    expect(alert).toMatchObject({
      kind: "obstacle",
      state: "new",
      tier: "confirmed",
      causeCode: 10,
      severity: 4,
      confidencePct: 75,
      headingDeg: 90,
      validUntilMs: T0 + 600_000,
      outline: { form: "point" },
      why: {
        rule: "hazard-notice/relayed",
        text: "Station reports obstacle on the road.",
        measures: [
          { name: "awarenessDistanceM", observed: 1000 },
          { name: "informationQuality", observed: 5 },
        ],
      },
    });
  });

  it("draw the zone as a line that begins at the event", () => {
    const eventZone = [onRoad(0), onRoad(100), onRoad(200, 5)];
    const [alert] = run(notice(0, { eventZone })).transitions;
    expect(alert?.outline).toEqual({ form: "line", points: [onRoad(0), onRoad(100), onRoad(200, 5)] });
  });

  it.each([
    ["upstream", 90],
    ["downstream", 90],
    ["opposite", 270],
    ["all", undefined],
  ] as const)("concern traffic of the right heading: %s", (trafficDirection, headingDeg) => {
    expect(run(notice(0, { trafficDirection })).transitions[0]?.headingDeg).toBe(headingDeg);
  });

  it.each([
    [0, "confirmed", 60],
    [1, "suspected", 30],
    [7, "confirmed", 95],
  ] as const)("of information quality %i are %s", (informationQuality, tier, confidencePct) => {
    expect(run(notice(0, { informationQuality })).transitions[0]).toMatchObject({ tier, confidencePct });
  });

  it("with a signature that does not verify are suspicions", () => {
    const [alert] = run(notice(0, {}, { security: "invalid" })).transitions;
    expect(alert).toMatchObject({ tier: "suspected", confidencePct: 10 });
  });

  it("of an unknown cause pass on with their numbers", () => {
    const [alert] = run(notice(0, { causeCode: 200, subCauseCode: 7 })).transitions;
    expect(alert).toMatchObject({ kind: "notice", causeCode: 200, subCauseCode: 7 });
  });

  it("with an unusable clock are valid from as long before reception as they say", () => {
    const times = { detectionAtMs: 1_000, referenceAtMs: 11_000, validityS: 60 };
    const [alert] = run(notice(50, times, { clockReplaced: true, delayMs: 0 })).transitions;
    expect(alert).toMatchObject({ validUntilMs: T0 + 100_000, evidence: { marks: ["clock-replaced"] } });
  });

  it("from a clock that is ahead are valid from reception", () => {
    const [alert] = run(notice(0, { detectionAtMs: T0 + 5_000, validityS: 60 })).transitions;
    expect(alert?.validUntilMs).toBe(T0 + 60_020);
  });

  it("that are over or have no place are dropped", () => {
    expect(run(notice(0, { validityS: 0 })).transitions).toEqual([]);
    expect(run(notice(0, { position: undefined })).transitions).toEqual([]);
  });
});

describe("the life of a notice", () => {
  it("an unchanged re-issue every second extends it and tells nobody", () => {
    const frames = Array.from({ length: 39 }, (_, i) => notice(i, { validityS: 60 }));
    const scene = run(...frames);
    expect(scene.transitions).toHaveLength(1);
    scene.advanceTo(T0 + 97_500);
    expect(scene.book.size).toBe(1);
    scene.advanceTo(T0 + 98_050);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "expired", evidence: { observations: 39 } });
  });

  it("an update is told", () => {
    const scene = run(notice(0), notice(10, { subCauseCode: 4, contentHash: "b" }));
    expect(storyOf(scene.transitions)).toEqual(["0.0 new confirmed", "10.0 updated confirmed"]);
    expect(scene.transitions[1]).toMatchObject({ subCauseCode: 4, severity: 5, revision: 2 });
  });

  it.each(["cancellation", "negation"] as const)("a %s takes it back with its cause and place", (kind) => {
    const end = frameOf(termination(kind), { stationId: 901, atMs: T0 + 20_000 });
    const scene = run(notice(0), end);
    expect(scene.transitions.at(-1)).toMatchObject({
      state: "cancelled",
      kind: "obstacle",
      causeCode: 10,
      why: { rule: `hazard-notice/${kind}` },
    });
    expect(scene.book.size).toBe(0);
  });

  it("a termination of something unknown is nothing", () => {
    expect(run(frameOf(termination("cancellation"))).transitions).toEqual([]);
  });

  it("events of one sender are told apart by their number", () => {
    const scene = run(notice(0), notice(1, { sequenceNumber: 2, position: onRoad(500) }));
    expect(scene.book.size).toBe(2);
    scene.send(frameOf(termination("cancellation", { sequenceNumber: 2 }), { atMs: T0 + 5_000 }));
    expect(scene.book.live()).toMatchObject([{ position: onRoad(0) }]);
  });

  it("a shorter validity is told", () => {
    const scene = run(notice(0), notice(10, { validityS: 30, contentHash: "b" }));
    expect(scene.transitions.at(-1)).toMatchObject({ state: "updated", validUntilMs: T0 + 40_000 });
  });

  it("a re-issue after expiry is a new alert", () => {
    const scene = run(notice(0, { validityS: 10 }), notice(20, { validityS: 10 }));
    expect(scene.transitions.map(({ state }) => state)).toEqual(["new", "expired", "new"]);
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(2);
  });

  it("further receivers are evidence", () => {
    const scene = run(notice(0));
    scene.corroborate({ stationId: 900, observedAtMs: T0, receiver: "rsu-2" }, T0 + 100);
    scene.corroborate({ stationId: 900, observedAtMs: T0 - 1, receiver: "rsu-3" }, T0 + 150);
    scene.send(frameOf(termination("cancellation"), { stationId: 900, atMs: T0 + 200 }));
    expect(scene.transitions.at(-1)?.evidence.receivers).toBe(2);
  });

  it("leaves no state behind", () => {
    const scene = run(notice(0), notice(1, { sequenceNumber: 2 }, { stationId: 7 }));
    scene.advanceTo(T0 + 700_000);
    expect(scene.snapshot()).toMatchObject({
      detect: { "hazard-notice": { state: { notices: [], lastKeys: [] } } },
    });
  });

  it("are told with a mark and less confidence where the sender's own motion contradicts them", () => {
    const braking = {
      causeCode: 99,
      subCauseCode: 1,
      stationType: "passenger-car",
      originatingStationId: 7,
    } as const;
    const tell = (eventSpeedMps: number) => {
      const scene = new Scene();
      scene.send(frameOf(hazard({ ...braking, eventSpeedMps }), { stationId: 7 }));
      return scene.transitions[0];
    };
    const [plain, doubted] = [tell(15), tell(3)];
    expect(plain?.evidence.marks).toEqual([]);
    expect(doubted?.state).toBe("new");
    expect(doubted?.evidence.marks).toEqual(["doubt-event-speed"]);
    expect(doubted?.confidencePct).toBeLessThan(plain?.confidencePct ?? 0);
  });
});
