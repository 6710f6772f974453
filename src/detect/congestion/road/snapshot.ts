import type { Detection } from "../../../domain/detection.ts";
import type { RoadNetwork } from "../../../domain/road.ts";
import type { SnapshotValue } from "../../../domain/snapshot.ts";
import {
  readArray,
  readContent,
  readNumber,
  readObject,
  readRow,
  readString,
  writePlain,
  writeRow,
} from "../../../domain/snapshot-row.ts";
import { placeBin, writeBins } from "./bins.ts";
import { FRONT_FIELDS, type Front } from "./front.ts";
import type { LadderLimits } from "./ladder.ts";
import { type LinkSpeeds, setFreeFlow } from "./link-speeds.ts";
import { ROAD_LOOP_FIELDS, type RoadLoop } from "./loop.ts";
import { QUEUE_FIELDS, type QueueRow, type ToldQueue } from "./queue.ts";
import {
  newRoadTraffic,
  openRoute,
  type RoadState,
  type RoadTraffic,
  type RouteTraffic,
} from "./route-traffic.ts";
import { MEMBER_FIELDS, type Member, VISIT_FIELDS, type Visit, type VisitRow } from "./vehicle.ts";

/** Another network than that of the snapshot makes its routes and links meaningless. */
export function fingerprint({ name, routes, links }: RoadNetwork): string {
  return `${name}/${routes.length}/${links.length}`;
}

export function snapshotRoad(state: RoadState): SnapshotValue {
  const { traffic, kept } = state;
  return {
    network: traffic === undefined ? (kept?.fingerprint ?? "") : fingerprint(traffic.network),
    traffic: traffic === undefined ? ((kept?.rows as SnapshotValue) ?? null) : writeTraffic(traffic),
    visits: writeVisits(state.visits),
    visitsBefore: writeVisits(state.visitsBefore),
    minute: state.minute,
    due: state.due.map((turn) => [...turn]),
    urgent: [...state.urgent],
    tickMs: state.tickMs,
    refused: state.refused,
  };
}

/** What can be read without the network; the rest waits for it. */
export function restoreRoad(value: SnapshotValue): RoadState {
  const parts = readObject(value);
  const network = readString(parts["network"], "network");
  const rows = parts["traffic"] ?? null;
  return {
    traffic: undefined,
    kept: network === "" ? undefined : { fingerprint: network, rows },
    visits: readVisits(parts["visits"]),
    visitsBefore: readVisits(parts["visitsBefore"]),
    minute: readNumber(parts["minute"], "minute"),
    due: readArray(parts["due"]).map(readNumbers),
    urgent: readNumbers(parts["urgent"]),
    tickMs: readNumber(parts["tickMs"], "tickMs"),
    refused: readNumber(parts["refused"], "refused"),
  };
}

/** The traffic of a network: what a snapshot of the same network held, else nothing yet. */
export function openTraffic(state: RoadState, network: RoadNetwork, limits: LadderLimits): RoadTraffic {
  const traffic = newRoadTraffic(network, limits);
  const { kept } = state;
  state.traffic = traffic;
  state.kept = undefined;
  if (kept !== undefined && kept.fingerprint === fingerprint(network)) {
    readTraffic(traffic, kept.rows as SnapshotValue, state, limits);
  } else {
    state.visits.clear();
    state.visitsBefore.clear();
    for (const turn of state.due) turn.length = 0;
    state.urgent.length = 0;
  }
  return traffic;
}

function writeVisits(visits: ReadonlyMap<number, Visit>): SnapshotValue {
  return Array.from(visits.values(), (visit) => writeRow<VisitRow>(VISIT_FIELDS, visit));
}

function readVisits(value: SnapshotValue | undefined): Map<number, Visit> {
  const visits = readArray(value).map(
    (row): Visit => ({ ...readRow<VisitRow>(VISIT_FIELDS, row), member: undefined }),
  );
  return new Map(visits.map((visit) => [visit.stationId | 0, visit]));
}

function writeTraffic({ speeds, routes }: RoadTraffic): SnapshotValue {
  return {
    links: writeSpeeds(speeds),
    changed: [...speeds.changed],
    routes: routes.filter((route) => route !== undefined).map(writeRoute),
  };
}

function writeSpeeds({ freeFlowCmps, vehicles, above, below }: LinkSpeeds): SnapshotValue {
  const rows: number[][] = [];
  for (let link = 0; link < vehicles.length; link++) {
    const row = [freeFlowCmps, vehicles, above, below].map((column) => column[link] ?? 0);
    if (row[1] !== 0 || row[2] !== 0 || row[3] !== 0) rows.push([link, ...row]);
  }
  return rows;
}

