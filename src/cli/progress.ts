import type { TextSink } from "./io.ts";
import { duration } from "./style.ts";

/** A progress line on a terminal; silent elsewhere. */
export interface Progress {
  /** `fraction` 0..1, undefined where the whole is unknown; `note` says how much in words. */
  update(fraction: number | undefined, note: string): void;
  /** Removes the line. */
  finish(): void;
}

/** Drawing more often costs time that the work itself needs. */
const REDRAW_MS = 100;

const BAR_CHARACTERS = 24;
const ERASE_LINE = "\r\u001b[2K";

export function startProgress(
  sink: TextSink,
  label: string,
  nowMs: () => number = () => performance.now(),
): Progress {
  if (sink.isTTY !== true) return { update: () => undefined, finish: () => undefined };
  const startedAtMs = nowMs();
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  return {
    update(fraction, note) {
      const now = nowMs();
      if (now - drawnAtMs < REDRAW_MS) return;
      drawnAtMs = now;
      const line = `${label} ${progressText(fraction, now - startedAtMs)} ${note}`;
      sink.write(ERASE_LINE + line.slice(0, (sink.columns ?? 80) - 1));
    },
    finish() {
      sink.write(ERASE_LINE);
    },
  };
}

function progressText(fraction: number | undefined, elapsedMs: number): string {
  if (fraction === undefined) return duration(elapsedMs);
  const done = Math.min(1, Math.max(0, fraction));
  const filled = Math.round(done * BAR_CHARACTERS);
  const bar = "█".repeat(filled) + "░".repeat(BAR_CHARACTERS - filled);
  const left = done > 0 ? ` ${duration((elapsedMs * (1 - done)) / done)} left` : "";
  return `${bar} ${String(Math.floor(done * 100)).padStart(3)} %${left}`;
}
