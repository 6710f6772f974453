import type { AlertView } from "../../api/contract/alarms.ts";
import type { AlertDetail, AlertRevision, AlertsView } from "../../api/contract/alerts.ts";
import { FILTER_PARAMETERS, QueryError, QueryReader, readFilter } from "../../api/query.ts";
import { filterOf } from "../../deliver/alert-match.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import { type Permit, permitOf } from "../../deliver/permit.ts";
import type { Alert } from "../../domain/alert.ts";
import type { LoggedAlert } from "../../domain/alert-log.ts";
import { prepareShape } from "../../geo/shapes.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import type { Gatekeeper } from "../access/gatekeeper.ts";
import { identityOf } from "../access/viewer.ts";
import { alertView } from "./alert-board.ts";
import { describeAlert, describeAlerts, describeAlertsGeoJson } from "./alert-descriptions.ts";
import type { AlertHistoryReader } from "./alert-history-reader.ts";
import { answerJson, askingWell } from "./answer.ts";

export interface AlertRouteParts {
  readonly hub: DeliveryHub;
  readonly gatekeeper: Gatekeeper;
  readonly nowMs: () => number;
  readonly history: AlertHistoryReader | undefined;
  /** What was known at a time; undefined where the past is not kept. */
  readonly alertsAt: (timeMs: number) => Promise<readonly Alert[]> | undefined;
}

const DEFAULT_PAGE = 500;
const MAX_PAGE = 5_000;

/** Revisions of one alert that are told. */
const MAX_REVISIONS = 200;

const PREFIX = "/v1/alerts/";

/** Longest id that anybody may ask for; ours have 13 characters. */
const MAX_ID_CHARACTERS = 64;

const LIST_PARAMETERS = [...FILTER_PARAMETERS, "bbox", "circle", "route", "at", "limit", "after"];

const GEOJSON = "application/geo+json; charset=utf-8";

export function alertRoutes(parts: AlertRouteParts): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/alerts",
      access: "subscribe",
      title: "Alerts that have not ended",
      describe: describeAlerts,
      handle: askingWell(async (exchange) => answerJson(exchange, await pageOf(parts, exchange))),
    },
    {
      method: "GET",
      path: "/v1/alerts.geojson",
      access: "subscribe",
      describe: describeAlertsGeoJson,
      handle: askingWell(async (exchange) => {
        const { alerts, next } = await pageOf(parts, exchange);
        const features = alerts.map(featureOf);
        const more = next === undefined ? {} : { next };
        await answerJson(exchange, { type: "FeatureCollection", features, ...more }, GEOJSON);
      }),
    },
    {
      method: "GET",
      path: `${PREFIX}*`,
      access: "subscribe",
      describe: describeAlert,
      handle: askingWell((exchange) => answerAlert(parts, exchange)),
    },
  ];
}

async function pageOf(parts: AlertRouteParts, exchange: HttpExchange): Promise<AlertsView> {
  const { hub, nowMs } = parts;
  const query = new QueryReader(exchange.query, LIST_PARAMETERS);
  const atMs = query.timeMs("at", nowMs());
  const wanted = wantedBy(query, permitFor(parts, exchange));
  const { epoch, sequence } = hub.cursor;
  const all = atMs === undefined ? [...hub.live()] : await past(parts, atMs);
  const sorted = all.filter(wanted).sort(byBeginning);
  const limit = query.whole("limit", 1, MAX_PAGE) ?? DEFAULT_PAGE;
  const after = query.text("after");
  const place = after === undefined ? undefined : placeFrom(after);
  const rest = place === undefined ? sorted : sorted.filter((alert) => isAfter(alert, place));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    atMs: Math.floor(atMs ?? nowMs()),
    ...(atMs === undefined ? { cursor: { epoch, sequence } } : {}),
    alerts: page.map(alertView),
    ...(last === undefined || rest.length <= limit ? {} : { next: placeOf(last) }),
  };
}

async function past({ alertsAt }: AlertRouteParts, atMs: number): Promise<readonly Alert[]> {
  const known = alertsAt(atMs);
  if (known === undefined) throw new QueryError("The past is not kept here; store.directory keeps it.");
  return known;
}

