import type { WireIngestItem } from "./ingest-frame.ts";

/** What an item may hold, one of them. */
export const ITEM_BODIES = [
  "awareness",
  "hazard",
  "perceived",
  "signal",
  "intersection",
  "automation",
  "sensor",
] as const;
export type ItemBody = (typeof ITEM_BODIES)[number];

/** Undefined for an item without a body that this build knows. */
export function bodyOf(item: WireIngestItem): ItemBody | undefined {
  return ITEM_BODIES.find((body) => item[body] !== null && item[body] !== undefined);
}

/** Limits of the schema that are more than the range of a number; an item beyond one is refused whole. */
export const FRAME_RULES = {
  /** Originals are kept for audit; real DENMs reach 400 B, CPMs 1 kB. */
  maxOriginalBytes: 8 * 1024,
  /** ETSI TS 102 894-2 V2.4.1, Path: at most 40 points. */
  maxPathPoints: 40,
  /** ETSI TS 102 894-2, Traces: 7 approaches of 40 points. */
  maxTraces: 7,
  /** ETSI TS 102 894-2, EventZone. */
  maxZonePoints: 23,
  maxPlannedPoints: 40,
  maxDesignDomainCharacters: 64,
  maxSensorNameCharacters: 96,
  maxMessageCount: 127,
} as const;

/** OriginalFormat of `frame.proto`: an ETSI message in UPER. */
const ETSI_UPER = 1;

/** Byte 0 of every ETSI message: 2 for CAM, DENM and CPM, 3 for VAM; version 1 has another layout. */
const ETSI_VERSIONS: ReadonlySet<number> = new Set([2, 3]);

/** @param format of OriginalFormat @param firstByte of the original */
export function isUnknownVersion(format: number, firstByte: number): boolean {
  return format === ETSI_UPER && !ETSI_VERSIONS.has(firstByte);
}
