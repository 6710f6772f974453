import { crc32 } from "node:zlib";
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from "@mcap/core";

/** What a file needs to know of a chunk for its index; offsets count from the start of the block. */
export interface BlockChunk {
  readonly start: number;
  readonly length: bigint;
  readonly messageStartTime: bigint;
  readonly messageEndTime: bigint;
  readonly size: bigint;
  readonly indexOffsets: ReadonlyMap<number, number>;
  readonly indexLength: bigint;
}

/** Records that are written together: channels and marks first, then one chunk with its message indexes. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly chunk: BlockChunk | undefined;
  readonly channelIds: readonly number[];
  readonly marks: readonly McapTypes.Metadata[];
  readonly markPlaces: readonly { readonly start: number; readonly length: bigint }[];
  readonly messagesByChannel: ReadonlyMap<number, number>;
}

export interface BlockHead {
  readonly channels: readonly McapTypes.Channel[];
  /** What is missing before this block. */
  readonly marks: readonly McapTypes.Metadata[];
}

/**
 * Builds one block after the other. `McapWriter` cannot close a chunk before it is full, and a recorder must, so that a
 * killed process loses a second and not a chunk; the records themselves are written by the library's builders. Channels
 * stand before the chunk, not in it: a damaged chunk then costs its own messages only.
 */
export class BlockBuilder {
  readonly #chunk = new McapChunkBuilder({});
  #messages = new Map<number, number>();

  /** Bytes of the messages since the last block. */
  get byteLength(): number {
    return this.#chunk.byteLength;
  }

  get isEmpty(): boolean {
    return this.#messages.size === 0;
  }

  /** Channels of the messages since the last block. */
  get channelIds(): Iterable<number> {
    return this.#messages.keys();
  }

  add(message: McapTypes.Message): void {
    this.#chunk.addMessage(message);
    this.#messages.set(message.channelId, (this.#messages.get(message.channelId) ?? 0) + 1);
  }

  /** Closes the chunk; the next message begins a new one. */
  seal(head: BlockHead): Block {
    const records = new McapRecordBuilder();
    for (const channel of head.channels) records.writeChannel(channel);
    const markPlaces = head.marks.map((mark) => {
      const start = records.length;
      return { start, length: records.writeMetadata(mark) };
    });
    const chunk = this.isEmpty ? undefined : this.#writeChunk(records);
    const messagesByChannel = this.#messages;
    this.#messages = new Map();
    this.#chunk.reset();
    const channelIds = head.channels.map(({ id }) => id);
    return { bytes: records.buffer, chunk, channelIds, marks: head.marks, markPlaces, messagesByChannel };
  }

  #writeChunk(records: McapRecordBuilder): BlockChunk {
    const start = records.length;
    const { messageStartTime, messageEndTime, buffer } = this.#chunk;
    const size = BigInt(buffer.length);
    const length = records.writeChunk({
      messageStartTime,
      messageEndTime,
      uncompressedSize: size,
      uncompressedCrc: crc32(buffer),
      compression: "",
      records: buffer,
    });
    const indexOffsets = new Map<number, number>();
    let indexLength = 0n;
    for (const index of this.#chunk.indices) {
      indexOffsets.set(index.channelId, records.length);
      indexLength += records.writeMessageIndex(index);
    }
    return { start, length, messageStartTime, messageEndTime, size, indexOffsets, indexLength };
  }
}
