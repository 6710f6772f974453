import { FlatJson } from "./flat-json.ts";
import { KeyTable } from "./key-table.ts";
import type { ObservationBatch } from "./observation-batch.ts";

/** When the message was to be sent stands before its lines, as a Kafka record has its time beside its value. */
export const HEAD_BYTES = 8;

const decoder = new TextDecoder();

const NEW_LINE = 0x0a;
const EQUALS = 0x3d;

/** Told of every lane when its key is first seen. */
export type OnLane = (lane: number, key: string) => void;

/** Reads a message: its time, and lines `key= {json}` as they stand in OSPBench's files. */
export class MessageReader {
  /** Lines that could not be read. */
  malformed = 0;
  readonly #keys = new KeyTable();
  readonly #json = new FlatJson();
  readonly #onLane: OnLane;

  constructor(onLane: OnLane) {
    this.#onLane = onLane;
  }

  read(message: Uint8Array, batch: ObservationBatch): void {
    batch.size = 0;
    batch.publishedAtMs = new DataView(message.buffer, message.byteOffset).getFloat64(0, true);
    for (let from = HEAD_BYTES; from < message.length; ) {
      let equals = from;
      while (equals < message.length && message[equals] !== EQUALS) equals++;
      let end = equals;
      while (end < message.length && message[end] !== NEW_LINE) end++;
      if (end > from) this.#readLine(message, from, equals, end, batch);
      from = end + 1;
    }
  }

  #readLine(message: Uint8Array, from: number, equals: number, end: number, batch: ObservationBatch): void {
    const row = batch.open();
    if (!this.#json.read(message, equals + 1, end, batch, row)) return this.#refuse(batch);
    let lane = this.#keys.find(message, from, equals);
    if (lane < 0) {
      lane = this.#keys.add(message, from, equals);
      if (lane < 0) return this.#refuse(batch);
      this.#onLane(lane, decoder.decode(message.subarray(from, equals)));
    }
    batch.lane[row] = lane;
  }

  #refuse(batch: ObservationBatch): void {
    batch.size--;
    this.malformed++;
  }
}
