import type { Alert } from "../domain/alert.ts";
import { alertRecord } from "../domain/alert-json.ts";
import { type AlertLife, findAlertId, lifeOf } from "../explain/alert-life.ts";
import { askServer, type HistoryFlags, loadSettings, watchRecording } from "./alert-history.ts";
import { lifeText } from "./explain-text.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { DEFAULT_STREAM_URL, streamAddress } from "./stream-address.ts";
import { painter, printable } from "./style.ts";

export interface ExplainFlags extends HistoryFlags {
  readonly json?: boolean;
  readonly parameters?: boolean;
}

export async function runExplain(asked: string, flags: ExplainFlags, io: CliIo): Promise<void> {
  const { transitions, note } = await transitionsOf(flags, io);
  const life = lifeOf(revisionsOf(asked, transitions), loadSettings(flags).values);
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
