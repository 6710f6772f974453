import "../../src/wire/protobuf.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVERY_ALERT, type Problem, type Subscription } from "../../src/domain/subscription.ts";
import { roadpulse } from "../../src/wire/gen/roadpulse.js";
import type { WireSubscribe } from "../../src/wire/ingest-frame.ts";
import {
  decodeSubscriberMessage,
  encodeAcknowledge,
  encodeSubscribe,
  encodeUnsubscribe,
  isProblem,
  MAX_SUBSCRIBER_MESSAGE_BYTES,
  type SubscriberRequest,
} from "../../src/wire/subscriber-message.ts";

const { SubscriberMessage } = roadpulse.stream.v1;

function asked(subscribe: WireSubscribe): SubscriberRequest | Problem {
  return decodeSubscriberMessage(SubscriberMessage.encode({ subscribe }).finish());
}

function problemOf(subscribe: WireSubscribe): Problem {
  const answer = asked(subscribe);
  if (!isProblem(answer)) throw new Error(`accepted: ${JSON.stringify(answer)}`);
  return answer;
}

const point = (latitude_e7: number, longitude_e7: number) => ({ latitude_e7, longitude_e7 });
const triangle = [
  point(514_000_000, 67_000_000),
  point(514_000_000, 68_000_000),
  point(515_000_000, 67_000_000),
];
const polygon = (points: ReturnType<typeof point>[]): WireSubscribe => ({
  subscription_id: "p",
  polygon: { points },
});
const everywhere = (rest: WireSubscribe): WireSubscribe => ({
  subscription_id: "s",
  everywhere: {},
  ...rest,
});

describe("a subscription", () => {
  const areas: Subscription["area"][] = [
    { form: "everywhere" },
    { form: "box", box: { southDeg: 51.3, westDeg: 6.6, northDeg: 51.6, eastDeg: 6.9 } },
    { form: "box", box: { southDeg: -10, westDeg: 179.5, northDeg: 10, eastDeg: -179.5 } },
    {
      form: "polygon",
      points: [
        { latitudeDeg: 51.4, longitudeDeg: 6.7 },
        { latitudeDeg: 51.4, longitudeDeg: 6.8 },
        { latitudeDeg: 51.5, longitudeDeg: 6.7 },
      ],
    },
    { form: "circle", center: { latitudeDeg: 51.4344, longitudeDeg: 6.7623 }, radiusM: 2_500 },
    {
      form: "corridor",
      points: [
        { latitudeDeg: 51.4, longitudeDeg: 6.7 },
        { latitudeDeg: 51.5, longitudeDeg: 6.8 },
      ],
      halfWidthM: 100,
    },
    { form: "ahead", stationId: 0xffff_fffe, distanceM: 5_000 },
  ];

  it.each(areas)("with area $form is read as the client wrote it", (area) => {
    const subscription: Subscription = {
      subscriptionId: "ring road",
      area,
      filter: {
        causeCodes: [1, 94],
        kinds: ["congestion", "stationary-vehicle"],
        minSeverity: 3,
        minConfidencePct: 60,
        confirmedOnly: true,
      },
      positionsIntervalMs: 1_000,
      resume: { epoch: 1_760_000_000_000, sequence: 42 },
    };
    expect(decodeSubscriberMessage(encodeSubscribe(subscription))).toEqual({
      kind: "subscribe",
      subscription,
    });
  });

  it("without filter, positions or cursor asks for every alert from a snapshot on", () => {
    expect(asked({ subscription_id: "s", everywhere: {} })).toEqual({
      kind: "subscribe",
      subscription: {
        subscriptionId: "s",
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: undefined,
        resume: undefined,
      },
    });
  });

  it("may close its polygon as GeoJSON does", () => {
    const [first] = triangle;
    expect(asked(polygon([...triangle, first!]))).toEqual(asked(polygon(triangle)));
  });
});

