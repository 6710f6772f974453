import "./protobuf.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";

export type WireSessionEvent = stream.roadpulse.stream.v1.SessionEvent.$Properties;
export type WireReplayRecord = stream.roadpulse.stream.v1.ReplayRecord.$Properties;
export type WireReplayProgress = stream.roadpulse.stream.v1.ReplayProgress.$Properties;

const { SessionEvent, SessionEventKind, ReplayRecord, ReplayProgress } = roadpulse.stream.v1;

export { SessionEventKind as WireSessionEventKind };

/** Records that may be under way between a replaying client and a server: bounds the memory of both. */
export const REPLAY_WINDOW_RECORDS = 4096;

function tryRead<T>(read: () => T): T | Rejection {
  try {
    return read();
  } catch {
    return reject("malformed");
  }
}

export const encodeSessionEvent = (event: WireSessionEvent): Uint8Array =>
  SessionEvent.encode(event).finish();
export const decodeSessionEvent = (bytes: Uint8Array): WireSessionEvent | Rejection =>
  tryRead(() => SessionEvent.decode(bytes));

export const encodeReplayRecord = (record: WireReplayRecord): Uint8Array =>
  ReplayRecord.encode(record).finish();
export const decodeReplayRecord = (bytes: Uint8Array): WireReplayRecord | Rejection =>
  tryRead(() => ReplayRecord.decode(bytes));

export const encodeReplayProgress = (progress: WireReplayProgress): Uint8Array =>
  ReplayProgress.encode(progress).finish();
export const decodeReplayProgress = (bytes: Uint8Array): WireReplayProgress | Rejection =>
  tryRead(() => ReplayProgress.decode(bytes));
