import { describe, expect, it } from "vitest";
import { automationHazard } from "../../src/detect/automation-hazard.ts";
import { emergencyBraking } from "../../src/detect/emergency-braking.ts";
import { hazardNotice } from "../../src/detect/hazard-notice.ts";
import { stationaryVehicle } from "../../src/detect/stationary-vehicle.ts";
import type { Detection } from "../../src/domain/detection.ts";
import type { DetectionContext, Detector } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import { ControlBit, EventBit } from "../../src/domain/observation.ts";
import { NO_PORTS } from "../../src/stream/detector-ports.ts";
import { automation, frameOf, hazard, motion, T0 } from "../support/frames.ts";

const CONTEXT: DetectionContext = {
  receivedAtMs: T0,
  watermarkMs: T0 - 2_000,
  stations: { get: () => undefined, within: () => [], size: 0 },
  roads: undefined,
  ...NO_PORTS,
};

/** The story of a real emergency that follows on a flood of forged ones. */
function afterFlood<State>(detector: Detector<State>, floodOf: number, frame: (id: number) => Frame) {
  const state = detector.init();
  for (let id = 1; id <= floodOf; id++) detector.onItem?.(state, frame(id), CONTEXT, () => {});
  const told: Detection[] = [];
  detector.onItem?.(state, frame(floodOf + 1), CONTEXT, (one) => told.push(one));
  const own = told.filter(({ key }) => key.startsWith(`${floodOf + 1}`)).map(({ phase }) => phase);
  const oldest = told.filter(({ key }) => /^1(:|$)/.test(key)).map(({ phase }) => phase);
  return { own, oldest };
}

describe("an emergency after a flood of others", () => {
  it("that is notified is relayed, and the oldest notice ends", () => {
    const told = afterFlood(hazardNotice, 100_000, (id) =>
      frameOf(hazard({ originatingStationId: id }), { stationId: id }),
    );
    expect(told).toEqual({ own: ["start"], oldest: ["end"] });
  });

  it("of braking is told, and the oldest braking ends", () => {
    const report = motion({ controlBits: ControlBit.emergencyBrake, accelerationMps2: -6 });
    const told = afterFlood(emergencyBraking(), 50_000, (id) => frameOf(report, { stationId: id }));
    expect(told).toEqual({ own: ["start"], oldest: ["end"] });
  });

  it("of automation is told, and the oldest manoeuvre ends", () => {
    const told = afterFlood(automationHazard(), 50_000, (id) => frameOf(automation(), { stationId: id }));
    expect(told).toEqual({ own: ["start"], oldest: ["end"] });
  });

  it("of a disabled vehicle is watched", () => {
    const detector = stationaryVehicle();
    const state = detector.init();
    const report = motion({ speedMps: 0, eventBits: EventBit.disabledVehicle });
    for (let id = 1; id <= 200_001; id++) {
      detector.onItem?.(state, frameOf(report, { stationId: id }), CONTEXT, () => {});
    }
    expect(state.candidates.size).toBe(200_000);
    expect(state.candidates.has(200_001)).toBe(true);
  });
});
