import { baseTimeMs } from "../decode/frame.ts";
import type { TimeBase } from "../domain/station.ts";
import type { WireIngestFrame } from "../wire/ingest-frame.ts";

/** Numbers of the wire; 0 is taken as UTC. */
const TIME_BASES: readonly TimeBase[] = ["utc", "utc", "tai", "utc-no-leap"];

/** Times of frames in UTC, by what the session of each has said about its clock. */
export class FrameTimes {
  readonly #bases = new Map<number, TimeBase>();

  /** UTC of a frame's base time, Unix ms; 0 where it has none. Frames come in the order of the recording. */
  baseMs(frame: WireIngestFrame, slot: number): number {
    if (frame.hello) this.#bases.set(slot, TIME_BASES[frame.hello.time_base ?? 0] ?? "utc");
    return baseTimeMs(frame, this.#bases.get(slot) ?? "utc");
  }
}
