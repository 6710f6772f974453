import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { AlertLives, change, someSubscription } from "./alert-lives.ts";
import { expected } from "./expected.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import {
  alert,
  boxAround,
  type Client,
  connect,
  EPOCH,
  KAISERBERG,
  makeHub,
  START_MS,
  subscription,
  told,
  unaccounted,
} from "./world.ts";

const FAR = { latitudeDeg: 48.1, longitudeDeg: 11.5 };

function liveSequences(client: Client): number[] {
  const batches = client.outlet.of("alerts").filter(({ snapshot }) => !snapshot);
  return batches.flatMap(({ deliveries }) => deliveries.map(({ sequence }) => sequence));
}

describe("after a cursor", () => {
  it("every transition comes exactly once, whatever was cut off and wherever", () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 60 }),
        someSubscription,
        fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 4 }),
        (changes, wish, cuts) => {
          const { hub } = makeHub();
          const lives = new AlertLives();
          const all = changes.map((each) => lives.apply(each));
          const handled: number[] = [];
          let cursor = 0;
          const first = connect(hub);
          first.session.subscribe(wish);
          let client = first;
          for (const [i, transition] of all.entries()) {
            hub.publish([transition], undefined, START_MS);
            if (!cuts.includes(i)) continue;
            // The client has handled some of what it got; the rest is lost with the connection.
            const got = liveSequences(client);
            const kept = got.slice(0, Math.ceil(got.length / 2));
            handled.push(...kept);
            cursor = kept.at(-1) ?? cursor;
            client.session.close();
            client = connect(hub);
            client.session.subscribe({ ...wish, resume: { epoch: EPOCH, sequence: cursor } });
            expect(client.outlet.of("subscribed")[0]).toMatchObject({
              cursor: { epoch: EPOCH, sequence: cursor },
              resumed: true,
              snapshotAlerts: 0,
            });
          }
          handled.push(...liveSequences(client));
          expect(handled).toEqual(expected(wish, all, 0).live);
          expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("the end comes also of an alert that had matched before the cursor only", () => {
    const { hub } = makeHub();
    hub.publish([alert()], undefined, START_MS);
    hub.publish([alert({ revision: 2, state: "updated", place: FAR })], undefined, START_MS);
    const client = connect(hub);
    const area = boxAround(KAISERBERG, 0.1);
    client.session.subscribe(subscription({ area, resume: { epoch: EPOCH, sequence: 2 } }));
    hub.publish([alert({ revision: 3, state: "expired", place: FAR })], undefined, START_MS);
    expect(told(client)).toEqual(["a 3 expired"]);
  });

  it("the end comes of an alert whose matching revision has left the log", () => {
    const { hub } = makeHub({ limits: { ringTransitions: 4 } });
    const area = boxAround(KAISERBERG, 0.1);
    hub.publish([alert(), alert({ alertId: "never-near", place: FAR })], undefined, START_MS);
    for (let revision = 2; revision <= 6; revision++) {
      hub.publish([alert({ revision, state: "updated", place: FAR })], undefined, START_MS);
    }
    const whileLive = connect(hub);
    whileLive.session.subscribe(subscription({ area, resume: { epoch: EPOCH, sequence: 7 } }));
    hub.publish([alert({ revision: 7, state: "ended", place: FAR })], undefined, START_MS);
    const afterEnd = connect(hub);
    afterEnd.session.subscribe(subscription({ area, resume: { epoch: EPOCH, sequence: 7 } }));
    hub.publish(
      [alert({ alertId: "never-near", revision: 2, state: "ended", place: FAR })],
      undefined,
      START_MS,
    );
    expect(told(whileLive)).toEqual(["a 7 ended"]);
    expect(told(afterEnd)).toEqual(["a 7 ended"]);
  });

  it("a long backlog is made while the connection takes it", () => {
    const { hub } = makeHub();
    const count = 5_000;
    for (let i = 0; i < count; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const outlet = new FakeOutlet({ reads: false });
    const client = connect(hub, outlet);
    client.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: 0 } }));
    expect(hub.queuedBytes).toBe(0);
    expect(outlet.peakBufferedBytes).toBeLessThan(150_000);
    outlet.resumeReading();
    expect(liveSequences(client)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });

  it("what comes while a long backlog is sent waits in little memory and keeps its order", () => {
    const { hub } = makeHub({ limits: { outboxBytes: 256 * 1024, slowConsumerAgeMs: 60_000 } });
    const count = 20_000;
    for (let i = 0; i < count / 2; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const outlet = new FakeOutlet({ reads: false });
    const client = connect(hub, outlet);
    client.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: 0 } }));
    for (let i = count / 2; i < count; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    expect(hub.queuedBytes).toBeLessThan(128 * 1024);
    outlet.resumeReading();
    expect(liveSequences(client)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    hub.publish([alert({ alertId: "after" })], undefined, START_MS);
    expect(liveSequences(client).at(-1)).toBe(count + 1);
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });

  it("a long absence of which little matters is read in turns", () => {
    const { hub } = makeHub();
    for (let i = 0; i < 10_000; i++)
      hub.publish([alert({ alertId: `a${i}`, place: FAR })], undefined, START_MS);
    hub.publish([alert({ alertId: "near" })], undefined, START_MS);
    const client = connect(hub);
    const area = boxAround(KAISERBERG, 0.1);
    client.session.subscribe(subscription({ area, resume: { epoch: EPOCH, sequence: 0 } }));
    hub.publish([alert({ alertId: "later" })], undefined, START_MS);
    expect(told(client)).toEqual([]);
    let ticks = 0;
    for (; told(client).length === 0; ticks++) hub.onTick(START_MS + ticks * 50);
    expect(ticks).toBeGreaterThan(5);
    expect(told(client)).toEqual(["near 1 new", "later 1 new"]);
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });

  it("a session whose missed transitions leave the log meanwhile ends and is told of the gap when it comes back", () => {
    const { hub } = makeHub({ limits: { ringTransitions: 3_000, slowConsumerAgeMs: 60_000 } });
    for (let i = 0; i < 3_000; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const outlet = new FakeOutlet({ reads: false });
    const client = connect(hub, outlet);
    client.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: 0 } }));
    for (let i = 0; i < 3_000; i++) hub.publish([alert({ alertId: `b${i}` })], undefined, START_MS);
    outlet.resumeReading();
    const got = liveSequences(client);
    expect(got).toEqual(Array.from({ length: got.length }, (_, i) => i + 1));
    expect(outlet.closed?.reason).toContain("resume to be told of the gap");
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
    const back = connect(hub);
    back.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: got.length } }));
    expect(back.outlet.of("gap")).toMatchObject([{ reason: "too-old" }]);
  });
});

