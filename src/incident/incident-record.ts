import type { Agency, Incident, IncidentLogEntry, MeasureView } from "../api/contract/incidents.ts";

/** Who did something. */
export interface Actor {
  readonly name: string;
  readonly agency: Agency;
}

/** A measure with what only the server needs of it. */
export interface IncidentMeasure extends MeasureView {
  /** Number of the hazard notice that vehicles were sent (ETSI ActionId), once it was sent. */
  readonly noticeNumber?: number;
}

type Shown = Omit<Incident, "assignee" | "mergedInto" | "splitFrom" | "redacted" | "measures">;

/** An incident as it is kept. What is not there is left out, so that it is the same after JSON. */
export interface IncidentRecord extends Shown {
  readonly measures: readonly IncidentMeasure[];
  /** Those of `alertIds` that are over. */
  readonly endedAlertIds: readonly string[];
  readonly assignee?: { readonly agency: Agency; readonly person?: string };
  readonly mergedInto?: string;
  readonly splitFrom?: string;
  /** While it is `acknowledged`: when that runs out. */
  readonly acknowledgedUntilMs?: number;
  readonly closedAtMs?: number;
}

type Kept = Omit<IncidentRecord, "incidentId" | "revision" | "changedAtMs" | "log">;
type Leavable = "assignee" | "mergedInto" | "acknowledgedUntilMs" | "closedAtMs";

/**
 * What one command or the time changed of one incident. It holds values, not rules: rules and settings may change later
 * without changing the past.
 */
export interface IncidentChange {
  readonly incidentId: string;
  /** Of the incident after it. */
  readonly revision: number;
  readonly atMs: number;
  readonly set: Partial<Kept>;
  /** Members that are no longer there. */
  readonly unset: readonly Leavable[];
  readonly entries: readonly IncidentLogEntry[];
}

/** All that one command changed, of all incidents: written and applied together. */
export interface IncidentEvent {
  readonly changes: readonly IncidentChange[];
}

/** Lines that the log of one incident takes; a shift of constant typing fills a tenth. */
export const MAX_LOG_ENTRIES = 2_000;

/** The incident after a change. A first change must set everything that an incident needs. */
export function applyChange(before: IncidentRecord | undefined, change: IncidentChange): IncidentRecord {
  const { incidentId, revision, atMs, set, unset, entries } = change;
  const after = {
    ...before,
    ...set,
    incidentId,
    revision,
    changedAtMs: atMs,
    log: [...(before?.log ?? []), ...entries],
  } as IncidentRecord;
  for (const name of unset) delete (after as Partial<Record<Leavable, unknown>>)[name];
  return after;
}

/** It will not change by itself, and nobody works on it. */
export const isOver = ({ state }: Pick<IncidentRecord, "state">): boolean => state === "closed";
