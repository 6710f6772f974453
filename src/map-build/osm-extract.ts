import type { GeoPoint } from "../domain/place.ts";
import { roundPoint } from "../domain/place.ts";
import type { OsmTags, OsmWay } from "../wire/osm-pbf.ts";
import { Tally } from "./draft.ts";
import { GrowingNumbers, NodeTable } from "./node-table.ts";
import { type OnPiece, readOsmFile } from "./osm-file.ts";
import { isClosed, roadClassOf } from "./osm-tags.ts";
import { MapBuildError } from "./problem.ts";
import type { ClassFilter } from "./road-classes.ts";

export interface OsmRoad extends OsmWay {
  readonly roadClass: string;
}

/** What an extract of OpenStreetMap holds of roads. */
export interface OsmExtract {
  readonly roads: readonly OsmRoad[];
  readonly nodes: NodeTable;
  /** Tags of nodes that roads use, by their place in the table. */
  readonly nodeTags: ReadonlyMap<number, OsmTags>;
  /** Bus stops, beside roads as well as on them. */
  readonly stops: readonly GeoPoint[];
  /** Car parks and rest areas. */
  readonly areas: readonly OsmWay[];
  readonly leftOut: Tally;
}

export type OnStep = (step: string) => OnPiece;

/** Reads roads, then, in a second run through the file, the nodes that they use: only these stay in memory. */
export async function readExtract(
  path: string,
  format: "osm-xml" | "osm-pbf",
  takes: ClassFilter,
  onStep: OnStep,
): Promise<OsmExtract> {
  const { roads, areas, leftOut } = await readWays(path, format, takes, onStep("roads"));
  if (roads.length === 0) {
    const found = leftOut.counts.size === 0 ? "" : ` (${[...leftOut.counts.keys()].join(", ")})`;
    throw new MapBuildError(`it holds no roads of the chosen classes${found}`);
  }
  const ids = new GrowingNumbers();
  for (const { nodeIds } of [...roads, ...areas]) for (const id of nodeIds) ids.push(id);
  const nodes = new NodeTable(ids.take());
  const nodeTags = new Map<number, OsmTags>();
  const stops: GeoPoint[] = [];
  await readOsmFile(
    path,
    format,
    {
      keys: new Set(["highway", "public_transport", "crossing"]),
      node(id, latitudeDeg, longitudeDeg, tags) {
        // As if the extract did not hold it: a road of such a node would have no end.
        if (!isOnEarth(latitudeDeg, longitudeDeg)) return;
        const index = nodes.indexOf(id);
        if (index >= 0) {
          const place = roundPoint({ latitudeDeg, longitudeDeg });
          nodes.set(index, place.latitudeDeg, place.longitudeDeg);
          if (tags !== undefined) nodeTags.set(index, tags);
        }
        if (tags !== undefined && isBusStop(tags)) stops.push(roundPoint({ latitudeDeg, longitudeDeg }));
      },
    },
    onStep("nodes"),
  );
  return { roads, nodes, nodeTags, stops, areas, leftOut };
}

async function readWays(
  path: string,
  format: "osm-xml" | "osm-pbf",
  takes: ClassFilter,
  onPiece: OnPiece,
): Promise<Pick<OsmExtract, "roads" | "areas" | "leftOut">> {
  const roads: OsmRoad[] = [];
  const areas: OsmWay[] = [];
  const leftOut = new Tally();
  const way = (one: OsmWay): void => {
    if (isHaltingArea(one)) {
      areas.push(one);
      return;
    }
    if (one.tags["highway"] === undefined) return;
    const roadClass = roadClassOf(one.tags);
    if (roadClass === undefined) leftOut.add("no road for motor vehicles");
    else if (isClosed(one.tags)) leftOut.add("closed to motor vehicles");
    else if (takes(roadClass) || (isYard(roadClass) && (takes("parking") || takes("rest_area"))))
      roads.push({ ...one, roadClass });
    else leftOut.add(`class ${roadClass} is not chosen`);
  };
  await readOsmFile(path, format, { keys: new Set(["highway", "amenity"]), way }, onPiece);
  return { roads, areas, leftOut };
}

/** False also for coordinates that are missing, which read as NaN. */
function isOnEarth(latitudeDeg: number, longitudeDeg: number): boolean {
  return Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
}

/** A closed ring has at least three corners and its first node again. */
const LEAST_RING = 4;

function isHaltingArea({ tags, nodeIds }: OsmWay): boolean {
  if (nodeIds.length < LEAST_RING || nodeIds[0] !== nodeIds.at(-1)) return false;
  return tags["amenity"] === "parking" || isRestArea({ tags });
}

/** Rest areas with and without services beside a road. */
export function isRestArea({ tags }: Pick<OsmWay, "tags">): boolean {
  return tags["highway"] === "rest_area" || tags["highway"] === "services";
}

/** Ways that are of interest where vehicles halt. */
function isYard(roadClass: string): boolean {
  return roadClass === "service" || roadClass === "parking";
}

function isBusStop(tags: OsmTags): boolean {
  if (tags["highway"] === "bus_stop") return true;
  return tags["public_transport"] === "stop_position" && tags["bus"] === "yes";
}
