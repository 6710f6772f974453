import type { Detector } from "../domain/detector.ts";
import { automationHazard } from "./automation-hazard.ts";
import { roadConditions } from "./conditions/road-conditions.ts";
import { congestionCells } from "./congestion-cells.ts";
import { congestionRoad } from "./congestion-road.ts";
import { emergencyBraking } from "./emergency-braking.ts";
import { automationCluster } from "./hazard/automation-cluster.ts";
import { blindArea } from "./hazard/blind-area.ts";
import { blockage } from "./hazard/blockage.ts";
import { collisionRisk } from "./hazard/collision-risk.ts";
import { emergencyVehicle } from "./hazard/emergency-vehicle.ts";
import { hardBrakeChain } from "./hazard/hard-brake-chain.ts";
import { mobileWorks } from "./hazard/mobile-works.ts";
import { objectOnRoad } from "./hazard/object-on-road.ts";
import { queueEnd } from "./hazard/queue-end.ts";
import { slowVehicle } from "./hazard/slow-vehicle.ts";
import { wrongWay } from "./hazard/wrong-way.ts";
import { hazardNotice } from "./hazard-notice.ts";
import { signalViolation } from "./signals/signal-violation.ts";
import { perceivedStop } from "./stationary-perceived.ts";
import { stationaryVehicle } from "./stationary-vehicle.ts";
import { stationTrust } from "./trust/station-trust.ts";
import { type DetectionSettings, tunedDetectors } from "./tuning.ts";

/**
 * All detectors in the order in which they see each item, with their default values where nothing else is set. Trust and
 * congestion come first: the others ask them how far a station is believed, and for the state of traffic.
 * @throws RangeError naming a key that is unknown or out of range
 */
export function defaultDetectors(settings: DetectionSettings = {}): readonly Detector<unknown>[] {
  return tunedDetectors(
    (of) => [
      stationTrust(of("station-trust"), of("road-user-identity")),
      congestionCells(of("congestion-cells")),
      congestionRoad(of("congestion-road")),
      roadConditions(of("road-conditions")),
      signalViolation(of("signal-violation")),
      emergencyBraking(of("emergency-braking")),
      stationaryVehicle(of("stationary-vehicle")),
      perceivedStop(of("perceived-stop")),
      hazardNotice,
      automationHazard(of("automation-hazard")),
      wrongWay(of("wrong-way")),
      hardBrakeChain(of("hard-brake-chain")),
      slowVehicle(of("slow-vehicle")),
      queueEnd(of("queue-end")),
      collisionRisk(of("collision-risk")),
      emergencyVehicle(of("emergency-vehicle")),
      objectOnRoad(of("object-on-road")),
      mobileWorks(of("mobile-works")),
      blockage(of("blockage")),
      automationCluster(of("automation-cluster")),
      blindArea(of("blind-area")),
    ],
    settings,
  );
}
