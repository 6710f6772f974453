import type { WireIngestItem } from "../../wire/ingest-frame.ts";
import type { ImportWriter } from "./import-writer.ts";

export interface FrameGroupingOptions {
  /** Sources among which items are spread. */
  readonly sources: number;
  /** Items after which a frame is full. */
  readonly itemsPerFrame: number;
}

/** From the radio of a vehicle to a server in a traffic centre; measured backhauls lie between 10 and 50 ms. */
export const RECEIVE_DELAY_MS = 20;

/** Frames of one time arrive this far apart, up to `MAX_SPREAD_MS`: in the order of the file and not at one instant. */
const FRAME_SPACING_MS = 0.25;
const MAX_SPREAD_MS = 20;

/**
 * Gathers items of one time into one frame per source. Frames leave when they are full and when time moves on; frame k
 * of a time is received 20 ms + k · 0.25 ms after it, at most 40 ms. Rows that go back in time keep their place in the file
 * and arrive late, as they would on a road.
 */
export class FrameGrouping {
  readonly #writer: ImportWriter;
  readonly #options: FrameGroupingOptions;
  /** Items by source, in the order in which the sources first had one; at most `itemsPerFrame` each. */
  readonly #waiting = new Map<number, WireIngestItem[]>();
  #timeMs: number | undefined;
  #framesOfTime = 0;

  constructor(writer: ImportWriter, options: FrameGroupingOptions) {
    this.#writer = writer;
    this.#options = options;
  }

  /**
   * @param timeMs time of the item, Unix ms, whole
   * @param place any number that names the item's place
   */
  add(timeMs: number, place: number, item: WireIngestItem): void {
    if (timeMs !== this.#timeMs) {
      this.flush();
      this.#timeMs = timeMs;
      this.#framesOfTime = 0;
    }
    const source = place % this.#options.sources;
    const items = this.#waiting.get(source);
    if (items === undefined) this.#waiting.set(source, [item]);
    else items.push(item);
    if ((items?.length ?? 1) >= this.#options.itemsPerFrame) this.#send(source);
  }

  /** Sends what waits. */
  flush(): void {
    for (const source of [...this.#waiting.keys()]) this.#send(source);
  }

  #send(source: number): void {
    const items = this.#waiting.get(source);
    if (items === undefined || this.#timeMs === undefined) return;
    this.#waiting.delete(source);
    const spreadMs = Math.min(this.#framesOfTime++ * FRAME_SPACING_MS, MAX_SPREAD_MS);
    this.#writer.write(source, this.#timeMs + RECEIVE_DELAY_MS + spreadMs, this.#timeMs, items);
  }
}
