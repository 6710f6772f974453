import type { DetectionContext, Detector, DetectorPorts } from "../../domain/detector.ts";
import type { Corroboration, Frame, Refusal } from "../../domain/frame.ts";
import type { HazardNotice, MotionReport } from "../../domain/observation.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readNumber, readObject } from "../../domain/snapshot-row.ts";
import { STATION_TYPES, type StationType } from "../../domain/station.ts";
import { type IdentityParameters, ROAD_USER_IDENTITY } from "../identity/identity-parameters.ts";
import { RoadUsers } from "../identity/road-users.ts";
import { valuesOf } from "../parameter.ts";
import { accuse, Check, misbehaves, trustAt, vouch } from "./evidence.ts";
import { restartWindow, Step, takeReport, UNKNOWN } from "./kinematics.ts";
import { findOverlaps, hasAppeared, markAppeared } from "./neighbourhood.ts";
import { noticeDoubts } from "./notice-doubts.ts";
import { Receivers } from "./receivers.ts";
import { RoadCheck } from "./road-check.ts";
import { StopWatch } from "./stop-watch.ts";
import { STATION_TRUST, type TrustParameters } from "./trust-parameters.ts";
import { Flag, TrustTable, Word } from "./trust-table.ts";

/** As many as the tracker follows. */
const MAX_STATIONS = 1_000_000;

/** Evidence outlives a tunnel, and a pseudonym that changes in it. */
const KEEP_MS = 60_000;

/** Every station is looked at once in this many ticks (0.5 s) for silence. */
const SWEEP_TICKS = 10;

/** A station that moves less in a window has no way to be judged by the road. */
const MOVING_WAY_CM = 2_500;

/** ETSI TS 103 759, DENM and CAM of one sender: the CAM within this time is compared. */
const NOTICE_MEMORY_MS = 1_000;
const NOTICE_SPEED_FROM_CMPS = 1_000 / 3.6;

const UNJUDGED = 0.5;

export interface TrustState {
  readonly table: TrustTable;
  readonly receivers: Receivers;
  readonly roadCheck: RoadCheck;
  readonly stops: StopWatch;
  readonly users: RoadUsers;
  /** Row that the sweep and the search for overlaps have reached. */
  sweepRow: number;
  overlapRow: number;
}

/**
 * How far each station's word is believed, and which ids are one road user. Emits nothing: other detectors ask it. Trust
 * never filters a message: it gates alerts that rest on several vehicles and lowers confidence.
 *
 * What validation has refused as implausible comes here as a refusal; what it let pass is compared with the station's own
 * past (every report, and windows of 5 s), with the places of receivers, with the map, and on ticks with its neighbours.
 */
export function stationTrust(
  parameters: TrustParameters = valuesOf(STATION_TRUST),
  identity: IdentityParameters = valuesOf(ROAD_USER_IDENTITY),
): Detector<TrustState> {
  return {
    name: "station-trust",
    snapshotVersion: 2,
    restartsEmpty: true,
    init: () => newState(identity),
    prefetch: ({ table }, frames) => table.prefetch(frames),
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onRefusal: (state, refusal) => onRefusal(state, refusal, parameters),
    onCorroboration: (state, corroboration, context) =>
      onCorroboration(state, corroboration, context, parameters),
    onTick: (state, tickMs, context) => onTick(state, tickMs, context, parameters, identity),
    provides,
    snapshot,
    restore: (value) => restore(value, identity),
  };
}

function newState(identity: IdentityParameters): TrustState {
  return {
    table: new TrustTable(MAX_STATIONS),
    receivers: new Receivers(),
    roadCheck: new RoadCheck(),
    stops: new StopWatch(),
    users: new RoadUsers(identity),
    sweepRow: 0,
    overlapRow: 0,
  };
}

function provides({ table, users }: TrustState): Partial<DetectorPorts> {
  return {
    trust: {
      trustOf(stationId) {
        const at = table.find(stationId);
        return at < 0 ? UNJUDGED : trustAt(table.words, at);
      },
    },
    identity: { roadUserOf: (stationId) => users.roadUserOf(stationId) },
  };
}

