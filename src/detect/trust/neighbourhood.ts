import type { StationLookup, StationView } from "../../domain/detector.ts";
import { isVulnerable } from "../../domain/station.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../geo/trigonometry.ts";
import { APPEARED_CREDIT, accuse, Check } from "./evidence.ts";
import { eastCm, northCm } from "./plane.ts";
import type { TrustParameters } from "./trust-parameters.ts";
import { Flag, type TrustTable, Word } from "./trust-table.ts";

/** Stations looked at for overlap in one tick; with few stations each comes up once a second, not more. */
const OVERLAPS_PER_TICK = 20;
const EVERY_TICKS = 20;

/** Within this a station that was heard before would have been followed by the one that appears behind it. */
const WITNESS_RADIUS_M = 150;
const WITNESS_HEARD_MS = 10_000;
const SAME_WAY_DEG = 30;
const APPEARING_MPS = 8;

const E7 = 1e7;

/**
 * Looks for vehicles in the place of others, a few stations per tick in turn. Returns where to go on.
 */
export function findOverlaps(
  cursor: number,
  table: TrustTable,
  stations: StationLookup,
  roadUserOf: (stationId: number) => number,
  parameters: TrustParameters,
): number {
  const turns = Math.min(OVERLAPS_PER_TICK, Math.ceil(table.size / EVERY_TICKS));
  let row = cursor;
  for (let i = 0; i < turns; i++) {
    row = row + 1 >= table.size ? 0 : row + 1;
    judgeOverlap(table.rowAt(row), table, stations, roadUserOf, parameters);
  }
  return row;
}

function judgeOverlap(
  at: number,
  table: TrustTable,
  stations: StationLookup,
  roadUserOf: (stationId: number) => number,
  { overlapM, minorWeight }: TrustParameters,
): void {
  const { words } = table;
  const stationId = (words[at + Word.station] as number) >>> 0;
  const self = stations.get(stationId);
  if (self === undefined || !isVehicle(self)) return;
  const others = stations.within(self, overlapM);
  if (others.length < 2) return;
  const user = roadUserOf(stationId);
  const overlapping = others.some(
    (other) =>
      other.stationId !== stationId &&
      isVehicle(other) &&
      roadUserOf(other.stationId) !== user &&
      isOnSameLevel(self, other) &&
      !isOncoming(self, other) &&
      Math.abs(other.observedAtMs - self.observedAtMs) <= SAME_TIME_MS,
  );
  const flags = words[at + Word.flags] as number;
  words[at + Word.flags] = overlapping ? flags | Flag.overlapping : flags & ~Flag.overlapping;
  // Once is noise; a second later it is still so where two claim one place.
  if (overlapping && (flags & Flag.overlapping) !== 0) accuse(words, at, Check.overlap, minorWeight);
}

/** Against a wrong-way driver oncoming vehicles come close; one that is missed by inches is no liar. */
function isOncoming(a: StationView, b: StationView): boolean {
  if ((a.speedMps ?? 0) < MOVING_MPS || (b.speedMps ?? 0) < MOVING_MPS) return false;
  return headingDifferenceDeg(a.headingDeg ?? 0, b.headingDeg ?? 0) > 90;
}

const MOVING_MPS = 2;

/** Two places at different times overlap in every stream of traffic. */
const SAME_TIME_MS = 250;

function isVehicle({ stationType }: StationView): boolean {
  return stationType !== "infrastructure" && stationType !== "unknown" && !isVulnerable(stationType);
}

function isOnSameLevel(a: StationView, b: StationView): boolean {
  return (a.road?.link.level ?? 0) === (b.road?.link.level ?? 0);
}

/**
 * A vehicle that is heard for the first time although one that has been heard for long drives closely behind it on the
 * same way: it should have been heard on the way there. Loss, a trip's begin or a changed pseudonym explain that, too;
 * so it only begins with less credit.
 */
export function hasAppeared(self: StationView, stations: StationLookup): boolean {
  const { speedMps, headingDeg } = self;
  if (speedMps === undefined || headingDeg === undefined || speedMps < APPEARING_MPS) return false;
  const latitudeE7 = self.latitudeDeg * E7;
  const longitudeE7 = self.longitudeDeg * E7;
  return stations.within(self, WITNESS_RADIUS_M).some((other) => {
    if (other.stationId === self.stationId || other.headingDeg === undefined) return false;
    if (self.receivedAtMs - other.firstReceivedAtMs < WITNESS_HEARD_MS) return false;
    if (headingDifferenceDeg(headingDeg, other.headingDeg) > SAME_WAY_DEG) return false;
    const north = northCm(latitudeE7, other.latitudeDeg * E7);
    const east = eastCm(latitudeE7, longitudeE7, other.longitudeDeg * E7);
    return north * cosDeg(headingDeg) + east * sinDeg(headingDeg) < 0;
  });
}

export function markAppeared(words: Int32Array, at: number): void {
  words[at + Word.failed] = (words[at + Word.failed] as number) | Check.appeared;
  words[at + Word.credit] = (words[at + Word.credit] as number) + APPEARED_CREDIT;
}
