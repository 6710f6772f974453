import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseTimeMs, decodeFrame, decodeItem } from "../../src/decode/frame.ts";
import type { DecodedItem } from "../../src/domain/frame.ts";
import type { HazardNotice, MotionReport } from "../../src/domain/observation.ts";
import { isRejection, REJECTION_CODES, type Rejection } from "../../src/domain/rejection.ts";
import type { Source } from "../../src/domain/station.ts";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";

const BASE_MS = 1_790_000_000_000;
const source: Source = { slot: 1, name: "rsu-1", kind: "rsu", timeBase: "utc" };
const place = { latitude_e7: 514_300_000, longitude_e7: 67_600_000 };

const item = (over: WireIngestItem): WireIngestItem => ({ station_id: 42, time_offset_ms: -100, ...over });
const cam = (over: object = {}): WireIngestItem =>
  item({ awareness: { ...place, source: 1, station_type: 6, ...over } });
const denm = (over: object = {}): WireIngestItem =>
  item({
    hazard: {
      event: { originating_station_id: 9, sequence_number: 3 },
      detection_offset_ms: -500,
      reference_offset_ms: -400,
      position: place,
      cause_code: 94,
      ...over,
    },
  });

function decoded(wire: WireIngestItem, baseMs = BASE_MS): DecodedItem {
  const result = decodeItem(wire, baseMs, source);
  if (isRejection(result)) throw new Error(`${result.rejected} ${result.field}`);
  return result;
}

function refused(wire: WireIngestItem, baseMs = BASE_MS): Rejection {
  const result = decodeItem(wire, baseMs, source);
  if (!isRejection(result)) throw new Error("was accepted");
  return result;
}

