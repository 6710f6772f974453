import { describe, expect, test } from "vitest";
import { importOdeFrom } from "../../../src/recording/import/ode.ts";
import type { WireAwareness } from "../../../src/wire/ingest-frame.ts";
import { scratchFile } from "../support.ts";
import { framesOf, inputOf } from "./import-support.ts";

const GENERATED = "2024-05-01T16:04:23.694Z";
const GENERATED_MS = Date.parse(GENERATED);

interface BsmParts {
  core?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  events?: unknown;
}

/** A message in the form of the ODE's schema version 6. */
function bsm({ core = {}, metadata = {}, events }: BsmParts = {}) {
  return {
    metadata: {
      recordType: "bsmLogDuringEvent",
      payloadType: "us.dot.its.jpo.ode.model.OdeBsmPayload",
      serialId: { serialNumber: 1 },
      recordGeneratedAt: GENERATED,
      ...metadata,
    },
    payload: {
      dataType: "us.dot.its.jpo.ode.plugin.j2735.J2735Bsm",
      data: {
        coreData: {
          msgCnt: 95,
          id: "A1B2C3D4",
          secMark: 23_694,
          position: { latitude: 51.4365731, longitude: 6.7318485, elevation: 31.4 },
          accelSet: { accelLat: 0.1, accelLong: -5.89, accelVert: 0, accelYaw: 9.95 },
          accuracy: { semiMajor: 9.3, semiMinor: 12.05 },
          transmission: "FORWARDGEARS",
          speed: 13.4,
          heading: 250.9125,
          brakes: {
            wheelBrakes: {
              leftFront: true,
              rightFront: true,
              unavailable: false,
              leftRear: false,
              rightRear: false,
            },
          },
          size: { width: 190, length: 570 },
          ...core,
        },
        partII: events === undefined ? [] : [{ id: "VehicleSafetyExtensions", value: { events } }],
      },
    },
  };
}

async function imported(text: string) {
  const out = scratchFile();
  const summary = await importOdeFrom(inputOf(text), out);
  const frames = summary.problem === undefined ? await framesOf(out) : [];
  return { summary, frames, items: frames.flatMap(({ frame }) => frame.items ?? []) };
}

async function awarenessOf(parts: BsmParts): Promise<WireAwareness> {
  const { items } = await imported(JSON.stringify(bsm(parts)));
  expect(items).toHaveLength(1);
  return items[0]?.awareness ?? {};
}

test("a basic safety message becomes one item with all that it tells", async () => {
  const { summary, frames, items } = await imported(
    JSON.stringify(bsm({ events: { eventHardBraking: true } })),
  );

  expect(summary).toMatchObject({ problem: undefined, rows: 1, imported: 1, bad: 0, items: 1 });
  expect(frames[0]).toMatchObject({ receivedAtMs: GENERATED_MS, frame: { base_time_unix_ms: GENERATED_MS } });
  expect(items[0]).toMatchObject({
    station_id: 0xa1b2c3d4,
    time_offset_ms: 0,
    original_format: 3,
    awareness: {
      source: 2,
      latitude_e7: 514_365_731,
      longitude_e7: 67_318_485,
      altitude_cm: 3_140,
      speed_cmps: 1_340,
      heading_ddeg: 2_509,
      longitudinal_acceleration_cmps2: -589,
      lateral_acceleration_cmps2: 10,
      yaw_rate_cdegps: 995,
      position_confidence: { semi_major_cm: 1_205, semi_minor_cm: 930 },
      drive_direction: 1,
      length_cm: 570,
      width_cm: 190,
      control_bits: 1,
      event_bits: 128,
      message_count: 95,
    },
  });
});

