import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of wrong-way drivers. */
export const WRONG_WAY = {
  speedMps: {
    default: 5,
    min: 1,
    max: 15,
    text: "A vehicle must drive faster than this: slower ones reverse, or their course is noise.",
    source: "own: reversing vehicles stay below 5 m/s",
  },
  turnedDeg: {
    default: 135,
    min: 100,
    max: 175,
    text: "Smallest angle between the vehicle's course and the direction of its road.",
    source:
      "own: three quarters of a turn; JPO Conflict Monitor allows 20° along a lane, junctions turn by 90°",
  },
  reports: {
    default: 3,
    min: 2,
    max: 20,
    text: "Reports in a row that must show it.",
    source: "own: at 1 Hz they take 2 s, within the target of 3 s",
  },
  drivenM: {
    default: 30,
    min: 5,
    max: 300,
    text: "Way in the wrong direction that proves it by itself.",
    source: "own: 20 times the noise of a good satellite position",
  },
  drivenForMs: {
    default: 2_000,
    min: 500,
    max: 10_000,
    text: "Time in the wrong direction that proves it on half of the way, so that slow drivers are told in time too.",
    source: "own: 30 m take 6 s at 5 m/s, and 3 s is the target",
  },
  clearanceM: {
    default: 4.5,
    min: 0,
    max: 20,
    text: "By so much must the vehicle be nearer to the carriageway that forbids its course than to any that allows it.",
    source: "own: three standard deviations of a satellite position of 1.5 m",
  },
  confidence: {
    default: 0.8,
    min: 0.5,
    max: 1,
    text: "Least share of this road among all that the map matcher holds possible.",
    source: "own: odds of 4 to 1 per report, over three reports",
  },
  beliefs: {
    default: 0.25,
    min: 0,
    max: 1,
    text: "Least trust in a station that alone confirms a wrong-way driver; below it the alert stays suspected.",
    source: "own: half of what an unknown station has",
  },
  reachM: {
    default: 3_000,
    min: 500,
    max: 20_000,
    text: "Length of road ahead of the driver for which the alert is told.",
    source: "own: at 130 km/h each, 40 s before they meet",
  },
  turnedBackReports: {
    default: 2,
    min: 1,
    max: 10,
    text: "Reports in a row in the right direction or off the road that end it.",
    source: "own: one may be a wrong match",
  },
  standsForMs: {
    default: 10_000,
    min: 2_000,
    max: 120_000,
    text: "A driver that has stood this long is a stationary vehicle.",
    source: "own: between suspected and confirmed standstill",
  },
  validityMs: {
    default: 30_000,
    min: 5_000,
    max: 600_000,
    text: "Validity after its last report.",
    source: "own: one of three wrong-way drives ends within 500 m (Bosch), which takes 18 s at 100 km/h",
  },
} as const satisfies ParameterGroup;
