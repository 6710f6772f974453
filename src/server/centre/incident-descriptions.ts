import { AGENCIES } from "../../api/contract/incidents.ts";
import { incidentSchemas } from "../../incident/command-schema.ts";
import type { JsonSchema, ParameterDescription, RouteDescription } from "../../ops/route-description.ts";

const string: JsonSchema = { type: "string" };
const integer: JsonSchema = { type: "integer" };
const number: JsonSchema = { type: "number" };
const boolean: JsonSchema = { type: "boolean" };
const oneOf = (...values: readonly string[]): JsonSchema => ({ type: "string", enum: values });
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

function object(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
) {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

const STATES = ["new", "acknowledged", "assigned", "in-progress", "resolved", "closed"] as const;
const TYPES = ["crash", "stall", "hazard", "congestion", "road-work", "weather", "other"] as const;
const agency = oneOf(...AGENCIES);

const place = object(
  { latitudeDeg: number, longitudeDeg: number, text: string },
  { ref: string, direction: string, km: number },
);
const clock = object({ name: string, dueAtMs: integer, breached: boolean }, { doneAtMs: integer });
const lane = object({
  kind: oneOf("lane", "hard-shoulder", "left-shoulder", "ramp"),
  impact: oneOf("clear", "affected", "blocked"),
});
const entry = object({
  sequence: integer,
  atMs: integer,
  by: string,
  agency,
  what: string,
  text: string,
  visibleTo: listOf(agency),
});

const summaryMembers = {
  incidentId: string,
  revision: integer,
  state: oneOf(...STATES),
  type: oneOf(...TYPES),
  severity: oneOf("minor", "normal", "major"),
  title: string,
  place,
  openedAtMs: integer,
  changedAtMs: integer,
  alertIds: listOf(string),
  alertKinds: listOf(string),
  agencies: listOf(agency),
  clocks: listOf(clock),
  escalated: boolean,
  exercise: boolean,
};
const summaryExtras = { assignee: object({ agency }, { person: string }), mergedInto: string };

export const measureSchema = object(
  {
    measureId: string,
    rule: string,
    kind: oneOf("sign-text", "speed-limit", "lane-signal", "detour", "dispatch", "inform", "vehicle-message"),
    action: { type: "object", required: ["kind"] },
    title: string,
    text: string,
    reason: string,
    effect: string,
    target: string,
    state: oneOf("proposed", "sent", "refused", "withdrawn", "failed"),
    automatic: boolean,
  },
  { decided: object({ by: string, atMs: integer, reason: string }) },
);

const components: Readonly<Record<string, JsonSchema>> = {
  ...incidentSchemas(),
  IncidentLogEntry: entry,
  Measure: measureSchema,
  IncidentSummary: object(summaryMembers, summaryExtras),
  Incident: object(
    {
      ...summaryMembers,
      description: string,
      lanes: listOf(lane),
      log: listOf(reference("IncidentLogEntry")),
      measures: listOf(reference("Measure")),
      redacted: listOf(string),
    },
    { ...summaryExtras, splitFrom: string },
  ),
};

const incident = { description: "The incident; its revision is the ETag.", schema: reference("Incident") };
const id: ParameterDescription = {
  name: "id",
  in: "path",
  description: "Number of the incident, e.g. I-20261123-0001.",
  schema: string,
};
const query = (name: string, description: string, schema: JsonSchema): ParameterDescription => ({
  name,
  in: "query",
  description,
  schema,
});

export const describeList: RouteDescription = {
  tag: "incidents",
  summary: "Incidents as your agency sees them, the youngest first",
  parameters: [
    query("state", "States, parted by commas.", string),
    query("severity", "Severities, parted by commas.", string),
    query("type", "Types, parted by commas.", string),
    query("open", "Only those that are not closed, or only those that are.", boolean),
    query("exercise", "Only exercises, or none.", boolean),
    query("alert", "Only those made from this alert.", string),
    query("agency", "Only those assigned to or shared with this agency.", agency),
    query("since", "Changed at this time or later, Unix ms.", integer),
    query("before", "Opened before this time, Unix ms; for the next page.", integer),
    query("limit", "At most so many, 1 to 500.", integer),
  ],
  answers: {
    200: {
      description: "The incidents, and whether there are more.",
      schema: object({ incidents: listOf(reference("IncidentSummary")), more: boolean }),
    },
    304: { description: "As you know them." },
  },
  components,
};

export const describeCreate: RouteDescription = {
  tag: "incidents",
  summary: "Opens an incident from alerts or by hand",
  body: reference("NewIncident"),
  answers: {
    201: incident,
    404: { description: "An alert is not known." },
    409: { description: "Another incident has the alert; its number stands in `incidentId`." },
  },
  components,
};

export const describeIncident: RouteDescription = {
  path: "/v1/incidents/{id}",
  tag: "incidents",
  summary: "One incident with its log and measures",
  details: "Members that your agency does not see are empty and named in `redacted`.",
  parameters: [id],
  answers: {
    200: incident,
    304: { description: "As you know it." },
    404: { description: "None, or not for you." },
  },
  components,
};

export const describeLog: RouteDescription = {
  path: "/v1/incidents/{id}/log",
  tag: "incidents",
  summary: "The log of an incident, which only grows",
  parameters: [id],
  answers: {
    200: {
      description: "Its lines, oldest first.",
      schema: object({ incidentId: string, entries: listOf(reference("IncidentLogEntry")) }),
    },
    304: { description: "As you know it." },
    404: { description: "None, or not for you." },
  },
  components,
};

export const describeCommands: RouteDescription = {
  path: "/v1/incidents/{id}/commands",
  tag: "incidents",
  summary: "Does something with an incident",
  details: "Where somebody else was faster, nothing is done and the answer holds the incident as it is now.",
  parameters: [
    id,
    {
      name: "If-Match",
      in: "header",
      description: 'The revision that you have seen, e.g. `"7"`.',
      schema: string,
      required: true,
    },
  ],
  body: reference("IncidentCommand"),
  answers: {
    200: incident,
    409: { description: "The state does not allow it; `incident` tells how it stands." },
    412: { description: "Somebody else was faster; `incident` tells how it stands." },
    428: { description: "If-Match is missing." },
  },
  components,
};

export const describeAlertMeasures: RouteDescription = {
  path: "/v1/alert-measures/{id}",
  tag: "incidents",
  summary: "What the rules propose for an alert, before it is an incident",
  details:
    "Where an incident has the alert already, its measures with what was decided, and its number. To send one, open the " +
    "incident and give it the command `send-measure`.",
  parameters: [{ name: "id", in: "path", description: "Id of the alert.", schema: string }],
  answers: {
    200: {
      description: "The measures, in the order of the rules.",
      schema: object({ measures: listOf(reference("Measure")) }, { incidentId: string }),
    },
    404: { description: "There is no such alert, or not for you." },
  },
  components,
};

export const describeMeasures: RouteDescription = {
  tag: "incidents",
  summary: "What signs, signals, vehicles and agencies are asked to do, or no longer",
  details:
    "Orders of operators, the youngest first: `sent` is in force, `withdrawn` was taken back within the last day. They are " +
    "handed to whoever asks here; whether a sign shows them, its controller knows.",
  parameters: [
    query("kind", "Kinds, parted by commas, e.g. sign-text,speed-limit.", string),
    query("state", "States, parted by commas: sent, withdrawn.", string),
    query("exercise", "Those of exercises instead of real ones.", boolean),
  ],
  answers: {
    200: {
      description: "The orders, and whether there are more.",
      schema: object({ measures: listOf(reference("MeasureOrder")), more: boolean }),
    },
    304: { description: "As you know them." },
  },
  components: {
    ...components,
    MeasureOrder: {
      allOf: [reference("Measure"), object({ incidentId: string, place, exercise: boolean })],
    },
  },
};

export const describeRules: RouteDescription = {
  tag: "incidents",
  summary: "The rules that propose measures, as they stand in the file",
  answers: { 200: { description: "YAML.", schema: string, contentType: "application/yaml" } },
};
