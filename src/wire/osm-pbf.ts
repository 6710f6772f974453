import "./protobuf.ts";
import protobuf from "protobufjs/minimal.js";

/**
 * Reads the messages of OpenStreetMap's PBF format (https://wiki.openstreetmap.org/wiki/PBF_Format, fileformat.proto and
 * osmformat.proto): nodes, dense nodes and ways. Relations, histories and metadata are passed over. All functions throw
 * an Error on bytes that are no such message.
 */
export interface OsmBlob {
  readonly data: Uint8Array;
  /** How `data` is packed; others than these two are not in use by the usual tools. */
  readonly packing: "raw" | "zlib" | "other";
  /** Size when unpacked; 0 where it is not told. */
  readonly rawBytes: number;
}

export type OsmTags = Readonly<Record<string, string | undefined>>;

export interface OsmWay {
  readonly id: number;
  readonly nodeIds: readonly number[];
  readonly tags: OsmTags;
}

export interface OsmBlockHandler {
  /** Only ways and tags of nodes with one of these keys are built: most of a block is of no interest. */
  readonly keys: ReadonlySet<string>;
  way?(way: OsmWay): void;
  /** Coordinates in degrees; `tags` where the node has one of the keys. */
  node?(id: number, latitudeDeg: number, longitudeDeg: number, tags: OsmTags | undefined): void;
}

type Reader = protobuf.Reader;

/** Type (`OSMHeader`, `OSMData` or something to skip) and size of the blob that follows its header. */
export function readBlobHeader(bytes: Uint8Array): { readonly type: string; readonly dataBytes: number } {
  let type = "";
  let dataBytes = -1;
  eachField(bytes, (field, reader) => {
    if (field === 1) type = reader.string();
    else if (field === 3) dataBytes = reader.int32();
    else return false;
    return true;
  });
  if (type === "" || dataBytes < 0) throw new Error("a blob header has no type or no size");
  return { type, dataBytes };
}

export function readBlob(bytes: Uint8Array): OsmBlob {
  let blob: OsmBlob = { data: new Uint8Array(0), packing: "other", rawBytes: 0 };
  eachField(bytes, (field, reader) => {
    if (field === 1) blob = { ...blob, data: reader.bytes(), packing: "raw" };
    else if (field === 2) blob = { ...blob, rawBytes: reader.int32() };
    else if (field === 3) blob = { ...blob, data: reader.bytes(), packing: "zlib" };
    else return false;
    return true;
  });
  return blob;
}

/** Features that a reader must know, e.g. `DenseNodes`. */
export function readRequiredFeatures(headerBlock: Uint8Array): readonly string[] {
  const features: string[] = [];
  eachField(headerBlock, (field, reader) => {
    if (field !== 4) return false;
    features.push(reader.string());
    return true;
  });
  return features;
}

/** One unpacked block of data; hands over what it holds in the order of the file. */
export function readBlock(bytes: Uint8Array, handler: OsmBlockHandler): void {
  const block = new Block(handler);
  const groups: Uint8Array[] = [];
  eachField(bytes, (field, reader) => {
    if (field === 1) block.readStrings(reader.bytes());
    else if (field === 2) groups.push(reader.bytes());
    else if (field === 17) block.granularity = reader.int32();
    else if (field === 19) block.latitudeOffset = reader.int64() as unknown as number;
    else if (field === 20) block.longitudeOffset = reader.int64() as unknown as number;
    else return false;
    return true;
  });
  // Granularity stands behind the groups.
  for (const group of groups) block.readGroup(group);
}

const NANO = 1e-9;
const NO_BYTES = new Uint8Array(0);

class Block {
  granularity = 100;
  latitudeOffset = 0;
  longitudeOffset = 0;
  readonly #handler: OsmBlockHandler;
  #strings: string[] = [];
  /** Which strings are keys of interest. */
  #wanted: boolean[] = [];

  constructor(handler: OsmBlockHandler) {
    this.#handler = handler;
  }

  readStrings(bytes: Uint8Array): void {
    eachField(bytes, (field, reader) => {
      if (field !== 1) return false;
      this.#strings.push(reader.string());
      return true;
    });
    this.#wanted = this.#strings.map((text) => this.#handler.keys.has(text));
  }

  readGroup(bytes: Uint8Array): void {
    const { way, node } = this.#handler;
    eachField(bytes, (field, reader) => {
      if (field === 1 && node !== undefined) this.#readNode(reader.bytes());
      else if (field === 2 && node !== undefined) this.#readDenseNodes(reader.bytes());
      else if (field === 3 && way !== undefined) this.#readWay(reader.bytes());
      else return false;
      return true;
    });
  }

