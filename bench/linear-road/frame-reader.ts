import type { AccountRequest } from "./accounts.ts";
import { FIELD } from "./frame-writer.ts";
import { expresswayAt, positionAt, segmentAt, speedToMph } from "./mapping.ts";
import type { FramePool, RoadReport } from "./reports.ts";
import { MAX_EXPRESSWAY, MAX_LANE, MAX_SEGMENTS, MAX_VEHICLE } from "./tuples.ts";

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

// Fields of stream/v1/frame.proto and v2x/v1/awareness.proto that the benchmark needs.
const BASE_TIME = tag(1, WIRE.varint);
const FRAME_SEQ = tag(2, WIRE.varint);
const ITEMS = tag(3, WIRE.bytes);
const HELLO = tag(4, WIRE.bytes);
const SECOND_ZERO = tag(FIELD.secondZero, WIRE.fixed64);
const ACCOUNT_REQUEST = tag(FIELD.accountRequest, WIRE.bytes);
const STATION_ID = tag(1, WIRE.fixed32);
const TIME_OFFSET = tag(2, WIRE.varint);
const AWARENESS = tag(16, WIRE.bytes);
const LATITUDE = tag(1, WIRE.fixed32);
const LONGITUDE = tag(2, WIRE.fixed32);
const SPEED = tag(3, WIRE.varint);
const HEADING = tag(4, WIRE.varint);
const LANE_POSITION = tag(22, WIRE.varint);

/** Half a turn, 0.1 degree: smaller headings lead east. */
const HALF_TURN_DDEG = 1_800;

/** Most digits of a varint. */
const VARINT_BYTES = 10;

class Malformed extends Error {}

/**
 * Reads ingest frames straight into the pooled frames and requests: of each item the few fields that the queries need, in any
 * order, everything else skipped. Held to the generated decoder by a test.
 */
export class FrameReader {
  /** Of the last frame. */
  frameSeq = 0;
  /** The frame carried a hello. */
  hasHello = false;
  /** Unix time of second 0, ms; NaN until a session has told it. */
  secondZeroMs = Number.NaN;
  /** Items that were no position report on the roads. */
  skipped = 0;
  readonly #pool: FramePool;
  readonly #requests: AccountRequest[];
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #baseMs = 0;

  constructor(pool: FramePool, requests: AccountRequest[]) {
    this.#pool = pool;
    this.#requests = requests;
  }

  /** False where the bytes are no frame; what was read of it is taken back. */
  read(bytes: Uint8Array, slot: number): boolean {
    this.#bytes = bytes;
    this.#at = 0;
    this.#baseMs = 0;
    this.frameSeq = 0;
    this.hasHello = false;
    try {
      this.#readHead();
      this.#readFields(slot);
      return true;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#pool.clear();
      this.#requests.length = 0;
      return false;
    }
  }

  /** Times are relative to the base time and second 0, which may stand behind the items: they are looked for first. */
  #readHead(): void {
    const end = this.#bytes.length;
    while (this.#at < end) {
      const field = this.#varint();
      if (field === BASE_TIME) this.#baseMs = this.#varint();
      else if (field === SECOND_ZERO) this.secondZeroMs = this.#fixed64();
      else this.#skip(field & 7);
    }
    if (this.#at > end) throw new Malformed();
    this.#at = 0;
  }

