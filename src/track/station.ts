import type { StationView } from "../domain/detector.ts";
import type { AutomationReport, MotionReport } from "../domain/observation.ts";
import type { RoadMatch } from "../domain/road.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../domain/snapshot-row.ts";
import { STATION_TYPES, type StationType } from "../domain/station.ts";
import type { RoadMatcher } from "../geo/road/road-matcher.ts";
import type { RoadTrack } from "../geo/road/road-track.ts";
import { doubleOffset, type StationTable, wordOffset } from "./station-table.ts";

/** Half of the time that a top speed is remembered: the present window and the one before count. */
const TOP_SPEED_WINDOW_MS = 60_000;

/** Speeds closer than this give accelerations made of rounding: 0.01 m/s in 50 ms are 0.2 m/s². */
const MIN_SAMPLE_MS = 50;

/** Speeds farther apart miss the braking between them; vehicles report once a second at least (TS 103 900 §6.1.3). */
const MAX_SAMPLE_MS = 1_500;

/** How long a receiver counts after it heard the station. */
const RECEIVER_MEMORY_MS = 5_000;

/** Receivers remembered per station; more say nothing more. */
const MAX_RECEIVERS = 8;

/** Who watches over a station's silence. */
export interface StationWatch {
  enter(station: Station): void;
  leave(station: Station): void;
}

/** A receiver other than the last one. */
interface Hearing {
  receiver: string;
  heardAtMs: number;
}

/** Stands for "unknown" in integers that may be negative; no acceleration of the wire reaches it. */
const UNKNOWN = -0x40000000;

/** What stands in the words of a station's row. */
const ID = 0;
const LATITUDE_E7 = 1;
const LONGITUDE_E7 = 2;
const SPEED_CMPS = 3;
const HEADING_DDEG = 4;
const ACCELERATION_CMPS2 = 5;
const LENGTH_CM = 6;
/** Speed that the next acceleration is derived from, and its age at the last report. */
const SAMPLE_CMPS = 7;
const SAMPLE_AGE_MS = 8;
const TOP_WINDOW = 9;
const TOP_CMPS = 10;
const TOP_BEFORE_CMPS = 11;
const SLOT = 12;
/** Index of the type of station, and above it whether it reports its acceleration. */
const TYPE = 13;
const TYPE_MASK = 0xff;
const REPORTS_ACCELERATION = 0x100;

/** What stands in the doubles of the row. */
const OBSERVED_MS = 0;
const RECEIVED_MS = 1;
const FIRST_RECEIVED_MS = 2;

/** Words of the row that a snapshot takes over as they are. */
const KEPT_WORDS = [
  LATITUDE_E7,
  LONGITUDE_E7,
  SPEED_CMPS,
  HEADING_DDEG,
  ACCELERATION_CMPS2,
  LENGTH_CM,
  SAMPLE_CMPS,
  SAMPLE_AGE_MS,
  TOP_WINDOW,
  TOP_CMPS,
  TOP_BEFORE_CMPS,
  TYPE,
] as const;

/**
 * State of one station. Its numbers stand in a row of the tracker's table, in the integers of the wire (cm/s, 0.1°,
 * cm/s², cm); the object is the way to them. Once forgotten it must not be read: its row may be another station's.
 */
export class Station implements StationView {
  readonly row: number;
  /** Its watch. */
  presence: StationWatch | undefined = undefined;
  /** Where it drives, and what the map matcher remembers of it. */
  road: RoadMatch | undefined = undefined;
  track: RoadTrack | undefined = undefined;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  #receiver: string;
  #others: Hearing[] | undefined = undefined;

