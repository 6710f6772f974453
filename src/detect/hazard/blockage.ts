import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import type { RoadLink, RoadMatch, RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readContent,
  readObject,
  readRow,
  writePlain,
  writeRow,
} from "../../domain/snapshot-row.ts";
import { isVulnerable } from "../../domain/station.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { isRampEnd } from "../ramp-end.ts";
import { roundHeading, roundTo } from "../units.ts";
import { BLOCKAGE } from "./reported-parameters.ts";
import { stretchOfRoute } from "./stretch.ts";

export type BlockageParameters = ValuesOf<typeof BLOCKAGE>;

const NAME = "blockage";

/** A vehicle that stands on a mapped road. Times are receive times. */
interface Stopped {
  readonly stationId: number;
  readonly routeIndex: number;
  readonly linkIndex: number;
  readonly routeM: number;
  /** Counted from the inner side, 0 the innermost. */
  readonly lane: number;
  readonly sinceMs: number;
  heardAtMs: number;
  /** When somebody was last seen beyond it; 0 for never. */
  passedAtMs: number;
  source: string;
  receiver: string;
}

const STOPPED_FIELDS: RowFields<Stopped> = {
  stationId: "number",
  routeIndex: "number",
  linkIndex: "number",
  routeM: "number",
  lane: "number",
  sinceMs: "number",
  heardAtMs: "number",
  passedAtMs: "number",
  source: "string",
  receiver: "string",
};

export interface BlockageState {
  readonly stopped: Map<number, Stopped>;
  /** What is told, by key. */
  readonly told: Map<string, Detection>;
}

/** Bounds memory; queues of all motorways of a country stay below. */
const MAX_STOPPED = 200_000;

const STANDING_MPS = 1;

/** Who has come on by more than two cars moves up in a queue, however slowly: nobody stands at its head. */
const CREPT_M = 15;
const LEFT_MPS = 3;
const DECIDE_EVERY_MS = 5_000;
const EXTEND_EVERY_MS = 30_000;

/** A stopped vehicle that falls silent is still there, but not for ever. */
const FORGET_MS = 120_000;

/** Sums of trust, thousandths: two of whom nothing is known suspect, three confirm. One never closes a road. */
const SUSPECTED_TRUST_PM = 1_000;
const CONFIRMED_TRUST_PM = 1_500;

/** Waiting this near to a stop line is ordinary. */
const SIGNAL_M = 100;

/** Vehicles that stand foremost in their lanes, and how surely. Of few equipped ones the next may stand far behind. */
interface Row {
  readonly link: RoadLink;
  readonly vehicles: readonly Stopped[];
  readonly lanes: number;
  readonly trustPm: number;
  readonly standingMs: number;
}

/**
 * Unmanaged blockage: vehicles that stand in all lanes of a mapped road for a minute with nobody before them, side by side
 * or as far behind each other as the next one that is heard. Those behind are a queue, waiting at a signal is ordinary and so is
 * waiting for a gap at the end of a ramp, and a single vehicle blocks nothing. Without a map nobody knows how many lanes there
 * are: then only notices tell.
 */
export function blockage(parameters: BlockageParameters = valuesOf(BLOCKAGE)): Detector<BlockageState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ stopped: new Map(), told: new Map() }),
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind !== "motion" || context.roads === undefined) return;
      const { speedMps } = report;
      if (speedMps === undefined) return;
      if (speedMps < STANDING_MPS) stand(state, frame, report, context, parameters);
      else if (speedMps > LEFT_MPS && state.stopped.size > 0) state.stopped.delete(frame.stationId | 0);
    },
    onTick: (state, tickMs, context, emit) => {
      if (tickMs % DECIDE_EVERY_MS === 0) decide(state, tickMs, context, emit, parameters);
    },
    snapshot: ({ stopped, told }): SnapshotValue => ({
      stopped: [...stopped.values()].map((one) => writeRow(STOPPED_FIELDS, one)),
      told: [...told.values()].map(writePlain),
    }),
    restore(value) {
      const parts = readObject(value);
      const stopped = readArray(parts["stopped"]).map((row) => readRow<Stopped>(STOPPED_FIELDS, row));
      const told = readArray(parts["told"]).map((row) => readContent<Detection>(row));
      return {
        stopped: new Map(stopped.map((one) => [one.stationId | 0, one])),
        told: new Map(told.map((detection) => [detection.key, detection])),
      };
    },
  };
}

