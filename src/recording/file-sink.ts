import { type FileHandle, open } from "node:fs/promises";

/** Where a recording goes: bytes are appended whole or not at all. */
export interface ByteSink {
  /** Bytes appended so far. */
  readonly length: number;
  /** Appends all bytes. Rejects where the medium refuses them, and has then taken back what it had written of them. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The part of a file handle that is used; tests put a reluctant one in its place. */
export type WritableHandle = Pick<FileHandle, "write" | "truncate" | "close">;

/** Appends to a file. A write may be short (disk full, signal): it goes on until all bytes are down or one write fails. */
export class FileSink implements ByteSink {
  readonly #handle: WritableHandle;
  #length = 0;

  constructor(handle: WritableHandle) {
    this.#handle = handle;
  }

  /** Rejects with `EEXIST` where the file exists and must not be replaced. */
  static async create(path: string, replace: boolean): Promise<FileSink> {
    return new FileSink(await open(path, replace ? "w" : "wx"));
  }

  get length(): number {
    return this.#length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      await this.#writeAll(bytes);
    } catch (error) {
      // A torn chunk would hide everything that is written after it.
      await this.#handle.truncate(this.#length);
      throw error;
    }
    this.#length += bytes.length;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(
        bytes,
        done,
        bytes.length - done,
        this.#length + done,
      );
      if (bytesWritten === 0) throw new Error("the file takes no more bytes");
      done += bytesWritten;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
