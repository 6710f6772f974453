import type { Alert, AlertKind, AlertState, AlertTier, Severity } from "../domain/alert.ts";
import { isTerminal } from "../domain/alert.ts";
import type { GeoPoint, Outline } from "../domain/place.ts";

/** What an alert said from a time on. */
export interface Revision {
  readonly atMs: number;
  readonly tier: AlertTier;
  readonly severity: Severity;
  readonly position: GeoPoint;
  readonly headingDeg: number | undefined;
  readonly outline: Outline;
}

/** One alert from its first transition to its end. */
export interface Episode {
  readonly alertId: string;
  readonly kind: AlertKind;
  /** By time, at least one. */
  readonly revisions: readonly Revision[];
  readonly endMs: number;
  readonly endState: AlertState;
}

/** What an episode needs of a transition. */
export type ToldAlert = Pick<
  Alert,
  "alertId" | "kind" | "state" | "tier" | "severity" | "detectedAtMs" | "position" | "headingDeg" | "outline"
>;

/** Joins transitions to episodes. */
export class EpisodeBook {
  readonly #open = new Map<
    string,
    { readonly kind: AlertKind; readonly revisions: Revision[]; last: ToldAlert }
  >();
  readonly #done: Episode[] = [];

  add(alert: ToldAlert): void {
    let open = this.#open.get(alert.alertId);
    if (open === undefined) {
      open = { kind: alert.kind, revisions: [], last: alert };
      this.#open.set(alert.alertId, open);
    }
    open.last = alert;
    if (!isTerminal(alert.state) || open.revisions.length === 0) open.revisions.push(revisionOf(alert));
    if (isTerminal(alert.state)) this.#close(alert);
  }

  /** All episodes by their beginning; alerts that never ended last to the end of the recording. */
  episodes(lastMs: number): readonly Episode[] {
    const live = [...this.#open.values()].map(({ last, kind, revisions }) => ({
      alertId: last.alertId,
      kind,
      revisions,
      endMs: Math.max(lastMs, last.detectedAtMs),
      endState: last.state,
    }));
    const all = [...this.#done, ...live];
    return all.sort((a, b) => startOf(a) - startOf(b) || (a.alertId < b.alertId ? -1 : 1));
  }

  #close({ alertId, detectedAtMs, state }: ToldAlert): void {
    const open = this.#open.get(alertId);
    if (open === undefined) return;
    this.#open.delete(alertId);
    this.#done.push({
      alertId,
      kind: open.kind,
      revisions: open.revisions,
      endMs: detectedAtMs,
      endState: state,
    });
  }
}

function revisionOf(alert: ToldAlert): Revision {
  const { tier, severity, position, headingDeg, outline } = alert;
  return { atMs: alert.detectedAtMs, tier, severity, position, headingDeg, outline };
}

export function startOf(episode: Episode): number {
  return (episode.revisions[0] as Revision).atMs;
}

/** The revision that holds at a time; the first one before it. */
export function revisionAt(episode: Episode, atMs: number): Revision {
  const { revisions } = episode;
  let low = 0;
  let high = revisions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((revisions[middle] as Revision).atMs <= atMs) low = middle;
    else high = middle - 1;
  }
  return revisions[low] as Revision;
}

/**
 * The episodes as one tier sees them. `suspected` is every alert from its first word on; `confirmed` is an alert from the
 * moment on when it is confirmed, and no other. Time and false share of a tier are those of the same alerts.
 */
export function ofTier(episodes: readonly Episode[], tier: AlertTier): readonly Episode[] {
  if (tier === "suspected") return episodes;
  return episodes.flatMap((episode) => {
    const from = episode.revisions.findIndex((revision) => revision.tier === "confirmed");
    return from < 0 ? [] : [{ ...episode, revisions: episode.revisions.slice(from) }];
  });
}
