/**
 * Writing of ASN.1 in its distinguished encoding (ITU-T X.690), as far as certificates need it. Reading stays with
 * OpenSSL.
 */

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const SEQUENCE = 0x30;
const SET = 0x31;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** A tag, the length of the content, the content (X.690 §8.1). */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** The shortest form: one byte below 128, else the number of bytes and the bytes (X.690 §10.1). */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(SEQUENCE, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => element(SET, ...parts);
export const octetString = (content: Uint8Array): Buffer => element(OCTET_STRING, content);
export const utf8String = (text: string): Buffer => element(UTF8_STRING, Buffer.from(text));
export const boolean = (value: boolean): Buffer => element(BOOLEAN, Buffer.from([value ? 0xff : 0]));

/** Tag of the n-th alternative or optional part; `constructed` where it holds elements. */
export function tagged(n: number, constructed: boolean, ...content: readonly Uint8Array[]): Buffer {
  return element((constructed ? 0xa0 : 0x80) | n, ...content);
}

/** A number that is not negative, big-endian; a leading bit would make it one (X.690 §8.3). */
export function unsignedInteger(bytes: Uint8Array): Buffer {
  let first = 0;
  while (first < bytes.length - 1 && bytes[first] === 0) first++;
  const plain = bytes.subarray(first);
  return element(INTEGER, ...(((plain[0] ?? 0) & 0x80) === 0 ? [plain] : [Buffer.from([0]), plain]));
}

/** Whole bytes, or flags: then `unusedBits` at the end count as absent. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(BIT_STRING, Buffer.from([unusedBits]), bytes);
}

/** Dotted numbers in base 128; the first two share a byte (X.690 §8.19). */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(OBJECT_IDENTIFIER, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return at.getUTCFullYear() < 2050
    ? element(UTC_TIME, Buffer.from(digits.slice(2)))
    : element(GENERALIZED_TIME, Buffer.from(digits));
}
