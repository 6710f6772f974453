import { describe, expect, it } from "vitest";
import { deriveTruth } from "../../src/evaluate/derive-truth.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import { makeScene } from "../../src/evaluate/scene.ts";
import { VehicleTableBuilder } from "../../src/evaluate/vehicle-table.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import { at, type Drive, EPOCH_MS, tableOf, traffic, truthFile } from "./world.ts";

const place = { lon: at(3_000).longitudeDeg, lat: at(3_000).latitudeDeg };
const stop = { station_id: 7, start_s: 100, last_s: 160, ...place, label: "incident" };

describe("reading", () => {
  it("takes stops as objects or as a table", () => {
    const columns = ["station_id", "start_s", "last_s", "lon", "lat", "road", "direction", "km", "label"];
    const rows = [[7, 100, 160, place.lon, place.lat, null, null, null, "incident"]];
    const asTable = parseTruth(truthFile([], { stops: { columns, rows } }));
    expect(asTable.events).toEqual(parseTruth(truthFile([], { stops: [stop] })).events);
    expect(asTable.events).toMatchObject([
      { hazard: "stationary-vehicle", onMs: EPOCH_MS + 100_000, stationIds: [7] },
    ]);
  });

  it.each([
    ["in_queue", undefined],
    ["signal", undefined],
    ["merge", "a stop at a merge"],
    ["lone", "counts"],
  ])("knows what a stop labelled %s is", (label, expected) => {
    const [event] = parseTruth(truthFile([], { stops: [{ ...stop, label }] })).events;
    expect(event === undefined ? undefined : (event.dontCare ?? "counts")).toBe(expected);
  });

  it("does not ask for brief stops and small queues", () => {
    const brief = parseTruth(truthFile([], { stops: [{ ...stop, last_s: 110 }] }));
    expect(brief.events[0]?.dontCare).toBe("a stop under 15 s");
    const queue = { onS: 100, offS: 150, tailM: 3_000, headM: 3_500 };
    expect(parseTruth(truthFile([queue])).events[0]?.dontCare).toMatch(/60 s/);
  });

  it("moves with another epoch", () => {
    const { events, fromMs } = parseTruth(truthFile([], { epoch_ms: 1_000_000, stops: [stop] }));
    expect(events[0]?.onMs).toBe(1_100_000);
    expect(fromMs).toBe(1_000_000);
  });

  it("reads hazards that move, are long, or are a point", () => {
    const base = { kind: "wrong-way", on_s: 10, off_s: 20 };
    const { events } = parseTruth(
      truthFile([], {
        hazards: [
          {
            ...base,
            track: [
              [10, 6.7, 51.4],
              [11, 6.701, 51.4],
            ],
            heading_deg: 90,
          },
          {
            ...base,
            kind: "slippery-road",
            line: [
              [6.7, 51.4],
              [6.71, 51.4],
            ],
            tolerance_m: 300,
          },
          { ...base, kind: "obstacle", ...place, dont_care: "somebody else's" },
        ],
      }),
    );
    expect(events.map(({ extents }) => extents.length)).toEqual([2, 1, 1]);
    expect(events[1]?.maxLengthM).toBeGreaterThan(600);
    expect(events[1]?.toleranceM).toBe(300);
    expect(events[2]?.dontCare).toBe("somebody else's");
  });

  it.each([
    [
      { hazards: [{ kind: "ghost", on_s: 1, off_s: 2, ...place }] },
      /hazards\[0\]\.kind must be a kind of alert/,
    ],
    [{ stops: [{ ...stop, start_s: "soon" }] }, /stops\[0\]\.start_s must be a number, not "soon"/],
    [
      { queues: [{ onset_s: 1, end_s: 2, columns: ["s"], series: [] }] },
      /queues\[0\]\.series must be a list of at least one/,
    ],
    [{ time_range_s: [1] }, /time_range_s must be two seconds/],
    [{ stops: { columns: ["a"], rows: [[1, 2]] } }, /rows\[0\] must be a list of 1 values/],
  ])("names the field at fault: %#", (more, message) => {
    expect(() => parseTruth(truthFile([], more))).toThrow(message);
  });
});

