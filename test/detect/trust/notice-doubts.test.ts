import { describe, expect, it } from "vitest";
import { Check } from "../../../src/detect/trust/evidence.ts";
import { doubtedConfidencePct, noticeDoubts } from "../../../src/detect/trust/notice-doubts.ts";
import type { HazardNotice } from "../../../src/domain/observation.ts";
import { frameOf, hazard, onRoad, T0 } from "../../support/frames.ts";
import { report, TrustScene } from "./trust-scene.ts";

const BRAKING: Partial<HazardNotice> = {
  causeCode: 99,
  subCauseCode: 1,
  stationType: "passenger-car",
  originatingStationId: 1,
};
const JAM: Partial<HazardNotice> = {
  causeCode: 1,
  stationType: "passenger-car",
  originatingStationId: 1,
  awarenessDistanceM: 500,
};

function doubts(notice: Partial<HazardNotice>, others: readonly ReturnType<typeof report>[] = []) {
  const scene = new TrustScene();
  scene.play([report(1, 0, { alongM: 0, speedMps: 20 }), ...others]);
  const told = hazard({ position: onRoad(0), eventSpeedMps: 15, ...notice });
  return noticeDoubts(told, frameOf(told, { stationId: 1, atMs: T0 + 100 }), scene.context(T0 + 120));
}

const around = (speedMps: number, alongM = 30) =>
  [2, 3, 4].map((id) => report(id, 0, { alongM: alongM + id, rightM: 4, speedMps }));

describe("doubts about a hazard notice (ETSI TS 103 759)", () => {
  it("has none about an ordinary one", () => {
    expect(doubts(BRAKING)).toEqual([]);
    expect(doubts(JAM)).toEqual([]);
    expect(doubts({})).toEqual([]);
  });

  it("doubts an emergency braking of a car below 20 km/h, not of a truck", () => {
    expect(doubts({ ...BRAKING, eventSpeedMps: 5.5 })).toEqual(["doubt-event-speed"]);
    expect(doubts({ ...BRAKING, eventSpeedMps: 5.6 })).toEqual([]);
    expect(doubts({ ...BRAKING, stationType: "heavy-truck", eventSpeedMps: 4 })).toEqual([]);
  });

  it("doubts an emergency braking where all cars around drive faster", () => {
    expect(doubts(BRAKING, around(25))).toEqual(["doubt-surroundings"]);
    expect(doubts(BRAKING, [...around(25), report(5, 0, { alongM: -20, speedMps: 10 })])).toEqual([]);
    expect(doubts(BRAKING, around(25, 120))).toEqual([]);
    expect(doubts(BRAKING, around(25).slice(0, 2))).toEqual([]);
  });

  it("doubts a jam that is not told upstream, or is told too far", () => {
    expect(doubts({ ...JAM, trafficDirection: "all" })).toEqual(["doubt-direction"]);
    expect(doubts({ ...JAM, awarenessDistanceM: 5_000 })).toEqual(["doubt-relevance"]);
    expect(doubts({ causeCode: 1, trafficDirection: "all" })).toEqual([]);
  });

  it("doubts an event far from its sender: 1 km for jams, 100 m for what happens to the sender", () => {
    expect(doubts({ ...JAM, position: onRoad(990) })).toEqual([]);
    expect(doubts({ ...JAM, position: onRoad(1_010) })).toEqual(["doubt-distance"]);
    expect(doubts({ ...BRAKING, causeCode: 94, position: onRoad(90) })).toEqual([]);
    expect(doubts({ ...BRAKING, causeCode: 94, position: onRoad(110) })).toEqual(["doubt-distance"]);
    expect(doubts({ ...BRAKING, causeCode: 10, position: onRoad(900) })).toEqual([]);
  });

  it("lowers confidence for each mark and never to nothing", () => {
    expect(doubtedConfidencePct(80, [])).toBe(80);
    expect(doubtedConfidencePct(80, ["doubt-distance"])).toBe(56);
    expect(doubtedConfidencePct(1, ["doubt-direction", "doubt-distance", "doubt-sender"])).toBe(1);
  });
});

describe("trust of a notice's sender", () => {
  const told = (parts: Partial<HazardNotice>, atS: number) => {
    const notice = hazard({
      position: onRoad(28 * atS),
      eventSpeedMps: 5,
      sequenceNumber: Math.round(atS * 100),
      ...JAM,
      ...parts,
    });
    return frameOf(notice, { stationId: 1, atMs: T0 + atS * 1_000 });
  };
  const drive = (seconds: number) =>
    Array.from({ length: seconds }, (_, s) => report(1, s, { alongM: 28 * s, speedMps: 28 }));

  it("falls when it drives on at more than twice the speed that it told", () => {
    const scene = new TrustScene();
    scene.play([...drive(10), told({}, 8.5)]);
    expect(scene.failed(1) & Check.notice).not.toBe(0);
    const slow = new TrustScene();
    slow.play([...drive(10), told({ eventSpeedMps: 20 }, 8.5)]);
    expect(slow.failed(1) & Check.notice).toBe(0);
  });

  it("falls with notices that follow one another in less than 80 ms", () => {
    const scene = new TrustScene();
    scene.play([...drive(5), told({ eventSpeedMps: 28 }, 4.2), told({ eventSpeedMps: 28 }, 4.25)]);
    expect(scene.failed(1) & Check.notice).not.toBe(0);
    const calm = new TrustScene();
    calm.play([...drive(5), told({ eventSpeedMps: 28 }, 4.2), told({ eventSpeedMps: 28 }, 4.3)]);
    expect(calm.failed(1) & Check.notice).toBe(0);
  });
});
