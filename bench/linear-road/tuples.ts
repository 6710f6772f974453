import { closeSync, openSync, readSync } from "node:fs";

/** Kinds of tuple. 4 asks for travel times, which no published implementation answers. */
export const TUPLE_TYPE = { position: 0, balance: 2, expenditure: 3, travelTime: 4 } as const;

/** One line of a tuple file: fifteen integers in this order; −1 where a field has no meaning for the type. */
export interface Tuple {
  type: number;
  /** Seconds since the start, 0 to 10,799. */
  timeS: number;
  vehicle: number;
  speedMph: number;
  expressway: number;
  /** 0 entry, 1 to 3 travel, 4 exit. */
  lane: number;
  /** 0 towards higher segments, 1 towards lower ones. */
  direction: number;
  /** 0 to 99. */
  segment: number;
  /** Feet from the western end, 0 to 527,999. */
  positionFt: number;
  queryId: number;
  fromSegment: number;
  toSegment: number;
  dayOfWeek: number;
  timeOfDay: number;
  /** 1 is yesterday, 69 ten weeks ago. */
  day: number;
}

export const TUPLE_FIELDS = [
  "type",
  "timeS",
  "vehicle",
  "speedMph",
  "expressway",
  "lane",
  "direction",
  "segment",
  "positionFt",
  "queryId",
  "fromSegment",
  "toSegment",
  "dayOfWeek",
  "timeOfDay",
  "day",
] as const satisfies readonly (keyof Tuple)[];

export function emptyTuple(): Tuple {
  return {
    type: -1,
    timeS: -1,
    vehicle: -1,
    speedMph: -1,
    expressway: -1,
    lane: -1,
    direction: -1,
    segment: -1,
    positionFt: -1,
    queryId: -1,
    fromSegment: -1,
    toSegment: -1,
    dayOfWeek: -1,
    timeOfDay: -1,
    day: -1,
  };
}

export function formatTuple(tuple: Tuple): string {
  return TUPLE_FIELDS.map((field) => tuple[field]).join(",");
}

/** What was wrong with a file, beside its tuples. */
export interface ReadCounts {
  tuples: number;
  /** Lines that are not fifteen integers; blank ones do not count. */
  unreadable: number;
  /** Number of the first of them, from 1; 0 where there is none. */
  firstUnreadableLine: number;
}

/**
 * Cuts bytes into tuples. A line may be split over any number of chunks; `end` takes the last one, whose newline may be
 * missing.
 */
export class TupleScanner {
  readonly counts: ReadCounts = { tuples: 0, unreadable: 0, firstUnreadableLine: 0 };
  readonly #fields = new Float64Array(TUPLE_FIELDS.length);
  readonly #tuple = emptyTuple();
  readonly #take: (tuple: Tuple, line: number) => void;
  #line = 1;
  #field = 0;
  #value = 0;
  #digits = 0;
  #negative = false;
  #broken = false;
  #blank = true;

  /** @param take is given the same object each time: copy what must stay */
  constructor(take: (tuple: Tuple, line: number) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array, length = bytes.length): void {
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] as number;
      if (byte >= 48 && byte <= 57) {
        this.#value = this.#value * 10 + (byte - 48);
        this.#digits++;
        this.#blank = false;
      } else if (byte === 10) this.#endLine();
      else this.#takeOther(byte);
    }
  }

  end(): void {
    this.#endLine();
  }

  #takeOther(byte: number): void {
    if (byte === 13 || byte === 32 || byte === 9) return;
    this.#blank = false;
    if (byte === 44) this.#endField();
    else if (byte === 45 && this.#digits === 0 && !this.#negative) this.#negative = true;
    else this.#broken = true;
  }

  #endField(): void {
    if (this.#digits === 0 || this.#field >= TUPLE_FIELDS.length) this.#broken = true;
    else this.#fields[this.#field] = this.#negative ? -this.#value : this.#value;
    this.#field++;
    this.#value = 0;
    this.#digits = 0;
    this.#negative = false;
  }

  #endLine(): void {
    if (!this.#blank) {
      this.#endField();
      if (this.#broken || this.#field !== TUPLE_FIELDS.length) this.#refuse();
      else this.#emit();
    }
    this.#line++;
    this.#field = 0;
    this.#value = 0;
    this.#digits = 0;
    this.#negative = false;
    this.#broken = false;
    this.#blank = true;
  }

  #refuse(): void {
    if (this.counts.unreadable++ === 0) this.counts.firstUnreadableLine = this.#line;
  }

  #emit(): void {
    const fields = this.#fields;
    const tuple = this.#tuple;
    tuple.type = fields[0] as number;
    tuple.timeS = fields[1] as number;
    tuple.vehicle = fields[2] as number;
    tuple.speedMph = fields[3] as number;
    tuple.expressway = fields[4] as number;
    tuple.lane = fields[5] as number;
    tuple.direction = fields[6] as number;
    tuple.segment = fields[7] as number;
    tuple.positionFt = fields[8] as number;
    tuple.queryId = fields[9] as number;
    tuple.fromSegment = fields[10] as number;
    tuple.toSegment = fields[11] as number;
    tuple.dayOfWeek = fields[12] as number;
    tuple.timeOfDay = fields[13] as number;
    tuple.day = fields[14] as number;
    this.counts.tuples++;
    this.#take(tuple, this.#line);
  }
}

const CHUNK_BYTES = 1 << 20;

/** Reads a file from front to end in constant memory. @throws Error of the file system */
export function readTupleFile(path: string, take: (tuple: Tuple, line: number) => void): ReadCounts {
  const scanner = new TupleScanner(take);
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK_BYTES, -1);
      if (length === 0) break;
      scanner.push(chunk, length);
    }
  } finally {
    closeSync(file);
  }
  scanner.end();
  return scanner.counts;
}

/** A tuple that the queries can take: what lies outside cannot be placed on the roads, and is counted. */
export function isPlaced(tuple: Tuple): boolean {
  const { timeS, vehicle, expressway, lane, direction, segment, positionFt, speedMph } = tuple;
  return (
    timeS >= 0 &&
    vehicle >= 0 &&
    vehicle <= MAX_VEHICLE &&
    expressway >= 0 &&
    expressway <= MAX_EXPRESSWAY &&
    (direction === 0 || direction === 1) &&
    segment >= 0 &&
    segment < MAX_SEGMENTS &&
    lane >= 0 &&
    lane <= MAX_LANE &&
    positionFt >= 0 &&
    positionFt <= MAX_POSITION_FT &&
    speedMph >= 0 &&
    speedMph <= MAX_SPEED_MPH
  );
}

/** Bounds of what is taken: wide of the benchmark's own, so that memory stays bounded whatever a file holds. */
export const MAX_VEHICLE = 0x7fff_ffff;
export const MAX_EXPRESSWAY = 4_095;
export const MAX_SEGMENTS = 128;
export const MAX_LANE = 7;
export const MAX_POSITION_FT = 0x3fff_ffff;
export const MAX_SPEED_MPH = 366;
