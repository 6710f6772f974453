import type { ObservationBatch } from "./observation-batch.ts";

const NEW_LINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const SPACE = 0x20;

/** Digits that a double holds exactly, so that one division rounds as JSON.parse does. */
const MOST_DIGITS = 15;
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

const nameBytes = (name: string): Uint8Array => new TextEncoder().encode(name);
const FIELDS = ["lat", "long", "flow", "speed", "period", "accuracy", "timestamp", "num_lanes"].map(
  nameBytes,
);
const [LAT, LONG, FLOW, SPEED, PERIOD, ACCURACY, TIMESTAMP, NUM_LANES] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const NUMBERS = 8;

/** The fields of a row that must have been there, and one of flow and speed. */
const NEEDED = (1 << LAT) | (1 << LONG) | (1 << TIMESTAMP) | (1 << NUM_LANES);

/**
 * Reads the flat JSON objects of loop detectors out of bytes, without strings: names in any order, numbers without exponent,
 * a string without escapes. Whatever else JSON may hold goes to JSON.parse, so that every object is read as that would.
 */
export class FlatJson {
  #at = 0;
  #seen = 0;
  #timeText: Uint8Array = new Uint8Array();
  #timeMs = 0;
  readonly #numbers = new Float64Array(NUMBERS);

  /** Where the line ends that was read last. */
  end = 0;