describe("an invalid subscription is refused with the field at fault", () => {
  const cases: [string, WireSubscribe, string, Problem["code"]][] = [
    ["no name", { everywhere: {} }, "subscribe.subscription_id", "missing-field"],
    [
      "a long name",
      { subscription_id: "x".repeat(65), everywhere: {} },
      "subscribe.subscription_id",
      "out-of-range",
    ],
    ["no area", { subscription_id: "s" }, "subscribe.area", "missing-field"],
    [
      "a latitude beyond the pole",
      polygon([...triangle, point(900_000_001, 0)]),
      "subscribe.polygon.points[3].latitude_e7",
      "out-of-range",
    ],
    [
      "a longitude beyond the antimeridian",
      polygon([point(0, 1_800_000_001), ...triangle]),
      "subscribe.polygon.points[0].longitude_e7",
      "out-of-range",
    ],
    ["a polygon of two points", polygon(triangle.slice(1)), "subscribe.polygon.points", "missing-field"],
    [
      "a polygon of two points, closed",
      polygon([triangle[0]!, triangle[1]!, triangle[0]!]),
      "subscribe.polygon.points",
      "missing-field",
    ],
    [
      "a polygon of 1001 points",
      polygon(Array.from({ length: 1_001 }, (_, i) => point(i, i))),
      "subscribe.polygon.points",
      "too-many",
    ],
    [
      "a box upside down",
      { subscription_id: "s", box: { south_e7: 2, north_e7: 1, west_e7: 0, east_e7: 1 } },
      "subscribe.box.north_e7",
      "invalid-shape",
    ],
    [
      "a box without width",
      { subscription_id: "s", box: { south_e7: 1, north_e7: 2, west_e7: 5, east_e7: 5 } },
      "subscribe.box.east_e7",
      "invalid-shape",
    ],
    [
      "a circle without centre",
      { subscription_id: "s", circle: { radius_m: 5 } },
      "subscribe.circle.center",
      "missing-field",
    ],
    [
      "a radius of zero",
      { subscription_id: "s", circle: { center: point(1, 1) } },
      "subscribe.circle.radius_m",
      "out-of-range",
    ],
    [
      "a radius of 501 km",
      { subscription_id: "s", circle: { center: point(1, 1), radius_m: 501_000 } },
      "subscribe.circle.radius_m",
      "out-of-range",
    ],
    [
      "a route of one point",
      { subscription_id: "s", corridor: { points: [point(1, 1)], half_width_m: 10 } },
      "subscribe.corridor.points",
      "missing-field",
    ],
    [
      "a corridor of 10 km",
      { subscription_id: "s", corridor: { points: triangle, half_width_m: 10_000 } },
      "subscribe.corridor.half_width_m",
      "out-of-range",
    ],
    [
      "ahead by 10 m",
      { subscription_id: "s", ahead: { station_id: 1, distance_m: 10 } },
      "subscribe.ahead.distance_m",
      "out-of-range",
    ],
    [
      "65 cause codes",
      everywhere({ filter: { cause_codes: Array.from({ length: 65 }, () => 1) } }),
      "subscribe.filter.cause_codes",
      "too-many",
    ],
    [
      "a cause code above the standard's",
      everywhere({ filter: { cause_codes: [1, 300] } }),
      "subscribe.filter.cause_codes[1]",
      "out-of-range",
    ],
    [
      "65 kinds",
      everywhere({ filter: { kinds: Array.from({ length: 65 }, () => "notice") } }),
      "subscribe.filter.kinds",
      "too-many",
    ],
    [
      "an unknown kind",
      everywhere({ filter: { kinds: ["notice", "traffic-jam"] } }),
      "subscribe.filter.kinds[1]",
      "unknown-value",
    ],
    [
      "severity 0",
      everywhere({ filter: { min_severity: 0 } }),
      "subscribe.filter.min_severity",
      "out-of-range",
    ],
    [
      "confidence 101",
      everywhere({ filter: { min_confidence_pct: 101 } }),
      "subscribe.filter.min_confidence_pct",
      "out-of-range",
    ],
    [
      "positions every 50 ms",
      everywhere({ positions: { interval_ms: 50 } }),
      "subscribe.positions.interval_ms",
      "out-of-range",
    ],
  ];

  it.each(cases)("%s", (_, subscribe, field, code) => {
    const problem = problemOf(subscribe);
    expect(problem).toMatchObject({ code, field });
    expect(problem.message).toContain(field.replace(/\.area$/, ""));
    expect(problem.message).toMatch(/\.$|\?$/);
  });

  it("names the subscription, cut to the length of a name", () => {
    expect(problemOf(polygon([])).subscriptionId).toBe("p");
    expect(problemOf({ subscription_id: "x".repeat(5_000) }).subscriptionId).toHaveLength(64);
  });

  it("guesses a misspelt kind", () => {
    const message = problemOf(everywhere({ filter: { kinds: ["congestoin"] } })).message;
    expect(message).toContain('Did you mean "congestion"?');
  });

  it("lists the kinds where nothing is near", () => {
    const message = problemOf(everywhere({ filter: { kinds: ["Zebrastreifen"] } })).message;
    expect(message).toContain("minimal-risk-manoeuvre");
  });
});

describe("other requests", () => {
  it("are read as the client wrote them", () => {
    const cursor = { epoch: 3, sequence: 9 };
    expect(decodeSubscriberMessage(encodeUnsubscribe("a"))).toEqual({
      kind: "unsubscribe",
      subscriptionId: "a",
    });
    expect(decodeSubscriberMessage(encodeAcknowledge(cursor))).toEqual({ kind: "acknowledge", cursor });
  });

  it("that are empty, nameless or garbage are problems", () => {
    const empty = decodeSubscriberMessage(new Uint8Array());
    expect(empty).toMatchObject({ code: "missing-field", field: "" });
    expect(decodeSubscriberMessage(encodeUnsubscribe(""))).toMatchObject({
      field: "unsubscribe.subscription_id",
    });
    const noCursor = SubscriberMessage.encode({ acknowledge: {} }).finish();
    expect(decodeSubscriberMessage(noCursor)).toMatchObject({ field: "acknowledge.cursor" });
    expect(decodeSubscriberMessage(Uint8Array.of(0x0a, 0x7f))).toMatchObject({ code: "malformed" });
    const large = new Uint8Array(MAX_SUBSCRIBER_MESSAGE_BYTES + 1);
    expect(decodeSubscriberMessage(large)).toMatchObject({ code: "too-large" });
  });

  it("never make the reader throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeSubscriberMessage(bytes);
      }),
    );
  });
});
