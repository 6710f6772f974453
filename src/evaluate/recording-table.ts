import { decodeItem } from "../decode/frame.ts";
import type { MessageRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import type { Source } from "../domain/station.ts";
import { readRecording } from "../recording/reader.ts";
import { decodeIngestFrame, type WireAwareness } from "../wire/ingest-frame.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { FrameTimes } from "./frame-times.ts";
import type { VehicleSigns } from "./vehicle-signs.ts";
import { type VehicleTable, VehicleTableBuilder } from "./vehicle-table.ts";

/** Reading a position needs a source, whichever. */
const ANY_SOURCE: Source = { slot: 1, name: "recording", kind: "gateway", timeBase: "utc" };

/**
 * Positions of all stations in a recording, each message once.
 * @throws EvaluationError where there are none
 */
export async function tableOfRecording(path: string): Promise<VehicleTable> {
  const builder = new VehicleTableBuilder();
  const seen = new RecentReports();
  const times = new FrameTimes();
  for await (const batch of readRecording(path)) {
    for (const record of batch) if (record.kind === "message") addFrame(record, times, builder, seen);
  }
  if (builder.rows === 0) throw new EvaluationError(`${path} holds no positions of stations.`);
  return builder.build();
}

function addFrame(
  { bytes, slot }: MessageRecord,
  times: FrameTimes,
  builder: VehicleTableBuilder,
  seen: RecentReports,
): void {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame)) return;
  const baseMs = times.baseMs(frame, slot);
  for (const item of frame.items ?? []) {
    if (!item.awareness) continue;
    const decoded = decodeItem(item, baseMs, ANY_SOURCE);
    if (isRejection(decoded) || decoded.observation.kind !== "motion") {
      builder.badRows++;
      continue;
    }
    const { stationId, observedAtMs, observation } = decoded;
    if (seen.has(stationId, observedAtMs)) continue;
    builder.add({
      timeMs: observedAtMs,
      stationId,
      type: observation.stationType,
      latitudeDeg: observation.latitudeDeg,
      longitudeDeg: observation.longitudeDeg,
      speedMps: observation.speedMps ?? Number.NaN,
      headingDeg: observation.headingDeg ?? Number.NaN,
      accelerationMps2: observation.accelerationMps2 ?? Number.NaN,
      signs: signsOf(item.awareness),
    });
  }
}

function signsOf(wire: WireAwareness): VehicleSigns | undefined {
  const signs = {
    lightBits: wire.exterior_light_bits ?? 0,
    controlBits: wire.control_bits ?? 0,
    eventBits: wire.event_bits ?? 0,
    // The wire counts roles from 1, because 0 is "not given" there.
    role: Math.max(0, (wire.role ?? 0) - 1),
    wiperPerMin: wire.wiper_rate_per_min ?? 0,
    lengthM: (wire.length_cm ?? 0) / 100,
  };
  return Object.values(signs).some((value) => value > 0) ? signs : undefined;
}

/** Second receivers bring a message again within seconds. */
class RecentReports {
  readonly #lastMs = new Map<number, number[]>();

  has(stationId: number, observedAtMs: number): boolean {
    const times = this.#lastMs.get(stationId);
    if (times === undefined) {
      this.#lastMs.set(stationId, [observedAtMs]);
      return false;
    }
    if (times.includes(observedAtMs)) return true;
    times.push(observedAtMs);
    if (times.length > REMEMBERED) times.shift();
    return false;
  }
}

/** Reports of a station among which a copy is sought: 2 s at 10 Hz. */
const REMEMBERED = 20;
