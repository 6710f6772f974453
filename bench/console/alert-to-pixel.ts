import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import type { AlarmView, AlertView } from "../../src/api/contract/alarms.ts";
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

/** Notes when a frame has shown a row of the list for the first time: the beginning of the next one. */
function watchRows(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const shown = new Map<string, number>();
    Object.assign(globalThis, { shown });
    const look = (): void => {
      for (const { dataset } of document.querySelectorAll<HTMLElement>(".alarm-row[data-row]")) {
        const { row } = dataset;
        if (row === undefined || shown.has(row)) continue;
        shown.set(row, Number.NaN);
        requestAnimationFrame(() => shown.set(row, performance.timeOrigin + performance.now()));
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
  const shown = await page.evaluate(() => [
    ...(globalThis as unknown as { shown: Map<string, number> }).shown,
  ]);
  const places = await placesOfAlarms(server);
  return sent.flatMap((sentAtMs, i) => {
    const { latitude_e7, longitude_e7 } = notice(i).hazard.position;
    const alarmId = places.get(`${latitude_e7} ${longitude_e7}`);
    const atMs = shown.find(([row]) => row === alarmId)?.[1];
    return atMs === undefined ? [] : [atMs - sentAtMs];
  });
}

/** Alarms by the place of their alert: traffic has alarms of its own. */
async function placesOfAlarms(server: RunningServer): Promise<ReadonlyMap<string, string>> {
  const [{ alarms }, { alerts }] = await Promise.all([
    ask<{ readonly alarms: readonly AlarmView[] }>(server, "/v1/alarms?limit=1000"),
    ask<{ readonly alerts: readonly AlertView[] }>(server, "/v1/alerts?limit=1000"),
  ]);
  const placeOf = new Map(
    alerts.map(({ alertId, latitudeDeg, longitudeDeg }) => [
      alertId,
      `${Math.round(latitudeDeg * E7)} ${Math.round(longitudeDeg * E7)}`,
    ]),
  );
  return new Map(alarms.map(({ alarmId, alertId }) => [placeOf.get(alertId) ?? "", alarmId]));
}

async function ask<T>(server: RunningServer, path: string): Promise<T> {
  const answer = await fetch(`${server.httpUrl}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
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
