import { describe, expect, it } from "vitest";
import { FakeOutlet } from "./fake-outlet.ts";
import {
  alert,
  type Client,
  connect,
  EPOCH,
  makeHub,
  START_MS,
  subscription,
  told,
  unaccounted,
} from "./world.ts";

const KIB = 1024;
const LIMITS = { outboxBytes: 64 * KIB, slowConsumerAgeMs: 10_000 };
/** A connection's buffer and an outbox, with one batch in hand. */
const MOST_BYTES_HELD = 256 * KIB + LIMITS.outboxBytes + 64 * KIB;

function subscriber(hub: ReturnType<typeof makeHub>["hub"], reads: boolean): Client {
  const client = connect(hub, new FakeOutlet({ reads, capacityBytes: 256 * KIB }));
  client.session.subscribe(subscription());
  return client;
}

/** About 150 bytes each, in batches of 10, one batch per tick. */
function publishMany(hub: ReturnType<typeof makeHub>["hub"], ticks: number, firstTick = 1): void {
  for (let tick = firstTick; tick < firstTick + ticks; tick++) {
    const batch = Array.from({ length: 10 }, (_, i) => alert({ alertId: `t${tick}-${i}` }));
    const nowMs = START_MS + 50 * tick;
    hub.publish(batch, undefined, nowMs);
    hub.onTick(nowMs);
  }
}

describe("a subscriber that never reads", () => {
  it("costs bounded memory, is told, and is then disconnected, while others notice nothing", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const never = [subscriber(hub, false), subscriber(hub, false)];
    const prompt = [subscriber(hub, true), subscriber(hub, true)];
    for (let tick = 1; tick <= 200; tick++) {
      publishMany(hub, 1, tick);
      for (const { session, outlet } of never) {
        expect(session.queuedBytes + outlet.bufferedBytes()).toBeLessThan(MOST_BYTES_HELD);
      }
    }
    for (const { outlet } of never) {
      expect(outlet.closed?.code).toBe(4508);
      expect(outlet.closed?.reason).toContain("slow consumer");
    }
    expect(prompt.map((client) => told(client).length)).toEqual([2_000, 2_000]);
    expect(prompt.every(({ outlet }) => outlet.results.every((result) => result === "sent"))).toBe(true);
    expect(hub.stats.slowConsumers).toBe(2);
    expect(hub.stats.sessions).toBe(2);
    expect(hub.queuedBytes).toBe(0);
    expect(hub.counters.alertDeliveries.dropped).toBeGreaterThan(0);
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });

  it("finds the notice before the end of what it was sent, and may resume where it stopped", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const slow = subscriber(hub, false);
    publishMany(hub, 200);
    expect(slow.outlet.closed?.code).toBe(4508);
    slow.outlet.read(Number.POSITIVE_INFINITY);
    const notices = slow.outlet.of("flow-control");
    expect(notices).toMatchObject([{ action: "queueing" }]);
    expect(notices[0]?.queuedBytes).toBeGreaterThan(LIMITS.outboxBytes / 2);
    expect(notices[0]?.disconnectInMs).toBeGreaterThan(0);
    const handled = told(slow).length;
    const last = slow.outlet.of("alerts").at(-1)?.deliveries.at(-1)?.sequence ?? 0;
    expect(handled).toBeGreaterThan(0);
    const again = connect(hub);
    again.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: last } }));
    expect(handled + told(again).length).toBe(2_000);
  });

  it("is disconnected by age also when little happens", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const slow = connect(hub, new FakeOutlet({ reads: false, capacityBytes: 250 }));
    slow.session.subscribe(subscription());
    hub.publish([alert({ alertId: "a" })], undefined, START_MS);
    hub.publish([alert({ alertId: "b" })], undefined, START_MS);
    hub.onTick(START_MS + 2_500);
    expect(slow.outlet.closed).toBeUndefined();
    hub.onTick(START_MS + 2_550);
    hub.onTick(START_MS + 10_000);
    expect(slow.outlet.closed).toBeUndefined();
    hub.onTick(START_MS + 10_050);
    expect(slow.outlet.closed?.code).toBe(4508);
    slow.outlet.read(9);
    expect(slow.outlet.of("flow-control")).toMatchObject([{ action: "queueing", disconnectInMs: 7_450 }]);
  });

  it("is cut when it does not answer the close either", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const [mute, polite] = [subscriber(hub, false), subscriber(hub, false)];
    publishMany(hub, 90);
    expect([mute, polite].map(({ outlet }) => outlet.closed?.code)).toEqual([4508, 4508]);
    expect(mute.outlet.terminated).toBe(false);
    polite.session.close();
    hub.onTick(START_MS + 50_000);
    expect(mute.outlet.terminated).toBe(true);
    expect(polite.outlet.terminated).toBe(false);
  });
});

describe("a subscriber that pauses", () => {
  it("gets everything in order when it reads again, and is told that the queue has drained", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const client = subscriber(hub, false);
    publishMany(hub, 60);
    client.outlet.resumeReading();
    publishMany(hub, 10, 61);
    expect(told(client)).toEqual(
      Array.from({ length: 700 }, (_, i) => `t${Math.floor(i / 10) + 1}-${i % 10} 1 new`),
    );
    expect(client.outlet.of("flow-control").map(({ action }) => action)).toEqual(["queueing", "recovered"]);
    expect(client.outlet.closed).toBeUndefined();
  });

  it("may take its time for a long snapshot, as long as it goes on", () => {
    const { hub } = makeHub({ limits: LIMITS });
    publishMany(hub, 300);
    const client = subscriber(hub, false);
    const first = START_MS + 50 * 300;
    hub.publish([alert({ alertId: "live" })], undefined, first);
    for (let second = 1; second <= 40; second++) {
      client.outlet.read(3);
      hub.onTick(first + second * 1_000);
    }
    client.outlet.resumeReading();
    expect(client.outlet.closed).toBeUndefined();
    expect(told(client)).toHaveLength(3_001);
    expect(told(client).at(-1)).toBe("live 1 new");
  });

  it("that replaces its subscription meanwhile gets the newer snapshot instead of the rest", () => {
    const { hub } = makeHub({ limits: LIMITS });
    publishMany(hub, 100);
    const client = subscriber(hub, false);
    client.session.subscribe(subscription());
    client.outlet.resumeReading();
    expect(client.outlet.of("subscribed")).toHaveLength(2);
    expect(told(client).length).toBeLessThan(2_000);
    expect(new Set(told(client).slice(-1_000)).size).toBe(1_000);
    expect(hub.counters.alertDeliveries.conflated).toBeGreaterThan(0);
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });
});

describe("a connection that refuses for good", () => {
  it("ends its session without a loop", () => {
    const { hub } = makeHub({ limits: LIMITS });
    const outlet = new FakeOutlet({ capacityBytes: 100 });
    const client = connect(hub, outlet);
    client.session.subscribe(subscription());
    hub.publish([alert()], undefined, START_MS);
    expect(outlet.closed?.code).toBe(1011);
    expect(hub.counters.alertDeliveries).toMatchObject({ matched: 1, dropped: 1, queued: 0 });
    expect(hub.stats.slowConsumers).toBe(0);
  });
});
