/**
 * What a recording looks like inside. An MCAP file (https://mcap.dev/spec) with two topics: the frames of producers as
 * they were received, and what happened to their sessions. Ticks are left out: they follow from the receive times.
 *
 * - `log_time`: receive time. It drives a replay and never goes back in the order of the file.
 * - `publish_time`: base time that the frame claims, in the time base of its source; the receive time where it has none.
 * - `sequence`: running number of the record over all topics, modulo 2^32; a jump tells where records were lost.
 */
export const FRAME_TOPIC = "/ingest/frames";
export const SESSION_TOPIC = "/ingest/sessions";

/** Key of a channel's metadata that holds the session slot; one channel per slot. */
export const SLOT_KEY = "slot";

/** Name of the metadata record at the start of a recording: where it comes from. */
export const PROVENANCE_METADATA = "roadpulse";

/** Name of the metadata record that stands where records are missing. */
export const LOST_METADATA = "roadpulse.lost";

/** Version of this layout. A reader refuses none: what it does not know it skips. */
export const LAYOUT_VERSION = 1;

/** Fixed, so that the same input gives the same bytes whatever version of the MCAP library wrote them. */
export const LIBRARY = `roadpulse recording ${LAYOUT_VERSION}`;

/** The channel of session events; the channel of a slot's frames has the slot as its id. */
export const SESSION_CHANNEL_ID = 0;

/** Channel ids are 16 bits wide, as slots are. */
export const MAX_SLOT = 65_535;

const MICROSECONDS_PER_MS = 1_000;
const NANOSECONDS_PER_MICROSECOND = 1_000n;

/**
 * Receive times are whole microseconds (the sequencer rounds to 0.001 ms), so a nanosecond stamp holds them exactly: a
 * double near today's Unix milliseconds resolves 0.00024 ms.
 */
export function toNanoseconds(timeMs: number): bigint {
  return BigInt(Math.round(timeMs * MICROSECONDS_PER_MS)) * NANOSECONDS_PER_MICROSECOND;
}

/** The inverse of `toNanoseconds`; what is finer than a microsecond is cut off. */
export function toMilliseconds(timeNs: bigint): number {
  return Number(timeNs / NANOSECONDS_PER_MICROSECOND) / MICROSECONDS_PER_MS;
}
