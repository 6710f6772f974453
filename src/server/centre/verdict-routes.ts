import type { Verdict } from "../../api/contract/alarms.ts";
import type { Identity } from "../../domain/access.ts";
import { type HttpExchange, type HttpRoute, send, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";
import { membersOf } from "./alarm-bodies.ts";
import { VERDICT_WORDS, type VerdictBook, verdictLine } from "./verdict-book.ts";

const MAX_BODY_BYTES = 4_096;
const MAX_REASON_CHARACTERS = 500;
const MAX_ID_CHARACTERS = 64;

export interface VerdictRouteParts {
  readonly book: VerdictBook;
  readonly nowMs: () => number;
  readonly identityOf: (exchange: HttpExchange) => Identity;
  readonly note: (exchange: HttpExchange, act: string) => void;
}

/** What operators think of alerts afterwards. */
export function verdictRoutes(parts: VerdictRouteParts): HttpRoute[] {
  const { book } = parts;
  return [
    {
      method: "GET",
      path: "/v1/verdicts",
      access: "operate",
      title: "What operators think of alerts",
      describe: GET_VERDICTS,
      handle({ query, response }) {
        const alertId = query.get("alertId");
        sendJson(response, 200, { verdicts: alertId === null ? book.all() : book.of(alertId) });
      },
    },
    {
      method: "GET",
      path: "/v1/verdicts.ndjson",
      access: "operate",
      title: "The same as a file for roadpulse evaluate --verdicts",
      describe: GET_VERDICT_FILE,
      handle({ response }) {
        response.setHeader("Content-Disposition", 'attachment; filename="verdicts.ndjson"');
        const lines = book.all().map((verdict) => `${verdictLine(verdict)}\n`);
        send(response, 200, "application/x-ndjson; charset=utf-8", lines.join(""));
      },
    },
    {
      method: "POST",
      path: "/v1/verdicts",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: POST_VERDICT,
      handle: (exchange) => say(exchange, parts),
    },
  ];
}

async function say(
  exchange: HttpExchange,
  { book, nowMs, identityOf, note }: VerdictRouteParts,
): Promise<void> {
  const { response } = exchange;
  const body = await readJsonBody(exchange, MAX_BODY_BYTES);
  if (body === undefined) return;
  const read = readVerdict(body.value);
  if (typeof read === "string") return sendProblem(response, 400, "bad-verdict", read);
  const verdict: Verdict = { ...read, by: identityOf(exchange).name, atMs: Math.floor(nowMs()) };
  book.say(verdict);
  note(exchange, `verdict ${verdict.verdict} on alert ${verdict.alertId}`);
  sendJson(response, 201, verdict);
}

function readVerdict(value: unknown): Pick<Verdict, "alertId" | "verdict" | "reason"> | string {
  const { alertId, verdict, reason = "" } = membersOf(value);
  const word = VERDICT_WORDS.find((one) => one === verdict);
  if (typeof alertId !== "string" || alertId === "" || alertId.length > MAX_ID_CHARACTERS)
    return `alertId must be text of 1 to ${MAX_ID_CHARACTERS} characters.`;
  if (word === undefined) return `verdict must be one of ${VERDICT_WORDS.join(", ")}.`;
  if (typeof reason !== "string" || reason.length > MAX_REASON_CHARACTERS)
    return `reason must be text of at most ${MAX_REASON_CHARACTERS} characters.`;
  if (word !== "confirmed" && reason.trim() === "") return `Say in reason why the alert is ${word}.`;
  return { alertId, verdict: word, reason: reason.trim() };
}

const text: JsonSchema = { type: "string" };
const VERDICT: JsonSchema = {
  type: "object",
  required: ["alertId", "verdict", "reason", "by", "atMs"],
  properties: {
    alertId: text,
    verdict: { enum: VERDICT_WORDS },
    reason: text,
    by: text,
    atMs: { type: "number", description: "Unix ms." },
  },
};
const components = { Verdict: VERDICT };
const verdict: JsonSchema = { $ref: "#/components/schemas/Verdict" };
const tag = "verdicts";

const GET_VERDICTS: RouteDescription = {
  tag,
  summary: "What operators think of alerts, oldest first; of several on one alert the last counts",
  parameters: [{ name: "alertId", in: "query", description: "Only those on this alert.", schema: text }],
  answers: {
    200: {
      description: "Verdicts.",
      schema: {
        type: "object",
        required: ["verdicts"],
        properties: { verdicts: { type: "array", items: verdict } },
      },
    },
  },
  components,
};

const GET_VERDICT_FILE: RouteDescription = {
  tag,
  summary: "All verdicts as a file for roadpulse evaluate --verdicts",
  answers: { 200: { description: "One JSON object per line.", contentType: "application/x-ndjson" } },
};

const POST_VERDICT: RouteDescription = {
  tag,
  summary: "Say what an alert was",
  body: {
    type: "object",
    required: ["alertId", "verdict"],
    properties: {
      alertId: { type: "string", minLength: 1, maxLength: MAX_ID_CHARACTERS },
      verdict: { enum: VERDICT_WORDS },
      reason: { type: "string", maxLength: MAX_REASON_CHARACTERS, description: "Needed unless confirmed." },
    },
  },
  answers: { 201: { description: "The verdict as it is kept.", schema: verdict } },
  components,
};
