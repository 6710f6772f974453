import { seededRandom } from "../../bench/support/random.ts";

const BASE_MS = 1_790_000_000_000;

/** Wire types, and the widths that numbers of the schema have. */
type Kind = "uint" | "sint" | "int" | "bool" | "fixed32";

interface Field {
  readonly number: number;
  readonly kind: Kind;
  readonly min: number;
  readonly max: number;
  /** How often it is there. */
  readonly share: number;
}

const field = (number: number, kind: Kind, min: number, max: number, share: number): Field => ({
  number,
  kind,
  min,
  max,
  share,
});

const AWARENESS: readonly Field[] = [
  field(1, "fixed32", -900_000_000, 900_000_000, 0.99),
  field(2, "fixed32", -1_799_999_999, 1_800_000_000, 0.99),
  field(3, "uint", 0, 16_382, 0.9),
  field(4, "uint", 0, 3_600, 0.9),
  field(5, "sint", -2_000, 2_000, 0.7),
  field(6, "sint", -32_766, 32_766, 0.6),
  field(7, "int", 0, 3, 0.9),
  field(8, "int", 0, 16, 0.9),
  field(9, "uint", 0, 127, 0.3),
  field(10, "uint", 0, 255, 0.3),
  field(11, "uint", 0, 8_191, 0.2),
  field(12, "uint", 1, 10_220, 0.6),
  field(13, "uint", 1, 1_023, 0.6),
  field(14, "int", 0, 2, 0.5),
  field(15, "int", 0, 13, 0.3),
  field(16, "sint", -100_000, 800_000, 0.3),
  field(18, "uint", 1, 125, 0.2),
  field(19, "uint", 1, 125, 0.2),
  field(20, "sint", -2_000, 2_000, 0.2),
  field(21, "sint", -1_022, 1_022, 0.2),
  field(22, "sint", -1, 14, 0.2),
  field(23, "sint", -5_110, 5_110, 0.2),
  field(24, "bool", 0, 1, 0.1),
  field(25, "bool", 0, 1, 0.1),
  field(27, "uint", 0, 127, 0.1),
  field(28, "uint", 0, 127, 0.2),
];
const ELLIPSE = [
  field(1, "uint", 0, 4_093, 0.8),
  field(2, "uint", 0, 4_093, 0.8),
  field(3, "uint", 0, 3_599, 0.5),
];
const OFFSET = [
  field(1, "sint", -131_071, 131_071, 0.9),
  field(2, "sint", -131_071, 131_071, 0.9),
  field(3, "sint", -12_700, 12_799, 0.5),
  field(4, "uint", 1, 65_535, 0.5),
];
const ENVELOPE = [
  field(1, "fixed32", 1, 0xffffffff, 0.97),
  field(2, "sint", -5_000, 5_000, 0.9),
  field(3, "fixed32", 0, 0xffffffff, 0.2),
  field(4, "int", 0, 4, 0.1),
  field(6, "int", 0, 3, 0.2),
];
const HAZARD = [field(9, "uint", 0, 255, 0.8), field(10, "uint", 0, 255, 0.5)];
const FRAME = [field(2, "uint", 0, 1_000_000, 0.5), field(5, "uint", 0, 3, 0.5), field(6, "bool", 0, 1, 0.3)];

const EXTREMES = [
  0,
  1,
  -1,
  127,
  128,
  2 ** 28 - 1,
  2 ** 28,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 53,
  -(2 ** 53),
];

/**
 * Encoded IngestFrames of position reports, most of them as producers write them, the others with everything that
 * protobuf allows or that somebody could send: fields out of order, twice, unknown, of a wrong wire type, groups,
 * numbers written too long, 64-bit values, messages in pieces that must be merged, bytes changed or cut off.
 */
export class FuzzedFrames {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  next(): Uint8Array {
    const bytes = this.#frame();
    if (this.#happens(0.1)) this.#damage(bytes);
    // Messages stand anywhere in a socket's buffer.
    const before = this.#below(4);
    const buffer = this.#happens(0.5)
      ? Buffer.alloc(bytes.length + 8, 0xff)
      : new Uint8Array(bytes.length + 8).fill(1);
    buffer.set(bytes, before);
    return buffer.subarray(before, before + bytes.length);
  }

