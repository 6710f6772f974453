import type { IncomingMessage } from "node:http";
import { AGENCIES, type Agency, type IncidentSummary } from "../../api/contract/incidents.ts";
import { Representation } from "../../api/representation.ts";
import { logFor, summaryFor, viewFor } from "../../incident/agency-view.ts";
import { isUnreadable, readCommand, readNewIncident } from "../../incident/command-schema.ts";
import { isRefused, type RefusalCode, type Refused } from "../../incident/decision.ts";
import type { Actor, IncidentRecord } from "../../incident/incident-record.ts";
import { type HttpExchange, type HttpRoute, send, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import {
  describeAlertMeasures,
  describeCommands,
  describeCreate,
  describeIncident,
  describeList,
  describeLog,
  describeMeasures,
  describeRules,
} from "./incident-descriptions.ts";
import type { IncidentDesk } from "./incident-desk.ts";
import type { MeasureRules } from "./measure-rules.ts";
import { ordersOf } from "./measures.ts";

export interface IncidentRouteOptions {
  readonly desk: IncidentDesk;
  readonly actorOf: (request: IncomingMessage) => Actor;
  /** Whether the sender may be told of an alert. */
  readonly mayHear: (request: IncomingMessage, alertId: string) => boolean;
  /** Writes down who did what. */
  readonly note: (exchange: HttpExchange, act: string) => void;
  readonly rules: MeasureRules;
  /** Unix ms. */
  readonly nowMs: () => number;
  /** Nothing real is decided on a recording's clock: whatever is opened is an exercise. */
  readonly isExercise: boolean;
}

/** The longest text that a command may hold is 4,000 characters of up to 4 bytes, escaped. */
const MAX_BODY_BYTES = 64 * 1024;

/** Incidents in one answer; `before` goes on behind them. */
const MAX_LISTED = 500;

const STATUS: Readonly<Record<RefusalCode, number>> = {
  "unknown-incident": 404,
  "unknown-alert": 404,
  "unknown-measure": 404,
  outdated: 412,
  "not-allowed": 409,
  "not-permitted": 403,
  "already-linked": 409,
  "too-many": 409,
};

/** `/v1/incidents` and what lies below it. */
export function incidentRoutes(options: IncidentRouteOptions): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/incidents",
      access: "subscribe",
      title: "Incidents as your agency sees them",
      describe: describeList,
      handle: (exchange) => list(options, exchange),
    },
    {
      method: "POST",
      path: "/v1/incidents",
      access: "operate",
      title: "Opens an incident",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: describeCreate,
      handle: (exchange) => create(options, exchange),
    },
    {
      method: "GET",
      path: "/v1/incidents/*",
      access: "subscribe",
      title: "One incident, or its log",
      describe: [describeIncident, describeLog],
      handle: (exchange) => show(options, exchange),
    },
    {
      method: "POST",
      path: "/v1/incidents/*",
      access: "operate",
      title: "Does something with an incident",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: describeCommands,
      handle: (exchange) => command(options, exchange),
    },
    {
      method: "GET",
      path: `${ALERT_MEASURES}*`,
      access: "operate",
      title: "What the rules propose for an alert",
      describe: describeAlertMeasures,
      handle: (exchange) => alertMeasures(options, exchange),
    },
    {
      method: "GET",
      path: "/v1/measures",
      access: "subscribe",
      title: "What signs, signals and agencies are asked to do",
      describe: describeMeasures,
      handle: (exchange) => measures(options, exchange),
    },
    {
      method: "GET",
      path: "/v1/measures/rules",
      access: "operate",
      title: "The rules that propose measures",
      describe: describeRules,
      handle: ({ response }) => send(response, 200, "application/yaml; charset=utf-8", options.rules.source),
    },
  ];
}

function list({ desk, actorOf }: IncidentRouteOptions, exchange: HttpExchange): Promise<void> | void {
  const { request, response, query } = exchange;
  const wrong = unknownParameter(query);
  if (wrong !== undefined) return sendProblem(response, 400, "bad-query", wrong);
  const { agency } = actorOf(request);
  const found: IncidentSummary[] = [];
  for (const incident of desk.book.all()) {
    const summary = summaryFor(incident, agency);
    if (summary !== undefined && isWanted(summary, query)) found.push(summary);
  }
  found.sort((a, b) => b.openedAtMs - a.openedAtMs || (a.incidentId < b.incidentId ? 1 : -1));
  const incidents = found.slice(0, limitOf(query));
  const body = JSON.stringify({ incidents, more: found.length > incidents.length });
  return new Representation(body, { contentType: JSON_TYPE, cacheControl: "private, no-cache" }).answer(
    request,
    response,
  );
}

