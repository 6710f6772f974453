import type { RowFields } from "../../../domain/snapshot-row.ts";

/**
 * Where a vehicle drives on the network. Kept per station, so that bins are touched once per station and bin instead of
 * once per report. What changes with a report are small integers, which V8 stores in place, and one double.
 */
export interface Visit {
  readonly stationId: number;
  /** Indices into the network; −1 before the first. */
  route: number;
  link: number;
  bin: number;
  slice: number;
  placeDm: number;
  /** Where it was when it entered the bin. */
  enteredDm: number;
  /** Where it came from a ramp onto its route; far upstream where it did not. */
  mergedDm: number;
  /** Event time of the last report. */
  lastMs: number;
  speedCmps: number;
  /** Not handed to its bin yet. */
  distanceMm: number;
  presenceMs: number;
  /** Highest speed of this slice and the one before: of the last 5 to 10 s. */
  topCmps: number;
  topBeforeCmps: number;
  /** Slowest speed on the link. */
  slowestCmps: number;
  /** Number of the queue that it drives through without having become slow; 0: none. */
  passing: number;
  /** While it queues. */
  member: Member | undefined;
}

export type VisitRow = Omit<Visit, "member">;

export const VISIT_FIELDS: RowFields<VisitRow> = {
  stationId: "number",
  route: "number",
  link: "number",
  bin: "number",
  slice: "number",
  placeDm: "number",
  enteredDm: "number",
  mergedDm: "number",
  lastMs: "number",
  speedCmps: "number",
  distanceMm: "number",
  presenceMs: "number",
  topCmps: "number",
  topBeforeCmps: "number",
  slowestCmps: "number",
  passing: "number",
};

/** A vehicle that has become slow, until it flows again. */
export interface Member {
  readonly stationId: number;
  readonly source: string;
  readonly receiver: string;
  /** Where and when it became slow. */
  readonly joinLink: number;
  readonly joinDm: number;
  readonly joinMs: number;
  readonly joinCmps: number;
  /** It came from a speed at least 1.6 times as high: it met the tail, and did not just enter the road. */
  readonly metTail: boolean;
  /** Its highest speed of the 5 to 10 s before. */
  readonly fromCmps: number;
  /** It comes from a ramp, or drives on one that ends beside a carriageway: what it does may be merging. */
  readonly merges: boolean;
  placeDm: number;
  lastMs: number;
  speedCmps: number;
  /** Time at or below the bound of queuing, and time at a standstill since it last drove on. */
  slowMs: number;
  standMs: number;
  /** Standstills of some seconds, each after having driven on; and where the last one was. */
  stops: number;
  stopDm: number;
  stopMs: number;
  /** From the stop before to the last one; 0 before the second. */
  advanceDm: number;
  /** It has failed to pass in one green, and that has been noted. */
  hasFailed: boolean;
  /** Speed and time of a report of about a second ago, and the mean deceleration up to then, cm/s². */
  pastCmps: number;
  pastMs: number;
  brakingCmps2: number;
  /** The hardest of those while it has been slow. */
  hardestCmps2: number;
  /** Has braked for something that stands or crawls ahead of it (see `closesUp`). */
  hasClosedUp: boolean;
  /** Fastest since the last stop. */
  fastestCmps: number;
  lowestCmps: number;
  /** Where and when it became faster than queuing; −1 and 0 while it has not. */
  upDm: number;
  upMs: number;
  /** That place, once it has shown where the head is; −1 before. */
  shownDm: number;
  reports: number;
  /** Number of its queue; 0: none yet. */
  queue: number;
  /** It was told as a queue of its own, and others have flowed past it. */
  isPassed: boolean;
}

