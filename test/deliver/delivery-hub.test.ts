import { describe, expect, it } from "vitest";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { encodeAcknowledge, encodeSubscribe, encodeUnsubscribe } from "../../src/wire/subscriber-message.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import {
  alert,
  boxAround,
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

describe("a subscription", () => {
  it("begins with the present state and goes on with every transition", () => {
    const { hub } = makeHub();
    hub.publish([alert({ alertId: "a" }), alert({ alertId: "b" })], undefined, START_MS);
    hub.publish([alert({ alertId: "a", revision: 2, state: "updated" })], undefined, START_MS);
    hub.publish([alert({ alertId: "b", revision: 2, state: "ended" })], undefined, START_MS);
    const client = connect(hub);
    client.session.onMessage(encodeSubscribe(subscription()));
    hub.publish([alert({ alertId: "a", revision: 3, state: "expired" })], undefined, START_MS);

    expect(client.outlet.of("subscribed")).toEqual([
      {
        kind: "subscribed",
        subscriptionId: "s",
        cursor: { epoch: EPOCH, sequence: 4 },
        resumed: false,
        snapshotAlerts: 1,
      },
    ]);
    expect(told(client)).toEqual(["a 2 updated *", "a 3 expired"]);
    expect(client.outlet.of("alerts").map(({ deliveries }) => deliveries[0]?.sequence)).toEqual([3, 5]);
  });

  it("sees its area only, through its filter only", () => {
    const { hub } = makeHub();
    const near = connect(hub);
    near.session.subscribe(subscription({ area: boxAround(KAISERBERG, 0.1) }));
    const grave = connect(hub);
    grave.session.subscribe(
      subscription({
        filter: {
          ...EVERY_ALERT,
          minSeverity: 4,
          confirmedOnly: true,
          kinds: ["congestion", "accident"],
          minConfidencePct: 70,
        },
      }),
    );
    const causes = connect(hub);
    causes.session.subscribe(subscription({ filter: { ...EVERY_ALERT, causeCodes: [2] } }));
    hub.publish(
      [
        alert({ alertId: "stands" }),
        alert({ alertId: "far", kind: "accident", causeCode: 2, place: FAR }),
        alert({ alertId: "minor", kind: "congestion", severity: 3, place: FAR }),
        alert({ alertId: "suspected", kind: "accident", tier: "suspected", place: FAR }),
        alert({ alertId: "vague", kind: "accident", confidencePct: 69, place: FAR }),
      ],
      undefined,
      START_MS,
    );
    expect(told(near)).toEqual(["stands 1 new"]);
    expect(told(grave)).toEqual(["far 1 new"]);
    expect(told(causes)).toEqual(["far 1 new"]);
  });

  it("follows an alert it was told of to its end, wherever it goes", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.subscribe(
      subscription({ area: boxAround(KAISERBERG, 0.1), filter: { ...EVERY_ALERT, minSeverity: 3 } }),
    );
    hub.publish([alert(), alert({ alertId: "b", place: FAR })], undefined, START_MS);
    hub.publish([alert({ revision: 2, state: "updated", place: FAR })], undefined, START_MS);
    hub.publish([alert({ revision: 3, state: "updated", place: FAR, severity: 1 })], undefined, START_MS);
    hub.publish([alert({ revision: 4, state: "cancelled", place: FAR, severity: 1 })], undefined, START_MS);
    hub.publish([alert({ alertId: "b", revision: 2, state: "ended", place: FAR })], undefined, START_MS);
    expect(told(client)).toEqual(["a 1 new", "a 2 updated", "a 3 updated", "a 4 cancelled"]);
  });

  it("forgets alerts that are over", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.subscribe(subscription({ area: boxAround(KAISERBERG, 0.1) }));
    for (let i = 0; i < 100; i++) {
      hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
      expect(client.session.followedAlerts).toBe(1);
      hub.publish([alert({ alertId: `a${i}`, revision: 2, state: "ended" })], undefined, START_MS);
    }
    expect(client.session.followedAlerts).toBe(0);
    expect(hub.liveAlerts).toBe(0);
  });

  it("is not told of the end of an alert that it never heard of", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.subscribe(subscription({ filter: { ...EVERY_ALERT, minSeverity: 5 } }));
    hub.publish([alert()], undefined, START_MS);
    hub.publish([alert({ revision: 2, state: "ended", severity: 5 })], undefined, START_MS);
    expect(told(client)).toEqual([]);
  });

  it("is replaced when its name is used again, and ends when it is told to", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.onMessage(encodeSubscribe(subscription({ area: boxAround(FAR, 0.1) })));
    hub.publish([alert({ alertId: "far", place: FAR })], undefined, START_MS);
    client.session.onMessage(encodeSubscribe(subscription({ area: boxAround(KAISERBERG, 0.1) })));
    hub.publish([alert({ alertId: "far", revision: 2, state: "ended", place: FAR })], undefined, START_MS);
    hub.publish([alert({ alertId: "near" })], undefined, START_MS);
    client.session.onMessage(encodeUnsubscribe("s"));
    hub.publish([alert({ alertId: "near", revision: 2, state: "ended" })], undefined, START_MS);
    expect(told(client)).toEqual(["far 1 new", "near 1 new"]);
    expect(hub.subscriptions).toBe(0);
    client.session.onMessage(encodeUnsubscribe("s"));
    expect(client.outlet.of("problem")).toMatchObject([
      { code: "unknown-subscription", field: "unsubscribe.subscription_id" },
    ]);
  });

  it("shares a session with others: a transition that several match comes once", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.subscribe(subscription({ subscriptionId: "box", area: boxAround(KAISERBERG, 0.1) }));
    client.session.subscribe(
      subscription({
        subscriptionId: "circle",
        area: { form: "circle", center: KAISERBERG, radiusM: 1_000 },
      }),
    );
    hub.publish([alert({ alertId: "a" }), alert({ alertId: "b" })], undefined, START_MS);
    client.session.subscribe(subscription({ subscriptionId: "all" }));
    hub.publish([alert({ alertId: "c" })], undefined, START_MS);
    client.session.unsubscribe("all");
    client.session.unsubscribe("box");
    hub.publish([alert({ alertId: "a", revision: 2, state: "ended" })], undefined, START_MS);
    expect(told(client)).toEqual(["a 1 new", "b 1 new", "a 1 new *", "b 1 new *", "c 1 new", "a 2 ended"]);
  });

  it("shares the bytes of a batch with every session that gets the same alerts", () => {
    const { hub } = makeHub();
    const sent: Uint8Array[] = [];
    for (let i = 0; i < 3; i++) {
      const outlet = new FakeOutlet();
      const send = outlet.send.bind(outlet);
      outlet.send = (bytes) => {
        sent.push(bytes);
        return send(bytes);
      };
      connect(hub, outlet).session.subscribe(
        subscription(i === 0 ? {} : { area: boxAround(KAISERBERG, 0.1) }),
      );
    }
    sent.length = 0;
    hub.publish([alert({ alertId: "far", place: FAR }), alert({ alertId: "near" })], undefined, START_MS);
    expect(sent).toHaveLength(3);
    expect(sent[1]).toBe(sent[2]);
    expect(sent[0]).not.toBe(sent[1]);
  });

  it("that is refused says why: limits and shapes", () => {
    const { hub } = makeHub({ limits: { maxSubscriptionsPerSession: 1 } });
    const client = connect(hub);
    const bowTie = [
      { latitudeDeg: 51.4, longitudeDeg: 6.7 },
      { latitudeDeg: 51.5, longitudeDeg: 6.8 },
      { latitudeDeg: 51.5, longitudeDeg: 6.7 },
      { latitudeDeg: 51.4, longitudeDeg: 6.9 },
    ];
    client.session.subscribe(subscription({ area: { form: "polygon", points: bowTie } }));
    client.session.subscribe(subscription({ subscriptionId: "first" }));
    client.session.subscribe(subscription({ subscriptionId: "second" }));
    client.session.subscribe(subscription({ subscriptionId: "first" }));
    expect(client.outlet.of("problem")).toMatchObject([
      { code: "invalid-shape", field: "subscribe.polygon.points", subscriptionId: "s" },
      { code: "subscription-limit", field: "subscribe.subscription_id", subscriptionId: "second" },
    ]);
    expect(client.outlet.of("problem")[0]?.message).toMatch(
      /^subscribe\.polygon\.points must not .* cross itself/,
    );
    expect(client.outlet.of("subscribed").map(({ subscriptionId }) => subscriptionId)).toEqual([
      "first",
      "first",
    ]);
    expect([...hub.stats.problems.counts]).toEqual([
      ["invalid-shape", 1],
      ["subscription-limit", 1],
    ]);
  });

  it("does not follow a foreign station", () => {
    const { hub } = makeHub();
    const client = connect(hub, new FakeOutlet(), 5);
    client.session.subscribe(subscription({ area: { form: "ahead", stationId: 6, distanceM: 1_000 } }));
    expect(client.outlet.of("problem")).toMatchObject([
      { code: "not-permitted", field: "subscribe.ahead.station_id" },
    ]);
  });
});

