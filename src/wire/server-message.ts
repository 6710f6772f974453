import "./protobuf.ts";
import protobuf from "protobufjs/minimal.js";
import type {
  AlertBatch,
  AlertDelivery,
  DeliveryLatency,
  FlowControl,
  Gap,
  PositionBatch,
  ProblemNotice,
  Receipt,
  StationPosition,
  Subscribed,
  Welcome,
} from "../domain/delivery.ts";
import { STATION_TYPES } from "../domain/station.ts";
import { toWireAlert } from "./alert-message.ts";
import { WIRE_GAP_REASON } from "./gap-reason.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";

export { decodeServerMessage } from "./server-message-reader.ts";

type WireServerMessage = stream.roadpulse.stream.v1.ServerMessage.$Properties;
type WireDelivery = stream.roadpulse.stream.v1.AlertDelivery.$Properties;
type WireLatency = stream.roadpulse.stream.v1.Latency.$Properties;
type WirePosition = stream.roadpulse.stream.v1.StationPosition.$Properties;

const { AlertDelivery: Delivery, FlowAction, Latency, ServerMessage: Message } = roadpulse.stream.v1;

const E7 = 1e7;
const CENTI = 100;
const TENTHS = 10;

const write = (message: WireServerMessage): Uint8Array => Message.encode(message).finish();

export const encodeWelcome = (welcome: Welcome): Uint8Array =>
  write({
    welcome: {
      epoch: welcome.epoch,
      server_time_unix_ms: welcome.serverTimeMs,
      version: welcome.version,
      schema_minor: welcome.schemaMinor,
      max_message_bytes: welcome.maxMessageBytes,
      max_items: welcome.maxItems,
      heartbeat_ms: welcome.heartbeatMs,
    },
  });

export const encodeSubscribed = (subscribed: Subscribed): Uint8Array =>
  write({
    subscribed: {
      subscription_id: subscribed.subscriptionId,
      cursor: { ...subscribed.cursor },
      resumed: subscribed.resumed,
      snapshot_alerts: subscribed.snapshotAlerts,
    },
  });

/** One delivery as it stands in a batch: encoded once, then joined into the batch of each subscriber that gets it. */
export const encodeAlertDelivery = (delivery: AlertDelivery): Uint8Array =>
  Delivery.encode(toWireDelivery(delivery)).finish();

/** What `encodeAlertDelivery` makes of a delivery with a latency, out of what it made of the same one without. */
export function withLatency(delivery: Uint8Array, latency: DeliveryLatency): Uint8Array {
  const writer = protobuf.Writer.create().raw(delivery).uint32(LATENCY_TAG).fork();
  return Latency.encode(toWireLatency(latency), writer).ldelim().finish();
}

// Tag of AlertDelivery.latency, its last field; of ServerMessage.alerts and of AlertBatch's fields: field number × 8 + wire type.
const LATENCY_TAG = (3 << 3) | 2;
const ALERTS_TAG = (3 << 3) | 2;
const EPOCH_TAG = (1 << 3) | 0;
const DELIVERIES_TAG = (2 << 3) | 2;
const SNAPSHOT_TAG = (3 << 3) | 0;

/** The message that `encodeAlertBatch` makes of the same deliveries, at the cost of copying bytes. */
export function joinAlertBatch(
  epoch: number,
  deliveries: readonly Uint8Array[],
  snapshot: boolean,
): Uint8Array {
  const writer = protobuf.Writer.create().uint32(ALERTS_TAG).fork();
  if (epoch !== 0) writer.uint32(EPOCH_TAG).uint64(epoch);
  for (const bytes of deliveries) writer.uint32(DELIVERIES_TAG).bytes(bytes);
  if (snapshot) writer.uint32(SNAPSHOT_TAG).bool(true);
  return writer.ldelim().finish();
}

export const encodeAlertBatch = (batch: AlertBatch): Uint8Array =>
  joinAlertBatch(batch.epoch, batch.deliveries.map(encodeAlertDelivery), batch.snapshot);

export const encodePositionBatch = (batch: PositionBatch): Uint8Array =>
  write({
    positions: {
      subscription_id: batch.subscriptionId,
      time_unix_ms: batch.timeMs,
      positions: batch.positions.map(toWirePosition),
      left_out: batch.leftOut,
    },
  });

export const encodeGap = (gap: Gap): Uint8Array =>
  write({ gap: { reason: WIRE_GAP_REASON[gap.reason], oldest: { ...gap.oldest }, asked: { ...gap.asked } } });

export const encodeFlowControl = (flow: FlowControl): Uint8Array =>
  write({
    flow_control: {
      action: flow.action === "queueing" ? FlowAction.FLOW_ACTION_QUEUEING : FlowAction.FLOW_ACTION_RECOVERED,
      queued_bytes: flow.queuedBytes,
      positions_conflated: flow.positionsConflated,
      disconnect_in_ms: flow.disconnectInMs,
    },
  });

export const encodeProblem = (problem: ProblemNotice): Uint8Array =>
  write({
    problem: {
      code: problem.code,
      message: problem.message,
      field: problem.field,
      subscription_id: problem.subscriptionId,
    },
  });

export const encodeReceipt = (receipt: Receipt): Uint8Array =>
  write({
    receipt: {
      frame_seq: receipt.frameSeq,
      accepted: receipt.accepted,
      duplicate: receipt.duplicate,
      late: receipt.late,
      durable: receipt.durable,
      rejected: receipt.rejected.map((entry) => ({ ...entry })),
    },
  });

function toWireDelivery({ sequence, alert, latency }: AlertDelivery): WireDelivery {
  return {
    sequence,
    alert: toWireAlert(alert),
    latency: latency === undefined ? null : toWireLatency(latency),
  };
}

function toWireLatency({ decodedUs, detectedUs, deliveredUs }: DeliveryLatency): WireLatency {
  return { decoded_us: decodedUs, detected_us: detectedUs, delivered_us: deliveredUs };
}

function toWirePosition(position: StationPosition): WirePosition {
  return {
    station_label: position.stationLabel,
    latitude_e7: Math.round(position.latitudeDeg * E7),
    longitude_e7: Math.round(position.longitudeDeg * E7),
    speed_cmps: position.speedMps === undefined ? null : Math.round(position.speedMps * CENTI),
    heading_ddeg: position.headingDeg === undefined ? null : Math.round(position.headingDeg * TENTHS),
    station_type: STATION_TYPES.indexOf(position.stationType) + 1,
    age_ms: position.ageMs,
  };
}
