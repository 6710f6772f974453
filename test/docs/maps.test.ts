import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { projectRoot } from "../support/source-tree.ts";

test("the example of docs/maps.md is a map", () => {
  const page = readFileSync(join(projectRoot, "docs/maps.md"), "utf8");
  const json = /```json\n(.*?)```/s.exec(page)?.[1] ?? "";
  const network = readRoadMap(JSON.parse(json));
  const [route] = network.routes;
  expect(route?.markers.map(({ name }) => name)).toEqual(["AS Duisburg-Homberg"]);
  expect(network.links[0]?.flags).toEqual({ bridge: true });
});