  #readFields(slot: number): void {
    const end = this.#bytes.length;
    while (this.#at < end) {
      const field = this.#varint();
      if (field === ITEMS) this.#readItem(this.#length());
      else if (field === ACCOUNT_REQUEST) this.#readRequest(this.#length(), slot);
      else if (field === FRAME_SEQ) this.frameSeq = this.#varint();
      else if (field === HELLO) {
        this.hasHello = true;
        this.#skip(WIRE.bytes);
      } else this.#skip(field & 7);
    }
  }

  #readItem(length: number): void {
    const end = this.#at + length;
    const frame = this.#pool.next();
    const report = frame.observation;
    let offsetMs = 0;
    let isReport = false;
    frame.stationId = 0;
    while (this.#at < end) {
      const field = this.#varint();
      if (field === STATION_ID) frame.stationId = this.#fixed32() >>> 0;
      else if (field === AWARENESS) {
        isReport = true;
        this.#readAwareness(this.#length(), report);
      } else if (field === TIME_OFFSET) offsetMs = zigzag(this.#varint());
      else this.#skip(field & 7);
    }
    if (this.#at !== end) throw new Malformed();
    report.timeS = Math.floor((this.#baseMs + offsetMs - this.secondZeroMs) / 1_000);
    if (isReport && isOnRoad(report) && frame.stationId <= MAX_VEHICLE) return;
    this.#pool.drop();
    this.skipped++;
  }

  #readAwareness(length: number, report: RoadReport): void {
    const end = this.#at + length;
    report.expressway = -1;
    report.positionFt = 0;
    report.speedMph = 0;
    report.direction = 0;
    report.lane = 0;
    while (this.#at < end) {
      const field = this.#varint();
      if (field === LATITUDE) report.expressway = expresswayAt(this.#fixed32());
      else if (field === LONGITUDE) report.positionFt = positionAt(this.#fixed32());
      else if (field === SPEED) report.speedMph = speedToMph(this.#varint());
      else if (field === HEADING) report.direction = this.#varint() < HALF_TURN_DDEG ? 0 : 1;
      else if (field === LANE_POSITION) report.lane = zigzag(this.#varint());
      else this.#skip(field & 7);
    }
    if (this.#at !== end) throw new Malformed();
    report.segment = segmentAt(report.positionFt);
  }

  #readRequest(length: number, slot: number): void {
    const end = this.#at + length;
    const request = { type: 0, vehicle: 0, queryId: 0, timeS: 0, expressway: 0, day: 0, slot };
    while (this.#at < end) {
      const field = this.#varint();
      if (field === tag(1, WIRE.varint)) request.type = this.#varint();
      else if (field === tag(2, WIRE.fixed32)) request.queryId = this.#fixed32() >>> 0;
      else if (field === tag(3, WIRE.fixed32)) request.vehicle = this.#fixed32() >>> 0;
      else if (field === tag(4, WIRE.varint)) request.day = this.#varint();
      else if (field === tag(5, WIRE.fixed32)) request.expressway = this.#fixed32();
      else this.#skip(field & 7);
    }
    if (this.#at !== end) throw new Malformed();
    request.timeS = Math.floor((this.#baseMs - this.secondZeroMs) / 1_000);
    if ((request.type === 2 || request.type === 3) && request.vehicle <= MAX_VEHICLE)
      this.#requests.push(request);
    else this.skipped++;
  }

  #length(): number {
    const length = this.#varint();
    if (length > this.#bytes.length - this.#at) throw new Malformed();
    return length;
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    if (byte === undefined) throw new Malformed();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    for (let digit = 1; digit < VARINT_BYTES; digit++) {
      byte = bytes[this.#at++];
      if (byte === undefined) throw new Malformed();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new Malformed();
  }

  #fixed32(): number {
    const bytes = this.#bytes;
    const at = this.#at;
    this.#at = at + 4;
    if (this.#at > bytes.length) throw new Malformed();
    return (
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    );
  }

  #fixed64(): number {
    const low = this.#fixed32() >>> 0;
    return low + (this.#fixed32() >>> 0) * 2 ** 32;
  }

  #skip(wireType: number): void {
    if (wireType === WIRE.varint) this.#varint();
    else if (wireType === WIRE.fixed64) this.#at += 8;
    else if (wireType === WIRE.fixed32) this.#at += 4;
    else if (wireType === WIRE.bytes) {
      const length = this.#length();
      this.#at += length;
    } else throw new Malformed();
    if (this.#at > this.#bytes.length) throw new Malformed();
  }
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function isOnRoad({ timeS, expressway, lane, segment }: RoadReport): boolean {
  return (
    timeS >= 0 &&
    expressway >= 0 &&
    expressway <= MAX_EXPRESSWAY &&
    lane >= 0 &&
    lane <= MAX_LANE &&
    segment >= 0 &&
    segment < MAX_SEGMENTS
  );
}
