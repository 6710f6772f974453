import { McapRecordBuilder, McapStreamReader, type McapTypes, Opcode } from "@mcap/core";
import { decompress } from "fzstd";
import { LOST_METADATA } from "./layout.ts";
import { type RawRecord, walkRecords } from "./record-walk.ts";
import type { WarningList } from "./warnings.ts";

/** A message with the channel that it came on. */
export interface ChannelMessage {
  readonly channel: McapTypes.Channel;
  readonly message: McapTypes.Message;
}

/** What stands together in a file: the messages of one chunk, or one metadata record. */
export type FilePart =
  | { readonly kind: "messages"; readonly messages: readonly ChannelMessage[] }
  | { readonly kind: "metadata"; readonly metadata: McapTypes.Metadata };

const READ_OPCODES: ReadonlySet<number> = new Set([
  Opcode.HEADER,
  Opcode.SCHEMA,
  Opcode.CHANNEL,
  Opcode.MESSAGE,
  Opcode.CHUNK,
  Opcode.METADATA,
]);

/** Messages and metadata in file order. Other tools may have compressed the chunks with zstd. */
export async function* fileParts(path: string, warnings: WarningList): AsyncGenerator<FilePart> {
  const parser = new RecordParser(warnings);
  for await (const record of walkRecords(path, warnings)) {
    if (!READ_OPCODES.has(record.opcode)) continue;
    const { messages, metadata } = parser.parse(record);
    if (messages.length > 0) yield { kind: "messages", messages };
    for (const entry of metadata) yield { kind: "metadata", metadata: entry };
  }
}

interface Parsed {
  readonly messages: ChannelMessage[];
  readonly metadata: McapTypes.Metadata[];
}

/** Feeds the library's parser one record at a time, so that a damaged chunk ends the chunk and not the reading. */
class RecordParser {
  readonly #warnings: WarningList;
  readonly #channels = new Map<number, McapTypes.Channel>();
  #reader = freshReader([]);

  constructor(warnings: WarningList) {
    this.#warnings = warnings;
  }

  parse(record: RawRecord): Parsed {
    const parsed: Parsed = { messages: [], metadata: [] };
    try {
      this.#reader.append(record.bytes);
      for (let next = this.#reader.nextRecord(); next !== undefined; next = this.#reader.nextRecord()) {
        this.#take(next, parsed, record.offset);
      }
    } catch (error) {
      this.#warn(record, error as Error);
      this.#reader = freshReader(this.#channels.values());
    }
    return parsed;
  }

  #take(record: McapTypes.TypedMcapRecord, parsed: Parsed, offset: number): void {
    if (record.type === "Channel") this.#channels.set(record.id, record);
    else if (record.type === "Metadata") {
      parsed.metadata.push(record);
      if (record.name === LOST_METADATA) this.#warnLost(record, offset);
    } else if (record.type === "Message") {
      const channel = this.#channels.get(record.channelId);
      if (channel !== undefined) parsed.messages.push({ channel, message: record });
    }
  }

  #warn(record: RawRecord, error: Error): void {
    const isCompression = error.message.startsWith("Unsupported compression");
    const code = isCompression ? "unsupported-compression" : "damaged";
    this.#warnings.at(record.offset, code, `${record.bytes.length} bytes were skipped: ${error.message}`);
  }

  #warnLost({ metadata }: McapTypes.Metadata, offset: number): void {
    const text = `${metadata.get("records")} records are missing here (${metadata.get("reason")})`;
    this.#warnings.at(offset, "records-lost", text);
  }
}

/** A parser that already knows the channels of the file. */
function freshReader(channels: Iterable<McapTypes.Channel>): McapStreamReader {
  const reader = new McapStreamReader({
    noMagicPrefix: true,
    decompressHandlers: { zstd: (bytes, size) => decompress(bytes, new Uint8Array(Number(size))) },
  });
  const records = new McapRecordBuilder();
  for (const channel of channels) records.writeChannel(channel);
  reader.append(records.buffer);
  while (reader.nextRecord() !== undefined);
  return reader;
}
