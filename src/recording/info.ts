import { stat } from "node:fs/promises";
import { isRejection } from "../domain/rejection.ts";
import { bodyOf } from "../wire/frame-rules.ts";
import { decodeIngestFrame } from "../wire/ingest-frame.ts";
import { FRAME_TOPIC, PROVENANCE_METADATA, SESSION_TOPIC, SLOT_KEY, toMilliseconds } from "./layout.ts";
import { type ChannelMessage, fileParts } from "./message-source.ts";
import { sessionRecord } from "./session-event.ts";
import { type RecordingWarning, WarningList } from "./warnings.ts";

/** What one source sent; sessions of the same name count together. */
export interface SourceInfo {
  readonly name: string;
  sessions: number;
  messages: number;
  items: number;
  bytes: number;
}

export interface RecordingInfo {
  readonly path: string;
  readonly bytes: number;
  readonly firstReceivedAtMs: number | undefined;
  readonly lastReceivedAtMs: number | undefined;
  readonly durationMs: number;
  /** Messages per topic, topics of other programs included; sorted by name. */
  readonly topics: Readonly<Record<string, number>>;
  /** Records per kind, e.g. `message`, `session-opened`. */
  readonly records: Readonly<Record<string, number>>;
  /** Items per kind of body; `none` has no body that this version knows, `malformed` counts frames that cannot be read. */
  readonly items: Readonly<Record<string, number>>;
  /** Sorted by name. Sessions that never said hello stand under `no-hello`. */
  readonly sources: readonly SourceInfo[];
  /** Where the recording comes from. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly warnings: readonly RecordingWarning[];
}

const NO_HELLO = "no-hello";
const OTHER = "other";

/** Sources listed by name; what more there are stands under `other`. */
const MAX_SOURCES = 1_000;

/** Reads a recording once, whole, and counts. Rejects only where the file cannot be opened or read. */
export async function recordingInfo(path: string): Promise<RecordingInfo> {
  const warnings = new WarningList();
  const count = new InfoCount();
  const provenance: Record<string, string> = {};
  for await (const part of fileParts(path, warnings)) {
    if (part.kind === "messages") for (const message of part.messages) count.add(message);
    else if (part.metadata.name === PROVENANCE_METADATA) {
      Object.assign(provenance, Object.fromEntries(part.metadata.metadata));
    }
  }
  const { size } = await stat(path);
  return { path, bytes: size, ...count.result(), provenance, warnings: warnings.all };
}

class InfoCount {
  readonly #topics = new Map<string, number>();
  readonly #records = new Map<string, number>();
  readonly #items = new Map<string, number>();
  readonly #sources = new Map<string, SourceInfo>();
  readonly #sourceOfSlot = new Map<number, SourceInfo>();
  #firstMs: number | undefined;
  #lastMs: number | undefined;

  add({ channel, message }: ChannelMessage): void {
    const atMs = toMilliseconds(message.logTime);
    this.#firstMs = Math.min(this.#firstMs ?? atMs, atMs);
    this.#lastMs = Math.max(this.#lastMs ?? atMs, atMs);
    increase(this.#topics, channel.topic);
    if (channel.topic === FRAME_TOPIC) {
      increase(this.#records, "message");
      this.#addFrame(Number(channel.metadata.get(SLOT_KEY) ?? 0), message.data);
    } else if (channel.topic === SESSION_TOPIC) this.#addEvent(message.data, atMs);
  }

  result(): Omit<RecordingInfo, "path" | "bytes" | "provenance" | "warnings"> {
    return {
      firstReceivedAtMs: this.#firstMs,
      lastReceivedAtMs: this.#lastMs,
      durationMs: (this.#lastMs ?? 0) - (this.#firstMs ?? 0),
      topics: sorted(this.#topics),
      records: sorted(this.#records),
      items: sorted(this.#items),
      sources: [...this.#sources.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  }

  #addEvent(bytes: Uint8Array, atMs: number): void {
    const record = sessionRecord(bytes, atMs);
    increase(this.#records, record?.kind ?? "unreadable");
    if (record?.kind === "session-opened" || record?.kind === "session-closed")
      this.#sourceOfSlot.delete(record.slot);
  }

  #addFrame(slot: number, bytes: Uint8Array): void {
    const frame = decodeIngestFrame(bytes);
    const isReadable = !isRejection(frame);
    if (isReadable && frame.hello) this.#introduce(slot, frame.hello.source_id ?? NO_HELLO);
    const source = this.#sourceOfSlot.get(slot) ?? this.#source(NO_HELLO);
    source.messages++;
    source.bytes += bytes.length;
    if (!isReadable) {
      increase(this.#items, "malformed");
      return;
    }
    const items = frame.items ?? [];
    source.items += items.length;
    for (const item of items) increase(this.#items, bodyOf(item) ?? "none");
  }

  #introduce(slot: number, name: string): void {
    if (this.#sourceOfSlot.has(slot)) return;
    const source = this.#source(name);
    source.sessions++;
    this.#sourceOfSlot.set(slot, source);
  }

  #source(name: string): SourceInfo {
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    if (this.#sources.size >= MAX_SOURCES && name !== OTHER) return this.#source(OTHER);
    const source = { name, sessions: 0, messages: 0, items: 0, bytes: 0 };
    this.#sources.set(name, source);
    return source;
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