export const MEMBER_FIELDS: RowFields<Member> = {
  stationId: "number",
  source: "string",
  receiver: "string",
  joinLink: "number",
  joinDm: "number",
  joinMs: "number",
  joinCmps: "number",
  metTail: "boolean",
  fromCmps: "number",
  merges: "boolean",
  placeDm: "number",
  lastMs: "number",
  speedCmps: "number",
  slowMs: "number",
  standMs: "number",
  stops: "number",
  stopDm: "number",
  stopMs: "number",
  advanceDm: "number",
  hasFailed: "boolean",
  pastCmps: "number",
  pastMs: "number",
  brakingCmps2: "number",
  hardestCmps2: "number",
  hasClosedUp: "boolean",
  fastestCmps: "number",
  lowestCmps: "number",
  upDm: "number",
  upMs: "number",
  shownDm: "number",
  reports: "number",
  queue: "number",
  isPassed: "boolean",
};

/** Farther than any vehicle remembers. */
export const NOT_MERGED_DM = -1_000_000;

/** Who has come from a ramp within this distance may wait for a gap at the end of its lane: 250 m (RAA) and what follows. */
const MERGING_DM = 4_000;

export function newVisit(stationId: number): Visit {
  return {
    stationId,
    route: -1,
    link: -1,
    bin: -1,
    slice: 0,
    placeDm: 0,
    enteredDm: -1,
    mergedDm: NOT_MERGED_DM,
    lastMs: Number.NaN,
    speedCmps: 0,
    distanceMm: 0,
    presenceMs: 0,
    topCmps: 0,
    topBeforeCmps: 0,
    slowestCmps: 0,
    passing: 0,
    member: undefined,
  };
}

/** C2C-CC and own: a vehicle that met the tail came from at least this many tenths of its speed. */
const JOIN_TENTHS = 16;

/** `mustMerge`: it drives on a lane that ends beside a carriageway. */
export function newMember(visit: Visit, source: string, receiver: string, mustMerge = false): Member {
  const topCmps = Math.max(visit.topCmps, visit.topBeforeCmps);
  return {
    stationId: visit.stationId,
    source,
    receiver,
    joinLink: visit.link,
    joinDm: visit.placeDm,
    joinMs: visit.lastMs,
    joinCmps: visit.speedCmps,
    metTail: topCmps * 10 >= visit.speedCmps * JOIN_TENTHS && topCmps > 0,
    fromCmps: topCmps,
    merges: mustMerge || visit.placeDm - visit.mergedDm <= MERGING_DM,
    placeDm: visit.placeDm,
    lastMs: visit.lastMs,
    speedCmps: visit.speedCmps,
    slowMs: 0,
    standMs: 0,
    stops: 0,
    stopDm: visit.placeDm,
    stopMs: 0,
    advanceDm: 0,
    hasFailed: false,
    pastCmps: visit.speedCmps,
    pastMs: visit.lastMs,
    brakingCmps2: 0,
    hardestCmps2: 0,
    hasClosedUp: false,
    fastestCmps: visit.speedCmps,
    lowestCmps: visit.speedCmps,
    upDm: -1,
    upMs: 0,
    shownDm: -1,
    reports: 1,
    queue: 0,
    isPassed: false,
  };
}

/** Below this a vehicle stands (radar for stopped vehicles: 1 m/s), and a standstill counts as a stop after this long. */
const STAND_CMPS = 100;
const STOP_MS = 2_000;

/** Metres driven between two stops of stop-and-go: more than creeping up to the vehicle in front. */
const BETWEEN_STOPS_DM = 150;

/** Decelerations are means of this time at least. */
const BRAKING_MS = 800;

