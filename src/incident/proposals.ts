import type { MeasureAction } from "../api/contract/incidents.ts";
import type { DecisionWorld } from "./decision.ts";
import { type Draft, type DraftNote, preview, unique } from "./draft.ts";
import type { Actor, IncidentMeasure, IncidentRecord } from "./incident-record.ts";

/** What stays in force until it is taken back; to inform or send somebody is done once and cannot be undone. */
export function staysInForce({ kind }: Pick<MeasureAction, "kind">): boolean {
  return kind !== "inform" && kind !== "dispatch";
}

/** Agencies that learn of the incident by a measure. */
export function toldBy(action: MeasureAction): readonly IncidentRecord["agencies"][number][] {
  return action.kind === "inform" || action.kind === "dispatch" ? [action.agency] : [];
}

/**
 * Brings the proposals of the rules up to date with what a draft makes of the incident: new ones are added, those that fit
 * no longer are withdrawn, what was decided stays as decided. Rules marked automatic are sent at once, but not in an
 * exercise.
 */
export function withProposals(
  world: DecisionWorld,
  before: IncidentRecord,
  draft: Draft,
  by: Actor,
  atMs: number,
): Draft {
  const incident = preview(before, draft, by, atMs);
  const proposed = new Map(world.propose(incident).map((measure) => [measure.measureId, measure]));
  const known = new Set(incident.measures.map(({ measureId }) => measureId));
  const added = [...proposed.values()].filter(({ measureId }) => !known.has(measureId));
  const kept = incident.measures.map((measure) => renewed(measure, proposed.get(measure.measureId)));
  let noticeNumber = world.nextNoticeNumber;
  const notes: DraftNote[] = [];
  let agencies = incident.agencies;
  const measures = [...kept, ...added].map((measure) => {
    if (!measure.automatic || measure.state !== "proposed" || incident.exercise) return measure;
    agencies = unique([...agencies, ...toldBy(measure.action)]);
    const actor: Actor = { name: `rule ${measure.rule}`, agency: "centre" };
    notes.push({ ...sentNote(measure), by: actor });
    return sent(measure, actor, atMs, measure.kind === "vehicle-message" ? noticeNumber++ : undefined);
  });
  if (JSON.stringify(measures) === JSON.stringify(incident.measures)) return draft;
  return { ...draft, set: { ...draft.set, measures, agencies }, notes: [...draft.notes, ...notes] };
}

function renewed(known: IncidentMeasure, proposed: IncidentMeasure | undefined): IncidentMeasure {
  const wasNeverSent = known.decided === undefined;
  if (proposed === undefined) return known.state === "proposed" ? { ...known, state: "withdrawn" } : known;
  return known.state === "proposed" || (known.state === "withdrawn" && wasNeverSent) ? proposed : known;
}

export function sent(
  measure: IncidentMeasure,
  by: Actor,
  atMs: number,
  noticeNumber: number | undefined,
): IncidentMeasure {
  return {
    ...measure,
    state: "sent",
    decided: { by: by.name, atMs, reason: "" },
    ...(noticeNumber === undefined ? {} : { noticeNumber }),
  };
}

export function sentNote(measure: IncidentMeasure): DraftNote {
  return {
    what: "measure-sent",
    text: `${measure.title}: ${measure.text}`,
    visibleTo: toldBy(measure.action),
  };
}

/** What was sent and stays in force is taken back; what was only proposed, too. */
export function takenBack(
  measures: readonly IncidentMeasure[],
  reason: string,
  by: Actor,
  atMs: number,
): readonly IncidentMeasure[] {
  return measures.map((measure) => {
    if (measure.state === "proposed") return { ...measure, state: "withdrawn" };
    if (measure.state !== "sent" || !staysInForce(measure.action)) return measure;
    return { ...measure, state: "withdrawn", decided: { by: by.name, atMs, reason } };
  });
}
