import {
  type IntersectionLane,
  type IntersectionReport,
  SIGNAL_PHASES,
  type SignalGroupState,
  type SignalReport,
} from "../domain/observation.ts";
import type { GeoPoint } from "../domain/place.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import type { WireIntersectionMap, WireSignalState } from "../wire/ingest-frame.ts";
import { offsetPoint, positionCheck, readPoint } from "./position.ts";
import { firstOutOfRange, type Optional, optional, scaled } from "./ranges.ts";

type WireGroup = NonNullable<WireSignalState["groups"]>[number];
type WireLane = NonNullable<WireIntersectionMap["lanes"]>[number];
type WireId = WireSignalState["intersection"];

const position = positionCheck(
  "intersection.reference_point.latitude_e7",
  "intersection.reference_point.longitude_e7",
);

// Ranges of ETSI TS 103 301 V2.2.1 and SAE J2735.
const signalRevision = scaled("signal.revision", 0, 127, 1);
const signalGroup = scaled("signal.groups.signal_group", 1, 255, 1);
const phase = scaled("signal.groups.phase", 0, SIGNAL_PHASES.length - 1, 1);
const phaseEnd = scaled("signal.groups.end_offset_ms", -3_600_000, 3_600_000, 1);
const mapRevision = scaled("intersection.revision", 0, 127, 1);
const laneId = scaled("intersection.lanes.lane_id", 1, 255, 1);
const node = scaled("intersection.lanes.nodes", -327_670, 327_670, 100);
const noSignalId = reject("missing-field", "signal.intersection");
const noMapId = reject("missing-field", "intersection.intersection");
const manyGroups = reject("too-many-items", "signal.groups");
const manyLanes = reject("too-many-items", "intersection.lanes");
const manyNodes = reject("too-many-items", "intersection.lanes.nodes");

/** SAE J2735: 255 movements, 255 lanes, 63 nodes a lane. */
const MAX_GROUPS = 255;
const MAX_LANES = 255;
const MAX_NODES = 63;

const LANE_TYPES = ["vehicle", "vehicle", "crosswalk", "bike", "sidewalk", "tracked-vehicle", "parking"];

/** Signal state of an intersection. It has no position: the intersection's map gives it. */
export function decodeSignal(wire: WireSignalState, observedAtMs: number): SignalReport | Rejection {
  const intersection = intersectionName(wire.intersection);
  if (intersection === undefined) return noSignalId;
  if (!signalRevision.holds(wire.revision)) return signalRevision.rejection;
  const groups = wire.groups ?? [];
  if (groups.length > MAX_GROUPS) return manyGroups;
  for (const group of groups) {
    const refused = refuseGroup(group);
    if (refused !== undefined) return refused;
  }
  return {
    kind: "signal",
    intersection,
    revision: wire.revision ?? 0,
    statusBits: wire.status_bits ?? 0,
    groups: groups.map((group) => groupState(group, observedAtMs)),
  };
}

function intersectionName(id: WireId): string | undefined {
  if (id === null || id === undefined) return undefined;
  return `${id.region ?? 0}.${id.id ?? 0}`;
}

function refuseGroup(group: WireGroup): Rejection | undefined {
  return firstOutOfRange([
    [signalGroup, group.signal_group ?? 0],
    [phase, group.phase],
    [phaseEnd, group.min_end_offset_ms],
    [phaseEnd, group.max_end_offset_ms],
    [phaseEnd, group.likely_end_offset_ms],
  ]);
}

function groupState(group: WireGroup, observedAtMs: number): SignalGroupState {
  const at = (offsetMs: Optional<number>): number | undefined =>
    offsetMs === null || offsetMs === undefined ? undefined : observedAtMs + offsetMs;
  return {
    signalGroup: group.signal_group ?? 0,
    phase: SIGNAL_PHASES[group.phase ?? 0] ?? "unavailable",
    minEndAtMs: at(group.min_end_offset_ms),
    maxEndAtMs: at(group.max_end_offset_ms),
    likelyEndAtMs: at(group.likely_end_offset_ms),
  };
}

/** Geometry of an intersection, its lanes placed on WGS 84. */
export function decodeIntersection(wire: WireIntersectionMap): IntersectionReport | Rejection {
  const intersection = intersectionName(wire.intersection);
  if (intersection === undefined) return noMapId;
  const origin = readPoint(wire.reference_point, position);
  if (isRejection(origin)) return origin;
  if (!mapRevision.holds(wire.revision)) return mapRevision.rejection;
  const lanes = wire.lanes ?? [];
  if (lanes.length > MAX_LANES) return manyLanes;
  for (const lane of lanes) {
    const refused = refuseLane(lane);
    if (refused !== undefined) return refused;
  }
  return {
    kind: "intersection",
    intersection,
    revision: wire.revision ?? 0,
    name: wire.name ?? "",
    ...origin,
    lanes: lanes.map((lane) => lanePlaced(lane, origin)),
  };
}

function refuseLane(lane: WireLane): Rejection | undefined {
  if (!laneId.holds(lane.lane_id ?? 0)) return laneId.rejection;
  const nodes = lane.nodes ?? [];
  if (nodes.length > MAX_NODES) return manyNodes;
  const held = nodes.every(({ east_cm, north_cm }) => node.holds(east_cm) && node.holds(north_cm));
  return held ? undefined : node.rejection;
}

function lanePlaced(lane: WireLane, origin: GeoPoint): IntersectionLane {
  let eastCm = 0;
  let northCm = 0;
  const nodes = (lane.nodes ?? []).map((offset) => {
    eastCm += offset.east_cm ?? 0;
    northCm += offset.north_cm ?? 0;
    return offsetPoint(origin, eastCm / 100, northCm / 100);
  });
  return {
    laneId: lane.lane_id ?? 0,
    ingress: lane.ingress === true,
    egress: lane.egress === true,
    laneType: LANE_TYPES[lane.lane_type ?? 0] ?? "vehicle",
    nodes,
    connections: (lane.connections ?? []).map(({ lane_id, signal_group }) => ({
      laneId: lane_id ?? 0,
      signalGroup: optional(signal_group),
    })),
    speedLimitKmph: optional(lane.speed_limit_kmph),
  };
}
