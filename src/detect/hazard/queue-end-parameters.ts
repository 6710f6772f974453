import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of dangerous ends of queues. */
export const QUEUE_END = {
  fromSpeedMps: {
    default: 80 / 3.6,
    min: 10,
    max: 40,
    text: "Speed that a vehicle had before it braked into slow traffic.",
    source: "C2C-CC triggering conditions, dangerous end of queue, as coded in Artery: 80 km/h",
  },
  toSpeedMps: {
    default: 30 / 3.6,
    min: 1,
    max: 20,
    text: "Speed to which it braked.",
    source: "C2C-CC triggering conditions as coded in Artery: 30 km/h",
  },
  brakingWithinMs: {
    default: 10_000,
    min: 2_000,
    max: 30_000,
    text: "Longest time that the braking took.",
    source: "C2C-CC triggering conditions as coded in Artery: 10 s",
  },
  meanDecelerationMps2: {
    default: 3.5,
    min: 1,
    max: 8,
    text: "Least mean deceleration of the braking.",
    source: "C2C-CC triggering conditions as coded in Artery: −3.5 m/s²",
  },
  slowAheadM: {
    default: 200,
    min: 30,
    max: 1_000,
    text: "Another slow road user as far ahead shows that the braking ended at a queue.",
    source:
      "own: in place of Artery's five jam notices; at 5 % equipped, a queue of three lanes has one in 50 m",
  },
  differenceMps: {
    default: 50 / 3.6,
    min: 5,
    max: 30,
    text: "A tail is dangerous where approaching traffic is faster than it by this much.",
    source: "C2C-CC triggering conditions as coded in Artery: 80 to 30 km/h",
  },
  approachFromM: {
    default: 150,
    min: 0,
    max: 1_000,
    text: "Vehicles nearer to the tail brake already: their speed is not that of the approach.",
    source: "own: from 120 km/h at 4 m/s² one stops within 140 m",
  },
  approachToM: {
    default: 900,
    min: 100,
    max: 3_000,
    text: "Vehicles farther upstream do not count for the speed of the approach.",
    source: "C2C-CC triggering conditions as coded in Artery: relevance below 1000 m upstream",
  },
  roadSpeedMps: {
    default: 70 / 3.6,
    min: 10,
    max: 40,
    text: "Least speed of a road on which the end of a queue is dangerous.",
    source: "C2C-CC triggering conditions: non-urban; as the bound of fast roads in congestion",
  },
  trustSum: {
    default: 1.5,
    min: 0,
    max: 10,
    text: "Sum of trust in the vehicles on which a queue end rests that congestion does not know yet.",
    source: "detection rules for multi-vehicle alerts: 1.5",
  },
  holdMs: {
    default: 20_000,
    min: 2_000,
    max: 120_000,
    text: "How long nothing may speak for it until it is over.",
    source: "C2C-CC triggering conditions as coded in Artery: validity of 20 s",
  },
  updateEveryMs: {
    default: 2_000,
    min: 500,
    max: 30_000,
    text: "Shortest time between two updates of its place.",
    source: "own: a tail that grows at 15 km/h moves 8 m",
  },
  validityMs: {
    default: 30_000,
    min: 5_000,
    max: 600_000,
    text: "Validity after the last evidence.",
    source: "own: the hold and 10 s",
  },
} as const satisfies ParameterGroup;
