import { type HttpExchange, type HttpRoute, sendJson, sendProblem } from "../ops/http.ts";
import { readJsonBody } from "../ops/json-body.ts";
import type { JsonSchema, RouteDescription } from "../ops/route-description.ts";
import type { EndpointStatus } from "../webhook/endpoint-status.ts";
import type { Webhooks } from "../webhook/webhooks.ts";
import type { ServerWebhooks } from "./webhooks.ts";

const PATH = "/v1/webhooks";

const MAX_BODY_BYTES = 1_024;

/** What operators see of webhooks and do with them. The listing is empty where there are none. */
export function webhookRoutes(webhooks: ServerWebhooks | undefined): HttpRoute[] {
  return [
    {
      method: "GET",
      path: PATH,
      title: "Receivers of webhooks and how they fare",
      access: "operate",
      describe: LISTING,
      handle: ({ response }) =>
        sendJson(response, 200, { webhooks: (webhooks?.webhooks.status() ?? []).map(viewOf) }),
    },
    {
      method: "POST",
      path: `${PATH}/*`,
      access: "operate",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: ACTIONS,
      handle: (exchange) => act(exchange, webhooks?.webhooks),
    },
  ];
}

function viewOf({ stats, ...rest }: EndpointStatus) {
  const { messages, requests, failed, gaps, lastSentAtMs, failingSinceMs, failure } = stats;
  const failures = Object.fromEntries(Object.entries(failed).filter(([, count]) => count > 0));
  return { ...rest, messages, requests, failed: failures, gaps, lastSentAtMs, failingSinceMs, failure };
}

async function act(exchange: HttpExchange, webhooks: Webhooks | undefined): Promise<void> {
  const { response, path } = exchange;
  const [name = "", action = "", ...more] = path.slice(PATH.length + 1).split("/");
  if (webhooks?.has(name) !== true)
    return sendProblem(response, 404, "not-found", `There is no webhook ${name}.`);
  const body = await readJsonBody(exchange, MAX_BODY_BYTES);
  if (body === undefined) return;
  if (more.length === 0 && action === "test") return test(exchange, webhooks, name);
  if (more.length === 0 && action === "resume") {
    webhooks.enable(name);
    return sendJson(response, 200, { name });
  }
  if (more.length === 0 && action === "replay") return replay(exchange, webhooks, name, body.value);
  sendProblem(response, 404, "not-found", "A webhook takes test, resume and replay.");
}

async function test({ response }: HttpExchange, webhooks: Webhooks, name: string): Promise<void> {
  const begunMs = performance.now();
  const result = await webhooks.test(name);
  if (result === undefined) return sendProblem(response, 404, "not-found", `There is no webhook ${name}.`);
  const { ok, status } = result;
  const ms = Math.round(performance.now() - begunMs);
  sendJson(response, 200, {
    name,
    ok,
    status,
    ms,
    ...(result.ok ? {} : { reason: result.reason, detail: result.detail }),
  });
}

function replay({ response }: HttpExchange, webhooks: Webhooks, name: string, body: unknown): void {
  const from = (body as { readonly from?: unknown } | undefined)?.from;
  if (typeof from !== "number" || !Number.isSafeInteger(from) || from < 1)
    return sendProblem(response, 400, "bad-request", "from must be the number of a message, 1 or more.");
  const problem = webhooks.replay(name, from);
  if (problem !== undefined) return sendProblem(response, 409, "not-kept", `${problem}.`);
  sendJson(response, 200, { name, from });
}

const count: JsonSchema = { type: "integer", minimum: 0 };
const timeMs: JsonSchema = { type: "number", description: "Unix ms." };

const ENDPOINT: JsonSchema = {
  type: "object",
  required: ["name", "origin", "state", "backlog", "oldestS", "messages", "requests", "failed", "gaps"],
  properties: {
    name: { type: "string" },
    origin: { type: "string", description: "Scheme, host and port; paths may hold secrets." },
    state: { enum: ["delivering", "failing", "paused", "disabled"] },
    cursor: {
      type: "object",
      required: ["epoch", "sequence"],
      properties: { epoch: { type: "integer" }, sequence: { type: "integer" } },
    },
    backlog: { ...count, description: "Transitions of the log behind its place, wanted or not." },
    oldestS: { type: "number", description: "Age of the first of them, s." },
    messages: count,
    requests: count,
    failed: { type: "object", additionalProperties: count },
    gaps: count,
    lastSentAtMs: timeMs,
    failingSinceMs: timeMs,
    disabledAtMs: timeMs,
    failure: { type: "string" },
    warning: { type: "string" },
  },
};

const LISTING: RouteDescription = {
  tag: "webhooks",
  summary: "Receivers of webhooks, where each stands and what failed.",
  answers: {
    200: {
      description: "All receivers; none where the server has no webhooks.",
      schema: {
        type: "object",
        required: ["webhooks"],
        properties: { webhooks: { type: "array", items: ENDPOINT } },
      },
    },
  },
};

const NAME = {
  name: "name",
  in: "path",
  description: "Name of the receiver.",
  schema: { type: "string" },
} as const;
const named = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: "object",
  required: ["name", ...Object.keys(properties).filter((key) => key === "ok" || key === "from")],
  properties: { name: { type: "string" }, ...properties },
});

const ACTIONS: readonly RouteDescription[] = [
  {
    path: `${PATH}/{name}/test`,
    tag: "webhooks",
    summary: "Sends a signed message of type `test` at once and tells how it went.",
    parameters: [NAME],
    body: { type: "object" },
    answers: {
      200: {
        description: "How it went.",
        schema: named({
          ok: { type: "boolean" },
          status: { type: "integer" },
          ms: count,
          reason: { type: "string" },
          detail: { type: "string" },
        }),
      },
      404: { description: "There is no such receiver." },
    },
  },
  {
    path: `${PATH}/{name}/resume`,
    tag: "webhooks",
    summary: "Goes on with a receiver that was disabled by its 410, from where it stood.",
    parameters: [NAME],
    body: { type: "object" },
    answers: {
      200: { description: "It is told again.", schema: named({}) },
      404: { description: "There is no such receiver." },
    },
  },
  {
    path: `${PATH}/{name}/replay`,
    tag: "webhooks",
    summary: "Sends everything from a number on once more, with the same ids.",
    parameters: [NAME],
    body: { type: "object", required: ["from"], properties: { from: { type: "integer", minimum: 1 } } },
    answers: {
      200: { description: "It begins.", schema: named({ from: { type: "integer" } }) },
      404: { description: "There is no such receiver." },
      409: { description: "That number is not kept." },
    },
  },
];
