import { isRejection } from "../domain/rejection.ts";
import { decodeIngestFrame, type WireIngestItem } from "../wire/ingest-frame.ts";
import type { ExtraMessage } from "./extra-messages.ts";
import { FrameTimes } from "./frame-times.ts";
import type { RecordSource } from "./read-traffic.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/**
 * What a recording holds besides positions, of stations that were drawn or that are no vehicles: it passes a channel
 * unchanged, while positions are sent anew.
 */
export async function otherMessages(
  source: RecordSource,
  table: VehicleTable,
  equipped: Uint8Array,
): Promise<readonly ExtraMessage[]> {
  const vehicleOf = new Map(table.stationIds.map((stationId, vehicle) => [stationId, vehicle]));
  const isDrawn = ({ station_id }: WireIngestItem): boolean => {
    const vehicle = vehicleOf.get(station_id ?? 0);
    return vehicle === undefined || equipped[vehicle] === 1;
  };
  const messages: ExtraMessage[] = [];
  const times = new FrameTimes();
  const names = new Map<number, string>();
  for await (const batch of source()) {
    for (const record of batch) {
      if (record.kind !== "message") continue;
      const frame = decodeIngestFrame(record.bytes);
      if (isRejection(frame)) continue;
      if (frame.hello) names.set(record.slot, frame.hello.source_id ?? "");
      const items = (frame.items ?? []).filter((item) => !item.awareness && isDrawn(item));
      const baseMs = times.baseMs(frame, record.slot);
      const name = names.get(record.slot) ?? `slot-${record.slot}`;
      for (const item of items)
        messages.push({ receivedAtMs: record.receivedAtMs, baseMs, source: name, item });
    }
  }
  return messages;
}
