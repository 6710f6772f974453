import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { Producer } from "../../test/support/stream-client.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { quantile } from "../support/statistics.ts";
import { GridTraffic } from "./traffic.ts";

/**
 * From the socket of a hazard notice to a frame of Chromium that shows it in the list, with vehicles that report once a second
 * where asked for (`--vehicles`). Sender, server and page stand on one machine and read one clock.
 */
const { values } = parseArgs({
  options: { alerts: { type: "string", default: "40" }, vehicles: { type: "string", default: "0" } },
});
const vehicles = Number(values.vehicles);

const E7 = 1e7;
const PAUSE_MS = 400;

/** A driver on the wrong side of the road: an alarm at once. */
const WRONG_WAY = 14;

const wallMs = (): number => performance.timeOrigin + performance.now();

async function main(): Promise<void> {
  process.stdout.write(`${machineLine(describeMachine())}\n`);
  const latencies = (await measure(Number(values.alerts))).sort((a, b) => a - b);
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => Math.round(quantile(latencies, share)));
  const seen = `${latencies.length} of ${values.alerts} alerts beside ${vehicles} vehicles`;
  process.stdout.write(`${seen}, p50 ${p50} ms, p95 ${p95} ms, max ${most} ms\n`);
}

async function measure(alerts: number): Promise<number[]> {
  const server = await startServer(serverConfig(), { logger: silentLogger });
  const traffic = vehicles > 0 ? await GridTraffic.start(server.streamUrl, vehicles) : undefined;
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await watchRows(page);
    await page.goto(`${server.httpUrl}/?map=14/51.43100/6.76000`);
    await pause(5_000);
    return await sendAll(server, page, alerts);
  } finally {
    await browser.close();
    await traffic?.stop();
    await server.stop();
  }
}

function serverConfig() {
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "off",
      "roads.map": "fixtures/maps/duisburg.geojson",
      "limits.maxItemsPerSecondPerSource": Math.max(1_000, 2 * vehicles),
      "limits.burstItemsPerSource": Math.max(2_000, 4 * vehicles),
      "limits.shedWhenOverloaded": false,
    },
  });
  if (isConfigProblems(config)) throw new Error(config.map(({ message }) => message).join(" "));
  return config;
}

/** Notes when a frame has shown more rows of the list than before. */
function watchRows(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const shown: number[] = [];
    Object.assign(globalThis, { shown });
    const count = (): number => document.querySelectorAll(".alarm-what").length;
    let before = 0;
    const look = (): void => {
      const rows = count();
      if (rows > before) {
        const atMs = performance.timeOrigin + performance.now();
        for (; before < rows; before++) shown.push(atMs);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function sendAll(server: RunningServer, page: Page, alerts: number): Promise<number[]> {
  const producer = await Producer.open(server.streamUrl, "alerting-gateway");
  const sent: number[] = [];
  for (let i = 0; i < alerts; i++) {
    sent.push(wallMs());
    await producer.sendItems(notice(i));
    await pause(PAUSE_MS);
  }
  await pause(1_000);
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown);
  // Traffic has alerts of its own, most of them before the first notice.
  const after = shown.filter((atMs) => atMs >= (sent[0] ?? 0));
  return after.map((atMs, i) => atMs - (sent[i] ?? Number.NaN)).filter((ms) => !Number.isNaN(ms));
}

/** Two kilometres apart, so that each is an alarm of its own. */
function notice(i: number) {
  return {
    station_id: 900 + i,
    hazard: {
      event: { originating_station_id: 900 + i, sequence_number: 1 },
      position: {
        latitude_e7: Math.round((51.2 + Math.floor(i / 10) * 0.02) * E7),
        longitude_e7: Math.round((6.4 + (i % 10) * 0.03) * E7),
      },
      cause_code: WRONG_WAY,
      sub_cause_code: 1,
      information_quality: 6,
      event_heading_ddeg: 900,
      validity_s: 600,
    },
  };
}

await main();
