import type { AlertKind } from "../domain/alert.ts";

/** How alerts of one kind are merged, held and renewed. Distances in m, times in ms. */
export interface KindPolicy {
  /** Detections this near to an alert are about the same thing; 0 merges nothing. */
  readonly mergeM: number;
  /** Largest difference of headings for a merger; an unknown heading fits all. */
  readonly mergeHeadingDeg: number;
  /** A detection merges into an alert that was heard of within this time. */
  readonly mergeWithinMs: number;
  /** One detector's things are told apart by the detector itself; only other detectors' merge with them. */
  readonly mergesOwn: boolean;
  /** Where they merge: only this near to each other; absent: as others do. */
  readonly mergeOwnM?: number;
  /** An end is held this long before it is told, in case the thing is seen again. */
  readonly lingerMs: number;
  /** Shortest time between two updates, but for a rise of tier or severity. */
  readonly updateEveryMs: number;
  /** Movements below this are told to nobody. */
  readonly movedM: number;
}

/**
 * Things at one place: two vehicles stopped side by side, several reports of one obstacle. 50 m is less than the
 * distance between two independent breakdowns that anybody would tell apart.
 */
const AT_ONE_PLACE: KindPolicy = {
  mergeM: 50,
  mergeHeadingDeg: 45,
  mergeWithinMs: 600_000,
  mergesOwn: true,
  lingerMs: 3_000,
  updateEveryMs: 2_000,
  movedM: 25,
};

/** What its sender tells apart stays apart: three road works notices are three sites. */
const AS_TOLD: KindPolicy = { ...AT_ONE_PLACE, mergeM: 0, lingerMs: 0, updateEveryMs: 1_000 };

/** Moving vehicles: the same only while the reports are seconds apart. */
const IN_MOTION: KindPolicy = {
  mergeM: 100,
  mergeHeadingDeg: 45,
  mergeWithinMs: 5_000,
  mergesOwn: true,
  lingerMs: 1_000,
  updateEveryMs: 500,
  movedM: 25,
};

const OVER_A_STRETCH: KindPolicy = {
  mergeM: 500,
  mergeHeadingDeg: 60,
  mergeWithinMs: 600_000,
  mergesOwn: false,
  lingerMs: 5_000,
  updateEveryMs: 5_000,
  movedM: 100,
};

/** Notices of one hazard stay apart as told; what a detector of ours finds there joins the nearest. */
const WITH_NOTICES: KindPolicy = { ...AT_ONE_PLACE, mergeM: 200, mergesOwn: false };

/** The same for weather and surfaces, which have no edge. */
const OVER_AN_AREA: KindPolicy = {
  ...WITH_NOTICES,
  mergeM: 1_000,
  mergeHeadingDeg: 180,
  updateEveryMs: 5_000,
  movedM: 250,
};

const POLICIES: Readonly<Partial<Record<AlertKind, KindPolicy>>> = {
  // An alert stays where its first vehicle brakes; told a headway farther downstream than the next one does, it is late.
  "emergency-brake": { ...IN_MOTION, mergeOwnM: 25 },
  "hard-brake-chain": IN_MOTION,
  "slow-vehicle": { ...IN_MOTION, updateEveryMs: 3_000, movedM: 100 },
  "wrong-way": { ...IN_MOTION, mergeM: 200, updateEveryMs: 1_000 },
  "emergency-vehicle": { ...IN_MOTION, mergeM: 50, updateEveryMs: 1_000, movedM: 50 },
  "minimal-risk-manoeuvre": { ...IN_MOTION, mergeM: 25, updateEveryMs: 1_000 },
  "collision-risk": { ...IN_MOTION, mergeM: 30 },
  "vru-risk": { ...IN_MOTION, mergeM: 30 },
  "stationary-vehicle": AT_ONE_PLACE,
  accident: { ...AT_ONE_PLACE, mergeM: 100 },
  obstacle: AT_ONE_PLACE,
  "animal-on-road": { ...AT_ONE_PLACE, mergeM: 100 },
  "person-on-road": { ...AT_ONE_PLACE, mergeM: 100 },
  congestion: OVER_A_STRETCH,
  "slippery-road": { ...OVER_AN_AREA, mergeHeadingDeg: 60 },
  "reduced-visibility": OVER_AN_AREA,
  "heavy-precipitation": OVER_AN_AREA,
  "extreme-weather": OVER_AN_AREA,
  roadworks: WITH_NOTICES,
  blockage: WITH_NOTICES,
  "queue-end": { ...OVER_A_STRETCH, updateEveryMs: 1_000, movedM: 50 },
};

export function kindPolicy(kind: AlertKind): KindPolicy {
  return POLICIES[kind] ?? AS_TOLD;
}
