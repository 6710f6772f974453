import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { baseTimeMs, decodeFrame, decodeItem } from "../../src/decode/frame.ts";
import { PlainReports, ReportList } from "../../src/decode/plain-reports.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import type { Source } from "../../src/domain/station.ts";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { FuzzedFrames } from "./fuzzed-frames.ts";

const source: Source = { slot: 1, name: "gateway-1", kind: "gateway", timeBase: "tai" };

/** A million by command: `FUZZED_MESSAGES=1000000 npx vitest run test/decode/plain-reports.test.ts`. */
const MESSAGES = Number(process.env["FUZZED_MESSAGES"] ?? 4_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

/** The same message read through protobufjs; undefined where it is refused or more than items. */
function readWhole(bytes: Uint8Array) {
  const frame = decodeFrame(bytes);
  if (isRejection(frame) || frame.hello || frame.subscribe || frame.unsubscribe) return undefined;
  const baseMs = baseTimeMs(frame, source.timeBase);
  const items = (frame.items ?? []).map((item) => decodeItem(item, baseMs, source));
  return {
    frameSeq: frame.frame_seq ?? 0,
    wantReceipt: frame.want_receipt === true,
    decoded: items.filter((item) => !isRejection(item)),
    rejections: items.filter((item) => isRejection(item)),
  };
}

const list = new ReportList();

function readPlain(reports: PlainReports, bytes: Uint8Array) {
  if (!reports.read(bytes, source, list)) return undefined;
  const { frameSeq, wantReceipt, decoded, rejections } = list;
  return { frameSeq, wantReceipt, decoded, rejections };
}

const cam = (over: object): WireIngestItem => ({
  station_id: 42,
  awareness: { latitude_e7: 514_300_000, longitude_e7: 67_600_000, speed_cmps: 1_000, ...over },
});
const frame = (items: WireIngestItem[]) => encodeIngestFrame({ base_time_unix_ms: 1_790_000_000_000, items });

describe("PlainReports", () => {
  it(
    `reads ${MESSAGES} fuzzed messages as protobufjs does`,
    () => {
      const frames = new FuzzedFrames(SEED);
      const reports = new PlainReports();
      let plain = 0;
      let refused = 0;
      for (let i = 0; i < MESSAGES; i++) {
        const bytes = frames.next();
        const expected = readWhole(bytes);
        const found = readPlain(reports, bytes);
        if (expected === undefined) refused++;
        if (found === undefined) continue;
        plain++;
        if (!isDeepStrictEqual(found, expected))
          expect({ message: Buffer.from(bytes).toString("hex"), ...found }).toEqual(expected);
      }
      // Both ways are met often enough to mean something.
      expect(plain / MESSAGES).toBeGreaterThan(0.5);
      expect(refused / MESSAGES).toBeGreaterThan(0.02);
    },
    60_000 + MESSAGES,
  );

  it("reads what roadside units send itself, without protobufjs", () => {
    const items = [
      cam({
        position_confidence: { semi_major_cm: 150 },
        path_history: { points: [{ delta_latitude_e7: -5 }] },
      }),
      {
        ...cam({ control_bits: 4 }),
        receiver_id: 0xfffffff0,
        original_format: 1,
        original_payload: Uint8Array.of(2),
      },
    ];
    const reports = new PlainReports();
    expect(reports.read(frame(items), source, list)).toBe(true);
    expect(list.decoded.map(({ receiver }) => receiver)).toEqual(["gateway-1", "rsu:4294967280"]);
    expect(list.decoded[0]?.observation).toMatchObject({ speedMps: 10, positionAccuracyM: 1.5 });
  });

  it("tells why an item is refused as the whole reader does, and keeps its neighbours", () => {
    const reports = new PlainReports();
    const items = [
      cam({}),
      cam({ speed_cmps: 20_000 }),
      cam({ latitude_e7: 0, longitude_e7: 0 }),
      { station_id: 7 },
    ];
    expect(reports.read(frame(items), source, list)).toBe(true);
    expect(list.decoded).toHaveLength(1);
    expect(list.rejections).toEqual([
      { rejected: "out-of-range", field: "awareness.speed_cmps" },
      { rejected: "missing-field", field: "awareness.latitude_e7" },
      { rejected: "unsupported-body" },
    ]);
  });

  it("leaves introductions, subscriptions and broken messages to the whole reader", () => {
    const reports = new PlainReports();
    const left = [
      encodeIngestFrame({ hello: { source_id: "a", kind: 1 }, items: [cam({})] }),
      encodeIngestFrame({ unsubscribe: { subscription_id: "a" } }),
      frame([cam({})]).subarray(0, -1),
      frame(Array.from({ length: 501 }, () => cam({}))),
      new Uint8Array(256 * 1024 + 1),
    ];
    for (const bytes of left) expect(reports.read(bytes, source, list)).toBe(false);
  });
});
