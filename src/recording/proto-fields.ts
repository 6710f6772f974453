/** One field of an encoded protobuf message, found without knowing the message's type. */
export interface ProtoField {
  readonly number: number;
  readonly wireType: number;
  /** Where the field starts, its tag included. */
  readonly start: number;
  /** Where its value starts: after the tag, and after the length where there is one. */
  readonly valueStart: number;
  readonly end: number;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A varint has at most 10 bytes. */
const MAX_VARINT_BYTES = 10;

/** Top-level fields in order; ends early where the bytes are no protobuf. */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField> {
  let start = 0;
  while (start < bytes.length) {
    const tag = readVarint(bytes, start);
    if (tag === undefined) return;
    const wireType = tag.value % 8;
    const extent = valueExtent(bytes, tag.end, wireType);
    if (extent === undefined || extent.end > bytes.length) return;
    yield { number: Math.floor(tag.value / 8), wireType, start, valueStart: extent.start, end: extent.end };
    start = extent.end;
  }
}

/** A varint as a number, exact below 2^53; undefined where the bytes end or it is too long. */
export function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let i = start; i < start + MAX_VARINT_BYTES; i++) {
    const byte = bytes[i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: i + 1 };
    scale *= 128;
  }
  return undefined;
}

function valueExtent(
  bytes: Uint8Array,
  start: number,
  wireType: number,
): { start: number; end: number } | undefined {
  switch (wireType) {
    case VARINT: {
      const value = readVarint(bytes, start);
      return value === undefined ? undefined : { start, end: value.end };
    }
    case FIXED64:
      return { start, end: start + 8 };
    case FIXED32:
      return { start, end: start + 4 };
    case LENGTH_DELIMITED: {
      const length = readVarint(bytes, start);
      return length === undefined ? undefined : { start: length.end, end: length.end + length.value };
    }
    default:
      return undefined;
  }
}
