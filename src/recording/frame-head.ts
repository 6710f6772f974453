import { protoFields, readVarint } from "./proto-fields.ts";

// Field numbers of stream/v1/frame.proto.
const BASE_TIME_FIELD = 1;
const HELLO_FIELD = 4;
const BASE_TIME_TAG = BASE_TIME_FIELD << 3;

/**
 * Base time of an encoded frame, ms, read without decoding it; undefined where none stands first in the frame, as every
 * encoder puts it.
 */
export function baseTimeOf(bytes: Uint8Array): number | undefined {
  return bytes[0] === BASE_TIME_TAG ? readVarint(bytes, 1)?.value : undefined;
}

/** Whether an encoded frame introduces its source. */
export function hasHello(bytes: Uint8Array): boolean {
  for (const field of protoFields(bytes)) {
    if (field.number === HELLO_FIELD) return true;
  }
  return false;
}
