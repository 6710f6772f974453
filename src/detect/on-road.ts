import type { Detection } from "../domain/detection.ts";
import type { RoadNetwork, RoadSpot } from "../domain/road.ts";

/** A place this far from the edge of a road is not on it: errors of satellite positions (own: 3 deviations of 3 m). */
const BESIDE_M = 9;
const HALF_LANE_M = 1.75;

/** The widest road that maps may hold has 20 lanes. */
const REACH_M = 20 * HALF_LANE_M + BESIDE_M;

/** Of two roads, one is meant where it is nearer by this much (own: two deviations of 3 m). */
const CLEARLY_NEARER_M = 6;

/** Detections of one record, as the detector runtime gives them. */
type Run<Record> = (record: Record) => readonly Detection[];

/**
 * Says on which road things happen where the detector that saw them did not: alerts then speak as operators do. Pure, so
 * nothing of it needs to be written down.
 */
export function onRoads<Record>(run: Run<Record>, roads: RoadNetwork | undefined): Run<Record> {
  if (roads === undefined) return run;
  return (record) => {
    const detections = run(record);
    return detections.length === 0 ? detections : detections.map((detection) => placed(detection, roads));
  };
}

/** The same detection with a road, where place and heading leave no doubt which one. */
export function placed(detection: Detection, roads: RoadNetwork): Detection {
  if (detection.road !== undefined) return detection;
  const spot = spotOf(detection, roads);
  if (spot === undefined) return detection;
  const routeM = spot.link.fromM + spot.offsetM;
  return { ...detection, road: roads.describe(spot.link.route, routeM, routeM) };
}

function spotOf({ position, headingDeg }: Detection, roads: RoadNetwork): RoadSpot | undefined {
  const spots = roads.near(position, REACH_M, headingDeg).filter(isOn);
  const [nearest] = spots;
  if (nearest === undefined) return undefined;
  const isDoubtful = spots.some(
    (spot) =>
      spot.link.route !== nearest.link.route &&
      Math.abs(spot.lateralM) < Math.abs(nearest.lateralM) + CLEARLY_NEARER_M,
  );
  return isDoubtful ? undefined : nearest;
}

function isOn({ link, lateralM }: RoadSpot): boolean {
  return Math.abs(lateralM) <= link.lanes * HALF_LANE_M + BESIDE_M;
}
