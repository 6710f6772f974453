import "./protobuf.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";

export type WireIngestFrame = stream.roadpulse.stream.v1.IngestFrame.$Properties;
export type WireIngestItem = stream.roadpulse.stream.v1.IngestItem.$Properties;
export type WireHello = stream.roadpulse.stream.v1.Hello.$Properties;
export type WireSubscribe = stream.roadpulse.stream.v1.Subscribe.$Properties;
export type WireUnsubscribe = stream.roadpulse.stream.v1.Unsubscribe.$Properties;
export type WireAwareness = stream.roadpulse.v2x.v1.Awareness.$Properties;
export type WireHazardNotice = stream.roadpulse.v2x.v1.HazardNotice.$Properties;
export type WirePerceivedObjects = stream.roadpulse.v2x.v1.PerceivedObjects.$Properties;
export type WireSignalState = stream.roadpulse.v2x.v1.SignalState.$Properties;
export type WireIntersectionMap = stream.roadpulse.v2x.v1.IntersectionMap.$Properties;
export type WireAutomationEvent = stream.roadpulse.v2x.v1.AutomationEvent.$Properties;
export type WireSensorReading = stream.roadpulse.v2x.v1.SensorReading.$Properties;
export type WireGeoPoint = stream.roadpulse.v2x.v1.GeoPoint.$Properties;
export type WireGeoOffset = stream.roadpulse.v2x.v1.GeoOffset.$Properties;

const { IngestFrame, IngestItem } = roadpulse.stream.v1;

/** Largest frame taken: 500 items of a CAM's size need 33 kB, 255 perceived objects 10 kB; the rest is room for originals. */
export const MAX_FRAME_BYTES = 256 * 1024;

/** Most items in one frame; larger batches add latency and no throughput (measured knee near 50). */
export const MAX_FRAME_ITEMS = 500;

/** Minor version of the schema that this build writes. */
export const SCHEMA_MINOR = 1;

export function encodeIngestFrame(frame: WireIngestFrame): Uint8Array {
  return IngestFrame.encode(frame).finish();
}

/** Reads one frame. Never throws: what protobuf cannot read is `malformed`. `bytes` fields are views. */
export function decodeIngestFrame(bytes: Uint8Array): WireIngestFrame | Rejection {
  if (bytes.length > MAX_FRAME_BYTES) return reject("too-large");
  try {
    return IngestFrame.decode(bytes);
  } catch {
    return reject("malformed");
  }
}

type DecodeNested = (
  reader: Uint8Array,
  length: undefined,
  endGroup: undefined,
  depth: number,
) => WireIngestItem;

/** Reads one item by itself as it would be read within its frame. Never throws. */
export function decodeIngestItem(bytes: Uint8Array): WireIngestItem | Rejection {
  try {
    return (IngestItem.decode as DecodeNested)(bytes, undefined, undefined, 1);
  } catch {
    return reject("malformed");
  }
}
