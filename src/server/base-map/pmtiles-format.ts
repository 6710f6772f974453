/** Layout of PMTiles, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md). */
export const HEADER_BYTES = 127;

/** Where something lies in the archive. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export const COMPRESSIONS = ["unknown", "none", "gzip", "brotli", "zstd"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export const TILE_TYPES = ["unknown", "mvt", "png", "jpeg", "webp", "avif"] as const;
export type TileType = (typeof TILE_TYPES)[number];

export interface ArchiveHeader {
  readonly root: Span;
  readonly metadata: Span;
  readonly leaves: Span;
  readonly tiles: Span;
  readonly internalCompression: Compression;
  readonly tileCompression: Compression;
  readonly tileType: TileType;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north, degrees. */
  readonly extent: readonly [number, number, number, number];
}

/** Undefined where these bytes do not begin an archive of version 3 (§3). */
export function readHeader(bytes: Buffer): ArchiveHeader | undefined {
  if (bytes.length < HEADER_BYTES || bytes.toString("latin1", 0, 7) !== "PMTiles" || bytes[7] !== 3)
    return undefined;
  const span = (at: number): Span => ({
    offset: Number(bytes.readBigUInt64LE(at)),
    length: Number(bytes.readBigUInt64LE(at + 8)),
  });
  const degrees = (at: number): number => bytes.readInt32LE(at) / 1e7;
  return {
    root: span(8),
    metadata: span(24),
    leaves: span(40),
    tiles: span(56),
    internalCompression: COMPRESSIONS[bytes[97] ?? 0] ?? "unknown",
    tileCompression: COMPRESSIONS[bytes[98] ?? 0] ?? "unknown",
    tileType: TILE_TYPES[bytes[99] ?? 0] ?? "unknown",
    minZoom: bytes[100] ?? 0,
    maxZoom: bytes[101] ?? 0,
    extent: [degrees(102), degrees(106), degrees(110), degrees(114)],
  };
}

/** Entries of a directory as columns, sorted by tile id. A run of 0 points to a leaf directory. */
export interface Directory {
  readonly ids: Float64Array;
  readonly runs: Float64Array;
  readonly lengths: Float64Array;
  readonly offsets: Float64Array;
}

/** A directory has thousands of entries; more than this is no directory. */
const MAX_ENTRIES = 1_000_000;

/** @throws RangeError where the bytes end too early or hold too much (§4) */
export function readDirectory(bytes: Uint8Array): Directory {
  const reader = new VarintReader(bytes);
  const count = reader.next();
  if (count > MAX_ENTRIES || count > bytes.length) throw new RangeError("too many entries");
  const ids = new Float64Array(count);
  let id = 0;
  for (let i = 0; i < count; i++) ids[i] = id += reader.next();
  const runs = Float64Array.from(ids, () => reader.next());
  const lengths = Float64Array.from(ids, () => reader.next());
  const offsets = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const offset = reader.next();
    // 0 stands for "right behind the one before".
    offsets[i] = offset > 0 ? offset - 1 : (offsets[i - 1] ?? 0) + (lengths[i - 1] ?? 0);
  }
  return { ids, runs, lengths, offsets };
}

/** The entry that covers a tile id, or leads to the leaf that may. */
export function findEntry(
  { ids, runs, lengths, offsets }: Directory,
  id: number,
): (Span & { readonly isLeaf: boolean }) | undefined {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) <= id) low = middle + 1;
    else high = middle - 1;
  }
  if (high < 0) return undefined;
  const run = runs[high] ?? 0;
  if (run > 0 && id >= (ids[high] ?? 0) + run) return undefined;
  return { offset: offsets[high] ?? 0, length: lengths[high] ?? 0, isLeaf: run === 0 };
}

/** Number of a tile along the Hilbert curves of all zooms, one after the other (§4.1). Exact up to zoom 26. */
export function tileIdOf(zoom: number, column: number, row: number): number {
  let id = (4 ** zoom - 1) / 3;
  let [x, y] = [column, row];
  for (let side = 2 ** (zoom - 1); side >= 1; side /= 2) {
    const right = Math.floor(x / side) % 2;
    const lower = Math.floor(y / side) % 2;
    id += side * side * ((3 * right) ^ lower);
    [x, y] = [x % side, y % side];
    if (lower === 0) {
      if (right === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
  }
  return id;
}

/** Unsigned LEB128. */
class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined || scale > 2 ** 56) throw new RangeError("a number does not end");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
