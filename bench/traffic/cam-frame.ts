import type { Fleet } from "./fleet.ts";

/**
 * An IngestFrame of CAMs whose fields stand at fixed places: encoded once, then patched in place before every sending.
 * It is what protobufjs writes for the same message, byte by byte (tested). Every varint keeps its length, so the
 * values have ranges: speeds 1.28..163 m/s, headings from 12.8°, offsets 32..4095 ms, times until the year 2109.
 */

/** station_id 5, time_offset_ms 3, awareness 3 + 32. */
export const REPORT_BYTES = 43;

/** base_time_unix_ms: tag and 6 bytes. */
const BASE_BYTES = 7;

/** Tag and length of an item. */
const ITEM_HEAD_BYTES = 2;

/** A batch holds reports of its last 100 ms: an RSU that sends ten times a second. */
const BATCH_MS = 100;

/** Item offsets count from here before the sending time: at least 64 in zigzag, which needs two bytes. */
const BASE_LEAD_MS = 200;

const LENGTH_CM = 450;
const WIDTH_CM = 180;

export class CamFrame {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fleet: Fleet;
  readonly #firstVehicle: number;
  readonly #reports: number;

  /** @param at where the frame begins in `buffer`; room for `camFrameBytes(reports)` from there */
  constructor(buffer: Uint8Array, at: number, fleet: Fleet, firstVehicle: number, reports: number) {
    this.bytes = buffer.subarray(at, at + camFrameBytes(reports));
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    this.#fleet = fleet;
    this.#firstVehicle = firstVehicle;
    this.#reports = reports;
    this.bytes[0] = 0x08;
    for (let report = 0; report < reports; report++) this.#writeReport(report);
  }

  /** Sets all reports to what the vehicles say at `sentAtUnixMs`; `elapsedMs` is the same moment on the fleet's clock. */
  patch(sentAtUnixMs: number, elapsedMs: number): void {
    this.#writeBaseTime(Math.floor(sentAtUnixMs) - BASE_LEAD_MS);
    const wholeElapsedMs = Math.floor(elapsedMs);
    for (let report = 0; report < this.#reports; report++) {
      const at = BASE_BYTES + report * (ITEM_HEAD_BYTES + REPORT_BYTES) + ITEM_HEAD_BYTES;
      this.#fleet.locate(this.#firstVehicle + report, wholeElapsedMs - ageMs(report, this.#reports));
      this.#view.setUint32(at + 1, this.#fleet.stationId, true);
      this.#view.setInt32(at + 12, this.#fleet.latitudeE7, true);
      this.#view.setInt32(at + 17, this.#fleet.longitudeE7, true);
    }
  }

  #writeBaseTime(unixMs: number): void {
    const high = Math.floor(unixMs / 2 ** 28);
    const low = unixMs - high * 2 ** 28;
    for (let i = 0; i < 4; i++) this.bytes[1 + i] = ((low >>> (7 * i)) & 0x7f) | 0x80;
    this.bytes[5] = (high & 0x7f) | 0x80;
    this.bytes[6] = high >>> 7;
  }

  #writeReport(report: number): void {
    const { bytes } = this;
    const vehicle = this.#firstVehicle + report;
    const speedCmps = Math.round((this.#fleet.speedMps[vehicle] ?? 0) * 100);
    const headingDdeg = Math.round((this.#fleet.headingDeg[vehicle] ?? 0) * 10);
    const offset = 2 * (BASE_LEAD_MS - ageMs(report, this.#reports));
    const fields = [
      ...[0x1a, REPORT_BYTES],
      ...[0x0d, 0, 0, 0, 0],
      ...[0x10, ...twoByteVarint(offset)],
      ...[0x82, 0x01, 32],
      ...[0x0d, 0, 0, 0, 0],
      ...[0x15, 0, 0, 0, 0],
      ...[0x18, ...twoByteVarint(speedCmps)],
      ...[0x20, ...twoByteVarint(headingDdeg)],
      ...[0x28, 10],
      ...[0x30, 2],
      ...[0x38, 1],
      ...[0x40, 6],
      ...[0x60, ...twoByteVarint(LENGTH_CM)],
      ...[0x68, ...twoByteVarint(WIDTH_CM)],
      ...[0x70, 1],
    ];
    bytes.set(fields, BASE_BYTES + report * (ITEM_HEAD_BYTES + REPORT_BYTES));
  }
}

export function camFrameBytes(reports: number): number {
  return BASE_BYTES + reports * (ITEM_HEAD_BYTES + REPORT_BYTES);
}

/** How old a report is when its batch is sent: spread over the batch's time; a single report is fresh. */
function ageMs(report: number, reports: number): number {
  return Math.floor(((reports - 1 - report) * BATCH_MS) / reports);
}

function twoByteVarint(value: number): [number, number] {
  return [(value & 0x7f) | 0x80, value >>> 7];
}
