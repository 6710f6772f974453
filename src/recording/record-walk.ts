import { type FileHandle, open } from "node:fs/promises";
import { MCAP_MAGIC } from "@mcap/core";
import type { WarningList } from "./warnings.ts";

/** A record at the top level of an MCAP file, undecoded. */
export interface RawRecord {
  readonly opcode: number;
  readonly offset: number;
  /** The whole record: opcode, length, content. */
  readonly bytes: Uint8Array;
}

/** Opcode and length. */
const RECORD_HEAD_BYTES = 9;

/** Ours are below 1 MiB; a length beyond this is a damaged one, not a reason to allocate. */
const MAX_RECORD_BYTES = 256 * 1024 * 1024;

const READ_BYTES = 1024 * 1024;

/** Top-level records in file order. A file that ends in the middle of one yields what stands before it, and a warning. */
export async function* walkRecords(path: string, warnings: WarningList): AsyncGenerator<RawRecord> {
  const handle = await open(path, "r");
  try {
    const window = new FileWindow(handle, (await handle.stat()).size);
    if (!isMagic(await window.read(0, MCAP_MAGIC.length))) {
      warnings.at(0, "not-a-recording", `${path} is no MCAP file: its first bytes are not the MCAP magic`);
      return;
    }
    yield* recordsOf(window, warnings);
  } finally {
    await handle.close();
  }
}

async function* recordsOf(window: FileWindow, warnings: WarningList): AsyncGenerator<RawRecord> {
  let offset: number = MCAP_MAGIC.length;
  for (;;) {
    const head = await window.read(offset, RECORD_HEAD_BYTES);
    const length = contentLength(head);
    if (length === undefined) {
      warnings.at(offset, "truncated", "the file ends without a footer: its writer was stopped");
      return;
    }
    if (length > MAX_RECORD_BYTES) {
      warnings.at(offset, "damaged", `a record claims ${length} bytes; what follows cannot be read`);
      return;
    }
    const size = RECORD_HEAD_BYTES + length;
    const bytes = await window.read(offset, size);
    if (bytes.length < size) {
      warnings.at(
        offset,
        "truncated",
        `the file ends inside a record: ${size - bytes.length} bytes are missing`,
      );
      return;
    }
    const opcode = bytes[0] ?? 0;
    yield { opcode, offset, bytes };
    // The summary repeats what stands before it.
    if (opcode === DATA_END) return;
    offset += size;
  }
}

const DATA_END = 0x0f;

function isMagic(bytes: Uint8Array): boolean {
  return bytes.length === MCAP_MAGIC.length && MCAP_MAGIC.every((byte, index) => byte === bytes[index]);
}

function contentLength(head: Uint8Array): number | undefined {
  if (head.length < RECORD_HEAD_BYTES) return undefined;
  return Number(new DataView(head.buffer, head.byteOffset, head.byteLength).getBigUint64(1, true));
}

/** Reads a file forward through one buffer. What it returns stays valid: a new buffer is taken for every fill. */
class FileWindow {
  readonly #handle: FileHandle;
  readonly #fileSize: number;
  #buffer: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(handle: FileHandle, fileSize: number) {
    this.#handle = handle;
    this.#fileSize = fileSize;
  }

  /** The bytes from `offset` on, fewer where the file ends. */
  async read(offset: number, size: number): Promise<Uint8Array> {
    const from = offset - this.#start;
    if (from < 0 || from + size > this.#buffer.length) {
      await this.#fill(offset, Math.max(size, READ_BYTES));
      return this.#buffer.subarray(0, size);
    }
    return this.#buffer.subarray(from, from + size);
  }

  async #fill(offset: number, wanted: number): Promise<void> {
    const size = Math.max(0, Math.min(wanted, this.#fileSize - offset));
    const buffer = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await this.#handle.read(buffer, filled, size - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#buffer = buffer.subarray(0, filled);
    this.#start = offset;
  }
}
