import type { Agency, IncidentLogEntry } from "../api/contract/incidents.ts";
import { type Actor, applyChange, type IncidentChange, type IncidentRecord } from "./incident-record.ts";

/** What a command makes of one incident, before it is numbered. */
export interface Draft {
  readonly set?: IncidentChange["set"];
  readonly unset?: IncidentChange["unset"];
  readonly notes: readonly DraftNote[];
}

export interface DraftNote {
  readonly what: string;
  readonly text: string;
  readonly visibleTo?: readonly Agency[];
  /** Whoever gave the command where absent. */
  readonly by?: Actor;
}

export function changeOf(before: IncidentRecord, draft: Draft, by: Actor, atMs: number): IncidentChange {
  const { set = {}, unset = [], notes } = draft;
  return {
    incidentId: before.incidentId,
    revision: before.revision + 1,
    atMs,
    set,
    unset,
    entries: entriesOf(before.log.length, notes, by, atMs),
  };
}

/** The incident as it would be, to decide further. */
export function preview(before: IncidentRecord, draft: Draft, by: Actor, atMs: number): IncidentRecord {
  return applyChange(before, changeOf(before, draft, by, atMs));
}

export function entriesOf(
  lines: number,
  notes: readonly DraftNote[],
  by: Actor,
  atMs: number,
): readonly IncidentLogEntry[] {
  return notes.map(({ what, text, visibleTo = [], by: actor = by }, index) => ({
    sequence: lines + index + 1,
    atMs,
    by: actor.name,
    agency: actor.agency,
    what,
    text,
    visibleTo,
  }));
}

/** Each once, in the order of their first occurrence. */
export function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
