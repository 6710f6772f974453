import type { Command } from "commander";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import { type CliIo, untilAborted } from "./io.ts";
import { startFromConfig } from "./run-server.ts";

interface RecordFlags extends ConfigFlags {
  readonly out: string;
}

export function addRecordCommand(program: Command, io: CliIo): void {
  addConfigOptions(program.command("record"))
    .summary("run the server and record all its input")
    .description(
      "Run the server and record every message of its producers, as received and in the order in which they were " +
        "processed, until Ctrl-C. The recording replays to the same alerts.",
    )
    .requiredOption("-o, --out <file.mcap>", "the recording, a new file")
    .addHelpText("after", "\nExample:\n  roadpulse record --out today.mcap --port 9090\n")
    .action(async (flags: RecordFlags) => {
      const config = configFrom(flags, io, { "record.file": flags.out });
      const { server, logger } = await startFromConfig(config);
      logger.info({ file: flags.out }, "recording; Ctrl-C ends it");
      await untilAborted(io.signal);
      await server.stop();
      const { describeRecording } = await import("./inspect.ts");
      io.stderr.write(await describeRecording(flags.out));
    });
}