describe("a session", () => {
  it("answers garbage with a problem and remembers acknowledgements", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.onMessage(Uint8Array.of(0x0a, 0x7f));
    client.session.onMessage(encodeAcknowledge({ epoch: EPOCH, sequence: 3 }));
    expect(client.outlet.of("problem")).toMatchObject([{ code: "malformed" }]);
    expect(client.session.acknowledged).toEqual({ epoch: EPOCH, sequence: 3 });
  });

  it("that floods the server with requests is closed, one that asks now and then is not", () => {
    const { hub } = makeHub();
    const [patient, flooding] = [connect(hub), connect(hub)];
    for (let second = 1; second <= 60; second++) {
      patient.session.onMessage(encodeSubscribe(subscription()));
      hub.onTick(START_MS + second * 1_000);
    }
    for (let i = 0; i < 60; i++) flooding.session.onMessage(encodeSubscribe(subscription()));
    expect(patient.outlet.closed).toBeUndefined();
    expect(flooding.outlet.closed).toMatchObject({ code: 4429 });
    expect(flooding.outlet.of("subscribed")).toHaveLength(32);
  });

  it("is forgotten when its connection is gone", () => {
    const { hub } = makeHub();
    const client = connect(hub);
    client.session.subscribe(subscription({ area: boxAround(KAISERBERG, 0.1) }));
    hub.publish([alert()], undefined, START_MS);
    expect(hub.stats.sessions).toBe(1);
    client.session.close();
    client.session.close();
    hub.publish([alert({ revision: 2, state: "ended" })], undefined, START_MS);
    client.session.subscribe(subscription());
    client.session.onDrained();
    expect(hub.stats.sessions).toBe(0);
    expect(hub.subscriptions).toBe(0);
    expect(told(client)).toEqual(["a 1 new"]);
    expect(unaccounted(hub)).toEqual({ alerts: 0, positions: 0 });
  });
});

