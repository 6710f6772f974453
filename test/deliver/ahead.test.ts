import { describe, expect, it } from "vitest";
import { isAlertAhead } from "../../src/deliver/ahead.ts";
import type { Outline } from "../../src/domain/place.ts";
import { destinationPoint } from "../../src/geo/geodesy.ts";
import { FakeOutlet } from "./fake-outlet.ts";
import { alert, connect, KAISERBERG, makeHub, START_MS, station, subscription, told } from "./world.ts";

/** A vehicle at the junction that drives south-west. */
const HEADING_DEG = 225;
const vehicle = station(1, { headingDeg: HEADING_DEG });

/** A place seen from the vehicle: forward and to the right, m. */
function place(forwardM: number, rightM = 0) {
  const ahead = destinationPoint(KAISERBERG, HEADING_DEG, forwardM);
  return destinationPoint(ahead, (HEADING_DEG + 90) % 360, rightM);
}

const line = (...points: [number, number][]): Outline => ({
  form: "line",
  points: points.map(([forward, right]) => place(forward, right)),
});

const square = (forward: number, right: number, halfM: number): Outline => ({
  form: "polygon",
  points: [
    place(forward - halfM, right - halfM),
    place(forward + halfM, right - halfM),
    place(forward + halfM, right + halfM),
    place(forward - halfM, right + halfM),
    place(forward - halfM, right - halfM),
  ],
});

const at = (forwardM: number, rightM = 0) => alert({ place: place(forwardM, rightM) });
const outlined = (outline: Outline) => alert({ outline });

describe("ahead of a vehicle", () => {
  it.each([
    ["straight ahead", at(800), true],
    ["at the limit", at(995), true],
    ["too far", at(1_010), false],
    ["behind", at(-20), false],
    ["beside, on the same road", at(5, 40), true],
    ["beside, on another road", at(5, 60), false],
    ["within the cone", at(600, 330), true],
    ["outside the cone", at(600, 370), false],
    ["a queue that begins behind and ends ahead", outlined(line([-500, 0], [500, 0])), true],
    ["a queue that has been passed", outlined(line([-500, 0], [-10, 0])), false],
    ["a road that crosses ahead", outlined(line([300, -800], [300, 800])), true],
    ["a road that crosses behind", outlined(line([-300, -800], [-300, 800])), false],
    ["a road that crosses too far ahead", outlined(line([1_100, -800], [1_100, 800])), false],
    ["a road beside that comes nearer", outlined(line([0, 200], [400, 0])), true],
    ["an area ahead", outlined(square(500, 0, 50)), true],
    ["an area around", outlined(square(0, 0, 5_000)), true],
    ["an area behind", outlined(square(-500, 0, 50)), false],
    [
      "the second part of an area",
      outlined({ form: "multi-polygon", parts: [square(-500, 0, 50), square(500, 0, 50)].map(ringOf) }),
      true,
    ],
  ])("%s", (_, what, isAhead) => {
    expect(isAlertAhead(vehicle, 1_000, what)).toBe(isAhead);
  });

  it.each([
    ["the same direction", 225, true],
    ["a bend", 280, true],
    ["the opposite direction", 45, false],
    ["traffic across", 315, false],
    ["all directions", undefined, true],
  ])("alerts for %s", (_, headingDeg, isAhead) => {
    expect(isAlertAhead(vehicle, 1_000, alert({ place: place(500), headingDeg }))).toBe(isAhead);
  });

  it("without a known heading is everything within the distance", () => {
    const unknown = station(1, { headingDeg: undefined });
    expect(isAlertAhead(unknown, 1_000, at(-800))).toBe(true);
    expect(isAlertAhead(unknown, 1_000, at(-1_050))).toBe(false);
  });
});

function ringOf(outline: Outline) {
  return outline.form === "polygon" ? outline.points : [];
}

