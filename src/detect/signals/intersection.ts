import type { IntersectionLane, IntersectionReport, SignalGroupState } from "../../domain/observation.ts";
import type { GeoPoint } from "../../domain/place.ts";
import { bearingDeg, distanceM, metresPerDegree } from "../../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";

/** A lane that leads to a stop line. */
export interface Approach {
  readonly intersection: string;
  readonly laneId: number;
  readonly stop: GeoPoint;
  /** Direction of travel across the stop line. */
  readonly headingDeg: number;
  /** Signal groups of its connections, sorted; empty where one connection has none, so that nothing is ever red. */
  readonly groups: readonly number[];
  /** Metres per degree at the stop line, and its direction, for `alongM` and `lateralM`. */
  readonly northM: number;
  readonly eastM: number;
  readonly sine: number;
  readonly cosine: number;
}

/** Phase of one signal group. Times are those of the signal states. */
export interface GroupPhase {
  readonly state: SignalGroupState["phase"];
  /** Since when it has been in this phase, as far as seen. */
  readonly sinceMs: number;
  /** It cannot end before; undefined where nobody says, or what is said cannot be. */
  readonly minEndAtMs: number | undefined;
}

export interface Intersection {
  readonly id: string;
  readonly revision: number;
  readonly approaches: readonly Approach[];
  readonly phases: Map<number, GroupPhase>;
  phaseRevision: number;
  /** Time of the last signal state, and of its reception; 0 before the first. */
  phasesAtMs: number;
  phasesReceivedAtMs: number;
  /** The controller says that its signals are in ordinary operation. */
  isRegular: boolean;
  heardAtMs: number;
}

/** The lane's direction is that of its last metres before the line. */
const DIRECTION_M = 5;

export function newIntersection(report: IntersectionReport, receivedAtMs: number): Intersection {
  return {
    id: report.intersection,
    revision: report.revision,
    approaches: report.lanes.flatMap((lane) => approachOf(report.intersection, lane) ?? []),
    phases: new Map(),
    phaseRevision: -1,
    phasesAtMs: 0,
    phasesReceivedAtMs: 0,
    isRegular: false,
    heardAtMs: receivedAtMs,
  };
}

/** Undefined where the lane does not lead vehicles to a stop line. Nodes begin there (SAE J2735, NodeListXY). */
function approachOf(intersection: string, lane: IntersectionLane): Approach | undefined {
  const [stop] = lane.nodes;
  if (!lane.ingress || lane.laneType !== "vehicle" || stop === undefined) return undefined;
  const before = lane.nodes.find((node) => distanceM(node, stop) >= DIRECTION_M);
  if (before === undefined) return undefined;
  return approach(intersection, lane.laneId, stop, bearingDeg(before, stop), groupsOf(lane));
}

export function approach(
  intersection: string,
  laneId: number,
  stop: GeoPoint,
  headingDeg: number,
  groups: readonly number[],
): Approach {
  const { northM, eastM } = metresPerDegree(stop.latitudeDeg);
  const direction = { sine: sinDeg(headingDeg), cosine: cosDeg(headingDeg) };
  return { intersection, laneId, stop, headingDeg, groups, northM, eastM, ...direction };
}

function groupsOf({ connections }: IntersectionLane): readonly number[] {
  const groups = new Set<number>();
  for (const { signalGroup } of connections) {
    if (signalGroup === undefined) return [];
    groups.add(signalGroup);
  }
  return [...groups].sort((a, b) => a - b);
}

/** Way to the stop line, m; negative beyond it. */
export function beforeM(lane: Approach, latitudeDeg: number, longitudeDeg: number): number {
  const northM = (latitudeDeg - lane.stop.latitudeDeg) * lane.northM;
  const eastM = (longitudeDeg - lane.stop.longitudeDeg) * lane.eastM;
  return -(northM * lane.cosine + eastM * lane.sine);
}

/** Beside the lane's line, m, without a sign. */
export function besideM(lane: Approach, latitudeDeg: number, longitudeDeg: number): number {
  const northM = (latitudeDeg - lane.stop.latitudeDeg) * lane.northM;
  const eastM = (longitudeDeg - lane.stop.longitudeDeg) * lane.eastM;
  return Math.abs(eastM * lane.cosine - northM * lane.sine);
}

const ROW_DEG = 0.002;
const COLUMN_DEG = 0.003;

/** Cells of about 220 m; the key of one is a small integer. */
export function signalCell(latitudeDeg: number, longitudeDeg: number): number {
  return cellAt(Math.floor((latitudeDeg + 90) / ROW_DEG), Math.floor((longitudeDeg + 180) / COLUMN_DEG));
}

/** Rows reach 90,000 and columns 120,000; keys wrap around the globe, far from each other. */
function cellAt(row: number, column: number): number {
  return (row * 131_072 + column) | 0;
}

/** Lanes by the cells around their stop lines: within 220 m of one, its lane is found. */
export function indexApproaches(intersections: Iterable<Intersection>): Map<number, Approach[]> {
  const index = new Map<number, Approach[]>();
  for (const { approaches } of intersections) {
    for (const lane of approaches) {
      const row = Math.floor((lane.stop.latitudeDeg + 90) / ROW_DEG);
      const column = Math.floor((lane.stop.longitudeDeg + 180) / COLUMN_DEG);
      for (let r = row - 1; r <= row + 1; r++) {
        for (let c = column - 1; c <= column + 1; c++) put(index, cellAt(r, c), lane);
      }
    }
  }
  return index;
}

function put(index: Map<number, Approach[]>, key: number, lane: Approach): void {
  const lanes = index.get(key);
  if (lanes === undefined) index.set(key, [lane]);
  else lanes.push(lane);
}
