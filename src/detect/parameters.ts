import type { ParameterGroup } from "./parameter.ts";

/** Settings of the detector of emergency braking. */
export const EMERGENCY_BRAKING = {
  carDecelerationMps2: {
    default: 7,
    min: 5,
    max: 9,
    text: "Deceleration at or beyond which a car, van or motorcycle brakes in an emergency.",
    source:
      "C2C-CC triggering conditions, electronic emergency brake light, as coded in Artery: below −7 m/s²",
  },
  heavyDecelerationMps2: {
    default: 4.1,
    min: 3,
    max: 7,
    text: "The same for buses, heavy trucks and trailers, which cannot reach what cars do.",
    source: "UN R13 5.2.1.31: stop signal of heavy vehicles above 4 m/s²; 0.1 m/s² is the resolution of CAM",
  },
  fullFriction: {
    default: 0.8,
    min: 0.3,
    max: 1,
    text: "Friction from which on the whole deceleration is asked for; below, as much less as there is less friction.",
    source: "own: a dry road gives 0.8 to 1, and 7 m/s² need 0.71",
  },
  leastFrictionShare: {
    default: 0.35,
    min: 0.1,
    max: 1,
    text: "Least share of the deceleration, however slippery the road.",
    source: "own: 2.5 m/s² for cars; below, drivers brake so at every junction",
  },
  leastDecelerationMps2: {
    default: 2.5,
    min: 1,
    max: 7,
    text: "Least deceleration of any vehicle, however slippery the road.",
    source: "own: trucks in traffic brake at 2.3 m/s² as well",
  },
  sustainedMs: {
    default: 500,
    min: 100,
    max: 2_000,
    text: "How long every sample must show it.",
    source: "C2C-CC triggering conditions as coded in Artery: all samples of the last 500 ms",
  },
  sampleGapMs: {
    default: 1_200,
    min: 200,
    max: 3_000,
    text: "Longest gap between two samples of one braking; longer gaps begin anew.",
    source: "own: CAM come at 1 to 10 Hz (EN 302 637-2), with a fifth of jitter",
  },
  onsetSpeedMps: {
    default: 20 / 3.6,
    min: 0,
    max: 30,
    text: "Speed above which a braking counts, at its first sample.",
    source: "C2C-CC triggering conditions as coded in Artery; ETSI TS 103 759: 20 km/h",
  },
  consistentDecelerationMps2: {
    default: 2,
    min: 0,
    max: 7,
    text: "A flag (emergency brake control, hard braking) counts if the vehicle slows down at least this much or tells nothing.",
    source: "own: half of 0.4 g (SAE J2735 eventHardBraking), because the flag outlasts the peak",
  },
  holdDecelerationMps2: {
    default: 3,
    min: 1,
    max: 7,
    text: "Once told, braking goes on while the deceleration is at least this.",
    source: "own: hysteresis below both thresholds",
  },
  endAfterMs: {
    default: 2_000,
    min: 500,
    max: 10_000,
    text: "Receive time without evidence after which the braking is over.",
    source: "ETSI TS 101 539-1 and Artery: validity of an emergency brake light notice, 2 s",
  },
  validityMs: {
    default: 4_000,
    min: 1_000,
    max: 20_000,
    text: "Validity after the last evidence: the end plus 2 s.",
    source: "own: covers one lost tick of every later stage",
  },
} as const satisfies ParameterGroup;

/** Settings of the relay of automated vehicles' minimal-risk manoeuvres. */
export const AUTOMATION_HAZARD = {
  validityMs: {
    default: 120_000,
    min: 10_000,
    max: 600_000,
    text: "Validity after the last sign of the manoeuvre.",
    source:
      "UN R157 5.4: at 4 m/s² a stop takes 9 s from 130 km/h; time for a stop on the hard shoulder and to secure it",
  },
} as const satisfies ParameterGroup;

/** Settings of the detector of congestion on cells. */
export const CONGESTION_CELLS = {
  onSpeedMps: {
    default: 30 / 3.6,
    min: 3,
    max: 20,
    text: "Mean speed at or below which traffic of a fast road queues.",
    source: "SN 671 921, C2C-CC traffic jam ahead: 30 km/h",
  },
  offSpeedMps: {
    default: 45 / 3.6,
    min: 5,
    max: 30,
    text: "Mean speed at or above which it flows again.",
    source: "own; Dutch incident detection is quoted with 35 on, 50 off",
  },
  offForMs: {
    default: 30_000,
    min: 5_000,
    max: 300_000,
    text: "How long it must flow for the congestion to end.",
    source: "own",
  },
  stationarySpeedMps: {
    default: 10 / 3.6,
    min: 1,
    max: 8,
    text: "Mean speed below which traffic is stationary.",
    source: "SN 671 921, TMC: 10 km/h",
  },
  fastOnForMs: {
    default: 10_000,
    min: 0,
    max: 300_000,
    text: "How long a cell of a fast road must be slow to be congested.",
    source: "C2C-CC traffic jam ahead: at least 10 s of data",
  },
  slowOnForMs: {
    default: 180_000,
    min: 30_000,
    max: 900_000,
    text: "The same for other roads: two cycles of a signal, so that a red light is no jam.",
    source: "own: signal programmes have 60 to 90 s (RiLSA: 120 s at most)",
  },
  slowRatio: {
    default: 0.4,
    min: 0.1,
    max: 0.8,
    text: "Share of the free flow at or below which another road is congested.",
    source: "HCM, urban streets: level of service E ends at 30 to 40 % of the base free-flow speed",
  },
  fastRoadSpeedMps: {
    default: 70 / 3.6,
    min: 10,
    max: 40,
    text: "Free flow from which a road is a fast one.",
    source: "own: below, ratios instead of the 30 km/h bound",
  },
  spreadM: {
    default: 30,
    min: 0,
    max: 200,
    text: "Two slow vehicles alone must be this far apart: side by side they are a breakdown.",
    source: "own: two lengths of a car and their gap",
  },
  passingVehicles: {
    default: 2,
    min: 1,
    max: 100,
    text: "So many vehicles that crossed a cell above the off speed in the last 10 s deny a jam.",
    source: "own: nobody passes a queue at speed; one may be on another road of the same cell",
  },
  updateEveryMs: {
    default: 5_000,
    min: 1_000,
    max: 60_000,
    text: "Shortest time between two updates of one congestion.",
    source: "own: one slice of the evaluation",
  },
  besideWithinM: {
    default: 60,
    min: 0,
    max: 500,
    text: "Slow vehicles beside a road of the map that leads their way but nearer to it than this are on a car park or in a rest area.",
    source: "own: depth of a rest area",
  },
  validityMs: {
    default: 600_000,
    min: 60_000,
    max: 7_200_000,
    text: "Validity after the last evidence: silence is never free flow.",
    source: "own: at 1 % of equipped vehicles the third passes within 626 s in 95 % of cases",
  },
} as const satisfies ParameterGroup;
