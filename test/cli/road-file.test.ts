import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CommandFailure } from "../../src/cli/io.ts";
import { loadRoads } from "../../src/cli/road-file.ts";
import { linkFeature, mapOf } from "../support/roads.ts";

const folder = mkdtempSync(join(tmpdir(), "roads-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const path = join(folder, "town.geojson");
  writeFileSync(path, text);
  return path;
}

function failureOf(path: string): CommandFailure {
  try {
    loadRoads(path);
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new Error("the map was read");
}

describe("loadRoads", () => {
  it("reads a map", () => {
    const roads = loadRoads(
      fileOf(
        JSON.stringify(
          mapOf(
            linkFeature("a", [
              [0, 0],
              [100, 0],
            ]),
          ),
        ),
      ),
    );
    expect(roads.links.map(({ id }) => id)).toEqual(["a"]);
    expect(roads.name).toBe("test");
  });

  it("says in one sentence what is wrong with the file", () => {
    expect(failureOf(join(folder, "none.geojson")).message).toMatch(
      /none\.geojson: this map does not exist\.$/,
    );
    expect(failureOf(folder).message).toMatch(/this is a directory/);
    expect(failureOf(fileOf("{")).message).toMatch(/town\.geojson: this is no JSON: /);
    expect(failureOf(fileOf("[]")).message).toBe("town.geojson: this is no GeoJSON FeatureCollection.");
  });
});
