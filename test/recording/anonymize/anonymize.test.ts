import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isRejection } from "../../../src/domain/rejection.ts";
import { type PreparedShape, prepareShape } from "../../../src/geo/shapes.ts";
import { anonymizeRecording } from "../../../src/recording/anonymize/anonymize.ts";
import type { AnonymizeSummary, Trim } from "../../../src/recording/anonymize/options.ts";
import type { RecordedRecord } from "../../../src/recording/reader.ts";
import {
  decodeIngestFrame,
  encodeIngestFrame,
  type WireHello,
  type WireIngestFrame,
  type WireIngestItem,
} from "../../../src/wire/ingest-frame.ts";
import { message, readBack, START_MS, scratchFile, write } from "../support.ts";

/** 200 s before midnight, UTC. */
const EVENING_MS = Math.ceil(START_MS / 86_400_000) * 86_400_000 - 200_000;
const NO_TRIM: Trim = { distanceM: 0, durationMs: 0 };
const TRIM: Trim = { distanceM: 300, durationMs: 60_000 };
const [CAR, RSU] = [0x7a11ce55, 0x0badcafe];
const RSU_HELLO: WireHello = { source_id: "rsu-7", kind: 2, time_base: 1, software: "rsu 1.2" };

/** 30 m/s to the east are 4,318 of 1e-7 degree a second at 51.4 degrees north. */
const E7_PER_S = 4_318;

const position = (second: number) => ({
  latitude_e7: 514_300_000,
  longitude_e7: 67_700_000 + second * E7_PER_S,
});

const car = (second: number, more: Partial<WireIngestItem> = {}): WireIngestItem => ({
  station_id: CAR,
  awareness: { ...position(second), speed_cmps: 3_000, heading_ddeg: 900, station_type: 6 },
  ...more,
});

const notice = (second: number, hazard: WireIngestItem["hazard"] = {}): WireIngestItem => ({
  station_id: CAR,
  hazard: {
    event: { originating_station_id: CAR, sequence_number: 31_337 },
    position: position(second),
    cause_code: 94,
    station_type: 6,
    ...hazard,
  },
});

interface Sent {
  readonly second: number;
  readonly item: WireIngestItem;
}

interface Result {
  readonly frames: WireIngestFrame[];
  readonly items: WireIngestItem[];
  readonly records: RecordedRecord[];
  readonly summary: AnonymizeSummary;
  readonly bytes: Buffer;
}

async function anonymized(
  sent: readonly Sent[],
  options: {
    trim?: Trim;
    redacted?: PreparedShape[];
    beganMs?: number;
    hello?: WireHello;
    frame?: WireIngestFrame;
  } = {},
): Promise<Result> {
  const { trim = NO_TRIM, redacted = [], beganMs = START_MS, hello = RSU_HELLO } = options;
  const [input, output] = [scratchFile(), scratchFile()];
  const frameAt = (second: number, frame: WireIngestFrame) =>
    message(
      beganMs + second * 1_000,
      1,
      encodeIngestFrame({ base_time_unix_ms: beganMs + second * 1_000, ...options.frame, ...frame }),
    );
  await write(input, [
    { kind: "session-opened", receivedAtMs: beganMs, slot: 1 },
    frameAt(0, { hello }),
    ...sent.map(({ second, item }) => frameAt(second, { items: [item] })),
  ]);
  const key = new Uint8Array(32).fill(9);
  const summary = await anonymizeRecording(input, output, { key, trim, redacted });
  const { records } = await readBack(output);
  const frames = records.flatMap((record) => {
    const frame = record.kind === "message" ? decodeIngestFrame(record.bytes) : [];
    return isRejection(frame) ? [] : frame;
  });
  const items = frames.flatMap((frame) => frame.items ?? []);
  return { frames, items, records, summary, bytes: readFileSync(output) };
}

const seconds = (count: number, step = 1): number[] => Array.from({ length: count }, (_, i) => i * step);

function expectNoTrace(bytes: Buffer, ...ids: number[]): void {
  for (const id of ids) {
    const binary = Buffer.alloc(4);
    binary.writeUInt32LE(id);
    expect(bytes.includes(binary)).toBe(false);
    expect(bytes.includes(String(id))).toBe(false);
  }
}

