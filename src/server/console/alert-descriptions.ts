import { ALERT_KINDS } from "../../domain/alert.ts";
import {
  anyOf,
  count,
  latitude,
  listOf,
  longitude,
  number,
  objectOf,
  refTo,
  share,
  text,
  timeMs,
  truth,
} from "../../ops/json-schema.ts";
import type { JsonSchema, ParameterDescription, RouteDescription } from "../../ops/route-description.ts";

const severity: JsonSchema = { type: "integer", minimum: 1, maximum: 5 };
const heading: JsonSchema = { type: "number", minimum: 0, exclusiveMaximum: 360 };

const GEOMETRY: JsonSchema = {
  type: "object",
  description: "Geometry of GeoJSON (RFC 7946).",
  properties: {
    type: anyOf("Point", "LineString", "Polygon", "MultiPolygon"),
    coordinates: { type: "array" },
  },
  required: ["type", "coordinates"],
};

const MEASURE = objectOf({ name: text, observed: number }, { threshold: number });

const ALERT = objectOf(
  {
    alertId: { ...text, description: "Stable over the alert's life." },
    revision: { ...count, description: "From 1, grows by one with every transition that is told." },
    kind: anyOf(...ALERT_KINDS),
    state: anyOf("new", "updated", "ended", "cancelled", "expired"),
    tier: anyOf("suspected", "confirmed"),
    severity: { ...severity, description: "1 information to 5 danger to life." },
    causeCode: { ...count, description: "ETSI TS 102 894-2." },
    subCauseCode: count,
    confidence: share,
    beganAtMs: timeMs,
    detectedAtMs: timeMs,
    referencedAtMs: timeMs,
    validUntilMs: timeMs,
    latitudeDeg: latitude,
    longitudeDeg: longitude,
    area: GEOMETRY,
    evidence: objectOf({
      stations: count,
      observations: count,
      receivers: count,
      sources: listOf(text),
      marks: listOf(text),
    }),
    why: objectOf({ rule: text, text, measures: listOf(MEASURE) }),
  },
  {
    headingDeg: { ...heading, description: "Direction of the traffic concerned; absent: all." },
    road: objectOf({ ref: text, direction: text, fromKm: number, toKm: number, text }),
    relatedAlertId: text,
    srti: { ...text, description: "Category of Regulation (EU) 886/2013." },
    exercise: { ...truth, description: "Made by an exercise; never told outside." },
  },
);

const latency = objectOf({ decodedMs: number, detectedMs: number, deliveredMs: number });

const components = {
  Alert: ALERT,
  AlertRevision: objectOf({ sequence: count, alert: refTo("Alert") }, { latency }),
};

const query = (name: string, description: string, schema: JsonSchema): ParameterDescription => ({
  name,
  in: "query",
  description,
  schema,
});

const WHEN = "Such as 2026-11-23T06:00Z, Unix ms, or so long ago: 90s, 30m, 2h, 3d.";

const FILTERS: readonly ParameterDescription[] = [
  query("kind", "Kinds, repeated or parted by commas.", text),
  query("cause", "Cause codes of ETSI TS 102 894-2, repeated or parted by commas.", text),
  query("minSeverity", "Least severity.", severity),
  query("minConfidence", "Least confidence.", share),
  query("confirmed", "`true`: leaves out what is only suspected.", anyOf("true", "false")),
  query("bbox", "west,south,east,north in degrees; what touches it.", text),
  query("circle", "latitude,longitude,metres; what touches it.", text),
  query("route", "Roads as on the signs, e.g. A40, repeated or parted by commas.", text),
];

const LIST: readonly ParameterDescription[] = [
  ...FILTERS,
  query("at", `What was known then. ${WHEN}`, text),
  query("limit", "Most alerts of a page; 500 where absent.", { type: "integer", minimum: 1, maximum: 5_000 }),
  query("after", "`next` of the page before.", text),
];

export const describeAlerts: RouteDescription = {
  tag: "alerts",
  summary: "Alerts that have not ended, by the time of their beginning",
  parameters: LIST,
  answers: {
    200: {
      description: "The alerts that fit and may be told.",
      schema: objectOf(
        { atMs: timeMs, alerts: listOf(refTo("Alert")) },
        { cursor: objectOf({ epoch: count, sequence: count }), next: text },
      ),
    },
    304: { description: "The client has them." },
    400: { description: "A parameter is unknown or wrong." },
  },
  components,
};

const FEATURE = objectOf({
  type: anyOf("Feature"),
  id: { ...text, description: "The alert's id: a newer feature replaces the older one." },
  geometry: GEOMETRY,
  properties: { type: "object", description: "The members of an alert but its area." },
});

export const describeAlertsGeoJson: RouteDescription = {
  ...describeAlerts,
  summary: "The same as GeoJSON",
  answers: {
    200: {
      description: "A feature per alert.",
      contentType: "application/geo+json",
      schema: objectOf({ type: anyOf("FeatureCollection"), features: listOf(FEATURE) }, { next: text }),
    },
    304: { description: "The client has them." },
    400: { description: "A parameter is unknown or wrong." },
  },
};

export const describeAlert: RouteDescription = {
  path: "/v1/alerts/{alertId}",
  tag: "alerts",
  summary: "One alert, live or ended, with its revisions",
  details:
    "Each revision tells which rule decided on which numbers, and, for the last ones, where its time was spent.",
  parameters: [{ name: "alertId", in: "path", description: "Id of the alert.", schema: text }],
  answers: {
    200: {
      description: "The alert and its revisions, newest first.",
      schema: objectOf({
        alert: refTo("Alert"),
        isLive: truth,
        revisions: listOf(refTo("AlertRevision")),
        isComplete: { ...truth, description: "False where earlier revisions are no longer kept." },
      }),
    },
    304: { description: "The client has it." },
    404: { description: "It is not known, no longer, or not for whoever asks." },
  },
  components,
};

export const describeHistory: RouteDescription = {
  tag: "alerts",
  summary: "Alert transitions of the past, from the log on the disk",
  details:
    "Searches are cut into pieces of bounded work: a page may hold fewer transitions than asked for, even none, and go on.",
  parameters: [
    ...FILTERS,
    query("alert", "Beginning of an alert's id.", text),
    query("from", `Not before. ${WHEN}`, text),
    query("to", `Not after. ${WHEN}`, text),
    query("order", "`newest` (where absent) or `oldest` first.", anyOf("newest", "oldest")),
    query("limit", "Most transitions of a page; 100 where absent.", {
      type: "integer",
      minimum: 1,
      maximum: 1_000,
    }),
    query("after", "`next` of the page before.", { type: "integer", minimum: 0 }),
  ],
  answers: {
    200: {
      description: "A page of transitions.",
      schema: objectOf(
        { transitions: listOf(objectOf({ sequence: count, alert: refTo("Alert") })) },
        { next: text },
      ),
    },
    304: { description: "The client has it." },
    400: { description: "A parameter is unknown or wrong." },
    404: { description: "The server keeps no history." },
    503: { description: "Others read it; ask again in a second." },
  },
  components,
};
