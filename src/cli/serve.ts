import type { Command } from "commander";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import { type CliIo, untilAborted } from "./io.ts";
import { startFromConfig } from "./run-server.ts";

interface ServeFlags extends ConfigFlags {
  readonly record?: string;
  readonly data?: string;
}

const EXAMPLES = `
Examples:
  roadpulse serve --port 9090
  roadpulse serve --config server.json --set track.maxStations=1000000
  roadpulse serve --data /var/lib/roadpulse   alerts outlive the server
  roadpulse serve --record today.mcap
  roadpulse serve --clock replay        a server that takes its time from replayed recordings
`;

export function addServeCommand(program: Command, io: CliIo): void {
  addConfigOptions(program.command("serve"))
    .summary("run the server")
    .description("Run the server until Ctrl-C or SIGTERM. Streams finish within listen.drainTimeoutMs.")
    .option("--data <folder>", "keep alerts in this folder (store.directory); in memory only where absent")
    .option("--record <file>", "record all input into this file")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ServeFlags) => {
      const { server, logger } = await startFromConfig(
        configFrom(flags, io, { "record.file": flags.record, "store.directory": flags.data }),
      );
      await untilAborted(io.signal);
      logger.info({}, "stopping");
      await server.stop();
      logger.info({}, "stopped");
    });
}