function stand(
  { stopped }: BlockageState,
  frame: Frame,
  report: MotionReport,
  { stations }: DetectionContext,
  parameters: BlockageParameters,
): void {
  const known = stopped.get(frame.stationId | 0);
  const match = stations.get(frame.stationId)?.road;
  if (known !== undefined) {
    known.heardAtMs = frame.receivedAtMs;
    const isAhead = match?.link.route.index === known.routeIndex && match.routeM - known.routeM > CREPT_M;
    if (!isAhead) return;
    stopped.delete(frame.stationId | 0);
  }
  if (stopped.size >= MAX_STOPPED || isVulnerable(report.stationType)) return;
  if (match === undefined || match.against) return;
  const { flags } = match.link;
  if (flags.halting === true || flags.signal === true || flags.urban === true) return;
  stopped.set(frame.stationId | 0, {
    stationId: frame.stationId,
    routeIndex: match.link.route.index,
    linkIndex: match.link.index,
    routeM: match.routeM,
    lane: laneOf(match, report.lanePosition, parameters),
    sinceMs: frame.receivedAtMs,
    heardAtMs: frame.receivedAtMs,
    passedAtMs: 0,
    source: frame.source.name,
    receiver: frame.receiver,
  });
}

/** As told (TS 102 894-2, LanePosition: 1 is the innermost), else by the place beside the link's line. */
function laneOf(
  { link, lateralM }: RoadMatch,
  lanePosition: number | undefined,
  { laneWidthM }: BlockageParameters,
): number {
  if (lanePosition !== undefined) return lanePosition - 1;
  // Left is the inner side where one drives on the right.
  return Math.floor(link.lanes / 2 - lateralM / laneWidthM);
}

function decide(
  state: BlockageState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: BlockageParameters,
): void {
  const { roads } = context;
  if (roads === undefined || (state.stopped.size === 0 && state.told.size === 0)) return;
  for (const [key, { heardAtMs }] of state.stopped) {
    if (tickMs - heardAtMs > FORGET_MS) state.stopped.delete(key);
  }
  const seen = new Set<string>();
  for (const row of rowsOf(state, roads, tickMs, context, parameters)) {
    if (!blocks(row, roads, tickMs, context, parameters)) continue;
    const key = keyOf(state, row, seen);
    seen.add(key);
    tell(state, key, row, roads, tickMs, emit, parameters);
  }
  for (const [key, told] of state.told) {
    if (seen.has(key)) continue;
    state.told.delete(key);
    emit({ ...told, phase: "end", decidedAtMs: tickMs });
  }
}

/** Groups of long-standing vehicles along each route, each no longer than a row. */
function rowsOf(
  { stopped }: BlockageState,
  roads: RoadNetwork,
  tickMs: number,
  context: DetectionContext,
  parameters: BlockageParameters,
): Row[] {
  const standing = [...stopped.values()]
    .filter(({ sinceMs, lane }) => tickMs - sinceMs >= parameters.standingMs && lane >= 0)
    .sort((a, b) => a.routeIndex - b.routeIndex || b.routeM - a.routeM || a.stationId - b.stationId);
  const rows: Row[] = [];
  for (let i = 0; i < standing.length; ) {
    const front = standing[i];
    if (front === undefined) break;
    const vehicles = rowFrom(standing, i, parameters);
    const link = roads.links[front.linkIndex];
    if (link !== undefined) rows.push(rowOf(link, vehicles, tickMs, context));
    // What stands behind the first row is the queue.
    while (standing[i]?.routeIndex === front.routeIndex && !isFar(standing[i], front, parameters)) i++;
  }
  return rows;
}

/** The vehicles beside and close behind the one at a place of the list, which goes from head to tail. */
function rowFrom(standing: readonly Stopped[], at: number, { spreadM }: BlockageParameters): Stopped[] {
  const front = standing[at];
  if (front === undefined) return [];
  let end = at;
  while (
    standing[end]?.routeIndex === front.routeIndex &&
    front.routeM - (standing[end]?.routeM ?? 0) <= spreadM
  )
    end++;
  return standing.slice(at, end);
}

function isFar(one: Stopped | undefined, front: Stopped, { aheadM }: BlockageParameters): boolean {
  return one !== undefined && front.routeM - one.routeM > aheadM;
}

function rowOf(link: RoadLink, vehicles: readonly Stopped[], tickMs: number, context: DetectionContext): Row {
  const users = new Map<number, number>();
  for (const { stationId } of vehicles) {
    const trustPm = Math.round(context.trust.trustOf(stationId) * 1_000);
    const user = context.identity.roadUserOf(stationId);
    users.set(user, Math.max(users.get(user) ?? 0, trustPm));
  }
  let trustPm = 0;
  for (const one of users.values()) trustPm += one;
  const lanes = new Set(vehicles.filter(({ lane }) => lane < link.lanes).map(({ lane }) => lane)).size;
  const standingMs = tickMs - Math.max(...vehicles.map(({ sinceMs }) => sinceMs));
  return { link, vehicles, lanes, trustPm, standingMs };
}

