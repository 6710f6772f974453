import type { AlarmRefusal } from "../../alarm/alarm-input.ts";
import { alarmKpis, LONGEST_KPI_SPAN_MS } from "../../alarm/kpis.ts";
import type { AlarmCommand, AlarmView } from "../../api/contract/alarms.ts";
import { Representation } from "../../api/representation.ts";
import { permitOf } from "../../deliver/permit.ts";
import { holdsScope, type Identity } from "../../domain/access.ts";
import { type HttpExchange, type HttpRoute, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import { readAlarmCommand, readPage } from "./alarm-bodies.ts";
import { ACKNOWLEDGE_PAGE, COMMAND_ALARM, GET_ALARM, GET_ALARMS, GET_KPIS } from "./alarm-descriptions.ts";
import type { AlarmDesk, AlarmSight } from "./alarm-desk.ts";

const PATH = "/v1/alarms";
const MAX_COMMAND_BYTES = 4_096;
const MAX_PAGE_BYTES = 16_384;

const DAY_MS = 86_400_000;

export interface AlarmRouteParts {
  readonly desk: AlarmDesk;
  readonly sight: AlarmSight;
  readonly nowMs: () => number;
  readonly identityOf: (exchange: HttpExchange) => Identity;
  /** Writes down who did what. */
  readonly note: (exchange: HttpExchange, act: string) => void;
}

/** Alarms over HTTP. */
export function alarmRoutes(parts: AlarmRouteParts): HttpRoute[] {
  return [
    {
      method: "GET",
      path: PATH,
      access: "subscribe",
      title: "Alarms as they stand",
      describe: GET_ALARMS,
      handle: (exchange) => list(exchange, parts),
    },
    {
      method: "GET",
      path: `${PATH}/*`,
      access: "subscribe",
      describe: GET_ALARM,
      handle: (exchange) => one(exchange, parts),
    },
    {
      method: "GET",
      path: `${PATH}/kpis`,
      access: "subscribe",
      title: "How the alarms treat the operators",
      describe: GET_KPIS,
      handle: (exchange) => kpis(exchange, parts),
    },
    {
      method: "POST",
      path: `${PATH}/acknowledge`,
      maxBodyBytes: MAX_PAGE_BYTES,
      describe: ACKNOWLEDGE_PAGE,
      handle: (exchange) => acknowledgePage(exchange, parts),
    },
    {
      method: "POST",
      path: `${PATH}/*`,
      maxBodyBytes: MAX_COMMAND_BYTES,
      describe: COMMAND_ALARM,
      handle: (exchange) => command(exchange, parts),
    },
  ];
}

/** What the sender of a request may see of an alarm. */
function seen(exchange: HttpExchange, { sight, identityOf }: AlarmRouteParts, alarmId: string) {
  return sight(alarmId, permitOf(identityOf(exchange).limits));
}

function list(exchange: HttpExchange, { desk, sight, identityOf }: AlarmRouteParts): Promise<void> {
  const { request, response, query } = exchange;
  const asked = query.get("annunciation")?.split(",");
  const permit = permitOf(identityOf(exchange).limits);
  const alarms = desk
    .views()
    .filter(({ annunciation }) => asked?.includes(annunciation) !== false)
    .filter(({ alarmId }) => permit === undefined || sight(alarmId, permit) !== undefined);
  const body = JSON.stringify({ board: desk.sums(), alarms });
  return new Representation(body, { contentType: "application/json; charset=utf-8" }).answer(
    request,
    response,
  );
}

function one(exchange: HttpExchange, parts: AlarmRouteParts): void {
  const { path, response } = exchange;
  const alarmId = path.slice(PATH.length + 1);
  const view = seen(exchange, parts, alarmId);
  if (view === undefined) return sendProblem(response, 404, "unknown-alarm", `There is no alarm ${alarmId}.`);
  response.setHeader("ETag", tagOf(view));
  sendJson(response, 200, view);
}

const tagOf = ({ revision }: AlarmView): string => `"${revision}"`;

function kpis(exchange: HttpExchange, { desk, nowMs, identityOf }: AlarmRouteParts): void {
  const { query, response } = exchange;
  // Sums of the whole centre name stretches of road.
  if (permitOf(identityOf(exchange).limits) !== undefined)
    return sendProblem(
      response,
      403,
      "not-permitted",
      "Figures of the whole centre need credentials without limits.",
    );
  const toMs = Number(query.get("to") ?? nowMs());
  const fromMs = Number(query.get("from") ?? toMs - DAY_MS);
  if (!(fromMs < toMs && toMs - fromMs <= LONGEST_KPI_SPAN_MS))
    return sendProblem(response, 400, "bad-request", "from and to are Unix ms, at most seven days apart.");
  sendJson(response, 200, alarmKpis(desk.alarms, fromMs, toMs));
}

async function command(exchange: HttpExchange, parts: AlarmRouteParts): Promise<void> {
  const { path, response, request } = exchange;
  const [alarmId = "", action, ...more] = path.slice(PATH.length + 1).split("/");
  if (action !== "commands" || more.length > 0)
    return sendProblem(response, 404, "not-found", "An alarm takes commands at /v1/alarms/{id}/commands.");
  const before = seen(exchange, parts, alarmId);
  if (before === undefined)
    return sendProblem(response, 404, "unknown-alarm", `There is no alarm ${alarmId}.`);
  const body = await readJsonBody(exchange, MAX_COMMAND_BYTES);
  if (body === undefined) return;
  const read = readAlarmCommand(body.value);
  if (typeof read === "string") return sendProblem(response, 400, "bad-command", read);
  const match = request.headers["if-match"];
  if (match === undefined)
    return sendProblem(
      response,
      428,
      "if-match-needed",
      'Send If-Match with the revision that you saw, e.g. "7".',
    );
  const now = seen(exchange, parts, alarmId);
  if (now !== undefined && match !== "*" && match !== tagOf(now)) {
    response.setHeader("ETag", tagOf(now));
    return sendJson(response, 412, {
      error: "changed-meanwhile",
      message: "The alarm has changed since you saw it; here it is as it is now.",
      alarm: now,
    });
  }
  answer(exchange, parts, alarmId, read);
}

function answer(exchange: HttpExchange, parts: AlarmRouteParts, alarmId: string, read: AlarmCommand): void {
  const { response } = exchange;
  const refusal = act(exchange, parts, alarmId, read);
  if (refusal !== undefined)
    return sendProblem(response, STATUS_OF[refusal.code], refusal.code, refusal.message);
  const view = seen(exchange, parts, alarmId);
  if (view !== undefined) response.setHeader("ETag", tagOf(view));
  sendJson(response, 200, view ?? {});
}

const STATUS_OF: Readonly<Record<AlarmRefusal["code"], number>> = {
  "unknown-alarm": 404,
  "not-possible": 409,
  "not-permitted": 403,
  "bad-command": 400,
};

function act(
  exchange: HttpExchange,
  { desk, identityOf, note }: AlarmRouteParts,
  alarmId: string,
  read: AlarmCommand,
): AlarmRefusal | undefined {
  const identity = identityOf(exchange);
  const refusal = desk.command(alarmId, read, {
    name: identity.name,
    isAdmin: holdsScope(identity, "admin"),
  });
  if (refusal === undefined) note(exchange, `${read.command} alarm ${alarmId}`);
  return refusal;
}

/** What an operator has before their eyes, and only what is least urgent: nobody acknowledges dangers by the dozen. */
async function acknowledgePage(exchange: HttpExchange, parts: AlarmRouteParts): Promise<void> {
  const { response } = exchange;
  const body = await readJsonBody(exchange, MAX_PAGE_BYTES);
  if (body === undefined) return;
  const page = readPage(body.value);
  if (typeof page === "string") return sendProblem(response, 400, "bad-command", page);
  const acknowledged: string[] = [];
  const refused: ({ readonly alarmId: string } & Pick<AlarmRefusal, "message"> & {
      readonly code: string;
    })[] = [];
  for (const { alarmId, revision } of page) {
    const refusal =
      refusalOf(seen(exchange, parts, alarmId), revision) ?? act(exchange, parts, alarmId, ACKNOWLEDGE);
    if (refusal === undefined) acknowledged.push(alarmId);
    else refused.push({ alarmId, code: refusal.code, message: refusal.message });
  }
  sendJson(response, 200, { acknowledged, refused });
}

const ACKNOWLEDGE: AlarmCommand = { command: "acknowledge" };

function refusalOf(view: AlarmView | undefined, revision: number) {
  if (view === undefined) return { code: "unknown-alarm", message: "The alarm is gone." };
  if (view.priority !== 3)
    return { code: "not-permitted", message: "Alarms of priority 1 and 2 are acknowledged one by one." };
  if (view.revision !== revision)
    return { code: "changed-meanwhile", message: "The alarm has changed since it was seen." };
  return undefined;
}
