import { type Alert, isTerminal } from "../../domain/alert.ts";
import type { HistoryEntry, HistoryQuery } from "../../store/alert-history.ts";

/** A hazard notice is valid for a day at most (TS 103 831), and everything else is told again within that time. */
const LONGEST_SILENCE_MS = 25 * 3_600_000;

/** Transitions asked for at a time. */
const PAGE = 10_000;

/** Pages of the alert log between other work. */
export interface PastAlerts {
  page(
    query: HistoryQuery,
    order: "newest" | "oldest",
    beyond: number | undefined,
    limit: number,
    allows: (entry: HistoryEntry) => boolean,
  ): Promise<{ readonly entries: readonly HistoryEntry[]; readonly next: number | undefined }>;
}

/**
 * What was known at a time, Unix ms: the alerts that had not ended then, each in the revision that was told last. Reads the
 * log backwards over a day; some 10 µs per transition.
 */
export async function alertsAt(past: PastAlerts, timeMs: number): Promise<readonly Alert[]> {
  const query: HistoryQuery = {
    fromMs: timeMs - LONGEST_SILENCE_MS,
    toMs: timeMs,
    area: undefined,
    filter: { causeCodes: [], kinds: [], minSeverity: 1, minConfidencePct: 0, confirmedOnly: false },
    routes: [],
    alertId: "",
  };
  const seen = new Set<string>();
  const live: Alert[] = [];
  let beyond: number | undefined;
  do {
    // What is older than what was seen of the same alert is dropped while it is read.
    const isNews = ({ alert: { alertId } }: HistoryEntry): boolean => !seen.has(alertId);
    const { entries, next } = await past.page(query, "newest", beyond, PAGE, isNews);
    for (const { alert } of entries) {
      if (seen.has(alert.alertId)) continue;
      seen.add(alert.alertId);
      if (!isTerminal(alert.state)) live.push(alert);
    }
    beyond = next;
  } while (beyond !== undefined);
  return live.sort((a, b) => a.beganAtMs - b.beganAtMs || (a.alertId < b.alertId ? -1 : 1));
}
