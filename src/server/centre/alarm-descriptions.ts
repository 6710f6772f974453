import { ALERT_KINDS } from "../../domain/alert.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";

const timeMs: JsonSchema = { type: "number", description: "Unix ms." };
const text: JsonSchema = { type: "string" };
const count: JsonSchema = { type: "integer", minimum: 0 };
const share: JsonSchema = { type: "number", minimum: 0, maximum: 1 };
const object = (
  properties: JsonSchema,
  required: readonly string[] = Object.keys(properties),
): JsonSchema => ({
  type: "object",
  required,
  properties,
});
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

const ALARM = object(
  {
    alarmId: text,
    revision: { ...count, description: "Grows with every change; sent back with commands." },
    annunciation: { enum: ["alarm", "alert", "event"] },
    priority: { enum: [1, 2, 3] },
    state: { enum: ["held", "unacknowledged", "acknowledged", "cleared-unacknowledged", "cleared"] },
    alertId: { ...text, description: "The alert that stands for all." },
    children: list(text),
    alerts: count,
    kind: { enum: ALERT_KINDS },
    stretch: text,
    beganAtMs: timeMs,
    annunciatedAtMs: timeMs,
    clearedAtMs: timeMs,
    acknowledged: object({ by: text, atMs: timeMs }),
    shelved: object({ by: text, untilMs: timeMs, reason: text, oneShot: { type: "boolean" } }),
    outOfService: object({ by: text, atMs: timeMs, reason: text }),
    suppressed: { enum: ["flood", "chatter"] },
    chattering: { type: "boolean" },
    stale: { type: "boolean" },
    exercise: { type: "boolean" },
    incidentId: text,
  },
  [
    "alarmId",
    "revision",
    "annunciation",
    "priority",
    "state",
    "alertId",
    "children",
    "alerts",
    "kind",
    "stretch",
    "beganAtMs",
    "chattering",
    "stale",
    "exercise",
  ],
);

const BOARD = object(
  {
    flood: object({ sinceMs: timeMs, suppressed: count }),
    lastTenMinutes: count,
    shelved: count,
  },
  ["lastTenMinutes", "shelved"],
);

const components = { Alarm: ALARM, AlarmBoard: BOARD };
const alarm: JsonSchema = { $ref: "#/components/schemas/Alarm" };
const tag = "alarms";
const id = { name: "id", in: "path", description: "Id of the alarm.", schema: text } as const;

export const GET_ALARMS: RouteDescription = {
  tag,
  summary: "Alarms as they stand",
  details: "Those that are over stay for five minutes, and until somebody has acknowledged them.",
  parameters: [
    {
      name: "annunciation",
      in: "query",
      description: "Only these, parted by commas: alarm, alert, event.",
      schema: text,
    },
  ],
  answers: {
    200: {
      description: "All of them, and sums.",
      schema: object({ board: { $ref: "#/components/schemas/AlarmBoard" }, alarms: list(alarm) }),
    },
    304: { description: "Nothing has changed since the tag in If-None-Match." },
  },
  components,
};

export const GET_ALARM: RouteDescription = {
  path: "/v1/alarms/{id}",
  tag,
  summary: "One alarm",
  parameters: [id],
  answers: { 200: { description: "As it is, its revision as ETag.", schema: alarm } },
  components,
};

const reason: JsonSchema = { type: "string", minLength: 1, maxLength: 500 };
const commandOf = (name: string, more: JsonSchema = {}, required: readonly string[] = Object.keys(more)) =>
  object({ command: { const: name }, ...more }, ["command", ...required]);

export const COMMAND_ALARM: RouteDescription = {
  path: "/v1/alarms/{id}/commands",
  tag,
  summary: "Acknowledge, shelve, unshelve; for administrators: out of service and back",
  details:
    "Alarms are shelved for at most eight hours with a reason and return by themselves; those of priority 1 only by " +
    "administrators.",
  parameters: [
    id,
    {
      name: "If-Match",
      in: "header",
      required: true,
      description: 'The revision that was seen, e.g. `"7"`; `*` for whatever it is.',
      schema: text,
    },
  ],
  body: {
    oneOf: [
      commandOf("acknowledge"),
      commandOf("shelve", { untilMs: timeMs, reason, oneShot: { type: "boolean" } }, ["untilMs", "reason"]),
      commandOf("unshelve"),
      commandOf("remove-from-service", { reason }),
      commandOf("return-to-service"),
    ],
  },
  answers: {
    200: { description: "The alarm as it is now.", schema: alarm },
    409: { description: "Nothing to acknowledge, to shelve or to return." },
    412: {
      description: "It has changed since it was seen; here it is.",
      schema: object({ error: text, message: text, alarm }),
    },
    428: { description: "If-Match is missing." },
  },
  components,
};

export const ACKNOWLEDGE_PAGE: RouteDescription = {
  tag,
  summary: "Acknowledge what is visible of priority 3",
  body: object({
    alarms: { ...list(object({ alarmId: text, revision: count })), minItems: 1, maxItems: 50 },
  }),
  answers: {
    200: {
      description: "Which were, and which were not and why.",
      schema: object({
        acknowledged: list(text),
        refused: list(object({ alarmId: text, code: text, message: text })),
      }),
    },
  },
};

export const GET_KPIS: RouteDescription = {
  tag,
  summary: "How the alarms treat the operators",
  details:
    "Counts alarms per window of ten minutes (ISA-18.2, EEMUA 191): at most 1 is the aim, 10 are a flood.",
  parameters: [
    { name: "from", in: "query", description: "Unix ms; a day before `to` where absent.", schema: timeMs },
    { name: "to", in: "query", description: "Unix ms; now where absent.", schema: timeMs },
  ],
  answers: {
    403: { description: "The credentials are limited to areas or causes." },
    200: {
      description: "Key figures.",
      schema: object(
        {
          fromMs: timeMs,
          toMs: timeMs,
          windows: list(
            object({ fromMs: timeMs, alarms: count, p1: count, p2: count, p3: count, suppressed: count }),
          ),
          floodShare: share,
          priorityShares: object({ p1: share, p2: share, p3: share }),
          medianAcknowledgeMs: { type: "number" },
          standing: count,
          stale: list(text),
          chattering: list(object({ key: text, transitions: count })),
          topSources: list(object({ key: text, alarms: count, share })),
          shelved: count,
        },
        [
          "fromMs",
          "toMs",
          "windows",
          "floodShare",
          "priorityShares",
          "standing",
          "stale",
          "topSources",
          "shelved",
        ],
      ),
    },
  },
};
