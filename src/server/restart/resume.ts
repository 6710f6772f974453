import { type Alert, isTerminal } from "../../domain/alert.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import type { Pipeline } from "../../pipeline.ts";
import { type InputBlock, readBlock } from "../../store/input-block.ts";
import { JournalFollower, JournalGapError } from "../../store/journal-follower.ts";
import { readNewestState, type SavedState } from "../../store/saved-states.ts";

/** What people were told before the restart. */
export interface ToldAlerts {
  /** Last revisions of the alerts that had not ended. */
  live(): readonly Alert[];
  /** This or a later revision was told. */
  holds(alert: Alert): boolean;
}

/** Where inputs and states are kept. */
export interface MemoryFolders {
  readonly inputs: string;
  readonly states: string;
}

export interface Resumption {
  /** `warm`: the state is that of the last moment before; `cold`: it begins empty, with the alerts that were told. */
  readonly kind: "warm" | "cold";
  /** Why it is cold. */
  readonly reason: string | undefined;
  /** Alerts that were decided, but not yet told when the server went down. */
  readonly untold: readonly Alert[];
  /** Last receive time before, Unix ms; of a warm start. */
  readonly downSinceMs: number | undefined;
  /** Blocks of inputs that were read again. */
  readonly blocks: number;
}

/** Longer than a notice can be valid (TS 103 831: a day): nothing that was known then still holds. */
const LONGEST_OUTAGE_MS = 25 * 3_600_000;

/** The clock may have been set back a little by a time server; a state from further ahead cannot go on. */
const CLOCK_SLACK_MS = 2_000;

/** The connection was gone without a close frame (RFC 6455 §7.4.1): nobody said good-bye. */
const CUT = "1006";

/**
 * Gives a new pipeline the state that the last one had: its last saved state, and all that came in since. Nothing is told
 * meanwhile; nobody may have subscribed to its alerts yet. Where that cannot be done it begins empty and takes over the
 * alerts that were told, so that none stays open for ever.
 */
export function resume(
  pipeline: Pipeline,
  folders: MemoryFolders,
  fingerprint: string,
  told: ToldAlerts,
  nowMs: number,
): Resumption {
  const empty = pipeline.snapshot();
  const problems: string[] = [];
  const state = readNewestState(folders.states, fingerprint, ({ path, message }) =>
    problems.push(`${path}: ${message}`),
  );
  if (state === undefined) return begin(pipeline, empty, told, problems.join("; ") || "no state was saved");
  const again = readAgain(pipeline, folders.inputs, state);
  const reason = again.problem ?? clockProblem(again.throughMs, nowMs);
  if (reason !== undefined) return begin(pipeline, empty, told, reason);
  const untold = again.transitions.filter((alert) => !told.holds(alert));
  reconcile(pipeline, told, untold);
  return { kind: "warm", reason: undefined, untold, downSinceMs: again.throughMs, blocks: again.blocks };
}

/**
 * Tells the pipeline that the server was deaf since, closes the sessions that were open, and lets time go on to now: what
 * was valid till then expires.
 */
export function passOutage(pipeline: Pipeline, downSinceMs: number, nowMs: number): void {
  const receivedAtMs = pipeline.stamp(downSinceMs);
  pipeline.push({ kind: "outage", receivedAtMs, untilMs: nowMs });
  for (const slot of pipeline.sessions.slots()) {
    pipeline.push({ kind: "session-closed", receivedAtMs, slot, reason: CUT });
  }
  pipeline.advanceTo(pipeline.stamp(nowMs));
}

interface Again {
  readonly transitions: readonly Alert[];
  readonly throughMs: number;
  readonly blocks: number;
  readonly problem: string | undefined;
}

function readAgain(pipeline: Pipeline, inputs: string, state: SavedState): Again {
  const transitions: Alert[] = [];
  const subscription = pipeline.alerts$.subscribe((alerted) => transitions.push(...alerted.transitions));
  const follower = new JournalFollower(inputs, state.block);
  let { throughMs } = state;
  let blocks = 0;
  let problem: string | undefined;
  try {
    pipeline.restore(state.snapshot);
    for (const { bytes } of follower.read()) {
      throughMs = Math.max(throughMs, feed(pipeline, readBlock(bytes)));
      blocks++;
    }
  } catch (error) {
    problem = error instanceof JournalGapError ? error.message : `the saved state cannot be used: ${error}`;
  } finally {
    follower.close();
    subscription.unsubscribe();
  }
  return { transitions, throughMs, blocks, problem };
}

/** Plays a block of inputs into a pipeline; answers the receive time that it then stands at. */
export function feed(pipeline: Pipeline, { records, throughMs }: InputBlock): number {
  for (const record of records) pipeline.push(record);
  pipeline.advanceTo(throughMs);
  return throughMs;
}

function clockProblem(throughMs: number, nowMs: number): string | undefined {
  if (throughMs === 0) return "nothing had been heard";
  const downMs = nowMs - throughMs;
  if (downMs > LONGEST_OUTAGE_MS) return `the server was down for ${Math.round(downMs / 3_600_000)} h`;
  if (downMs < -CLOCK_SLACK_MS) return `the clock was set back by ${Math.round(-downMs / 1_000)} s`;
  return undefined;
}

/** After a loss of power the alert log may know of more than the inputs that are left, and counts. */
function reconcile(pipeline: Pipeline, told: ToldAlerts, untold: readonly Alert[]): void {
  const { alertBook } = pipeline;
  const ended = new Set(untold.filter(({ state }) => isTerminal(state)).map(({ alertId }) => alertId));
  const live = new Map(told.live().map((alert) => [alert.alertId, alert]));
  for (const alert of alertBook.live()) {
    if (!live.has(alert.alertId) && told.holds(alert)) alertBook.forget(alert.alertId);
  }
  for (const alert of live.values()) if (!ended.has(alert.alertId)) alertBook.adopt(alert);
}

function begin(pipeline: Pipeline, empty: SnapshotValue, told: ToldAlerts, reason: string): Resumption {
  pipeline.restore(empty);
  for (const alert of told.live()) pipeline.alertBook.adopt(alert);
  return { kind: "cold", reason, untold: [], downSinceMs: undefined, blocks: 0 };
}
