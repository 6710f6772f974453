import type { ParameterGroup } from "./parameter.ts";

/** Settings of the detector of stopped vehicles that others perceive. */
export const PERCEIVED_STOP = {
  standingSpeedMps: {
    default: 1,
    min: 0.2,
    max: 3,
    text: "A perceived vehicle below this speed stands.",
    source: "as for stationary vehicles: 1 m/s, stopped-vehicle radar of National Highways",
  },
  sameM: {
    default: 8,
    min: 2,
    max: 30,
    text: "Reports of standing vehicles this near to each other are of one.",
    source: "own: length of a car and the errors of two observers",
  },
  suspectedAfterMs: {
    default: 5_000,
    min: 1_000,
    max: 60_000,
    text: "Time from the first to the last sight of it standing after which it is suspected.",
    source: "as for stationary vehicles",
  },
  confirmedAfterMs: {
    default: 15_000,
    min: 2_000,
    max: 300_000,
    text: "The same after which it is confirmed, by two observers or a roadside unit.",
    source: "as for stationary vehicles",
  },
  looks: {
    default: 3,
    min: 1,
    max: 50,
    text: "Reports that must show it standing.",
    source: "own: one tracker error is not three",
  },
  trustSum: {
    default: 1,
    min: 0,
    max: 10,
    text: "Sum of trust in the observers that confirm it.",
    source: "own: two observers of whom nothing is known; a roadside unit counts as two",
  },
  absentObservers: {
    default: 3,
    min: 1,
    max: 20,
    text: "Observers that pass and do not see it any more, after which it is gone.",
    source: "own: one may be blinded, three are not",
  },
  absentWithinM: {
    default: 40,
    min: 5,
    max: 150,
    text: "An observer this near would see it.",
    source: "own: half of the range of a good radar, without lorries between",
  },
  validityMs: {
    default: 600_000,
    min: 30_000,
    max: 7_200_000,
    text: "Validity after it was last seen standing.",
    source: "DENM default validity (TS 103 831): 600 s",
  },
} as const satisfies ParameterGroup;
