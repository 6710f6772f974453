import { type AccessLimits, isInBoxes, isNameListed } from "../domain/access.ts";
import { isRejection } from "../domain/rejection.ts";
import {
  decodeIngestFrame,
  encodeIngestFrame,
  type WireGeoPoint,
  type WireIngestFrame,
  type WireIngestItem,
} from "./ingest-frame.ts";

const E7 = 1e7;

export interface LimitedFrame {
  /** The frame without the items beyond the limits; the bytes themselves where all are within. */
  readonly bytes: Uint8Array;
  readonly refusedItems: number;
  /** Name in the frame's hello that the limits do not list. */
  readonly foreignSource: string | undefined;
}

/** Whether limits bear on single items, so that every frame must be looked into. */
export function limitsItems({ stationIds, areas, causeCodes }: AccessLimits): boolean {
  return stationIds !== undefined || areas !== undefined || causeCodes !== undefined;
}

/** Holds a producer's frame against the limits of its identity. Never throws; what is no frame is left as it is. */
export function withinLimits(bytes: Uint8Array, limits: AccessLimits): LimitedFrame {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame)) return { bytes, refusedItems: 0, foreignSource: undefined };
  const items = frame.items ?? [];
  const permitted = items.filter((item) => isPermitted(item, limits));
  const refusedItems = items.length - permitted.length;
  return {
    bytes: refusedItems === 0 ? bytes : encodeIngestFrame({ ...frame, items: permitted }),
    refusedItems,
    foreignSource: foreignSource(frame, limits),
  };
}

function foreignSource({ hello }: WireIngestFrame, { sources }: AccessLimits): string | undefined {
  const name = hello?.source_id ?? "";
  return hello && sources !== undefined && !isNameListed(sources, name) ? name : undefined;
}

function isPermitted(item: WireIngestItem, { stationIds, areas, causeCodes }: AccessLimits): boolean {
  if (stationIds !== undefined && !areStationsPermitted(item, stationIds)) return false;
  if (causeCodes !== undefined && item.hazard && !isCausePermitted(item.hazard, causeCodes)) return false;
  return areas === undefined || isPlacePermitted(item, areas);
}

/** Of a hazard, whoever first told of it counts, too: its events are told apart by that station. */
function areStationsPermitted(
  item: WireIngestItem,
  stationIds: NonNullable<AccessLimits["stationIds"]>,
): boolean {
  const isListed = (id: number) => stationIds.some(({ first, last }) => id >= first && id <= last);
  const originator = item.hazard?.event?.originating_station_id || undefined;
  return isListed(item.station_id ?? 0) && (originator === undefined || isListed(originator));
}

/** Taking an own hazard back needs no cause. */
function isCausePermitted(
  hazard: NonNullable<WireIngestItem["hazard"]>,
  causeCodes: ReadonlySet<number>,
): boolean {
  const { cause_code } = hazard;
  return (cause_code ?? 0) === 0 ? (hazard.termination ?? 0) !== 0 : causeCodes.has(cause_code ?? 0);
}

/** Messages that tell no place (signal states name an intersection) are not bounded by area. */
function isPlacePermitted(item: WireIngestItem, areas: NonNullable<AccessLimits["areas"]>): boolean {
  const place: WireGeoPoint | null | undefined =
    item.awareness ??
    item.hazard?.position ??
    item.perceived?.reference_position ??
    item.intersection?.reference_point ??
    item.automation?.position ??
    item.sensor?.position;
  if (!place) return true;
  return isInBoxes(areas, (place.latitude_e7 ?? 0) / E7, (place.longitude_e7 ?? 0) / E7);
}