describe("decodeFrame", () => {
  it("never throws on random bytes and names a bounded reason", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const frame = decodeFrame(bytes);
        if (isRejection(frame)) expect(REJECTION_CODES).toContain(frame.rejected);
        else for (const wire of frame.items ?? []) decodeItem(wire, baseTimeMs(frame, "utc"), source);
      }),
      { numRuns: 3_000 },
    );
  });

  it("never throws on a valid frame with bytes changed or cut off", () => {
    const valid = encodeIngestFrame({
      base_time_unix_ms: BASE_MS,
      items: [cam(), denm(), cam({ speed_cmps: 900 })],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(valid.length),
        (changes, length) => {
          const bytes = Uint8Array.from(valid);
          for (const [at, value] of changes) bytes[at] = value;
          const frame = decodeFrame(bytes.subarray(0, length));
          if (!isRejection(frame)) {
            for (const wire of frame.items ?? []) decodeItem(wire, baseTimeMs(frame, "utc"), source);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("refuses 501 items and more than 256 KiB", () => {
    const many = encodeIngestFrame({
      base_time_unix_ms: BASE_MS,
      items: Array.from({ length: 501 }, () => cam()),
    });
    expect(decodeFrame(many)).toMatchObject({ rejected: "too-many-items" });
    expect(decodeFrame(new Uint8Array(256 * 1024 + 1))).toMatchObject({ rejected: "too-large" });
  });
});

describe("decodeItem", () => {
  it("scales a CAM to SI units", () => {
    const { observation, observedAtMs, receiver } = decoded(
      cam({
        speed_cmps: 2_778,
        heading_ddeg: 905,
        longitudinal_acceleration_cmps2: -350,
        yaw_rate_cdegps: 120,
        length_cm: 450,
        width_cm: 180,
        role: 7,
        drive_direction: 1,
      }),
    );
    expect(observedAtMs).toBe(BASE_MS - 100);
    expect(receiver).toBe("rsu-1");
    expect(observation).toMatchObject({
      kind: "motion",
      format: "cam",
      stationType: "passenger-car",
      latitudeDeg: 51.43,
      longitudeDeg: 6.76,
      speedMps: 27.78,
      headingDeg: 90.5,
      accelerationMps2: -3.5,
      yawRateDegps: 1.2,
      lengthM: 4.5,
      widthM: 1.8,
      role: "emergency",
      driveDirection: "forward",
    });
  });

  it("reads absent optional fields as unavailable, and standing still as 0", () => {
    expect(decoded(cam()).observation).toMatchObject({ speedMps: undefined, headingDeg: undefined });
    expect(decoded(cam({ speed_cmps: 0, heading_ddeg: 0 })).observation).toMatchObject({
      speedMps: 0,
      headingDeg: 0,
    });
  });

  it("reads heading 3600, which real stations send, as north", () => {
    expect((decoded(cam({ heading_ddeg: 3_600 })).observation as MotionReport).headingDeg).toBe(0);
  });

  it.each([
    ["awareness.latitude_e7", cam({ latitude_e7: 900_000_001 })],
    ["awareness.longitude_e7", cam({ longitude_e7: 1_800_000_001 })],
    ["awareness.longitude_e7", cam({ longitude_e7: -1_800_000_000 })],
    ["awareness.speed_cmps", cam({ speed_cmps: 16_383 })],
    ["awareness.heading_ddeg", cam({ heading_ddeg: 3_601 })],
    ["awareness.longitudinal_acceleration_cmps2", cam({ longitudinal_acceleration_cmps2: 2_001 })],
    ["awareness.yaw_rate_cdegps", cam({ yaw_rate_cdegps: 32_767 })],
    ["awareness.length_cm", cam({ length_cm: 0 })],
    ["awareness.station_type", cam({ station_type: 17 })],
    ["awareness.role", cam({ role: 14 })],
    ["hazard.cause_code", denm({ cause_code: 256 })],
    ["hazard.validity_s", denm({ validity_s: 86_401 })],
    ["hazard.information_quality", denm({ information_quality: 8 })],
    ["hazard.event.sequence_number", denm({ event: { originating_station_id: 9, sequence_number: 65_536 } })],
  ])("refuses %s out of its range", (field, wire) => {
    expect(refused(wire)).toEqual({ rejected: "out-of-range", field });
  });

  it.each([
    ["awareness.latitude_e7", cam({ latitude_e7: 0, longitude_e7: 0 })],
    ["items.station_id", { ...cam(), station_id: 0 }],
    ["hazard.event", denm({ event: undefined })],
    ["hazard.cause_code", denm({ cause_code: 0 })],
    ["hazard.position.latitude_e7", denm({ position: undefined })],
    ["automation.kind", item({ automation: { position: place } })],
    ["sensor.sensor_name", item({ sensor: { position: place, weather: {} } })],
    ["sensor.reading", item({ sensor: { position: place, sensor_name: "s" } })],
  ])("misses %s", (field, wire) => {
    expect(refused(wire)).toEqual({ rejected: "missing-field", field });
  });

  it("counts an item without a body that it knows as unsupported", () => {
    expect(refused(item({}))).toMatchObject({ rejected: "unsupported-body" });
  });

  it("lets a safety message go on without a base time, and nothing else", () => {
    expect(refused(cam(), 0)).toEqual({ rejected: "missing-field", field: "base_time_unix_ms" });
    expect(decoded(denm(), 0).observedAtMs).toBe(0);
    expect(decoded(cam({ control_bits: 4 }), 0).observedAtMs).toBe(0);
  });

  it("does not refuse an emergency for a field that it does not need", () => {
    const braking = cam({ control_bits: 4, wiper_rate_per_min: 200, lane_position: 99, role: 99 });
    expect(decoded(braking).observation).toMatchObject({
      controlBits: 4,
      wiperRatePerMin: undefined,
      lanePosition: undefined,
      role: "default",
    });
    expect(refused(cam({ wiper_rate_per_min: 200 }))).toMatchObject({ rejected: "out-of-range" });
    const original = { original_payload: new Uint8Array(9_000) };
    expect(decoded({ ...denm(), ...original }).observation.kind).toBe("hazard");
    expect(refused({ ...cam(), ...original })).toMatchObject({ rejected: "too-large" });
  });

  it("ends an event by its key alone, as the standard has it", () => {
    const wire = item({
      hazard: { event: { originating_station_id: 9, sequence_number: 3 }, termination: 1 },
    });
    expect(decoded(wire).observation).toMatchObject({ termination: "cancellation", position: undefined });
  });

  it("takes the station of a hazard notice from its event where the envelope names none", () => {
    expect(decoded({ ...denm(), station_id: 0 }).stationId).toBe(9);
  });

  it("ends an event zone before a point beyond a pole", () => {
    const zone = [
      { delta_latitude_e7: 1_000, delta_longitude_e7: 0 },
      { delta_latitude_e7: 385_700_000, delta_longitude_e7: 0 },
      { delta_latitude_e7: -385_700_000, delta_longitude_e7: 0 },
    ];
    expect((decoded(denm({ event_zone: zone })).observation as HazardNotice).eventZone).toHaveLength(1);
  });

  it("goes on beyond the antimeridian with the points of an event zone", () => {
    const fiji = { latitude_e7: -168_000_000, longitude_e7: 1_799_999_000 };
    const zone = [
      { delta_latitude_e7: 0, delta_longitude_e7: 2_000 },
      { delta_latitude_e7: 0, delta_longitude_e7: -2_000 },
      { delta_latitude_e7: 0, delta_longitude_e7: -2_147_483_648 },
    ];
    const { eventZone } = decoded(denm({ position: fiji, event_zone: zone })).observation as HazardNotice;
    expect(eventZone.map(({ longitudeDeg }) => longitudeDeg)).toEqual([-179.9999, 179.9999, -34.7484648]);
  });

  it("places each point of an event zone relative to the one before", () => {
    const notice = decoded(
      denm({
        event_zone: [
          { delta_latitude_e7: 100, delta_longitude_e7: 200 },
          { delta_latitude_e7: 100, delta_longitude_e7: 200 },
        ],
      }),
    ).observation as HazardNotice;
    expect(notice.eventZone).toEqual([
      { latitudeDeg: 51.43001, longitudeDeg: 6.76002 },
      { latitudeDeg: 51.43002, longitudeDeg: 6.76004 },
    ]);
  });

  it("gives a re-issue with new times the same content hash, and a change another", () => {
    const hash = (over: object) => (decoded(denm(over)).observation as HazardNotice).contentHash;
    expect(hash({ reference_offset_ms: 5_000, detection_offset_ms: 4_000 })).toBe(hash({}));
    expect(hash({ sub_cause_code: 2 })).not.toBe(hash({}));
  });

  it("counts an ETSI original of another protocol version as unknown", () => {
    const old = { ...cam(), original_format: 1, original_payload: Uint8Array.of(1, 2, 0, 0, 0, 9) };
    expect(refused(old)).toMatchObject({ rejected: "unknown-version" });
  });

  it("places perceived objects east and north of their observer", () => {
    const { observation } = decoded(
      item({
        perceived: {
          reference_position: place,
          objects: [
            { object_id: 1, east_cm: 10_000, north_cm: 0, velocity_east_cmps: 300, velocity_north_cmps: 400 },
          ],
        },
      }),
    );
    const [object] = (observation as unknown as { objects: readonly Record<string, number>[] }).objects;
    expect(object?.["speedMps"]).toBe(5);
    expect(object?.["headingDeg"]).toBe(36.9);
    expect(object?.["latitudeDeg"]).toBe(51.43);
    // 100 m at 51.43 degrees north is 0.001441 degree of longitude.
    expect(object?.["longitudeDeg"]).toBeCloseTo(6.76 + 0.001441, 5);
  });
});

describe("baseTimeMs", () => {
  it("brings every time base to UTC: ETSI time runs 5 s ahead, time without leap seconds 5 s behind", () => {
    expect(baseTimeMs({ base_time_unix_ms: BASE_MS }, "utc")).toBe(BASE_MS);
    expect(baseTimeMs({ base_time_unix_ms: BASE_MS + 5_000 }, "tai")).toBe(BASE_MS);
    expect(baseTimeMs({ base_time_unix_ms: BASE_MS - 5_000 }, "utc-no-leap")).toBe(BASE_MS);
    expect(baseTimeMs({}, "tai")).toBe(0);
  });
});
