import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { alertLine } from "../../domain/alert-json.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";
import type { ByteSink } from "../../recording/file-sink.ts";
import { readRecording } from "../../recording/reader.ts";
import { Recorder } from "../../recording/recorder.ts";
import type { HistoryQuery } from "../../store/alert-history.ts";
import { askingWell } from "../console/answer.ts";
import type { PastAlerts } from "./alerts-at.ts";
import type { Recordings } from "./recordings.ts";

const PATH = "/v1/recordings/";
const CLIPS = ["clip.mcap", "clip.ndjson"] as const;

/** A review is about minutes. */
const LONGEST_MS = 3_600_000;

/** Records that wait for the network; the file is read no further meanwhile. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

const PAGE = 1_000;

export interface ClipParts {
  readonly recordings: Recordings;
  /** The alert log; undefined where none is kept. */
  readonly log: PastAlerts | undefined;
  readonly note: (exchange: HttpExchange, act: string) => void;
}

/** Parts of recordings for review, with the alerts of the same time. */
export function clipRoutes(parts: ClipParts): HttpRoute[] {
  return [
    {
      method: "GET",
      path: `${PATH}*`,
      access: "operate",
      describe: CLIPS.map((clip) => DESCRIPTIONS[clip]),
      handle: askingWell((exchange) => answer(exchange, parts)),
    },
  ];
}

async function answer(exchange: HttpExchange, parts: ClipParts): Promise<void> {
  const { path, query, response } = exchange;
  const [name = "", asked, ...more] = path.slice(PATH.length).split("/");
  const clip = CLIPS.find((one) => one === asked);
  if (clip === undefined || more.length > 0)
    return sendProblem(response, 404, "not-found", `A recording has ${CLIPS.join(" and ")}.`);
  const found = await parts.recordings.find(name);
  if (found === undefined)
    return sendProblem(response, 404, "unknown-recording", `There is no recording ${name}.`);
  const [fromMs, toMs] = [Number(query.get("from") ?? Number.NaN), Number(query.get("to") ?? Number.NaN)];
  if (!(isTime(fromMs) && isTime(toMs) && fromMs < toMs && toMs - fromMs <= LONGEST_MS))
    return sendProblem(response, 400, "bad-request", "from and to are Unix ms, at most an hour apart.");
  if (clip === "clip.ndjson" && parts.log === undefined)
    return sendProblem(response, 404, "no-history", "No alert log is kept here; store.directory keeps one.");
  parts.note(exchange, `clip of recording ${name}`);
  const file = `${name.replace(/\.mcap$/, "")}-${new Date(fromMs).toISOString().replace(/[:.]/g, "-")}`;
  response.setHeader(
    "Content-Disposition",
    `attachment; filename="${file.replace(/[^\w.-]/g, "_")}.${clip}"`,
  );
  if (clip === "clip.mcap") await sendRecords(response, found.path, name, fromMs, toMs);
  else if (parts.log !== undefined) await sendAlerts(response, parts.log, fromMs, toMs);
}

/** Whether it is a time that can be written as a date. */
const isTime = (ms: number): boolean => !Number.isNaN(new Date(ms).getTime());

/** Cut as it goes out: nothing of it is held in memory or on the disk. */
async function sendRecords(
  response: ServerResponse,
  path: string,
  name: string,
  fromMs: number,
  toMs: number,
): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/octet-stream" });
  const provenance = { clipOf: name, clipFromMs: String(fromMs), clipToMs: String(toMs) };
  const recorder = await Recorder.over(new ResponseSink(response), { clockStartMs: fromMs, provenance });
  for await (const batch of readRecording(path, { fromMs, toMs })) {
    for (const record of batch) recorder.record(record);
    if (recorder.queuedBytes > MAX_WAITING_BYTES) await recorder.drained();
    if (response.destroyed) break;
  }
  await recorder.close();
}

class ResponseSink implements ByteSink {
  readonly #response: ServerResponse;
  length = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#response.destroyed) throw new Error("the connection is gone");
    this.length += bytes.length;
    // Copied: the recorder goes on writing into its memory.
    if (!this.#response.write(Buffer.from(bytes))) await roomIn(this.#response);
  }

  async close(): Promise<void> {
    this.#response.end();
  }
}

/** Settles when the network has taken what was written, or the client is gone. */
async function roomIn(response: ServerResponse): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]);
  } finally {
    done.abort();
  }
}

async function sendAlerts(
  response: ServerResponse,
  log: PastAlerts,
  fromMs: number,
  toMs: number,
): Promise<void> {
  const query: HistoryQuery = {
    fromMs,
    toMs,
    area: undefined,
    filter: { causeCodes: [], kinds: [], minSeverity: 1, minConfidencePct: 0, confirmedOnly: false },
    routes: [],
    alertId: "",
  };
  let beyond: number | undefined;
  do {
    const { entries, next } = await log.page(query, "oldest", beyond, PAGE, () => true);
    if (!response.headersSent)
      response.writeHead(200, { "Content-Type": "application/x-ndjson; charset=utf-8" });
    for (const { alert } of entries) response.write(`${alertLine(alert)}\n`);
    if (response.writableNeedDrain) await roomIn(response);
    beyond = next;
  } while (beyond !== undefined && !response.destroyed);
  response.end();
}

const text: JsonSchema = { type: "string" };
const timeMs: JsonSchema = { type: "number", description: "Unix ms." };
const parameters: RouteDescription["parameters"] = [
  { name: "name", in: "path", description: "Name of the recording.", schema: text },
  { name: "from", in: "query", required: true, description: "First receive time.", schema: timeMs },
  { name: "to", in: "query", required: true, description: "End, at most an hour later.", schema: timeMs },
];

const DESCRIPTIONS: Readonly<Record<(typeof CLIPS)[number], RouteDescription>> = {
  "clip.mcap": {
    path: `${PATH}{name}/clip.mcap`,
    tag: "playback",
    summary: "Part of a recording for review, as a recording",
    details:
      "Sessions that were open at its beginning are introduced first, so that it can be replayed by itself.",
    parameters,
    answers: { 200: { description: "MCAP.", contentType: "application/octet-stream" } },
  },
  "clip.ndjson": {
    path: `${PATH}{name}/clip.ndjson`,
    tag: "playback",
    summary: "Alert transitions of the same time, from the alert log",
    parameters,
    answers: { 200: { description: "One alert per line.", contentType: "application/x-ndjson" } },
  },
};
