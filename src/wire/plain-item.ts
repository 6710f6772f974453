import { type Bounds, type PlainField, PlainMessage } from "./plain-message.ts";

/** Field numbers of v2x/v1/awareness.proto. */
export const AWARENESS = {
  latitude: 1,
  longitude: 2,
  speed: 3,
  heading: 4,
  acceleration: 5,
  yawRate: 6,
  source: 7,
  stationType: 8,
  controlBits: 9,
  lightBits: 10,
  eventBits: 11,
  length: 12,
  width: 13,
  driveDirection: 14,
  role: 15,
  altitude: 16,
  positionConfidence: 17,
  lanePosition: 22,
  lightBar: 24,
  siren: 25,
  pathHistory: 26,
  wiperRate: 27,
} as const;

/** Field numbers of IngestItem in stream/v1/frame.proto. */
export const ITEM = {
  stationId: 1,
  timeOffset: 2,
  receiverId: 3,
  originalFormat: 4,
  originalPayload: 5,
  securityVerdict: 6,
  awareness: 16,
} as const;

/** Field of ErrorEllipse in v2x/v1/common.proto. */
export const SEMI_MAJOR = 1;
/** Field of Path. */
export const PATH_POINTS = 1;

/** Bounds by field number; a message with a value beyond them is not plain. */
export interface PlainItemBounds {
  readonly item: Readonly<Record<number, Bounds>>;
  readonly awareness: Readonly<Record<number, Bounds>>;
  readonly ellipse: Readonly<Record<number, Bounds>>;
}

/** An IngestItem that holds a position report, and the messages within it. */
export class PlainItem {
  readonly ellipse: PlainMessage;
  readonly path = new PlainMessage({
    [PATH_POINTS]: { repeated: new PlainMessage({ 1: "zigzag", 2: "zigzag", 3: "zigzag", 4: "varint" }) },
  });
  readonly report: PlainMessage;
  readonly item: PlainMessage;

  constructor(bounds: PlainItemBounds) {
    this.ellipse = new PlainMessage({ 1: "varint", 2: "varint", 3: "varint" }, bounds.ellipse);
    this.report = new PlainMessage(
      {
        ...numbered([1, 2], "fixed32"),
        ...numbered([3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 24, 25, 27, 28], "varint"),
        ...numbered([5, 6, 16, 20, 21, 22, 23], "zigzag"),
        [AWARENESS.positionConfidence]: this.ellipse,
        [AWARENESS.pathHistory]: this.path,
      },
      bounds.awareness,
    );
    this.item = new PlainMessage(
      {
        [ITEM.stationId]: "fixed32",
        [ITEM.timeOffset]: "zigzag",
        [ITEM.receiverId]: "fixed32",
        [ITEM.originalFormat]: "varint",
        [ITEM.originalPayload]: "bytes",
        [ITEM.securityVerdict]: "varint",
        [ITEM.awareness]: this.report,
      },
      bounds.item,
    );
  }

  /** False where it is another item, or not plain. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    return this.item.read(bytes, start, end) && this.item.has(ITEM.awareness);
  }
}

function numbered(fields: readonly number[], kind: PlainField): Record<number, PlainField> {
  return Object.fromEntries(fields.map((field) => [field, kind]));
}
