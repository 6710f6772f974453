import type { Detector, DetectorPorts } from "../../src/domain/detector.ts";

/** A detector that sees nothing and provides what a test wants known. */
export function providing(ports: Partial<DetectorPorts>): Detector<unknown> {
  return {
    name: "provided",
    snapshotVersion: 1,
    init: () => ({}),
    provides: () => ports,
    snapshot: () => 0,
    restore: () => ({}),
  };
}