/** The evidence against a station has reached what counts as misbehaviour. */
export function isMisbehaving(state: TrustState, stationId: number, parameters: TrustParameters): boolean {
  const at = state.table.find(stationId);
  return at >= 0 && misbehaves(state.table.words, at, parameters);
}

/** Bits of `Check` that a station has ever failed. */
export function failedChecks({ table }: TrustState, stationId: number): number {
  const at = table.find(stationId);
  return at < 0 ? 0 : (table.words[at + Word.failed] as number);
}

function onItem(
  state: TrustState,
  frame: Frame,
  context: DetectionContext,
  parameters: TrustParameters,
): void {
  const { observation } = frame;
  if (observation.kind === "motion") {
    if (observation.stationType === "infrastructure") state.receivers.learn(frame);
    else followStation(state, frame, observation, context, parameters);
  } else if (observation.kind === "hazard") {
    judgeNotice(state, frame, observation, context, parameters);
  } else if (observation.kind === "sensor") {
    state.receivers.learn(frame);
  }
}

function followStation(
  state: TrustState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: TrustParameters,
): void {
  const { table, users } = state;
  // As a signed integer, which V8 passes on without an allocation.
  let at = table.find(frame.stationId | 0);
  const isNew = at < 0;
  if (isNew) at = admit(table, frame.stationId, frame.receivedAtMs);
  // A clock that had to be replaced says nothing about ways and times.
  if (at < 0 || frame.clockReplaced) return;
  const { words } = table;
  const flags = words[at + Word.flags] as number;
  if ((flags & (Flag.silent | Flag.succeeded)) !== 0) {
    if ((flags & Flag.succeeded) !== 0) users.withdraw(frame.stationId);
    users.leaveSilence(words, at);
    words[at + Word.flags] = (words[at + Word.flags] as number) & ~Flag.succeeded;
  }
  const step = takeReport(table, at, frame, report, parameters);
  if (step === Step.old) return;
  if (isNew) meet(state, at, frame, report);
  if (words[at + Word.noticeReceived] !== 0) compareWithNotice(words, at, parameters);
  if (((words[at + Word.flags] as number) & Flag.abruptStop) !== 0)
    state.stops.watch(frame.stationId, frame.receivedAtMs);
  if (step < Step.windowFits) return;
  const fits = judgeWindow(state, at, frame, context, parameters) && step === Step.windowFits;
  // Standing still proves nothing: a ghost does that best.
  const isTold = (words[at + Word.wayLength] as number) >= parameters.frozenWayM * 100;
  if (fits && isTold) vouch(words, at, parameters.goodWindowWeight);
  restartWindow(words, at);
}

function admit(table: TrustTable, stationId: number, receivedAtMs: number): number {
  const at = table.add(stationId);
  if (at < 0) return at;
  table.words[at + Word.firstReceived] = Math.floor(receivedAtMs) | 0;
  table.words[at + Word.received] = Math.floor(receivedAtMs) | 0;
  table.words[at + Word.speed] = UNKNOWN;
  table.words[at + Word.heading] = UNKNOWN;
  return at;
}

function meet({ table, users }: TrustState, at: number, frame: Frame, report: MotionReport): void {
  const { words } = table;
  words[at + Word.type] = typeNumber(report.stationType);
  words[at + Word.length] = report.lengthM === undefined ? 0 : Math.round(report.lengthM * 10) + 1;
  users.appear(words, at, frame.receivedAtMs, Math.floor(frame.observedAtMs));
}

function typeNumber(type: StationType): number {
  return STATION_TYPES.indexOf(type);
}

/** True where neither the receiver's place nor the map speaks against the station. */
function judgeWindow(
  state: TrustState,
  at: number,
  frame: Frame,
  context: DetectionContext,
  parameters: TrustParameters,
): boolean {
  const { words } = state.table;
  const isUnit = frame.source.kind === "rsu" || frame.receiver !== frame.source.name;
  const isInRange = judgeRange(state, at, frame.receiver, parameters, isUnit);
  const isMoving = (words[at + Word.wayLength] as number) >= MOVING_WAY_CM;
  if (context.roads === undefined || !isMoving) return isInRange;
  const match = context.stations.get(frame.stationId)?.road;
  const verdict = state.roadCheck.judge(words, at, match, context.roads, parameters);
  if (verdict === "off-road") accuse(words, at, Check.offRoad, parameters.offRoadWeight);
  else if (verdict === "beside-road") accuse(words, at, Check.lateral, parameters.minorWeight);
  return isInRange && verdict !== "off-road" && verdict !== "beside-road";
}

