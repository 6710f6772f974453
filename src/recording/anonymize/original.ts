import type { WireIngestItem } from "../../wire/ingest-frame.ts";

/** Longest original that servers take (`frame.proto`, original_payload), bytes. */
const MAX_ORIGINAL_BYTES = 8 * 1024;

/** OriginalFormat of `frame.proto`, and the versions in byte 0 of ETSI messages that servers know. */
const ETSI_UPER = 1;
const ETSI_VERSIONS: ReadonlySet<number> = new Set([2, 3]);

/** What stays of an original: nothing, or as little as it takes for the server to refuse the item as before. */
export function standInOf(item: WireIngestItem): Pick<WireIngestItem, "original_payload"> {
  const original = item.original_payload;
  if (original === null || original === undefined || original.length === 0) return {};
  if (original.length > MAX_ORIGINAL_BYTES)
    return { original_payload: new Uint8Array(MAX_ORIGINAL_BYTES + 1) };
  const isUnknown = item.original_format === ETSI_UPER && !ETSI_VERSIONS.has(original[0] ?? 0);
  return isUnknown ? { original_payload: original.slice(0, 1) } : {};
}

/** Limits of the protocol on what is shortened or left out here (`awareness.proto`, `hazard.proto`, …). */
const MAX_PATH_POINTS = 40;
const MAX_TRACES = 7;
const MAX_DESIGN_DOMAIN_CHARACTERS = 64;
const MAX_SENSOR_NAME_CHARACTERS = 96;
const MAX_MESSAGE_COUNT = 127;

/** Whether servers refuse an item for a part that would not leave: without that part they would take it. */
export function isOverLimit({ awareness, hazard, automation, sensor }: WireIngestItem): boolean {
  const traces = hazard?.traces ?? [];
  return (
    (awareness?.message_count ?? 0) > MAX_MESSAGE_COUNT ||
    (awareness?.path_history?.points?.length ?? 0) > MAX_PATH_POINTS ||
    traces.length > MAX_TRACES ||
    traces.some(({ points }) => (points?.length ?? 0) > MAX_PATH_POINTS) ||
    (automation?.planned_path?.length ?? 0) > MAX_PATH_POINTS ||
    (automation?.design_domain?.length ?? 0) > MAX_DESIGN_DOMAIN_CHARACTERS ||
    (sensor?.sensor_name?.length ?? 0) > MAX_SENSOR_NAME_CHARACTERS
  );
}
