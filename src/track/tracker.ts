import type { StationLookup } from "../domain/detector.ts";
import type { Corroboration, DecodedItem, Frame } from "../domain/frame.ts";
import { type AutomationReport, isSafetyMessage, type MotionReport } from "../domain/observation.ts";
import type { GeoPoint } from "../domain/place.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject } from "../domain/snapshot-row.ts";
import { isVulnerable, type StationType } from "../domain/station.ts";
import type { Region } from "../domain/subscription.ts";
import { type E7Extent, MovingPoints } from "../geo/moving-points.ts";
import { RoadMatcher } from "../geo/road/road-matcher.ts";
import { byLastMessage, Presence, type StationLifetime } from "./presence.ts";
import { Station, type StationWatch } from "./station.ts";
import { StationRoads } from "./station-roads.ts";
import { StationTable } from "./station-table.ts";

export interface TrackerOptions {
  /** Most stations known at once, silent ones included. About 600 B each. */
  readonly maxStations: number;
  /** Silence after which a station's clock may have been set back: an older message then is not out of order. */
  readonly orderMemoryMs: number;
  readonly vehicle: StationLifetime;
  readonly vulnerable: StationLifetime;
  readonly infrastructure: StationLifetime;
  /** Where stations drive; without a map nobody is on a road. */
  readonly roads?: RoadNetwork | undefined;
}

/**
 * Live for three times the longest interval between two messages: 1 s for CAMs (TS 103 900 §6.1.3), 5 s for VAMs (TS
 * 103 300-3, T_GenVamMax), of which two suffice. Known for 30 s, so that plausibility and top speed outlive a tunnel
 * or a gap in coverage. Roadside units stand still. `orderMemoryMs` is that of validation (`jumpMemoryMs`): a message
 * that is believed there again after a silence must move the station here.
 */
export const TRACKER_DEFAULTS: TrackerOptions = {
  maxStations: 1_000_000,
  orderMemoryMs: 10_000,
  vehicle: { liveMs: 3_000, keepMs: 30_000 },
  vulnerable: { liveMs: 10_000, keepMs: 30_000 },
  infrastructure: { liveMs: 60_000, keepMs: 60_000 },
};

const STATION_LIMIT = reject("station-limit");

/**
 * Follows every station that reports its motion. Silence is judged on ticks alone and by receive time: a station's own
 * clock is never used for that. Queries find live stations, sorted by id.
 */
export class Tracker implements StationLookup, Snapshotable {
  readonly name = "tracker";
  readonly version = 3;
  /** Safety messages that passed on although their station could not be tracked any more. */
  untracked = 0;
  readonly #maxStations: number;
  readonly #orderMemoryMs: number;
  readonly #stations = new StationTable<Station>();
  readonly #index = new MovingPoints();
  readonly #vehicles: Presence;
  readonly #vulnerable: Presence;
  readonly #infrastructure: Presence;
  readonly #presences: readonly Presence[];
  readonly #roads: StationRoads | undefined;
  #nowMs = 0;

  constructor(options: Partial<TrackerOptions> = {}) {
    const all = { ...TRACKER_DEFAULTS, ...options };
    const events = {
      onSilent: (station: Station) => this.#index.delete(station.row),
      onForgotten: (station: Station) => this.#stations.delete(station),
    };
    this.#maxStations = all.maxStations;
    this.#orderMemoryMs = all.orderMemoryMs;
    this.#vehicles = new Presence(all.vehicle, events);
    this.#vulnerable = new Presence(all.vulnerable, events);
    this.#infrastructure = new Presence(all.infrastructure, events);
    this.#presences = [this.#vehicles, this.#vulnerable, this.#infrastructure];
    this.#roads = all.roads === undefined ? undefined : new StationRoads(new RoadMatcher(all.roads));
  }

  /** Live stations. */
  get size(): number {
    return this.#index.size;
  }

  /** Stations known by id, live or silent. */
  get known(): number {
    return this.#stations.size;
  }

  /** The station, for up to 30 s after its last message; `receivedAtMs` tells how long it has been silent. */
  get(stationId: number): Station | undefined {
    return this.#stations.get(stationId);
  }

  /** The station of a row of the table, live or silent; undefined where the row is free. */
  atRow(row: number): Station | undefined {
    return this.#stations.find(row);
  }

  /** See `domain/prefetch.ts`. */
  prefetch(items: readonly DecodedItem[]): number {
    let sum = 0;
    for (const { stationId } of items) sum ^= this.#stations.prefetch(stationId);
    return sum;
  }

  /** Whether a receiver, e.g. a vehicle's own session, is among those that heard a station lately. */
  isHeardBy(stationId: number, receiver: string): boolean {
    return this.get(stationId)?.isHeardBy(receiver) ?? false;
  }

  within(center: GeoPoint, radiusM: number): readonly Station[] {
    return this.#found(this.#index.within(center, radiusM));
  }

  inShape(region: Region): readonly Station[] {
    return this.#found(this.#index.inShape(region));
  }

  /** Visits live stations of an extent in no particular order, for pictures; nothing may be reported meanwhile. */
  eachIn(extent: E7Extent, visit: (station: Station) => void): void {
    this.#index.eachIn(extent, (row) => visit(this.#stations.at(row)));
  }

  /** The `k` nearest, nearest first, equal distances by id. */
  nearest(center: GeoPoint, k: number): readonly Station[] {
    return this.#found(this.#index.nearest(center, k));
  }

