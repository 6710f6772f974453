import { inflateSync } from "node:zlib";
import { type ImportInput, openInput } from "../recording/import/input.ts";
import {
  type OsmBlockHandler,
  type OsmTags,
  readBlob,
  readBlobHeader,
  readBlock,
  readRequiredFeatures,
} from "../wire/osm-pbf.ts";
import { MapBuildError } from "./problem.ts";
import { readXml, refuseEarlyEnd } from "./source.ts";
import { type XmlAttributes, XmlReader } from "./xml.ts";

export type OnPiece = (input: ImportInput) => void;

/** Reads an extract once and hands over its nodes or ways; both formats look the same. */
export async function readOsmFile(
  path: string,
  format: "osm-xml" | "osm-pbf",
  handler: OsmBlockHandler,
  onPiece: OnPiece,
): Promise<void> {
  if (format === "osm-pbf") await readPbf(path, handler, onPiece);
  else await readXml(path, new XmlReader(new OsmXml(handler)), onPiece);
}

/** Bounds of the format: a header has at most 64 KiB, a blob at most 32 MiB, unpacked as well. */
const MAX_HEADER_BYTES = 64 * 1_024;
const MAX_BLOB_BYTES = 32 * 1_024 * 1_024;

const KNOWN_FEATURES: ReadonlySet<string> = new Set(["OsmSchema-V0.6", "DenseNodes", "LocationsOnWays"]);

async function readPbf(path: string, handler: OsmBlockHandler, onPiece: OnPiece): Promise<void> {
  const input = await openInput(path);
  const bytes = new ByteQueue(input.chunks[Symbol.asyncIterator]());
  try {
    for (;;) {
      const length = await bytes.take(4);
      if (length === undefined) break;
      const headerBytes = length.readUInt32BE();
      if (headerBytes > MAX_HEADER_BYTES) throw new Error(`a blob header claims ${headerBytes} bytes`);
      const { type, dataBytes } = readBlobHeader(await bytes.takeWhole(headerBytes));
      if (dataBytes > MAX_BLOB_BYTES) throw new Error(`a blob claims ${dataBytes} bytes`);
      const blob = await bytes.takeWhole(dataBytes);
      if (type === "OSMHeader") refuseUnknown(readRequiredFeatures(unpackedBlob(blob)));
      else if (type === "OSMData") readBlock(unpackedBlob(blob), handler);
      onPiece(input);
    }
  } catch (error) {
    if (error instanceof MapBuildError) throw error;
    throw new MapBuildError(`it is no whole OpenStreetMap extract: ${(error as Error).message}`);
  }
  refuseEarlyEnd(input);
}

function unpackedBlob(bytes: Uint8Array): Uint8Array {
  const { data, packing } = readBlob(bytes);
  if (packing === "raw") return data;
  if (packing === "zlib") return inflateSync(data, { maxOutputLength: MAX_BLOB_BYTES });
  throw new MapBuildError(
    "it is packed in another way than zlib",
    "osmium cat -o new.osm.pbf writes it with zlib.",
  );
}

function refuseUnknown(features: readonly string[]): void {
  const unknown = features.find((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown !== undefined) {
    throw new MapBuildError(`it needs a reader that knows ${unknown}`, "Take an extract without history.");
  }
}

/** Bytes of a stream in pieces of asked length. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Undefined at the end of the stream. Throws where the stream ends inside the piece. */
  async take(length: number): Promise<Buffer | undefined> {
    const pieces: Uint8Array[] = [this.#rest];
    let available = this.#rest.length;
    while (available < length) {
      const { value, done } = await this.#chunks.next();
      if (done === true) {
        if (available === 0) return undefined;
        throw new Error("the file ends inside a block");
      }
      pieces.push(value);
      available += value.length;
    }
    const whole = pieces.length === 1 ? this.#rest : Buffer.concat(pieces);
    this.#rest = whole.subarray(length);
    return whole.subarray(0, length);
  }

  async takeWhole(length: number): Promise<Buffer> {
    const bytes = await this.take(length);
    if (bytes === undefined) throw new Error("the file ends inside a block");
    return bytes;
  }
}

/** Elements of OSM XML (https://wiki.openstreetmap.org/wiki/OSM_XML). */
class OsmXml {
  readonly #handler: OsmBlockHandler;
  #element: "node" | "way" | undefined;
  #attributes: XmlAttributes = {};
  #nodeIds: number[] = [];
  #tags: Record<string, string> = {};
  #isWanted = false;

  constructor(handler: OsmBlockHandler) {
    this.#handler = handler;
  }

  open(name: string, attributes: () => XmlAttributes): void {
    if (name === "node" || name === "way") {
      if (this.#handler[name] === undefined) return;
      this.#element = name;
      this.#attributes = attributes();
      this.#nodeIds = [];
      this.#tags = {};
      this.#isWanted = false;
    } else if (this.#element === undefined) return;
    else if (name === "nd") this.#nodeIds.push(Number(attributes()["ref"]));
    else if (name === "tag") this.#addTag(attributes());
  }

  close(name: string): void {
    if (name !== this.#element) return;
    this.#element = undefined;
    const { id, lat, lon, action } = this.#attributes;
    // Editors keep what was deleted in their files.
    if (action === "delete") return;
    const tags: OsmTags | undefined = this.#isWanted ? this.#tags : undefined;
    if (name === "node") this.#handler.node?.(Number(id), Number(lat), Number(lon), tags);
    else if (tags !== undefined) this.#handler.way?.({ id: Number(id), nodeIds: this.#nodeIds, tags });
  }

  #addTag({ k = "", v = "" }: XmlAttributes): void {
    this.#tags[k] = v;
    this.#isWanted ||= this.#handler.keys.has(k);
  }
}
