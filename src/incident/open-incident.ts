import type { IncidentPlace, IncidentType, Lane, NewIncident } from "../api/contract/incidents.ts";
import type { AlertKind } from "../domain/alert.ts";
import { startClocks } from "./clocks.ts";
import { TEXT_LIMITS } from "./command-schema.ts";
import {
  type AlertFacts,
  type Decision,
  type DecisionWorld,
  type OpenRequest,
  type Refused,
  refuse,
} from "./decision.ts";
import { changeOf } from "./draft.ts";
import type { Actor, IncidentChange, IncidentMeasure, IncidentRecord } from "./incident-record.ts";
import { withProposals } from "./proposals.ts";
import { severityOf } from "./severity.ts";

/** Incidents that are worked on at a time; beyond it something is wrong, and nobody would see the next one. */
export const MAX_OPEN_INCIDENTS = 1_000;

const TYPE_OF_KIND: Readonly<Partial<Record<AlertKind, IncidentType>>> = {
  accident: "crash",
  "stationary-vehicle": "stall",
  "minimal-risk-manoeuvre": "stall",
  congestion: "congestion",
  "queue-end": "congestion",
  roadworks: "road-work",
  "slippery-road": "weather",
  "reduced-visibility": "weather",
  "heavy-precipitation": "weather",
  "extreme-weather": "weather",
  "blind-area": "other",
  notice: "other",
};

/** Where the map says nothing: the narrowest motorway carriageway. */
const DEFAULT_LANES = 2;

/** Makes an incident from alerts or by hand. */
export function openIncident(world: DecisionWorld, { incident, by, atMs }: OpenRequest): Decision {
  const { alertIds = [] } = incident;
  const alerts: AlertFacts[] = [];
  for (const alertId of new Set(alertIds)) {
    const alert = world.alert(alertId);
    if (alert === undefined) return refuse("unknown-alert", `There is no alert ${alertId}.`);
    const holder = world.holderOf(alertId);
    if (holder !== undefined) {
      const { incidentId } = holder;
      return refuse("already-linked", `Incident ${incidentId} has the alert ${alertId} already.`, incidentId);
    }
    alerts.push(alert);
  }
  if (by.agency !== "centre") return refuse("not-permitted", "Incidents are opened by the centre.");
  if (!alerts.every(isOfExercise) && (incident.exercise === true || alerts.some(isOfExercise)))
    return refuse("not-allowed", "Alerts of an exercise and real ones do not go into one incident.");
  if (world.openCount >= MAX_OPEN_INCIDENTS)
    return refuse("too-many", `${MAX_OPEN_INCIDENTS} incidents are open; close some.`);
  return { changes: [firstChange(world, incident, alerts, by, atMs)] };
}

const isOfExercise = ({ exercise }: AlertFacts): boolean => exercise === true;

/** What the rules would propose for an incident made of an alert; nothing begins by asking. */
export function proposalsFor(
  world: DecisionWorld,
  alertId: string,
  atMs: number,
): readonly IncidentMeasure[] | Refused {
  const alert = world.alert(alertId);
  if (alert === undefined) return refuse("unknown-alert", `There is no alert ${alertId}.`);
  return world.propose(emptyIncident(world, {}, [alert], atMs, {}));
}

/** The change that begins an incident. */
export function firstChange(
  world: DecisionWorld,
  asked: NewIncident,
  alerts: readonly AlertFacts[],
  by: Actor,
  atMs: number,
  more: Pick<IncidentRecord, "splitFrom"> = {},
): IncidentChange {
  const empty = emptyIncident(world, asked, alerts, atMs, more);
  const how = alerts.length === 0 ? "by hand" : `from ${alerts.map(({ alertId }) => alertId).join(", ")}`;
  const from = more.splitFrom === undefined ? how : `${how}, split from ${more.splitFrom}`;
  const draft = { notes: [{ what: "opened", text: `Opened ${from}.` }] };
  const { set, entries } = changeOf(empty, withProposals(world, empty, draft, by, atMs), by, atMs);
  const { incidentId, revision: _, changedAtMs: __, log: ___, ...begun } = empty;
  return { incidentId, revision: 1, atMs, set: { ...begun, ...set }, unset: [], entries };
}

function emptyIncident(
  world: DecisionWorld,
  asked: NewIncident,
  alerts: readonly AlertFacts[],
  atMs: number,
  more: Pick<IncidentRecord, "splitFrom">,
): IncidentRecord {
  const [first] = alerts;
  const place = asked.place ?? placeOf(first);
  const lanes = asked.lanes ?? defaultLanes(first);
  const exercise = (asked.exercise ?? false) || alerts.some(isOfExercise);
  return {
    incidentId: world.newId(atMs, exercise),
    revision: 0,
    state: "new",
    type: asked.type ?? (first === undefined ? "other" : (TYPE_OF_KIND[first.kind] ?? "hazard")),
    severity: severityOf(lanes),
    title: asked.title ?? place.text.slice(0, TEXT_LIMITS.title),
    place,
    openedAtMs: atMs,
    changedAtMs: atMs,
    alertIds: alerts.map(({ alertId }) => alertId),
    alertKinds: alerts.map(({ kind }) => kind),
    endedAlertIds: alerts.flatMap(({ alertId, hasEnded }) => (hasEnded ? [alertId] : [])),
    agencies: [],
    clocks: startClocks(atMs, world.clocks),
    escalated: false,
    exercise,
    description: asked.description ?? "",
    lanes,
    log: [],
    measures: [],
    ...more,
  } as IncidentRecord;
}

function placeOf(alert: AlertFacts | undefined): IncidentPlace {
  if (alert === undefined) return { latitudeDeg: 0, longitudeDeg: 0, text: "" };
  const { latitudeDeg, longitudeDeg, road } = alert;
  if (road === undefined) {
    return { latitudeDeg, longitudeDeg, text: `${latitudeDeg.toFixed(5)}, ${longitudeDeg.toFixed(5)}` };
  }
  const { ref, direction, km, text } = road;
  return { latitudeDeg, longitudeDeg, text: text.slice(0, TEXT_LIMITS.place), ref, direction, km };
}

/** All clear until somebody looks, but what is told to be impassable is. */
function defaultLanes(alert: AlertFacts | undefined): readonly Lane[] {
  const impact = alert?.kind === "blockage" ? "blocked" : "clear";
  const lane: Lane = { kind: "lane", impact };
  return [
    { kind: "left-shoulder", impact: "clear" },
    ...Array.from({ length: alert?.lanes ?? DEFAULT_LANES }, () => lane),
    { kind: "hard-shoulder", impact: "clear" },
  ];
}
