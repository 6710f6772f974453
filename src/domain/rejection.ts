/**
 * Why a message or item was not used. Bounded: the code is a metric label and stands in receipts.
 * `duplicate` is counted apart from the others: received = accepted + duplicate + invalid + shed.
 */
export const REJECTION_CODES = [
  "malformed",
  "too-large",
  "too-many-items",
  "no-hello",
  "bad-hello",
  "unknown-version",
  "unsupported-body",
  "missing-field",
  "out-of-range",
  "stale",
  "future",
  "duplicate",
  "out-of-order",
  "superseded",
  "expired",
  "unknown-event",
  "implausible-jump",
  "implausible-speed",
  "implausible-acceleration",
  "implausible-heading",
  "station-limit",
  "event-limit",
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** One message or item not used. */
export interface Rejection {
  readonly rejected: RejectionCode;
  /** Path of the field at fault, e.g. `items[3].awareness.latitude_e7`; undefined where no single field is at fault. */
  readonly field: string | undefined;
}

/** One shared object per code and field: rejecting must not cost more than accepting. Bounded by the schema's fields. */
const known = new Map<string, Rejection>();

export function reject(code: RejectionCode, field?: string): Rejection {
  const key = field === undefined ? code : `${code} ${field}`;
  const existing = known.get(key);
  if (existing !== undefined) return existing;
  const rejection: Rejection = { rejected: code, field };
  known.set(key, rejection);
  return rejection;
}

export function isRejection(value: object): value is Rejection {
  return typeof (value as Partial<Rejection>).rejected === "string";
}

/** Says something about the honesty or health of the station, not about the way that the message took. */
export function isImplausible({ rejected }: Rejection): boolean {
  return rejected.startsWith("implausible-");
}
