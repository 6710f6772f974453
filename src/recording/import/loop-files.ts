import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type ImportInput, openInput, unpacked } from "./input.ts";
import { lineBatches } from "./lines.ts";
import { isTar, tarEntries } from "./tar.ts";

/** Lines of the files of an import, whatever holds the files. */
export interface FileLines {
  readonly lines: AsyncIterable<readonly string[]>;
  readonly readBytes: () => number;
  readonly totalBytes: number | undefined;
  /** Why the input ended before its end. */
  readonly endedEarly: () => string | undefined;
}

/** A folder (all files below it), a tar archive, or a single file; each may be packed with gzip or zstd. */
export async function openLoopFiles(path: string): Promise<FileLines> {
  if (path !== "-" && (await stat(path)).isDirectory()) return folderLines(path);
  return streamLines(await openInput(path));
}

async function folderLines(folder: string): Promise<FileLines> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  let readBytes = 0;
  let endedEarly: string | undefined;
  async function* lines(): AsyncGenerator<readonly string[]> {
    for (const file of files.sort()) {
      const input = await openInput(file);
      yield* lineBatches(input.chunks);
      readBytes += input.readBytes;
      endedEarly ??= input.endedEarly;
    }
  }
  return { lines: lines(), readBytes: () => readBytes, totalBytes: undefined, endedEarly: () => endedEarly };
}

function streamLines(input: ImportInput): FileLines {
  let damage: string | undefined;
  async function* lines(): AsyncGenerator<readonly string[]> {
    const { head, all } = await withHead(input.chunks);
    if (!isTar(head)) {
      yield* lineBatches(all);
      return;
    }
    try {
      for await (const entry of tarEntries(all)) {
        yield* lineBatches(unpacked(entry.name, oneChunk(entry.bytes), entry.bytes.length).chunks);
      }
    } catch (error) {
      damage = (error as Error).message;
    }
  }
  return {
    lines: lines(),
    readBytes: () => input.readBytes,
    totalBytes: input.totalBytes,
    endedEarly: () => damage ?? input.endedEarly,
  };
}

/** A tar header is one block of 512 bytes. */
const HEAD_BYTES = 512;

/** The first bytes of a stream, and the stream as if they had not been read. */
async function withHead(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head, all: all() };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
