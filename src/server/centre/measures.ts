import type { Agency, MeasureOrder } from "../../api/contract/incidents.ts";
import { canSee } from "../../incident/agency-rights.ts";
import { concerns, shown } from "../../incident/agency-view.ts";
import type { IncidentMeasure, IncidentRecord } from "../../incident/incident-record.ts";
import type { RuleLanguage } from "../../measure/default-rules.ts";
import { proposeMeasures } from "../../measure/propose.ts";
import type { IncidentDesk } from "./incident-desk.ts";
import type { MeasureRules } from "./measure-rules.ts";
import type { VehicleNotices } from "./vehicle-notices.ts";

/** What the rules in force propose for an incident. */
export function proposer(
  inForce: MeasureRules,
  language: RuleLanguage,
): (incident: IncidentRecord) => readonly IncidentMeasure[] {
  return (incident) => proposeMeasures(inForce.rules, incident, language);
}

/**
 * Makes so what operators decide: vehicles are told at once and for as long as it stays in force; signs, limits, signals and
 * detours are orders that the controllers of these fetch (`GET /v1/measures`); agencies see the incident. Exercises never
 * leave.
 */
export function carryOutMeasures(desk: IncidentDesk, notices: VehicleNotices): { tick(): void } {
  const send = (measure: IncidentMeasure, incident: IncidentRecord) => {
    const failure = notices.send(measure, incident);
    if (failure !== undefined) desk.measureFailed(incident.incidentId, measure.measureId, failure);
  };
  desk.onChange((before, after) => {
    if (after.exercise) return;
    for (const measure of after.measures) {
      if (measure.kind !== "vehicle-message") continue;
      const was = before?.measures.find(({ measureId }) => measureId === measure.measureId)?.state;
      if (measure.state === "sent" && was !== "sent") send(measure, after);
      if (measure.state === "withdrawn" && was === "sent") notices.cancel(measure);
    }
  });
  return {
    tick() {
      for (const incident of desk.book.all()) {
        if (incident.exercise || incident.state === "closed") continue;
        for (const measure of incident.measures)
          if (measure.state === "sent" && notices.isDue(measure)) send(measure, incident);
      }
    },
  };
}

/** How long an order that was taken back is still told of, so that a controller that was away sees it. */
const TOLD_AFTER_MS = 24 * 3_600_000;

/** Orders of an incident that an agency is told of: in force, or taken back lately. */
export function ordersOf(incident: IncidentRecord, agency: Agency, nowMs: number): readonly MeasureOrder[] {
  const { incidentId, place, exercise, measures } = incident;
  if (!canSee(incident, agency)) return [];
  return measures
    .filter((measure) => concerns(measure, agency) && isTold(measure, nowMs))
    .map((measure) => ({ ...shown(measure, agency), incidentId, place, exercise }));
}

function isTold({ state, decided }: IncidentMeasure, nowMs: number): boolean {
  if (state === "sent") return true;
  return state === "withdrawn" && decided !== undefined && nowMs - decided.atMs <= TOLD_AFTER_MS;
}
