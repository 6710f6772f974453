/**
 * The public surface for programs that embed Roadpulse. What stands here follows semantic versioning; everything else may
 * change in any release. `docs/library.md` shows it in use.
 */

export {
  AlertMessages,
  alertMessages,
} from "./client/alert-messages.ts";
export {
  AlertStream,
  type AlertStreamMessage,
  type AlertStreamOptions,
  type Interruption,
  subscribeAlerts,
} from "./client/alert-stream.ts";
export { ClientError } from "./client/client-error.ts";
export type { ClientCredentials } from "./client/credentials.ts";
export {
  connectProducer,
  Producer,
  type ProducerFrame,
  type ProducerOptions,
} from "./client/producer.ts";
export { type ConfigInput, isConfigProblems, loadConfig } from "./config/load.ts";
export { type ConfigProblem, problemLine } from "./config/problem.ts";
export type { Config } from "./config/schema.ts";
export { defaultDetectors } from "./detect/registry.ts";
export type {
  Alert,
  AlertContent,
  AlertKind,
  AlertState,
  AlertTier,
  Evidence,
  Explanation,
  Measure,
  RoadReference,
  Severity,
} from "./domain/alert.ts";
export { ALERT_KINDS, isTerminal } from "./domain/alert.ts";
export { alertLine, alertRecord } from "./domain/alert-json.ts";
export { Counters } from "./domain/counters.ts";
export type {
  AlertDelivery,
  DeliveryLatency,
  Receipt,
  RejectedCount,
  ServerMessage,
  StationPosition,
  Welcome,
} from "./domain/delivery.ts";
export type { Detection } from "./domain/detection.ts";
export type {
  DetectionContext,
  Detector,
  Emit,
  StationLookup,
  StationView,
  TrafficLookup,
} from "./domain/detector.ts";
export type { Corroboration, Frame } from "./domain/frame.ts";
export type * from "./domain/observation.ts";
export { ControlBit, EventBit, hazardLightsOn, isSafetyMessage, LightBit } from "./domain/observation.ts";
export type { GeoBox, GeoPoint, Outline } from "./domain/place.ts";
export type { StreamRecord } from "./domain/record.ts";
export { REJECTION_CODES, type Rejection, type RejectionCode } from "./domain/rejection.ts";
export type {
  RoadFlags,
  RoadLink,
  RoadMarker,
  RoadMatch,
  RoadNetwork,
  RoadRoute,
  RoadSpot,
} from "./domain/road.ts";
export type { SnapshotValue } from "./domain/snapshot.ts";
export type { Source, SourceKind, StationType, TimeBase } from "./domain/station.ts";
export {
  type AlertFilter,
  type Cursor,
  EVERY_ALERT,
  type Subscription,
  type SubscriptionArea,
} from "./domain/subscription.ts";
export { readRoadMap } from "./geo/road/road-map.ts";
export { RoadMapError } from "./geo/road/road-map-error.ts";
export { createLogger, type Logger, type LogOptions, silentLogger } from "./ops/logging.ts";
export { Pipeline, type PipelineOptions } from "./pipeline.ts";
export { type ReceiveRange, type RecordingRead, readRecording } from "./recording/reader.ts";
export { Recorder, type RecorderOptions } from "./recording/recorder.ts";
export { advanceUntilQuiet, type ReplayOptions, type ReplaySummary, replay } from "./replay.ts";
export { type RunningServer, startServer } from "./server/server.ts";
export type { AlertedRecord } from "./stream/operators.ts";
export { type ProducerHello, toWireHello } from "./wire/hello.ts";
export { encodeIngestFrame, type WireIngestFrame, type WireIngestItem } from "./wire/ingest-frame.ts";