function judgeRange(
  state: TrustState,
  at: number,
  receiver: string,
  parameters: TrustParameters,
  mayLearn: boolean,
): boolean {
  const { words } = state.table;
  const isBeyond = state.receivers.isBeyond(
    receiver,
    words[at + Word.latitude] as number,
    words[at + Word.longitude] as number,
    parameters,
    mayLearn,
  );
  if (isBeyond) accuse(words, at, Check.range, parameters.rangeWeight);
  return !isBeyond;
}

/** ETSI TS 103 759: a jam's sender that drives on at twice the speed that it told contradicts itself. */
function compareWithNotice(words: Int32Array, at: number, parameters: TrustParameters): void {
  const ageMs = ((words[at + Word.received] as number) - (words[at + Word.noticeReceived] as number)) | 0;
  const told = words[at + Word.noticeSpeed] as number;
  words[at + Word.noticeReceived] = 0;
  if (ageMs > NOTICE_MEMORY_MS || told <= NOTICE_SPEED_FROM_CMPS) return;
  if ((words[at + Word.speed] as number) > 2 * told) accuse(words, at, Check.notice, parameters.noticeWeight);
}

function judgeNotice(
  { table }: TrustState,
  frame: Frame,
  notice: HazardNotice,
  context: DetectionContext,
  parameters: TrustParameters,
): void {
  const at = table.find(notice.originatingStationId);
  if (at < 0) return;
  const { words } = table;
  const marks = noticeDoubts(notice, frame, context).filter((mark) => mark !== "doubt-sender");
  if (marks.length > 0) accuse(words, at, Check.notice, marks.length * parameters.noticeWeight);
  const nowMs = Math.floor(frame.receivedAtMs) | 0;
  const before = words[at + Word.noticeReceived] as number;
  if (before !== 0 && ((nowMs - before) | 0) < parameters.repeatedNoticeMs) {
    accuse(words, at, Check.notice, parameters.minorWeight);
  }
  words[at + Word.noticeReceived] = nowMs === 0 ? 1 : nowMs;
  const isJam = notice.causeCode === 1 || notice.causeCode === 27;
  words[at + Word.noticeSpeed] =
    isJam && notice.eventSpeedMps !== undefined ? Math.round(notice.eventSpeedMps * 100) : 0;
}

/** Headings are refused by noise, too, other things hardly. Each refusal would count ten times at 10 Hz, so one second gives one. */
function onRefusal({ table }: TrustState, refusal: Refusal, parameters: TrustParameters): void {
  let at = table.find(refusal.stationId);
  if (at < 0) at = admit(table, refusal.stationId, refusal.receivedAtMs);
  if (at < 0) return;
  const { words } = table;
  const second = Math.floor(refusal.receivedAtMs / 1_000) | 0;
  if (words[at + Word.doubtSecond] === second) return;
  words[at + Word.doubtSecond] = second;
  words[at + Word.credit] = Math.min(0, words[at + Word.credit] as number);
  const isHeading = refusal.rejected === "implausible-heading";
  accuse(words, at, Check.refused, isHeading ? parameters.minorWeight : parameters.refusedWeight);
}

/** A further receiver is a further chance to hear where a station cannot be; once per second is enough. */
function onCorroboration(
  state: TrustState,
  { stationId, receiver }: Corroboration,
  context: DetectionContext,
  parameters: TrustParameters,
): void {
  if (state.receivers.size === 0) return;
  const at = state.table.find(stationId);
  if (at < 0) return;
  const { words } = state.table;
  const second = Math.floor(context.receivedAtMs / RANGE_EVERY_MS) | 0;
  if (words[at + Word.rangeSecond] === second) return;
  words[at + Word.rangeSecond] = second;
  judgeRange(state, at, receiver, parameters, false);
}

/** Overreach of radio lasts; each window of this length counts once. */
const RANGE_EVERY_MS = 5_000;