function writeRoute(route: RouteTraffic): SnapshotValue {
  return {
    route: route.route,
    bins: writeBins(route.bins),
    changed: [...route.bins.changed],
    members: Array.from(route.members.values(), (member) => writeRow(MEMBER_FIELDS, member)),
    released: route.released.map((member) => writeRow(MEMBER_FIELDS, member)),
    traces: route.traces.map(({ stationId, placeDm, atMs, merges }) => [
      stationId,
      placeDm,
      atMs,
      merges ? 1 : 0,
    ]),
    failures: route.failures.map(({ stationId, placeDm, atMs, advanceDm }) => [
      stationId,
      placeDm,
      atMs,
      advanceDm,
    ]),
    sights: Array.from(route.sights.values(), ({ observer, objectId, placeDm, atMs }) => [
      observer,
      objectId,
      placeDm,
      atMs,
    ]),
    loops: Array.from(route.loops.values(), (loop) => writeRow(ROAD_LOOP_FIELDS, loop)),
    queues: route.queues.map(writeQueue),
    nextNo: route.nextNo,
    isDue: route.isDue,
    isUrgent: route.isUrgent,
  };
}

function writeQueue(queue: ToldQueue): SnapshotValue {
  return [
    writeRow<QueueRow>(QUEUE_FIELDS, queue),
    writeRow(FRONT_FIELDS, queue.tail),
    writeRow(FRONT_FIELDS, queue.head),
    queue.told === undefined ? null : writePlain(queue.told),
  ];
}

function readTraffic(
  traffic: RoadTraffic,
  value: SnapshotValue,
  state: RoadState,
  limits: LadderLimits,
): void {
  const parts = readObject(value);
  const { speeds } = traffic;
  for (const row of readArray(parts["links"])) {
    const [link = 0, freeFlow = 0, vehicles = 0, above = 0, below = 0] = readNumbers(row);
    setFreeFlow(speeds, link, freeFlow, limits);
    speeds.vehicles[link] = vehicles;
    speeds.above[link] = above;
    speeds.below[link] = below;
  }
  speeds.changed.push(...readNumbers(parts["changed"]));
  for (const row of readArray(parts["routes"])) readRoute(traffic, row, state);
}

function readRoute(traffic: RoadTraffic, value: SnapshotValue, state: RoadState): void {
  const parts = readObject(value);
  const route = openRoute(traffic, readNumber(parts["route"], "route"));
  if (route === undefined) return;
  for (const row of readArray(parts["bins"])) placeBin(route.bins, readNumbers(row));
  for (const bin of readNumbers(parts["changed"])) {
    route.bins.changed.push(bin);
    route.bins.isChanged[bin] = 1;
  }
  for (const row of readArray(parts["members"])) {
    const member = readRow<Member>(MEMBER_FIELDS, row);
    const key = member.stationId | 0;
    route.members.set(key, member);
    const visit = state.visits.get(key) ?? state.visitsBefore.get(key);
    if (visit !== undefined && visit.route === route.route) visit.member = member;
  }
  for (const row of readArray(parts["released"])) route.released.push(readRow<Member>(MEMBER_FIELDS, row));
  for (const row of readArray(parts["traces"])) {
    const [stationId = 0, placeDm = 0, atMs = 0, merges = 0] = readNumbers(row);
    route.traces.push({ stationId, placeDm, atMs, merges: merges === 1 });
  }
  for (const row of readArray(parts["failures"])) {
    const [stationId = 0, placeDm = 0, atMs = 0, advanceDm = 0] = readNumbers(row);
    route.failures.push({ stationId, placeDm, atMs, advanceDm });
  }
  for (const row of readArray(parts["sights"])) {
    const [observer = 0, objectId = 0, placeDm = 0, atMs = 0] = readNumbers(row);
    route.sights.set(`${observer}/${objectId}`, { observer, objectId, placeDm, atMs });
  }
  for (const row of readArray(parts["loops"])) {
    const loop = readRow<RoadLoop>(ROAD_LOOP_FIELDS, row);
    route.loops.set(loop.name, loop);
  }
  route.queues = readArray(parts["queues"]).map(readQueue);
  route.nextNo = readNumber(parts["nextNo"], "nextNo");
  route.isDue = parts["isDue"] === true;
  route.isUrgent = parts["isUrgent"] === true;
}

function readQueue(value: SnapshotValue): ToldQueue {
  const [row, tail, head, told] = readArray(value);
  return {
    ...readRow<QueueRow>(QUEUE_FIELDS, row),
    tail: readRow<Front>(FRONT_FIELDS, tail),
    head: readRow<Front>(FRONT_FIELDS, head),
    told: told === null ? undefined : readContent<Detection>(told),
    members: [],
    fresh: [],
  };
}

function readNumbers(value: SnapshotValue | undefined): number[] {
  return readArray(value).map((entry) => readNumber(entry, "number"));
}
