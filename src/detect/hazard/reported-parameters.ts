import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of emergency vehicles. */
export const EMERGENCY_VEHICLE = {
  minReports: {
    default: 2,
    min: 1,
    max: 10,
    text: "So many reports with light bar or siren begin an alert: one bit may be noise.",
    source: "own: one second at the lowest rate of CAMs (TS 103 900 §6.1.3: 1 Hz)",
  },
  standingSpeedMps: {
    default: 1,
    min: 0.1,
    max: 5,
    text: "An emergency vehicle below this speed stands.",
    source: "own: the bound of the detector of stationary vehicles",
  },
  safeguardAfterMs: {
    default: 5_000,
    min: 1_000,
    max: 60_000,
    text: "After standing this long it protects a site and does not approach any more.",
    source: "own: the first tier of stationary vehicles; C2C-CC special vehicle warning has both cases",
  },
  dousedAfterMs: {
    default: 3_000,
    min: 1_000,
    max: 30_000,
    text: "Reports without light bar and siren for this long end the alert.",
    source: "own: the special vehicle container comes every 500 ms (TS 103 900 §6.1.3), six may be lost",
  },
  aheadS: {
    default: 30,
    min: 5,
    max: 120,
    text: "Drivers are concerned that it reaches within this time.",
    source: "own: 10 s to form a corridor for rescue, three times over",
  },
  aheadMinM: {
    default: 300,
    min: 50,
    max: 2_000,
    text: "Least stretch ahead.",
    source: "own: two junctions of a city",
  },
  aheadMaxM: {
    default: 1_000,
    min: 100,
    max: 5_000,
    text: "Longest stretch ahead.",
    source: "TS 102 894-2, awareness distance of the next class: 1000 m",
  },
  validityMs: {
    default: 15_000,
    min: 2_000,
    max: 120_000,
    text: "Validity after the last report with light bar or siren.",
    source: "own: half of the stretch ahead has been driven by then",
  },
} as const satisfies ParameterGroup;
