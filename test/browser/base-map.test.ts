import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pmtilesOf, pngOf, type TestLayer, vectorTileOf } from "../support/base-map.ts";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

const seen = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

/** Starting a browser and a server takes most of it on a busy machine. */
const BROWSER_TEST_MS = 60_000;

/** Around Duisburg at zoom 9; ours at closer zooms enlarge it. */
const DUISBURG = "9/265/170";

const LAYERS: readonly TestLayer[] = [
  {
    name: "earth",
    shape: "polygon",
    points: [
      [0, 0],
      [4096, 0],
      [4096, 4096],
      [0, 4096],
    ],
  },
  {
    name: "landuse",
    shape: "polygon",
    tags: { kind: "forest" },
    points: [
      [0, 0],
      [4096, 0],
      [4096, 1500],
      [0, 2600],
    ],
  },
  {
    name: "water",
    shape: "polygon",
    tags: { kind: "river" },
    points: [
      [2000, 0],
      [2500, 0],
      [2600, 4096],
      [2200, 4096],
    ],
  },
  {
    name: "roads",
    shape: "line",
    tags: { kind: "minor_road" },
    points: [
      [0, 2048],
      [4096, 2100],
    ],
  },
  { name: "places", shape: "point", tags: { kind: "locality", name: "Duisburg" }, points: [[2700, 2300]] },
];

/** Colours of the middle of the base map's tiles, as the canvases hold them; transparent where nothing is drawn. */
const paintedTiles = (page: Page): Promise<number> =>
  page.locator(".leaflet-base-pane canvas").evaluateAll(
    (canvases) =>
      canvases.filter((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext("2d");
        return (context?.getImageData(width / 2, height / 2, 1, 1).data[3] ?? 0) > 0;
      }).length,
  );

describeInBrowser("a base map below the roads", () => {
  const browser = useBrowser();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "roadpulse-base-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const type of ["mvt", "png"] as const)
    it(
      `is drawn from an archive of ${type} in both themes, named, and hidden on demand`,
      async () => {
        const tile = type === "mvt" ? vectorTileOf(LAYERS) : pngOf(240, 200, 120);
        const path = join(folder, `${type}.pmtiles`);
        writeFileSync(path, pmtilesOf(new Map([[DUISBURG, tile]]), { type, attribution: "© Example maps" }));
        const { server, stop } = await startShow({ flags: { "roads.baseMap": path } });
        const page = await browser.open(server, { colorScheme: "light", at: "/?map=12/51.44/6.80&legend=1" });
        await seen(() => paintedTiles(page)).toBeGreaterThan(0);
        expect(await page.locator(".map-foot .attribution").innerText()).toBe("© Example maps");
        await browser.shot(page, `base-map-${type}-light`);
        await page.emulateMedia({ colorScheme: "dark" });
        await seen(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
        await seen(() => paintedTiles(page)).toBeGreaterThan(0);
        await browser.shot(page, `base-map-${type}-dark`);
        await page.getByLabel("Grundkarte").uncheck();
        await seen(() => paintedTiles(page)).toBe(0);
        expect(await page.locator(".map-foot .attribution").count()).toBe(0);
        await stop();
      },
      BROWSER_TEST_MS,
    );
});
