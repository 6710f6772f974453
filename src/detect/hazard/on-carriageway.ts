import type { DetectionContext } from "../../domain/detector.ts";
import type { PerceivedObject, PerceptionReport } from "../../domain/observation.ts";
import type { RoadLink } from "../../domain/road.ts";
import { LocalPlane } from "../../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import type { ObjectParameters } from "./object-content.ts";

/** A place on a carriageway where nobody is expected to stand or walk. */
export interface RoadPlace {
  readonly headingDeg: number | undefined;
  /** −1 without a map. */
  readonly routeIndex: number;
  readonly routeM: number;
}

/** Half a lane (RAA: 3.50 m), and the error that is granted at the edge of the road. */
const HALF_LANE_M = 1.75;
const EDGE_M = 0.25;

/** Links are searched within this; carriageways of four lanes reach 7 m from their line. */
const SEARCH_M = 12;

/** An observer sees so far ahead, and a little behind. */
const AHEAD_M = 150;
const BEHIND_M = -20;

/** Undefined where the object is not on a road, or on one where it may be. */
export function placeOnRoad(
  object: PerceivedObject,
  observerId: number,
  report: PerceptionReport,
  context: DetectionContext,
  parameters: ObjectParameters,
): RoadPlace | undefined {
  const { roads } = context;
  if (roads === undefined) return aheadOfObserver(object, observerId, report, context, parameters);
  for (const { link, lateralM, offsetM } of roads.near(object, SEARCH_M)) {
    if (Math.abs(lateralM) > link.lanes * HALF_LANE_M + EDGE_M) continue;
    if (!isOpenRoad(link, parameters)) return undefined;
    const routeM = link.fromM + offsetM;
    return { headingDeg: roads.headingAt(link.route, routeM), routeIndex: link.route.index, routeM };
  }
  return undefined;
}

function isOpenRoad(
  { flags, limitMps, freeFlowMps }: RoadLink,
  { fastRoadSpeedMps }: ObjectParameters,
): boolean {
  if (flags.urban === true || flags.halting === true || flags.signal === true) return false;
  return (freeFlowMps ?? limitMps ?? 0) >= fastRoadSpeedMps;
}

function aheadOfObserver(
  object: PerceivedObject,
  observerId: number,
  report: PerceptionReport,
  { stations }: DetectionContext,
  { observerSpeedMps, pathM }: ObjectParameters,
): RoadPlace | undefined {
  const observer = stations.get(observerId);
  if (observer?.headingDeg === undefined || (observer.speedMps ?? 0) < observerSpeedMps) return undefined;
  const plane = new LocalPlane(report);
  const northM = plane.northM(object.latitudeDeg);
  const eastM = plane.eastM(object.longitudeDeg);
  const { headingDeg } = observer;
  const alongM = northM * cosDeg(headingDeg) + eastM * sinDeg(headingDeg);
  const lateralM = Math.abs(eastM * cosDeg(headingDeg) - northM * sinDeg(headingDeg));
  if (lateralM > pathM || alongM < BEHIND_M || alongM > AHEAD_M) return undefined;
  return { headingDeg, routeIndex: -1, routeM: -1 };
}