const JSON_TYPE = "application/json; charset=utf-8";

const FILTERS = [
  "state",
  "severity",
  "type",
  "open",
  "exercise",
  "alert",
  "since",
  "before",
  "agency",
  "limit",
];

function unknownParameter(query: URLSearchParams): string | undefined {
  for (const name of query.keys())
    if (!FILTERS.includes(name)) return `There is no filter "${name}"; there are ${FILTERS.join(", ")}.`;
  for (const name of ["since", "before", "limit"]) {
    const value = query.get(name);
    if (value !== null && !/^\d{1,15}$/.test(value)) return `${name} must be a whole number.`;
  }
  const agency = query.get("agency");
  const isAgency = agency === null || AGENCIES.some((known) => known === agency);
  return isAgency ? undefined : `agency must be one of ${AGENCIES.join(", ")}.`;
}

function isWanted(summary: IncidentSummary, query: URLSearchParams): boolean {
  const among = (name: string, value: string) => query.get(name)?.split(",").includes(value) ?? true;
  const flag = (name: string, value: boolean) => (query.get(name) ?? String(value)) === String(value);
  const alert = query.get("alert");
  const agency = query.get("agency") as Agency | null;
  return (
    among("state", summary.state) &&
    among("severity", summary.severity) &&
    among("type", summary.type) &&
    flag("open", summary.state !== "closed") &&
    flag("exercise", summary.exercise) &&
    (alert === null || summary.alertIds.includes(alert)) &&
    (agency === null || summary.assignee?.agency === agency || summary.agencies.includes(agency)) &&
    summary.changedAtMs >= Number(query.get("since") ?? 0) &&
    summary.openedAtMs < Number(query.get("before") ?? Number.POSITIVE_INFINITY)
  );
}

function limitOf(query: URLSearchParams): number {
  return Math.min(Math.max(1, Number(query.get("limit") ?? MAX_LISTED)), MAX_LISTED);
}

const ALERT_MEASURES = "/v1/alert-measures/";

/** Before anybody has made an incident of it; afterwards those of the incident, as far as they were decided. */
function alertMeasures(
  { desk, actorOf, nowMs, mayHear }: IncidentRouteOptions,
  exchange: HttpExchange,
): void {
  const { request, response, path } = exchange;
  const alertId = path.slice(ALERT_MEASURES.length);
  const { agency } = actorOf(request);
  const holder = desk.book.holderOf(alertId);
  const view = holder && viewFor(holder, agency);
  if (view !== undefined)
    return sendJson(response, 200, { incidentId: view.incidentId, measures: view.measures });
  const proposed = desk.book.proposalsFor(alertId, nowMs());
  if (isRefused(proposed) || agency !== "centre" || !mayHear(request, alertId))
    return sendProblem(response, 404, "unknown-alert", `There is no alert ${alertId}.`);
  sendJson(response, 200, { measures: proposed });
}

/** For controllers of signs and signals, who ask every few seconds and mostly hear 304. */
function measures(
  { desk, actorOf, nowMs }: IncidentRouteOptions,
  exchange: HttpExchange,
): Promise<void> | void {
  const { request, response, query } = exchange;
  for (const name of query.keys())
    if (!["kind", "state", "exercise"].includes(name))
      return sendProblem(
        response,
        400,
        "bad-query",
        `There is no filter "${name}"; there are kind, state, exercise.`,
      );
  const { agency } = actorOf(request);
  const among = (name: string, value: string) => query.get(name)?.split(",").includes(value) ?? true;
  const exercise = query.get("exercise") === "true";
  const orders = [...desk.book.all()]
    .flatMap((incident) => ordersOf(incident, agency, nowMs()))
    .filter(
      (order) => order.exercise === exercise && among("kind", order.kind) && among("state", order.state),
    )
    .sort((a, b) => (b.decided?.atMs ?? 0) - (a.decided?.atMs ?? 0));
  const listed = { measures: orders.slice(0, MAX_LISTED), more: orders.length > MAX_LISTED };
  return new Representation(JSON.stringify(listed), {
    contentType: JSON_TYPE,
    cacheControl: "private, no-cache",
  }).answer(request, response);
}

