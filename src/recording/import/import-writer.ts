import {
  encodeIngestFrame,
  SCHEMA_MINOR,
  type WireHello,
  type WireIngestItem,
} from "../../wire/ingest-frame.ts";
import { Recorder, type RecordingSummary } from "../recorder.ts";

/** A producer session that an import makes up. */
export interface ImportSource {
  readonly name: string;
  readonly kind: "rsu" | "gateway";
}

const KINDS: Readonly<Record<ImportSource["kind"], number>> = { rsu: 2, gateway: 3 };
const UTC = 1;

/** Bytes that may wait for the disk before reading stops; an import can wait, so it loses nothing. */
const PATIENCE_BYTES = 4 * 1024 * 1024;

/**
 * Writes imported items as the frames of producer sessions: each session is opened and says hello before its first
 * frame, and all are closed at the end. Receive times never go back: one that would takes the time of the frame before.
 */
export class ImportWriter {
  readonly #recorder: Recorder;
  readonly #sources: readonly ImportSource[];
  readonly #opened = new Set<number>();
  readonly #frameSeq: number[];
  #firstReceivedAtMs: number | undefined;
  #lastReceivedAtMs = Number.NEGATIVE_INFINITY;
  #frames = 0;
  #items = 0;

  private constructor(recorder: Recorder, sources: readonly ImportSource[]) {
    this.#recorder = recorder;
    this.#sources = sources;
    this.#frameSeq = sources.map(() => 0);
  }

  /** Replaces the file where there is one. `clockStartMs` is the receive time of the first frame. */
  static async create(
    path: string,
    sources: readonly ImportSource[],
    clockStartMs: number,
    provenance: Readonly<Record<string, string>>,
  ): Promise<ImportWriter> {
    return new ImportWriter(
      await Recorder.create(path, { clockStartMs, provenance, replace: true }),
      sources,
    );
  }

  get frames(): number {
    return this.#frames;
  }

  get items(): number {
    return this.#items;
  }

  get firstReceivedAtMs(): number | undefined {
    return this.#firstReceivedAtMs;
  }

  get lastReceivedAtMs(): number | undefined {
    return this.#firstReceivedAtMs === undefined ? undefined : this.#lastReceivedAtMs;
  }

  /**
   * @param source index into the sources
   * @param baseTimeMs base time of the items, Unix ms UTC, whole
   * @returns the receive time that the frame got
   */
  write(source: number, receivedAtMs: number, baseTimeMs: number, items: WireIngestItem[]): number {
    const atMs = Math.max(receivedAtMs, this.#lastReceivedAtMs);
    this.#lastReceivedAtMs = atMs;
    this.#firstReceivedAtMs ??= atMs;
    if (!this.#opened.has(source)) this.#open(source, atMs, baseTimeMs);
    const frame_seq = this.#nextSeq(source);
    this.#message(source, atMs, {
      base_time_unix_ms: baseTimeMs,
      frame_seq,
      items,
      schema_minor: SCHEMA_MINOR,
    });
    this.#frames++;
    this.#items += items.length;
    return atMs;
  }

  /** To be awaited now and then, so that the disk keeps up. */
  async keepUp(): Promise<void> {
    if (this.#recorder.queuedBytes > PATIENCE_BYTES) await this.#recorder.drained();
  }

  /** Closes the sessions and the file. */
  close(): Promise<RecordingSummary> {
    for (const source of this.#opened) {
      const receivedAtMs = this.#lastReceivedAtMs;
      this.#recorder.record({
        kind: "session-closed",
        receivedAtMs,
        slot: source + 1,
        reason: "end of import",
      });
    }
    return this.#recorder.close();
  }

  #open(source: number, receivedAtMs: number, baseTimeMs: number): void {
    this.#opened.add(source);
    this.#recorder.record({ kind: "session-opened", receivedAtMs, slot: source + 1 });
    const { name = "import", kind = "gateway" } = this.#sources[source] ?? {};
    const hello: WireHello = {
      source_id: name,
      kind: KINDS[kind],
      time_base: UTC,
      software: "roadpulse import",
    };
    const frame_seq = this.#nextSeq(source);
    this.#message(source, receivedAtMs, {
      base_time_unix_ms: baseTimeMs,
      frame_seq,
      hello,
      schema_minor: SCHEMA_MINOR,
    });
  }

  #message(source: number, receivedAtMs: number, frame: Parameters<typeof encodeIngestFrame>[0]): void {
    this.#recorder.record({
      kind: "message",
      receivedAtMs,
      slot: source + 1,
      bytes: encodeIngestFrame(frame),
    });
  }

  #nextSeq(source: number): number {
    const seq = this.#frameSeq[source] ?? 0;
    this.#frameSeq[source] = seq + 1;
    return seq;
  }
}
