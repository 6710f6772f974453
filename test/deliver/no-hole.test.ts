import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import type { Subscription } from "../../src/domain/subscription.ts";
import { AlertLives, type Change, change, someSubscription } from "./alert-lives.ts";
import { expected } from "./expected.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import { type Client, connect, EPOCH, makeHub, START_MS, unaccounted } from "./world.ts";

interface Running {
  readonly client: Client;
  readonly subscription: Subscription;
  readonly startedAt: number;
}

type Step =
  | { readonly act: "publish"; readonly changes: readonly Change[] }
  | { readonly act: "subscribe"; readonly subscription: Subscription; readonly reads: boolean }
  | { readonly act: "read"; readonly who: number; readonly messages: number }
  | { readonly act: "pause"; readonly who: number }
  | { readonly act: "tick" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("publish" as const),
      changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("subscribe" as const),
      subscription: someSubscription,
      reads: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("read" as const),
      who: fc.nat({ max: 7 }),
      messages: fc.nat({ max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("pause" as const), who: fc.nat({ max: 7 }) }) },
  { weight: 1, arbitrary: fc.constant({ act: "tick" as const }) },
);

function deliveries(client: Client, snapshot: boolean): number[] {
  const batches = client.outlet.of("alerts").filter((batch) => batch.snapshot === snapshot);
  return batches.flatMap((batch) => batch.deliveries.map(({ sequence }) => sequence));
}

describe("between snapshot and live stream", () => {
  it("there is no hole and no overlap, however subscribing, publishing and reading interleave", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { hub } = makeHub();
        const lives = new AlertLives();
        const all: Alert[] = [];
        const running: Running[] = [];
        let ticks = 0;
        for (const step of steps) {
          switch (step.act) {
            case "publish": {
              const transitions = step.changes.map((change) => lives.apply(change));
              all.push(...transitions);
              hub.publish(transitions, undefined, START_MS);
              break;
            }
            case "subscribe": {
              // A small buffer makes the outbox work.
              const client = connect(hub, new FakeOutlet({ reads: step.reads, capacityBytes: 4_096 }));
              client.session.subscribe(step.subscription);
              running.push({ client, subscription: step.subscription, startedAt: all.length });
              break;
            }
            case "read":
              running[step.who]?.client.outlet.read(step.messages);
              break;
            case "pause":
              running[step.who]?.client.outlet.stopReading();
              break;
            case "tick":
              hub.onTick(START_MS + 50 * ++ticks);
          }
          expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
        }
        for (const { client, subscription, startedAt } of running) {
          client.outlet.resumeReading();
          const owed = expected(subscription, all, startedAt);
          expect(client.outlet.of("subscribed")).toMatchObject([
            { cursor: { epoch: EPOCH, sequence: startedAt }, snapshotAlerts: owed.snapshot.length },
          ]);
          expect(deliveries(client, true)).toEqual(owed.snapshot);
          expect(deliveries(client, false)).toEqual(owed.live);
        }
        expect(hub.counters.alertDeliveries.queued).toBe(0);
        expect(hub.counters.alertDeliveries.dropped).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
