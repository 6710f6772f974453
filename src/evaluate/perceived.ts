import { decodeItem } from "../decode/frame.ts";
import type { MessageRecord, StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import type { Source } from "../domain/station.ts";
import { decodeIngestFrame } from "../wire/ingest-frame.ts";
import { FrameTimes } from "./frame-times.ts";
import type { Ground } from "./ground.ts";
import type { OnReport } from "./records.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** An object this near a vehicle's true place is that vehicle: half a car, and what sensors are off. */
const SAME_M = 5;
const SECOND_MS = 1_000;

/** Finds which vehicle a perceived object is, by where all vehicles were at that time. */
export class PerceivedVehicles {
  readonly #table: VehicleTable;
  readonly #ground: Ground;
  /** Rows by whole second. */
  readonly #rows = new Map<number, number[]>();

  constructor(table: VehicleTable, ground: Ground) {
    this.#table = table;
    this.#ground = ground;
    for (let row = 0; row < table.rows; row++) {
      const second = Math.floor((table.timeMs[row] as number) / SECOND_MS);
      const rows = this.#rows.get(second);
      if (rows === undefined) this.#rows.set(second, [row]);
      else rows.push(row);
    }
  }

  /** Row of the vehicle that was nearest at the time, its motion since carried on; undefined where none was near. */
  rowAt(atMs: number, latitudeDeg: number, longitudeDeg: number): number | undefined {
    const x = this.#ground.x(longitudeDeg);
    const y = this.#ground.y(latitudeDeg);
    const second = Math.floor(atMs / SECOND_MS);
    let best = SAME_M * SAME_M;
    let found: number | undefined;
    for (const row of [...(this.#rows.get(second) ?? []), ...(this.#rows.get(second - 1) ?? [])]) {
      const square = this.#distanceSquared(row, atMs, x, y);
      if (square > best) continue;
      best = square;
      found = row;
    }
    return found;
  }

  #distanceSquared(row: number, atMs: number, x: number, y: number): number {
    const { timeMs, latitudeDeg, longitudeDeg, speedMps, headingDeg } = this.#table;
    const elapsedS = (atMs - (timeMs[row] as number)) / SECOND_MS;
    if (elapsedS < 0 || elapsedS > 1) return Number.POSITIVE_INFINITY;
    const speed = speedMps[row] as number;
    const drivenM = Number.isNaN(speed) ? 0 : speed * elapsedS;
    const heading = ((headingDeg[row] as number) * Math.PI) / 180;
    const dx = this.#ground.x(longitudeDeg[row] as number) + drivenM * (Math.sin(heading) || 0) - x;
    const dy = this.#ground.y(latitudeDeg[row] as number) + drivenM * (Math.cos(heading) || 0) - y;
    return dx * dx + dy * dy;
  }
}

/** Reading an object needs a source, whichever. */
const ANY_SOURCE: Source = { slot: 1, name: "recording", kind: "gateway", timeBase: "utc" };

/** Passes records on and tells of every vehicle that a sensor report in them shows. */
export async function* tellPerceived(
  batches: AsyncIterable<readonly StreamRecord[]>,
  vehicles: PerceivedVehicles,
  onReport: OnReport,
): AsyncGenerator<readonly StreamRecord[]> {
  const times = new FrameTimes();
  for await (const batch of batches) {
    for (const record of batch) {
      if (record.kind === "message") tellFrame(record, times, vehicles, onReport);
    }
    yield batch;
  }
}

function tellFrame(
  { bytes, slot, receivedAtMs }: MessageRecord,
  times: FrameTimes,
  vehicles: PerceivedVehicles,
  onReport: OnReport,
): void {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame)) return;
  const baseMs = times.baseMs(frame, slot);
  for (const item of frame.items ?? []) {
    const decoded = item.perceived ? decodeItem(item, baseMs, ANY_SOURCE) : undefined;
    if (decoded === undefined || isRejection(decoded) || decoded.observation.kind !== "perception") continue;
    for (const { measuredAtMs, latitudeDeg, longitudeDeg } of decoded.observation.objects) {
      const row = vehicles.rowAt(measuredAtMs, latitudeDeg, longitudeDeg);
      if (row !== undefined) onReport(receivedAtMs, row);
    }
  }
}
