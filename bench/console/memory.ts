import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type CDPSession, chromium } from "playwright-core";
import { playOnRecordedClock } from "../../src/client/replay-client.ts";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RecordedRecord, readRecording } from "../../src/recording/reader.ts";
import { rebaseFrame } from "../../src/recording/rebase.ts";
import { startServer } from "../../src/server/server.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { median } from "../support/statistics.ts";

/**
 * Whether the console's memory stays flat: it shows a recording that is replayed again and again, vehicles renamed in each
 * round, while live objects of its heap, elements and listeners are counted behind a full collection.
 */
const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, speed: { type: "string", default: "8" } },
});
const RECORDING = "fixtures/recordings/incident-queue.mcap";
const SAMPLE_MS = 15_000;
/** Silence between two rounds of the recording, ms of the recording. */
const BREAK_MS = 1_000;

interface Sample {
  readonly minute: number;
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function main(): Promise<void> {
  process.stdout.write(`${machineLine(describeMachine())}\n`);
  const server = await startServer(serverConfig(), { logger: silentLogger });
  const stop = new AbortController();
  const { signal } = stop;
  const played = playOnRecordedClock(server.streamUrl, rounds(signal), {
    signal,
    speed: Number(values.speed),
  });
  played.catch(() => undefined);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${server.httpUrl}/`);
    report(await samples(await page.context().newCDPSession(page)));
  } finally {
    stop.abort();
    await browser.close();
    await server.stop();
  }
}

function serverConfig() {
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "off",
      clock: "replay",
      "roads.map": "fixtures/maps/duisburg.geojson",
    },
  });
  if (isConfigProblems(config)) throw new Error(config.map(({ message }) => message).join(" "));
  return config;
}

/** The recording again and again, each round behind the one before. */
async function* rounds(signal: AbortSignal): AsyncGenerator<readonly RecordedRecord[]> {
  let shiftMs = 0;
  for (let loop = 0; !signal.aborted; loop++) {
    let fromMs: number | undefined;
    let toMs = 0;
    for await (const batch of readRecording(RECORDING)) {
      if (signal.aborted) return;
      fromMs ??= batch[0]?.receivedAtMs;
      toMs = batch.at(-1)?.receivedAtMs ?? toMs;
      yield batch.map((record) => moved(record, shiftMs, loop));
    }
    shiftMs += toMs - (fromMs ?? toMs) + BREAK_MS;
  }
}

function moved(record: RecordedRecord, shiftMs: number, loop: number): RecordedRecord {
  const receivedAtMs = record.receivedAtMs + shiftMs;
  if (record.kind !== "message") return { ...record, receivedAtMs };
  return { ...record, receivedAtMs, bytes: rebaseFrame(record.bytes, { shiftMs, loop }) };
}

async function samples(devTools: CDPSession): Promise<Sample[]> {
  await devTools.send("HeapProfiler.enable");
  const found: Sample[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < Number(values.minutes) * 60_000) {
    await pause(SAMPLE_MS);
    await devTools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devTools.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await devTools.send("Memory.getDOMCounters");
    const sample = {
      minute: (performance.now() - startedAt) / 60_000,
      heapMb: usedSize / 2 ** 20,
      nodes,
      listeners: jsEventListeners,
    };
    found.push(sample);
    process.stdout.write(`${JSON.stringify(sample)}\n`);
  }
  return found;
}

function report(all: readonly Sample[]): void {
  const third = Math.ceil(all.length / 3);
  for (const key of ["heapMb", "nodes", "listeners"] as const) {
    const [first, last] = [all.slice(0, third), all.slice(-third)].map((part) =>
      median(part.map((sample) => sample[key])),
    );
    process.stdout.write(`${key}: median of the first third ${first}, of the last ${last}\n`);
  }
}

await main();
