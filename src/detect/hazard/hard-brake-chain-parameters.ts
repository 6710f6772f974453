import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of chains of hard brakes. */
export const HARD_BRAKE_CHAIN = {
  decelerationMps2: {
    default: 3.92,
    min: 2,
    max: 8,
    text: "Deceleration at or beyond which a vehicle brakes hard.",
    source: "SAE J2735 eventHardBraking: 0.4 g",
  },
  onsetSpeedMps: {
    default: 50 / 3.6,
    min: 5,
    max: 40,
    text: "Brakes from below this speed do not count.",
    source: "own: emergency stop signals begin at 50 km/h (UN R48 6.23)",
  },
  dropMps: {
    default: 30 / 3.6,
    min: 2,
    max: 30,
    text: "A brake counts once it has taken this much speed.",
    source:
      "own: ordinary drivers of a simulation brake at 4 m/s² 900 times per hour and 100 km, mostly for a second",
  },
  vehicles: {
    default: 3,
    min: 2,
    max: 10,
    text: "Distinct road users that must have braked.",
    source: "own: two are a driver and its follower",
  },
  withinMs: {
    default: 10_000,
    min: 2_000,
    max: 60_000,
    text: "Longest time from the first brake of a chain to the last of the vehicles counted.",
    source: "own, as the last 10 s of C2C-CC dangerous end of queue",
  },
  withinM: {
    default: 300,
    min: 50,
    max: 1_000,
    text: "Longest way between them.",
    source: "own: three headways of 100 m at 130 km/h",
  },
  leastWaveMps: {
    default: 5 / 3.6,
    min: 0,
    max: 10,
    text: "Slowest wave, upstream.",
    source: "Treiber and Helbing: waves of congestion move at about 15 km/h; half and twice that with noise",
  },
  mostWaveMps: {
    default: 130 / 3.6,
    min: 3,
    max: 60,
    text: "Fastest wave, upstream.",
    source:
      "own: brake lights travel from car to car in a reaction time; 70 to 122 km/h in simulated pile-ups with headways of 20 to 60 m",
  },
  trustSum: {
    default: 1.5,
    min: 0,
    max: 10,
    text: "Sum of trust in the vehicles that braked.",
    source: "detection rules for multi-vehicle alerts: 1.5",
  },
  endAfterMs: {
    default: 30_000,
    min: 5_000,
    max: 300_000,
    text: "Time without a further brake after which the chain is over.",
    source: "own: three times the longest gap",
  },
  validityMs: {
    default: 40_000,
    min: 5_000,
    max: 600_000,
    text: "Validity after the last brake.",
    source: "own: the end plus 10 s",
  },
} as const satisfies ParameterGroup;
