import type { Command } from "commander";
import type { SubscriptionArea } from "../domain/subscription.ts";
import type { HistoryEntry, HistoryQuery } from "../store/alert-history.ts";
import { alertPrinter } from "./alert-sink.ts";
import type { CliIo } from "./io.ts";
import { addDataOption, alertsFolder, type StoreFlags, tellingStoreErrors } from "./store-folder.ts";
import {
  addSubscriptionOptions,
  areaFrom,
  filterFrom,
  type SubscriptionFlags,
  wholeNumber,
} from "./subscription-options.ts";
import { timeFrom } from "./time-option.ts";

interface HistoryFlags extends SubscriptionFlags, StoreFlags {
  readonly from?: string;
  readonly to?: string;
  readonly route?: readonly string[];
  readonly alert?: string;
  readonly last?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  roadpulse history --data /var/lib/roadpulse --from 2h
  roadpulse history --data data --from 2026-11-23T06:00 --to 2026-11-23T10:00 --route A40 --kind congestion
  roadpulse history --data data --circle 51.43,6.76,2000 --min-severity 4 --json
  roadpulse history --data data --alert 841t        the life of one alert
`;

export function addHistoryCommand(program: Command, io: CliIo): void {
  const command = addDataOption(program.command("history"))
    .summary("alerts of the past")
    .description(
      "Read alert transitions out of the store of a server, which may run meanwhile; oldest first.",
    )
    .option("--from <time>", "not before, e.g. 2026-11-23T06:00Z, or so long ago: 90s, 30m, 2h, 3d")
    .option("--to <time>", "not after, in the same forms")
    .option("--route <ref...>", "only on these roads, e.g. --route A40 A59")
    .option("--alert <id>", "only this alert; the beginning of its id is enough")
    .option("--last <n>", "only the last n of them")
    .option("--json", "one JSON object per line, as in alert files");
  addSubscriptionOptions(command)
    .addHelpText("after", EXAMPLES)
    .action((flags: HistoryFlags) => runHistory(flags, io));
}

async function runHistory(flags: HistoryFlags, io: CliIo): Promise<void> {
  const folder = alertsFolder(flags, io);
  const query = queryFrom(flags, Date.now());
  const most = flags.last === undefined ? undefined : wholeNumber("--last", flags.last, 1, 1e9);
  const { AlertHistory } = await import("../store/alert-history.ts");
  await tellingStoreErrors(async () => {
    const history = new AlertHistory(folder);
    const sink = alertPrinter(io, flags.json === true);
    for (const { alert } of lastOf(history.query(query), most)) {
      if (io.signal.aborted) break;
      sink.write(alert);
    }
    await history.close();
  });
}

/** Keeps no more than are asked for. */
function lastOf(entries: Iterable<HistoryEntry>, most: number | undefined): Iterable<HistoryEntry> {
  if (most === undefined) return entries;
  let kept: HistoryEntry[] = [];
  for (const entry of entries) {
    kept.push(entry);
    if (kept.length >= most * 2) kept = kept.slice(-most);
  }
  return kept.slice(-most);
}

function queryFrom(flags: HistoryFlags, nowMs: number): HistoryQuery {
  return {
    fromMs: flags.from === undefined ? 0 : timeFrom("--from", flags.from, nowMs),
    toMs: flags.to === undefined ? Number.MAX_SAFE_INTEGER : timeFrom("--to", flags.to, nowMs),
    area: shapeFrom(areaFrom(flags)),
    filter: filterFrom(flags),
    routes: (flags.route ?? []).flatMap((value) => value.split(",")).filter((value) => value !== ""),
    alertId: flags.alert ?? "",
  };
}

function shapeFrom(area: SubscriptionArea): HistoryQuery["area"] {
  switch (area.form) {
    case "box":
      return { type: "box", box: area.box };
    case "circle":
      return { type: "circle", center: area.center, radiusM: area.radiusM };
    case "polygon":
      return { type: "polygon", ring: area.points };
    default:
      return undefined;
  }
}
