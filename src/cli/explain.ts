import { type Command, Option } from "commander";
import type { ExplainFlags } from "./explain-run.ts";
import type { CliIo } from "./io.ts";
import { DEFAULT_STREAM_URL } from "./stream-address.ts";

const EXAMPLES = `
Examples:
  roadpulse explain 841txwph3xwkf --recording drive.mcap
  roadpulse explain 841t --recording drive.mcap --map roads.geojson
  roadpulse explain 841txwph3xwkf                 from the server at ${DEFAULT_STREAM_URL}
`;

/** Options that say where alerts are looked up: all commands about one alert have them. */
export function addHistoryOptions(command: Command): Command {
  return command
    .addOption(new Option("--recording <file.mcap>", "run this recording again").conflicts("url"))
    .addOption(new Option("--map <file.geojson>", "the roads, with --recording").conflicts("url"))
    .addOption(new Option("--settings <file.json>", "settings of the detectors, as detection.settings"))
    .addOption(new Option("--url <url>", `ask the server at this address (default: ${DEFAULT_STREAM_URL})`));
}

export function addExplainCommand(program: Command, io: CliIo): void {
  addHistoryOptions(program.command("explain"))
    .argument("<alertId>", "an alert; the beginning of its id is enough")
    .summary("why an alert was given, revision by revision")
    .description(
      "Tell the life of an alert: rule, numbers beside thresholds, evidence, place, what changed and when.",
    )
    .option("--parameters", "list every setting of the detector, not only those that decided")
    .option("--json", "print it as one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (alertId: string, flags: ExplainFlags) => {
      const { runExplain } = await import("./explain-run.ts");
      await runExplain(alertId, flags, io);
    });
}
