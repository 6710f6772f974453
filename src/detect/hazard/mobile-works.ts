import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { HazardNotice, MotionReport } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { type RowFields, readArray, readObject, readRow, writeRow } from "../../domain/snapshot-row.ts";
import { distanceM } from "../../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import { addName, evidenceOf, noteFrame, noWitnesses, WITNESS_FIELDS, type Witnesses } from "../witnesses.ts";
import { MOBILE_WORKS } from "./reported-parameters.ts";
import { type Stretch, stretchFrom } from "./stretch.ts";

export type MobileWorksParameters = ValuesOf<typeof MOBILE_WORKS>;

const NAME = "mobile-works";

/** A works vehicle with its light bar on. Times are receive times but `observedAtMs`. */
interface Site extends Witnesses {
  readonly stationId: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number | undefined;
  speedMps: number;
  observedAtMs: number;
  /** At work since; −1 while it drives. */
  workingSinceMs: number;
  workedAtMs: number;
  onRoad: boolean;
  told: "" | "moving" | "stationary";
  toldAtMs: number;
  toldLatitudeDeg: number;
  toldLongitudeDeg: number;
}

const SITE_FIELDS: RowFields<Site> = {
  stationId: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  speedMps: "number",
  observedAtMs: "number",
  workingSinceMs: "number",
  workedAtMs: "number",
  onRoad: "boolean",
  told: "string",
  toldAtMs: "number",
  toldLatitudeDeg: "number",
  toldLongitudeDeg: "number",
  ...WITNESS_FIELDS,
};

/** A notice of road works. */
interface Notice {
  readonly key: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly untilMs: number;
}

const NOTICE_FIELDS: RowFields<Notice> = {
  key: "string",
  latitudeDeg: "number",
  longitudeDeg: "number",
  untilMs: "number",
};

export interface MobileWorksState {
  readonly sites: Map<number, Site>;
  readonly notices: Map<string, Notice>;
}

const MAX_SITES = 10_000;
const MAX_NOTICES = 4_096;
const MOVED_M = 50;
const EXTEND_EVERY_MS = 10_000;
const SWEEP_EVERY_MS = 1_000;

/** Drivers behind the works are concerned over this stretch. */
const BEHIND_M = 500;

/**
 * Short-term and moving road works, from works vehicles (role road-work) that drive slowly or stand with their light bar
 * on: cause 3/3 while they move, 3/4 while they stand. On a road where there is a map; elsewhere it may be a yard, and
 * is a suspicion. Where a notice tells of works nearby, it is that site.
 */
export function mobileWorks(
  parameters: MobileWorksParameters = valuesOf(MOBILE_WORKS),
): Detector<MobileWorksState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ sites: new Map(), notices: new Map() }),
    onItem(state, frame, context, emit) {
      const report = frame.observation;
      if (report.kind === "motion") {
        if (report.role === "road-work") onWorker(state, frame, report, context, emit, parameters);
      } else if (report.kind === "hazard") noteNotice(state, frame, report);
    },
    onCorroboration: ({ sites }, { stationId, receiver }) => {
      const site = sites.get(stationId | 0);
      if (site !== undefined) addName(site.receivers, receiver);
    },
    onTick: (state, tickMs) => sweep(state, tickMs, parameters),
    snapshot: ({ sites, notices }): SnapshotValue => ({
      sites: [...sites.values()].map((site) => writeRow(SITE_FIELDS, site)),
      notices: [...notices.values()].map((notice) => writeRow(NOTICE_FIELDS, notice)),
    }),
    restore(value) {
      const parts = readObject(value);
      const sites = readArray(parts["sites"]).map((row) => readRow<Site>(SITE_FIELDS, row));
      const notices = readArray(parts["notices"]).map((row) => readRow<Notice>(NOTICE_FIELDS, row));
      return {
        sites: new Map(sites.map((site) => [site.stationId | 0, site])),
        notices: new Map(notices.map((notice) => [notice.key, notice])),
      };
    },
  };
}

function noteNotice({ notices }: MobileWorksState, frame: Frame, notice: HazardNotice): void {
  const key = `${notice.originatingStationId}:${notice.sequenceNumber}`;
  if (notice.termination !== undefined) {
    notices.delete(key);
    return;
  }
  const { position, causeCode } = notice;
  if (position === undefined || (causeCode !== 3 && causeCode !== 4)) return;
  if (notices.size >= MAX_NOTICES && !notices.has(key)) return;
  const untilMs = frame.receivedAtMs + notice.validityS * 1_000;
  notices.set(key, {
    key,
    latitudeDeg: position.latitudeDeg,
    longitudeDeg: position.longitudeDeg,
    untilMs,
  });
}

function onWorker(
  state: MobileWorksState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: MobileWorksParameters,
): void {
  const known = state.sites.get(frame.stationId | 0);
  if (known !== undefined && frame.observedAtMs <= known.observedAtMs) return;
  const { speedMps } = report;
  const works = report.lightBar && speedMps !== undefined && speedMps <= parameters.slowSpeedMps;
  if (!works) {
    if (known !== undefined) rest(state, known, frame, emit, parameters);
    return;
  }
  const site = known ?? newSite(state, frame, report);
  if (site === undefined) return;
  take(site, frame, report, speedMps, context);
  if (frame.receivedAtMs - site.workingSinceMs < parameters.afterMs) return;
  if (context.roads !== undefined && !site.onRoad) return;
  if (site.told === "" && isAnnounced(state, site, frame.receivedAtMs, parameters)) return;
  tell(site, frame, context, emit, parameters);
}

