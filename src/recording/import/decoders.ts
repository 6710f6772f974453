import { createGunzip, type Gunzip } from "node:zlib";
import { Decompress } from "fzstd";

/** Unpacks a stream piece by piece. Pieces are bounded by the input's: a 64 KiB piece of gzip holds at most 64 MiB. */
export interface Decoder {
  push(bytes: Uint8Array): Promise<Uint8Array[]>;
  /** Rejects where the packed stream is not whole. */
  end(): Promise<Uint8Array[]>;
}

/** The decoder that the first bytes call for, whatever the name of the file says; undefined for plain bytes. */
export function decoderFor(head: Uint8Array): Decoder | undefined {
  if (startsWith(head, [0x1f, 0x8b])) return new GzipDecoder();
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return new ZstdDecoder();
  return undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/**
 * Driven write by write rather than as a pipe: what was unpacked before a fault must not be lost with the stream's own
 * buffer.
 */
class GzipDecoder implements Decoder {
  readonly #gunzip: Gunzip = createGunzip();
  #pieces: Uint8Array[] = [];
  #failure: Error | undefined;
  #wake: () => void = () => {};

  constructor() {
    this.#gunzip.on("data", (piece: Uint8Array) => this.#pieces.push(piece));
    this.#gunzip.on("error", (error) => {
      this.#failure = error;
      this.#wake();
    });
  }

  async push(bytes: Uint8Array): Promise<Uint8Array[]> {
    await this.#settled((done) => this.#gunzip.write(bytes, () => done()));
    return this.#take();
  }

  async end(): Promise<Uint8Array[]> {
    await this.#settled((done) => this.#gunzip.once("end", done).end());
    return this.#take();
  }

  /** Waits for `done` or for an error, which zlib reports by event. */
  async #settled(call: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#failure === undefined) call(resolve);
      else resolve();
    });
  }

  /** What was unpacked before a fault is handed out first, the fault with the next call. */
  #take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    if (pieces.length === 0 && this.#failure !== undefined) throw this.#failure;
    return pieces;
  }
}

class ZstdDecoder implements Decoder {
  #pieces: Uint8Array[] = [];
  readonly #decompress = new Decompress((piece) => this.#pieces.push(piece));

  async push(bytes: Uint8Array): Promise<Uint8Array[]> {
    this.#decompress.push(bytes);
    return this.#take();
  }

  async end(): Promise<Uint8Array[]> {
    this.#decompress.push(new Uint8Array(0), true);
    return this.#take();
  }

  #take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}
