import type { Detection } from "../../src/domain/detection.ts";
import { ROAD_HEADING_DEG, ROAD_ORIGIN, T0 } from "../support/frames.ts";

/** A suspected stationary vehicle, seen `atS` seconds into the scene, valid for 60 s. */
export function detection(atS: number, overrides: Partial<Detection> = {}): Detection {
  const decidedAtMs = T0 + atS * 1_000;
  const position = overrides.position ?? ROAD_ORIGIN;
  return {
    detector: "stationary-vehicle",
    key: "1",
    phase: "start",
    decidedAtMs,
    kind: "stationary-vehicle",
    tier: "suspected",
    causeCode: 94,
    subCauseCode: 0,
    severity: 3,
    confidencePct: 60,
    referencedAtMs: decidedAtMs - 20,
    validUntilMs: decidedAtMs + 60_000,
    position,
    headingDeg: ROAD_HEADING_DEG,
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations: 1, observations: 1, receivers: 1, sources: ["a"], marks: [] },
    why: { rule: "test", text: "Test.", measures: [] },
    ...overrides,
  };
}
