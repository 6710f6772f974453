import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Examination,
  examineHops,
  type Finding,
  type Hop,
  HopFailure,
  HopSkipped,
  PATIENCE_MS,
} from "./hop.ts";
import { judgeReceipt, produce, reachFastLane, subscribe } from "./stream-hops.ts";

/** Ticks come every 50 ms, so a live pipeline shows several within this. */
const TICK_WATCH_MS = 300;

/** What a lane that only serves streams answers to plain HTTP (RFC 9110 §15.5.22). */
const FAST_LANE_STATUS = 426;

const HOPS: readonly Hop[] = [
  { name: "port", needs: [], run: reachPort },
  { name: "http", needs: ["port"], run: askLiveness },
  { name: "ready", needs: ["http"], run: askReadiness },
  { name: "engine", needs: ["http"], run: askEngine },
  { name: "fast lane", needs: ["engine"], run: reachFastLane },
  { name: "producer", needs: ["port"], run: produce },
  { name: "decode", needs: ["producer"], run: judgeReceipt },
  { name: "detect", needs: ["http"], run: watchTicks },
  { name: "subscriber", needs: ["port"], run: subscribe },
];

/** Examines a server hop by hop, in the direction of the data. */
export function examine(url: URL): AsyncGenerator<Finding> {
  return examineHops(HOPS, url);
}

function reachPort({ url }: Examination): Promise<string> {
  const port = Number(url.port || (url.protocol === "wss:" ? 443 : 80));
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    const fail = (text: string): void => {
      socket.destroy();
      reject(
        new HopFailure(
          `${host}:${port}: ${text}`,
          "Start the server with roadpulse serve, or name it: --url.",
        ),
      );
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve(`${host}:${port} accepts connections`);
    });
    socket.once("timeout", () => fail("no answer"));
    socket.once("error", (error) => fail(error.message));
  });
}

async function ask({ httpUrl }: Examination, path: string): Promise<Response> {
  try {
    return await fetch(httpUrl + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const text =
      error instanceof Error && error.name === "TimeoutError" ? "no answer" : "no HTTP server answers";
    throw new HopFailure(
      `${path}: ${text}`,
      "Name the HTTP lane, not the fast lane: port 8080 where nothing else is set.",
    );
  }
}

async function askLiveness(examination: Examination): Promise<string> {
  const response = await ask(examination, "/livez");
  if (response.status === 200) return "the process is alive";
  const hint =
    response.status === FAST_LANE_STATUS
      ? "This is the fast lane; name the HTTP lane, port 8080 where nothing else is set."
      : "Something else than Roadpulse may listen there.";
  throw new HopFailure(`/livez answers ${response.status}`, hint);
}

async function askReadiness(examination: Examination): Promise<string> {
  const response = await ask(examination, "/readyz");
  if (response.status === 200) return "the server can do its work";
  const { reasons } = (await response.json().catch(() => ({}))) as { readonly reasons?: readonly string[] };
  throw new HopFailure(
    `not ready: ${reasons?.join("; ") ?? response.status}`,
    "Each reason names the part that fails.",
  );
}

async function askEngine(examination: Examination): Promise<string> {
  const response = await ask(examination, "/version");
  examination.version = (await response.json()) as Readonly<Record<string, unknown>>;
  const { version, fastLaneEngine, clock } = examination.version as Readonly<Record<string, string>>;
  return `roadpulse ${version}, clock ${clock}, HTTP lane on ws, fast lane ${fastLaneEngine === "off" ? "off" : `on ${fastLaneEngine}`}`;
}

async function watchTicks(examination: Examination): Promise<string> {
  if (examination.version["clock"] === "replay")
    throw new HopSkipped("this server takes its time from recordings");
  const before = await readTicks(examination);
  await sleep(TICK_WATCH_MS);
  const ticks = (await readTicks(examination)) - before;
  if (ticks > 0) return `${ticks} ticks in ${TICK_WATCH_MS} ms`;
  throw new HopFailure(
    "time stands still in the pipeline",
    "The event loop is stuck; restart the server and keep its log.",
  );
}

async function readTicks(examination: Examination): Promise<number> {
  const text = await (await ask(examination, "/metrics")).text();
  const value = /^roadpulse_ticks_total (\S+)$/m.exec(text)?.[1];
  if (value !== undefined) return Number(value);
  throw new HopFailure(
    "/metrics lacks roadpulse_ticks_total",
    "Server and client may be of different versions.",
  );
}