describe("a gap is told, with its reason, and a snapshot follows", () => {
  const cases = [
    { reason: "epoch-changed", resume: { epoch: EPOCH - 1, sequence: 9 } },
    { reason: "too-old", resume: { epoch: EPOCH, sequence: 5 } },
    { reason: "ahead", resume: { epoch: EPOCH, sequence: 11 } },
  ] as const;

  it.each(cases)("$reason", ({ reason, resume }) => {
    const { hub } = makeHub({ limits: { ringTransitions: 4 } });
    for (let i = 1; i <= 10; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const client = connect(hub);
    client.session.subscribe(subscription({ resume }));
    expect(client.outlet.received.map(({ kind }) => kind)).toEqual(["gap", "subscribed", "alerts"]);
    const oldest = { epoch: EPOCH, sequence: 7 };
    expect(client.outlet.of("gap")).toEqual([{ kind: "gap", reason, oldest, asked: resume }]);
    expect(client.outlet.of("subscribed")).toMatchObject([{ resumed: false, snapshotAlerts: 10 }]);
    expect(told(client)).toHaveLength(10);
    expect(hub.stats.gaps).toBe(1);
  });

  it("but not for the oldest cursor that still reaches the log, nor for the newest", () => {
    const { hub } = makeHub({ limits: { ringTransitions: 4 } });
    for (let i = 1; i <= 10; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const [oldest, newest] = [connect(hub), connect(hub)];
    oldest.session.subscribe(subscription({ resume: { epoch: EPOCH, sequence: 6 } }));
    newest.session.subscribe(subscription({ resume: hub.cursor }));
    expect(told(oldest)).toEqual(["a7 1 new", "a8 1 new", "a9 1 new", "a10 1 new"]);
    expect(told(newest)).toEqual([]);
    expect(hub.stats.gaps).toBe(0);
    expect(hub.stats.resumes).toBe(2);
  });
});

describe("the cursor of a quiet subscription", () => {
  it("is brought up to date before it would be too old", () => {
    const { hub } = makeHub({ limits: { ringTransitions: 100 } });
    const client = connect(hub);
    client.session.subscribe(subscription({ filter: { ...EVERY_ALERT, minSeverity: 5 } }));
    for (let i = 1; i <= 1_000; i++) {
      hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
      hub.onTick(START_MS + i);
    }
    const cursors = client.outlet.of("subscribed");
    expect(cursors.length).toBeLessThan(50);
    const last = cursors.at(-1)?.cursor;
    client.session.close();
    const again = connect(hub);
    again.session.subscribe(subscription({ filter: { ...EVERY_ALERT, minSeverity: 5 }, resume: last }));
    expect(again.outlet.of("gap")).toEqual([]);
    expect(cursors.slice(1).every(({ resumed, snapshotAlerts }) => resumed && snapshotAlerts === 0)).toBe(
      true,
    );
  });
});
