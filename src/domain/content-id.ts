/**
 * A 64-bit id that derives from content, as 13 characters of Crockford's base 32. Two FNV-1a passes with different
 * offsets and a final mix (murmur3): not cryptographic, which ids of alerts need not be, and the same on every
 * machine.
 */
export function contentId(text: string): string {
  const high = mix(fnv1a(text, 0x811c9dc5));
  const low = mix(fnv1a(text, 0x9747b28c) ^ high);
  return base32(high, low);
}

function fnv1a(text: string, offset: number): number {
  let hash = offset;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

function base32(high: number, low: number): string {
  let value = (BigInt(high) << 32n) | BigInt(low);
  let text = "";
  for (let i = 0; i < 13; i++) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}
