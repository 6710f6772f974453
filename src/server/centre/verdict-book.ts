import type { Verdict } from "../../api/contract/alarms.ts";
import type { CentreJournal, CentrePort } from "./centre-journal.ts";

export const VERDICT_WORDS = [
  "confirmed",
  "false",
  "unclear",
] as const satisfies readonly Verdict["verdict"][];

/** At a hundred a day half a year; 200 bytes each. The oldest leave memory and journal. */
const MAX_VERDICTS = 20_000;

/** What operators think of alerts afterwards: all that was said, and what counts. */
export class VerdictBook {
  readonly #port: CentrePort;
  #verdicts: Verdict[] = [];
  /** The last one of each alert. */
  readonly #last = new Map<string, Verdict>();
  /** The oldest, which are no longer kept. */
  forgotten = 0;

  /** To be made before the journal is opened. */
  constructor(journal: CentreJournal) {
    this.#port = journal.join({
      kind: "verdict",
      replay: (event) => this.#keep(event as Verdict),
      restore: (state) => this.#restore(state as VerdictState),
      carried: () => [{ verdicts: this.#verdicts, forgotten: this.forgotten } satisfies VerdictState],
    });
  }

  get size(): number {
    return this.#verdicts.length;
  }

  /** In the journal before this returns. */
  say(verdict: Verdict): void {
    this.#port.append(verdict);
    this.#keep(verdict);
  }

  /** Oldest first. */
  all(): readonly Verdict[] {
    return this.#verdicts;
  }

  of(alertId: string): readonly Verdict[] {
    return this.#verdicts.filter((verdict) => verdict.alertId === alertId);
  }

  last(alertId: string): Verdict | undefined {
    return this.#last.get(alertId);
  }

  #keep(verdict: Verdict): void {
    this.#verdicts.push(verdict);
    this.#last.set(verdict.alertId, verdict);
    if (this.#verdicts.length <= MAX_VERDICTS) return;
    for (const old of this.#verdicts.splice(0, MAX_VERDICTS / 100)) {
      this.forgotten++;
      if (this.#last.get(old.alertId) === old) this.#last.delete(old.alertId);
    }
  }

  #restore({ verdicts, forgotten }: VerdictState): void {
    this.#verdicts = [];
    this.#last.clear();
    for (const verdict of verdicts) this.#keep(verdict);
    this.forgotten = forgotten;
  }
}

interface VerdictState {
  readonly verdicts: readonly Verdict[];
  readonly forgotten: number;
}

/** One line of the file that `roadpulse evaluate --verdicts` reads. */
export function verdictLine({ alertId, verdict, reason, by, atMs }: Verdict): string {
  return JSON.stringify({ alertId, verdict, by, at: new Date(atMs).toISOString(), reason });
}
