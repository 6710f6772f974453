import type { Command } from "commander";
import { addHistoryOptions } from "./explain.ts";
import type { CliIo } from "./io.ts";
import { addSubscriptionOptions } from "./subscription-options.ts";
import type { WhyNotFlags } from "./why-not-run.ts";

const EXAMPLES = `
Examples:
  roadpulse why-not 841txwph3xwkf --recording drive.mcap --circle 51.43,6.76,2000 --confirmed
  roadpulse why-not 841txwph3xwkf --recording drive.mcap --ahead 1001,2000
  roadpulse why-not subscription.json 841txwph3xwkf --url ws://127.0.0.1:8080/v1/stream
A subscription file is a JSON object with the names of these options, e.g.
  { "circle": "51.43,6.76,2000", "kind": ["congestion"], "minSeverity": 3, "confirmed": true }
`;

export function addWhyNotCommand(program: Command, io: CliIo): void {
  const command = addHistoryOptions(program.command("why-not"))
    .argument(
      "<subscription-and-alert...>",
      "a subscription file, unless options say it, and the id of an alert",
    )
    .usage("[subscription.json] <alertId> [options]")
    .summary("why a subscriber was or was not told of an alert")
    .description("Hold every revision of an alert against every condition of a subscription.");
  addSubscriptionOptions(command)
    .option("--ahead <station,m>", "only alerts ahead of this station, up to this distance")
    .option("--since <time>", "the subscriber came then: 90s, 5m, or an ISO 8601 time")
    .option("--resume <epoch:sequence>", "the subscriber came back with this cursor (live server)")
    .option("--json", "print the verdicts as one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (args: readonly string[], flags: WhyNotFlags) => {
      const { runWhyNot } = await import("./why-not-run.ts");
      await runWhyNot(args, flags, io);
    });
}
