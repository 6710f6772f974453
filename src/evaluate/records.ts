import type { StreamRecord } from "../domain/record.ts";
import { STATION_TYPES } from "../domain/station.ts";
import {
  encodeIngestFrame,
  SCHEMA_MINOR,
  type WireAwareness,
  type WireIngestItem,
} from "../wire/ingest-frame.ts";
import type { Report } from "./reports.ts";
import type { VehicleTable } from "./vehicle-table.ts";

const CAM = 1;
const TRAJECTORY_CSV = 4;
const RSU = 2;
const UTC = 1;

/** Items of one receiver that arrive within this time travel in one frame. */
const FRAME_MS = 5;
const MAX_ITEMS = 50;
/** Reports wait this long for earlier ones that are still under way. */
const HORIZON_MS = 20_000;
const BATCH_RECORDS = 1_000;

/** What reports say of vehicles besides their motion. */
type Vehicles = Pick<VehicleTable, "types" | "signs">;

/** Told of every report in the order of reception: when it came and the row of the table that it was made from. */
export type OnReport = (receivedAtMs: number, row: number) => void;

/**
 * The records that a server would have got from these reports: one session per receiver, frames in the order of
 * reception.
 */
export async function* recordsOf(
  reports: Iterable<Report>,
  vehicles: Vehicles,
  onReport: OnReport,
): AsyncGenerator<readonly StreamRecord[]> {
  const writer = new FrameWriter(vehicles);
  for (const report of byReception(reports)) {
    onReport(report.receivedAtMs, report.row);
    writer.add(report);
    if (writer.ready.length >= BATCH_RECORDS) yield writer.take();
  }
  writer.flushAll();
  yield writer.take();
}

/** Sorts a stream that is disordered by at most the longest delay; equal times keep their order. */
export function* byReception(reports: Iterable<Report>): Generator<Report> {
  let waiting: Report[] = [];
  let nextSortMs = Number.NEGATIVE_INFINITY;
  let sentMs = Number.NEGATIVE_INFINITY;
  for (const report of reports) {
    sentMs = Math.max(sentMs, report.atMs);
    waiting.push(report);
    if (sentMs < nextSortMs) continue;
    nextSortMs = sentMs + 1_000;
    waiting.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    // Later reports are sent a second before this time at most: rows of one second may come in any order.
    const safeMs = Math.min(sentMs - 1_000, sentMs + HORIZON_MS);
    let count = 0;
    while (count < waiting.length && (waiting[count] as Report).receivedAtMs < safeMs) count++;
    yield* waiting.slice(0, count);
    waiting = waiting.slice(count);
  }
  waiting.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
  yield* waiting;
}

interface OpenFrame {
  readonly beganAtMs: number;
  readonly baseMs: number;
  lastAtMs: number;
  readonly items: WireIngestItem[];
}

class FrameWriter {
  ready: StreamRecord[] = [];
  readonly #vehicles: Vehicles;
  /** By receiver, in the order in which they began. */
  readonly #open = new Map<number, OpenFrame>();
  readonly #sequence = new Map<number, number>();
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(vehicles: Vehicles) {
    this.#vehicles = vehicles;
  }

  take(): readonly StreamRecord[] {
    const taken = this.ready;
    this.ready = [];
    return taken;
  }

  add(report: Report): void {
    this.#flushBefore(report.receivedAtMs - FRAME_MS);
    let frame = this.#open.get(report.receiver);
    if (frame === undefined) {
      frame = { beganAtMs: report.receivedAtMs, baseMs: report.claimedAtMs, lastAtMs: 0, items: [] };
      this.#open.set(report.receiver, frame);
    }
    frame.lastAtMs = report.receivedAtMs;
    frame.items.push(itemOf(report, frame.baseMs, this.#vehicles));
    if (frame.items.length >= MAX_ITEMS) this.#send(report.receiver, frame);
  }

  flushAll(): void {
    this.#flushBefore(Number.POSITIVE_INFINITY);
  }

  #flushBefore(beganMs: number): void {
    for (const [receiver, frame] of this.#open) {
      if (frame.beganAtMs >= beganMs) return;
      this.#send(receiver, frame);
    }
  }

  #send(receiver: number, frame: OpenFrame): void {
    this.#open.delete(receiver);
    this.#lastMs = Math.max(this.#lastMs, frame.lastAtMs);
    if (!this.#sequence.has(receiver)) this.#introduce(receiver, frame.baseMs);
    this.#message(receiver, { base_time_unix_ms: frame.baseMs, items: frame.items });
  }

  #introduce(receiver: number, baseMs: number): void {
    this.#sequence.set(receiver, 0);
    this.ready.push({ kind: "session-opened", receivedAtMs: this.#lastMs, slot: receiver + 1 });
    const hello = {
      source_id: `rsu-${String(receiver + 1).padStart(3, "0")}`,
      kind: RSU,
      time_base: UTC,
      software: "roadpulse evaluate",
    };
    this.#message(receiver, { base_time_unix_ms: baseMs, hello });
  }

  #message(receiver: number, frame: Parameters<typeof encodeIngestFrame>[0]): void {
    const frame_seq = this.#sequence.get(receiver) ?? 0;
    this.#sequence.set(receiver, frame_seq + 1);
    const bytes = encodeIngestFrame({ ...frame, frame_seq, schema_minor: SCHEMA_MINOR });
    this.ready.push({ kind: "message", receivedAtMs: this.#lastMs, slot: receiver + 1, bytes });
  }
}

function itemOf(report: Report, baseMs: number, { types, signs }: Vehicles): WireIngestItem {
  const { speedMps, headingDeg, accelerationMps2 } = report;
  const awareness: WireAwareness = {
    latitude_e7: Math.round(report.latitudeDeg * 1e7),
    longitude_e7: Math.round(report.longitudeDeg * 1e7),
    source: CAM,
    station_type: STATION_TYPES.indexOf(types[report.vehicle] ?? "unknown") + 1,
  };
  if (!Number.isNaN(speedMps)) awareness.speed_cmps = Math.round(speedMps * 100);
  if (!Number.isNaN(headingDeg)) awareness.heading_ddeg = Math.round(headingDeg * 10) % 3_600;
  if (!Number.isNaN(accelerationMps2)) {
    awareness.longitudinal_acceleration_cmps2 = Math.round(accelerationMps2 * 100);
  }
  signs?.tell(report.row, awareness);
  return {
    station_id: report.stationId,
    time_offset_ms: report.claimedAtMs - baseMs,
    original_format: TRAJECTORY_CSV,
    awareness,
  };
}
