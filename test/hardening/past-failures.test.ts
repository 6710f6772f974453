import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ClaimsError, readRights } from "../../src/access/claims.ts";
import { JsonFields } from "../../src/evaluate/json-fields.ts";
import { buildMap } from "../../src/map-build/build.ts";
import { readOdeMessage } from "../../src/recording/import/ode-message.ts";
import { asXml, at } from "../map-build/osm-world.ts";
import { temporaryFolder } from "../store/folders.ts";

/**
 * Inputs that once broke something, found by fuzzing, each with what broke. Those of one room stand with its tests: circles
 * just west of the antimeridian in `test/geo/moving-points.test.ts`.
 */
describe("inputs that once broke something", () => {
  it.each([
    [
      "a station id that cannot be turned into text ended in a fault and not in a sentence",
      [{ toString: 0 }],
    ],
    ["a list was taken for the text that it holds", [["5-6"]]],
  ])("claims: %s", (_what, ids) => {
    const claims = { sub: "a", scope: "publish", roadpulse: { station_ids: ids } };
    expect(() => readRights(claims)).toThrow(ClaimsError);
  });

  it.each([
    ["a node without a longitude", /lon(='[\d.]+' id="4")/, "mon$1"],
    ["a way that names no node", /ref="4"/, 'fer="4"'],
  ])("OpenStreetMap: %s gave a road without end", async (_what, found, damaged) => {
    const tags = { highway: "motorway", oneway: "yes", ref: "A 40" };
    const nodes = [at(1, 0, 0), at(2, 500, 0), at(3, 900, 30), at(4, 1_400, 40)];
    const good = asXml({ nodes, ways: [{ id: 1, nodes: [1, 2, 3, 4], tags }] });
    const file = join(temporaryFolder(), "map.osm");
    writeFileSync(file, good.replace(found, damaged));
    expect(good.replace(found, damaged)).not.toBe(good);
    const { map } = await buildMap(file);
    expect(JSON.stringify(map)).not.toContain("null");
  });

  it("messages of the ODE: a type that cannot be turned into text ended the import", () => {
    const message = { metadata: { payloadType: [[{ toString: 0 }]] }, payload: {} };
    expect(readOdeMessage(message)).toMatchObject({ payloadType: "unknown" });
  });

  it("truth: a column's name that cannot be turned into text ended in a fault", () => {
    const file = new JsonFields({ table: { columns: [{ toString: 0 }, "speed"], rows: [[1, 2]] } }, "");
    const [row] = file.object("table").rows("table", "columns", "rows");
    expect(row?.number("speed")).toBe(2);
  });
});
