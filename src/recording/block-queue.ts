import type { McapTypes } from "@mcap/core";
import type { Block, BlockHead } from "./block.ts";
import { recordingChannel, recordingSchemas } from "./channels.ts";
import type { ByteSink } from "./file-sink.ts";
import { LIBRARY, PROVENANCE_METADATA } from "./layout.ts";
import { McapFile } from "./mcap-file.ts";

export interface BlockQueueEvents {
  /** The disk refused a block, or the block waited behind one that was refused. */
  readonly lost: (block: Block) => void;
  readonly failed: (error: Error) => void;
}

/** Blocks that wait for the disk, and the one writer behind them. Bounded by its owner, who sees `queuedBytes`. */
export class BlockQueue {
  readonly #sink: ByteSink;
  readonly #file: McapFile;
  readonly #events: BlockQueueEvents;
  readonly #schemas = recordingSchemas();
  /** Channels in the file, and those in the file or in a block that waits. */
  readonly #written = new Set<number>();
  #introduced = new Set<number>();
  #waiting: Block[] = [];
  #queuedBytes = 0;
  #writing: Promise<void> | undefined;

  constructor(sink: ByteSink, events: BlockQueueEvents) {
    this.#sink = sink;
    this.#file = new McapFile(sink);
    this.#events = events;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  get chunkCount(): number {
    return this.#file.chunkCount;
  }

  async start(provenance: Readonly<Record<string, string>>): Promise<void> {
    const metadata = new Map(Object.entries(provenance));
    await this.#file.start(LIBRARY, this.#schemas, { name: PROVENANCE_METADATA, metadata });
  }

  /** What must stand before a chunk with these channels. The block is to be pushed before the next call. */
  head(channelIds: Iterable<number>, marks: readonly McapTypes.Metadata[]): BlockHead {
    const fresh = [...channelIds].filter((id) => !this.#introduced.has(id)).sort((a, b) => a - b);
    return { channels: fresh.map(recordingChannel), marks };
  }

  push(block: Block): void {
    for (const id of block.channelIds) this.#introduced.add(id);
    this.#waiting.push(block);
    this.#queuedBytes += block.bytes.length;
    this.#writing ??= this.#write();
  }

  /** Settles when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#writing;
  }

  /** Writes the summary and closes the file. Rejects where the disk refuses it; the file is closed all the same. */
  async finish(): Promise<void> {
    await this.drained();
    try {
      const channels = [...this.#written].sort((a, b) => a - b).map(recordingChannel);
      await this.#file.finish(this.#schemas, channels);
    } finally {
      await this.#sink.close();
    }
  }

  async #write(): Promise<void> {
    for (let block = this.#waiting.shift(); block !== undefined; block = this.#waiting.shift()) {
      try {
        await this.#file.append(block);
        for (const id of block.channelIds) this.#written.add(id);
        this.#queuedBytes -= block.bytes.length;
      } catch (error) {
        this.#giveUp(block, error as Error);
      }
    }
    this.#writing = undefined;
  }

  /** Blocks that wait may need channels of the one that was refused, so they go with it. */
  #giveUp(refused: Block, error: Error): void {
    const lost = [refused, ...this.#waiting];
    this.#waiting = [];
    this.#queuedBytes = 0;
    this.#introduced = new Set(this.#written);
    for (const block of lost) this.#events.lost(block);
    this.#events.failed(error);
  }
}
