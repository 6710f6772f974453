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
  /** Which lane came after a lane the last time: mostly the same one comes again, and no key needs to be looked up. */
  #next = new Int32Array(1_024).fill(-1);
  #before = 0;
  /** Where the key ends that was read last. */
  #equals = 0;

  constructor(onLane: OnLane) {
    this.#onLane = onLane;
  }

  read(message: Uint8Array, batch: ObservationBatch): void {
    batch.size = 0;
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    batch.publishedAtMs = view.getFloat64(0, true);
    for (let from = HEAD_BYTES; from < message.length; from = this.#json.end + 1) {
      this.#readLine(message, view, from, batch);
    }
  }

  #readLine(message: Uint8Array, view: DataView, from: number, batch: ObservationBatch): void {
    const row = batch.open();
    const lane = this.#laneAt(message, view, from);
    if (!this.#json.read(message, this.#equals + 1, batch, row) || lane === NO_ROOM) {
      batch.size--;
      this.malformed++;
      return;
    }
    batch.lane[row] = lane < 0 ? this.#addLane(message, from) : lane;
  }

  /** The lane whose key stands here; `NEW_KEY` where it was never seen. */
  #laneAt(message: Uint8Array, view: DataView, from: number): number {
    const guess = this.#next[this.#before] as number;
    const guessed = guess < 0 ? -1 : this.#keys.endOf(guess, view, from);
    if (guessed >= 0 && message[guessed] === EQUALS) {
      this.#equals = guessed;
      this.#before = guess;
      return guess;
    }
    const equals = message.indexOf(EQUALS, from);
    const newLine = message.indexOf(NEW_LINE, from);
    const end = newLine < 0 ? message.length : newLine;
    // A line without a key: the object is looked for at its end, where there is none.
    this.#equals = equals < 0 || equals > end ? end - 1 : equals;
    const lane = this.#keys.find(message, from, this.#equals);
    if (lane < 0) return this.#keys.isFull ? NO_ROOM : NEW_KEY;
    this.#next[this.#before] = lane;
    this.#before = lane;
    return lane;
  }

  #addLane(message: Uint8Array, from: number): number {
    const lane = this.#keys.add(message, from, this.#equals);
    this.#onLane(lane, decoder.decode(message.subarray(from, this.#equals)));
    if (lane >= this.#next.length) {
      const next = new Int32Array(2 * this.#next.length).fill(-1);
      next.set(this.#next);
      this.#next = next;
    }
    this.#next[this.#before] = lane;
    this.#before = lane;
    return lane;
  }
}

const NEW_KEY = -1;
const NO_ROOM = -2;
