import { crc32 } from "node:zlib";
import { McapRecordBuilder, type McapTypes, Opcode } from "@mcap/core";
import type { Block, BlockChunk } from "./block.ts";
import type { ByteSink } from "./file-sink.ts";

/**
 * Writes an MCAP file block by block and keeps what its summary needs. One call at a time: each must have settled before
 * the next one.
 */
export class McapFile {
  readonly #sink: ByteSink;
  readonly #chunks: McapTypes.ChunkIndex[] = [];
  readonly #metadata: McapTypes.MetadataIndex[] = [];
  readonly #messagesByChannel = new Map<number, bigint>();
  #crc = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  get bytes(): number {
    return this.#sink.length;
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  async start(
    library: string,
    schemas: readonly McapTypes.Schema[],
    provenance: McapTypes.Metadata,
  ): Promise<void> {
    const records = new McapRecordBuilder();
    records.writeMagic();
    records.writeHeader({ profile: "", library });
    for (const schema of schemas) records.writeSchema(schema);
    const start = records.length;
    const length = records.writeMetadata(provenance);
    await this.#append(records.buffer);
    this.#metadata.push({ name: provenance.name, offset: BigInt(start), length });
  }

  /** Rejects where the medium refuses the block; the file then stands as before. */
  async append(block: Block): Promise<void> {
    const position = this.#sink.length;
    await this.#append(block.bytes);
    const at = (start: number): bigint => BigInt(position + start);
    block.markPlaces.forEach(({ start, length }, index) => {
      this.#metadata.push({ name: block.marks[index]?.name ?? "", offset: at(start), length });
    });
    if (block.chunk !== undefined) this.#chunks.push(chunkIndex(block.chunk, at));
    for (const [channelId, count] of block.messagesByChannel) {
      this.#messagesByChannel.set(channelId, (this.#messagesByChannel.get(channelId) ?? 0n) + BigInt(count));
    }
  }

  /** Writes summary and footer. Without them a file is still read from its start, but no viewer can seek in it. */
  async finish(schemas: readonly McapTypes.Schema[], channels: readonly McapTypes.Channel[]): Promise<void> {
    const end = new McapRecordBuilder();
    end.writeDataEnd({ dataSectionCrc: this.#crc });
    await this.#sink.append(end.buffer);
    const summaryStart = this.#sink.length;
    const { bytes, groups } = this.#summary(schemas, channels);
    const tail = new McapRecordBuilder();
    for (const { opcode, start, length } of groups) {
      if (length === 0) continue;
      tail.writeSummaryOffset({
        groupOpcode: opcode,
        groupStart: BigInt(summaryStart + start),
        groupLength: BigInt(length),
      });
    }
    const summary = Buffer.concat([bytes, tail.buffer]);
    await this.#sink.append(summary);
    await this.#sink.append(footer(summary, summaryStart, summaryStart + bytes.length));
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#sink.append(bytes);
    this.#crc = crc32(bytes, this.#crc);
  }

  #summary(schemas: readonly McapTypes.Schema[], channels: readonly McapTypes.Channel[]): Summary {
    const records = new McapRecordBuilder();
    const groups: SummaryGroup[] = [];
    const group = (opcode: Opcode, write: () => void): void => {
      const start = records.length;
      write();
      groups.push({ opcode, start, length: records.length - start });
    };
    group(Opcode.SCHEMA, () => schemas.forEach((schema) => void records.writeSchema(schema)));
    group(Opcode.CHANNEL, () => channels.forEach((channel) => void records.writeChannel(channel)));
    group(Opcode.STATISTICS, () =>
      records.writeStatistics(this.#statistics(schemas.length, channels.length)),
    );
    group(Opcode.METADATA_INDEX, () =>
      this.#metadata.forEach((index) => void records.writeMetadataIndex(index)),
    );
    group(Opcode.CHUNK_INDEX, () => this.#chunks.forEach((index) => void records.writeChunkIndex(index)));
    return { bytes: records.buffer, groups };
  }

  #statistics(schemaCount: number, channelCount: number): McapTypes.Statistics {
    let messageCount = 0n;
    for (const count of this.#messagesByChannel.values()) messageCount += count;
    return {
      messageCount,
      schemaCount,
      channelCount,
      attachmentCount: 0,
      metadataCount: this.#metadata.length,
      chunkCount: this.#chunks.length,
      messageStartTime: this.#chunks[0]?.messageStartTime ?? 0n,
      messageEndTime: this.#chunks.at(-1)?.messageEndTime ?? 0n,
      channelMessageCounts: this.#messagesByChannel,
    };
  }
}

interface SummaryGroup {
  readonly opcode: Opcode;
  readonly start: number;
  readonly length: number;
}

interface Summary {
  readonly bytes: Uint8Array;
  readonly groups: readonly SummaryGroup[];
}

function chunkIndex(chunk: BlockChunk, at: (start: number) => bigint): McapTypes.ChunkIndex {
  return {
    messageStartTime: chunk.messageStartTime,
    messageEndTime: chunk.messageEndTime,
    chunkStartOffset: at(chunk.start),
    chunkLength: chunk.length,
    messageIndexOffsets: new Map([...chunk.indexOffsets].map(([channelId, start]) => [channelId, at(start)])),
    messageIndexLength: chunk.indexLength,
    compression: "",
    compressedSize: chunk.size,
    uncompressedSize: chunk.size,
  };
}

/** MCAP specification, Footer: its checksum covers the summary and the footer up to the checksum itself. */
function footer(summary: Uint8Array, summaryStart: number, summaryOffsetStart: number): Uint8Array {
  const write = (summaryCrc: number): Uint8Array => {
    const records = new McapRecordBuilder();
    records.writeFooter({
      summaryStart: BigInt(summaryStart),
      summaryOffsetStart: BigInt(summaryOffsetStart),
      summaryCrc,
    });
    records.writeMagic();
    return records.buffer;
  };
  const unchecked = write(0);
  const crcEnd = unchecked.length - MAGIC_BYTES;
  return write(crc32(unchecked.subarray(0, crcEnd - CRC_BYTES), crc32(summary)));
}

const MAGIC_BYTES = 8;
const CRC_BYTES = 4;