describe("unavailable values are left out", () => {
  test.each<[string, Record<string, unknown>, keyof WireAwareness]>([
    ["acceleration 2001", { accelSet: { accelLong: 2001 } }, "longitudinal_acceleration_cmps2"],
    ["acceleration 20.01", { accelSet: { accelLong: 20.01 } }, "longitudinal_acceleration_cmps2"],
    ["acceleration null", { accelSet: { accelLong: null } }, "longitudinal_acceleration_cmps2"],
    ["lateral acceleration 2001", { accelSet: { accelLat: 2001 } }, "lateral_acceleration_cmps2"],
    ["yaw rate 327.67", { accelSet: { accelYaw: 327.67 } }, "yaw_rate_cdegps"],
    ["speed 163.82", { speed: 163.82 }, "speed_cmps"],
    ["speed null", { speed: null }, "speed_cmps"],
    ["heading 360", { heading: 360 }, "heading_ddeg"],
    ["elevation -409.6", { position: { latitude: 51, longitude: 6, elevation: -409.6 } }, "altitude_cm"],
    ["length 0", { size: { width: 190, length: 0 } }, "length_cm"],
    ["width 0", { size: { width: 0, length: 500 } }, "width_cm"],
    ["accuracy 12.75", { accuracy: { semiMajor: 12.75, semiMinor: 12.75 } }, "position_confidence"],
    [
      "brakes unavailable",
      { brakes: { wheelBrakes: { unavailable: true, leftFront: true } } },
      "control_bits",
    ],
    [
      "no brake applied",
      { brakes: { wheelBrakes: { unavailable: false, leftFront: false } } },
      "control_bits",
    ],
    ["core data without anything but a position", onlyPosition(), "speed_cmps"],
  ])("%s", async (_, core, field) => {
    expect((await awarenessOf({ core }))[field] ?? undefined).toBeUndefined();
  });

  test("vertical acceleration -127 does no harm", async () => {
    const awareness = await awarenessOf({ core: { accelSet: { accelVert: -127, accelLong: 0.5 } } });
    expect(awareness.longitudinal_acceleration_cmps2).toBe(50);
  });
});

function onlyPosition(): Record<string, unknown> {
  return {
    accelSet: null,
    accuracy: undefined,
    speed: undefined,
    heading: undefined,
    brakes: null,
    size: null,
  };
}

describe("event flags", () => {
  test.each<[string, unknown, number]>([
    ["by name", { eventHazardLights: true, eventDisabledVehicle: true, eventABSactivated: false }, 1 | 2_048],
    ["as a bit string, bit 0 first", "0000000100001", 128 | 4_096],
    ["none set", { eventHardBraking: false }, 0],
  ])("%s", async (_, events, bits) => {
    expect((await awarenessOf({ events })).event_bits).toBe(bits);
  });
});

describe("secMark", () => {
  const observed = async (secMark: unknown, recordGeneratedAt = GENERATED) => {
    const { items, summary } = await imported(
      JSON.stringify(bsm({ core: { secMark }, metadata: { recordGeneratedAt } })),
    );
    return { offsetMs: items[0]?.time_offset_ms, notes: Object.keys(summary.notes) };
  };

  test("counts in the minute nearest to the time of generation", async () => {
    expect((await observed(23_794)).offsetMs).toBe(100);
    expect((await observed(59_900, "2024-05-01T16:05:00.050Z")).offsetMs).toBe(-150);
    expect((await observed(20, "2024-05-01T16:04:59.990Z")).offsetMs).toBe(30);
  });

  test("a leap second is the end of its minute", async () => {
    expect((await observed(60_500, "2024-05-01T16:04:59.999Z")).offsetMs).toBe(0);
  });

  test.each([61_000, 65_534, 65_535, null])(
    "%s says nothing: the time of generation is taken",
    async (secMark) => {
      expect(await observed(secMark)).toEqual({
        offsetMs: 0,
        notes: ["without a usable secMark; the time of generation was taken"],
      });
    },
  );
});