const box = (fromSecond: number, toSecond: number): PreparedShape =>
  prepareShape({
    type: "box",
    box: {
      southDeg: 51.42,
      northDeg: 51.44,
      westDeg: position(fromSecond).longitude_e7 / 1e7,
      eastDeg: position(toSecond).longitude_e7 / 1e7,
    },
  });

test("no id of a road user is left anywhere in the file; infrastructure keeps its own", async () => {
  const { items, bytes, summary } = await anonymized([
    { second: 1, item: car(1, { receiver_id: RSU, original_payload: Uint8Array.of(2, 1, 0x55, 0xce) }) },
    { second: 2, item: notice(2, { linked_events: [{ originating_station_id: CAR, sequence_number: 4 }] }) },
    { second: 3, item: { station_id: RSU, awareness: { ...position(3), station_type: 16 } } },
  ]);
  expectNoTrace(bytes, CAR);
  const [first, second, third] = items;
  expect(first).toMatchObject({ receiver_id: RSU });
  expect(first?.original_payload ?? undefined).toBeUndefined();
  expect(third?.station_id).toBe(RSU);
  expect(second?.station_id).toBe(first?.station_id);
  expect(second?.hazard?.event).toEqual(
    expect.objectContaining({ originating_station_id: first?.station_id, sequence_number: 1 }),
  );
  expect(second?.hazard?.linked_events?.[0]).toMatchObject({ originating_station_id: first?.station_id });
  expect(summary).toMatchObject({ roadUsers: 1, infrastructure: 1, droppedOriginals: 1, problem: undefined });
});

test("a road user that once claims to be infrastructure does not keep its id by it", async () => {
  const { bytes } = await anonymized([
    { second: 1, item: car(1) },
    { second: 2, item: { station_id: CAR, awareness: { ...position(2), station_type: 16 } } },
  ]);
  expectNoTrace(bytes, CAR);
});

test("midnight gives stations and events other ids, and tells how many notices that changed", async () => {
  const { items, summary } = await anonymized(
    [
      { second: 100, item: car(100) },
      { second: 150, item: notice(150) },
      { second: 250, item: notice(250) },
      { second: 300, item: car(300) },
    ],
    { beganMs: EVENING_MS },
  );
  expect(items[0]?.station_id).not.toBe(items[3]?.station_id);
  expect(items[1]?.hazard?.event?.originating_station_id).toBe(items[0]?.station_id);
  expect(items[2]?.hazard?.event?.originating_station_id).toBe(items[3]?.station_id);
  expect(summary.noticesOverMidnight).toBe(1);
});

test("fields that tell more than traffic needs are left out, classed or counted anew", async () => {
  const path = { points: [{ delta_latitude_e7: 10, delta_longitude_e7: -2_000 }] };
  const { items } = await anonymized([
    {
      second: 1,
      item: car(1, {
        awareness: {
          ...position(1),
          length_cm: 437,
          width_cm: 179,
          path_history: path,
          message_count: 99,
          role: 7,
        },
      }),
    },
    { second: 2, item: notice(2, { stationary_vehicle: { occupants: 3, un_number: 1_203 } }) },
    {
      second: 3,
      item: {
        station_id: CAR,
        automation: { kind: 5, position: position(3), design_domain: "fleet of one", occurrence: 77 },
      },
    },
  ]);
  expect(items[0]?.awareness).toMatchObject({ length_cm: 450, width_cm: 180, role: 7 });
  expect(items[0]?.awareness?.path_history ?? undefined).toBeUndefined();
  expect(items[0]?.awareness?.message_count ?? undefined).toBeUndefined();
  expect(Object.keys(items[1]?.hazard?.stationary_vehicle ?? { missing: 1 })).toEqual([]);
  expect(items[2]?.automation).toMatchObject({ occurrence: 1 });
  expect(JSON.stringify(items)).not.toContain("fleet");
});

