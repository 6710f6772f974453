import type { StationView } from "../domain/detector.ts";
import type { AutomationReport, MotionReport } from "../domain/observation.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../domain/snapshot-row.ts";
import { STATION_TYPES, type StationType } from "../domain/station.ts";
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

/** A receiver other than the last one. */
interface Hearing {
  receiver: string;
  heardAtMs: number;
}

/**
 * State of one station. Numbers that may be unknown stand as NaN or −1: V8 then updates them in place, where a field of
 * type `number | undefined` would be allocated anew with every report.
 */
export class Station extends SlackPoint implements StationView {
  stationType: StationType;
  /** Event time of the position, Unix ms; NaN before the first. */
  observedAtMs = Number.NaN;
  receivedAtMs: number;
  readonly firstReceivedAtMs: number;
  /** Neighbours in the queue, by receive time. */
  before: Station | undefined = undefined;
  after: Station | undefined = undefined;
  /** Index of the queue in the tracker's list. */
  queue = 0;
  #receiver: string;
  #others: Hearing[] | undefined = undefined;
  #speedMps = Number.NaN;
  #headingDeg = Number.NaN;
  #accelerationMps2 = Number.NaN;
  #lengthCm = -1;
  #reportsAcceleration = false;
  /** Speed that the next acceleration is derived from, mm/s (−1: none), and its age at the last report. */
  #sampleMmps = -1;
  #sampleAgeMs = 0;
  #topWindow = 0;
  #topCmps = 0;
  #topBeforeCmps = 0;

  constructor(stationId: number, type: StationType, receiver: string, receivedAtMs: number) {
    super(stationId, Number.NaN, Number.NaN);
    this.stationType = type;
    this.receivedAtMs = receivedAtMs;
    this.firstReceivedAtMs = receivedAtMs;
    this.#receiver = receiver;
  }

  get stationId(): number {
    return this.key;
  }

  get speedMps(): number | undefined {
    return known(this.#speedMps);
  }

  get headingDeg(): number | undefined {
    return known(this.#headingDeg);
  }

  get accelerationMps2(): number | undefined {
    return known(this.#accelerationMps2);
  }

  get lengthM(): number | undefined {
    return this.#lengthCm < 0 ? undefined : this.#lengthCm / 100;
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
    this.#derive(report, observedAtMs, continuous);
    this.stationType = report.stationType;
    this.observedAtMs = observedAtMs;
    this.#speedMps = report.speedMps ?? Number.NaN;
    this.#headingDeg = report.headingDeg ?? Number.NaN;
    // CAMs carry it each time, BSMs in part II only: once told, it stays.
    if (report.lengthM !== undefined) this.#lengthCm = Math.round(report.lengthM * 100);
    this.#noteSpeed(report.speedMps ?? 0);
  }

  /** Takes over what an automation event tells of the motion. */
  moveBy(report: AutomationReport, observedAtMs: number): void {
    this.observedAtMs = observedAtMs;
    if (report.headingDeg !== undefined) this.#headingDeg = report.headingDeg;
    if (report.speedMps === undefined) return;
    this.#speedMps = report.speedMps;
    this.#noteSpeed(report.speedMps);
  }

  #derive(report: MotionReport, observedAtMs: number, continuous: boolean): void {
    if (report.accelerationMps2 !== undefined) {
      this.#reportsAcceleration = true;
      this.#accelerationMps2 = report.accelerationMps2;
      return;
    }
    if (this.#reportsAcceleration) {
      this.#accelerationMps2 = Number.NaN;
      return;
    }
    if (report.speedMps === undefined || !continuous) {
      this.#sampleMmps = -1;
      this.#accelerationMps2 = Number.NaN;
      return;
    }
    this.#deriveFrom(
      Math.round(report.speedMps * 1_000),
      observedAtMs - this.observedAtMs + this.#sampleAgeMs,
    );
  }

  #deriveFrom(speedMmps: number, elapsedMs: number): void {
    const isUsable = this.#sampleMmps >= 0 && elapsedMs <= MAX_SAMPLE_MS;
    if (isUsable && elapsedMs < MIN_SAMPLE_MS) {
      this.#sampleAgeMs = elapsedMs;
      return;
    }
    // mm/s over ms are m/s².
    this.#accelerationMps2 = isUsable
      ? Math.round(((speedMmps - this.#sampleMmps) / elapsedMs) * 100) / 100
      : Number.NaN;
    this.#sampleMmps = speedMmps;
    this.#sampleAgeMs = 0;
  }

  #noteSpeed(speedMps: number): void {
    const window = Math.floor(this.receivedAtMs / TOP_SPEED_WINDOW_MS);
    if (window !== this.#topWindow) {
      this.#topBeforeCmps = window === this.#topWindow + 1 ? this.#topCmps : 0;
      this.#topCmps = 0;
      this.#topWindow = window;
    }
    const speedCmps = Math.round(speedMps * 100);
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
      this.latitudeDeg,
      this.longitudeDeg,
      this.#speedMps,
      this.#headingDeg,
      this.#accelerationMps2,
      this.#lengthCm,
      this.observedAtMs,
      this.receivedAtMs,
      this.firstReceivedAtMs,
      this.#reportsAcceleration ? 1 : 0,
      this.#sampleMmps,
      this.#sampleAgeMs,
      this.#topWindow,
      this.#topCmps,
      this.#topBeforeCmps,
      this.#receiver,
      ...(this.#others ?? []).flatMap(({ receiver, heardAtMs }) => [receiver, heardAtMs]),
    ].map((value) => (Number.isNaN(value) ? null : value));
  }

  /** @throws Error on what `snapshot` cannot have made. */
  static restore(value: SnapshotValue): Station {
    const row = readArray(value);
    const number = (i: number) => (row[i] === null ? Number.NaN : readNumber(row[i], `station[${i}]`));
    const type = STATION_TYPES[number(1)];
    if (type === undefined) throw new Error(`snapshot holds the station type ${JSON.stringify(row[1])}`);
    const station = new Station(number(0), type, readString(row[17], "station[17]"), number(10));
    station.latitudeDeg = number(2);
    station.longitudeDeg = number(3);
    station.#speedMps = number(4);
    station.#headingDeg = number(5);
    station.#accelerationMps2 = number(6);
    station.#lengthCm = number(7);
    station.observedAtMs = number(8);
    station.receivedAtMs = number(9);
    station.#reportsAcceleration = number(11) === 1;
    station.#sampleMmps = number(12);
    station.#sampleAgeMs = number(13);
    station.#topWindow = number(14);
    station.#topCmps = number(15);
    station.#topBeforeCmps = number(16);
    for (let i = 18; i + 1 < row.length; i += 2) {
      station.#others ??= [];
      station.#others.push({ receiver: readString(row[i], `station[${i}]`), heardAtMs: number(i + 1) });
    }
    return station;
  }
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