export function permitFor(
  { gatekeeper }: Pick<AlertRouteParts, "gatekeeper">,
  { request }: HttpExchange,
): Permit | undefined {
  return permitOf(identityOf(gatekeeper, request).limits);
}

function wantedBy(query: QueryReader, permit: Permit | undefined): (alert: Alert) => boolean {
  const passes = filterOf(readFilter(query));
  const area = query.area();
  const shape = area === undefined ? undefined : prepareShape(area);
  const routes = query.list("route");
  return (alert) =>
    passes(alert) &&
    permit?.allows(alert) !== false &&
    shape?.intersects(alert.outline) !== false &&
    (routes.length === 0 || routes.includes(alert.road?.ref ?? ""));
}

const byBeginning = (a: Alert, b: Alert): number =>
  a.beganAtMs - b.beganAtMs || (a.alertId < b.alertId ? -1 : 1);

/** Where a page ends: alerts that come and go between two pages move none that stays. */
const placeOf = ({ beganAtMs, alertId }: Alert): string => `${beganAtMs}~${alertId}`;

function placeFrom(after: string): { readonly beganAtMs: number; readonly alertId: string } {
  const [beganAt = "", alertId] = after.split("~");
  if (alertId === undefined || !/^\d+(\.\d+)?$/.test(beganAt))
    throw new QueryError("after is the `next` of the page before.");
  return { beganAtMs: Number(beganAt), alertId };
}

function isAfter(alert: Alert, place: { readonly beganAtMs: number; readonly alertId: string }): boolean {
  if (alert.beganAtMs !== place.beganAtMs) return alert.beganAtMs > place.beganAtMs;
  return alert.alertId > place.alertId;
}

/** RFC 7946; the id of a feature is that of the alert, so that a map can replace it. */
function featureOf({ area, alertId, ...properties }: AlertView) {
  return { type: "Feature", id: alertId, geometry: area, properties: { alertId, ...properties } };
}

async function answerAlert(parts: AlertRouteParts, exchange: HttpExchange): Promise<void> {
  new QueryReader(exchange.query, []);
  const alertId = exchange.path.slice(PREFIX.length);
  const found = alertId.length <= MAX_ID_CHARACTERS ? await revisionsOf(parts, alertId) : [];
  const permit = permitFor(parts, exchange);
  const told = permit === undefined ? found : found.filter(({ alert }) => permit.allows(alert));
  const [newest] = told;
  if (newest === undefined) {
    const where =
      parts.history === undefined ? "in memory; store.directory would keep older ones" : "in the log";
    return sendProblem(exchange.response, 404, "unknown-alert", `There is no alert of this id ${where}.`);
  }
  const { hub } = parts;
  const live = hub.liveAlert(alertId);
  const detail: AlertDetail = {
    alert: alertView(live !== undefined && permit?.allows(live) !== false ? live : newest.alert),
    isLive: live !== undefined,
    revisions: told.map((entry) => revisionView(hub, entry)),
    isComplete: (found.at(-1)?.alert.revision ?? 0) === 1,
  };
  await answerJson(exchange, detail);
}

/** Newest first: from the log of deliveries, and from the history where the alert has ended before. */
async function revisionsOf(
  { hub, history }: AlertRouteParts,
  alertId: string,
): Promise<readonly LoggedEntry[]> {
  const near = hub.revisionsOf(alertId, MAX_REVISIONS);
  if (near.length > 0 || history === undefined) return near;
  return history.revisions(alertId, MAX_REVISIONS);
}

type LoggedEntry = Pick<LoggedAlert, "sequence" | "alert">;

function revisionView(hub: DeliveryHub, { sequence, alert }: LoggedEntry): AlertRevision {
  const latency = hub.latencyOf(sequence);
  if (latency === undefined) return { sequence, alert: alertView(alert) };
  const { decodedUs, detectedUs, deliveredUs } = latency;
  return {
    sequence,
    alert: alertView(alert),
    latency: {
      decodedMs: decodedUs / 1_000,
      detectedMs: detectedUs / 1_000,
      deliveredMs: deliveredUs / 1_000,
    },
  };
}