test("both ends of a trip are cut with what would tell them again: traces and planned paths", async () => {
  const back = Array.from({ length: 40 }, () => ({ delta_longitude_e7: -2 * E7_PER_S }));
  const ahead = Array.from({ length: 40 }, () => ({ offset: { delta_longitude_e7: 2 * E7_PER_S } }));
  const sent = seconds(400).map((second) => ({ second, item: car(second) }));
  const { items, summary } = await anonymized(
    [
      ...sent.slice(0, 100),
      { second: 100, item: notice(100, { traces: [{ points: back }] }) },
      ...sent.slice(100, 310),
      {
        second: 310,
        item: { station_id: CAR, automation: { kind: 1, position: position(310), planned_path: ahead } },
      },
      ...sent.slice(311),
    ],
    { trim: TRIM },
  );
  const longitudes = items.flatMap(({ awareness }) => awareness?.longitude_e7 ?? []);
  expect(Math.min(...longitudes)).toBe(position(60).longitude_e7);
  expect(Math.max(...longitudes)).toBe(position(339).longitude_e7);
  expect(summary.dropped).toEqual({ "trip-end": { awareness: 120 } });
  const trace = items.find(({ hazard }) => hazard)?.hazard?.traces?.[0]?.points ?? [];
  expect(100 - 2 * trace.length).toBeGreaterThanOrEqual(60);
  expect(trace.length).toBeGreaterThan(15);
  const plan = items.find(({ automation }) => automation)?.automation?.planned_path ?? [];
  expect(310 + 2 * plan.length).toBeLessThanOrEqual(341);
  expect(plan.length).toBeGreaterThan(10);
  expect(summary.cutPathPoints).toBe(80 - trace.length - plan.length);
});

test("a hazard notice from a cut part stays, under an id that leads nowhere, with its whole life", async () => {
  const { items, summary } = await anonymized(
    [
      ...seconds(200).map((second) => ({ second, item: car(second) })),
      { second: 100, item: notice(100) },
      { second: 190, item: notice(190, { traces: [{ points: [{ delta_longitude_e7: -1_000 }] }] }) },
      { second: 195, item: notice(195, { termination: 1, position: null }) },
    ].sort((a, b) => a.second - b.second),
    { trim: TRIM },
  );
  const pseudonym = items.find(({ awareness }) => awareness)?.station_id;
  const notices = items.filter(({ hazard }) => hazard);
  expect(notices).toHaveLength(3);
  expect(new Set(notices.map(({ station_id }) => station_id)).size).toBe(1);
  expect(notices[0]?.station_id).not.toBe(pseudonym);
  for (const { station_id, hazard } of notices) {
    expect(hazard?.event).toMatchObject({ originating_station_id: station_id, sequence_number: 1 });
    expect(hazard?.traces?.flatMap(({ points }) => points ?? [])).toEqual([]);
  }
  expect(summary.detachedNotices).toBe(3);
});

test("nothing leaves of a redacted area: items, perceived objects, events once told there, paths", async () => {
  const planned = [
    { offset: { delta_longitude_e7: 5 * E7_PER_S } },
    { offset: { delta_longitude_e7: 6 * E7_PER_S } },
  ];
  const object = (eastM: number) => ({ object_id: eastM, east_cm: eastM * 100, north_cm: 0 });
  const { items, summary } = await anonymized(
    [
      { second: 5, item: car(5) },
      { second: 15, item: car(15) },
      { second: 16, item: notice(16) },
      { second: 17, item: notice(17, { termination: 1, position: null }) },
      {
        second: 18,
        item: { station_id: CAR, automation: { kind: 1, position: position(1), planned_path: planned } },
      },
      {
        second: 19,
        item: {
          station_id: RSU,
          perceived: {
            reference_position: position(5),
            station_type: 16,
            objects: [object(10), object(200)],
          },
        },
      },
    ],
    { redacted: [box(10, 20)] },
  );
  expect(summary.dropped).toEqual({ "redacted-area": { awareness: 1, hazard: 2 } });
  expect(items).toHaveLength(3);
  expect(items[1]?.automation?.planned_path).toHaveLength(1);
  expect(items[2]?.perceived?.objects).toEqual([expect.objectContaining({ object_id: 10 })]);
  expect(summary).toMatchObject({ redactedObjects: 1, cutPathPoints: 1, emptiedFrames: 3 });
});