describe("brakes", () => {
  const table = tableOf(traffic(60));
  const brake = { station_id: 7, start_s: 20, last_s: 21, min_accel_mps2: -7.2, ...place };
  const eventsOf = (brakes: readonly object[]) =>
    makeScene(table, parseTruth(truthFile([], { hard_brakes: brakes })), undefined).events.map(
      ({ event }) => event,
    );

  it("are events from −7 m/s² on that last half a second", () => {
    expect(eventsOf([brake])[0]?.dontCare).toBeUndefined();
    expect(eventsOf([{ ...brake, min_accel_mps2: -6.9 }])).toEqual([]);
    expect(eventsOf([{ ...brake, last_s: 20 }])[0]?.dontCare).toMatch(/half a second/);
  });

  it("on a slippery road count from what it gives, and are neither found nor missed below the bound of a dry one", () => {
    const onIce = (mps2: number) => eventsOf([{ ...brake, min_accel_mps2: mps2, friction: 0.3 }]);
    expect(onIce(-2.5)).toEqual([]);
    expect(onIce(-2.7)[0]?.dontCare).toMatch(/grip/);
    expect(onIce(-7.2)[0]?.dontCare).toBeUndefined();
    expect(eventsOf([{ ...brake, min_accel_mps2: -2.7, friction: 0.9 }])).toEqual([]);
  });

  it("begin where a driver who has braked softly before brakes hard", () => {
    const builder = new VehicleTableBuilder();
    for (let i = 0; i <= 30; i++) {
      const accelerationMps2 = i < 10 ? 0 : i < 20 ? -4.5 : -7.5;
      builder.add({
        timeMs: EPOCH_MS + i * 100,
        stationId: 7,
        type: "passenger-car",
        ...at(i * 2),
        speedMps: 20,
        headingDeg: 90,
        accelerationMps2,
      });
    }
    const whole = { ...brake, start_s: 1, last_s: 3, min_accel_mps2: -7.5 };
    const file = parseTruth(truthFile([], { hard_brakes: [whole] }));
    const [event] = makeScene(builder.build(), file, undefined).events.map((placed) => placed.event);
    expect(event?.onMs).toBe(EPOCH_MS + 2_000);
    expect(distanceM(event?.extents[0]?.tail ?? at(0), at(40))).toBeLessThan(0.1);
  });
});

describe("deriving", () => {
  // Six cars queue up behind the one that breaks down at 3,500 m, bumper to bumper.
  const queue: Drive[] = Array.from({ length: 7 }, (_, i) => ({
    stationId: 100 + i,
    fromS: 20 + i * 4,
    fromM: 2_000,
    toM: 3_500 - i * 10,
    speedMps: 25,
    untilS: 240,
  }));
  const table = tableOf([...traffic(400), ...queue]);
  const file = deriveTruth({ table, roads: undefined, incidents: [100] });
  const truth = parseTruth(JSON.parse(JSON.stringify(file)));

  it("finds the queue from its fourth vehicle on, from the last to the first", () => {
    const queues = file["queues"] as readonly Record<string, number>[];
    expect(queues).toHaveLength(1);
    // The fourth stands from 32 + 1470 / 25 s on.
    expect(queues[0]?.["onset_s"]).toBe(32 + 59);
    // The second from 24 + 1490 / 25 s on.
    expect(queues[0]?.["forming_s"]).toBe(24 + 60);
    expect(queues[0]?.["end_s"]).toBe(240);
    expect(queues[0]?.["max_length_m"]).toBe(60);
  });

  it("labels who stands, and reads what it has written", () => {
    const stops = file["stops"] as readonly { station_id: number; label: string }[];
    const labels = Object.fromEntries(stops.map(({ station_id, label }) => [station_id, label]));
    expect(labels).toMatchObject({ 100: "incident", 103: "in_queue", 106: "in_queue" });
    expect(truth.events.map(({ hazard }) => hazard)).toEqual(["queue", "stationary-vehicle"]);
    expect(truth.penetration).toBe(1);
  });
});
