import type { StationView } from "../domain/detector.ts";
import type { AutomationReport, MotionReport } from "../domain/observation.ts";
import type { RoadMatch } from "../domain/road.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../domain/snapshot-row.ts";
import { STATION_TYPES, type StationType } from "../domain/station.ts";
import type { RoadMatcher } from "../geo/road/road-matcher.ts";
import type { RoadTrack } from "../geo/road/road-track.ts";
import { SlackPoint } from "../geo/slack-index.ts";

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

/**
 * State of one station. What a message tells stands in the integers of the wire (cm/s, 0.1°, cm/s², cm), so that V8 keeps
 * it in the object itself and a report is taken over without allocating.
 */
export class Station extends SlackPoint implements StationView {
  stationType: StationType;
  /** Event time of the position, Unix ms; NaN before the first. */
  observedAtMs = Number.NaN;
  // A double from the start: V8 then writes later ones in place. Declared without a value it begins as undefined, and
  // each report would leave an old number for the collector (12 MB in 10 s at 200,000 reports/s).
  receivedAtMs = Number.NaN;
  readonly firstReceivedAtMs: number;
  /** Its watch, and the slot of the wheel where it waits there; −1: in none. */
  presence: StationWatch | undefined = undefined;
  slot = -1;
  /** Where it drives, and what the map matcher remembers of it. */
  road: RoadMatch | undefined = undefined;
  track: RoadTrack | undefined = undefined;
  #receiver: string;
  #others: Hearing[] | undefined = undefined;
  #speedCmps = UNKNOWN;
  #headingDdeg = UNKNOWN;
  #accelerationCmps2 = UNKNOWN;
  #lengthCm = UNKNOWN;
  #reportsAcceleration = false;
  /** Speed that the next acceleration is derived from, and its age at the last report. */
  #sampleCmps = UNKNOWN;
  #sampleAgeMs = 0;
  #topWindow = 0;
  #topCmps = 0;
  #topBeforeCmps = 0;

  constructor(stationId: number, type: StationType, receiver: string, receivedAtMs: number) {
    super(stationId);
    this.stationType = type;
    this.receivedAtMs = receivedAtMs;
    this.firstReceivedAtMs = receivedAtMs;
    this.#receiver = receiver;
  }

  get stationId(): number {
    return this.key;
  }

