import { deflateSync } from "node:zlib";
import protobuf from "protobufjs/minimal.js";

export interface TestNode {
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface TestWay {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface TestWorld {
  readonly nodes: readonly TestNode[];
  readonly ways: readonly TestWay[];
}

const METRES_PER_DEGREE = 111_250;
const ORIGIN = { lat: 51.4, lon: 6.7 };

/** A node at metres east and north of the origin, at the resolution of OpenStreetMap. */
export function at(id: number, eastM: number, northM: number, tags?: TestNode["tags"]): TestNode {
  const rounded = (deg: number): number => Math.round(deg * 1e7) / 1e7;
  const lat = rounded(ORIGIN.lat + northM / METRES_PER_DEGREE);
  const lon = rounded(ORIGIN.lon + eastM / (METRES_PER_DEGREE * Math.cos((ORIGIN.lat * Math.PI) / 180)));
  return tags === undefined ? { id, lat, lon } : { id, lat, lon, tags };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

export function asXml({ nodes, ways }: TestWorld): string {
  const tags = (all: Readonly<Record<string, string>> = {}): string =>
    Object.entries(all)
      .map(([k, v]) => `<tag k="${escaped(k)}" v="${escaped(v)}"/>`)
      .join("");
  return [
    `<?xml version='1.0' encoding='UTF-8'?>\n<osm version="0.6" generator="test">`,
    ...nodes.map(
      ({ id, lat, lon, tags: own }) => `<node lon='${lon}' id="${id}" lat="${lat}">${tags(own)}</node>`,
    ),
    ...ways.map(
      ({ id, nodes: refs, tags: own }) =>
        `<way id="${id}">${refs.map((ref) => `<nd ref="${ref}"/>`).join("\n")}${tags(own)}</way>`,
    ),
    `<relation id="1"><member type="way" ref="1" role=""/></relation>`,
    "</osm>\n",
  ].join("\n");
}

type Fields = (writer: protobuf.Writer) => void;

function message(fields: Fields): Uint8Array {
  const writer = protobuf.Writer.create();
  fields(writer);
  return writer.finish();
}

const LENGTH_DELIMITED = 2;
const bytesField = (writer: protobuf.Writer, field: number, bytes: Uint8Array): void => {
  writer.uint32((field << 3) | LENGTH_DELIMITED).bytes(bytes);
};

/** Zigzag varints of whole numbers up to 2^53. */
function packedDeltas(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const value of values) {
    const difference = value - last;
    last = value;
    let coded = difference >= 0 ? difference * 2 : -difference * 2 - 1;
    while (coded >= 128) {
      bytes.push((coded % 128) + 128);
      coded = Math.floor(coded / 128);
    }
    bytes.push(coded);
  }
  return Uint8Array.from(bytes);
}

const packed = (values: readonly number[]): Uint8Array =>
  message((writer) => {
    for (const value of values) writer.uint32(value);
  });

export interface PbfOptions {
  readonly dense?: boolean;
  readonly zlib?: boolean;
  readonly features?: readonly string[];
}

export function asPbf(world: TestWorld, options: PbfOptions = {}): Buffer {
  const { dense = true, zlib = true, features = ["OsmSchema-V0.6", "DenseNodes"] } = options;
  const header = message((writer) => {
    for (const feature of features) writer.uint32((4 << 3) | LENGTH_DELIMITED).string(feature);
  });
  return Buffer.concat([
    fileBlock("OSMHeader", header, zlib),
    fileBlock("Unknown", Uint8Array.of(1, 2, 3), false),
    fileBlock("OSMData", primitiveBlock({ ...world, ways: [] }, dense), zlib),
    fileBlock("OSMData", primitiveBlock({ ...world, nodes: [] }, dense), zlib),
  ]);
}

function fileBlock(type: string, data: Uint8Array, zlib: boolean): Buffer {
  const blob = message((writer) => {
    if (!zlib) return bytesField(writer, 1, data);
    writer.uint32(2 << 3).int32(data.length);
    bytesField(writer, 3, deflateSync(data));
  });
  const header = message((writer) => {
    writer.uint32((1 << 3) | LENGTH_DELIMITED).string(type);
    writer.uint32(3 << 3).int32(blob.length);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

/** Coordinates in units of 1e-7 degree: ten of the format's nanodegrees times a granularity of ten. */
const GRANULARITY = 100;
const units = (deg: number): number => Math.round(deg * 1e7);

function primitiveBlock({ nodes, ways }: TestWorld, dense: boolean): Uint8Array {
  const strings = [""];
  const index = (text: string): number => {
    const known = strings.indexOf(text, 1);
    return known > 0 ? known : strings.push(text) - 1;
  };
  const tagFields = (writer: protobuf.Writer, tags: Readonly<Record<string, string>>): void => {
    bytesField(writer, 2, packed(Object.keys(tags).map(index)));
    bytesField(writer, 3, packed(Object.values(tags).map(index)));
  };
  const group = message((writer) => {
    if (dense && nodes.length > 0) bytesField(writer, 2, denseNodes(nodes, index));
    for (const { id, lat, lon, tags = {} } of dense ? [] : nodes) {
      bytesField(
        writer,
        1,
        message((node) => {
          node.uint32(1 << 3).sint64(id);
          tagFields(node, tags);
          node.uint32(8 << 3).sint64(units(lat));
          node.uint32(9 << 3).sint64(units(lon));
        }),
      );
    }
    for (const { id, nodes: refs, tags } of ways) {
      bytesField(
        writer,
        3,
        message((way) => {
          way.uint32(1 << 3).int64(id);
          tagFields(way, tags);
          bytesField(way, 8, packedDeltas(refs));
        }),
      );
    }
  });
  return message((writer) => {
    const table = message((inner) => {
      for (const text of strings) bytesField(inner, 1, Buffer.from(text));
    });
    bytesField(writer, 1, table);
    bytesField(writer, 2, group);
    writer.uint32(17 << 3).int32(GRANULARITY);
  });
}

function denseNodes(nodes: readonly TestNode[], index: (text: string) => number): Uint8Array {
  return message((writer) => {
    bytesField(writer, 1, packedDeltas(nodes.map(({ id }) => id)));
    bytesField(writer, 8, packedDeltas(nodes.map(({ lat }) => units(lat))));
    bytesField(writer, 9, packedDeltas(nodes.map(({ lon }) => units(lon))));
    const pairs = nodes.flatMap(({ tags = {} }) => [
      ...Object.entries(tags).flatMap(([key, value]) => [index(key), index(value)]),
      0,
    ]);
    bytesField(writer, 10, packed(pairs));
  });
}
