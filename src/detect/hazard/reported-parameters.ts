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

/** Settings of the detector of obstacles, animals and people on the road. */
export const OBJECT_ON_ROAD = {
  suspectedReports: {
    default: 3,
    min: 2,
    max: 50,
    text: "So many reports of an object begin an alert.",
    source: "own: sensors lose and swap objects from one cycle to the next",
  },
  suspectedMs: {
    default: 1_000,
    min: 0,
    max: 30_000,
    text: "And over so long a time.",
    source: "own: TS 103 324 repeats an object once a second at least (T_GenCpmMax)",
  },
  confirmedObservers: {
    default: 2,
    min: 1,
    max: 10,
    text: "So many road users or roadside units that see it confirm it.",
    source: "own: two sensors do not make the same mistake at one place",
  },
  confirmedTrust: {
    default: 1,
    min: 0.2,
    max: 5,
    text: "Sum of the observers' trust that confirms it.",
    source: "own: two of whom nothing is known (0.5 each)",
  },
  roadsideReports: {
    default: 10,
    min: 2,
    max: 200,
    text: "So many reports of one roadside unit, over at least 3 s, confirm it as well.",
    source: "own: a camera that stands still sees the same place all the time",
  },
  minClassPct: {
    default: 50,
    min: 0,
    max: 100,
    text: "An object whose class is less certain does not count.",
    source: "TS 103 324: classification confidence 1 to 100 %; own: more likely than not",
  },
  standingSpeedMps: {
    default: 1,
    min: 0.1,
    max: 5,
    text: "Faster things are no obstacle: traffic that a sensor could not name.",
    source: "own: noise of measured speeds",
  },
  walkingSpeedMps: {
    default: 8,
    min: 3,
    max: 15,
    text: "Faster people and animals are in or on a vehicle, or misread.",
    source: "own: a sprint",
  },
  fastRoadSpeedMps: {
    default: 70 / 3.6,
    min: 10,
    max: 40,
    text: "Limit or free flow from which a road outside towns has no crossings, pavements or parked cars.",
    source: "own: rural roads have 70 km/h and more; in towns notices alone tell of people on the road",
  },
  observerSpeedMps: {
    default: 60 / 3.6,
    min: 10,
    max: 40,
    text: "Without a map, an observer at this speed is on such a road.",
    source: "own: above the limit of towns",
  },
  pathM: {
    default: 4,
    min: 1,
    max: 10,
    text: "Without a map, half width of the way before the observer that is surely road.",
    source: "own: its lane and the halves beside it",
  },
  thingM: {
    default: 10,
    min: 2,
    max: 50,
    text: "Objects of one kind within this are the same.",
    source: "own: position errors of observer and sensor together",
  },
  clearedVehicles: {
    default: 3,
    min: 1,
    max: 20,
    text: "So many road users that drive through the place of an obstacle, while nobody sees it, show that it is gone.",
    source: "own: one may have been in the next lane by an error of its position, three in a row hardly are",
  },
  clearedM: {
    default: 1.2,
    min: 0.5,
    max: 3,
    text: "Their way leads past its place within this.",
    source: "own: half the width of a car and of a small thing; the next lane is 3.5 m away",
  },
  clearedSpeedMps: {
    default: 60 / 3.6,
    min: 5,
    max: 40,
    text: "And at this speed or faster.",
    source: "own: nobody drives over debris at 60 km/h who can see it",
  },
  clearedReports: {
    default: 10,
    min: 3,
    max: 200,
    text: "So many reports of a roadside unit that saw a thing and does not any more, over at least 10 s, show it as well.",
    source: "own: lorries hide things for some seconds",
  },
  obstacleValidityMs: {
    default: 300_000,
    min: 30_000,
    max: 7_200_000,
    text: "Validity of an obstacle after the last report: it does not go by itself.",
    source: "own: half of the DENM default (600 s, TS 103 831): sensors err more than people",
  },
  livingValidityMs: {
    default: 60_000,
    min: 5_000,
    max: 600_000,
    text: "The same for people and animals.",
    source: "own: a person crosses a motorway in 20 s and may walk on beside it",
  },
} as const satisfies ParameterGroup;

/** Settings of the detector of mobile road works. */
export const MOBILE_WORKS = {
  slowSpeedMps: {
    default: 30 / 3.6,
    min: 3,
    max: 20,
    text: "A works vehicle with its light bar on works below this speed; above it drives there.",
    source: "own: sweepers, mowers and marking machines work at walking pace to 25 km/h",
  },
  afterMs: {
    default: 5_000,
    min: 1_000,
    max: 120_000,
    text: "How long it must do so.",
    source: "own: longer than turning out of a yard",
  },
  standingSpeedMps: {
    default: 1,
    min: 0.1,
    max: 5,
    text: "Below this speed the works are stationary.",
    source: "own: the bound of standing vehicles",
  },
  noticeM: {
    default: 500,
    min: 50,
    max: 5_000,
    text: "Silent where a notice of road works within this distance tells of the site.",
    source: "own: advance warning trailers stand 200 to 400 m before the works",
  },
  doneAfterMs: {
    default: 30_000,
    min: 3_000,
    max: 600_000,
    text: "Driving faster, or with the light bar off, for this long ends the works.",
    source: "own: a works vehicle moves up between two places",
  },
  validityMs: {
    default: 120_000,
    min: 10_000,
    max: 3_600_000,
    text: "Validity after the last report at work.",
    source: "own: a works vehicle behind a bridge or truck",
  },
} as const satisfies ParameterGroup;

