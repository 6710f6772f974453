import { type Command, Option } from "commander";
import type { Alert } from "../domain/alert.ts";
import { alertRecord } from "../domain/alert-json.ts";
import { type AlertLife, findAlertId, lifeOf } from "../explain/alert-life.ts";
import { askServer, type HistoryFlags, watchRecording } from "./alert-history.ts";
import { lifeText } from "./explain-text.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { DEFAULT_STREAM_URL, streamAddress } from "./stream-address.ts";
import { painter, printable } from "./style.ts";

interface ExplainFlags extends HistoryFlags {
  readonly json?: boolean;
  readonly parameters?: boolean;
}

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
    .action((alertId: string, flags: ExplainFlags) => runExplain(alertId, flags, io));
}

async function runExplain(asked: string, flags: ExplainFlags, io: CliIo): Promise<void> {
  const { transitions, note } = await transitionsOf(flags, io);
  const life = lifeOf(revisionsOf(asked, transitions));
  if (note !== undefined) io.stderr.write(`${note}\n`);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(lifeRecord(life))}\n`);
  else io.stdout.write(lifeText(life, painter(io.stdout, io.env), flags.parameters === true));
}

interface Transitions {
  readonly transitions: readonly Alert[];
  /** What the reader should know of them. */
  readonly note: string | undefined;
}

/** Transitions kept of a recording; one with more is run alert by alert with --from and --to of replay. */
const MAX_TRANSITIONS = 1_000_000;

async function transitionsOf(flags: ExplainFlags, io: CliIo): Promise<Transitions> {
  if (flags.recording === undefined) {
    const { transitions, live, oldest } = await askServer(
      streamAddress(flags.url ?? DEFAULT_STREAM_URL),
      io.signal,
    );
    const note = oldest === undefined ? undefined : "The server has forgotten its oldest transitions.";
    return { transitions: withForgotten(transitions, live), note };
  }
  const transitions: Alert[] = [];
  await watchRecording(flags.recording, flags, io, {
    onTransition(alert) {
      if (transitions.length < MAX_TRANSITIONS) transitions.push(alert);
    },
  });
  const isCut = transitions.length === MAX_TRANSITIONS;
  return {
    transitions,
    note: isCut ? `Only the first ${MAX_TRANSITIONS} transitions were kept.` : undefined,
  };
}

/** An alert that has not changed for long is no longer among the transitions, but it is live. */
function withForgotten(transitions: readonly Alert[], live: readonly Alert[]): readonly Alert[] {
  const known = new Set(transitions.map(({ alertId }) => alertId));
  return [...live.filter(({ alertId }) => !known.has(alertId)), ...transitions];
}

/** Ids named in a message; more do not help. */
const LISTED_IDS = 8;

/**
 * The transitions of the alert that is meant.
 * @throws CommandFailure where there is none, or more than one id begins so
 */
export function revisionsOf(asked: string, transitions: readonly Alert[]): readonly Alert[] {
  const ids = [...new Set(transitions.map(({ alertId }) => alertId))];
  const found = findAlertId(asked, ids);
  if (typeof found === "string") return transitions.filter(({ alertId }) => alertId === found);
  if (found.length === 0) throw new CommandFailure("There are no alerts.");
  const listed = found.slice(0, LISTED_IDS).map((id) => labelled(id, transitions));
  const more = found.length > LISTED_IDS ? ` and ${found.length - LISTED_IDS} more` : "";
  const begins = found.some((id) => id.startsWith(asked));
  throw new CommandFailure(
    begins ? `Several alerts begin with ${printable(asked)}.` : `There is no alert ${printable(asked)}.`,
    `There are ${listed.join(", ")}${more}.`,
  );
}

function labelled(id: string, transitions: readonly Alert[]): string {
  const kind = transitions.find(({ alertId }) => alertId === id)?.kind ?? "";
  return `${id} (${kind})`;
}

/** The life for programs. */
export function lifeRecord(life: AlertLife): Record<string, unknown> {
  const { alertId, detector, isOver, isCut, durationMs, reportDelayMs, confirmedAfterMs } = life;
  return {
    alertId,
    detector,
    isOver,
    isCut,
    durationMs,
    reportDelayMs,
    ...(confirmedAfterMs === undefined ? {} : { confirmedAfterMs }),
    revisions: life.steps.map(({ alert, sinceBeginMs, changes, measures }) => ({
      sinceBeginMs,
      changes,
      measures: measures.map(({ name, observed, threshold, parameter }) => ({
        name,
        observed,
        ...(threshold === undefined ? {} : { threshold }),
        ...(parameter === undefined ? {} : { parameter: parameter.key }),
      })),
      alert: alertRecord(alert),
    })),
  };
}
