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

/** Settings of the detector of stationary vehicles. */
export const STATIONARY_VEHICLE = {
  standingSpeedMps: {
    default: 1,
    min: 0.2,
    max: 3,
    text: "A vehicle below this speed stands.",
    source: "stopped-vehicle radar of National Highways: 1 m/s, above the noise of satellite speeds",
  },
  suspectedAfterMs: {
    default: 5_000,
    min: 1_000,
    max: 60_000,
    text: "Time standing after which the alert is given as suspected.",
    source: "own, anchored to radar's measured 5.8 to 9.7 s (ORR, 2023)",
  },
  confirmedAfterMs: {
    default: 15_000,
    min: 2_000,
    max: 300_000,
    text: "Time standing after which it is confirmed; hazard lights and flags confirm at once.",
    source: "own, within the specified 20 s of stopped-vehicle detection",
  },
  freshMs: {
    default: 2_500,
    min: 500,
    max: 10_000,
    text: "Oldest report on which a decision may rest.",
    source: "own: two reports at the lowest CAM rate of 1 Hz, with margin",
  },
  fastRoadSpeedMps: {
    default: 60 / 3.6,
    min: 5,
    max: 40,
    text: "A vehicle that drove this fast in the last two minutes is on a road where standing is dangerous.",
    source: "own: without a map, red lights and car parks in town must stay silent",
  },
  anchorRadiusM: {
    default: 10,
    min: 3,
    max: 50,
    text: "A vehicle that has left this circle crawls and does not stand.",
    source: "own: four times the 95 % radius of a good satellite position",
  },
  queueSpeedMps: {
    default: 30 / 3.6,
    min: 3,
    max: 20,
    text: "Others slower than this ahead are a queue.",
    source: "SN 671 921 (queuing traffic), C2C-CC traffic jam ahead: 30 km/h",
  },
  queueNearM: {
    default: 10,
    min: 0,
    max: 50,
    text: "Others nearer than this ahead belong to the same stop (rear-end collision, two lanes side by side).",
    source: "own: one vehicle length and its gap",
  },
  queueFarM: {
    default: 150,
    min: 50,
    max: 1_000,
    text: "Others farther ahead are no queue of this vehicle.",
    source: "own: 1 % of equipped vehicles in a three-lane queue give one in 260 m, 3 % one in 90 m",
  },
  queueLateralM: {
    default: 15,
    min: 4,
    max: 40,
    text: "Half width of the strip ahead.",
    source: "own: three lanes, the shoulder and position noise, without the opposite carriageway",
  },
  queueHeadingDeg: {
    default: 30,
    min: 10,
    max: 90,
    text: "Largest difference of headings within a queue.",
    source: "own: curves of 300 m radius over 150 m",
  },
  queueStandingMs: {
    default: 180_000,
    min: 30_000,
    max: 1_800_000,
    text: "Longest time that a vehicle stands in one place of a queue.",
    source: "own: 123 s seen in a simulated queue behind two of three closed lanes, with margin",
  },
  queueMemoryMs: {
    default: 20_000,
    min: 0,
    max: 120_000,
    text: "After a queue ahead was seen last, a standing vehicle stays silent this long.",
    source: "own: a starting wave of 15 km/h takes 12 s for 50 m",
  },
  movingSpeedMps: {
    default: 5,
    min: 2,
    max: 15,
    text: "A vehicle above this speed has left.",
    source: "own: above creeping to the shoulder",
  },
  movingForMs: {
    default: 3_000,
    min: 500,
    max: 30_000,
    text: "How long it must drive for the alert to end.",
    source: "own",
  },
  validityMs: {
    default: 600_000,
    min: 30_000,
    max: 7_200_000,
    text: "Validity after the last report of standing: silence never ends the alert before.",
    source: "DENM default validity (TS 103 831) and Mobilidata UC4: 600 s",
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
  validityMs: {
    default: 600_000,
    min: 60_000,
    max: 7_200_000,
    text: "Validity after the last evidence: silence is never free flow.",
    source: "own: at 1 % of equipped vehicles the third passes within 626 s in 95 % of cases",
  },
} as const satisfies ParameterGroup;
