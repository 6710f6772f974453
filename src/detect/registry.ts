import type { Detector } from "../domain/detector.ts";
import { automationHazard } from "./automation-hazard.ts";
import { roadConditions } from "./conditions/road-conditions.ts";
import { congestionCells } from "./congestion-cells.ts";
import { congestionRoad } from "./congestion-road.ts";
import { emergencyBraking } from "./emergency-braking.ts";
import { emergencyVehicle } from "./hazard/emergency-vehicle.ts";
import { hardBrakeChain } from "./hazard/hard-brake-chain.ts";
import { slowVehicle } from "./hazard/slow-vehicle.ts";
import { wrongWay } from "./hazard/wrong-way.ts";
import { hazardNotice } from "./hazard-notice.ts";
import { signalViolation } from "./signals/signal-violation.ts";
import { stationaryVehicle } from "./stationary-vehicle.ts";
import { stationTrust } from "./trust/station-trust.ts";

/**
 * All detectors in the order in which they see each item. Trust and congestion come first: the others ask them how far a
 * station is believed, and for the state of traffic.
 */
export function defaultDetectors(): readonly Detector<unknown>[] {
  return [
    stationTrust(),
    congestionCells(),
    congestionRoad(),
    roadConditions(),
    signalViolation(),
    emergencyBraking(),
    stationaryVehicle(),
    hazardNotice,
    automationHazard(),
    wrongWay(),
    hardBrakeChain(),
    slowVehicle(),
    emergencyVehicle(),
  ];
}
