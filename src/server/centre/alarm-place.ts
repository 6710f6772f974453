import type { AlarmAlert, AlarmPlace } from "../../alarm/alarm-input.ts";
import { type Alert, isTerminal } from "../../domain/alert.ts";
import type { RoadLink, RoadNetwork } from "../../domain/road.ts";

/** Own: from 80 km/h on nobody stops in time for what stands in a lane (stopping distance 120 m, low beam reaches 60). */
const FAST_MPS = 80 / 3.6;

/** Two carriageways and errors of position. */
const NEAR_M = 50;

/** Alarms group by hundreds of metres: smaller movements are no news for them, and need no entry in a journal. */
const KM_STEPS = 10;
const DEGREE_STEPS = 1_000;

/** What alarms ask of a station count: one or more. */
const ENOUGH_WITNESSES = 2;

const inSteps = (value: number, steps: number): number => Math.round(value * steps) / steps;

/**
 * An alert as alarms see it. A road is fast where it has separated carriageways and no limit below 80 km/h, and where no map
 * says anything; off the roads of a map nothing is.
 */
export function alarmAlertOf(alert: Alert, roads: RoadNetwork | undefined): AlarmAlert {
  const { alertId, kind, tier, severity, state, evidence, beganAtMs, relatedAlertId } = alert;
  return {
    alertId,
    kind,
    tier,
    severity,
    over: isTerminal(state),
    witnesses: Math.min(evidence.stations, ENOUGH_WITNESSES),
    beganAtMs,
    place: placeOf(alert, roads),
    ...(relatedAlertId === undefined ? {} : { relatedAlertId }),
  };
}

function placeOf({ position, headingDeg, road }: Alert, roads: RoadNetwork | undefined): AlarmPlace {
  const link = roads?.near(position, NEAR_M, headingDeg)[0]?.link;
  const { tunnel, bridge } = link?.flags ?? {};
  return {
    latitudeDeg: inSteps(position.latitudeDeg, DEGREE_STEPS),
    longitudeDeg: inSteps(position.longitudeDeg, DEGREE_STEPS),
    ...(headingDeg === undefined ? {} : { headingDeg: Math.round(headingDeg) }),
    ...(road === undefined
      ? {}
      : {
          road: {
            ref: road.ref,
            direction: road.direction,
            fromKm: inSteps(road.fromKm, KM_STEPS),
            toKm: inSteps(road.toKm, KM_STEPS),
          },
        }),
    fast: roads === undefined || (link !== undefined && isFast(link)),
    ...(tunnel === true || bridge === true ? { confined: true } : {}),
  };
}

function isFast({ route, flags, limitMps, freeFlowMps }: RoadLink): boolean {
  if (!route.divided || flags.urban === true) return false;
  return (limitMps ?? freeFlowMps ?? FAST_MPS) >= FAST_MPS;
}
