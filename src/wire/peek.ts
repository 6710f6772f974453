/**
 * Counts the items of an encoded IngestFrame and finds hazard notices and automation events among them without decoding
 * it: what admission needs to know of a message before it may cost anything. A message that is no frame counts as one
 * item.
 */
export interface FramePeek {
  readonly items: number;
  readonly hasSafetyItems: boolean;
}

// Field numbers of stream/v1/frame.proto.
const ITEMS_TAG = (3 << 3) | 2;
const HAZARD_TAG = (17 << 3) | 2;
const AUTOMATION_TAG = (21 << 3) | 2;
const AWARENESS_TAG = (16 << 3) | 2;
const CONTROL_BITS_TAG = 9 << 3;
const EVENT_BITS_TAG = 11 << 3;
const EMERGENCY_BRAKE = 4;
const SAFETY_EVENTS = 128 | 2048 | 4096;

class Scan {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, position: number, end: number) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** The next varint, −1 where there is none. Only the low 32 bits count here. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70 && this.position < this.end; shift += 7) {
      const byte = this.bytes[this.position++] ?? 0;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    return -1;
  }

  /** Skips the value of a field; false where the message ends too early. */
  skip(wireType: number): boolean {
    if (wireType === 0) return this.varint() >= 0;
    if (wireType === 1) this.position += 8;
    else if (wireType === 5) this.position += 4;
    else if (wireType === 2) {
      const length = this.varint();
      if (length < 0) return false;
      this.position += length;
    } else return false;
    return this.position <= this.end;
  }
}

export function peekFrame(bytes: Uint8Array): FramePeek {
  const scan = new Scan(bytes, 0, bytes.length);
  let items = 0;
  let hasSafetyItems = false;
  while (scan.position < scan.end) {
    const tag = scan.varint();
    if (tag < 0) break;
    if (tag === ITEMS_TAG) {
      const length = scan.varint();
      if (length < 0 || scan.position + length > scan.end) break;
      items++;
      hasSafetyItems ||= isSafetyItem(new Scan(bytes, scan.position, scan.position + length));
      scan.position += length;
    } else if (!scan.skip(tag & 7)) break;
  }
  return { items: Math.max(items, 1), hasSafetyItems };
}

/** Base time, frame number, items, schema: what a frame holds that nobody expects an answer to. */
const PLAIN_TAGS: ReadonlySet<number> = new Set([1 << 3, 2 << 3, ITEMS_TAG, 5 << 3]);

/** False where a frame introduces, asks for a receipt, subscribes, or is none: somebody waits for an answer. */
export function isPlainFrame(bytes: Uint8Array): boolean {
  const scan = new Scan(bytes, 0, bytes.length);
  while (scan.position < scan.end) {
    const tag = scan.varint();
    if (!PLAIN_TAGS.has(tag) || !scan.skip(tag & 7)) return false;
  }
  return true;
}

function isSafetyItem(scan: Scan): boolean {
  while (scan.position < scan.end) {
    const tag = scan.varint();
    if (tag === HAZARD_TAG || tag === AUTOMATION_TAG) return true;
    if (tag === AWARENESS_TAG) {
      const length = scan.varint();
      if (length < 0) return false;
      if (hasEmergencyFlag(new Scan(scan.bytes, scan.position, Math.min(scan.position + length, scan.end))))
        return true;
      scan.position += length;
    } else if (tag < 0 || !scan.skip(tag & 7)) return false;
  }
  return false;
}

function hasEmergencyFlag(scan: Scan): boolean {
  while (scan.position < scan.end) {
    const tag = scan.varint();
    if (tag === CONTROL_BITS_TAG && (scan.varint() & EMERGENCY_BRAKE) !== 0) return true;
    if (tag === EVENT_BITS_TAG && (scan.varint() & SAFETY_EVENTS) !== 0) return true;
    if (tag === CONTROL_BITS_TAG || tag === EVENT_BITS_TAG) continue;
    if (tag < 0 || !scan.skip(tag & 7)) return false;
  }
  return false;
}