function onTick(
  state: TrustState,
  tickMs: number,
  context: DetectionContext,
  parameters: TrustParameters,
  identity: IdentityParameters,
): void {
  const { table, users, stops, roadCheck } = state;
  const { stations } = context;
  roadCheck.onTick();
  sweep(state, tickMs, identity);
  users.onTick(tickMs, table, (stationId, predecessor) => {
    const at = table.find(stationId);
    if (at < 0) return;
    if (predecessor !== undefined) inherit(table, at, predecessor);
    else judgeAppearance(table, at, stationId, stations);
  });
  stops.onTick(tickMs, table, stations, parameters);
  if (table.size === 0) return;
  const roadUserOf = (stationId: number) => users.roadUserOf(stationId);
  state.overlapRow = findOverlaps(state.overlapRow, table, stations, roadUserOf, parameters);
}

function judgeAppearance(
  table: TrustTable,
  at: number,
  stationId: number,
  stations: DetectionContext["stations"],
): void {
  const self = stations.get(stationId);
  if (self !== undefined && hasAppeared(self, stations)) markAppeared(table.words, at);
}

/** A new pseudonym does not wash clean, nor does it cost what was earned. */
function inherit(table: TrustTable, at: number, older: number): void {
  const { words } = table;
  const before = table.find(older);
  if (before < 0) return;
  words[at + Word.suspicion] = Math.max(
    words[at + Word.suspicion] as number,
    words[before + Word.suspicion] as number,
  );
  words[at + Word.credit] = Math.max(
    words[at + Word.credit] as number,
    words[before + Word.credit] as number,
  );
  words[at + Word.failed] = (words[at + Word.failed] as number) | (words[before + Word.failed] as number);
}

/** Finds stations that have fallen silent or can be forgotten, a tenth of the table at each tick. */
function sweep(state: TrustState, tickMs: number, { silentAfterMs, maxGapMs }: IdentityParameters): void {
  const { table, users } = state;
  const now = Math.floor(tickMs) | 0;
  const rows = Math.ceil(table.size / SWEEP_TICKS);
  const forgetSilentMs = maxGapMs + SILENT_MARGIN_MS;
  for (let i = 0; i < rows; i++) {
    if (table.size === 0) return;
    if (state.sweepRow <= 0 || state.sweepRow > table.size) state.sweepRow = table.size;
    state.sweepRow--;
    const at = table.rowAt(state.sweepRow);
    const { words } = table;
    const silentMs = (now - (words[at + Word.received] as number)) | 0;
    if (silentMs < silentAfterMs) continue;
    const isSilent = ((words[at + Word.flags] as number) & Flag.silent) !== 0;
    if (silentMs > forgetSilentMs) {
      if (isSilent) users.leaveSilence(words, at);
      if (silentMs > KEEP_MS) table.removeAt(at);
    } else if (!isSilent && ((words[at + Word.flags] as number) & Flag.reported) !== 0) {
      users.fallSilent(words, at);
    }
  }
}

/** A silent station waits for a successor until the last possible one has been decided. */
const SILENT_MARGIN_MS = 4_000;

function snapshot({
  table,
  receivers,
  roadCheck,
  stops,
  users,
  sweepRow,
  overlapRow,
}: TrustState): SnapshotValue {
  return {
    table: table.snapshot(),
    receivers: receivers.snapshot(),
    roadCheck: roadCheck.snapshot(),
    stops: stops.snapshot(),
    users: users.snapshot(),
    sweepRow,
    overlapRow,
  };
}

function restore(value: SnapshotValue, identity: IdentityParameters): TrustState {
  const parts = readObject(value);
  const table = TrustTable.from(parts["table"], MAX_STATIONS);
  const stops = new StopWatch();
  stops.restore(parts["stops"]);
  return {
    table,
    receivers: Receivers.restore(parts["receivers"]),
    roadCheck: RoadCheck.restore(parts["roadCheck"]),
    stops,
    users: RoadUsers.restore(parts["users"], table, identity),
    sweepRow: readNumber(parts["sweepRow"], "sweepRow"),
    overlapRow: readNumber(parts["overlapRow"], "overlapRow"),
  };
}
