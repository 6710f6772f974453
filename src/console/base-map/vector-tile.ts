/** What a feature is (Mapbox Vector Tile 2.1, §4.3.4). */
export type FeatureShape = "point" | "line" | "polygon";

export interface VectorFeature {
  readonly shape: FeatureShape;
  readonly tags: ReadonlyMap<string, string | number | boolean>;
  /** Points, lines or rings: x and y in turn, in units of the layer's extent. */
  readonly parts: readonly Float64Array[];
}

export interface VectorLayer {
  readonly name: string;
  /** Units along the side of the tile. */
  readonly extent: number;
  readonly features: readonly VectorFeature[];
}

type TagValue = string | number | boolean;

const SHAPES: readonly (FeatureShape | undefined)[] = [undefined, "point", "line", "polygon"];
const DEFAULT_EXTENT = 4096;
const utf8 = new TextDecoder();

/**
 * Reads the layers of a Mapbox Vector Tile (version 2.1) that are wanted.
 * @throws RangeError where the bytes are no such tile
 */
export function readVectorTile(bytes: Uint8Array, isWanted: (layer: string) => boolean): VectorLayer[] {
  const layers: VectorLayer[] = [];
  const tile = new FieldReader(bytes);
  while (tile.next()) {
    if (tile.field !== 3) continue;
    const layer = readLayer(tile.bytes(), isWanted);
    if (layer !== undefined) layers.push(layer);
  }
  return layers;
}

function readLayer(bytes: Uint8Array, isWanted: (layer: string) => boolean): VectorLayer | undefined {
  const [keys, values, features]: [string[], TagValue[], Uint8Array[]] = [[], [], []];
  let [name, extent] = ["", DEFAULT_EXTENT];
  const layer = new FieldReader(bytes);
  while (layer.next()) {
    if (layer.field === 1) name = layer.text();
    else if (layer.field === 2) features.push(layer.bytes());
    else if (layer.field === 3) keys.push(layer.text());
    else if (layer.field === 4) values.push(readValue(layer.bytes()));
    else if (layer.field === 5) extent = layer.value;
  }
  if (!isWanted(name) || extent === 0) return undefined;
  return { name, extent, features: features.flatMap((feature) => readFeature(feature, keys, values) ?? []) };
}

function readFeature(
  bytes: Uint8Array,
  keys: readonly string[],
  values: readonly TagValue[],
): VectorFeature | undefined {
  let shape: FeatureShape | undefined;
  let parts: Float64Array[] = [];
  const tags = new Map<string, TagValue>();
  const feature = new FieldReader(bytes);
  while (feature.next()) {
    if (feature.field === 3) shape = SHAPES[feature.value];
    else if (feature.field === 4) parts = readGeometry(feature.bytes());
    else if (feature.field === 2) {
      const pairs = new FieldReader(feature.bytes());
      while (pairs.hasMore) {
        const [key, value] = [keys[pairs.varint()], values[pairs.varint()]];
        if (key !== undefined && value !== undefined) tags.set(key, value);
      }
    }
  }
  return shape === undefined ? undefined : { shape, tags, parts };
}

const MOVE_TO = 1;
const LINE_TO = 2;

/** Commands that draw from the last point on, in zigzag differences (§4.3). Rings stay open: whoever fills closes them. */
function readGeometry(bytes: Uint8Array): Float64Array[] {
  const parts: Float64Array[] = [];
  let open: number[] = [];
  let [x, y] = [0, 0];
  const reader = new FieldReader(bytes);
  while (reader.hasMore) {
    const command = reader.varint();
    const kind = command & 7;
    if (kind !== MOVE_TO && kind !== LINE_TO) continue;
    for (let left = command >> 3; left > 0 && reader.hasMore; left--) {
      x += zigzag(reader.varint());
      y += zigzag(reader.varint());
      if (kind === MOVE_TO && open.length > 0) {
        parts.push(Float64Array.from(open));
        open = [];
      }
      open.push(x, y);
    }
  }
  if (open.length > 0) parts.push(Float64Array.from(open));
  return parts;
}

/** One of seven fields is set (§4.4). */
function readValue(bytes: Uint8Array): TagValue {
  const reader = new FieldReader(bytes);
  let value: TagValue = "";
  while (reader.next()) {
    if (reader.field === 1) value = reader.text();
    else if (reader.field === 2) value = reader.float();
    else if (reader.field === 3) value = reader.double();
    else if (reader.field === 6) value = zigzag(reader.value);
    else if (reader.field === 7) value = reader.value !== 0;
    else value = reader.value;
  }
  return value;
}

const zigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** Fields of a protobuf message, one after the other (https://protobuf.dev/programming-guides/encoding/). */
class FieldReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  /** Number of the field that was read last. */
  field = 0;
  /** Its value, where it is a varint. */
  value = 0;
  #from = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get hasMore(): boolean {
    return this.#at < this.#bytes.length;
  }

  /** Goes on to the next field; false at the end. */
  next(): boolean {
    if (!this.hasMore) return false;
    const tag = this.varint();
    this.field = tag >> 3;
    const wire = tag & 7;
    if (wire === 0) this.value = this.varint();
    const length = wire === 2 ? this.varint() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    this.#from = this.#at;
    this.#at += length;
    if (wire === 3 || wire === 4 || wire > 5 || this.#at > this.#bytes.length)
      throw new RangeError("these bytes are no vector tile");
    return true;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#at);
  }

  text(): string {
    return utf8.decode(this.bytes());
  }

  float(): number {
    return this.#view.getFloat32(this.#from, true);
  }

  double(): number {
    return this.#view.getFloat64(this.#from, true);
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError("these bytes are no vector tile");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
