import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Config } from "../config/schema.ts";
import { defaultDetectors } from "../detect/registry.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { version } from "../version.ts";
import { readDetectionFile } from "./detection-file.ts";
import { readRoadFile } from "./road-file.ts";

/** What decides, besides the records, what a pipeline detects. */
export type PipelineParts = Required<Pick<PipelineOptions, "detectors" | "maxStations">> & {
  readonly roads: RoadNetwork | undefined;
};

/** @throws Error in one sentence where the map or the settings of the detectors cannot be used */
export function pipelineParts({ roads, detection, track }: Config): PipelineParts {
  return {
    roads: roads.map === undefined ? undefined : readRoadFile(roads.map),
    detectors: defaultDetectors(
      detection.settings === undefined ? {} : readDetectionFile(detection.settings),
    ),
    maxStations: track.maxStations,
  };
}

/** The same for two servers that make the same of the same records. */
export function fingerprintOf({ roads, detection, track }: Config): string {
  const hash = createHash("sha256").update(JSON.stringify([version, track.maxStations]));
  for (const path of [roads.map, detection.settings]) {
    hash.update(path === undefined ? "none" : createHash("sha256").update(readFileSync(path)).digest());
  }
  return hash.digest("hex").slice(0, 32);
}
