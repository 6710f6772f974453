import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import type { Logger } from "../ops/logging.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { startFromConfig } from "./run-server.ts";

interface DemoFlags extends ConfigFlags {
  readonly speed?: string;
}

/** Played where no other recording is named: an incident with a queue behind it. Sources and build lie equally deep. */
const OWN_RECORDING = fileURLToPath(new URL("../../fixtures/recordings/incident-queue.mcap", import.meta.url));

/** A loop shorter than this plays nothing worth watching and would spin. */
const SHORTEST_LOOP_MS = 1_000;

export function addDemoCommand(program: Command, io: CliIo): void {
  addConfigOptions(program.command("demo"))
    .argument("[file.mcap]", "another recording (demo.recording)")
    .summary("run the server with a recording streamed in")
    .description(
      "Run the server and stream a recording into it through real WebSocket clients, again and again, times moved to " +
        "now and stations renamed in each loop, until Ctrl-C. Watch it with roadpulse tail.",
    )
    .option("--speed <n>", "demo.speed, 1 is real time")
    .action(async (file: string | undefined, flags: DemoFlags) => {
      const config = configFrom(flags, io, { "demo.recording": file, "demo.speed": flags.speed });
      const recording = config.demo.recording ?? OWN_RECORDING;
      if (!existsSync(recording)) throw new CommandFailure(`The recording ${recording} does not exist.`);
      if (config.clock === "replay") {
        throw new CommandFailure(
          "The demo plays live.",
          "Leave out --clock replay, or use roadpulse replay --url.",
        );
      }
      const { server, logger } = await startFromConfig(config);
      try {
        await playLoops(server.streamUrl, recording, config.demo.speed, io.signal, logger);
      } finally {
        await server.stop();
      }
    });
}

async function playLoops(
  url: string,
  recording: string,
  speed: number,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  const { playThroughSessions } = await import("../client/replay-client.ts");
  const { readRecording } = await import("../recording/reader.ts");
  const { movedToNow } = await import("./moved-to-now.ts");
  logger.info({ recording, speed }, "streaming the recording in; watch alerts with: npx roadpulse tail");
  for (let loop = 0; !signal.aborted; loop++) {
    const startedAtMs = performance.now();
    const { records } = await playThroughSessions(url, movedToNow(readRecording(recording), speed, loop), {
      speed,
      signal,
      rebase: (frame) => frame,
    });
    if (signal.aborted) return;
    logger.info({ loop, records }, "the recording begins again");
    if (performance.now() - startedAtMs < SHORTEST_LOOP_MS) {
      throw new CommandFailure(`${recording} lasts less than a second.`, "Choose a longer recording.");
    }
  }
}
