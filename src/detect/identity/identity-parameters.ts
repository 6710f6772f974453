import type { ParameterGroup, ValuesOf } from "../parameter.ts";

/** Settings for following a road user across a change of its pseudonym. */
export const ROAD_USER_IDENTITY = {
  decideAfterMs: {
    default: 1_700,
    min: 500,
    max: 5_000,
    text: "Time after the first message of a new id until it is linked: its predecessor must have fallen silent.",
    source: "own: longest interval of CAM (1 s, TS 103 900) with half a second of jitter",
  },
  silentAfterMs: {
    default: 1_300,
    min: 300,
    max: 5_000,
    text: "A station that has not been heard for this long may have changed its pseudonym.",
    source: "own: longest interval of CAM (1 s) and 30 % of jitter",
  },
  maxGapMs: {
    default: 13_000,
    min: 1_000,
    max: 30_000,
    text: "Longest silence across which ids are linked.",
    source: "ETSI TR 103 415: silent period of 3 to 13 s",
  },
  gateM: {
    default: 2,
    min: 0.5,
    max: 20,
    text: "Distance from the expected place that is allowed at once, besides the noise of positions.",
    source: "reference identity model: 2 m + 1 m/s",
  },
  gateGrowthMps: {
    default: 1,
    min: 0.1,
    max: 5,
    text: "How fast that distance grows with the silence.",
    source: "reference identity model: 2 m + 1 m/s",
  },
  positionNoiseM: {
    default: 1.5,
    min: 0,
    max: 10,
    text: "Standard error of a position on each axis, where the station tells none; three of the difference are allowed.",
    source: "own: open-sky receivers with corrections, as in the simulated recordings",
  },
  maxSpeedChangeMps: {
    default: 2,
    min: 0.5,
    max: 10,
    text: "Difference of speeds beyond which ids are not linked.",
    source: "reference identity model",
  },
  speedChangeGrowthMps2: {
    default: 1.5,
    min: 0,
    max: 5,
    text: "How fast that difference grows with the silence, in its first three seconds.",
    source: "own: half of a firm braking; without it one change in forty is missed while traffic brakes",
  },
  maxTurnDeg: {
    default: 10,
    min: 2,
    max: 45,
    text: "Difference of headings beyond which ids are not linked.",
    source: "reference identity model",
  },
  turnGrowthDegps: {
    default: 4,
    min: 0,
    max: 20,
    text: "How fast that difference grows with the silence, in its first three seconds.",
    source: "own: a ramp of 60 m radius at 40 km/h turns 10 degrees a second",
  },
  ambiguityShare: {
    default: 0.5,
    min: 0,
    max: 1,
    text: "A second candidate must be farther than the first one's distance divided by this, or nothing is linked.",
    source: "own: keeps wrong links below 0.1 % in simulated queues",
  },
  memoryMs: {
    default: 60_000,
    min: 1_000,
    max: 60_000,
    text: "How long a link is remembered; nothing of it is ever told to anybody.",
    source:
      "privacy: relinking defeats the purpose of pseudonyms, so it serves counting for a minute and no more",
  },
} as const satisfies ParameterGroup;

export type IdentityParameters = ValuesOf<typeof ROAD_USER_IDENTITY>;
