import type { WireIngestItem } from "../../wire/ingest-frame.ts";

/** StationType of `common.proto`. */
const UNKNOWN_TYPE = 1;
const INFRASTRUCTURE_TYPE = 16;

/** SourceKind of `frame.proto`. */
export const RSU_SOURCE = 2;
export const GATEWAY_SOURCE = 3;

/** What one message says about its sender. */
export type Testimony = "road-user" | "infrastructure" | "nothing";

/**
 * Whether a message shows that its station is part of the road. A position report without a type is one of a road user;
 * signals and intersections come from the road.
 */
export function testimonyOf(item: WireIngestItem, comesFromVehicle: boolean): Testimony {
  if (item.awareness) return ofType(item.awareness.station_type, "road-user");
  if (item.hazard) return ofType(item.hazard.station_type, "nothing");
  if (item.perceived) return ofType(item.perceived.station_type, "nothing");
  if (item.automation) return "road-user";
  if (item.signal || item.intersection || item.sensor) return comesFromVehicle ? "nothing" : "infrastructure";
  return "nothing";
}

function ofType(type: number | null | undefined, untold: Testimony): Testimony {
  if (type === INFRASTRUCTURE_TYPE) return "infrastructure";
  return (type ?? 0) <= UNKNOWN_TYPE ? untold : "road-user";
}

/** The station of an item; a hazard notice may name it instead of its envelope. */
export function stationOf(item: WireIngestItem): number {
  return item.station_id || (item.hazard?.event?.originating_station_id ?? 0);
}
