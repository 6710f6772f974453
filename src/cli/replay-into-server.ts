import { setTimeout as sleep } from "node:timers/promises";
import { type AlertStream, subscribeAlerts } from "../client/alert-stream.ts";
import { ClientError } from "../client/client-error.ts";
import { type PlayProgress, playOnRecordedClock, playThroughSessions } from "../client/replay-client.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import { type Cursor, EVERY_ALERT, type Subscription } from "../domain/subscription.ts";
import { encodeSubscribe } from "../wire/subscriber-message.ts";
import { CommandFailure, usageFailure } from "./io.ts";
import { movedToNow } from "./moved-to-now.ts";
import type { ReplayJob } from "./replay-job.ts";
import { StreamProbe } from "./stream-probe.ts";
import { count, elapsed } from "./style.ts";

const EVERYTHING: Subscription = {
  subscriptionId: "replay",
  area: { form: "everywhere" },
  filter: EVERY_ALERT,
  positionsIntervalMs: undefined,
  resume: undefined,
};

const SPEED_WARNING =
  "Warning: a live server sees stations move faster or slower than they report and may reject them as implausible.\n";

/** Alerts of the last records need one tick and the way back; this is plenty on any network. */
const LINGER_MS = 1_000;

/** A server that sends nothing for so long has lost our subscription. */
const PATIENCE_MS = 30_000;

/**
 * Plays a recording into a running server and gives its alerts to the job's sink. A server on the recording's clock takes
 * the records as they are, at any speed; a live one gets them in real time through a producer session per recorded one.
 * @returns the summary for people
 */
export async function replayIntoServer(url: string, job: ReplayJob): Promise<string> {
  const listener = await AlertListener.open(url, job);
  const startedAtMs = performance.now();
  try {
    const played = await play(url, job, listener);
    const took = elapsed(performance.now() - startedAtMs);
    return `${count(played.records)} records in ${took}: ${count(listener.transitions)} transitions${played.note}\n`;
  } finally {
    listener.close();
  }
}

async function play(
  url: string,
  job: ReplayJob,
  listener: AlertListener,
): Promise<PlayProgress & { note: string }> {
  const { signal } = job.io;
  try {
    // The handshake is refused before the first record is asked for, so the records are still all there afterwards.
    const played = await playOnRecordedClock(url, job.batches, { speed: job.speed ?? "max", signal });
    await listener.reach(await lastCursor(url));
    return { ...played, note: ", every alert ended" };
  } catch (error) {
    if (!isLiveServer(error)) throw error;
  }
  if (job.speed === "max") {
    throw usageFailure(
      "--speed max needs a server on the recording's clock.",
      "Start it with roadpulse serve --clock replay.",
    );
  }
  const speed = job.speed ?? 1;
  if (speed !== 1) job.io.stderr.write(SPEED_WARNING);
  const rebase = (frame: Uint8Array): Uint8Array => frame;
  const played = await playThroughSessions(url, movedToNow(job.batches, speed, 0), { speed, signal, rebase });
  await sleep(LINGER_MS, undefined, { signal }).catch(() => undefined);
  const refused = played.refusedSessions === 0 ? "" : `, ${count(played.refusedSessions)} sessions refused`;
  return { ...played, note: refused };
}

/** A server on the wall clock refuses the replay's subprotocol with 403. */
function isLiveServer(error: unknown): boolean {
  return error instanceof ClientError && error.message.includes("HTTP 403");
}

/** Where the stream of transitions stands now. */
async function lastCursor(url: string): Promise<Cursor> {
  const probe = await StreamProbe.open(url, subprotocol.alerts, PATIENCE_MS);
  try {
    probe.send(encodeSubscribe(EVERYTHING));
    return (await probe.expect("subscribed")).cursor;
  } finally {
    await probe.close();
  }
}

/** Writes down every transition from the moment of its opening. */
class AlertListener {
  transitions = 0;
  #stream: AlertStream | undefined;
  #failure: unknown;
  #wake: () => void = () => undefined;

  /** Resolves when the subscription stands, so that nothing of the replay is missed. */
  static async open(url: string, job: ReplayJob): Promise<AlertListener> {
    const listener = new AlertListener();
    const stream = subscribeAlerts(url, EVERYTHING, (message) => {
      if (message.kind === "gap") {
        throw new CommandFailure(
          "The server dropped transitions before they were read.",
          "Raise deliver.ringTransitions.",
        );
      }
      if (message.kind === "alerts" && !message.snapshot) {
        for (const { alert, latency } of message.deliveries) job.sink.write(alert, latency);
        listener.transitions += message.deliveries.length;
      }
      // The cursor moves when this returns.
      setImmediate(() => listener.#wake());
    });
    listener.#stream = stream;
    stream.ended.catch((error: unknown) => {
      listener.#failure = error;
      listener.#wake();
    });
    await listener.reach(undefined);
    return listener;
  }

  /** Resolves when the transition at the cursor has been written; without one, when the subscription stands. */
  async reach(cursor: Cursor | undefined): Promise<void> {
    while (!this.#hasReached(cursor)) {
      if (this.#failure !== undefined) throw this.#failure;
      if (!(await this.#changes()))
        throw new CommandFailure(`The server sent no alerts for ${PATIENCE_MS / 1_000} s.`);
    }
  }

  close(): void {
    this.#stream?.close();
  }

  #hasReached(cursor: Cursor | undefined): boolean {
    const known = this.#stream?.cursor;
    if (known === undefined || cursor === undefined) return known !== undefined;
    return known.epoch === cursor.epoch && known.sequence >= cursor.sequence;
  }

  /** False where nothing happened for too long. */
  #changes(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