describe("the delivery envelope", () => {
  it("carries the time since the socket for live alerts, and none in a snapshot", () => {
    const { hub } = makeHub({ monotonicNowMs: () => 1_000.5 });
    const early = connect(hub);
    early.session.subscribe(subscription());
    const stamps = { receivedMonotonicMs: 1_000, decodedMonotonicMs: 1_000.04, detectedMonotonicMs: 1_000.1 };
    hub.publish([alert()], stamps, START_MS);
    const late = connect(hub);
    late.session.subscribe(subscription());
    const latency = { decodedUs: 40, detectedUs: 100, deliveredUs: 500 };
    expect(early.outlet.of("alerts")[0]?.deliveries[0]?.latency).toEqual(latency);
    expect(late.outlet.of("alerts")[0]?.deliveries[0]?.latency).toBeUndefined();
    expect(hub.counters.deliverLatency.count).toBe(1);
  });

  it("is empty where nobody measured", () => {
    const { hub } = makeHub({ monotonicNowMs: () => 5 });
    const client = connect(hub);
    client.session.subscribe(subscription());
    const stamps = { receivedMonotonicMs: 0, decodedMonotonicMs: 0, detectedMonotonicMs: 0 };
    hub.publish([alert()], stamps, START_MS);
    expect(client.outlet.of("alerts")[0]?.deliveries[0]?.latency).toBeUndefined();
    expect(hub.counters.deliverLatency.count).toBe(0);
  });
});
