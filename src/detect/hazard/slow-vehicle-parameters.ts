import type { ParameterGroup } from "../parameter.ts";

/** Settings of the detector of slow vehicles. */
export const SLOW_VEHICLE = {
  leastSpeedMps: {
    default: 5 / 3.6,
    min: 0.5,
    max: 5,
    text: "Slower vehicles stand: they are left to the detector of stationary vehicles.",
    source: "Mobilidata UC4: 5 km/h",
  },
  slowShare: {
    default: 0.58,
    min: 0.2,
    max: 0.9,
    text: "Share of the speed of the road below which a vehicle is slow.",
    source: "Mobilidata UC4: 58 % of the limit, 70 km/h on 120",
  },
  slowForMs: {
    default: 30_000,
    min: 5_000,
    max: 300_000,
    text: "How long a vehicle must be slow.",
    source: "Mobilidata UC4: 30 s",
  },
  aloneForMs: {
    default: 90_000,
    min: 10_000,
    max: 600_000,
    text: "The same where nobody else was seen on the road: then it is suspected.",
    source: "own: three times as long, since one slow vehicle may be the only equipped one of a jam",
  },
  flowShare: {
    default: 0.8,
    min: 0.5,
    max: 1,
    text: "Others at or above this share of the speed of the road flow.",
    source: "own: 80 %, above heavy traffic (50 to 75 % of free flow)",
  },
  roadSpeedMps: {
    default: 70 / 3.6,
    min: 10,
    max: 40,
    text: "Least speed of a road on which slow vehicles are a hazard.",
    source: "own: below, slow driving is ordinary; as the bound of fast roads in congestion",
  },
  heavySpeedMps: {
    default: 80 / 3.6,
    min: 15,
    max: 30,
    text: "Speed that heavy vehicles drive where others may drive faster.",
    source: "StVO § 3 and § 18: 80 km/h for goods vehicles above 7.5 t on motorways",
  },
  aheadM: {
    default: 600,
    min: 100,
    max: 3_000,
    text: "Others as far ahead tell whether the road flows; a slow one among them makes it a queue or a convoy.",
    source:
      "own: at 5 % of equipped vehicles and 0.5 vehicles/s, one every 1.2 km at 108 km/h, passes twice a minute",
  },
  slowMemoryMs: {
    default: 20_000,
    min: 0,
    max: 120_000,
    text: "After another slow vehicle was seen ahead, this one stays silent.",
    source: "own: the next report of a vehicle in stop-and-go traffic may show it fast",
  },
  fastForMs: {
    default: 10_000,
    min: 1_000,
    max: 60_000,
    text: "How long it must drive faster for the alert to end.",
    source: "detection reference of Mobilidata UC4: 10 s above",
  },
  updateEveryMs: {
    default: 3_000,
    min: 1_000,
    max: 30_000,
    text: "The position is renewed this often.",
    source: "Mobilidata UC4: at least every 3 s",
  },
  validityMs: {
    default: 30_000,
    min: 10_000,
    max: 600_000,
    text: "Validity after its last report.",
    source: "own: ten position updates",
  },
} as const satisfies ParameterGroup;
