/** What tells one message of alerts from the next, without decoding the alerts. */
export interface ScannedBatch {
  /** Number of its first transition. */
  readonly sequence: number;
  readonly deliveries: number;
  readonly isSnapshot: boolean;
}

// ServerMessage.alerts, and the fields of AlertBatch and AlertDelivery: field number × 8 + wire type.
const ALERTS_TAG = (3 << 3) | 2;
const SUBSCRIBED_TAG = (2 << 3) | 2;
const DELIVERIES_TAG = (2 << 3) | 2;
const SNAPSHOT_TAG = (3 << 3) | 0;
const SEQUENCE_TAG = (1 << 3) | 0;

let at = 0;

/** The varint at `at`, below 2^53; `at` moves behind it. */
function varint(bytes: Uint8Array): number {
  let value = 0;
  for (let scale = 1; at < bytes.length; scale *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
  }
  return value;
}

/**
 * Reads the frame of a batch of alerts as this server writes it. A crowd of a thousand subscribers cannot decode every
 * copy: the first copy is decoded by `decodeServerMessage`, the others are told by their first sequence number.
 */
export function scanAlertBatch(bytes: Uint8Array): ScannedBatch | undefined {
  if (bytes[0] !== ALERTS_TAG) return undefined;
  at = 1;
  const end = varint(bytes) + at;
  let sequence = 0;
  let deliveries = 0;
  let isSnapshot = false;
  while (at < end) {
    const tag = varint(bytes);
    const value = varint(bytes);
    if (tag === SNAPSHOT_TAG) isSnapshot = value !== 0;
    if (tag !== DELIVERIES_TAG) continue;
    const next = at + value;
    if (deliveries === 0 && bytes[at] === SEQUENCE_TAG) {
      at++;
      sequence = varint(bytes);
    }
    deliveries++;
    at = next;
  }
  return { sequence, deliveries, isSnapshot };
}

/** Whether the message confirms a subscription. */
export function isSubscribed(bytes: Uint8Array): boolean {
  return bytes[0] === SUBSCRIBED_TAG;
}