/** Takes a report of a vehicle that queues. `intervalMs`: since the one before, bounded. */
export function followMember(member: Member, visit: Visit, intervalMs: number, slowCmps: number): void {
  const { placeDm, speedCmps, lastMs } = visit;
  member.placeDm = placeDm;
  member.lastMs = lastMs;
  member.speedCmps = speedCmps;
  member.reports++;
  if (lastMs - member.pastMs >= BRAKING_MS) {
    member.brakingCmps2 = Math.round(((member.pastCmps - speedCmps) * 1_000) / (lastMs - member.pastMs));
    if (member.brakingCmps2 > member.hardestCmps2) member.hardestCmps2 = member.brakingCmps2;
    member.pastCmps = speedCmps;
    member.pastMs = lastMs;
  }
  if (speedCmps < member.lowestCmps) member.lowestCmps = speedCmps;
  if (speedCmps > member.fastestCmps) member.fastestCmps = speedCmps;
  if (speedCmps < STAND_CMPS) noteStanding(member, intervalMs);
  else member.standMs = 0;
  if (!member.hasClosedUp && member.stops === 0 && speedCmps >= STILL_CMPS)
    member.hasClosedUp = closesUp(member);
  if (speedCmps <= slowCmps) {
    member.slowMs += intervalMs;
    member.upDm = -1;
  } else if (member.upDm < 0) {
    member.upDm = placeDm;
    member.upMs = lastMs;
  }
}

function noteStanding(member: Member, intervalMs: number): void {
  const before = member.standMs;
  member.standMs += intervalMs;
  if (before >= STOP_MS || member.standMs < STOP_MS) return;
  if (member.stops > 0 && member.placeDm - member.stopDm < BETWEEN_STOPS_DM) return;
  member.advanceDm = member.stops > 0 ? member.placeDm - member.stopDm : 0;
  member.stops++;
  member.stopDm = member.placeDm;
  member.stopMs = member.lastMs;
  member.fastestCmps = 0;
}

/** Nobody who is not held up drives on a motorway so slowly so far after a stop: 40 m at 15 km/h, where others start. */
const CRAWL_CMPS = 417;
const CRAWL_DM = 400;

/**
 * Has stopped, driven on and stopped again, or has driven on at a crawl: neither a breakdown nor a slow transport does
 * that.
 */
export function goesAndStops({ stops, stopDm, placeDm, fastestCmps }: Member): boolean {
  if (stops >= 2) return true;
  return stops === 1 && placeDm - stopDm >= CRAWL_DM && fastestCmps <= CRAWL_CMPS;
}

/** From the bound of queuing, who brakes to a standstill for a reason of his own stands after less: 8.3 m/s at 1.4 m/s². */
const OWN_STOP_MS = 6_000;

/** Slower than this it has come to its standstill, and its reports no longer tell when. */
const STILL_CMPS = 30;

/** Nobody coasts like that: 1.2 m/s². And the time to the standstill in tenths of that at the hardest braking. */
const FIRM_CMPS2 = 120;
const CLOSING_TENTHS = 13;

/**
 * Closes up to something that stands or crawls ahead: it brakes hard at first, and ever more gently as the gap closes
 * (Intelligent Driver Model, Treiber 2000; drivers ease off before they stand), so that it takes longer to its standstill
 * than at its hardest braking. Who stops for a reason of his own brakes evenly, coasts, or crashes.
 */
function closesUp({ joinMs, lastMs, joinCmps, speedCmps, brakingCmps2, hardestCmps2 }: Member): boolean {
  if (hardestCmps2 < FIRM_CMPS2 || brakingCmps2 <= 0) return false;
  const neededMs = lastMs - joinMs + (speedCmps * 1_000) / brakingCmps2;
  return neededMs * hardestCmps2 * 10 >= joinCmps * CLOSING_TENTHS * 1_000;
}

/**
 * Will not come to a standstill at once, as its braking stands: it rolls behind others. One that stands after braking evenly
 * may have broken down.
 */
export function rollsOn({ speedCmps, brakingCmps2, joinMs, lastMs }: Member): boolean {
  if (speedCmps < STAND_CMPS) return false;
  return brakingCmps2 <= 0 || lastMs - joinMs + (speedCmps * 1_000) / brakingCmps2 >= OWN_STOP_MS;
}
