import { crc32, deflateSync, gzipSync } from "node:zlib";
import { tileIdOf } from "../../src/server/base-map/pmtiles-format.ts";

/** A tile by `zoom/column/row`. */
export type Tiles = ReadonlyMap<string, Uint8Array>;

export interface ArchiveOptions {
  readonly type: "mvt" | "png";
  readonly attribution?: string;
  /** Puts the entries into leaf directories of so many. */
  readonly leafEntries?: number;
}

const GZIP = 2;
const NONE = 1;

/** A PMTiles archive of version 3, as small as one can be. */
export function pmtilesOf(tiles: Tiles, { type, attribution = "", leafEntries }: ArchiveOptions): Buffer {
  const entries = [...tiles]
    .map(([place, bytes]) => ({
      id: tileIdOf(...placeOf(place)),
      bytes: type === "mvt" ? gzipSync(bytes) : bytes,
    }))
    .sort((a, b) => a.id - b.id);
  let offset = 0;
  const spans = entries.map(({ id, bytes }) => {
    const span = { id, run: 1, offset, length: bytes.length };
    offset += bytes.length;
    return span;
  });
  const leaves: Buffer[] = [];
  const pointers: Span[] = [];
  for (let i = 0; leafEntries !== undefined && i < spans.length; i += leafEntries) {
    const leaf = directory(spans.slice(i, i + leafEntries));
    pointers.push({ id: spans[i]?.id ?? 0, run: 0, offset: sizeOf(leaves), length: leaf.length });
    leaves.push(leaf);
  }
  const root = directory(leafEntries === undefined ? spans : pointers);
  const metadata = gzipSync(JSON.stringify({ attribution }));
  const zooms = [...tiles.keys()].map((place) => placeOf(place)[0]);
  const header = Buffer.alloc(127);
  header.write("PMTiles", "latin1");
  header[7] = 3;
  let at = header.length;
  [root.length, metadata.length, sizeOf(leaves), offset].forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(at), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    at += length;
  });
  header.set([1, GZIP, type === "mvt" ? GZIP : NONE, type === "mvt" ? 1 : 2], 96);
  header.set([Math.min(...zooms), Math.max(...zooms)], 100);
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) header.writeInt32LE(degrees * 1e7, 102 + i * 4);
  return Buffer.concat([header, root, metadata, ...leaves, ...entries.map(({ bytes }) => bytes)]);
}

interface Span {
  readonly id: number;
  readonly run: number;
  readonly offset: number;
  readonly length: number;
}

function directory(spans: readonly Span[]): Buffer {
  const ids = spans.map(({ id }, i) => id - (spans[i - 1]?.id ?? 0));
  const columns = [ids, spans.map(({ run }) => run), spans.map(({ length }) => length)];
  const offsets = spans.map(({ offset }, i) => {
    const before = spans[i - 1];
    return before !== undefined && before.offset + before.length === offset ? 0 : offset + 1;
  });
  return gzipSync(Buffer.from([spans.length, ...columns.flat(), ...offsets].flatMap(varint)));
}

const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0);

function placeOf(place: string): [number, number, number] {
  const [zoom = 0, column = 0, row = 0] = place.split("/").map(Number);
  return [zoom, column, row];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const field = (number: number, bytes: readonly number[]): number[] => [
  ...varint(number * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const textField = (number: number, text: string): number[] => field(number, [...Buffer.from(text)]);
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** A layer of a vector tile with one feature: a polygon or line in units of 4,096 a side, or a named point. */
export interface TestLayer {
  readonly name: string;
  readonly shape: "point" | "line" | "polygon";
  readonly tags?: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [number, number])[];
}

/** A Mapbox Vector Tile. */
export function vectorTileOf(layers: readonly TestLayer[]): Uint8Array {
  return Uint8Array.from(layers.flatMap((layer) => field(3, layerOf(layer))));
}

function layerOf({ name, shape, tags = {}, points }: TestLayer): number[] {
  const type = { point: 1, line: 2, polygon: 3 }[shape];
  const geometry: number[] = [];
  let [x, y] = [0, 0];
  points.forEach(([px, py], i) => {
    if (i === 0) geometry.push((1 << 3) | 1);
    if (i === 1) geometry.push(((points.length - 1) << 3) | 2);
    geometry.push(zigzag(px - x), zigzag(py - y));
    [x, y] = [px, py];
  });
  if (shape === "polygon") geometry.push((1 << 3) | 7);
  const pairs = Object.keys(tags).flatMap((_, i) => [i, i]);
  const feature = [
    ...field(2, pairs.flatMap(varint)),
    ...varint(3 * 8),
    type,
    ...field(4, geometry.flatMap(varint)),
  ];
  return [
    ...varint(15 * 8),
    2,
    ...textField(1, name),
    ...field(2, feature),
    ...Object.keys(tags).flatMap((key) => textField(3, key)),
    ...Object.values(tags).flatMap((value) => field(4, textField(1, value))),
    ...varint(5 * 8),
    ...varint(4096),
  ];
}

/** A picture of one colour, 256 by 256 px. */
export function pngOf(red: number, green: number, blue: number): Buffer {
  const side = 256;
  const row = Buffer.alloc(1 + side * 3);
  for (let x = 0; x < side; x++) row.set([red, green, blue], 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