  /** Reads the object that stands in `bytes` from `from` to the line's end into a row of `batch`; false where it is none, or lacks a field. */
  read(bytes: Uint8Array, from: number, batch: ObservationBatch, row: number): boolean {
    this.#at = from;
    this.#seen = 0;
    if (this.#scan(bytes, bytes.length)) this.end = this.#at;
    else if (!this.#parse(bytes, from)) return false;
    const seen = this.#seen;
    const hasFlow = (seen & (1 << FLOW)) !== 0;
    const hasSpeed = (seen & (1 << SPEED)) !== 0;
    if ((seen & NEEDED) !== NEEDED || hasFlow === hasSpeed) return false;
    const numbers = this.#numbers;
    batch.isSpeed[row] = hasSpeed ? 1 : 0;
    batch.value[row] = numbers[hasSpeed ? SPEED : FLOW] as number;
    batch.lanes[row] = numbers[NUM_LANES] as number;
    batch.measuredAtMs[row] = numbers[TIMESTAMP] as number;
    batch.latitudeDeg[row] = numbers[LAT] as number;
    batch.longitudeDeg[row] = numbers[LONG] as number;
    return true;
  }

  /** True where the whole object was read up to the line's end; false where JSON.parse has to. */
  #scan(bytes: Uint8Array, to: number): boolean {
    this.#skip(bytes);
    if (bytes[this.#at++] !== OPEN) return false;
    for (;;) {
      const field = this.#name(bytes);
      if (field < 0 || !this.#value(bytes, to, field)) return false;
      this.#skip(bytes);
      const next = bytes[this.#at++];
      if (next === COMMA) continue;
      if (next !== CLOSE) return false;
      this.#skip(bytes);
      return this.#at >= to || bytes[this.#at] === NEW_LINE;
    }
  }

  #skip(bytes: Uint8Array): void {
    while (bytes[this.#at] === SPACE) this.#at++;
  }

  /** The field whose name and colon stand here; −1 for others. */
  #name(bytes: Uint8Array): number {
    this.#skip(bytes);
    if (bytes[this.#at] !== QUOTE) return -1;
    const start = this.#at + 1;
    const field = fieldAt(bytes, start);
    if (field < 0) return -1;
    this.#at = start + (FIELDS[field] as Uint8Array).length + 1;
    this.#skip(bytes);
    return bytes[this.#at++] === COLON ? field : -1;
  }

  #value(bytes: Uint8Array, to: number, field: number): boolean {
    this.#skip(bytes);
    const value = field === TIMESTAMP ? this.#time(bytes, to) : this.#number(bytes, to);
    if (Number.isNaN(value)) return false;
    this.#numbers[field] = value;
    this.#seen |= 1 << field;
    return true;
  }

  #number(bytes: Uint8Array, to: number): number {
    const isNegative = bytes[this.#at] === MINUS;
    if (isNegative) this.#at++;
    const start = this.#at;
    let mantissa = 0;
    let digits = 0;
    let dotAt = -1;
    for (; this.#at < to; this.#at++) {
      const byte = bytes[this.#at] as number;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digits++;
      } else if (byte === DOT && dotAt < 0 && digits > 0) dotAt = digits;
      else break;
    }
    const decimals = dotAt < 0 ? 0 : digits - dotAt;
    const hasLeadingZero = bytes[start] === ZERO && (dotAt < 0 ? digits : dotAt) > 1;
    if (digits === 0 || digits > MOST_DIGITS || hasLeadingZero || dotAt === digits) return Number.NaN;
    // What follows must end the number; an exponent does not.
    const next = bytes[this.#at];
    if (next !== COMMA && next !== CLOSE && next !== SPACE) return Number.NaN;
    const value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] as number);
    return isNegative ? -value : value;
  }

  /** `"2017-03-15 14:41:00.0"` as Unix ms, read as UTC. Neighbours in a message mostly have one time. */
  #time(bytes: Uint8Array, to: number): number {
    if (bytes[this.#at] !== QUOTE) return Number.NaN;
    const start = this.#at + 1;
    if (this.#isLastTime(bytes, start)) {
      this.#at = start + this.#timeText.length;
      return this.#timeMs;
    }
    let end = start;
    while (end < to && bytes[end] !== QUOTE) {
      const byte = bytes[end++] as number;
      if (byte === BACKSLASH || byte < SPACE) return Number.NaN;
    }
    this.#timeMs = timeOf(bytes, start, end);
    // With the quote: a longer text is another one.
    this.#timeText = bytes.slice(start, end + 1);
    this.#at = end + 1;
    return this.#timeMs;
  }

  #isLastTime(bytes: Uint8Array, start: number): boolean {
    const text = this.#timeText;
    for (let i = 0; i < text.length; i++) if (text[i] !== bytes[start + i]) return false;
    return text.length > 0;
  }

  #parse(bytes: Uint8Array, from: number): boolean {
    this.#seen = 0;
    const newLine = bytes.indexOf(NEW_LINE, from);
    const to = newLine < 0 ? bytes.length : newLine;
    this.end = to;
    const object = parsed(bytes, from, to);
    if (object === undefined) return false;
    for (const [field, name] of NAMES.entries()) {
      const value = object[name];
      const number = field === TIMESTAMP ? timeOfText(value) : value;
      if (typeof number !== "number" || Number.isNaN(number)) continue;
      this.#numbers[field] = number;
      this.#seen |= 1 << field;
    }
    return true;
  }
}

const NAMES = FIELDS.map((name) => new TextDecoder().decode(name));

function parsed(bytes: Uint8Array, from: number, to: number): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(from, to)));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The field whose name and closing quote stand here; −1 for others. */
function fieldAt(bytes: Uint8Array, from: number): number {
  const field = candidate(bytes[from] as number, bytes[from + 4] as number);
  if (field < 0) return -1;
  const name = FIELDS[field] as Uint8Array;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return -1;
  return bytes[from + name.length] === QUOTE ? field : -1;
}

/** The only field that may begin with that letter; of the two with an l the longer one has a quote in fifth place. */
function candidate(first: number, fifth: number): number {
  switch (first) {
    case 0x6c:
      return fifth === QUOTE ? LONG : LAT;
    case 0x66:
      return FLOW;
    case 0x73:
      return SPEED;
    case 0x70:
      return PERIOD;
    case 0x61:
      return ACCURACY;
    case 0x74:
      return TIMESTAMP;
    case 0x6e:
      return NUM_LANES;
    default:
      return -1;
  }
}

/** Places of the digits in `yyyy-mm-dd hh:mm:ss`, and what stands between them. */
const TIME_LENGTH = 19;
const MARKS = [0x2d, 0x2d, SPACE, COLON, COLON] as const;
const MARKS_AT = [4, 7, 10, 13, 16] as const;

/** NaN for text of another form. Fractions of seconds are left out: loops tell minutes. */
export function timeOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < TIME_LENGTH) return Number.NaN;
  for (let i = 0; i < MARKS.length; i++) {
    if (bytes[from + (MARKS_AT[i] as number)] !== MARKS[i]) return Number.NaN;
  }
  const two = (at: number): number =>
    ((bytes[from + at] as number) - ZERO) * 10 + (bytes[from + at + 1] as number) - ZERO;
  const days = daysSinceEpoch(two(0) * 100 + two(2), two(5), two(8));
  return (days * 86_400 + two(11) * 3_600 + two(14) * 60 + two(17)) * 1_000;
}

function timeOfText(value: unknown): number {
  if (typeof value !== "string") return Number.NaN;
  const bytes = new TextEncoder().encode(value);
  return timeOf(bytes, 0, bytes.length);
}

/** Days from 1970-01-01 in the Gregorian calendar; years begin in March, so that leap days come last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
