import { isRejection } from "../domain/rejection.ts";
import {
  decodeIngestFrame,
  encodeIngestFrame,
  type WireHazardNotice,
  type WireIngestFrame,
  type WireIngestItem,
} from "../wire/ingest-frame.ts";

export interface Rebase {
  /** Added to every time of the frame, ms; whole, so that offsets within the frame stay as they are. */
  readonly shiftMs: number;
  /** Which time the recording is played; 0 leaves station ids as they are, every other number gives all stations new ones. */
  readonly loop: number;
}

/**
 * The same frame at another time and, from the second loop on, from other stations: event keys and the station of a
 * subscription go with the station ids; receivers, sensors and signals are fixtures of the road and keep their names. A
 * frame that cannot be read is passed on unchanged, as is an unset base time: the fault is what was recorded. Fields
 * unknown to this version are lost. Original payloads still tell the old time.
 */
export function rebaseFrame(bytes: Uint8Array, rebase: Rebase): Uint8Array {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame)) return bytes;
  try {
    return encodeIngestFrame(rebased(frame, rebase));
  } catch {
    return bytes;
  }
}

function rebased(frame: WireIngestFrame, { shiftMs, loop }: Rebase): WireIngestFrame {
  const mapId = (id: number | null | undefined): number => stationIdInLoop(id ?? 0, loop);
  const base = frame.base_time_unix_ms ?? 0;
  const ahead = frame.subscribe?.ahead;
  return {
    ...frame,
    base_time_unix_ms: shifted(base, shiftMs),
    items: (frame.items ?? []).map((item) => rebasedItem(item, mapId)),
    ...(ahead
      ? { subscribe: { ...frame.subscribe, ahead: { ...ahead, station_id: mapId(ahead.station_id) } } }
      : {}),
  };
}

/** Base times that no shift can have produced stay: the fault is what was recorded. */
function shifted(baseMs: number, shiftMs: number): number {
  const sum = baseMs + shiftMs;
  return baseMs === 0 || sum <= 0 || sum > Number.MAX_SAFE_INTEGER ? baseMs : sum;
}

type IdMap = (id: number | null | undefined) => number;

function rebasedItem(item: WireIngestItem, mapId: IdMap): WireIngestItem {
  const moved = { ...item, station_id: mapId(item.station_id) };
  return item.hazard ? { ...moved, hazard: rebasedHazard(item.hazard, mapId) } : moved;
}

function rebasedHazard(hazard: WireHazardNotice, mapId: IdMap): WireHazardNotice {
  const mapKey = (key: NonNullable<WireHazardNotice["event"]>) => ({
    ...key,
    originating_station_id: mapId(key.originating_station_id),
  });
  return {
    ...hazard,
    ...(hazard.event ? { event: mapKey(hazard.event) } : {}),
    linked_events: (hazard.linked_events ?? []).map(mapKey),
  };
}

/**
 * The id of a station in another loop: a bijection on 1..2^32−1 for every loop, so that two stations never become one. 0
 * means "not given" and stays.
 */
export function stationIdInLoop(stationId: number, loop: number): number {
  if (loop === 0 || stationId === 0) return stationId;
  const salt = Math.imul(loop, 0x9e3779b9);
  const mapped = mix(stationId ^ salt);
  // One id maps to 0; it takes the place that 0 leaves free.
  return mapped === 0 ? mix(salt) : mapped;
}

/** The finalizer of MurmurHash3: every step can be undone. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
