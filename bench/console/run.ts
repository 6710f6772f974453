import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { startServer } from "../../src/server/server.ts";
import { describeMachine } from "../support/machine.ts";
import { writeResult } from "../support/result-file.ts";
import { quantile } from "../support/statistics.ts";
import { markdownTable } from "../support/table.ts";
import { firstPicture, installProbe, type Probed, probe } from "./probe.ts";
import { GridTraffic } from "./traffic.ts";

/** The console under 20,000 vehicles at 1 Hz, without a GPU: frames while the map is dragged, cost of an update. */
const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    out: { type: "string" },
    vehicles: { type: "string" },
  },
});
const vehicles = Number(values.vehicles ?? (values.smoke ? 1_000 : 20_000));
const seconds = values.smoke ? 2 : 8;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--enable-precise-memory-info",
];
const CENTRE = "51.43100/6.76000";

async function main(): Promise<void> {
  const machine = describeMachine();
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "off",
      "roads.map": "fixtures/maps/duisburg.geojson",
      "limits.maxItemsPerSecondPerSource": 2 * vehicles,
      "limits.burstItemsPerSource": 4 * vehicles,
      "limits.shedWhenOverloaded": false,
    },
  });
  if (isConfigProblems(config)) throw new Error(config.map(({ message }) => message).join(" "));
  const server = await startServer(config, { logger: silentLogger });
  const traffic = await GridTraffic.start(server.streamUrl, vehicles);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await installProbe(page);
    await page.goto(`${server.httpUrl}/?map=14/${CENTRE}`);
    await page.waitForTimeout(4_000);
    const first = await firstPicture(page);
    const rows = [
      ["standing, arrows (zoom 14)", await probe(page, () => page.waitForTimeout(seconds * 1_000))],
      ["dragging, arrows (zoom 14)", await probe(page, () => drag(page, seconds))],
    ] as [string, Probed][];
    await page.keyboard.press("-");
    await page.waitForTimeout(1_500);
    rows.push(["dragging, dots (zoom 13)", await probe(page, () => drag(page, seconds))]);
    report(machine, first, rows);
  } finally {
    await browser.close();
    await traffic.stop();
    await server.stop();
  }
}

/** As a hand does it: down, some hundred small steps to and fro, up. */
async function drag(page: Page, forS: number): Promise<void> {
  const endsAt = Date.now() + forS * 1_000;
  await page.mouse.move(800, 420);
  await page.mouse.down();
  for (let step = 0; Date.now() < endsAt; step++) {
    const angle = step / 20;
    await page.mouse.move(800 + 180 * Math.sin(angle), 420 + 110 * Math.sin(angle * 0.7));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}

function report(
  machine: ReturnType<typeof describeMachine>,
  first: { readonly roadsMs?: number; readonly vehiclesMs?: number },
  rows: readonly (readonly [string, Probed])[],
): void {
  const table = markdownTable(
    ["what", "vehicles", "frames/s", "frame p95, ms", "update p50, ms", "update p95, ms", "heap, MB"],
    rows.map(([what, probed]) => [what, probed.vehicles, ...figuresOf(probed)]),
  );
  const text = [
    "# The console under load",
    "",
    `${vehicles} vehicles at 1 Hz from a real server on the same machine; Chromium without a GPU, 1280 × 800, real mouse moves.`,
    "An update is reading the frames of all tiles and drawing all vehicles once.",
    "",
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, commit ${machine.commit}, load average before ${machine.loadAverage}.`,
    "",
    `First roads after ${Math.round(first.roadsMs ?? Number.NaN)} ms, first vehicles after ${Math.round(first.vehiclesMs ?? Number.NaN)} ms.`,
    "",
    table,
    "",
  ].join("\n");
  console.log(text);
  writeResult(values.out, text);
}

function figuresOf({ frameMs, drawMs, readMs, heapMb }: Probed): number[] {
  const total = frameMs.reduce((sum, ms) => sum + ms, 0);
  const updates = drawMs.map((ms, i) => ms + (readMs[i] ?? 0));
  return [
    Math.round((frameMs.length / total) * 10_000) / 10,
    quantile(frameMs, 0.95),
    quantile(updates, 0.5),
    quantile(updates, 0.95),
    Math.round(heapMb),
  ];
}

await main();
