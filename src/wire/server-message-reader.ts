import "./protobuf.ts";
import type { AlertDelivery, DeliveryLatency, ServerMessage, StationPosition } from "../domain/delivery.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import { STATION_TYPES } from "../domain/station.ts";
import type { Cursor } from "../domain/subscription.ts";
import { fromWireAlert } from "./alert-message.ts";
import { gapReasonOf } from "./gap-reason.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";

type Wire = stream.roadpulse.stream.v1.ServerMessage.$Properties;
type WirePosition = stream.roadpulse.stream.v1.StationPosition.$Properties;
type WireCursor = stream.roadpulse.stream.v1.Cursor.$Properties | null | undefined;

const { AlertDelivery: Delivery, FlowAction, ServerMessage: Message } = roadpulse.stream.v1;

const E7 = 1e7;
const CENTI = 100;
const TENTHS = 10;

/** Reads one message of a server. Never throws; nothing of the result refers to `bytes`. */
export function decodeServerMessage(bytes: Uint8Array): ServerMessage | Rejection {
  const wire = read(bytes);
  if (wire === undefined) return reject("malformed");
  if (wire.alerts) return fromWireBatch(wire.alerts);
  if (wire.positions) return fromWirePositions(wire.positions);
  if (wire.subscribed) return fromWireSubscribed(wire.subscribed);
  if (wire.welcome) return fromWireWelcome(wire.welcome);
  if (wire.receipt) return fromWireReceipt(wire.receipt);
  if (wire.gap) return fromWireGap(wire.gap);
  if (wire.flow_control) return fromWireFlow(wire.flow_control);
  if (wire.problem) return fromWireProblem(wire.problem);
  return reject("unsupported-body");
}

function read(bytes: Uint8Array): Wire | undefined {
  try {
    return Message.decode(bytes);
  } catch {
    return undefined;
  }
}

const fromWireCursor = (wire: WireCursor): Cursor => ({
  epoch: wire?.epoch ?? 0,
  sequence: wire?.sequence ?? 0,
});

const fromWireWelcome = (wire: stream.roadpulse.stream.v1.Welcome.$Properties): ServerMessage => ({
  kind: "welcome",
  epoch: wire.epoch ?? 0,
  serverTimeMs: wire.server_time_unix_ms ?? 0,
  version: wire.version ?? "",
  schemaMinor: wire.schema_minor ?? 0,
  maxMessageBytes: wire.max_message_bytes ?? 0,
  maxItems: wire.max_items ?? 0,
  heartbeatMs: wire.heartbeat_ms ?? 0,
});

const fromWireSubscribed = (wire: stream.roadpulse.stream.v1.Subscribed.$Properties): ServerMessage => ({
  kind: "subscribed",
  subscriptionId: wire.subscription_id ?? "",
  cursor: fromWireCursor(wire.cursor),
  resumed: wire.resumed ?? false,
  snapshotAlerts: wire.snapshot_alerts ?? 0,
});

function fromWireBatch(wire: stream.roadpulse.stream.v1.AlertBatch.$Properties): ServerMessage | Rejection {
  const deliveries: AlertDelivery[] = [];
  for (const entry of wire.deliveries ?? []) {
    const delivery = fromWireDelivery(entry);
    if (isRejection(delivery)) return delivery;
    deliveries.push(delivery);
  }
  return { kind: "alerts", epoch: wire.epoch ?? 0, deliveries, snapshot: wire.snapshot ?? false };
}

function fromWireDelivery(
  wire: stream.roadpulse.stream.v1.AlertDelivery.$Properties,
): AlertDelivery | Rejection {
  const alert = fromWireAlert(wire.alert ?? {}, "alerts.deliveries.alert");
  if (isRejection(alert)) return alert;
  return { sequence: wire.sequence ?? 0, alert, latency: fromWireLatency(wire.latency) };
}

/** Reads one delivery on its own, as logs hold it. Never throws. */
export function decodeAlertDelivery(bytes: Uint8Array): AlertDelivery | Rejection {
  try {
    return fromWireDelivery(Delivery.decode(bytes));
  } catch {
    return reject("malformed");
  }
}

function fromWireLatency(
  wire: stream.roadpulse.stream.v1.Latency.$Properties | null | undefined,
): DeliveryLatency | undefined {
  if (!wire) return undefined;
  return {
    decodedUs: wire.decoded_us ?? 0,
    detectedUs: wire.detected_us ?? 0,
    deliveredUs: wire.delivered_us ?? 0,
  };
}

const fromWirePositions = (wire: stream.roadpulse.stream.v1.PositionBatch.$Properties): ServerMessage => ({
  kind: "positions",
  subscriptionId: wire.subscription_id ?? "",
  timeMs: wire.time_unix_ms ?? 0,
  positions: (wire.positions ?? []).map(fromWirePosition),
  leftOut: wire.left_out ?? 0,
});

const fromWirePosition = (wire: WirePosition): StationPosition => ({
  stationLabel: wire.station_label ?? 0,
  latitudeDeg: (wire.latitude_e7 ?? 0) / E7,
  longitudeDeg: (wire.longitude_e7 ?? 0) / E7,
  speedMps: typeof wire.speed_cmps === "number" ? wire.speed_cmps / CENTI : undefined,
  headingDeg: typeof wire.heading_ddeg === "number" ? wire.heading_ddeg / TENTHS : undefined,
  stationType: STATION_TYPES[(wire.station_type ?? 0) - 1] ?? "unknown",
  ageMs: wire.age_ms ?? 0,
});

function fromWireGap(wire: stream.roadpulse.stream.v1.Gap.$Properties): ServerMessage | Rejection {
  const reason = gapReasonOf(wire.reason ?? 0);
  if (reason === undefined) return reject("out-of-range", "gap.reason");
  return { kind: "gap", reason, oldest: fromWireCursor(wire.oldest), asked: fromWireCursor(wire.asked) };
}

function fromWireFlow(wire: stream.roadpulse.stream.v1.FlowControl.$Properties): ServerMessage | Rejection {
  const { action } = wire;
  const known = action === FlowAction.FLOW_ACTION_QUEUEING || action === FlowAction.FLOW_ACTION_RECOVERED;
  if (!known) return reject("out-of-range", "flow_control.action");
  return {
    kind: "flow-control",
    action: action === FlowAction.FLOW_ACTION_QUEUEING ? "queueing" : "recovered",
    queuedBytes: wire.queued_bytes ?? 0,
    positionsConflated: wire.positions_conflated ?? 0,
    disconnectInMs: wire.disconnect_in_ms ?? 0,
  };
}

const fromWireProblem = (wire: stream.roadpulse.stream.v1.Problem.$Properties): ServerMessage => ({
  kind: "problem",
  code: wire.code ?? "",
  message: wire.message ?? "",
  field: wire.field ?? "",
  subscriptionId: wire.subscription_id ?? "",
});

const fromWireReceipt = (wire: stream.roadpulse.stream.v1.Receipt.$Properties): ServerMessage => ({
  kind: "receipt",
  frameSeq: wire.frame_seq ?? 0,
  accepted: wire.accepted ?? 0,
  duplicate: wire.duplicate ?? 0,
  late: wire.late ?? 0,
  durable: wire.durable ?? false,
  rejected: (wire.rejected ?? []).map((entry) => ({
    reason: entry.reason ?? "",
    count: entry.count ?? 0,
    field: entry.field ?? "",
  })),
});
