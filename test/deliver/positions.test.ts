import { describe, expect, it } from "vitest";
import type { SubscriptionArea } from "../../src/domain/subscription.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import {
  alert,
  boxAround,
  type Client,
  connect,
  KAISERBERG,
  makeHub,
  START_MS,
  station,
  subscription,
  told,
  unaccounted,
} from "./world.ts";

const northOf = (metres: number) => ({
  latitudeDeg: KAISERBERG.latitudeDeg + metres / 111_195,
  longitudeDeg: KAISERBERG.longitudeDeg,
});

function watch(world: ReturnType<typeof makeHub>, area: SubscriptionArea, outlet = new FakeOutlet()): Client {
  const client = connect(world.hub, outlet, 1);
  client.session.subscribe(subscription({ area, positionsIntervalMs: 200 }));
  return client;
}

const labels = ({ outlet }: Client) =>
  outlet.of("positions").map(({ positions }) => positions.map(({ stationLabel }) => stationLabel));

function tick(world: ReturnType<typeof makeHub>, fromMs: number, toMs: number): void {
  for (let ms = fromMs; ms <= toMs; ms += 50) world.hub.onTick(START_MS + ms);
}

describe("positions", () => {
  it("come at the interval, under a label, only of stations that have reported since", () => {
    const world = makeHub();
    world.stations.put(station(1));
    world.stations.put(station(2, { speedMps: undefined, headingDeg: undefined }));
    const client = watch(world, { form: "everywhere" });
    tick(world, 50, 200);
    expect(labels(client)).toEqual([[1_001, 1_002]]);
    expect(client.outlet.of("positions")[0]).toMatchObject({
      subscriptionId: "s",
      timeMs: START_MS + 50,
      leftOut: 0,
      positions: [{ ...KAISERBERG, speedMps: 25, headingDeg: 0, ageMs: 50 }, { speedMps: undefined }],
    });
    world.stations.put(station(2, { observedAtMs: START_MS + 210 }));
    tick(world, 250, 1_000);
    expect(labels(client)).toEqual([[1_001, 1_002], [1_002]]);
    expect(unaccounted(world.hub)).toEqual({ alerts: 0, positions: 0 });
  });

  it.each<SubscriptionArea>([
    boxAround(KAISERBERG, 0.001),
    { form: "circle", center: KAISERBERG, radiusM: 100 },
    { form: "corridor", points: [northOf(-500), northOf(5)], halfWidthM: 60 },
    {
      form: "polygon",
      points: [
        { latitudeDeg: 51.434, longitudeDeg: 6.8 },
        { latitudeDeg: 51.434, longitudeDeg: 6.82 },
        { latitudeDeg: 51.4355, longitudeDeg: 6.8107 },
      ],
    },
  ])("of a $form leave out the stations beside it", (area) => {
    const world = makeHub();
    world.stations.put(station(3, northOf(30)));
    world.stations.put(station(4, northOf(900)));
    const client = watch(world, area);
    tick(world, 50, 50);
    expect(labels(client)).toEqual([[1_003]]);
  });

  it("ahead of a station are those in front of it", () => {
    const world = makeHub();
    world.stations.put(station(1));
    world.stations.put(station(2, northOf(300)));
    world.stations.put(station(3, northOf(-300)));
    world.stations.put(station(4, northOf(3_000)));
    const client = watch(world, { form: "ahead", stationId: 1, distanceM: 1_000 });
    tick(world, 50, 50);
    expect(labels(client)).toEqual([[1_002]]);
  });

  it("are conflated to the latest while the connection is busy, and alerts go first", () => {
    const world = makeHub();
    const outlet = new FakeOutlet({ reads: false, capacityBytes: 4_096 });
    const client = watch(world, { form: "everywhere" }, outlet);
    for (let ms = 50; ms <= 2_000; ms += 50) {
      world.stations.put(station(1, { observedAtMs: START_MS + ms, speedMps: ms / 100 }));
      world.stations.put(station(2, { observedAtMs: START_MS + ms }));
      world.hub.onTick(START_MS + ms);
    }
    world.hub.publish([alert()], undefined, START_MS + 2_000);
    const { conflated, queued } = world.hub.counters.positionDeliveries;
    expect(queued).toBe(2);
    // Rounds at 50 ms and from 200 ms to 2 s; the last one's positions still wait.
    expect(conflated).toBe(2 * 10);
    outlet.resumeReading();
    expect(outlet.received.map(({ kind }) => kind)).toEqual(["subscribed", "alerts", "positions"]);
    expect(outlet.of("positions")[0]?.positions[0]).toMatchObject({ speedMps: 20, ageMs: 0 });
    expect(world.hub.counters.positionDeliveries.queued).toBe(0);
    expect(unaccounted(world.hub)).toEqual({ alerts: 0, positions: 0 });
    expect(told(client)).toEqual(["a 1 new"]);
  });

  it("of stations that have gone or left are forgotten", () => {
    const world = makeHub();
    const outlet = new FakeOutlet({ reads: false, capacityBytes: 4_096 });
    const client = watch(world, boxAround(KAISERBERG, 0.01), outlet);
    world.stations.put(station(1));
    world.stations.put(station(2));
    world.stations.put(station(3));
    tick(world, 50, 50);
    world.stations.put(station(1, { latitudeDeg: 52, observedAtMs: START_MS + 100 }));
    tick(world, 100, 300);
    world.stations.remove(2);
    outlet.resumeReading();
    expect(labels(client)).toEqual([[1_003]]);
    expect(world.hub.counters.positionDeliveries).toMatchObject({
      matched: 3,
      sent: 1,
      conflated: 2,
      queued: 0,
    });
  });

  it("come in batches that name what is left out", () => {
    const world = makeHub();
    for (let id = 1; id <= 2_500; id++) world.stations.put(station(id));
    const client = watch(world, { form: "everywhere" });
    tick(world, 50, 50);
    const batches = client.outlet.of("positions");
    expect(batches.map(({ positions }) => positions.length)).toEqual([1_000, 1_000, 500]);
    expect(batches.map(({ leftOut }) => leftOut)).toEqual([1_500, 500, 0]);
  });

  it("stop with the subscription", () => {
    const world = makeHub();
    world.stations.put(station(1));
    const client = watch(world, { form: "everywhere" }, new FakeOutlet({ reads: false }));
    tick(world, 50, 50);
    client.session.unsubscribe("s");
    expect(world.hub.counters.positionDeliveries).toMatchObject({ matched: 1, queued: 0, dropped: 1 });
    client.outlet.resumeReading();
    tick(world, 100, 1_000);
    expect(labels(client)).toEqual([]);
  });
});
