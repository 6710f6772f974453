import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountRequest } from "../../../bench/linear-road/accounts.ts";
import { AnswerReader, encodeAnswers } from "../../../bench/linear-road/answer-message.ts";
import { FrameReader } from "../../../bench/linear-road/frame-reader.ts";
import { encodeFrame } from "../../../bench/linear-road/frame-writer.ts";
import { expresswayAt, positionAt, speedToMph } from "../../../bench/linear-road/mapping.ts";
import { FramePool } from "../../../bench/linear-road/reports.ts";
import { emptyTuple, type Tuple } from "../../../bench/linear-road/tuples.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import { decodeIngestFrame } from "../../../src/wire/ingest-frame.ts";

const SECOND_ZERO_MS = Date.UTC(2026, 0, 1);
const SEED = 20_261_123;

const anyReport: fc.Arbitrary<Tuple> = fc
  .record({
    vehicle: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0x7fff_ffff })),
    speedMph: fc.integer({ min: 0, max: 200 }),
    expressway: fc.integer({ min: 0, max: 1_199 }),
    lane: fc.integer({ min: 0, max: 4 }),
    direction: fc.integer({ min: 0, max: 1 }),
    positionFt: fc.integer({ min: 0, max: 527_999 }),
  })
  .map((report) => ({
    ...emptyTuple(),
    ...report,
    type: 0,
    timeS: 77,
    segment: Math.floor(report.positionFt / 5_280),
  }));

const anyRequest = fc.record({
  type: fc.constantFrom(2, 3),
  vehicle: fc.integer({ min: 0, max: 0x7fff_ffff }),
  queryId: fc.integer({ min: 0, max: 0x7fff_ffff }),
  day: fc.integer({ min: 1, max: 69 }),
  expressway: fc.integer({ min: 0, max: 600 }),
});

function reader(): { reader: FrameReader; pool: FramePool; requests: AccountRequest[] } {
  const pool = new FramePool();
  const requests: AccountRequest[] = [];
  return { reader: new FrameReader(pool, requests), pool, requests };
}

function frameOf(
  reports: readonly Tuple[],
  requests: Parameters<typeof encodeFrame>[0]["requests"] = [],
): Uint8Array {
  const introduction = { sourceId: "test", secondZeroMs: SECOND_ZERO_MS };
  return encodeFrame({ frameSeq: 300, timeMs: SECOND_ZERO_MS + 77_000, reports, requests, introduction });
}

function read(bytes: Uint8Array): { ok: boolean; reports: Partial<Tuple>[]; requests: AccountRequest[] } {
  const { reader: frames, pool, requests } = reader();
  const ok = frames.read(bytes, 5);
  const reports = pool.frames.map(({ stationId, observation }) => {
    const { timeS, speedMph, expressway, lane, direction, segment, positionFt } = observation;
    return { vehicle: stationId, timeS, speedMph, expressway, lane, direction, segment, positionFt };
  });
  return { ok, reports, requests };
}

describe("frames of the benchmark", () => {
  it("bring reports and requests over whole", () => {
    fc.assert(
      fc.property(
        fc.array(anyReport, { maxLength: 20 }),
        fc.array(anyRequest, { maxLength: 5 }),
        (reports, requests) => {
          const back = read(frameOf(reports, requests));
          expect(back.ok).toBe(true);
          expect(reports).toMatchObject(back.reports);
          expect(back.reports).toHaveLength(reports.length);
          expect(back.requests).toEqual(
            requests.map(({ type, day, expressway, ...rest }) => ({
              ...rest,
              type,
              timeS: 77,
              slot: 5,
              day: type === 3 ? day : 0,
              expressway: type === 3 ? expressway : 0,
            })),
          );
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("are read by the production decoder, which sees the same reports", () => {
    fc.assert(
      fc.property(
        fc.array(anyReport, { maxLength: 20 }),
        fc.array(anyRequest, { maxLength: 3 }),
        (reports, requests) => {
          const frame = decodeIngestFrame(frameOf(reports, requests));
          if (isRejection(frame)) throw new Error("refused by the production decoder");
          expect(frame.hello?.source_id).toBe("test");
          const seen = (frame.items ?? []).map(({ station_id, awareness }) => ({
            vehicle: station_id ?? 0,
            expressway: expresswayAt(awareness?.latitude_e7 ?? 0),
            positionFt: positionAt(awareness?.longitude_e7 ?? 0),
            speedMph: speedToMph(awareness?.speed_cmps ?? 0),
            lane: awareness?.lane_position ?? 0,
          }));
          expect(reports).toMatchObject(seen);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("never break the reader, whatever is cut off or changed, and leave nothing of a broken frame", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(anyReport, { minLength: 1, maxLength: 6 }),
        damage,
        fc.nat(),
        (reports, changes, cut) => {
          const bytes = Uint8Array.from(frameOf(reports));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const damaged = cut % 2 === 0 ? bytes : bytes.subarray(0, cut % bytes.length);
          const back = read(damaged);
          if (back.ok) return;
          refused++;
          expect(back.reports).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: 2_000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it("skip items that are no report on the roads and count them", () => {
    const { reader: frames, pool } = reader();
    const off = {
      ...emptyTuple(),
      type: 0,
      vehicle: 7,
      speedMph: 1,
      expressway: -3,
      lane: 1,
      direction: 0,
      positionFt: 5,
    };
    const on = { ...off, expressway: 3 };
    expect(frames.read(frameOf([on, off, on]), 1)).toBe(true);
    expect(pool.frames).toHaveLength(2);
    expect(frames.skipped).toBe(1);
  });
});

describe("messages of answers", () => {
  it("bring rows over whole", () => {
    const row = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 31 }),
        fc.array(row, { minLength: 1, maxLength: 300 }),
        (frameSeq, rows) => {
          const flat = Int32Array.from(rows.flat());
          const answers = new AnswerReader();
          answers.read(encodeAnswers(frameSeq, flat, rows.length));
          expect([answers.frameSeq, answers.count]).toEqual([frameSeq, rows.length]);
          expect(answers.rows.subarray(0, flat.length)).toEqual(flat);
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  it("are refused where rows are broken", () => {
    const bytes = encodeAnswers(1, Int32Array.of(0, 1, 2, 3, 4), 1);
    expect(() => new AnswerReader().read(bytes.subarray(0, bytes.length - 4))).toThrow("broken rows");
  });
});