test("a second station with the same id is cut, since none of its places belongs to the trip", async () => {
  const twin = (second: number): WireIngestItem => ({
    station_id: CAR,
    awareness: { latitude_e7: 480_000_000, longitude_e7: 116_000_000 + second * E7_PER_S, station_type: 6 },
  });
  const { items, summary } = await anonymized(
    seconds(300).flatMap((second) => [
      { second, item: car(second) },
      { second, item: twin(second) },
    ]),
    { trim: TRIM },
  );
  expect(items.every(({ awareness }) => awareness?.latitude_e7 === 514_300_000)).toBe(true);
  expect(summary.dropped["no-trip"]).toEqual({ awareness: 300 });
});

test("a break of five minutes begins a new trip with ends of its own", async () => {
  const sent = [...seconds(200), ...seconds(200).map((second) => second + 600)];
  const { items, summary } = await anonymized(
    sent.map((second) => ({ second, item: car(second) })),
    { trim: TRIM },
  );
  expect(summary.trips).toBe(2);
  const kept = items.map(({ awareness }) => ((awareness?.longitude_e7 ?? 0) - 67_700_000) / E7_PER_S);
  expect(kept).toContain(100);
  expect(kept.filter((second) => second > 139 && second < 660)).toEqual([]);
});

test("a vehicle's source loses its name, software, counter and subscriptions", async () => {
  const hello: WireHello = {
    source_id: "plate-du-xy-12",
    kind: 1,
    time_base: 1,
    software: "obu 9 serial 4711",
  };
  const subscribe = { subscription_id: "home", ahead: { station_id: CAR, distance_m: 500 } };
  const authenticate = { token: "secret-token" };
  const { frames, bytes, summary } = await anonymized(
    [
      { second: 1, item: car(1) },
      { second: 2, item: car(2, { station_id: 77 }) },
    ],
    { hello, frame: { frame_seq: 900, subscribe, authenticate } },
  );
  for (const text of ["plate", "4711", "home", "secret"]) expect(bytes.includes(text)).toBe(false);
  expectNoTrace(bytes, CAR);
  expect(frames[0]?.hello).toMatchObject({
    source_id: expect.stringMatching(/^vehicle-[0-9a-f]{12}$/),
    kind: 1,
  });
  expect(frames.map(({ frame_seq }) => frame_seq)).toEqual([0, 1, 2]);
  expect(summary).toMatchObject({ droppedSubscriptions: 3, sessionsWithSeveralStations: 1 });
});

test("fields of later versions of the protocol do not slip through", async () => {
  const [input, output] = [scratchFile(), scratchFile()];
  const secret = Buffer.from("chassis-number");
  const unknown = Buffer.concat([Buffer.from([0xfa, 0x01, secret.length]), secret]);
  const frame = encodeIngestFrame({ base_time_unix_ms: START_MS, hello: RSU_HELLO, items: [car(1)] });
  await write(input, [
    { kind: "session-opened", receivedAtMs: START_MS, slot: 1 },
    message(START_MS, 1, Buffer.concat([frame, unknown])),
    { kind: "session-closed", receivedAtMs: START_MS, slot: 1, reason: "bye CAR 4711" },
  ]);
  expect(readFileSync(input).includes(secret)).toBe(true);
  await anonymizeRecording(input, output, { key: new Uint8Array(32), trim: NO_TRIM, redacted: [] });
  expect(readFileSync(output).includes(secret)).toBe(false);
  expect(readFileSync(output).includes("4711")).toBe(false);
});

test("what no server reads is left out, and no file is left where the work stops", async () => {
  const [input, output] = [scratchFile(), scratchFile()];
  await write(input, [
    { kind: "session-opened", receivedAtMs: START_MS, slot: 1 },
    message(START_MS, 1, Uint8Array.of(0xff, 0xff)),
  ]);
  const options = { key: new Uint8Array(32), trim: NO_TRIM, redacted: [] };
  const stop = ({ pass }: { pass: number }) => {
    if (pass === 2) throw new Error("stopped");
  };
  await expect(anonymizeRecording(input, output, { ...options, onProgress: stop })).rejects.toThrow(
    "stopped",
  );
  expect(existsSync(output)).toBe(false);
  expect(await anonymizeRecording(input, output, options)).toMatchObject({
    unusableFrames: 1,
    writtenRecords: 1,
  });
});
