import type { Measure } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { Frame } from "../../domain/frame.ts";
import { roundPoint } from "../../domain/place.ts";
import { destinationPoint } from "../../geo/geodesy.ts";
import { kmph, roundTo } from "../units.ts";
import type { Approach } from "./intersection.ts";
import type { SignalParameters } from "./phases.ts";
import type { Watch } from "./state.ts";

export const NAME = "signal-violation";

/** Those who cross are concerned: the alert reaches across the intersection. */
const ACROSS_M = 40;

/** A prediction comes true or false within this time. */
const PREDICTION_MS = 3_000;

/** Cause 98, sub-cause 2: violation of a traffic light (TS 102 894-2). */
export function violationDetection(
  watch: Watch,
  lane: Approach,
  frame: Frame,
  phase: Detection["phase"],
  parameters: SignalParameters,
): Detection {
  const passed = watch.told === "passed";
  const stop = roundPoint(lane.stop);
  return {
    kind: NAME,
    tier: passed ? "confirmed" : "suspected",
    causeCode: 98,
    subCauseCode: 2,
    severity: 5,
    confidencePct: passed ? 90 : 70,
    referencedAtMs: frame.observedAtMs,
    validUntilMs: frame.receivedAtMs + (passed ? parameters.validityMs : PREDICTION_MS),
    position: stop,
    headingDeg: undefined,
    outline: {
      form: "line",
      points: [stop, roundPoint(destinationPoint(stop, lane.headingDeg, ACROSS_M))],
    },
    road: undefined,
    evidence: {
      stations: 1,
      observations: passed ? 2 : watch.cannotStop,
      receivers: 1,
      sources: [frame.source.name],
      marks: [],
    },
    why: {
      rule: `${NAME}/${passed ? "passed" : "cannot-stop"}`,
      text: passed
        ? "Vehicle passed its stop line on red."
        : "Vehicle cannot stop at its red signal any more.",
      measures: passed ? passedMeasures(watch, parameters) : predictedMeasures(watch, parameters),
    },
    detector: NAME,
    key: `${watch.intersection}:${watch.stationId}`,
    phase,
    decidedAtMs: frame.receivedAtMs,
  };
}

function passedMeasures(watch: Watch, { beyondM, minSpeedMps, redGraceMs }: SignalParameters): Measure[] {
  return [
    { name: "beyondLineM", observed: roundTo(-watch.beforeM, 1), threshold: beyondM },
    { name: "redForS", observed: roundTo(watch.redForMs / 1_000, 1), threshold: redGraceMs / 1_000 },
    { name: "speedKmph", observed: kmph(watch.passedSpeedMps), threshold: kmph(minSpeedMps) },
  ];
}

function predictedMeasures(watch: Watch, parameters: SignalParameters): Measure[] {
  return [
    {
      name: "neededDecelerationMps2",
      observed: roundTo(watch.neededMps2, 1),
      threshold: parameters.carDecelerationMps2,
    },
    { name: "reports", observed: watch.cannotStop, threshold: parameters.predictedReports },
    { name: "speedKmph", observed: kmph(watch.speedMps) },
    { name: "toLineM", observed: roundTo(watch.beforeM, 1) },
  ];
}
