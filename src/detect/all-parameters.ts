import { ROAD_CONDITIONS } from "./conditions/conditions-parameters.ts";
import { CONGESTION_ROAD } from "./congestion/road/road-parameters.ts";
import { COLLISION_RISK } from "./hazard/collision-risk-parameters.ts";
import { HARD_BRAKE_CHAIN } from "./hazard/hard-brake-chain-parameters.ts";
import { QUEUE_END } from "./hazard/queue-end-parameters.ts";
import {
  AUTOMATION_CLUSTER,
  BLIND_AREA,
  BLOCKAGE,
  EMERGENCY_VEHICLE,
  MOBILE_WORKS,
  OBJECT_ON_ROAD,
} from "./hazard/reported-parameters.ts";
import { SLOW_VEHICLE } from "./hazard/slow-vehicle-parameters.ts";
import { WRONG_WAY } from "./hazard/wrong-way-parameters.ts";
import { ROAD_USER_IDENTITY } from "./identity/identity-parameters.ts";
import type { Parameter, ParameterGroup } from "./parameter.ts";
import { AUTOMATION_HAZARD, CONGESTION_CELLS, EMERGENCY_BRAKING } from "./parameters.ts";
import { SIGNAL_VIOLATION } from "./signals/signal-parameters.ts";
import { STATIONARY_VEHICLE } from "./stationary-parameters.ts";
import { PERCEIVED_STOP } from "./stationary-perceived-parameters.ts";
import { STATION_TRUST } from "./trust/trust-parameters.ts";

/**
 * The documented settings of all detectors, by the name under which they are set. A detector that is not listed cannot be
 * set: `test/detect/all-parameters.test.ts` finds groups that are missing.
 */
export const ALL_PARAMETERS = {
  "station-trust": STATION_TRUST,
  "road-user-identity": ROAD_USER_IDENTITY,
  "congestion-cells": CONGESTION_CELLS,
  "congestion-road": CONGESTION_ROAD,
  "road-conditions": ROAD_CONDITIONS,
  "emergency-braking": EMERGENCY_BRAKING,
  "stationary-vehicle": STATIONARY_VEHICLE,
  "perceived-stop": PERCEIVED_STOP,
  "automation-hazard": AUTOMATION_HAZARD,
  "wrong-way": WRONG_WAY,
  "hard-brake-chain": HARD_BRAKE_CHAIN,
  "slow-vehicle": SLOW_VEHICLE,
  "collision-risk": COLLISION_RISK,
  "queue-end": QUEUE_END,
  "emergency-vehicle": EMERGENCY_VEHICLE,
  "object-on-road": OBJECT_ON_ROAD,
  "mobile-works": MOBILE_WORKS,
  blockage: BLOCKAGE,
  "automation-cluster": AUTOMATION_CLUSTER,
  "blind-area": BLIND_AREA,
  "signal-violation": SIGNAL_VIOLATION,
} as const satisfies Readonly<Record<string, ParameterGroup>>;

/** What is judged per station, wherever it drives, has one value everywhere. */
const EVERYWHERE_THE_SAME: ReadonlySet<string> = new Set(["station-trust", "road-user-identity"]);

/** A setting with the name under which it is set. */
export interface DocumentedParameter extends Parameter {
  /** `<detector>.<parameter>`, e.g. `stationary-vehicle.suspectedAfterMs`. */
  readonly key: string;
  readonly detector: string;
  /** E.g. `m/s`; empty for counts and shares. */
  readonly unit: string;
  /** May have other values in areas. */
  readonly perArea: boolean;
}

/** Endings of names, the longest first where one ends like another. */
const UNITS: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Mps2$/, "m/s²"],
  [/Mps3$/, "m/s³"],
  [/DegPerS$|Dps$/, "°/s"],
  [/PerS$/, "1/s"],
  [/Mps$/, "m/s"],
  [/Kmh$/, "km/h"],
  [/Hz$/, "Hz"],
  [/Ms$/, "ms"],
  [/Pct$/, "%"],
  [/Deg$/, "°"],
  [/Km$/, "km"],
  [/M2$/, "m²"],
  [/M$/, "m"],
  [/S$/, "s"],
];

export function unitOf(name: string): string {
  return UNITS.find(([ending]) => ending.test(name))?.[1] ?? "";
}

/** Every setting, in the order of the detectors. */
export function documentedParameters(): readonly DocumentedParameter[] {
  return Object.entries(ALL_PARAMETERS).flatMap(([detector, group]) =>
    Object.entries(group as ParameterGroup).map(
      ([name, parameter]): DocumentedParameter => ({
        ...parameter,
        key: `${detector}.${name}`,
        detector,
        unit: unitOf(name),
        perArea: !EVERYWHERE_THE_SAME.has(detector),
      }),
    ),
  );
}
