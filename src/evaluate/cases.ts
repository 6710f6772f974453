import type { AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";
import { causeOfDelay, causeOfFalse, causeOfMiss } from "./causes.ts";
import { startOf } from "./episode.ts";
import type { RunDetails } from "./run-details.ts";
import type { RunResult } from "./tally.ts";
import { extentAt } from "./truth.ts";

/** One thing that went wrong, with what is needed to look at it. */
export interface Case {
  readonly what: "false" | "missed" | "late";
  readonly kind: AlertKind;
  readonly penetration: number | undefined;
  readonly seed: number;
  readonly atMs: number;
  readonly place: GeoPoint;
  /** The alert, or the event that was missed. */
  readonly id: string;
  /** Seconds behind the oracle where late. */
  readonly excessS: number | undefined;
  readonly text: string;
  /** What holds it back, as far as the truth of all vehicles tells. */
  readonly cause: string;
}

/** Slower than this behind the oracle is worth a look. */
const LATE_S = 5;

/** False alerts, events that the oracle knew and nobody found, and late ones, of one run and the tier of all alerts. */
export function casesOf(details: RunDetails, result: RunResult): Case[] {
  const { penetration, seed, judgements, scene } = details;
  const wrong: Case[] = judgements.suspected
    .filter(({ outcome }) => outcome === "false")
    .map(({ episode, reason }) => ({
      what: "false",
      kind: episode.kind,
      penetration,
      seed,
      atMs: startOf(episode),
      place: (episode.revisions[0] as (typeof episode.revisions)[number]).position,
      id: episode.alertId,
      excessS: undefined,
      text: `${reason}; lasted ${Math.round((episode.endMs - startOf(episode)) / 1_000)} s`,
      cause: causeOfFalse(details, episode),
    }));
  const found = [...result.kinds].flatMap(([kind, { events }]) =>
    events.flatMap((event): Case[] => {
      const excessS = event.excessS;
      const isMissed = event.perceived && !event.detected;
      const isLate = excessS !== undefined && excessS > LATE_S;
      const placed = scene.events.find((candidate) => candidate.event.id === event.eventId);
      if (placed === undefined || (!isMissed && !isLate)) return [];
      const known = details.oracle[scene.events.indexOf(placed)];
      return [
        {
          what: isMissed ? "missed" : "late",
          kind,
          penetration,
          seed,
          atMs: placed.event.onMs,
          place: extentAt(placed.event, placed.event.onMs).head,
          id: event.eventId,
          excessS,
          cause: isMissed ? causeOfMiss(details, kind, placed, known) : causeOfDelay(event),
          text: isMissed ? "the oracle knew, no alert" : `${Math.round(excessS ?? 0)} s after the oracle`,
        },
      ];
    }),
  );
  return [...wrong, ...found];
}

/** Misses before late ones before false alerts would hide each other: the kinds of cases take turns, worst first. */
export function worstFirst(cases: readonly Case[]): Case[] {
  const ofWhat = (what: Case["what"]): Case[] =>
    cases.filter((entry) => entry.what === what).sort((a, b) => (b.excessS ?? 0) - (a.excessS ?? 0));
  const lists = [ofWhat("missed"), ofWhat("false"), ofWhat("late")];
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}