  constructor(
    table: StationTable<Station>,
    stationId: number,
    type: StationType,
    receiver: string,
    receivedAtMs: number,
  ) {
    this.row = table.take(stationId);
    const { words, doubles } = table.blockOf(this.row);
    this.#words = words;
    this.#doubles = doubles;
    this.#receiver = receiver;
    for (const word of [SPEED_CMPS, HEADING_DDEG, ACCELERATION_CMPS2, LENGTH_CM, SAMPLE_CMPS]) {
      this.#words[wordOffset(this.row) + word] = UNKNOWN;
    }
    this.slot = -1;
    this.#words[wordOffset(this.row) + TYPE] = indexOf(type);
    this.#doubles[doubleOffset(this.row) + OBSERVED_MS] = Number.NaN;
    this.#doubles[doubleOffset(this.row) + FIRST_RECEIVED_MS] = receivedAtMs;
    this.receivedAtMs = receivedAtMs;
  }

  get stationId(): number {
    return (this.#words[wordOffset(this.row) + ID] as number) >>> 0;
  }

  get stationType(): StationType {
    return STATION_TYPES[(this.#words[wordOffset(this.row) + TYPE] as number) & TYPE_MASK] as StationType;
  }

  /** Event time of the position, Unix ms; NaN before the first. */
  get observedAtMs(): number {
    return this.#doubles[doubleOffset(this.row) + OBSERVED_MS] as number;
  }

  get receivedAtMs(): number {
    return this.#doubles[doubleOffset(this.row) + RECEIVED_MS] as number;
  }

  set receivedAtMs(value: number) {
    this.#doubles[doubleOffset(this.row) + RECEIVED_MS] = value;
  }

  get firstReceivedAtMs(): number {
    return this.#doubles[doubleOffset(this.row) + FIRST_RECEIVED_MS] as number;
  }

  /** The slot of its watch's wheel where it waits; −1: in none. */
  get slot(): number {
    return this.#words[wordOffset(this.row) + SLOT] as number;
  }

  set slot(value: number) {
    this.#words[wordOffset(this.row) + SLOT] = value;
  }

  get latitudeE7(): number {
    return this.#words[wordOffset(this.row) + LATITUDE_E7] as number;
  }

  get longitudeE7(): number {
    return this.#words[wordOffset(this.row) + LONGITUDE_E7] as number;
  }

  /** Notes its place, rounded to 1e-7 degrees as `roundE7` does. */
  moveTo(latitudeDeg: number, longitudeDeg: number): void {
    this.#words[wordOffset(this.row) + LATITUDE_E7] = Math.round(latitudeDeg * 1e7);
    this.#words[wordOffset(this.row) + LONGITUDE_E7] = Math.round(longitudeDeg * 1e7);
  }

  get latitudeDeg(): number {
    return this.latitudeE7 / 1e7;
  }

  get longitudeDeg(): number {
    return this.longitudeE7 / 1e7;
  }

  get speedMps(): number | undefined {
    return scaled(this.#words[wordOffset(this.row) + SPEED_CMPS] as number, 100);
  }

  get headingDeg(): number | undefined {
    return scaled(this.#words[wordOffset(this.row) + HEADING_DDEG] as number, 10);
  }

  get accelerationMps2(): number | undefined {
    return scaled(this.#words[wordOffset(this.row) + ACCELERATION_CMPS2] as number, 100);
  }

  get lengthM(): number | undefined {
    return scaled(this.#words[wordOffset(this.row) + LENGTH_CM] as number, 100);
  }

  get recentTopSpeedMps(): number {
    return (
      Math.max(
        this.#words[wordOffset(this.row) + TOP_CMPS] as number,
        this.#words[wordOffset(this.row) + TOP_BEFORE_CMPS] as number,
      ) / 100
    );
  }

  get receiverCount(): number {
    let count = 1;
    for (const { heardAtMs } of this.#others ?? []) {
      if (this.receivedAtMs - heardAtMs <= RECEIVER_MEMORY_MS) count++;
    }
    return count;
  }

  /** Reads the first and the last number of its row, which stand in two lines of the cache. */
  prefetch(): number {
    const ahead =
      (this.#words[wordOffset(this.row) + ID] as number) ^
      (this.#doubles[doubleOffset(this.row) + FIRST_RECEIVED_MS] as number);
    return this.track === undefined ? ahead : ahead ^ this.track.prefetch();
  }

  /** Whether a receiver is among those that heard the station lately. */
  isHeardBy(receiver: string): boolean {
    return (
      receiver === this.#receiver || (this.#others?.some((hearing) => hearing.receiver === receiver) ?? false)
    );
  }

  /** Notes that a message has come, whatever its time. */
  hear(receiver: string, receivedAtMs: number): void {
    if (receiver !== this.#receiver) this.#changeReceiver(receiver);
    this.receivedAtMs = receivedAtMs;
  }

  /** Notes that another receiver heard the same message. */
  hearAlso(receiver: string, nowMs: number): void {
    if (receiver === this.#receiver) return;
    const other = this.#others?.find((hearing) => hearing.receiver === receiver);
    if (other === undefined) this.#addOther({ receiver, heardAtMs: nowMs });
    else other.heardAtMs = nowMs;
  }

  /** Takes over what a report says, except its position. `continuous`: its clock can be trusted. */
  move(report: MotionReport, observedAtMs: number, continuous: boolean): void {
    const speedCmps = whole(report.speedMps, 100);
    if (report.accelerationMps2 === undefined) this.#derive(speedCmps, observedAtMs, continuous);
    const type = this.#words[wordOffset(this.row) + TYPE] as number;
    const reported =
      (type & REPORTS_ACCELERATION) | (report.accelerationMps2 === undefined ? 0 : REPORTS_ACCELERATION);
    if (reported !== 0) {
      this.#words[wordOffset(this.row) + ACCELERATION_CMPS2] = whole(report.accelerationMps2, 100);
    }
    const isSameType = STATION_TYPES[type & TYPE_MASK] === report.stationType;
    this.#words[wordOffset(this.row) + TYPE] =
      reported | (isSameType ? type & TYPE_MASK : indexOf(report.stationType));
    this.#doubles[doubleOffset(this.row) + OBSERVED_MS] = observedAtMs;
    this.#words[wordOffset(this.row) + HEADING_DDEG] = whole(report.headingDeg, 10);
    // CAMs carry it each time, BSMs in part II only: once told, it stays.
    if (report.lengthM !== undefined)
      this.#words[wordOffset(this.row) + LENGTH_CM] = whole(report.lengthM, 100);
    this.#setSpeed(speedCmps);
  }

  /** Takes over what an automation event tells of the motion. */
  moveBy(report: AutomationReport, observedAtMs: number): void {
    this.#doubles[doubleOffset(this.row) + OBSERVED_MS] = observedAtMs;
    if (report.headingDeg !== undefined)
      this.#words[wordOffset(this.row) + HEADING_DDEG] = whole(report.headingDeg, 10);
    if (report.speedMps !== undefined) this.#setSpeed(whole(report.speedMps, 100));
  }

  #derive(speedCmps: number, observedAtMs: number, continuous: boolean): void {
    const sampleCmps = this.#words[wordOffset(this.row) + SAMPLE_CMPS] as number;
    const elapsedMs =
      observedAtMs - this.observedAtMs + (this.#words[wordOffset(this.row) + SAMPLE_AGE_MS] as number);
    const isUsable = continuous && elapsedMs >= 0 && speedCmps !== UNKNOWN && sampleCmps !== UNKNOWN;
    if (isUsable && elapsedMs < MIN_SAMPLE_MS) {
      this.#words[wordOffset(this.row) + SAMPLE_AGE_MS] = Math.round(elapsedMs);
      return;
    }
    this.#words[wordOffset(this.row) + ACCELERATION_CMPS2] =
      isUsable && elapsedMs <= MAX_SAMPLE_MS
        ? Math.round(((speedCmps - sampleCmps) * 1_000) / elapsedMs)
        : UNKNOWN;
    this.#words[wordOffset(this.row) + SAMPLE_CMPS] = continuous ? speedCmps : UNKNOWN;
    this.#words[wordOffset(this.row) + SAMPLE_AGE_MS] = 0;
  }

  #setSpeed(speedCmps: number): void {
    this.#words[wordOffset(this.row) + SPEED_CMPS] = speedCmps;
    const window = Math.floor(this.receivedAtMs / TOP_SPEED_WINDOW_MS);
    const topWindow = this.#words[wordOffset(this.row) + TOP_WINDOW] as number;
    if (window !== topWindow) {
      this.#words[wordOffset(this.row) + TOP_BEFORE_CMPS] =
        window === topWindow + 1 ? (this.#words[wordOffset(this.row) + TOP_CMPS] as number) : 0;
      this.#words[wordOffset(this.row) + TOP_CMPS] = 0;
      this.#words[wordOffset(this.row) + TOP_WINDOW] = window;
    }
    if (speedCmps > (this.#words[wordOffset(this.row) + TOP_CMPS] as number))
      this.#words[wordOffset(this.row) + TOP_CMPS] = speedCmps;
  }

  #changeReceiver(receiver: string): void {
    const other = this.#others?.find((hearing) => hearing.receiver === receiver);
    if (other === undefined) {
      this.#addOther({ receiver: this.#receiver, heardAtMs: this.receivedAtMs });
    } else {
      other.receiver = this.#receiver;
      other.heardAtMs = this.receivedAtMs;
    }
    this.#receiver = receiver;
  }

  /** The one heard longest ago makes room. */
  #addOther(hearing: Hearing): void {
    const oldestMs = hearing.heardAtMs - RECEIVER_MEMORY_MS;
    const others = (this.#others ?? []).filter(({ heardAtMs }) => heardAtMs >= oldestMs);
    if (others.length >= MAX_RECEIVERS - 1) {
      others.sort((a, b) => b.heardAtMs - a.heardAtMs || (a.receiver < b.receiver ? -1 : 1)).pop();
    }
    others.push(hearing);
    this.#others = others;
  }

  snapshot(): SnapshotValue {
    return [
      this.stationId,
      this.#receiver,
      this.receivedAtMs,
      this.firstReceivedAtMs,
      this.observedAtMs,
      ...KEPT_WORDS.map((word) => this.#words[wordOffset(this.row) + word] as number),
      this.track?.snapshot() ?? null,
      ...(this.#others ?? []).flatMap(({ receiver, heardAtMs }) => [receiver, heardAtMs]),
    ];
  }

  /** @throws Error on what `snapshot` cannot have made. */
  static restore(
    value: SnapshotValue,
    table: StationTable<Station>,
    matcher: RoadMatcher | undefined,
  ): Station {
    const row = readArray(value);
    const number = (i: number) => readNumber(row[i], `station[${i}]`);
    const text = (i: number) => readString(row[i], `station[${i}]`);
    const station = new Station(table, number(0), "unknown", text(1), number(3));
    station.receivedAtMs = number(2);
    station.#doubles[doubleOffset(station.row) + OBSERVED_MS] = number(4);
    for (const [i, word] of KEPT_WORDS.entries())
      station.#words[wordOffset(station.row) + word] = number(5 + i);
    if (station.stationType === undefined) throw new Error("snapshot holds no such type of station");
    const trackAt = 5 + KEPT_WORDS.length;
    if (matcher !== undefined && row[trackAt] !== null) station.#restoreRoad(row[trackAt], matcher);
    const others: Hearing[] = [];
    for (let i = trackAt + 1; i < row.length; i += 2) {
      others.push({ receiver: text(i), heardAtMs: number(i + 1) });
    }
    if (others.length > 0) station.#others = others;
    return station;
  }

  #restoreRoad(value: SnapshotValue | undefined, matcher: RoadMatcher): void {
    this.track = matcher.restoreTrack(value);
    this.road = matcher.matchOf(this.track);
  }
}

function scaled(value: number, unitsPerSi: number): number | undefined {
  return value === UNKNOWN ? undefined : value / unitsPerSi;
}

function whole(value: number | undefined, unitsPerSi: number): number {
  return value === undefined ? UNKNOWN : Math.round(value * unitsPerSi);
}

function indexOf(type: StationType): number {
  return STATION_TYPES.indexOf(type);
}
