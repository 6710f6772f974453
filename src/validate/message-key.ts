import type { DecodedItem } from "../domain/frame.ts";
import { AUTOMATION_EVENTS, type AutomationReport, type MotionReport } from "../domain/observation.ts";
import { Digest } from "./digest.ts";

const UNKNOWN = -0x80000000;

const KIND_CODES = {
  motion: 0,
  automation: 3,
  perception: 4,
  signal: 5,
  intersection: 6,
  sensor: 7,
  hazard: 8,
} as const;
const FORMAT_CODES = { cam: 0, bsm: 1, vam: 2 } as const;

/**
 * What makes two messages copies of one: station, time, kind, place, speed, heading, acceleration and every flag, in the
 * integers of the wire, so that equal keys mean equal messages. Reports that hold lists are compared by a 64-bit digest.
 * One object is filled again and again.
 */
export class MessageKey {
  observedAtMs = 0;
  stationId = 0;
  kind = 0;
  latitudeE7 = 0;
  longitudeE7 = 0;
  speedCmps = UNKNOWN;
  headingDdeg = UNKNOWN;
  accelerationCmps2 = UNKNOWN;
  detailA = 0;
  detailB = 0;
  hash = 0;
  readonly #digest = new Digest();

  read({ stationId, observedAtMs, observation }: DecodedItem): void {
    this.stationId = stationId | 0;
    this.observedAtMs = observedAtMs;
    this.kind = KIND_CODES[observation.kind];
    if (observation.kind === "motion") this.#readMotion(observation);
    else if (observation.kind === "automation") this.#readAutomation(observation);
    else this.#readLists(observation);
    this.hash = this.#mixed();
  }

  #readMotion(report: MotionReport): void {
    this.kind += FORMAT_CODES[report.format];
    this.#place(report.latitudeDeg, report.longitudeDeg);
    this.#motion(report.speedMps, report.headingDeg, report.accelerationMps2);
    this.detailA = report.controlBits | (report.lightBits << 8) | (report.eventBits << 16);
    this.detailB = (report.lightBar ? 1 : 0) | (report.siren ? 2 : 0);
  }

  #readAutomation(report: AutomationReport): void {
    this.#place(report.latitudeDeg, report.longitudeDeg);
    this.#motion(report.speedMps, report.headingDeg, undefined);
    this.detailA = AUTOMATION_EVENTS.indexOf(report.event) | (report.cause << 8);
    this.detailB = report.occurrence | 0;
  }

  #readLists(observation: object): void {
    this.#place(0, 0);
    this.#motion(undefined, undefined, undefined);
    this.#digest.start();
    this.#digest.add(observation);
    this.detailA = this.#digest.a;
    this.detailB = this.#digest.b;
  }

  #place(latitudeDeg: number, longitudeDeg: number): void {
    this.latitudeE7 = Math.round(latitudeDeg * 1e7);
    this.longitudeE7 = Math.round(longitudeDeg * 1e7);
  }

  #motion(
    speedMps: number | undefined,
    headingDeg: number | undefined,
    acceleration: number | undefined,
  ): void {
    this.speedCmps = speedMps === undefined ? UNKNOWN : Math.round(speedMps * 100);
    this.headingDdeg = headingDeg === undefined ? UNKNOWN : Math.round(headingDeg * 10);
    this.accelerationCmps2 = acceleration === undefined ? UNKNOWN : Math.round(acceleration * 100);
  }

  /** Only chooses the bucket; what counts is the comparison of all fields. */
  #mixed(): number {
    let hash = Math.imul(this.stationId ^ (this.kind << 28), 0x85ebca6b | 0);
    hash = Math.imul(hash ^ (hash >>> 15) ^ (this.observedAtMs | 0), 0xc2b2ae35 | 0);
    hash = Math.imul(hash ^ (hash >>> 13) ^ this.latitudeE7, 0x27d4eb2f);
    hash = Math.imul(hash ^ (hash >>> 16) ^ this.longitudeE7 ^ this.detailA, 0x165667b1);
    return hash ^ (hash >>> 15);
  }
}
