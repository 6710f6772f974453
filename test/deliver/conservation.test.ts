import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlertLives, type Change, change, someSubscription } from "./alert-lives.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import { type Client, connect, KAISERBERG, makeHub, START_MS, station, unaccounted } from "./world.ts";

const LIMITS = { outboxBytes: 8 * 1024, slowConsumerAgeMs: 1_000, ringTransitions: 50 };

const who = fc.nat({ max: 3 });
const command = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant("publish" as const), fc.array(change, { maxLength: 6 })) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("tick" as const), fc.integer({ min: 1, max: 8 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("report" as const), fc.nat({ max: 5 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("leave" as const), fc.nat({ max: 5 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("read" as const), who, fc.nat({ max: 4 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("pause" as const), who) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant("subscribe" as const),
      who,
      someSubscription,
      fc.constantFrom("x", "y"),
      fc.constantFrom(undefined, 100, 500),
      fc.boolean(),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant("unsubscribe" as const), who, fc.constantFrom("x", "y")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("disconnect" as const), who) },
);

class World {
  readonly #world = makeHub({ limits: LIMITS });
  readonly #lives = new AlertLives();
  readonly #clients: Client[] = [0, 1, 2, 3].map(() => this.#connect());
  #nowMs = START_MS;

  run(step: typeof command extends fc.Arbitrary<infer Step> ? Step : never): void {
    switch (step[0]) {
      case "publish":
        return this.#publish(step[1]);
      case "tick":
        return this.#tick(step[1]);
      case "report":
        return this.#world.stations.put(station(step[1], { ...KAISERBERG, observedAtMs: this.#nowMs }));
      case "leave":
        return this.#world.stations.remove(step[1]);
      case "read":
        return this.#client(step[1]).outlet.read(step[2]);
      case "pause":
        return this.#client(step[1]).outlet.stopReading();
      case "subscribe": {
        const [, client, wish, subscriptionId, positionsIntervalMs, resumes] = step;
        const resume = resumes ? { ...this.#world.hub.cursor, sequence: 3 } : undefined;
        return this.#client(client).session.subscribe({
          ...wish,
          subscriptionId,
          positionsIntervalMs,
          resume,
        });
      }
      case "unsubscribe":
        return this.#client(step[1]).session.unsubscribe(step[2]);
      case "disconnect":
        this.#client(step[1]).session.close();
        this.#clients[step[1]] = this.#connect();
    }
  }

  check(): void {
    const { alertDeliveries, positionDeliveries } = this.#world.hub.counters;
    expect(unaccounted(this.#world.hub)).toEqual({ alerts: 0, positions: 0 });
    for (const { queued } of [alertDeliveries, positionDeliveries]) expect(queued).toBeGreaterThanOrEqual(0);
    expect(this.#world.hub.queuedBytes).toBeLessThan(4 * (LIMITS.outboxBytes + 4_096));
  }

  finish(): void {
    for (const { session } of this.#clients) session.close();
    this.check();
    expect(this.#world.hub.counters.alertDeliveries.queued).toBe(0);
    expect(this.#world.hub.counters.positionDeliveries.queued).toBe(0);
    expect(this.#world.hub.subscriptions).toBe(0);
    expect(this.#world.hub.stats.sessions).toBe(0);
  }

  #tick(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#nowMs += 50;
      this.#world.hub.onTick(this.#nowMs);
    }
  }

  #publish(changes: readonly Change[]): void {
    this.#world.hub.publish(
      changes.map((each) => this.#lives.apply(each)),
      undefined,
      this.#nowMs,
    );
  }

  #client(index: number): Client {
    const client = this.#clients[index];
    if (client === undefined) throw new Error("no such client");
    return client;
  }

  #connect(): Client {
    return connect(this.#world.hub, new FakeOutlet({ reads: false, capacityBytes: 6_000 }));
  }
}

describe("matched = sent + queued + conflated + dropped", () => {
  it("holds after every step, whatever slow and vanishing subscribers do", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (steps) => {
        const world = new World();
        for (const step of steps) {
          world.run(step);
          world.check();
        }
        world.finish();
      }),
      { numRuns: 200 },
    );
  });
});
