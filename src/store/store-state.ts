import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type JournalFiles, realFiles } from "./journal-files.ts";

/** Numbers that are missing, both included. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** What must be known of an alert log before its first record is read. */
export interface StoreState {
  readonly epoch: number;
  /** Of the machine's start in which the state was written; empty where the system does not tell. */
  readonly bootId: string;
  /** Numbers up to here may have been told to somebody. */
  readonly reserved: number;
  /** False after an orderly end. */
  readonly isRunning: boolean;
  /** Transitions have been told that the log does not have. */
  readonly isIncomplete: boolean;
  readonly holes: readonly Hole[];
}

/** Name of the state of a log in its folder. */
export const STATE_FILE = "state";

const SLOT_BYTES = 4_096;
const SLOTS = 2;
const LENGTH_AT = 0;
const CRC_AT = 4;
const GENERATION_AT = 8;
const GENERATION_BYTES = 6;
const TEXT_AT = 16;
const FORMAT = 1;

/**
 * A small file that is overwritten in place, two slots in turn: one of them is always whole, and a full disk takes it,
 * because its blocks are there already.
 */
export class StateFile<State extends object> {
  readonly #files: JournalFiles;
  readonly #file: number;
  #generation = 0;

  /** @throws what the file system throws */
  constructor(folder: string, name: string, files: JournalFiles = realFiles) {
    this.#files = files;
    const exists = files.list(folder).includes(name);
    this.#file = files.open(join(folder, name), exists ? "write" : "create");
    if (!exists) {
      files.write(this.#file, Buffer.alloc(SLOT_BYTES * SLOTS), 0, SLOT_BYTES * SLOTS, 0);
      files.syncNow(this.#file);
      files.syncFolder(folder);
    }
  }

  /** The last state that was written whole; undefined where there is none. */
  read(): State | undefined {
    let newest: State | undefined;
    for (let slot = 0; slot < SLOTS; slot++) {
      const found = this.#readSlot(slot);
      if (found === undefined || found.generation <= this.#generation) continue;
      this.#generation = found.generation;
      newest = found.state;
    }
    return newest;
  }

  /** The state survives the process; `syncNow` or `sync` make it survive a loss of power. */
  write(state: State): void {
    const text = Buffer.from(JSON.stringify({ format: FORMAT, ...state }));
    const slot = Buffer.alloc(SLOT_BYTES);
    if (text.length > SLOT_BYTES - TEXT_AT) throw new RangeError("the state of the store is too long");
    this.#generation++;
    slot.writeUInt32LE(text.length, LENGTH_AT);
    slot.writeUIntLE(this.#generation, GENERATION_AT, GENERATION_BYTES);
    slot.set(text, TEXT_AT);
    slot.writeUInt32LE(crc32(slot.subarray(GENERATION_AT)), CRC_AT);
    this.#files.write(this.#file, slot, 0, SLOT_BYTES, (this.#generation % SLOTS) * SLOT_BYTES);
  }

  syncNow(): void {
    this.#files.syncNow(this.#file);
  }

  sync(done: (error: Error | undefined) => void): void {
    this.#files.sync(this.#file, done);
  }

  close(): void {
    this.#files.close(this.#file);
  }

  #readSlot(slot: number): { readonly generation: number; readonly state: State } | undefined {
    const bytes = Buffer.alloc(SLOT_BYTES);
    this.#files.read(this.#file, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
    const length = bytes.readUInt32LE(LENGTH_AT);
    if (length === 0 || length > SLOT_BYTES - TEXT_AT) return undefined;
    if (bytes.readUInt32LE(CRC_AT) !== crc32(bytes.subarray(GENERATION_AT))) return undefined;
    const state = JSON.parse(bytes.toString("utf8", TEXT_AT, TEXT_AT + length)) as State;
    return { generation: bytes.readUIntLE(GENERATION_AT, GENERATION_BYTES), state };
  }
}