function newSite({ sites }: MobileWorksState, frame: Frame, report: MotionReport): Site | undefined {
  if (sites.size >= MAX_SITES) return undefined;
  const site: Site = {
    stationId: frame.stationId,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg,
    speedMps: 0,
    observedAtMs: 0,
    workingSinceMs: -1,
    workedAtMs: frame.receivedAtMs,
    onRoad: false,
    told: "",
    toldAtMs: 0,
    toldLatitudeDeg: 0,
    toldLongitudeDeg: 0,
    ...noWitnesses(),
  };
  sites.set(frame.stationId | 0, site);
  return site;
}

function take(
  site: Site,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
  { stations }: DetectionContext,
): void {
  noteFrame(site, frame);
  site.observedAtMs = frame.observedAtMs;
  site.latitudeDeg = report.latitudeDeg;
  site.longitudeDeg = report.longitudeDeg;
  site.headingDeg = report.headingDeg ?? site.headingDeg;
  site.speedMps = speedMps;
  site.workedAtMs = frame.receivedAtMs;
  if (site.workingSinceMs < 0) site.workingSinceMs = frame.receivedAtMs;
  const link = stations.get(frame.stationId)?.road?.link;
  site.onRoad = link !== undefined && link.flags.halting !== true;
}

function isAnnounced(
  { notices }: MobileWorksState,
  site: Site,
  nowMs: number,
  { noticeM }: MobileWorksParameters,
): boolean {
  for (const notice of notices.values()) {
    if (notice.untilMs > nowMs && distanceM(notice, site) <= noticeM) return true;
  }
  return false;
}

/** It drives on, or has turned its light bar off. */
function rest(
  state: MobileWorksState,
  site: Site,
  frame: Frame,
  emit: Emit,
  parameters: MobileWorksParameters,
): void {
  site.observedAtMs = frame.observedAtMs;
  if (site.told === "") {
    state.sites.delete(site.stationId | 0);
    return;
  }
  if (frame.receivedAtMs - site.workedAtMs < parameters.doneAfterMs) return;
  state.sites.delete(site.stationId | 0);
  const here: Stretch = { outline: { form: "point", points: [roundPoint(site)] }, road: undefined };
  emit(detection(site, "end", frame.receivedAtMs, here, parameters));
}

function tell(
  site: Site,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
  parameters: MobileWorksParameters,
): void {
  const what = site.speedMps < parameters.standingSpeedMps ? "stationary" : "moving";
  const told = { latitudeDeg: site.toldLatitudeDeg, longitudeDeg: site.toldLongitudeDeg };
  const turns = site.told !== what && frame.receivedAtMs - site.toldAtMs >= EXTEND_EVERY_MS;
  const phase: Detection["phase"] =
    site.told === "" ? "start" : turns || distanceM(told, site) >= MOVED_M ? "update" : "extend";
  if (phase === "extend" && frame.receivedAtMs - site.toldAtMs < EXTEND_EVERY_MS) return;
  if (phase !== "extend") {
    site.told = what;
    site.toldLatitudeDeg = site.latitudeDeg;
    site.toldLongitudeDeg = site.longitudeDeg;
  }
  site.toldAtMs = frame.receivedAtMs;
  const match = context.stations.get(site.stationId)?.road;
  const stretch = stretchFrom(site, site.headingDeg, -BEHIND_M, context.roads, match);
  emit(detection(site, phase, frame.receivedAtMs, stretch, parameters));
}

/** What was told expires by itself. */
function sweep(
  { sites, notices }: MobileWorksState,
  tickMs: number,
  parameters: MobileWorksParameters,
): void {
  if (tickMs % SWEEP_EVERY_MS !== 0) return;
  for (const [key, { workedAtMs }] of sites) {
    if (tickMs - workedAtMs > parameters.validityMs) sites.delete(key);
  }
  for (const [key, { untilMs }] of notices) if (untilMs <= tickMs) notices.delete(key);
}

function detection(
  site: Site,
  phase: Detection["phase"],
  decidedAtMs: number,
  { outline, road }: Stretch,
  parameters: MobileWorksParameters,
): Detection {
  const moves = site.told === "moving";
  return {
    kind: "roadworks",
    tier: site.onRoad ? "confirmed" : "suspected",
    causeCode: 3,
    // TS 102 894-2, RoadworksSubCauseCode: 3 moving lane closure, 4 short-term stationary works.
    subCauseCode: moves ? 3 : 4,
    severity: 3,
    confidencePct: site.onRoad ? 85 : 50,
    referencedAtMs: site.observedAtMs,
    validUntilMs: site.workedAtMs + parameters.validityMs,
    position: roundPoint(site),
    headingDeg: site.headingDeg === undefined ? undefined : roundHeading(site.headingDeg),
    outline,
    road,
    evidence: evidenceOf(site),
    why: {
      rule: `${NAME}/${moves ? "moving" : "stationary"}`,
      text: moves
        ? "Works vehicle drives slowly with its light bar on."
        : "Works vehicle stands with its light bar on.",
      measures: [
        { name: "speedKmph", observed: kmph(site.speedMps), threshold: kmph(parameters.slowSpeedMps) },
        {
          name: "workingS",
          observed: roundTo((site.workedAtMs - site.workingSinceMs) / 1_000, 1),
          threshold: parameters.afterMs / 1_000,
        },
      ],
    },
    detector: NAME,
    key: String(site.stationId),
    phase,
    decidedAtMs,
  };
}
