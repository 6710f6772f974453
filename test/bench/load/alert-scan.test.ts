import fc from "fast-check";
import { expect, it } from "vitest";
import { isSubscribed, scanAlertBatch } from "../../../bench/load/ladders/alert-scan.ts";
import { brakingAlerts } from "../../../bench/micro/parts/alert.ts";
import { encodeAlertBatch, encodeSubscribed, encodeWelcome } from "../../../src/wire/server-message.ts";

const alerts = brakingAlerts(60, 1_790_000_000_000);

it("tells number, count and kind of any batch that the server may write", () => {
  const batches = fc.record({
    epoch: fc.nat({ max: 2 ** 31 - 1 }),
    sequence: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    count: fc.integer({ min: 1, max: alerts.length }),
    snapshot: fc.boolean(),
  });
  fc.assert(
    fc.property(batches, ({ epoch, sequence, count, snapshot }) => {
      const deliveries = alerts
        .slice(0, count)
        .map((alert, i) => ({ sequence: sequence + i, alert, latency: undefined }));
      const bytes = encodeAlertBatch({ epoch, deliveries, snapshot });
      expect(scanAlertBatch(bytes)).toEqual({ sequence, deliveries: count, isSnapshot: snapshot });
    }),
  );
});

it("takes other messages for what they are", () => {
  const cursor = { epoch: 1, sequence: 2 };
  const subscribed = encodeSubscribed({ subscriptionId: "a", cursor, resumed: false, snapshotAlerts: 0 });
  expect([isSubscribed(subscribed), scanAlertBatch(subscribed)]).toEqual([true, undefined]);
  const welcome = encodeWelcome({
    epoch: 1,
    serverTimeMs: 1,
    version: "0",
    schemaMinor: 0,
    maxMessageBytes: 1,
    maxItems: 1,
    heartbeatMs: 1,
  });
  expect([isSubscribed(welcome), scanAlertBatch(welcome)]).toEqual([false, undefined]);
});
