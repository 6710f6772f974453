import { type NewPlayback, PLAYBACK_SPEEDS } from "../../api/contract/playback.ts";
import { type HttpExchange, type HttpRoute, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";
import { isPlaybackRefusal, type Playbacks } from "./playbacks.ts";
import type { Recordings } from "./recordings.ts";

const PATH = "/v1/playbacks";
const MAX_BODY_BYTES = 1_024;

export interface PlaybackRouteParts {
  readonly recordings: Recordings;
  readonly playbacks: Playbacks;
  readonly nameOf: (exchange: HttpExchange) => string;
  readonly note: (exchange: HttpExchange, act: string) => void;
}

/** Recordings and their playbacks. Recordings hold pseudonyms and whole tracks: only operators may look at them. */
export function playbackRoutes(parts: PlaybackRouteParts): HttpRoute[] {
  const { recordings, playbacks } = parts;
  return [
    {
      method: "GET",
      path: "/v1/recordings",
      access: "operate",
      title: "Recordings that can be played",
      describe: GET_RECORDINGS,
      handle: async ({ response }) => sendJson(response, 200, { recordings: await recordings.list() }),
    },
    {
      method: "GET",
      path: PATH,
      access: "operate",
      describe: GET_PLAYBACKS,
      handle: ({ response }) => sendJson(response, 200, { playbacks: playbacks.list() }),
    },
    {
      method: "POST",
      path: PATH,
      access: "operate",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: POST_PLAYBACK,
      handle: (exchange) => start(exchange, parts),
    },
    {
      method: "DELETE",
      path: `${PATH}/*`,
      access: "operate",
      maxBodyBytes: MAX_BODY_BYTES,
      describe: DELETE_PLAYBACK,
      async handle({ path, response }) {
        const playbackId = path.slice(PATH.length + 1);
        if (await playbacks.end(playbackId)) return sendJson(response, 200, { playbackId });
        sendProblem(response, 404, "unknown-playback", `There is no playback ${playbackId}.`);
      },
    },
  ];
}

async function start(exchange: HttpExchange, { playbacks, nameOf, note }: PlaybackRouteParts): Promise<void> {
  const { response } = exchange;
  const body = await readJsonBody(exchange, MAX_BODY_BYTES);
  if (body === undefined) return;
  const order = readOrder(body.value);
  if (typeof order === "string") return sendProblem(response, 400, "bad-request", order);
  const answer = await playbacks.start(order, nameOf(exchange));
  if (isPlaybackRefusal(answer)) return sendProblem(response, answer.status, answer.code, answer.message);
  note(exchange, `play recording ${order.recording}`);
  sendJson(response, 201, answer);
}

function readOrder(value: unknown): NewPlayback | string {
  const { recording, atMs, speed } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof recording !== "string" || recording === "") return "recording must be the name of one.";
  if (atMs !== undefined && !(typeof atMs === "number" && Number.isFinite(atMs)))
    return "atMs must be a time in Unix ms.";
  const known = PLAYBACK_SPEEDS.find((one) => one === speed);
  if (speed !== undefined && known === undefined)
    return `speed must be one of ${PLAYBACK_SPEEDS.join(", ")}.`;
  return {
    recording,
    ...(atMs === undefined ? {} : { atMs }),
    ...(known === undefined ? {} : { speed: known }),
  };
}

const text: JsonSchema = { type: "string" };
const timeMs: JsonSchema = { type: "number", description: "Unix ms." };
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

const RECORDING: JsonSchema = {
  type: "object",
  required: ["name", "bytes"],
  properties: { name: text, bytes: { type: "integer", minimum: 0 }, fromMs: timeMs, toMs: timeMs },
};

const PLAYBACK: JsonSchema = {
  type: "object",
  required: ["playbackId", "recording", "fromMs", "toMs", "atMs", "speed", "state", "by"],
  properties: {
    playbackId: text,
    recording: text,
    fromMs: timeMs,
    toMs: timeMs,
    atMs: { ...timeMs, description: "Time that is shown, Unix ms." },
    speed: { enum: PLAYBACK_SPEEDS },
    state: { enum: ["loading", "playing", "paused", "seeking", "ended", "failed"] },
    by: text,
    reason: text,
  },
};
const components = { Playback: PLAYBACK, Recording: RECORDING };
const playback: JsonSchema = { $ref: "#/components/schemas/Playback" };
const recording: JsonSchema = { $ref: "#/components/schemas/Recording" };
const tag = "playback";

const listOf = (name: string, items: JsonSchema): JsonSchema => ({
  type: "object",
  required: [name],
  properties: { [name]: list(items) },
});

const GET_RECORDINGS: RouteDescription = {
  tag,
  summary: "Recordings that can be played, newest first",
  answers: { 200: { description: "Recordings.", schema: listOf("recordings", recording) } },
  components,
};

const GET_PLAYBACKS: RouteDescription = {
  tag,
  summary: "Playbacks that run",
  answers: { 200: { description: "Playbacks.", schema: listOf("playbacks", playback) } },
  components,
};

const POST_PLAYBACK: RouteDescription = {
  tag,
  summary: "Play a recording",
  details:
    "It is looked at by the stream of consoles at `?playback=<playbackId>`, where requests of the type `playback` pause it, " +
    "seek and change its speed. It ends by DELETE, and when nobody has looked for a minute.",
  body: {
    type: "object",
    required: ["recording"],
    properties: { recording: text, atMs: timeMs, speed: { enum: PLAYBACK_SPEEDS } },
  },
  answers: {
    201: { description: "The playback.", schema: playback },
    404: { description: "There is no such recording." },
    409: { description: "The recording holds nothing that can be played." },
    503: { description: "As many playbacks run as may." },
  },
  components,
};

const DELETE_PLAYBACK: RouteDescription = {
  path: `${PATH}/{id}`,
  tag,
  summary: "End a playback",
  parameters: [{ name: "id", in: "path", description: "Id of the playback.", schema: text }],
  answers: {
    200: { description: "It has ended.", schema: { type: "object", properties: { playbackId: text } } },
    404: { description: "There is no such playback." },
  },
};
