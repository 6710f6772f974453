import type { Observation } from "../domain/observation.ts";
import type { StationType } from "../domain/station.ts";

/** Every number that decides whether a message is believed. */
export interface ValidateOptions {
  /** A claim this far ahead of the receive time is a wrong clock. */
  readonly futureLimitMs: number;
  /** Age beyond which a message of a kind is of no use. */
  readonly staleLimitMs: Readonly<Record<Observation["kind"], number>>;
  /** Receive time within which a copy is recognised. */
  readonly duplicateWindowMs: number;
  /** Most messages remembered for that; the oldest give way. */
  readonly maxRememberedMessages: number;
  /** Most events of DENMs remembered; the oldest give way. */
  readonly maxEvents: number;
  /** Fastest plausible speed. */
  readonly maxSpeedMps: Readonly<Record<StationType, number>>;
  /** Strongest plausible acceleration, and strongest braking that the speed need not confirm. */
  readonly maxAccelerationMps2: number;
  /** Loss of speed that confirms any stronger braking. */
  readonly confirmedBrakingMps2: number;
  /** Allowance for position errors on top of the way that a station can have covered. */
  readonly jumpMarginM: number;
  /** Silence after which a station may be anywhere. */
  readonly jumpMemoryMs: number;
  /** Messages from a new place, consistent with each other, that make it believed. */
  readonly jumpConfirmations: number;
  /** Longest gap between two of them. */
  readonly jumpGapMs: number;
  /** Most stations whose new place is being weighed; the oldest give way. */
  readonly maxJumps: number;
  /** Largest angle between the reported heading and the way covered. */
  readonly maxHeadingErrorDeg: number;
  /** Time within which the way covered tells the heading. */
  readonly headingWindowMs: number;
  /** Least speed and least way for that. */
  readonly headingMinSpeedMps: number;
  readonly headingMinWayM: number;
  /** Least way by the reported speed for that. */
  readonly headingMinExpectedM: number;
  /** How far behind a station's last message another one may be. */
  readonly outOfOrderMs: number;
}

/** Fast enough for anything heavy: 306 km/h. */
const HEAVY_VEHICLE_MPS = 85;

/**
 * Speed ceilings of ETSI TS 103 759 (EtsiTs103759AsrCam, speed too large for the type), with two exceptions that its
 * 30 m/s would silence: "unknown", since SAE BSMs tell no type and cars drive 35 m/s on an interstate, and special
 * vehicles, which an ambulance on a motorway is.
 */
const MAX_SPEED_MPS: Readonly<Record<StationType, number>> = {
  unknown: 140,
  pedestrian: 30,
  cyclist: 30,
  moped: 30,
  motorcycle: HEAVY_VEHICLE_MPS,
  "passenger-car": 140,
  bus: HEAVY_VEHICLE_MPS,
  "light-truck": HEAVY_VEHICLE_MPS,
  "heavy-truck": HEAVY_VEHICLE_MPS,
  trailer: HEAVY_VEHICLE_MPS,
  "special-vehicle": HEAVY_VEHICLE_MPS,
  tram: 30,
  "light-vru-vehicle": 30,
  animal: 30,
  agricultural: 30,
  infrastructure: 0,
};

/** A minute serves statistics; for warnings 2 s is the limit, which frames behind the watermark bear as `late`. */
const KINEMATICS_STALE_MS = 60_000;

/**
 * Where the numbers come from:
 * - `futureLimitMs`: as far as the watermark stands behind. Stations have GNSS time; the 5 s of a source with the wrong
 *   time base (TAI taken for UTC) must not pass.
 * - `staleLimitMs`: kinematics see above; sensors deliver averages over minutes; the geometry of an intersection is news
 *   for a day; hazards go by their validity, which is a day at most (TS 102 894-2, ValidityDuration).
 * - `duplicateWindowMs`: copies through two roadside units differ by the skew of their backhauls.
 * - `maxRememberedMessages`: 5 s at 200,000 messages a second; 82 B each, taken up only as needed.
 * - `maxAccelerationMps2`: TS 103 759 has 9 (friction 0.9), other published detectors 10. The best tyres brake harder,
 *   so any braking counts as plausible that the speed confirms.
 * - `confirmedBrakingMps2`: trigger of the emergency brake light (C2C-CC).
 * - `jumpMarginM`, `headingMinSpeedMps`: GNSS errors between buildings.
 * - `headingMinWayM`: two positions with errors of 1.5 m on each axis are 5.2 m apart in 95 of 100 cases without any way
 *   between them. At 3 m, vehicles crawling in a queue lost reports that were right.
 * - `headingMinExpectedM`: at 10 Hz a way of 6 m is noise, whatever its direction: of honest vehicles at 10 Hz with 3 m of
 *   noise, nine in ten lost reports without it (measured). At 1 Hz and 5 m it leaves 3 of 1,000 ways pointing backwards.
 * - `jumpMemoryMs`: a tunnel; a car may have come a kilometre by then.
 * - `jumpGapMs`, `maxHeadingErrorDeg`, `headingWindowMs`: limits of F2MD (F2MDParameters.h of veins-f2md).
 * - `outOfOrderMs`: two receivers with unequal backhauls.
 */
export const VALIDATE_DEFAULTS: ValidateOptions = {
  futureLimitMs: 2_000,
  staleLimitMs: {
    motion: KINEMATICS_STALE_MS,
    perception: KINEMATICS_STALE_MS,
    automation: KINEMATICS_STALE_MS,
    signal: KINEMATICS_STALE_MS,
    sensor: 600_000,
    intersection: 86_400_000,
    hazard: 86_400_000,
  },
  duplicateWindowMs: 5_000,
  maxRememberedMessages: 1_048_576,
  maxEvents: 100_000,
  maxSpeedMps: MAX_SPEED_MPS,
  maxAccelerationMps2: 10,
  confirmedBrakingMps2: 7,
  jumpMarginM: 10,
  jumpMemoryMs: 10_000,
  jumpConfirmations: 3,
  jumpGapMs: 3_100,
  maxJumps: 10_000,
  maxHeadingErrorDeg: 90,
  headingWindowMs: 1_100,
  headingMinSpeedMps: 3,
  headingMinWayM: 6,
  headingMinExpectedM: 12,
  outOfOrderMs: 500,
};
