import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MapView } from "../../../src/api/contract/map.ts";
import { partsUnder } from "../../../src/console/base-map/parts.ts";
import { readVectorTile } from "../../../src/console/base-map/vector-tile.ts";
import { tileIdOf } from "../../../src/server/base-map/pmtiles-format.ts";
import { pmtilesOf, pngOf, vectorTileOf } from "../../support/base-map.ts";
import { startTestServer } from "../../support/server.ts";

const MAP = new URL("../../../fixtures/maps/duisburg.geojson", import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roadpulse-base-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isDrawn = (layer: string): boolean => layer === "water";

const RIVER = vectorTileOf([
  {
    name: "water",
    shape: "polygon",
    tags: { kind: "river" },
    points: [
      [0, 0],
      [4096, 0],
      [4096, 2048],
      [0, -8],
    ],
  },
  { name: "pois", shape: "point", tags: { name: "Kiosk" }, points: [[7, 7]] },
]);

/** Every tile of the first five zooms, each with bytes of its own. */
const ALL = new Map(
  [0, 1, 2, 3, 4].flatMap((zoom) =>
    Array.from({ length: 4 ** zoom }, (_, i) => {
      const place = `${zoom}/${i % 2 ** zoom}/${Math.floor(i / 2 ** zoom)}`;
      return [place, Buffer.from(`tile ${place}`)] as const;
    }),
  ),
);

function archive(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe("a base map that the operator supplies", () => {
  it("numbers tiles as the specification of PMTiles does", () => {
    expect([
      tileIdOf(0, 0, 0),
      tileIdOf(1, 0, 0),
      tileIdOf(1, 0, 1),
      tileIdOf(1, 1, 1),
      tileIdOf(1, 1, 0),
    ]).toEqual([0, 1, 2, 3, 4]);
    expect(tileIdOf(2, 0, 0)).toBe(5);
    expect(tileIdOf(12, 3423, 1763)).toBe(19078479);
  });

  it("serves every tile of an archive with leaf directories, as its own and only there", async () => {
    const path = archive("all.pmtiles", pmtilesOf(ALL, { type: "png", leafEntries: 7 }));
    const server = await startTestServer({ "roads.map": MAP, "roads.baseMap": path });
    for (const [place, bytes] of ALL) {
      const answer = await fetch(`${server.httpUrl}/v1/base-map/${place}`);
      expect(await answer.text()).toBe(bytes.toString());
      expect(answer.headers.get("content-type")).toBe("image/png");
    }
    for (const place of ["5/0/0", "1/2/0", "1/0/2", "1/0", "1/0/0/0", "1/-1/0", "%2e%2e/0/0"])
      expect((await fetch(`${server.httpUrl}/v1/base-map/${place}`)).status).toBe(404);
  });

  it("tells the console of it, keeps tiles compressed and unchanged ones untold", async () => {
    const bytes = pmtilesOf(new Map([["0/0/0", RIVER]]), {
      type: "mvt",
      attribution: '<a href="https://example.org">&copy; Example</a>  maps',
    });
    const path = archive("river.pmtiles", bytes);
    const server = await startTestServer({ "roads.map": MAP, "roads.baseMap": path });
    const { base } = (await (await fetch(`${server.httpUrl}/v1/map`)).json()) as MapView;
    expect(base).toMatchObject({ kind: "vector", minZoom: 0, maxZoom: 0, attribution: "© Example maps" });
    const tile = `${server.httpUrl}/v1/base-map/0/0/0`;
    const first = await fetch(tile);
    expect(first.headers.get("content-encoding")).toBe("gzip");
    expect(new Uint8Array(await first.arrayBuffer())).toEqual(RIVER);
    const plain = await fetch(tile, { headers: { "Accept-Encoding": "identity" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(new Uint8Array(await plain.arrayBuffer())).toEqual(RIVER);
    const again = await fetch(tile, { headers: { "If-None-Match": first.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  });

  it("serves a folder of tiles, with the attribution of the settings", async () => {
    const tiles = join(folder, "tiles");
    mkdirSync(join(tiles, "3/4"), { recursive: true });
    writeFileSync(join(tiles, "3/4/2.png"), pngOf(10, 20, 30));
    const server = await startTestServer({
      "roads.map": MAP,
      "roads.baseMap": tiles,
      "roads.baseMapAttribution": "Stadt Duisburg",
    });
    const { base } = (await (await fetch(`${server.httpUrl}/v1/map`)).json()) as MapView;
    expect(base).toMatchObject({ kind: "raster", minZoom: 3, maxZoom: 3, attribution: "Stadt Duisburg" });
    const answer = await fetch(`${server.httpUrl}/v1/base-map/3/4/2`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pngOf(10, 20, 30));
    expect((await fetch(`${server.httpUrl}/v1/base-map/3/4/3`)).status).toBe(204);
    expect((await fetch(`${server.httpUrl}/v1/base-map/4/0/0`)).status).toBe(404);
  });

  it("says in one sentence at start why a file cannot be used", async () => {
    const good = pmtilesOf(ALL, { type: "png" });
    const cut = archive("cut.pmtiles", good);
    truncateSync(cut, good.length - 1);
    const told = async (path: string): Promise<string> =>
      startTestServer({ "roads.baseMap": path }).then(
        () => "started",
        (error: Error) => error.message,
      );
    expect(await told(join(folder, "none.pmtiles"))).toMatch(
      /none\.pmtiles: this base map does not exist\.$/,
    );
    expect(await told(cut)).toMatch(
      /cut\.pmtiles: it ends before its tiles do; was the download complete\?$/,
    );
    expect(await told(archive("text", Buffer.from("PK not tiles")))).toMatch(
      /no PMTiles archive of version 3/,
    );
    mkdirSync(join(folder, "empty"));
    expect(await told(join(folder, "empty"))).toMatch(/this folder holds no tiles/);
    const noise = Buffer.from(good);
    noise.fill(0xff, 127, 140);
    expect(await told(archive("noise", noise))).toMatch(/noise: this archive is broken: .*\.$/);
  });

  it("answers that tiles cannot be read where the file becomes shorter under it", async () => {
    const path = archive("shrinks.pmtiles", pmtilesOf(ALL, { type: "png" }));
    const server = await startTestServer({ "roads.map": MAP, "roads.baseMap": path });
    truncateSync(path, 200);
    const answer = await fetch(`${server.httpUrl}/v1/base-map/4/15/15`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ error: "base-map-broken" });
    expect((await fetch(`${server.httpUrl}/v1/map`)).status).toBe(200);
  });

  it("asks for tiles as fine as the map has, and enlarges its finest", () => {
    const base = {
      kind: "raster",
      minZoom: 2,
      maxZoom: 5,
      extent: [0, 0, 180, 85],
      attribution: "",
    } as const;
    const tile = (zoom: number, column: number, row: number) => ({
      zoom,
      x: column * 512,
      y: row * 512,
      size: 512,
    });
    const at = partsUnder(tile(4, 5, 1), base).map(({ zoom, column, row, left, size }) => [
      zoom,
      column,
      row,
      left,
      size,
    ]);
    expect(at).toEqual([
      [4, 10, 2, 0, 256],
      [4, 11, 2, 256, 256],
      [4, 10, 3, 0, 256],
      [4, 11, 3, 256, 256],
    ]);
    expect(partsUnder(tile(7, 33, 21), base)).toEqual([
      { zoom: 5, column: 16, row: 10, left: -512, top: -512, size: 1024 },
    ]);
    expect(partsUnder(tile(4, 0, 0), base)).toEqual([]);
    expect(partsUnder(tile(1, 0, 0), base)).toEqual([]);
    expect(partsUnder(tile(5, 10, 4), { ...base, kind: "vector" })).toMatchObject([{ zoom: 4, size: 512 }]);
  });

  it("reads vector tiles, and refuses what are none", () => {
    const [water, ...rest] = readVectorTile(RIVER, isDrawn);
    expect(rest).toEqual([]);
    expect(water).toMatchObject({ name: "water", extent: 4096 });
    expect(water?.features).toEqual([
      {
        shape: "polygon",
        tags: new Map([["kind", "river"]]),
        parts: [Float64Array.from([0, 0, 4096, 0, 4096, 2048, 0, -8])],
      },
    ]);
    for (let end = 1; end < RIVER.length; end += 3)
      try {
        readVectorTile(RIVER.subarray(0, end), isDrawn);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    expect(() => readVectorTile(Buffer.from("this is no tile"), isDrawn)).toThrow(RangeError);
  });
});