describe("order", () => {
  test("newest first and interleaved logs are sorted by time of generation, then by serial number", async () => {
    const at = (ms: number, serialNumber: number, id: string) =>
      JSON.stringify(
        bsm({
          core: { id, secMark: (GENERATED_MS + ms) % 60_000 },
          metadata: {
            recordGeneratedAt: new Date(GENERATED_MS + ms).toISOString(),
            serialId: { serialNumber },
          },
        }),
      );

    const { frames } = await imported(
      [at(200, 4, "0000000d"), at(100, 3, "0000000c"), at(100, 2, "0000000b"), at(0, 1, "0000000a")].join(
        "\n",
      ),
    );

    expect(frames.map(({ frame }) => frame.items?.[0]?.station_id)).toEqual([10, 11, 12, 13]);
    expect(frames.map(({ receivedAtMs }) => receivedAtMs - GENERATED_MS)).toEqual([0, 100, 100, 200]);
  });
});

describe("form of the input", () => {
  const one = JSON.stringify(bsm());
  test.each([
    ["one per line", `${one}\n${one}\n${one}\n`],
    ["without a line end at the end", `${one}\n${one}\n${one}`],
    ["concatenated", one + one + one],
    ["an array", `[${one},\n${one},${one}]`],
    ["indented", [bsm(), bsm(), bsm()].map((value) => JSON.stringify(value, null, 2)).join("\n")],
    ["CR LF", `${one}\r\n${one}\r\n${one}\r\n`],
  ])("%s", async (_, text) => {
    expect((await imported(text)).summary).toMatchObject({ rows: 3, imported: 3, bad: 0 });
  });

  test("braces and quotes inside texts do not end an object", async () => {
    const tricky = JSON.stringify(bsm({ metadata: { logFileName: 'a}"{\\' } }));
    expect((await imported(tricky + tricky)).summary).toMatchObject({ imported: 2, bad: 0 });
  });
});

describe("what cannot be used", () => {
  test("is counted with its line, and the import goes on", async () => {
    const lines = [
      JSON.stringify(bsm()),
      '{"metadata":{"cut off',
      JSON.stringify(bsm()),
      JSON.stringify({ hello: "world" }),
      "{not json}",
      JSON.stringify(bsm({ core: { position: { latitude: null, longitude: 6.7 } } })),
      JSON.stringify(bsm({ core: { position: { latitude: 90.0000001, longitude: 180.0000001 } } })),
      JSON.stringify(bsm({ core: { id: "xyz" } })),
      JSON.stringify(bsm({ core: { secMark: 70_000 } })),
      JSON.stringify(bsm({ metadata: { recordGeneratedAt: "yesterday" } })),
      JSON.stringify(bsm()),
    ];

    const { summary } = await imported(lines.join("\n"));

    expect(summary).toMatchObject({ rows: 11, imported: 3, bad: 8 });
    expect(summary.badRows.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "2 the JSON object has no end",
      "4 no ODE message: metadata or payload is missing",
      "5 no valid JSON",
      "6 no position",
      "7 no position",
      "8 id is not of 4 octets",
      "9 secMark is outside 0..65535",
      "10 recordGeneratedAt is no time",
    ]);
  });

  test("other message types are counted by type", async () => {
    const other = (payloadType: string) => JSON.stringify({ metadata: { payloadType }, payload: {} });
    const lines = [
      other("us.dot.its.jpo.ode.model.OdeTimPayload"),
      other("us.dot.its.jpo.ode.model.OdeTimPayload"),
      other("us.dot.its.jpo.ode.model.OdeDriverAlertPayload"),
      other("us.dot.its.jpo.ode.model.OdeSpatPayload"),
      JSON.stringify(bsm()),
    ];

    const { summary } = await imported(lines.join("\n"));

    expect(summary).toMatchObject({ rows: 5, imported: 1, bad: 0 });
    expect(summary.unsupported).toEqual({
      "traveller information (TIM): advice to drivers, no observation": 2,
      "driver alert: what a vehicle told its driver, no observation": 1,
      "OdeSpatPayload: not a basic safety message": 1,
    });
  });

  test("a log of other messages only says so", async () => {
    const text = JSON.stringify({ metadata: { payloadType: "x.OdeTimPayload" }, payload: {} });
    expect((await imported(text)).summary.problem).toContain(
      "none of 1 messages is supported: traveller information",
    );
  });
});
