import type { HistoryView } from "../../api/contract/alerts.ts";
import { FILTER_PARAMETERS, QueryError, QueryReader, readFilter } from "../../api/query.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import { alertView } from "./alert-board.ts";
import { describeHistory } from "./alert-descriptions.ts";
import { type AlertRouteParts, permitFor } from "./alert-routes.ts";
import { answerJson, askingWell } from "./answer.ts";

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1_000;

const PARAMETERS = [
  ...FILTER_PARAMETERS,
  "bbox",
  "circle",
  "route",
  "alert",
  "from",
  "to",
  "order",
  "limit",
  "after",
];

/** Alert transitions of the past, from the log. */
export function historyRoutes(parts: AlertRouteParts): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/history",
      access: "operate",
      title: "Alert transitions of the past",
      describe: describeHistory,
      handle: askingWell((exchange) => answer(parts, exchange)),
    },
  ];
}

async function answer(parts: AlertRouteParts, exchange: HttpExchange): Promise<void> {
  const { history, nowMs } = parts;
  const { response } = exchange;
  if (history === undefined) {
    const why = "This server keeps no history; store.directory, with store.history, keeps one.";
    return sendProblem(response, 404, "no-history", why);
  }
  const query = new QueryReader(exchange.query, PARAMETERS);
  const wanted = {
    fromMs: query.timeMs("from", nowMs()) ?? 0,
    toMs: query.timeMs("to", nowMs()) ?? Number.MAX_SAFE_INTEGER,
    area: query.area(),
    filter: readFilter(query),
    routes: query.list("route"),
    alertId: query.text("alert") ?? "",
  };
  const order = query.oneOf("order", ["newest", "oldest"]) ?? "newest";
  const limit = query.whole("limit", 1, MAX_PAGE) ?? DEFAULT_PAGE;
  const beyond = query.whole("after", 0, Number.MAX_SAFE_INTEGER);
  if (wanted.fromMs > wanted.toMs) throw new QueryError("from lies after to.");
  const permit = permitFor(parts, exchange);
  const allows = ({ alert }: { readonly alert: Parameters<typeof alertView>[0] }) =>
    permit?.allows(alert) !== false;
  const { entries, next } = await history.page(wanted, order, beyond, limit, allows);
  const view: HistoryView = {
    transitions: entries.map(({ sequence, alert }) => ({ sequence, alert: alertView(alert) })),
    ...(next === undefined ? {} : { next: String(next) }),
  };
  if (!response.destroyed) await answerJson(exchange, view);
}
