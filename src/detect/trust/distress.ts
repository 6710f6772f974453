import { EventBit, hazardLightsOn, type MotionReport } from "../../domain/observation.ts";

const DISTRESS_BITS = EventBit.disabledVehicle | EventBit.airbag;

/** The vehicle says itself that something has happened to it. */
export function showsDistress(report: MotionReport): boolean {
  return (report.eventBits & DISTRESS_BITS) !== 0 || hazardLightsOn(report);
}
