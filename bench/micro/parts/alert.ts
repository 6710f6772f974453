import { AlertBook } from "../../../src/alert/alert-book.ts";
import type { Alert } from "../../../src/domain/alert.ts";
import type { Detection } from "../../../src/domain/detection.ts";
import { encodeAlertDelivery, joinAlertBatch } from "../../../src/wire/server-message.ts";
import { type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";

const GRID_SIDE = 100;
const STEP_DEG = 0.02;
const START_MS = 1_790_000_000_000;
const VALID_MS = 4_000;
const BATCH_MS = 60_000;

/** What emergency braking detects, each at a place of its own. */
export function brakingDetection(index: number, phase: Detection["phase"], atMs: number): Detection {
  const position = {
    latitudeDeg: 50 + Math.floor(index / GRID_SIDE) * STEP_DEG,
    longitudeDeg: 6 + (index % GRID_SIDE) * STEP_DEG,
  };
  return {
    kind: "emergency-brake",
    tier: "confirmed",
    causeCode: 99,
    subCauseCode: 1,
    severity: 4,
    confidencePct: 90,
    referencedAtMs: atMs - 20,
    validUntilMs: atMs + VALID_MS,
    position,
    headingDeg: 90,
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations: 1, observations: 3, receivers: 1, sources: ["bench"], marks: [] },
    why: {
      rule: "emergency-braking/sustained",
      text: "Vehicle brakes at 8.1 m/s² from 108 km/h.",
      measures: [
        { name: "decelerationMps2", observed: 8.1, threshold: 7 },
        { name: "onsetSpeedKmph", observed: 108, threshold: 20 },
        { name: "sustainedMs", observed: 500, threshold: 500 },
      ],
    },
    detector: "emergency-braking",
    key: String(index),
    phase,
    decidedAtMs: atMs,
  };
}

/** Alerts as they are told, one per place. */
export function brakingAlerts(count: number, atMs: number): Alert[] {
  const book = new AlertBook();
  return Array.from({ length: count }, (_, i) => book.apply(brakingDetection(i, "start", atMs))).filter(
    (alert) => alert !== undefined,
  );
}

/** Life of alerts, and their encoding. */
export function alertPart({ alerts }: MicroSize): MicroPart {
  let atMs = START_MS;
  const book = new AlertBook();
  const applying = (phase: Detection["phase"], laterMs: number) => () => {
    const detections = Array.from({ length: alerts }, (_, i) => brakingDetection(i, phase, atMs + laterMs));
    return () => {
      for (const detection of detections) sink.sum += book.apply(detection)?.revision ?? 0;
    };
  };
  const deliveries = brakingAlerts(alerts, START_MS).map((alert, i) => ({
    sequence: i + 1,
    alert,
    latency: { decodedUs: 40, detectedUs: 60, deliveredUs: 80 },
  }));
  const encoded = deliveries.map(encodeAlertDelivery);
  return {
    name: "alert",
    note: `${alerts} live alerts`,
    cases: [
      { name: "begin", unit: "detection", operations: alerts, batch: applying("start", 0) },
      { name: "extend in silence", unit: "detection", operations: alerts, batch: applying("extend", 500) },
      { name: "end", unit: "detection", operations: alerts, batch: applying("end", 1_000) },
      {
        name: "tick that closes",
        unit: "alert",
        operations: alerts,
        batch: () => {
          atMs += BATCH_MS;
          return () => {
            sink.sum += book.onTick(atMs).length;
          };
        },
      },
      {
        name: "encode a delivery",
        unit: "alert",
        operations: alerts,
        batch: () => () => {
          for (const delivery of deliveries) sink.sum += encodeAlertDelivery(delivery).length;
        },
      },
      {
        name: "join into a batch message",
        unit: "alert",
        operations: alerts,
        batch: () => () => {
          for (const bytes of encoded) sink.sum += joinAlertBatch(1, [bytes], false).length;
        },
      },
    ],
  };
}
