import { type ImportInput, openInput } from "../recording/import/input.ts";
import { MapBuildError } from "./problem.ts";
import { XmlReader } from "./xml.ts";

export type MapSource = "sumo" | "osm-xml" | "osm-pbf";

/** An extract of OpenStreetMap begins with the length of a header whose first field is the text OSMHeader. */
const PBF_MARK = "OSMHeader";
const PBF_MARK_AT = 6;

/**
 * Tells by its content what a file holds, whatever its name.
 * @throws MapBuildError where it is nothing that maps are built from
 */
export async function sourceOf(path: string): Promise<MapSource> {
  const input = await openInput(path);
  const decoder = new TextDecoder();
  let root: string | undefined;
  const reader = new XmlReader({
    open(name) {
      root ??= name;
    },
  });
  let isFirst = true;
  for await (const chunk of input.chunks) {
    if (isFirst && isPbf(chunk)) return "osm-pbf";
    isFirst = false;
    reader.push(decoder.decode(chunk, { stream: true }));
    if (root !== undefined) break;
  }
  if (root === "net") return "sumo";
  if (root === "osm") return "osm-xml";
  if (root === undefined) refuseEarlyEnd(input);
  const what = root === undefined ? "it holds no XML elements" : `its root is <${root}>`;
  throw new MapBuildError(
    `it is no road map: ${what}`,
    "Take a SUMO network (.net.xml) or an OpenStreetMap extract (.osm, .osm.pbf), packed with gzip or not.",
  );
}

function isPbf(chunk: Uint8Array): boolean {
  const head = chunk.subarray(PBF_MARK_AT, PBF_MARK_AT + PBF_MARK.length);
  return Buffer.from(head).toString("latin1") === PBF_MARK;
}

/** @throws MapBuildError where a packed file broke off */
export function refuseEarlyEnd(input: ImportInput): void {
  if (input.endedEarly === undefined) return;
  throw new MapBuildError(
    `it is packed and breaks off after ${input.readBytes} bytes: ${input.endedEarly}`,
    "Download or copy it again.",
  );
}

/** Reads a whole XML file into a reader, piece by piece. */
export async function readXml(
  path: string,
  reader: XmlReader,
  onChunk: (input: ImportInput) => void,
): Promise<void> {
  const input = await openInput(path);
  const decoder = new TextDecoder();
  for await (const chunk of input.chunks) {
    reader.push(decoder.decode(chunk, { stream: true }));
    onChunk(input);
  }
  refuseEarlyEnd(input);
  reader.push(decoder.decode());
  reader.end();
}
