import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import {
  type BaseMap,
  BaseMapError,
  MAX_TILE_BYTES,
  MAX_ZOOM,
  plainAttribution,
  type Tile,
} from "./base-map.ts";
import {
  type ArchiveHeader,
  type Compression,
  type Directory,
  findEntry,
  HEADER_BYTES,
  readDirectory,
  readHeader,
  type Span,
  type TileType,
  tileIdOf,
} from "./pmtiles-format.ts";

const gunzipped = promisify(gunzip);
const unbrotlied = promisify(brotliDecompress);

/** Directories and metadata have some 100 kB; more would be a bomb. */
const MAX_PART_BYTES = 16 * 1024 * 1024;

/** Leaf directories kept, some 4,000 entries each: 128 kB. Operators look at one region. */
const KEPT_LEAVES = 64;

/** The specification allows deeper trees, and no writer makes them. */
const MAX_DEPTH = 4;

const CONTENT_TYPES: Readonly<Record<Exclude<TileType, "unknown">, string>> = {
  mvt: "application/vnd.mapbox-vector-tile",
  png: "image/png",
  jpeg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
};

/** An archive of tiles in one file, read where somebody looks. */
export class PmtilesArchive implements BaseMap {
  readonly view: BaseMap["view"];
  readonly version: string;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #header: ArchiveHeader;
  readonly #contentType: string;
  readonly #root: Directory;
  readonly #leaves = new Map<number, Promise<Directory>>();

  private constructor(path: string, file: FileHandle, header: ArchiveHeader, opened: Opened) {
    this.#path = path;
    this.#file = file;
    this.#header = header;
    this.#contentType = opened.contentType;
    this.#root = opened.root;
    this.version = opened.version;
    const { minZoom, maxZoom, extent, tileType } = header;
    const kind = tileType === "mvt" ? "vector" : "raster";
    this.view = { kind, minZoom, maxZoom, extent, attribution: opened.attribution };
  }

  /** @throws BaseMapError in one sentence where the file is missing or no archive that can be shown */
  static async open(path: string): Promise<PmtilesArchive> {
    const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
      const isMissing = error.code === "ENOENT";
      throw new BaseMapError(
        path,
        isMissing ? "this file does not exist." : `it cannot be read: ${error.message}.`,
      );
    });
    try {
      return await openFrom(path, file, (header, opened) => new PmtilesArchive(path, file, header, opened));
    } catch (error) {
      await file.close();
      if (error instanceof BaseMapError) throw error;
      throw new BaseMapError(path, `this archive is broken: ${(error as Error).message}.`);
    }
  }

  async tile(zoom: number, column: number, row: number): Promise<Tile | undefined> {
    try {
      const span = await this.#find(tileIdOf(zoom, column, row));
      if (span === undefined) return undefined;
      const packed = await readSpan(this.#file, this.#header.tiles, span, MAX_TILE_BYTES);
      const { tileCompression } = this.#header;
      if (tileCompression === "gzip")
        return { bytes: packed, contentType: this.#contentType, encoding: "gzip" };
      return {
        bytes: await unpacked(packed, tileCompression, MAX_TILE_BYTES),
        contentType: this.#contentType,
      };
    } catch (error) {
      throw new BaseMapError(this.#path, `a tile cannot be read: ${(error as Error).message}.`);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #find(id: number): Promise<Span | undefined> {
    let directory = this.#root;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const entry = findEntry(directory, id);
      if (entry === undefined || !entry.isLeaf) return entry;
      directory = await this.#leaf(entry);
    }
    throw new RangeError("its directories lead in a circle");
  }

  #leaf(span: Span): Promise<Directory> {
    const known = this.#leaves.get(span.offset);
    const leaf = known ?? directoryAt(this.#file, this.#header, this.#header.leaves, span);
    this.#leaves.delete(span.offset);
    this.#leaves.set(span.offset, leaf);
    if (known === undefined) leaf.catch(() => this.#leaves.delete(span.offset));
    const oldest = this.#leaves.keys().next().value;
    if (this.#leaves.size > KEPT_LEAVES && oldest !== undefined) this.#leaves.delete(oldest);
    return leaf;
  }
}

interface Opened {
  readonly root: Directory;
  readonly contentType: string;
  readonly attribution: string;
  readonly version: string;
}

async function openFrom<Made>(
  path: string,
  file: FileHandle,
  make: (header: ArchiveHeader, opened: Opened) => Made,
): Promise<Made> {
  const found = await file.stat();
  if (found.isDirectory()) throw new BaseMapError(path, "this is a folder, not an archive.");
  const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  const header = readHeader(buffer.subarray(0, bytesRead));
  if (header === undefined)
    throw new BaseMapError(path, "this is no PMTiles archive of version 3; `pmtiles convert` makes one.");
  const { tileType, minZoom, maxZoom, tileCompression, tiles } = header;
  if (tileType === "unknown") throw new BaseMapError(path, "its tiles are neither MVT nor pictures.");
  if (tileCompression === "zstd" || tileCompression === "unknown")
    throw new BaseMapError(path, "its tiles are compressed in a way that browsers do not read; use gzip.");
  if (minZoom > maxZoom || maxZoom > MAX_ZOOM) throw new BaseMapError(path, "its zooms make no sense.");
  if (tiles.offset + tiles.length > found.size)
    throw new BaseMapError(path, "it ends before its tiles do; was the download complete?");
  const root = await directoryAt(file, header, { offset: 0, length: found.size }, header.root);
  return make(header, {
    root,
    contentType: CONTENT_TYPES[tileType],
    attribution: await attributionOf(file, header, found.size),
    version: `${Math.trunc(found.mtimeMs).toString(36)}-${found.size.toString(36)}`,
  });
}

async function attributionOf(file: FileHandle, header: ArchiveHeader, size: number): Promise<string> {
  if (header.metadata.length === 0) return "";
  const packed = await readSpan(file, { offset: 0, length: size }, header.metadata, MAX_PART_BYTES);
  const text = await unpacked(packed, header.internalCompression, MAX_PART_BYTES);
  const metadata: unknown = JSON.parse(Buffer.from(text).toString("utf8"));
  return plainAttribution((metadata as { readonly attribution?: unknown } | null)?.attribution);
}

async function directoryAt(file: FileHandle, header: ArchiveHeader, within: Span, span: Span) {
  const packed = await readSpan(file, within, span, MAX_PART_BYTES);
  return readDirectory(await unpacked(packed, header.internalCompression, MAX_PART_BYTES));
}

/** @throws RangeError where the span leaves its part of the file, is too large, or the file has become shorter */
async function readSpan(
  file: FileHandle,
  within: Span,
  { offset, length }: Span,
  most: number,
): Promise<Buffer> {
  if (length > most) throw new RangeError(`${length} bytes where at most ${most} are expected`);
  if (offset + length > within.length) throw new RangeError("an entry leads out of the archive");
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, within.offset + offset);
  if (bytesRead < length) throw new RangeError("the file has become shorter");
  return buffer;
}

function unpacked(bytes: Uint8Array, compression: Compression, most: number): Promise<Uint8Array> {
  if (compression === "gzip") return gunzipped(bytes, { maxOutputLength: most });
  if (compression === "brotli") return unbrotlied(bytes, { maxOutputLength: most });
  if (compression === "none") return Promise.resolve(bytes);
  return Promise.reject(new RangeError(`${compression} compression is not read`));
}
