import { type Command, Option } from "commander";
import type { AlertStreamMessage } from "../client/alert-stream.ts";
import type { Subscription } from "../domain/subscription.ts";
import { alertPrinter } from "./alert-sink.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { addUrlOption, streamAddress } from "./stream-address.ts";
import { asSentence } from "./style.ts";
import {
  addSubscriptionOptions,
  areaFrom,
  cursorFrom,
  filterFrom,
  type SubscriptionFlags,
  wholeNumber,
} from "./subscription-options.ts";

interface TailFlags extends SubscriptionFlags {
  readonly url: string;
  readonly json?: boolean;
  readonly resume?: string;
  readonly count?: string;
  readonly snapshot: boolean;
  readonly wait?: boolean;
}

const EXAMPLES = `
Examples:
  roadpulse tail
  roadpulse tail --json --confirmed --min-severity 4 | jq .why.text
  roadpulse tail --circle 51.43,6.76,2000 --kind congestion queue-end
  roadpulse tail --json --count 1
  roadpulse tail --resume 1760000000000:42   go on where an earlier tail ended
`;

export function addTailCommand(program: Command, io: CliIo): void {
  const command = addUrlOption(program.command("tail"))
    .summary("follow alerts in the terminal")
    .description(
      "Follow alerts: first those that are live, then every transition. Reconnects and resumes by itself.",
    )
    .option("--json", "one JSON object per line, as in alert files");
  addSubscriptionOptions(command)
    .option("--resume <epoch:sequence>", "go on after this transition instead of beginning with what is live")
    .option("-n, --count <n>", "end after so many lines")
    .option("--no-snapshot", "leave out what was live already")
    .addOption(new Option("--wait", "keep trying until the server is there"))
    .addHelpText("after", EXAMPLES)
    .action((flags: TailFlags) => runTail(flags, io));
}

async function runTail(flags: TailFlags, io: CliIo): Promise<void> {
  const url = streamAddress(flags.url);
  const subscription = subscriptionFrom(flags);
  const print = printer(flags, io);
  const { subscribeAlerts } = await import("../client/alert-stream.ts");
  let wasConnected = flags.wait === true;
  let failure: string | undefined;
  const stream = subscribeAlerts(
    url,
    subscription,
    (message) => {
      wasConnected = true;
      tellState(message, io, flags);
      if (!print(message)) stream.close();
    },
    {
      signal: io.signal,
      onInterruption({ reason, retryInMs }) {
        const seconds = (retryInMs / 1_000).toFixed(1);
        if (wasConnected) io.stderr.write(`${asSentence(reason)} Trying again in ${seconds} s.\n`);
        else {
          failure = asSentence(reason);
          stream.close();
        }
      },
    },
  );
  await stream.ended;
  if (failure !== undefined) {
    throw new CommandFailure(failure, "roadpulse doctor finds the broken hop; --wait waits for the server.");
  }
  const { cursor } = stream;
  if (cursor !== undefined) io.stderr.write(`Go on from here: --resume ${cursor.epoch}:${cursor.sequence}\n`);
}

/** Prints the alerts of a message; answers false once there have been enough. */
function printer(flags: TailFlags, io: CliIo): (message: AlertStreamMessage) => boolean {
  const most =
    flags.count === undefined ? Number.POSITIVE_INFINITY : wholeNumber("--count", flags.count, 1, 1e9);
  const sink = alertPrinter(io, flags.json === true);
  let lines = 0;
  return (message) => {
    if (message.kind !== "alerts" || (message.snapshot && !flags.snapshot)) return true;
    for (const { alert, latency } of message.deliveries) {
      if (lines++ < most) sink.write(alert, latency);
    }
    return lines < most;
  };
}

function subscriptionFrom(flags: TailFlags): Subscription {
  return {
    subscriptionId: "tail",
    area: areaFrom(flags),
    filter: filterFrom(flags),
    positionsIntervalMs: undefined,
    resume: flags.resume === undefined ? undefined : cursorFrom(flags.resume),
  };
}

/** What is worth knowing besides the alerts; on stderr, so that stdout stays data. */
function tellState(message: AlertStreamMessage, io: CliIo, flags: TailFlags): void {
  if (message.kind === "gap") {
    io.stderr.write(`Transitions are missing (${message.reason}); what is live now follows.\n`);
  } else if (message.kind === "flow-control" && message.action === "queueing") {
    io.stderr.write(`This reader is slow: ${message.queuedBytes} bytes wait at the server.\n`);
  } else if (message.kind === "subscribed" && flags.json !== true) {
    const begin = message.resumed ? "resumed" : `alerts live: ${message.snapshotAlerts}`;
    io.stderr.write(`Watching; ${begin}.\n`);
  }
}
