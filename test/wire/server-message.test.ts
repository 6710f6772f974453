import "../../src/wire/protobuf.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { AlertDelivery, ServerMessage } from "../../src/domain/delivery.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import { roadpulse } from "../../src/wire/gen/roadpulse.js";
import {
  decodeServerMessage,
  encodeAlertBatch,
  encodeAlertDelivery,
  encodeFlowControl,
  encodeGap,
  encodePositionBatch,
  encodeProblem,
  encodeReceipt,
  encodeSubscribed,
  encodeWelcome,
  withLatency,
} from "../../src/wire/server-message.ts";
import { arbitraryAlert } from "./arbitrary-alert.ts";

const { ServerMessage: Wire } = roadpulse.stream.v1;

function decoded<K extends ServerMessage["kind"]>(kind: K, bytes: Uint8Array) {
  const message = decodeServerMessage(bytes);
  if (isRejection(message) || message.kind !== kind)
    throw new Error(`no ${kind}: ${JSON.stringify(message)}`);
  return message as Extract<ServerMessage, { kind: K }>;
}

describe("alerts on the wire", () => {
  it("take their latency later, to the same bytes", () => {
    const us = fc.nat(2 ** 32 - 1);
    const times = fc.record({ decodedUs: us, detectedUs: us, deliveredUs: us });
    fc.assert(
      fc.property(arbitraryAlert, fc.nat(), times, (alert, sequence, latency) => {
        const without = encodeAlertDelivery({ sequence, alert, latency: undefined });
        const bytes = withLatency(without, latency);
        expect(Buffer.from(bytes).equals(encodeAlertDelivery({ sequence, alert, latency }))).toBe(true);
      }),
    );
  });

  it("come back with the same alert line, whatever the alert", () => {
    fc.assert(
      fc.property(arbitraryAlert, (alert) => {
        const bytes = encodeAlertBatch({
          epoch: 7,
          snapshot: false,
          deliveries: [{ sequence: 1, alert, latency: undefined }],
        });
        const [delivery] = decoded("alerts", bytes).deliveries;
        expect(alertLine(delivery!.alert)).toBe(alertLine(alert));
      }),
    );
  });

  it("keep epoch, order, sequence numbers, latency and the snapshot mark", () => {
    const [first, second] = fc.sample(arbitraryAlert, { numRuns: 2, seed: 1 });
    const latency = { decodedUs: 40, detectedUs: 90, deliveredUs: 110 };
    const deliveries: AlertDelivery[] = [
      { sequence: 41, alert: first!, latency },
      { sequence: Number.MAX_SAFE_INTEGER, alert: second!, latency: undefined },
    ];
    const batch = decoded(
      "alerts",
      encodeAlertBatch({ epoch: 1_760_000_000_000, deliveries, snapshot: true }),
    );
    expect(batch.epoch).toBe(1_760_000_000_000);
    expect(batch.snapshot).toBe(true);
    expect(batch.deliveries.map(({ sequence }) => sequence)).toEqual([41, Number.MAX_SAFE_INTEGER]);
    expect(batch.deliveries.map((delivery) => delivery.latency)).toEqual([latency, undefined]);
  });

  it("are joined into the bytes that the generated code writes", () => {
    const [alert] = fc.sample(arbitraryAlert, { numRuns: 1, seed: 2 });
    const bytes = encodeAlertBatch({
      epoch: 9,
      deliveries: [1, 2].map((sequence) => ({ sequence, alert: alert!, latency: undefined })),
      snapshot: true,
    });
    expect([...Wire.encode(Wire.decode(bytes)).finish()]).toEqual([...bytes]);
  });

  it("with an outline that cannot be are refused", () => {
    const [alert] = fc.sample(arbitraryAlert, { numRuns: 1, seed: 3 });
    const deliveries = [{ sequence: 1, alert: alert!, latency: undefined }];
    const wire = Wire.decode(encodeAlertBatch({ epoch: 1, deliveries, snapshot: false }));
    const area = wire.alerts!.deliveries![0]!.alert!.area!;
    area.form = roadpulse.stream.v1.AreaForm.AREA_FORM_MULTI_POLYGON;
    area.part_starts = [0, 9, 4];
    expect(decodeServerMessage(Wire.encode(wire).finish())).toEqual({
      rejected: "malformed",
      field: "alerts.deliveries.alert.area",
    });
  });
});

describe("the other messages of a server", () => {
  it("come back as they were", () => {
    const welcome = {
      epoch: 5,
      serverTimeMs: 1_760_000_000_123,
      version: "1.2.3",
      schemaMinor: 1,
      maxMessageBytes: 262_144,
      maxItems: 500,
      heartbeatMs: 15_000,
    };
    const cursor = { epoch: 5, sequence: 12 };
    const subscribed = { subscriptionId: "a3", cursor, resumed: true, snapshotAlerts: 3 };
    const gap = { reason: "too-old" as const, oldest: cursor, asked: { epoch: 5, sequence: 2 } };
    const flow = {
      action: "queueing" as const,
      queuedBytes: 700_000,
      positionsConflated: 12,
      disconnectInMs: 7_500,
    };
    const problem = { code: "out-of-range", message: "No.", field: "subscribe.box", subscriptionId: "a3" };
    const receipt = {
      frameSeq: 4,
      accepted: 48,
      duplicate: 1,
      late: 2,
      durable: true,
      rejected: [{ reason: "out-of-range", count: 1, field: "items[3].awareness.latitude_e7" }],
    };
    expect(decoded("welcome", encodeWelcome(welcome))).toEqual({ kind: "welcome", ...welcome });
    expect(decoded("subscribed", encodeSubscribed(subscribed))).toEqual({
      kind: "subscribed",
      ...subscribed,
    });
    expect(decoded("gap", encodeGap(gap))).toEqual({ kind: "gap", ...gap });
    expect(decoded("flow-control", encodeFlowControl(flow))).toEqual({ kind: "flow-control", ...flow });
    expect(decoded("problem", encodeProblem(problem))).toEqual({ kind: "problem", ...problem });
    expect(decoded("receipt", encodeReceipt(receipt))).toEqual({ kind: "receipt", ...receipt });
  });

  it("carry positions with a 48-bit label", () => {
    const batch = {
      subscriptionId: "map",
      timeMs: 1_760_000_000_000,
      leftOut: 7,
      positions: [
        {
          stationLabel: 0xffff_ffff_ffff,
          latitudeDeg: 51.4344,
          longitudeDeg: 6.7623,
          speedMps: 27.78,
          headingDeg: 359.9,
          stationType: "heavy-truck" as const,
          ageMs: 150,
        },
        {
          stationLabel: 0,
          latitudeDeg: -33.9,
          longitudeDeg: -180,
          speedMps: undefined,
          headingDeg: undefined,
          stationType: "unknown" as const,
          ageMs: 0,
        },
      ],
    };
    expect(decoded("positions", encodePositionBatch(batch))).toEqual({ kind: "positions", ...batch });
  });

  it("never make the reader throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeServerMessage(bytes);
      }),
    );
    expect(decodeServerMessage(new Uint8Array())).toEqual({ rejected: "unsupported-body", field: undefined });
    expect(decodeServerMessage(Uint8Array.of(0x1a, 0xff))).toEqual({
      rejected: "malformed",
      field: undefined,
    });
  });
});
