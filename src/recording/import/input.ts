import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { stdin } from "node:process";
import { type Decoder, decoderFor } from "./decoders.ts";

/** Bytes to import, unpacked. */
export interface ImportInput {
  /** For messages to people. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Size before unpacking; undefined for a pipe. */
  readonly totalBytes: number | undefined;
  /** Bytes read so far, before unpacking. */
  readonly readBytes: number;
  /** Why the packed stream ended before its end; undefined as long as all is well. */
  readonly endedEarly: string | undefined;
}

/** Enough to tell packings apart. */
const HEAD_BYTES = 4;

/**
 * Opens a file, or standard input for `-`. gzip and zstd are recognised by their content and unpacked on the way.
 * Rejects where there is no such file.
 */
export async function openInput(path: string): Promise<ImportInput> {
  if (path === "-") return unpacked("standard input", stdin, undefined);
  const { size } = await stat(path);
  return unpacked(path, createReadStream(path, { highWaterMark: 256 * 1024 }), size);
}

/** Input from any source of bytes. */
export function unpacked(
  name: string,
  source: AsyncIterable<Uint8Array>,
  totalBytes: number | undefined,
): ImportInput {
  return new UnpackedInput(name, source, totalBytes);
}

class UnpackedInput implements ImportInput {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly totalBytes: number | undefined;
  readBytes = 0;
  endedEarly: string | undefined;

  constructor(name: string, source: AsyncIterable<Uint8Array>, totalBytes: number | undefined) {
    this.name = name;
    this.totalBytes = totalBytes;
    this.chunks = this.#unpack(source);
  }

  async *#unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let head: Uint8Array | undefined = new Uint8Array(0);
    let decoder: Decoder | undefined;
    try {
      for await (const piece of source) {
        this.readBytes += piece.length;
        let bytes = piece;
        if (head !== undefined) {
          bytes = Buffer.concat([head, piece]);
          head = bytes.length < HEAD_BYTES ? bytes : undefined;
          if (head !== undefined) continue;
          decoder = decoderFor(bytes);
        }
        if (decoder === undefined) yield bytes;
        else yield* await decoder.push(bytes);
      }
      if (head !== undefined) yield head;
      if (decoder !== undefined) yield* await decoder.end();
    } catch (error) {
      if (decoder === undefined) throw error;
      this.endedEarly = (error as Error).message;
    }
  }
}