  #frame(): number[] {
    const parts = this.#fields(FRAME);
    if (this.#happens(0.97))
      parts.unshift([...tag(1, 0), ...this.#varint(BigInt(BASE_MS + this.#below(1_000_000)))]);
    const count = this.#happens(0.001) ? 499 + this.#below(4) : this.#below(5);
    for (let i = 0; i < count; i++) parts.push(nested(3, this.#item()));
    if (this.#happens(0.01)) parts.push([...tag(1, 0), ...this.#varint(this.#anyNumber())]);
    if (this.#happens(0.01)) parts.push(nested(4, [...nested(1, [0x61, 0x62]), ...tag(2, 0), 3]));
    return this.#joined(parts);
  }

  #item(): number[] {
    const parts = this.#fields(ENVELOPE);
    if (this.#happens(0.1)) parts.push(nested(5, this.#bytes(this.#happens(0.02) ? 8_200 : this.#below(40))));
    if (this.#happens(0.98)) parts.push(nested(16, this.#awareness()));
    if (this.#happens(0.01)) parts.push(nested(16, this.#awareness()));
    if (this.#happens(0.02)) parts.push(nested(17, this.#joined(this.#fields(HAZARD))));
    return this.#joined(parts);
  }

  #awareness(): number[] {
    const parts = this.#fields(AWARENESS);
    if (this.#happens(0.2)) parts.push(nested(17, this.#joined(this.#fields(ELLIPSE))));
    if (this.#happens(0.01)) parts.push(nested(17, this.#joined(this.#fields(ELLIPSE))));
    if (this.#happens(0.1)) parts.push(nested(26, this.#path()));
    if (this.#happens(0.01)) parts.push(nested(26, this.#path()));
    return this.#joined(parts);
  }

  #path(): number[] {
    const length = this.#happens(0.05) ? 38 + this.#below(5) : this.#below(6);
    return joined(Array.from({ length }, () => nested(1, this.#joined(this.#fields(OFFSET)))));
  }

  #fields(fields: readonly Field[]): number[][] {
    const parts: number[][] = [];
    for (const one of fields) {
      if (this.#happens(one.share)) parts.push(this.#field(one));
      if (this.#happens(0.002)) parts.push(this.#field(one));
    }
    return parts;
  }

  #field({ number, kind, min, max }: Field): number[] {
    const isOdd = this.#happens(0.003);
    const value = isOdd ? this.#anyNumber() : BigInt(min + this.#below(max - min + 1));
    if (this.#happens(0.001)) return this.#otherType(number);
    if (kind === "fixed32") return [...tag(number, 5), ...fixed(value, 4)];
    const written = kind === "sint" ? BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)) : value;
    return [...tag(number, 0), ...this.#varint(BigInt.asUintN(64, written))];
  }

  /** The field with a wire type that is not that of the schema, or an unknown field, or a group. */
  #otherType(number: number): number[] {
    const unknown = this.#happens(0.5) ? number : 29 + this.#below(3_000);
    switch (this.#below(6)) {
      case 0:
        return [...tag(unknown, 0), ...this.#varint(this.#anyNumber())];
      case 1:
        return [...tag(unknown, 1), ...fixed(this.#anyNumber(), 8)];
      case 2:
        return nested(unknown, this.#bytes(this.#below(6)));
      case 3:
        return [...tag(unknown, 5), ...fixed(this.#anyNumber(), 4)];
      case 4:
        return [...tag(unknown, 3), ...tag(1, 0), 5, ...tag(unknown, 4)];
      default:
        return [...tag(unknown, this.#below(8))];
    }
  }

  #joined(parts: number[][]): number[] {
    if (this.#happens(0.02)) parts.push(this.#otherType(1 + this.#below(31)));
    if (this.#happens(0.1)) parts.sort(() => this.#random() - 0.5);
    return joined(parts);
  }

  /** Sometimes written with more bytes than needed, up to eleven, one more than allowed. */
  #varint(value: bigint): number[] {
    const bytes = varint(value);
    if (!this.#happens(0.003)) return bytes;
    const more = 1 + this.#below(Math.max(1, 11 - bytes.length));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    return [...bytes, ...Array.from({ length: more - 1 }, () => 0x80), this.#below(3) === 0 ? 1 : 0];
  }

  #anyNumber(): bigint {
    const extreme = EXTREMES[this.#below(EXTREMES.length)] ?? 0;
    return BigInt.asUintN(64, BigInt(extreme) + BigInt(this.#below(3)));
  }

  #damage(bytes: number[]): void {
    const at = this.#below(bytes.length + 1);
    if (this.#happens(0.4)) bytes.length = at;
    else if (this.#happens(0.5)) bytes[Math.min(at, bytes.length - 1)] = this.#below(256);
    else bytes.splice(at, this.#below(3), ...this.#bytes(this.#below(3)));
  }

  #bytes(length: number): number[] {
    return Array.from({ length }, () => (this.#happens(0.3) ? 2 : this.#below(256)));
  }

  #happens(share: number): boolean {
    return this.#random() < share;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** A loop, because `flat` takes half of the time of a fuzzed message. */
function joined(parts: readonly (readonly number[])[]): number[] {
  const bytes: number[] = [];
  for (const part of parts) for (const byte of part) bytes.push(byte);
  return bytes;
}

function tag(number: number, wireType: number): number[] {
  return varint(number * 8 + wireType);
}

function nested(number: number, content: readonly number[]): number[] {
  return [...tag(number, 2), ...varint(content.length), ...content];
}

function varint(value: bigint | number): number[] {
  if (typeof value === "number") return shortVarint(value);
  if (value < 0x10000000n) return shortVarint(Number(value));
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const byte = Number(rest & 0x7fn);
    if (rest < 0x80n) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

function shortVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
}

function fixed(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, i) => Number((BigInt.asUintN(64, value) >> BigInt(8 * i)) & 0xffn));
}