  /** Takes over an accepted frame. `station-limit` where no further station fits and the frame is no safety message. */
  apply(frame: Frame): Rejection | undefined {
    this.#nowMs = frame.receivedAtMs;
    const { observation } = frame;
    if (observation.kind === "motion") return this.#applyMotion(frame, observation);
    if (observation.kind === "automation") return this.#applyAutomation(frame, observation);
    return undefined;
  }

  /** Notes a further receiver of a message that was applied before. */
  corroborate({ stationId, receiver }: Corroboration): void {
    this.get(stationId)?.hearAlso(receiver, this.#nowMs);
  }

  onTick(tickMs: number): void {
    this.#nowMs = tickMs;
    for (const presence of this.#presences) presence.onTick(tickMs);
  }

  #applyMotion(frame: Frame, report: MotionReport): Rejection | undefined {
    const known = this.get(frame.stationId);
    const station = known ?? this.#admit(frame, report.stationType);
    if (station === undefined) return this.#refuse(frame);
    const isSameKind = known?.stationType === report.stationType && report.format !== "vam";
    const isOld = this.#isOutOfOrder(station, frame);
    this.#hear(station, frame, isSameKind ? station.presence : this.#presenceOf(report));
    // It proves that the station is still there, but not where it is.
    if (isOld) return this.#enter(station);
    station.move(report, frame.observedAtMs, !frame.clockReplaced);
    station.moveTo(report.latitudeDeg, report.longitudeDeg);
    this.#enter(station);
    this.#roads?.follow(station, report.positionAccuracyM);
    return undefined;
  }

  #applyAutomation(frame: Frame, report: AutomationReport): Rejection | undefined {
    const station = this.get(frame.stationId) ?? this.#admit(frame, "unknown");
    if (station === undefined) return this.#refuse(frame);
    const isOld = this.#isOutOfOrder(station, frame);
    this.#hear(station, frame, station.presence ?? this.#vehicles);
    if (isOld) return this.#enter(station);
    station.moveBy(report, frame.observedAtMs);
    station.moveTo(report.latitudeDeg, report.longitudeDeg);
    this.#enter(station);
    this.#roads?.follow(station, undefined);
    return undefined;
  }

  #isOutOfOrder(station: Station, { observedAtMs, receivedAtMs }: Frame): boolean {
    return observedAtMs < station.observedAtMs && receivedAtMs - station.receivedAtMs <= this.#orderMemoryMs;
  }

  #hear(station: Station, { receiver, receivedAtMs }: Frame, presence: StationWatch | undefined): void {
    station.hear(receiver, receivedAtMs);
    if (station.presence !== presence || !this.#index.has(station.row)) presence?.enter(station);
  }

  /** Brings a station to its place in the index. */
  #enter(station: Station): undefined {
    this.#index.set(station.row, station.stationId, station.latitudeE7, station.longitudeE7);
  }

  /** Stations of as many rows as the index has found. */
  #found(count: number): Station[] {
    const found: Station[] = [];
    for (let i = 0; i < count; i++) found.push(this.#stations.at(this.#index.rows[i] as number));
    return found;
  }

  #admit(frame: Frame, type: StationType): Station | undefined {
    if (this.#stations.size >= this.#maxStations && !this.#forgetOne()) return undefined;
    const station = new Station(this.#stations, frame.stationId, type, frame.receiver, frame.receivedAtMs);
    this.#stations.add(station);
    return station;
  }

  /** A silent station makes room for a new one. */
  #forgetOne(): boolean {
    for (const presence of this.#presences) {
      const silent = presence.longestSilent;
      if (silent === undefined) continue;
      presence.leave(silent);
      this.#stations.delete(silent);
      return true;
    }
    return false;
  }

  #refuse(frame: Frame): Rejection | undefined {
    if (!isSafetyMessage(frame.observation)) return STATION_LIMIT;
    this.untracked++;
    return undefined;
  }

  #presenceOf({ stationType, format }: MotionReport): Presence {
    if (stationType === "infrastructure") return this.#infrastructure;
    return format === "vam" || isVulnerable(stationType) ? this.#vulnerable : this.#vehicles;
  }

  snapshot(): SnapshotValue {
    const kinds: readonly (StationWatch | undefined)[] = this.#presences;
    const stations = [...this.#stations.values()].sort(byLastMessage);
    return {
      nowMs: this.#nowMs,
      untracked: this.untracked,
      stations: stations.map((station) => [
        kinds.indexOf(station.presence),
        this.#index.has(station.row) ? 1 : 0,
        station.snapshot(),
      ]),
    };
  }

  restore(value: SnapshotValue): void {
    const { nowMs, untracked, stations } = readObject(value);
    const entries = readArray(stations).map((entry) => this.#readEntry(entry));
    for (const station of this.#stations.values()) {
      station.presence?.leave(station);
      this.#index.delete(station.row);
      this.#stations.delete(station);
    }
    this.#nowMs = readNumber(nowMs, "nowMs");
    this.untracked = readNumber(untracked, "untracked");
    for (const { station, presence, isLive } of entries) {
      this.#stations.add(station);
      if (!isLive) {
        presence.enterSilent(station);
        continue;
      }
      presence.enter(station);
      this.#enter(station);
    }
  }

  #readEntry(value: SnapshotValue): { station: Station; presence: Presence; isLive: boolean } {
    const [kind, isLive, row] = readArray(value);
    const presence = this.#presences[readNumber(kind, "kind")];
    if (row === undefined || presence === undefined)
      throw new Error("snapshot holds no such kind of station");
    return {
      station: Station.restore(row, this.#stations, this.#roads?.matcher),
      presence,
      isLive: isLive === 1,
    };
  }
}
