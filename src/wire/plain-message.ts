/** How a field of a plain message is written, or the plain message that it holds. */
export type PlainField =
  | "varint"
  | "zigzag"
  | "fixed32"
  | "bytes"
  | PlainMessage
  | { readonly repeated: PlainMessage };

/** Inclusive bounds of a field; a message with a value beyond them is not plain. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

// What stands behind a tag. Unusual are unknown fields and fields of another wire type than the schema's.
const UNUSUAL = 0;
const VARINT = 1;
const ZIGZAG = 2;
const FIXED32 = 3;
const BYTES = 4;
const MESSAGE = 5;
const REPEATED = 6;

const KIND_OF = { varint: VARINT, zigzag: ZIGZAG, fixed32: FIXED32, bytes: BYTES } as const;
const WIRE_TYPE_OF = [-1, 0, 0, 5, 2, 2, 2] as const;

/** Tags of up to two bytes whose second byte is 1: fields 1 to 31. */
const TAGS = 256;
const FIELDS = 32;

const MIN_INT = -0x80000000;
const MAX_INT = 0x7fffffff;

/**
 * A message of the common form, read field by field into integers that are used again for the next one. Common means:
 * known fields only, with the wire type of the schema, numbers below 2^28, messages within it at most once. Whatever is
 * unusual, or wrong, is left to protobufjs, which decides alone what becomes of it. Measured on a 43-byte report against
 * its generated decoder: 109 instead of 558 ns, and nothing for the collector.
 */
export class PlainMessage {
  /** By field number; valid where it was seen. Of bytes: where they begin. */
  readonly #values = new Int32Array(FIELDS);
  /** Of fields that are bytes or repeated: how many. */
  readonly #counts = new Int32Array(FIELDS);
  readonly #kinds = new Uint8Array(TAGS);
  readonly #min = new Int32Array(FIELDS).fill(MIN_INT);
  readonly #max = new Int32Array(FIELDS).fill(MAX_INT);
  readonly #nested: (PlainMessage | undefined)[] = new Array(FIELDS).fill(undefined);
  /** One bit per field number. */
  #seen = 0;
  /** Where a nested message ends, or the position behind a number that `#number` has read. */
  #position = 0;

  constructor(fields: Readonly<Record<number, PlainField>>, bounds: Readonly<Record<number, Bounds>> = {}) {
    for (const [number, field] of Object.entries(fields)) this.#define(Number(number), field);
    for (const [number, { min, max }] of Object.entries(bounds)) {
      this.#min[Number(number)] = min;
      this.#max[Number(number)] = max;
    }
  }

  has(field: number): boolean {
    return (this.#seen & (1 << field)) !== 0;
  }

  /** The value of a field, as a signed integer; 0 where it was not given. Of bytes: where they begin. */
  orZero(field: number): number {
    return this.has(field) ? (this.#values[field] as number) : 0;
  }

  value(field: number): number | undefined {
    return this.has(field) ? (this.#values[field] as number) : undefined;
  }

  /** The value of a field in another unit. */
  scaled(field: number, perUnit: number): number | undefined {
    return this.has(field) ? (this.#values[field] as number) / perUnit : undefined;
  }

  /** How many bytes a field has, or how often it was repeated. */
  count(field: number): number {
    return this.has(field) ? (this.#counts[field] as number) : 0;
  }

  /** False where the message is not plain; what was read is then of no use. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let position = start;
    this.#seen = 0;
    while (position < end) {
      const tag = bytes[position++] as number;
      if (tag >= 0x80 && (position >= end || bytes[position++] !== 1)) return false;
      const field = tag >>> 3;
      const kind = this.#kinds[tag] as number;
      let value = 0;
      if (kind === FIXED32) {
        if (position + 4 > end) return false;
        value = fixed32(bytes, position);
        position += 4;
      } else {
        if (kind === UNUSUAL || position >= end) return false;
        value = bytes[position++] as number;
        if (value >= 0x80) {
          this.#position = position;
          value = this.#longNumber(value, bytes, end);
          if (value < 0) return false;
          position = this.#position;
        }
        if (kind === ZIGZAG) value = (value >>> 1) ^ -(value & 1);
        else if (kind !== VARINT) {
          if (!this.#readNested(kind, field, bytes, position, position + value, end)) return false;
          position += value;
          continue;
        }
      }
      if (value < (this.#min[field] as number) || value > (this.#max[field] as number)) return false;
      this.#values[field] = value;
      this.#seen |= 1 << field;
    }
    return position === end;
  }

  /** The rest of a number of two to four bytes; −1 where it is longer or cut off. */
  #longNumber(first: number, bytes: Uint8Array, end: number): number {
    let value = first & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      if (this.#position >= end) return -1;
      const byte = bytes[this.#position++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return -1;
  }

  #readNested(
    kind: number,
    field: number,
    bytes: Uint8Array,
    start: number,
    stop: number,
    end: number,
  ): boolean {
    if (stop > end) return false;
    const isFirst = (this.#seen & (1 << field)) === 0;
    this.#seen |= 1 << field;
    if (kind === BYTES) {
      this.#values[field] = start;
      this.#counts[field] = stop - start;
      return true;
    }
    this.#counts[field] = isFirst ? 1 : (this.#counts[field] as number) + 1;
    return (isFirst || kind === REPEATED) && (this.#nested[field] as PlainMessage).read(bytes, start, stop);
  }

  #define(number: number, field: PlainField): void {
    let kind: number;
    if (typeof field === "string") kind = KIND_OF[field];
    else {
      const isMessage = field instanceof PlainMessage;
      this.#nested[number] = isMessage ? field : field.repeated;
      kind = isMessage ? MESSAGE : REPEATED;
    }
    this.#kinds[(number << 3) | (WIRE_TYPE_OF[kind] as number)] = kind;
  }
}

function fixed32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
