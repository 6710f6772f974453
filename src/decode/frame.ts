import type { DecodedItem } from "../domain/frame.ts";
import { isSafetyMessage, type Observation, type SecurityVerdict } from "../domain/observation.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import type { Source, TimeBase } from "../domain/station.ts";
import { FRAME_RULES, isUnknownVersion } from "../wire/frame-rules.ts";
import {
  decodeIngestFrame,
  MAX_FRAME_ITEMS,
  type WireIngestFrame,
  type WireIngestItem,
} from "../wire/ingest-frame.ts";
import { decodeAutomation } from "./automation.ts";
import { decodeAwareness } from "./awareness.ts";
import { decodeHazard } from "./hazard.ts";
import { decodePerception } from "./perception.ts";
import type { Optional } from "./ranges.ts";
import { decodeSensor } from "./sensor.ts";
import { decodeIntersection, decodeSignal } from "./signal.ts";

const manyItems = reject("too-many-items", "items");
const noStation = reject("missing-field", "items.station_id");
const noBaseTime = reject("missing-field", "base_time_unix_ms");
const noBody = reject("unsupported-body");
const badVersion = reject("unknown-version", "items.original_payload");
const bigOriginal = reject("too-large", "items.original_payload");

/**
 * Difference between TAI and UTC beyond the 32 s that both had at the ETSI epoch (2004), in force since 2017-01-01 and,
 * by resolution 4 of the CGPM 2022, not to be changed lightly: TS 102 894-2 TimestampIts runs 5 s ahead of UTC.
 */
const LEAP_MS = 5_000;

const CORRECTION_MS: Readonly<Record<TimeBase, number>> = { utc: 0, tai: -LEAP_MS, "utc-no-leap": LEAP_MS };

export const VERDICTS: readonly SecurityVerdict[] = ["unchecked", "valid", "invalid", "unsigned"];

/** Reads one producer message: size and structure, at most 500 items. Never throws. */
export function decodeFrame(bytes: Uint8Array): WireIngestFrame | Rejection {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame)) return frame;
  return (frame.items?.length ?? 0) > MAX_FRAME_ITEMS ? manyItems : frame;
}

/** UTC of a frame's base time; 0 where it was not set. */
export function baseTimeMs(frame: WireIngestFrame, timeBase: TimeBase): number {
  return utcMs(frame.base_time_unix_ms ?? 0, timeBase);
}

/** UTC of a time in a source's time base; 0 where it was not set. */
export function utcMs(claimedMs: number, timeBase: TimeBase): number {
  return claimedMs === 0 ? 0 : claimedMs + CORRECTION_MS[timeBase];
}

/**
 * One item in domain terms, or why it cannot be used. `baseMs` is that of `baseTimeMs`. A safety message without a
 * usable time goes on: validation gives it its receive time.
 */
export function decodeItem(item: WireIngestItem, baseMs: number, source: Source): DecodedItem | Rejection {
  const observedAtMs = baseMs === 0 ? 0 : baseMs + (item.time_offset_ms ?? 0);
  const observation = decodeBody(item, baseMs, observedAtMs);
  if (isRejection(observation)) return observation;
  const isSafety = isSafetyMessage(observation);
  const refused = isSafety ? undefined : refuseEnvelope(item);
  if (refused !== undefined) return refused;
  const stationId = item.station_id || originOf(observation);
  if (stationId === 0 && observation.kind !== "sensor") return noStation;
  if (baseMs === 0 && !isSafety) return noBaseTime;
  return {
    stationId,
    observedAtMs,
    receiver: receiverName(item.receiver_id, source),
    security: VERDICTS[item.security_verdict ?? 0] ?? "unchecked",
    observation,
  };
}

/** A hazard notice names its station itself; it is not refused because the envelope does not. */
function originOf(observation: Observation): number {
  return observation.kind === "hazard" ? observation.originatingStationId : 0;
}

function decodeBody(item: WireIngestItem, baseMs: number, observedAtMs: number): Observation | Rejection {
  if (item.awareness) return decodeAwareness(item.awareness);
  if (item.hazard) return decodeHazard(item.hazard, baseMs);
  if (item.perceived) return decodePerception(item.perceived, observedAtMs);
  if (item.signal) return decodeSignal(item.signal, observedAtMs);
  if (item.intersection) return decodeIntersection(item.intersection);
  if (item.automation) return decodeAutomation(item.automation, observedAtMs);
  if (item.sensor) return decodeSensor(item.sensor);
  return noBody;
}

function refuseEnvelope(item: WireIngestItem): Rejection | undefined {
  const original = item.original_payload;
  if (original === null || original === undefined) return undefined;
  return refuseOriginal(original.length, item.original_format ?? 0, original[0] ?? 0);
}

/** @param format of OriginalFormat @param firstByte where there is one */
export function refuseOriginal(length: number, format: number, firstByte: number): Rejection | undefined {
  if (length === 0) return undefined;
  if (length > FRAME_RULES.maxOriginalBytes) return bigOriginal;
  if (isUnknownVersion(format, firstByte)) return badVersion;
  return undefined;
}

/** Names of receivers repeat for ever; the table is bounded by its clearing. */
const MAX_RECEIVER_NAMES = 10_000;
const receiverNames = new Map<number, string>();

export function receiverName(receiverId: Optional<number>, source: Source): string {
  if (receiverId === null || receiverId === undefined) return source.name;
  const known = receiverNames.get(receiverId);
  if (known !== undefined) return known;
  if (receiverNames.size >= MAX_RECEIVER_NAMES) receiverNames.clear();
  const name = `rsu:${receiverId}`;
  receiverNames.set(receiverId, name);
  return name;
}
