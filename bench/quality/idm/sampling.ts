import { ControlBit, LightBit } from "../../../src/domain/observation.ts";
import { toGeo } from "../plan/plane.ts";
import type { PlanRoad } from "../plan/road.ts";
import type { Sample } from "../samples.ts";
import type { Car } from "./car.ts";

/** Deceleration that takes the brake pedal and not the engine alone, m/s² (own: lamps light from about 1.3, UN R13-H). */
const PEDAL_MPS2 = -1.3;

/** The reference point of a CAM is the middle of the front (TS 102 894-2, ReferencePosition). */
export function sampleOf(road: PlanRoad, car: Car, atS: number): Sample {
  const pose = road.pose(car.atM, car.leftM);
  const { latitudeDeg, longitudeDeg } = toGeo(pose);
  const braking = car.accelerationMps2 < PEDAL_MPS2 && car.speedMps > 0 ? ControlBit.brakePedal : 0;
  return {
    atS,
    vehicle: car.number,
    type: car.type,
    latitudeDeg,
    longitudeDeg,
    speedMps: car.speedMps,
    headingDeg: pose.headingDeg,
    accelerationMps2: car.accelerationMps2,
    road: road.id,
    lane: car.lane,
    routeM: car.atM,
    lengthM: car.lengthM,
    lightBits: car.lightBits | LightBit.daytime,
    controlBits: car.controlBits | braking,
    eventBits: car.eventBits,
    role: car.role,
    wiperPerMin: car.wiperPerMin,
  };
}
