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

/** Of 64 bits, five at a time from the lowest; without BigInt, which took 2 µs. */
function base32(high: number, low: number): string {
  let text = "";
  for (let bit = 0; bit < 65; bit += 5) text = ALPHABET.charAt(fiveBits(high, low, bit)) + text;
  return text;
}

function fiveBits(high: number, low: number, bit: number): number {
  if (bit >= 32) return (high >>> (bit - 32)) & 31;
  const fromLow = low >>> bit;
  return (bit <= 27 ? fromLow : fromLow | (high << (32 - bit))) & 31;
}
