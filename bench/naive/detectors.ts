import { congestionCells } from "../../src/detect/congestion-cells.ts";
import { emergencyBraking } from "../../src/detect/emergency-braking.ts";
import { stationaryVehicle } from "../../src/detect/stationary-vehicle.ts";
import type { Detector } from "../../src/domain/detector.ts";

/** What both run, in the order of the registry: three of the detectors that need no map. */
export function sharedDetectors(): readonly Detector<unknown>[] {
  return [congestionCells(), emergencyBraking(), stationaryVehicle()] as readonly Detector<unknown>[];
}
