import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detectors of collision risk, between vehicles and with vulnerable road users. */
export const COLLISION_RISK = {
  horizonS: {
    default: 4,
    min: 1,
    max: 8,
    text: "Encounters farther in the future are not looked at.",
    source: "time to the zone of vulnerable road users: critical at 2 to 4 s",
  },
  closingMps: {
    default: 6,
    min: 1,
    max: 20,
    text: "Least difference of velocities of two vehicles.",
    source: "own: below 22 km/h bumpers and belts do; followers in dense traffic stay below 2 m/s",
  },
  timeToCollisionS: {
    default: 2,
    min: 0.5,
    max: 5,
    text: "Time to collision at or below which one vehicle behind another is at risk.",
    source: "criticality metrics: 1.5 s critical, 3.0 s lower bound of warnings",
  },
  requiredDecelerationMps2: {
    default: 6,
    min: 2,
    max: 9,
    text: "Least deceleration that the vehicle behind needs.",
    source:
      "criticality metrics: −5 (UN R157) to −6 m/s² (automatic emergency braking); drivers in queues brake at 4.5",
  },
  postEncroachmentS: {
    default: 1,
    min: 0.2,
    max: 3,
    text: "Two crossing vehicles that use one place within this time are at risk.",
    source: "post-encroachment time: below 1 s critical, above 2 s normal",
  },
  crossingDecelerationMps2: {
    default: 4,
    min: 2,
    max: 9,
    text: "Least deceleration that both of two crossing vehicles need to stop before.",
    source: "own: MDRAC 3.4 m/s² is what drivers do where they yield, with the error of 1 m/s of speeds",
  },
  lateralM: {
    default: 1.5,
    min: 0.5,
    max: 3,
    text: "Largest lateral distance of two vehicles in one lane.",
    source: "own: less than half a lane of 3.5 m",
  },
  laneLooks: {
    default: 4,
    min: 2,
    max: 50,
    text: "Reports that must agree on the lateral distance of two vehicles on a road of several lanes.",
    source: "own: as many as come at 1 Hz within the horizon of 4 s",
  },
  laneSpreadM: {
    default: 0.35,
    min: 0.1,
    max: 2,
    text: "Largest standard deviation of that distance: positions that scatter more tell no lane.",
    source:
      "own: 592 overtaking vehicles were taken for collisions in 23 min of motorway with positions of 1.5 m",
  },
  vulnerableLateralM: {
    default: 1.3,
    min: 0.5,
    max: 3,
    text: "Distance from the middle of a vehicle within which a vulnerable road user is hit.",
    source: "own: half of a car of 1.8 m and 0.4 m of body",
  },
  vulnerableDecelerationMps2: {
    default: 3,
    min: 1,
    max: 9,
    text: "Least deceleration that the vehicle needs to stop before a vulnerable road user.",
    source: "own: below MDRAC's 3.4 m/s², as the person cannot brake for the driver",
  },
  confirmingLooks: {
    default: 2,
    min: 1,
    max: 10,
    text: "Reports in a row that must show the risk.",
    source: "own: one position in error makes no encounter of two reports",
  },
  certainDecelerationMps2: {
    default: 8,
    min: 4,
    max: 20,
    text: "Where so much deceleration is needed one report is enough.",
    source: "own: what tyres give on a dry road; nothing is left to wait for",
  },
  againAfterMs: {
    default: 10_000,
    min: 1_000,
    max: 120_000,
    text: "The same two are not told again within this time.",
    source: "own: one encounter, one alert",
  },
  endAfterMs: {
    default: 1_500,
    min: 500,
    max: 10_000,
    text: "Time without risk after which it is over.",
    source: "own: one report at 1 Hz with its jitter",
  },
  validityMs: {
    default: 3_000,
    min: 1_000,
    max: 20_000,
    text: "Validity after the last sign of the risk.",
    source: "C2C-CC, exchange of collision risk, as coded in Artery: 2 s, and one report",
  },
} as const satisfies ParameterGroup;
