import type { MessageRecord, StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import { decodeIngestFrame, encodeIngestFrame, type WireIngestItem } from "../wire/ingest-frame.ts";
import { FrameTimes } from "./frame-times.ts";
import type { RecordSource } from "./read-traffic.ts";
import type { OnReport } from "./records.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/**
 * A recording without the messages of the vehicles that were not drawn: what they send of themselves, hazards and objects
 * included. Stations without a position of their own (signals, sensors) stay.
 */
export async function* drawnRecords(
  source: RecordSource,
  table: VehicleTable,
  equipped: Uint8Array,
  onReport: OnReport,
): AsyncGenerator<readonly StreamRecord[]> {
  const draw = new Draw(table, equipped, onReport);
  for await (const batch of source()) {
    yield batch.map((record) => (record.kind === "message" ? draw.filter(record) : record));
  }
}

class Draw {
  readonly #table: VehicleTable;
  readonly #equipped: Uint8Array;
  readonly #onReport: OnReport;
  readonly #vehicleOf: ReadonlyMap<number, number>;
  readonly #next: Int32Array;
  readonly #times = new FrameTimes();

  constructor(table: VehicleTable, equipped: Uint8Array, onReport: OnReport) {
    this.#table = table;
    this.#equipped = equipped;
    this.#onReport = onReport;
    this.#vehicleOf = new Map(table.stationIds.map((stationId, vehicle) => [stationId, vehicle]));
    this.#next = new Int32Array(table.stationIds.length);
  }

  /** The same record where all its items stay, so that whole recordings run byte for byte as they are. */
  filter(record: MessageRecord): MessageRecord {
    const frame = decodeIngestFrame(record.bytes);
    if (isRejection(frame)) return record;
    const items = frame.items ?? [];
    const kept = items.filter((item) => this.#isDrawn(item));
    const baseMs = this.#times.baseMs(frame, record.slot);
    for (const item of kept) if (item.awareness) this.#report(item, baseMs, record.receivedAtMs);
    if (kept.length === items.length) return record;
    return { ...record, bytes: encodeIngestFrame({ ...frame, items: kept }) };
  }

  #isDrawn(item: WireIngestItem): boolean {
    const vehicle = this.#vehicleOf.get(item.station_id ?? 0);
    return vehicle === undefined || this.#equipped[vehicle] === 1;
  }

  /** Rows of a drive stand in the order of their times, as recordings have them but for copies. */
  #report(item: WireIngestItem, baseMs: number, receivedAtMs: number): void {
    const vehicle = this.#vehicleOf.get(item.station_id ?? 0);
    if (vehicle === undefined) return;
    const drive = this.#table.drives[vehicle] as Int32Array;
    const atMs = baseMs + (item.time_offset_ms ?? 0);
    let next = this.#next[vehicle] as number;
    while (next < drive.length && (this.#table.timeMs[drive[next] as number] as number) < atMs) next++;
    this.#next[vehicle] = next;
    const row = drive[next];
    if (row !== undefined && this.#table.timeMs[row] === atMs) this.#onReport(receivedAtMs, row);
  }
}