  #readWay(bytes: Uint8Array): void {
    let id = 0;
    let keys: readonly number[] = [];
    let values: readonly number[] = [];
    let references: Uint8Array | undefined;
    eachField(bytes, (field, reader) => {
      if (field === 1) id = reader.int64() as unknown as number;
      else if (field === 2) keys = unsigned(reader.bytes());
      else if (field === 3) values = unsigned(reader.bytes());
      else if (field === 8) references = reader.bytes();
      else return false;
      return true;
    });
    if (!keys.some((key) => this.#wanted[key])) return;
    const nodeIds = references === undefined ? [] : summed(references);
    this.#handler.way?.({ id, nodeIds, tags: this.#tags(keys, values) });
  }

  #readNode(bytes: Uint8Array): void {
    let id = 0;
    let latitude = 0;
    let longitude = 0;
    let keys: readonly number[] = [];
    let values: readonly number[] = [];
    eachField(bytes, (field, reader) => {
      if (field === 1) id = reader.sint64() as unknown as number;
      else if (field === 2) keys = unsigned(reader.bytes());
      else if (field === 3) values = unsigned(reader.bytes());
      else if (field === 8) latitude = reader.sint64() as unknown as number;
      else if (field === 9) longitude = reader.sint64() as unknown as number;
      else return false;
      return true;
    });
    const tags = keys.some((key) => this.#wanted[key]) ? this.#tags(keys, values) : undefined;
    this.#node(id, latitude, longitude, tags);
  }

  #readDenseNodes(bytes: Uint8Array): void {
    let ids: Uint8Array = NO_BYTES;
    let latitudes: Uint8Array = NO_BYTES;
    let longitudes: Uint8Array = NO_BYTES;
    let tags: Uint8Array = NO_BYTES;
    eachField(bytes, (field, reader) => {
      if (field === 1) ids = reader.bytes();
      else if (field === 8) latitudes = reader.bytes();
      else if (field === 9) longitudes = reader.bytes();
      else if (field === 10) tags = reader.bytes();
      else return false;
      return true;
    });
    const [id, latitude, longitude] = [new Deltas(ids), new Deltas(latitudes), new Deltas(longitudes)];
    const tagged = new DenseTags(tags, this.#strings, this.#wanted);
    while (id.hasMore) this.#node(id.next(), latitude.next(), longitude.next(), tagged.next());
  }

  #node(id: number, latitude: number, longitude: number, tags: OsmTags | undefined): void {
    const latitudeDeg = NANO * (this.latitudeOffset + this.granularity * latitude);
    const longitudeDeg = NANO * (this.longitudeOffset + this.granularity * longitude);
    this.#handler.node?.(id, latitudeDeg, longitudeDeg, tags);
  }

  #tags(keys: readonly number[], values: readonly number[]): OsmTags {
    return Object.fromEntries(
      keys.map((key, i) => [this.#strings[key] ?? "", this.#strings[values[i] ?? 0] ?? ""]),
    );
  }
}

/** Keys and values of dense nodes: pairs of string indexes, ended by 0 for each node. */
class DenseTags {
  readonly #numbers: Varints;
  readonly #strings: readonly string[];
  readonly #wanted: readonly boolean[];

  constructor(bytes: Uint8Array, strings: readonly string[], wanted: readonly boolean[]) {
    this.#numbers = new Varints(bytes);
    this.#strings = strings;
    this.#wanted = wanted;
  }

  next(): OsmTags | undefined {
    let isWanted = false;
    let tags: Record<string, string> | undefined;
    while (this.#numbers.hasMore) {
      const key = this.#numbers.next();
      if (key === 0) break;
      const value = this.#numbers.next();
      isWanted ||= this.#wanted[key] === true;
      tags ??= {};
      tags[this.#strings[key] ?? ""] = this.#strings[value] ?? "";
    }
    return isWanted ? tags : undefined;
  }
}

/** Calls `take` for every field; a field that it does not take is skipped. */
function eachField(bytes: Uint8Array, take: (field: number, reader: Reader) => boolean): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!take(tag >>> 3, reader)) reader.skipType(tag & 7);
  }
}

/** Varints in a row, up to 2^53. The library's reader builds an object for each number beyond 32 bits. */
class Varints {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get hasMore(): boolean {
    return this.#position < this.#bytes.length;
  }

  next(): number {
    let value = 0;
    let scale = 1;
    for (let read = 0; read < MOST_VARINT_BYTES; read++) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw new Error("a packed field ends inside a number");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new Error("a number has more than ten bytes");
  }
}

const MOST_VARINT_BYTES = 10;

/** Sums of zigzag-coded differences. */
class Deltas {
  readonly #varints: Varints;
  #sum = 0;

  constructor(bytes: Uint8Array) {
    this.#varints = new Varints(bytes);
  }

  get hasMore(): boolean {
    return this.#varints.hasMore;
  }

  next(): number {
    const coded = this.#varints.next();
    this.#sum += coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
    return this.#sum;
  }
}

function summed(bytes: Uint8Array): number[] {
  const deltas = new Deltas(bytes);
  const values: number[] = [];
  while (deltas.hasMore) values.push(deltas.next());
  return values;
}

function unsigned(bytes: Uint8Array): number[] {
  const varints = new Varints(bytes);
  const values: number[] = [];
  while (varints.hasMore) values.push(varints.next());
  return values;
}
