/**
 * The public surface for programs that embed Roadpulse. What stands here follows semantic versioning; everything else may
 * change in any release.
 */

export { defaultDetectors } from "./detect/registry.ts";
export type {
  Alert,
  AlertKind,
  AlertState,
  AlertTier,
  Evidence,
  Explanation,
  Severity,
} from "./domain/alert.ts";
export { ALERT_KINDS, isTerminal } from "./domain/alert.ts";
export { alertLine, alertRecord } from "./domain/alert-json.ts";
export { Counters } from "./domain/counters.ts";
export type { Detection } from "./domain/detection.ts";
export type { DetectionContext, Detector, Emit, StationLookup, StationView } from "./domain/detector.ts";
export type { Frame } from "./domain/frame.ts";
export type * from "./domain/observation.ts";
export type { GeoBox, GeoPoint, Outline } from "./domain/place.ts";
export type { StreamRecord } from "./domain/record.ts";
export { REJECTION_CODES, type Rejection, type RejectionCode } from "./domain/rejection.ts";
export type { SnapshotValue } from "./domain/snapshot.ts";
export { Pipeline, type PipelineOptions } from "./pipeline.ts";
export { type ReceiveRange, readRecording } from "./recording/reader.ts";
export { Recorder, type RecorderOptions } from "./recording/recorder.ts";
export { type ReplayOptions, type ReplaySummary, replay } from "./replay.ts";
export { encodeIngestFrame, type WireIngestFrame, type WireIngestItem } from "./wire/ingest-frame.ts";