async function create(options: IncidentRouteOptions, exchange: HttpExchange): Promise<void> {
  const { request, response } = exchange;
  const body = await readJsonBody(exchange, MAX_BODY_BYTES);
  if (body === undefined) return;
  const asked = readNewIncident(body.value);
  if (isUnreadable(asked)) return sendProblem(response, 400, "bad-incident", `${asked.unreadable}.`);
  const by = options.actorOf(request);
  const opened = options.desk.open(options.isExercise ? { ...asked, exercise: true } : asked, by);
  if (isRefused(opened)) return refuse(exchange, opened, undefined, by);
  options.note(exchange, `incident ${opened.incidentId} open`);
  response.setHeader("Location", `/v1/incidents/${opened.incidentId}`);
  sendIncident(exchange, 201, opened, by.agency);
}

function show({ desk, actorOf }: IncidentRouteOptions, exchange: HttpExchange): void {
  const { request, response, path } = exchange;
  const { agency } = actorOf(request);
  const [incidentId = "", part, ...rest] = path.slice("/v1/incidents/".length).split("/");
  const incident = desk.book.get(incidentId);
  const view = incident && viewFor(incident, agency);
  if (incident === undefined || view === undefined || rest.length > 0 || (part ?? "log") !== "log")
    return sendProblem(response, 404, "unknown-incident", `There is no incident ${incidentId}.`);
  const tag = tagOf(incident, agency);
  if (request.headers["if-none-match"]?.split(",").some((one) => one.trim() === tag)) {
    response.setHeader("ETag", tag);
    response.writeHead(304).end();
    return;
  }
  if (part === undefined) return sendIncident(exchange, 200, incident, agency);
  response.setHeader("ETag", tag);
  response.setHeader("Cache-Control", "private, no-cache");
  sendJson(response, 200, { incidentId, entries: logFor(incident.log, agency) });
}

async function command(options: IncidentRouteOptions, exchange: HttpExchange): Promise<void> {
  const { request, response, path } = exchange;
  const [incidentId = "", part, ...rest] = path.slice("/v1/incidents/".length).split("/");
  if (part !== "commands" || rest.length > 0)
    return sendProblem(response, 404, "not-found", "Commands go to /v1/incidents/{id}/commands.");
  const revision = revisionOf(request.headers["if-match"]);
  if (revision === undefined) {
    const hint = 'Send If-Match: "<revision>" with the revision that you have seen.';
    return sendProblem(response, 428, "revision-needed", hint);
  }
  const body = await readJsonBody(exchange, MAX_BODY_BYTES);
  if (body === undefined) return;
  const asked = readCommand(body.value);
  if (isUnreadable(asked)) return sendProblem(response, 400, "bad-command", `${asked.unreadable}.`);
  const by = options.actorOf(request);
  const done = options.desk.command(incidentId, revision, asked, by);
  if (isRefused(done)) return refuse(exchange, done, options.desk.book.get(incidentId), by);
  options.note(exchange, `incident ${incidentId} ${asked.command}`);
  sendIncident(exchange, 200, done, by.agency);
}

/** A refusal that says how the incident stands now, so that nobody has to ask again. */
function refuse(
  { response }: HttpExchange,
  { refused, message, incidentId }: Refused,
  incident: IncidentRecord | undefined,
  { agency }: Actor,
): void {
  const view = incident && viewFor(incident, agency);
  if (incident !== undefined && view !== undefined) response.setHeader("ETag", tagOf(incident, agency));
  sendJson(response, STATUS[refused], {
    error: refused,
    message,
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(view === undefined ? {} : { incident: view }),
  });
}

function sendIncident(
  { response }: HttpExchange,
  status: number,
  incident: IncidentRecord,
  agency: Agency,
): void {
  response.setHeader("ETag", tagOf(incident, agency));
  response.setHeader("Cache-Control", "private, no-cache");
  sendJson(response, status, viewFor(incident, agency) ?? {});
}

/** The revision; agencies see other bytes of the same revision. */
function tagOf({ revision }: IncidentRecord, agency: Agency): string {
  return agency === "centre" ? `"${revision}"` : `"${revision}-${agency}"`;
}

/** `"7"`, `"7-police"`; a wildcard or a weak tag names no revision (RFC 9110 §13.1.1). */
function revisionOf(header: string | undefined): number | undefined {
  const found = /^"(\d{1,9})(?:-[a-z-]+)?"$/.exec(header?.trim() ?? "");
  return found === null ? undefined : Number(found[1]);
}
