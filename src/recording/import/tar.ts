const BLOCK_BYTES = 512;

/** Archives here hold text files of some 100 kB; a larger entry is skipped rather than held in memory. */
const MAX_ENTRY_BYTES = 256 * 1024 * 1024;

/** A file in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Whether bytes begin a tar archive (POSIX ustar or GNU). */
export function isTar(head: Uint8Array): boolean {
  return textAt(head, 257, 5) === "ustar";
}

/**
 * Regular files of a tar archive in its order. Directories, links and extended headers are skipped: long names are cut,
 * which an import does not mind.
 * @throws Error where the archive is damaged or ends early; what stood before has been yielded.
 */
export async function* tarEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = new ExactReader(chunks);
  for (;;) {
    const header = await reader.read(BLOCK_BYTES);
    if (header === undefined || header.every((byte) => byte === 0)) return;
    if (!isTar(header)) throw new Error("the archive is damaged: a header is not where it should be");
    const size = Number.parseInt(textAt(header, 124, 12).trim() || "0", 8);
    if (!Number.isInteger(size) || size > MAX_ENTRY_BYTES)
      throw new Error("the archive holds a file that is too large");
    const padded = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    const content = await reader.read(padded);
    if (content === undefined) throw new Error("the archive ends inside a file");
    if (isRegular(header)) yield { name: entryName(header), bytes: content.subarray(0, size) };
  }
}

/** Type `0` or, in old archives, NUL. */
function isRegular(header: Uint8Array): boolean {
  return header[156] === 0x30 || header[156] === 0;
}

function entryName(header: Uint8Array): string {
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return prefix.length === 0 ? name : `${prefix}/${name}`;
}

/** Text up to the first NUL. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  return new TextDecoder().decode(bytes.subarray(start, start + length)).split("\0")[0] ?? "";
}

/** Hands out exactly as many bytes as asked for. */
class ExactReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** undefined where fewer are left. */
  async read(size: number): Promise<Uint8Array | undefined> {
    while (this.#length < size) {
      const next = await this.#chunks.next();
      if (next.done === true) return undefined;
      this.#parts.push(next.value);
      this.#length += next.value.length;
    }
    // Most reads lie within one chunk and copy nothing.
    const [first] = this.#parts;
    const all = first !== undefined && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    this.#parts = [all.subarray(size)];
    this.#length = all.length - size;
    return all.subarray(0, size);
  }
}
