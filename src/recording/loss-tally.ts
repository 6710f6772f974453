import type { McapTypes } from "@mcap/core";
import type { Block } from "./block.ts";
import { LOST_METADATA, toMilliseconds } from "./layout.ts";

export type LossReason = "queue-full" | "write-failed";

interface Loss {
  readonly reason: LossReason;
  records: number;
  firstReceivedAtMs: number;
  lastReceivedAtMs: number;
}

/** Counts records that did not get into the file, and writes the marks that say so in it. */
export class LossTally {
  #pending: Loss[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** True while losses have no mark in the file yet. */
  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  add(reason: LossReason, records: number, firstReceivedAtMs: number, lastReceivedAtMs: number): void {
    this.#total += records;
    const last = this.#pending.at(-1);
    if (last?.reason === reason) {
      last.records += records;
      last.lastReceivedAtMs = lastReceivedAtMs;
    } else this.#push({ reason, records, firstReceivedAtMs, lastReceivedAtMs });
  }

  /** A block that the disk refused: its records are lost, and the marks that stood in it must be written again. */
  addBlock(block: Block): void {
    for (const mark of block.marks) this.#push(readMark(mark));
    if (block.chunk === undefined) return;
    const { messageStartTime, messageEndTime } = block.chunk;
    let records = 0;
    for (const count of block.messagesByChannel.values()) records += count;
    this.add("write-failed", records, toMilliseconds(messageStartTime), toMilliseconds(messageEndTime));
  }

  #push(loss: Loss): void {
    this.#pending.push(loss);
    // Many marks wait only while the disk refuses everything; one sum tells enough then.
    if (this.#pending.length > MAX_PENDING) this.#pending = [merged(this.#pending)];
  }

  /** Marks for the losses since the last call. */
  takeMarks(): McapTypes.Metadata[] {
    const marks = this.#pending.map(mark);
    this.#pending = [];
    return marks;
  }
}

const MAX_PENDING = 8;

function merged(losses: readonly Loss[]): Loss {
  return {
    reason: "write-failed",
    records: losses.reduce((sum, { records }) => sum + records, 0),
    firstReceivedAtMs: Math.min(...losses.map(({ firstReceivedAtMs }) => firstReceivedAtMs)),
    lastReceivedAtMs: Math.max(...losses.map(({ lastReceivedAtMs }) => lastReceivedAtMs)),
  };
}

function mark(loss: Loss): McapTypes.Metadata {
  return {
    name: LOST_METADATA,
    metadata: new Map([
      ["reason", loss.reason],
      ["records", String(loss.records)],
      ["firstReceivedAtMs", String(loss.firstReceivedAtMs)],
      ["lastReceivedAtMs", String(loss.lastReceivedAtMs)],
    ]),
  };
}

function readMark({ metadata }: McapTypes.Metadata): Loss {
  return {
    reason: metadata.get("reason") === "queue-full" ? "queue-full" : "write-failed",
    records: Number(metadata.get("records")),
    firstReceivedAtMs: Number(metadata.get("firstReceivedAtMs")),
    lastReceivedAtMs: Number(metadata.get("lastReceivedAtMs")),
  };
}
