import { FRAME_RULES, isUnknownVersion } from "../../wire/frame-rules.ts";
import type { WireIngestItem } from "../../wire/ingest-frame.ts";

/** What stays of an original: nothing, or as little as it takes for the server to refuse the item as before. */
export function standInOf(item: WireIngestItem): Pick<WireIngestItem, "original_payload"> {
  const original = item.original_payload;
  if (original === null || original === undefined || original.length === 0) return {};
  const { maxOriginalBytes } = FRAME_RULES;
  if (original.length > maxOriginalBytes) return { original_payload: new Uint8Array(maxOriginalBytes + 1) };
  const isUnknown = isUnknownVersion(item.original_format ?? 0, original[0] ?? 0);
  return isUnknown ? { original_payload: original.slice(0, 1) } : {};
}

/** Whether servers refuse an item for a part that would not leave: without that part they would take it. */
export function isOverLimit({ awareness, hazard, automation, sensor }: WireIngestItem): boolean {
  const traces = hazard?.traces ?? [];
  const rules = FRAME_RULES;
  return (
    (awareness?.message_count ?? 0) > rules.maxMessageCount ||
    (awareness?.path_history?.points?.length ?? 0) > rules.maxPathPoints ||
    traces.length > rules.maxTraces ||
    traces.some(({ points }) => (points?.length ?? 0) > rules.maxPathPoints) ||
    (automation?.planned_path?.length ?? 0) > rules.maxPlannedPoints ||
    (automation?.design_domain?.length ?? 0) > rules.maxDesignDomainCharacters ||
    (sensor?.sensor_name?.length ?? 0) > rules.maxSensorNameCharacters
  );
}
