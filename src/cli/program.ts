import { Command, CommanderError } from "commander";
import { ClientError } from "../client/client-error.ts";
import { setDefaultCredentials } from "../client/credentials.ts";
import { version } from "../version.ts";
import { addAccountCommand } from "./account.ts";
import { addAnonymizeCommand } from "./anonymize.ts";
import { addCertCommand } from "./cert.ts";
import { addCompareCommand } from "./compare.ts";
import { addConfigCommand } from "./config.ts";
import { addDemoCommand } from "./demo.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { addExplainCommand } from "./explain.ts";
import { addHistoryCommand } from "./history.ts";
import { addImportCommand } from "./import.ts";
import { addInspectCommand } from "./inspect.ts";
import { type CliIo, CommandFailure, exitCode } from "./io.ts";
import { addMapCommand } from "./map.ts";
import { addPlotCommand } from "./plot.ts";
import { addRecordCommand } from "./record.ts";
import { addReplayCommand } from "./replay.ts";
import { addServeCommand } from "./serve.ts";
import { addStoreCommand } from "./store.ts";
import { asSentence } from "./style.ts";
import { addTailCommand } from "./tail.ts";
import { addTokenCommand } from "./token.ts";
import { addTruthCommand } from "./truth.ts";
import { addWebhookCommand } from "./webhook.ts";
import { addWhyNotCommand } from "./why-not.ts";

/** Token that commands show to servers. */
const TOKEN_VARIABLE = "ROADPULSE_TOKEN";

const EXAMPLES = `
Examples:
  roadpulse demo                         a server with a recording played into it
  roadpulse tail                         live alerts in the terminal
  roadpulse tail --json --confirmed      one JSON object per line
  roadpulse serve --config server.json   a server for real producers
  roadpulse replay drive.mcap --alerts alerts.ndjson
  roadpulse doctor                       find the broken hop
`;

/** The command line. Its commands throw `CommandFailure` for what the user should read. */
export function createProgram(io: CliIo): Command {
  const program = new Command("roadpulse")
    .description(
      "Real-time V2X event stream processor: messages of vehicles in, hazard and congestion alerts out.",
    )
    .version(version, "-V, --version")
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
    })
    .addHelpText("after", EXAMPLES);
  addServeCommand(program, io);
  addDemoCommand(program, io);
  addTailCommand(program, io);
  addHistoryCommand(program, io);
  addStoreCommand(program, io);
  addRecordCommand(program, io);
  addReplayCommand(program, io);
  addImportCommand(program, io);
  addInspectCommand(program, io);
  addAnonymizeCommand(program, io);
  addMapCommand(program, io);
  addExplainCommand(program, io);
  addWhyNotCommand(program, io);
  addEvaluateCommand(program, io);
  addCompareCommand(program, io);
  addTruthCommand(program, io);
  addPlotCommand(program, io);
  addDoctorCommand(program, io);
  addConfigCommand(program, io);
  addAccountCommand(program, io);
  addTokenCommand(program, io);
  addCertCommand(program, io);
  addWebhookCommand(program, io);
  return program;
}

/** Runs one command line (without node and script) and answers the exit code. Bugs are thrown. */
export async function run(args: readonly string[], io: CliIo): Promise<number> {
  const token = io.env[TOKEN_VARIABLE];
  if (token !== undefined && token !== "") setDefaultCredentials({ token });
  try {
    await createProgram(io).parseAsync([...args], { from: "user" });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return explainUsage(error, args, io);
    if (error instanceof CommandFailure) return explain(error.message, error.hint, error.exitCode, io);
    if (error instanceof ClientError)
      return explain(asSentence(error.message), undefined, exitCode.failed, io);
    throw error;
  }
}

function explain(message: string, hint: string | undefined, code: number, io: CliIo): number {
  io.stderr.write(hint === undefined ? `${message}\n` : `${message} ${hint}\n`);
  return code;
}

/** Called without a command, help is the answer, and the wrong call all the same. */
const HELP_SHOWN: ReadonlySet<string> = new Set(["commander.helpDisplayed", "commander.version"]);

/** One sentence and a hint, e.g. `Unknown option '--prot'. Did you mean --port? See roadpulse serve --help.` */
function explainUsage(error: CommanderError, args: readonly string[], io: CliIo): number {
  if (HELP_SHOWN.has(error.code)) return exitCode.ok;
  if (error.code === "commander.help") return exitCode.usage;
  const [problem = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const command = args[0] === undefined || args[0].startsWith("-") ? "" : ` ${args[0]}`;
  const known = error.code === "commander.unknownCommand" ? "" : command;
  const meant = suggestion === undefined ? "" : ` ${suggestion.replace(/^\((.*)\)$/, "$1")}`;
  io.stderr.write(`${asSentence(problem)}${meant} See roadpulse${known} --help.\n`);
  return exitCode.usage;
}