describe("a vehicle that asks what lies ahead", () => {
  function drive() {
    const world = makeHub();
    world.stations.put(vehicle);
    const client = connect(world.hub, new FakeOutlet(), 1);
    const moveTo = (forwardM: number, second: number, headingDeg = HEADING_DEG) => {
      world.stations.put(station(1, { ...place(forwardM), headingDeg }));
      world.hub.onTick(START_MS + 1_000 * second);
    };
    const subscribe = () =>
      client.session.subscribe(subscription({ area: { form: "ahead", stationId: 1, distanceM: 1_000 } }));
    return { ...world, client, moveTo, subscribe };
  }

  it("gets what is ahead as a snapshot, then what arises ahead", () => {
    const { hub, client, subscribe } = drive();
    hub.publish([at(500), alert({ alertId: "behind", place: place(-500) })], undefined, START_MS);
    subscribe();
    hub.publish([alert({ alertId: "new", place: place(700) })], undefined, START_MS);
    hub.publish([alert({ alertId: "opposite", place: place(700), headingDeg: 45 })], undefined, START_MS);
    expect(told(client)).toEqual(["a 1 new *", "new 1 new"]);
  });

  it("is told within a second when it comes near, and again only when the alert has changed", () => {
    const { hub, client, subscribe, moveTo } = drive();
    subscribe();
    hub.publish([alert({ place: place(2_700) })], undefined, START_MS);
    for (let second = 1; second <= 56; second++) moveTo(second * 30, second);
    expect(told(client)).toEqual([]);
    for (let second = 57; second <= 60; second++) moveTo(second * 30, second);
    expect(told(client)).toEqual(["a 1 new"]);
    hub.publish([alert({ revision: 2, state: "updated", place: place(2_700) })], undefined, START_MS);
    for (let second = 61; second <= 89; second++) moveTo(second * 30, second);
    expect(told(client)).toEqual(["a 1 new", "a 2 updated"]);
  });

  it("is told at once of what arises ahead, however far it has driven", () => {
    const { hub, client, subscribe, moveTo } = drive();
    subscribe();
    for (let second = 1; second <= 400; second++) moveTo(second * 30, second);
    hub.publish([alert({ place: place(12_900) })], undefined, START_MS);
    expect(told(client)).toEqual(["a 1 new"]);
  });

  it("hears nothing but the end of what it has passed", () => {
    const { hub, client, subscribe, moveTo } = drive();
    subscribe();
    hub.publish([at(100)], undefined, START_MS);
    moveTo(300, 1);
    hub.publish([alert({ revision: 2, state: "updated", place: place(100) })], undefined, START_MS);
    moveTo(330, 2);
    hub.publish([alert({ revision: 3, state: "ended", place: place(100) })], undefined, START_MS);
    hub.publish([alert({ alertId: "b", place: place(100) })], undefined, START_MS);
    hub.publish(
      [alert({ alertId: "b", revision: 2, state: "ended", place: place(100) })],
      undefined,
      START_MS,
    );
    expect(told(client)).toEqual(["a 1 new", "a 3 ended"]);
  });

  it("is told what it missed when it turns back", () => {
    const { hub, client, subscribe, moveTo } = drive();
    subscribe();
    hub.publish([at(100)], undefined, START_MS);
    moveTo(300, 1);
    hub.publish([alert({ revision: 2, state: "updated", place: place(100) })], undefined, START_MS);
    moveTo(300, 2, HEADING_DEG - 180);
    expect(told(client)).toEqual(["a 1 new", "a 2 updated"]);
  });

  it("may begin before its first report", () => {
    const { hub, stations, client, subscribe } = drive();
    stations.remove(1);
    subscribe();
    hub.publish([at(500)], undefined, START_MS);
    expect(told(client)).toEqual([]);
    stations.put(vehicle);
    hub.onTick(START_MS + 1_000);
    expect(told(client)).toEqual(["a 1 new"]);
  });

  it("begins anew after a reconnect: what lay ahead then cannot be known", () => {
    const { hub, client, subscribe } = drive();
    subscribe();
    hub.publish([at(500)], undefined, START_MS);
    client.session.close();
    const again = connect(hub, new FakeOutlet(), 1);
    again.session.subscribe(
      subscription({ area: { form: "ahead", stationId: 1, distanceM: 1_000 }, resume: hub.cursor }),
    );
    expect(again.outlet.of("subscribed")).toMatchObject([{ resumed: false, snapshotAlerts: 1 }]);
    expect(told(again)).toEqual(["a 1 new *"]);
  });
});