  get speedMps(): number | undefined {
    return scaled(this.#speedCmps, 100);
  }

  get headingDeg(): number | undefined {
    return scaled(this.#headingDdeg, 10);
  }

  get accelerationMps2(): number | undefined {
    return scaled(this.#accelerationCmps2, 100);
  }

  get lengthM(): number | undefined {
    return scaled(this.#lengthCm, 100);
  }

  get recentTopSpeedMps(): number {
    return Math.max(this.#topCmps, this.#topBeforeCmps) / 100;
  }

  get receiverCount(): number {
    let count = 1;
    for (const { heardAtMs } of this.#others ?? []) {
      if (this.receivedAtMs - heardAtMs <= RECEIVER_MEMORY_MS) count++;
    }
    return count;
  }

  /** Reads the first and the last of its fields: it fills several lines of the cache. */
  prefetch(): number {
    const ahead = this.minX ^ this.slot ^ this.#topBeforeCmps;
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

  /** Takes over what a report says, except its position, which the index writes. `continuous`: its clock can be trusted. */
  move(report: MotionReport, observedAtMs: number, continuous: boolean): void {
    const speedCmps = whole(report.speedMps, 100);
    if (report.accelerationMps2 === undefined) this.#derive(speedCmps, observedAtMs, continuous);
    else this.#reportsAcceleration = true;
    if (this.#reportsAcceleration) this.#accelerationCmps2 = whole(report.accelerationMps2, 100);
    this.stationType = report.stationType;
    this.observedAtMs = observedAtMs;
    this.#headingDdeg = whole(report.headingDeg, 10);
    // CAMs carry it each time, BSMs in part II only: once told, it stays.
    if (report.lengthM !== undefined) this.#lengthCm = whole(report.lengthM, 100);
    this.#setSpeed(speedCmps);
  }

  /** Takes over what an automation event tells of the motion. */
  moveBy(report: AutomationReport, observedAtMs: number): void {
    this.observedAtMs = observedAtMs;
    if (report.headingDeg !== undefined) this.#headingDdeg = whole(report.headingDeg, 10);
    if (report.speedMps !== undefined) this.#setSpeed(whole(report.speedMps, 100));
  }

  #derive(speedCmps: number, observedAtMs: number, continuous: boolean): void {
    const elapsedMs = observedAtMs - this.observedAtMs + this.#sampleAgeMs;
    const isUsable = continuous && elapsedMs >= 0 && speedCmps !== UNKNOWN && this.#sampleCmps !== UNKNOWN;
    if (isUsable && elapsedMs < MIN_SAMPLE_MS) {
      this.#sampleAgeMs = elapsedMs;
      return;
    }
    this.#accelerationCmps2 =
      isUsable && elapsedMs <= MAX_SAMPLE_MS
        ? Math.round(((speedCmps - this.#sampleCmps) * 1_000) / elapsedMs)
        : UNKNOWN;
    this.#sampleCmps = continuous ? speedCmps : UNKNOWN;
    this.#sampleAgeMs = 0;
  }

  #setSpeed(speedCmps: number): void {
    this.#speedCmps = speedCmps;
    const window = Math.floor(this.receivedAtMs / TOP_SPEED_WINDOW_MS);
    if (window !== this.#topWindow) {
      this.#topBeforeCmps = window === this.#topWindow + 1 ? this.#topCmps : 0;
      this.#topCmps = 0;
      this.#topWindow = window;
    }
    if (speedCmps > this.#topCmps) this.#topCmps = speedCmps;
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
      this.key,
      STATION_TYPES.indexOf(this.stationType),
      this.receivedAtMs,
      this.firstReceivedAtMs,
      this.observedAtMs,
      this.latitudeE7,
      this.longitudeE7,
      this.#speedCmps,
      this.#headingDdeg,
      this.#accelerationCmps2,
      this.#lengthCm,
      this.#reportsAcceleration ? 1 : 0,
      this.#sampleCmps,
      this.#sampleAgeMs,
      this.#topWindow,
      this.#topCmps,
      this.#topBeforeCmps,
      this.#receiver,
      this.track?.snapshot() ?? null,
      ...(this.#others ?? []).flatMap(({ receiver, heardAtMs }) => [receiver, heardAtMs]),
    ];
  }

  /** @throws Error on what `snapshot` cannot have made. */
  static restore(value: SnapshotValue, matcher: RoadMatcher | undefined): Station {
    const row = readArray(value);
    const number = (i: number) => readNumber(row[i], `station[${i}]`);
    const text = (i: number) => readString(row[i], `station[${i}]`);
    const type = STATION_TYPES[number(1)];
    if (type === undefined) throw new Error(`snapshot holds the station type ${JSON.stringify(row[1])}`);
    const station = new Station(number(0), type, text(17), number(3));
    station.receivedAtMs = number(2);
    station.observedAtMs = number(4);
    station.latitudeE7 = number(5);
    station.longitudeE7 = number(6);
    station.#speedCmps = number(7);
    station.#headingDdeg = number(8);
    station.#accelerationCmps2 = number(9);
    station.#lengthCm = number(10);
    station.#reportsAcceleration = number(11) === 1;
    station.#sampleCmps = number(12);
    station.#sampleAgeMs = number(13);
    station.#topWindow = number(14);
    station.#topCmps = number(15);
    station.#topBeforeCmps = number(16);
    if (matcher !== undefined && row[18] !== null) station.#restoreRoad(row[18], matcher);
    const others: Hearing[] = [];
    for (let i = 19; i < row.length; i += 2) others.push({ receiver: text(i), heardAtMs: number(i + 1) });
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
