import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of signal violations. */
export const SIGNAL_VIOLATION = {
  minSpeedMps: {
    default: 2,
    min: 0.5,
    max: 10,
    text: "Slower vehicles that pass a stop line creep, or turn where an arrow lets them.",
    source: "own: twice the bound of standing",
  },
  redGraceMs: {
    default: 500,
    min: 0,
    max: 3_000,
    text: "The signal must have been red this long when the line is passed.",
    source: "own: two clocks may differ by 200 ms and signal states come every 100 to 1000 ms",
  },
  staleMs: {
    default: 2_000,
    min: 200,
    max: 10_000,
    text: "A signal state older than this says nothing.",
    source: "own: twice the slowest usual rate, 1 Hz",
  },
  clockMs: {
    default: 1_000,
    min: 100,
    max: 10_000,
    text: "Messages whose own time differs more than this from their reception are not compared.",
    source:
      "own: red and green differ by seconds; the known fault of 5 s (TAI and UTC) must not accuse anybody",
  },
  beyondM: {
    default: 3,
    min: 0.5,
    max: 15,
    text: "How far beyond the stop line the vehicle must be.",
    source: "own: a SAE J2735 position is the middle of the car; satellite positions differ by 2 m",
  },
  lateralM: {
    default: 3,
    min: 1,
    max: 8,
    text: "Lanes this near to the vehicle may be its own: all of them must be red.",
    source: "own: half a lane and 1.5 m of position error",
  },
  carDecelerationMps2: {
    default: 6,
    min: 3,
    max: 9,
    text: "A car that needs more than this to stop at the line will pass it.",
    source: "UN R13-H: a car reaches 6.43 m/s² at least",
  },
  heavyDecelerationMps2: {
    default: 4,
    min: 2,
    max: 7,
    text: "The same for buses and heavy trucks.",
    source: "UN R13: 5 m/s² at least, less 1 m/s² for the time to build up pressure",
  },
  predictedReports: {
    default: 2,
    min: 1,
    max: 10,
    text: "So many reports in a row must say that it cannot stop.",
    source: "own: one may have a wrong speed or position",
  },
  validityMs: {
    default: 6_000,
    min: 1_000,
    max: 60_000,
    text: "Validity after the line was passed.",
    source: "own: crossing an intersection of 40 m at 7 m/s",
  },
} as const satisfies ParameterGroup;
