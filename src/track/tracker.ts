import type { StationLookup } from "../domain/detector.ts";
import type { Corroboration, Frame } from "../domain/frame.ts";
import { type AutomationReport, isSafetyMessage, type MotionReport } from "../domain/observation.ts";
import type { GeoBox, GeoPoint } from "../domain/place.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject } from "../domain/snapshot-row.ts";
import { isVulnerable, type StationType } from "../domain/station.ts";
import type { PreparedShape } from "../geo/shapes.ts";
import { SlackIndex } from "../geo/slack-index.ts";
import { Station } from "./station.ts";
import { type StationLifetime, StationQueue } from "./station-queue.ts";

export interface TrackerOptions {
  /** Most stations known at once, silent ones included. About 600 B each. */
  readonly maxStations: number;
  readonly vehicle: StationLifetime;
  readonly vulnerable: StationLifetime;
  readonly infrastructure: StationLifetime;
}

/**
 * Live for three times the longest interval between two messages: 1 s for CAMs (TS 103 900 §6.1.3), 5 s for VAMs (TS
 * 103 300-3, T_GenVamMax), of which two suffice. Known for 30 s, so that plausibility and top speed outlive a tunnel
 * or a gap in coverage. Roadside units stand still.
 */
export const TRACKER_DEFAULTS: TrackerOptions = {
  maxStations: 1_000_000,
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
  readonly version = 1;
  /** Safety messages that passed on although their station could not be tracked any more. */
  untracked = 0;
  readonly #maxStations: number;
  /** Keyed by the id as a signed integer, which V8 keeps without an allocation. */
  readonly #stations = new Map<number, Station>();
  readonly #index = new SlackIndex<Station>();
  readonly #vehicles: StationQueue;
  readonly #vulnerable: StationQueue;
  readonly #infrastructure: StationQueue;
  readonly #queues: readonly StationQueue[];
  #nowMs = 0;

  constructor(options: Partial<TrackerOptions> = {}) {
    const { maxStations, vehicle, vulnerable, infrastructure } = { ...TRACKER_DEFAULTS, ...options };
    this.#maxStations = maxStations;
    this.#vehicles = new StationQueue(0, vehicle);
    this.#vulnerable = new StationQueue(1, vulnerable);
    this.#infrastructure = new StationQueue(2, infrastructure);
    this.#queues = [this.#vehicles, this.#vulnerable, this.#infrastructure];
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
    return this.#stations.get(stationId | 0);
  }

  within(center: GeoPoint, radiusM: number): readonly Station[] {
    return this.#index.within(center, radiusM);
  }

  inBox(box: GeoBox): readonly Station[] {
    return this.#index.inBox(box);
  }

  /** The ring must have passed `shapeProblem`. */
  inPolygon(ring: readonly GeoPoint[]): readonly Station[] {
    return this.#index.inPolygon(ring);
  }

  inShape(shape: PreparedShape): readonly Station[] {
    return this.#index.inShape(shape);
  }

  /** The `k` nearest, nearest first, equal distances by id. */
  nearest(center: GeoPoint, k: number): readonly Station[] {
    return this.#index.nearest(center, k);
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
    for (const queue of this.#queues) queue.expire(tickMs, this.#onSilent, this.#onForgotten);
  }

  readonly #onSilent = (station: Station): void => {
    this.#index.delete(station);
  };

  readonly #onForgotten = (station: Station): void => {
    this.#index.delete(station);
    this.#stations.delete(station.stationId | 0);
  };

  #applyMotion(frame: Frame, report: MotionReport): Rejection | undefined {
    const queue = this.#queueOf(report.stationType, report.format);
    const station = this.#hear(frame, report.stationType, queue);
    if (station === undefined) return this.#refuse(frame);
    if (frame.observedAtMs < station.observedAtMs) return this.#stay(station);
    station.move(report, frame.observedAtMs, !frame.clockReplaced);
    this.#index.set(station, report.latitudeDeg, report.longitudeDeg);
    return undefined;
  }

  #applyAutomation(frame: Frame, report: AutomationReport): Rejection | undefined {
    const known = this.get(frame.stationId);
    const queue = known === undefined ? this.#vehicles : (this.#queues[known.queue] as StationQueue);
    const station = this.#hear(frame, known?.stationType ?? "unknown", queue);
    if (station === undefined) return this.#refuse(frame);
    if (frame.observedAtMs < station.observedAtMs) return this.#stay(station);
    station.moveBy(report, frame.observedAtMs);
    this.#index.set(station, report.latitudeDeg, report.longitudeDeg);
    return undefined;
  }

  /** The station of a frame as the one heard last; undefined where there is no room for it. */
  #hear(frame: Frame, type: StationType, queue: StationQueue): Station | undefined {
    const known = this.get(frame.stationId);
    if (known === undefined) return this.#admit(frame, type, queue);
    (this.#queues[known.queue] as StationQueue).remove(known);
    known.hear(frame.receiver, frame.receivedAtMs);
    queue.append(known);
    return known;
  }

  /** What arrives out of order proves that the station is still there, but not where it is. */
  #stay(station: Station): undefined {
    this.#index.set(station, station.latitudeDeg, station.longitudeDeg);
  }

  #admit(frame: Frame, type: StationType, queue: StationQueue): Station | undefined {
    if (this.#stations.size >= this.#maxStations && !this.#forgetOne()) return undefined;
    const station = new Station(frame.stationId, type, frame.receiver, frame.receivedAtMs);
    this.#stations.set(frame.stationId | 0, station);
    queue.append(station);
    return station;
  }

  /** A silent station makes room for a new one. */
  #forgetOne(): boolean {
    for (const queue of this.#queues) {
      const silent = queue.longestSilent;
      if (silent === undefined) continue;
      queue.remove(silent);
      this.#onForgotten(silent);
      return true;
    }
    return false;
  }

  #refuse(frame: Frame): Rejection | undefined {
    if (!isSafetyMessage(frame.observation)) return STATION_LIMIT;
    this.untracked++;
    return undefined;
  }

  #queueOf(type: StationType, format: MotionReport["format"]): StationQueue {
    if (type === "infrastructure") return this.#infrastructure;
    return format === "vam" || isVulnerable(type) ? this.#vulnerable : this.#vehicles;
  }

  snapshot(): SnapshotValue {
    const queues = this.#queues.map((queue) =>
      Array.from(queue.stations(), ({ station, isLive }) => [isLive ? 1 : 0, station.snapshot()]),
    );
    return { nowMs: this.#nowMs, untracked: this.untracked, queues };
  }

  restore(value: SnapshotValue): void {
    const { nowMs, untracked, queues } = readObject(value);
    const lists = readArray(queues).map((list) => readArray(list).map(readEntry));
    if (lists.length !== this.#queues.length)
      throw new Error(`snapshot holds ${lists.length} queues of stations`);
    for (const queue of this.#queues) {
      for (const { station } of [...queue.stations()]) {
        queue.remove(station);
        this.#onForgotten(station);
      }
    }
    this.#nowMs = readNumber(nowMs, "nowMs");
    this.untracked = readNumber(untracked, "untracked");
    for (const [i, list] of lists.entries()) {
      for (const { station, isLive } of list) this.#take(station, isLive, this.#queues[i] as StationQueue);
    }
  }

  #take(station: Station, isLive: boolean, queue: StationQueue): void {
    this.#stations.set(station.stationId | 0, station);
    queue.restore(station, isLive);
    if (isLive) this.#index.set(station, station.latitudeDeg, station.longitudeDeg);
  }
}

function readEntry(value: SnapshotValue): { readonly station: Station; readonly isLive: boolean } {
  const [isLive, row] = readArray(value);
  if (row === undefined) throw new Error("snapshot holds a station without state");
  return { station: Station.restore(row), isLive: isLive === 1 };
}
