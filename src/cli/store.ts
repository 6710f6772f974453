import type { Command } from "commander";
import type { LogReport } from "../store/log-maintenance.ts";
import { alertFile } from "./alert-sink.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { addDataOption, alertsFolder, type StoreFlags, tellingStoreErrors } from "./store-folder.ts";

const EXAMPLES = `
Examples:
  roadpulse store check --data /var/lib/roadpulse
  roadpulse store backup --data /var/lib/roadpulse --out /backup/2026-11-23
  roadpulse store restore --data /var/lib/roadpulse --from /backup/2026-11-23
  roadpulse store export --data /var/lib/roadpulse --out alerts.ndjson
`;

interface CheckFlags extends StoreFlags {
  readonly json?: boolean;
}

interface OutFlags extends StoreFlags {
  readonly out: string;
}

interface FromFlags extends StoreFlags {
  readonly from: string;
}

/** Looking after the alert log of a server. Check, export and backup may run beside it; the others need it to be stopped. */
export function addStoreCommand(program: Command, io: CliIo): void {
  const store = program
    .command("store")
    .summary("check, back up and mend the alert log")
    .description("Look after the alert log of a server.")
    .addHelpText("after", EXAMPLES);
  addDataOption(store.command("check"))
    .description("Read every byte of the log and say what is wrong with it. Exit code 1 where something is.")
    .option("--json", "one JSON object")
    .action((flags: CheckFlags) => check(flags, io));
  addDataOption(store.command("export"))
    .description("Write all transitions into an alert file, one JSON object per line.")
    .requiredOption("--out <file.ndjson>", "the file; what was there before is replaced")
    .action((flags: OutFlags) => exportLog(flags, io));
  addDataOption(store.command("backup"))
    .description("Copy the log into an empty folder.")
    .requiredOption("--out <folder>", "the folder of the copy")
    .action((flags: OutFlags) => backup(flags, io));
  addDataOption(store.command("restore"))
    .description("Put a backup in the place of a log that is gone. Subscribers are told of a gap.")
    .requiredOption("--from <folder>", "the folder of the backup")
    .action((flags: FromFlags) => restore(flags, io));
  for (const [name, description] of REWRITES) {
    addDataOption(store.command(name))
      .description(description)
      .action((flags: StoreFlags) => rewrite(name, flags, io));
  }
}

const REWRITES = [
  ["compact", "Write the log anew: damage is left out, small files are joined."],
  [
    "migrate",
    "Write records of older versions anew in the present one. Without it they are read as they are.",
  ],
] as const;

async function check(flags: CheckFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const { checkLog } = await import("../store/log-maintenance.ts");
  const report = await tellingStoreErrors(() => checkLog(folder));
  io.stdout.write(flags.json === true ? `${JSON.stringify(report)}\n` : reportText(report));
  if (report.damage.length + report.contradictions.length > 0)
    throw new CommandFailure("The log is damaged.", MEND_HINT);
}

const MEND_HINT = "A server reads past it; roadpulse store compact leaves it out.";

function reportText(report: LogReport): string {
  const { transitions, oldest, newest, segments, bytes, liveAlerts, oldRecords } = report;
  const lines = [
    `${transitions} transitions, ${oldest} to ${newest}, in ${segments} files of ${bytes} bytes; ${liveAlerts} alerts live`,
    ...report.damage.map(({ path, offset, bytes: size }) => `damaged: ${size} bytes at ${offset} of ${path}`),
    ...report.holes.map(({ from, to }) => `left out: ${from} to ${to}`),
    ...report.contradictions.map((text) => `contradiction: ${text}`),
    ...(oldRecords > 0
      ? [`${oldRecords} transitions in an older version; roadpulse store migrate writes them anew`]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

async function exportLog(flags: OutFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const { readLog } = await import("../store/log-maintenance.ts");
  await tellingStoreErrors(() => {
    const transitions = readLog(folder);
    // Nothing is replaced where there is nothing to write.
    const first = transitions.next();
    const sink = alertFile(flags.out);
    let written = 0;
    for (let next = first; next.done !== true && !io.signal.aborted; next = transitions.next(), written++) {
      sink.write(next.value.alert);
    }
    sink.close();
    io.stderr.write(`${written} transitions written to ${flags.out}.\n`);
  });
}

async function backup(flags: OutFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const { checkLog, copyLog } = await import("../store/log-maintenance.ts");
  await tellingStoreErrors(() => {
    const files = copyLog(folder, flags.out);
    const { transitions, newest, damage } = checkLog(flags.out);
    io.stderr.write(
      `${transitions} transitions up to ${newest} in ${files.length} files copied to ${flags.out}.\n`,
    );
    if (damage.length > 0)
      throw new CommandFailure("The copy holds damage.", "roadpulse store check names it.");
  });
}

async function restore(flags: FromFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const { checkLog, copyLog } = await import("../store/log-maintenance.ts");
  await tellingStoreErrors(() => {
    copyLog(flags.from, folder);
    const { transitions, newest } = checkLog(folder);
    io.stderr.write(
      `${transitions} transitions up to ${newest} restored. The server will begin a new epoch.\n`,
    );
  });
}

async function rewrite(name: string, flags: StoreFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const { checkLog, rewriteLog } = await import("../store/log-maintenance.ts");
  await tellingStoreErrors(() => {
    const before = checkLog(folder);
    if (name === "migrate" && before.oldRecords === 0) {
      io.stderr.write("All transitions are in the present version already.\n");
      return;
    }
    const transitions = rewriteLog(folder, Date.now);
    const { bytes } = checkLog(folder);
    io.stderr.write(`${transitions} transitions written anew: ${before.bytes} bytes before, ${bytes} now.\n`);
  });
}
