import { basename } from "node:path";
import type { GeoBox } from "../domain/place.ts";
import type { ImportInput } from "../recording/import/input.ts";
import type { DraftLink, DraftNetwork } from "./draft.ts";
import { markersOnMap, touchesBox } from "./extent.ts";
import { layPosts } from "./lay-posts.ts";
import { type MapFile, mapFile } from "./map-file.ts";
import { type KilometrePost, markersOfPosts } from "./markers.ts";
import { readExtract } from "./osm-extract.ts";
import { osmLinks } from "./osm-links.ts";
import { MapBuildError } from "./problem.ts";
import { type ClassFilter, classFilter, USUAL_CLASSES } from "./road-classes.ts";
import { nameRoutes } from "./route-names.ts";
import { chainLinks } from "./routes.ts";
import { readXml, sourceOf } from "./source.ts";
import { type MapBuildSummary, summarise } from "./summary.ts";
import { sumoLinks } from "./sumo-links.ts";
import { SumoNetworkReader } from "./sumo-network.ts";

export interface MapBuildOptions {
  /** Classes of roads that are taken; see `classFilter`. */
  readonly classes?: readonly string[];
  /** Only links whose extent touches this box. */
  readonly box?: GeoBox;
  /** Of the map, for people; the file's name where absent. */
  readonly name?: string;
  readonly posts?: readonly KilometrePost[];
  /** Where routes lead, by route key (`A40p`) or reference and heading (`A40 east`). */
  readonly directions?: ReadonlyMap<string, string>;
  /** Called after each piece that was read. */
  readonly onProgress?: (step: string, input: ImportInput) => void;
}

export interface BuiltMap {
  readonly map: MapFile;
  readonly summary: MapBuildSummary;
}

/**
 * Builds a map from a SUMO network or an extract of OpenStreetMap.
 * @throws MapBuildError where the file is neither, not whole, without a place on earth or without roads
 */
export async function buildMap(path: string, options: MapBuildOptions = {}): Promise<BuiltMap> {
  const draft = await readDraft(path, options);
  const links = selected(draft, options);
  const routes = nameRoutes(chainLinks(links), options.directions);
  draft.finish?.(routes);
  layPosts(routes, options.posts ?? []);
  const markers = markersOnMap([...draft.markers, ...markersOfPosts(options.posts ?? [])], links);
  const { source, licence } = draft;
  const name = options.name ?? basename(path).replace(/\.(net\.xml|osm\.pbf|osm|pbf|xml)?(\.gz|\.zst)?$/, "");
  return {
    map: mapFile(routes, markers, { name, source, licence }),
    summary: summarise(routes, markers, draft.leftOut),
  };
}

async function readDraft(path: string, options: MapBuildOptions): Promise<DraftNetwork> {
  const source = await sourceOf(path);
  if (source !== "sumo") return readOsm(path, source, options);
  const network = new SumoNetworkReader();
  await readXml(path, network.reader, (input) => options.onProgress?.(`${network.edgeCount} edges`, input));
  return sumoLinks(network.network());
}

async function readOsm(
  path: string,
  format: "osm-xml" | "osm-pbf",
  { classes = USUAL_CLASSES, onProgress }: MapBuildOptions,
): Promise<DraftNetwork> {
  const takes = classFilter(classes);
  const extract = await readExtract(path, format, takes, (step) => (input) => onProgress?.(step, input));
  return osmLinks(extract, takes);
}

/** Types of edges in SUMO networks are free: without a choice all that vehicles drive on is taken. */
function selected(draft: DraftNetwork, { classes, box }: MapBuildOptions): readonly DraftLink[] {
  const takes: ClassFilter = classes === undefined ? () => true : classFilter(classes);
  const links = draft.links.filter(
    ({ roadClass, points }) => takes(roadClass) && (box === undefined || touchesBox(points, box)),
  );
  if (links.length > 0) return links;
  throw new MapBuildError(
    `none of its ${draft.links.length} links is of a chosen class${box === undefined ? "" : " and in the box"}`,
  );
}
