import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import type { Config } from "../config/schema.ts";
import type { Logger } from "../ops/logging.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { firstReceivedAtMs, openingFailure } from "./recording-file.ts";
import { startFromConfig } from "./run-server.ts";

interface DemoFlags extends ConfigFlags {
  readonly speed?: string;
}

/**
 * Played where no other recording is named: an incident with a queue behind it. It begins a minute in, half a minute
 * before the first alert, for nobody wants to wait. Sources and build lie equally deep.
 */
const OWN_RECORDING = {
  path: fileURLToPath(new URL("../../fixtures/recordings/incident-queue.mcap", import.meta.url)),
  skipMs: 60_000,
} as const;

/** The roads of that recording. */
const OWN_MAP = fileURLToPath(new URL("../../fixtures/maps/duisburg.geojson", import.meta.url));

/** The ports beside them. */
const OWN_ZONES = fileURLToPath(new URL("../../fixtures/maps/duisburg-zones.geojson", import.meta.url));

/** A loop shorter than this plays nothing worth watching and would spin. */
const SHORTEST_LOOP_MS = 1_000;

export function addDemoCommand(program: Command, io: CliIo): void {
  addConfigOptions(program.command("demo"))
    .argument("[file.mcap]", "another recording (demo.recording)")
    .summary("run the server with a recording streamed in")
    .description(
      "Run the server and stream a recording into it through real WebSocket clients, again and again, times moved to " +
        "now and stations renamed in each loop, until Ctrl-C. Watch it in the console, whose address is printed, or " +
        "with roadpulse tail. Without store.directory, alerts and incidents are kept for as long as it runs.",
    )
    .option("--speed <n>", "demo.speed, 1 is real time")
    .action(async (file: string | undefined, flags: DemoFlags) => {
      const config = configFrom(flags, io, { "demo.recording": file, "demo.speed": flags.speed });
      const show = await openShow(config.demo);
      if (config.clock === "replay") {
        throw new CommandFailure(
          "The demo plays live.",
          "Leave out --clock replay, or use roadpulse replay --url.",
        );
      }
      await withPassingStore(withOwnMap(config), (kept) => run(kept, show, io.signal));
    });
}

async function run(config: Config, show: Show, signal: AbortSignal): Promise<void> {
  const { server, logger } = await startFromConfig(config);
  try {
    await playLoops(server.streamUrl, show, signal, logger);
  } finally {
    await server.stop();
  }
}

/** Without a folder of the user's, what the console keeps (history, incidents) lives as long as the demo. */
async function withPassingStore(config: Config, use: (config: Config) => Promise<void>): Promise<void> {
  if (config.store.directory !== undefined) return use(config);
  const directory = mkdtempSync(join(tmpdir(), "roadpulse-demo-"));
  try {
    await use({ ...config, store: { ...config.store, directory, keepState: false } });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Without another map, a recording of ours is shown on the map of ours. */
function withOwnMap(config: Config): Config {
  if (config.demo.recording !== undefined || config.roads.map !== undefined) return config;
  return { ...config, roads: { zones: OWN_ZONES, ...config.roads, map: OWN_MAP } };
}

interface Show {
  readonly path: string;
  /** Receive time at which each loop begins, Unix ms. */
  readonly fromMs: number;
  readonly speed: number;
}

async function openShow({ recording, speed }: Config["demo"]): Promise<Show> {
  const { path, skipMs } = recording === undefined ? OWN_RECORDING : { path: recording, skipMs: 0 };
  const { readRecording } = await import("../recording/reader.ts");
  const startMs = await firstReceivedAtMs(readRecording(path)).catch((error: unknown) => {
    throw openingFailure(path, error);
  });
  if (startMs === undefined) throw new CommandFailure(`${path} holds no records.`);
  return { path, fromMs: startMs + skipMs, speed };
}

async function playLoops(url: string, show: Show, signal: AbortSignal, logger: Logger): Promise<void> {
  const { playThroughSessions } = await import("../client/replay-client.ts");
  const { readRecording } = await import("../recording/reader.ts");
  const { movedToNow } = await import("./moved-to-now.ts");
  const { path, fromMs, speed } = show;
  logger.info(
    { recording: path, speed },
    "streaming the recording in; watch alerts with: npx roadpulse tail",
  );
  for (let loop = 0; !signal.aborted; loop++) {
    const startedAtMs = performance.now();
    const records = movedToNow(readRecording(path, { fromMs }), speed, loop);
    const played = await playThroughSessions(url, records, { speed, signal, rebase: (frame) => frame });
    if (signal.aborted) return;
    logger.info({ loop, records: played.records }, "the recording begins again");
    if (performance.now() - startedAtMs < SHORTEST_LOOP_MS) {
      throw new CommandFailure(`${path} lasts less than a second.`, "Choose a longer recording.");
    }
  }
}