/** Settings of the detector of unmanaged blockages. */
export const BLOCKAGE = {
  standingMs: {
    default: 60_000,
    min: 15_000,
    max: 600_000,
    text: "Vehicles that stand this long may block the road.",
    source: "own: stops at the head of moving jams last seconds",
  },
  rampStandingMs: {
    default: 300_000,
    min: 10_000,
    max: 3_600_000,
    text: "The same before the end of a ramp, whose traffic waits for a gap.",
    source: "own: five times as long; several gaps that nobody has taken",
  },
  rampEndM: {
    default: 250,
    min: 0,
    max: 1_000,
    text: "Length before the end of a ramp in which its traffic waits.",
    source: "RAA 2008: lanes for entering are 250 m long",
  },
  spreadM: {
    default: 120,
    min: 5,
    max: 500,
    text: "Vehicles that stand within this along the road, one in each lane, close it together where nobody drives beyond them.",
    source: "own: of 15 vehicles in each lane, at 20 % equipped, 96 % of the lanes have one that is heard",
  },
  laneWidthM: {
    default: 3.5,
    min: 2.5,
    max: 4,
    text: "Width of a lane, where vehicles do not tell theirs.",
    source: "RAA: 3.50 to 3.75 m on motorways",
  },
  aheadM: {
    default: 500,
    min: 100,
    max: 3_000,
    text: "Where somebody drives within this beyond the place, the road is not blocked.",
    source: "own: at 5 % of equipped vehicles one in 300 m of free traffic",
  },
  validityMs: {
    default: 300_000,
    min: 30_000,
    max: 3_600_000,
    text: "Validity after the last look at the blockage.",
    source: "own",
  },
} as const satisfies ParameterGroup;

/** Settings of the detector of places where automation gives up. */
export const AUTOMATION_CLUSTER = {
  windowMs: {
    default: 3_600_000,
    min: 300_000,
    max: 14_400_000,
    text: "Events and passages of this long are compared.",
    source:
      "own: long enough for automated traffic of one in a minute, short enough for a cause that appears",
  },
  minVehicles: {
    default: 3,
    min: 2,
    max: 20,
    text: "Fewest distinct automated vehicles with an event at the place.",
    source: "own: two may share a fault of one fleet",
  },
  minRatio: {
    default: 5,
    min: 1,
    max: 100,
    text: "The place's share of passages with an event must be so many times that of all other places.",
    source: "own: in bad weather automation gives up everywhere, and no place is special",
  },
  priorPassages: {
    default: 2_000,
    min: 100,
    max: 100_000,
    text: "Passages of 500 m that one event is expected in before anything is learned; weighs as much in the rate.",
    source: "own: one event in 1000 km, until the fleet of the region has shown its own rate",
  },
  suspectedOdds: {
    default: 20,
    min: 5,
    max: 10_000,
    text: "So many times in one, chance would not do this anywhere in the network within the window (Bonferroni).",
    source: "own: significance of 5 % over all places together",
  },
  confirmedOdds: {
    default: 10_000,
    min: 100,
    max: 10_000_000,
    text: "The same for a confirmed cluster.",
    source: "own: less than one false cluster in a year of windows",
  },
  plannedLeadMs: {
    default: 10_000,
    min: 0,
    max: 60_000,
    text: "Requests that leave the driver so much time and name no cause are planned: the end of the design domain.",
    source:
      "UN R157: the manoeuvre of minimal risk starts 10 s after the transition demand at the earliest; own: planned ends leave more",
  },
  validityMs: {
    default: 1_800_000,
    min: 60_000,
    max: 14_400_000,
    text: "Validity after the last event.",
    source: "own: half of the window",
  },
} as const satisfies ParameterGroup;

/** Settings of the detector of places and sources that fell silent. */
export const BLIND_AREA = {
  learnMs: {
    default: 900_000,
    min: 300_000,
    max: 7_200_000,
    text: "What is usual is learned over this long.",
    source: "own: the quarter of an hour of traffic engineering (HCM: peak 15 minutes)",
  },
  minSilentMs: {
    default: 30_000,
    min: 5_000,
    max: 600_000,
    text: "Least silence of a stretch of road.",
    source:
      "own: longer than the gap of a platoon and a red light in many cases; the next rule covers the rest",
  },
  sourceSilentMs: {
    default: 10_000,
    min: 2_000,
    max: 600_000,
    text: "The same for a roadside unit or gateway.",
    source: "own: ten of its own messages (infrastructure CAM: 1 Hz)",
  },
  gapTimes: {
    default: 3,
    min: 1,
    max: 20,
    text: "It must last so many times as long as the longest silence of the time learned.",
    source: "own: signals and platoons make gaps that a Poisson process would not",
  },
  expectedArrivals: {
    default: 14,
    min: 5,
    max: 50,
    text: "Arrivals that the usual rate would have brought meanwhile.",
    source: "Poisson: none where 14 are expected has a chance of 1 in 1.2 million",
  },
  validityMs: {
    default: 1_800_000,
    min: 60_000,
    max: 14_400_000,
    text: "Validity: after so long the usual of the time before is no measure.",
    source: "own: twice the time learned",
  },
} as const satisfies ParameterGroup;
