import { describe, expect, it } from "vitest";
import { CursorTracker } from "../../src/client/cursor-tracker.ts";
import type { ServerMessage } from "../../src/domain/delivery.ts";
import { alert } from "../deliver/world.ts";

const alerts = (snapshot: boolean, ...sequences: number[]): ServerMessage => ({
  kind: "alerts",
  epoch: 5,
  snapshot,
  deliveries: sequences.map((sequence) => ({ sequence, alert: alert(), latency: undefined })),
});

const subscribed = (sequence: number, snapshotAlerts: number, resumed = false): ServerMessage => ({
  kind: "subscribed",
  subscriptionId: "s",
  cursor: { epoch: 5, sequence },
  resumed,
  snapshotAlerts,
});

function cursorAfter(...messages: ServerMessage[]): number | undefined {
  const tracker = new CursorTracker(undefined);
  for (const message of messages) tracker.handled(message);
  return tracker.cursor?.sequence;
}

describe("the cursor", () => {
  it("takes a snapshot for handled only when all of it has come", () => {
    expect(cursorAfter(subscribed(9, 0))).toBe(9);
    expect(cursorAfter(subscribed(9, 3), alerts(true, 2, 4))).toBeUndefined();
    expect(cursorAfter(subscribed(9, 3), alerts(true, 2, 4), alerts(true, 8))).toBe(9);
    expect(cursorAfter(subscribed(9, 3), alerts(true, 2), subscribed(12, 1), alerts(true, 8))).toBe(12);
  });

  it("moves on with live transitions and never back", () => {
    expect(cursorAfter(subscribed(9, 0), alerts(false, 10, 12), alerts(false, 3))).toBe(12);
    expect(cursorAfter(subscribed(9, 0, true), subscribed(50, 0, true))).toBe(50);
  });

  it("begins anew with another epoch", () => {
    const tracker = new CursorTracker({ epoch: 4, sequence: 1_000 });
    tracker.handled(subscribed(9, 1));
    expect(tracker.cursor).toEqual({ epoch: 4, sequence: 1_000 });
    tracker.handled(alerts(true, 9));
    expect(tracker.cursor).toEqual({ epoch: 5, sequence: 9 });
  });
});