function blocks(
  row: Row,
  roads: RoadNetwork,
  tickMs: number,
  context: DetectionContext,
  parameters: BlockageParameters,
): boolean {
  if (row.lanes < row.link.lanes || row.vehicles.length < 2 || row.trustPm < SUSPECTED_TRUST_PM) return false;
  const [front] = row.vehicles;
  const { route } = row.link;
  if (front === undefined) return false;
  const leftM = row.link.toM - front.routeM;
  if (isRampEnd(row.link, leftM, roads.links, parameters.rampEndM)) {
    if (row.standingMs < parameters.rampStandingMs) return false;
  }
  const place = roads.pointAt(route, front.routeM);
  if (context.signals.mayWaitAt(place, roads.headingAt(route, front.routeM), SIGNAL_M)) return false;
  if (isSomebodyBeyond(row, front, roads, context, parameters)) front.passedAtMs = tickMs;
  return front.passedAtMs === 0 || tickMs - front.passedAtMs >= parameters.standingMs;
}

function isSomebodyBeyond(
  row: Row,
  front: Stopped,
  roads: RoadNetwork,
  { stations }: DetectionContext,
  { aheadM }: BlockageParameters,
): boolean {
  const { route } = row.link;
  const middle = roads.pointAt(route, front.routeM + aheadM / 2);
  return stations.within(middle, aheadM / 2).some(({ road, stationId }) => {
    if (road?.link.route !== route || row.vehicles.some((one) => one.stationId === stationId)) return false;
    return road.routeM > front.routeM && road.routeM <= front.routeM + aheadM;
  });
}

/** A blockage on the same route within a row's length is the one that was told. */
function keyOf({ told }: BlockageState, { vehicles, link }: Row, seen: ReadonlySet<string>): string {
  const prefix = `${link.route.id}:`;
  const ids = new Set(vehicles.map(({ stationId }) => String(stationId)));
  for (const key of told.keys()) {
    if (key.startsWith(prefix) && !seen.has(key) && ids.has(key.slice(prefix.length))) return key;
  }
  return `${prefix}${Math.min(...vehicles.map(({ stationId }) => stationId))}`;
}

function tell(
  state: BlockageState,
  key: string,
  row: Row,
  roads: RoadNetwork,
  tickMs: number,
  emit: Emit,
  parameters: BlockageParameters,
): void {
  const before = state.told.get(key);
  const now = detection(key, row, roads, tickMs, before, parameters);
  if (now.phase === "extend" && before !== undefined && tickMs - before.decidedAtMs < EXTEND_EVERY_MS) return;
  state.told.set(key, now);
  emit(now);
}

function detection(
  key: string,
  row: Row,
  roads: RoadNetwork,
  tickMs: number,
  before: Detection | undefined,
  parameters: BlockageParameters,
): Detection {
  const { route } = row.link;
  const places = row.vehicles.map(({ routeM }) => routeM);
  const [tailM, headM] = [Math.min(...places), Math.max(...places)];
  const tier = before?.tier === "confirmed" || row.trustPm >= CONFIRMED_TRUST_PM ? "confirmed" : "suspected";
  return {
    kind: "blockage",
    tier,
    causeCode: 5,
    subCauseCode: 0,
    severity: tier === "confirmed" ? 4 : 3,
    confidencePct: Math.min(95, 40 + Math.round(row.trustPm * 0.03)),
    referencedAtMs: Math.max(...row.vehicles.map(({ heardAtMs }) => heardAtMs)),
    validUntilMs: tickMs + parameters.validityMs,
    position: roundPoint(roads.pointAt(route, tailM)),
    headingDeg: roundHeading(roads.headingAt(route, tailM)),
    ...stretchOfRoute(roads, route, tailM, headM),
    evidence: {
      stations: row.vehicles.length,
      observations: row.vehicles.length,
      receivers: new Set(row.vehicles.map(({ receiver }) => receiver)).size,
      sources: [...new Set(row.vehicles.map(({ source }) => source))].sort().slice(0, 8),
      marks: [],
    },
    why: {
      rule: `${NAME}/all-lanes`,
      text: `Vehicles stand in all ${row.link.lanes} lanes and nobody drives beyond them.`,
      measures: [
        { name: "lanes", observed: row.lanes, threshold: row.link.lanes },
        {
          name: "standingS",
          observed: roundTo(row.standingMs / 1_000, 0),
          threshold: parameters.standingMs / 1_000,
        },
        { name: "trust", observed: roundTo(row.trustPm / 1_000, 2), threshold: CONFIRMED_TRUST_PM / 1_000 },
      ],
    },
    detector: NAME,
    key,
    phase: before === undefined ? "start" : before.tier === tier ? "extend" : "update",
    decidedAtMs: tickMs,
  };
}
