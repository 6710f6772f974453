import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "../domain/delivery.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import { EVERY_ALERT } from "../domain/subscription.ts";
import { encodeIngestFrame, SCHEMA_MINOR } from "../wire/ingest-frame.ts";
import { encodeSubscribe } from "../wire/subscriber-message.ts";
import type { Finding } from "./doctor.ts";
import { StreamProbe } from "./stream-probe.ts";

/** A hop that is broken: what was seen, and what to do about it. */
class HopFailure extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** A hop that does not apply, e.g. producers at a server that takes its time from a recording. */
class HopSkipped extends Error {}

/** What the hops learn from one another. */
interface Examination {
  readonly url: URL;
  readonly httpUrl: string;
  version: Readonly<Record<string, unknown>>;
  receipt: Receipt | undefined;
}

interface Hop {
  readonly name: string;
  /** Without these the hop cannot be judged. */
  readonly needs: readonly string[];
  /** Answers what was seen, in one phrase. */
  run(examination: Examination): Promise<string>;
}

/** A healthy server answers within milliseconds; this long only a stuck one takes. */
const PATIENCE_MS = 5_000;

/** Ticks come every 50 ms, so a live pipeline shows several within this. */
const TICK_WATCH_MS = 300;

const SOURCE_NAME = "roadpulse-doctor";

/** What a lane that only serves streams answers to plain HTTP (RFC 9110 §15.5.22). */
const FAST_LANE_STATUS = 426;

/** Far from every road: 1° N 1° E, in the Gulf of Guinea. */
const OPEN_SEA = { latitude_e7: 10_000_000, longitude_e7: 10_000_000 };

/** Examines hop after hop, in the direction of the data. */
export async function* examine(url: URL): AsyncGenerator<Finding> {
  const httpUrl = `${url.protocol === "wss:" ? "https" : "http"}://${url.host}`;
  const examination: Examination = { url, httpUrl, version: {}, receipt: undefined };
  const passed = new Set<string>();
  for (const hop of HOPS) {
    const finding = await judge(hop, examination, passed);
    if (finding.state === "ok") passed.add(hop.name);
    yield finding;
  }
}

async function judge(hop: Hop, examination: Examination, passed: ReadonlySet<string>): Promise<Finding> {
  const missing = hop.needs.find((name) => !passed.has(name));
  if (missing !== undefined) return { hop: hop.name, state: "skipped", text: `needs ${missing}` };
  try {
    return { hop: hop.name, state: "ok", text: await hop.run(examination) };
  } catch (error) {
    if (error instanceof HopSkipped) return { hop: hop.name, state: "skipped", text: error.message };
    const text = error instanceof Error ? error.message : String(error);
    const hint = error instanceof HopFailure ? error.hint : "The server's log may tell more.";
    return { hop: hop.name, state: "failed", text, hint };
  }
}

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

async function reachFastLane({ url, version }: Examination): Promise<string> {
  if (version["fastLaneEngine"] === "off") throw new HopSkipped("this server has none");
  const told = String(version["fastLaneUrl"] ?? "");
  if (!URL.canParse(told)) throw new HopSkipped("the server does not tell its address");
  // Its port only: the server knows itself under the address that it is bound to, e.g. 0.0.0.0.
  const { port } = new URL(told);
  const address = new URL(url);
  address.port = port;
  const probe = await openProbe(address, subprotocol.alerts);
  await probe.close();
  return `takes streams on port ${port}`;
}

async function openProbe(url: URL, protocol: string): Promise<StreamProbe> {
  try {
    return await StreamProbe.open(url.href, protocol, PATIENCE_MS);
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "Check the path of the address, and what stands between, e.g. a proxy.",
    );
  }
}

async function produce(examination: Examination): Promise<string> {
  if (examination.version["clock"] === "replay")
    throw new HopSkipped("this server takes its time from recordings");
  const probe = await openProbe(examination.url, subprotocol.ingest);
  try {
    await probe.expect("welcome");
    probe.send(statusFrame(Date.now()));
    examination.receipt = await probe.expect("receipt");
    return "hello and one status reading were answered with a receipt";
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "The server takes connections but does not handle messages.",
    );
  } finally {
    await probe.close();
  }
}

/** A reading that says that its sender is well: nothing detects anything in it. */
function statusFrame(nowMs: number): Uint8Array {
  return encodeIngestFrame({
    base_time_unix_ms: nowMs,
    schema_minor: SCHEMA_MINOR,
    want_receipt: true,
    hello: { source_id: SOURCE_NAME, kind: 3, time_base: 1, software: SOURCE_NAME },
    items: [
      {
        station_id: 1,
        sensor: {
          position: OPEN_SEA,
          sensor_name: SOURCE_NAME,
          unit_health: { queued_messages: 0 },
        },
      },
    ],
  });
}

async function judgeReceipt({ receipt }: Examination): Promise<string> {
  if (receipt?.accepted === 1) return "the reading was decoded, validated and accepted";
  const [rejected] = receipt?.rejected ?? [];
  const reason =
    rejected === undefined ? "for no stated reason" : `as ${rejected.reason} ${rejected.field}`.trim();
  const hint =
    rejected?.reason === "future" || rejected?.reason === "stale"
      ? "Set the clocks of this machine and of the server."
      : "Client and server may be of different versions.";
  throw new HopFailure(`the reading was rejected ${reason}`, hint);
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

async function subscribe({ url }: Examination): Promise<string> {
  const probe = await openProbe(url, subprotocol.alerts);
  try {
    await probe.expect("welcome");
    probe.send(
      encodeSubscribe({
        subscriptionId: SOURCE_NAME,
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: undefined,
        resume: undefined,
      }),
    );
    const { snapshotAlerts } = await probe.expect("subscribed");
    return `subscribed; ${snapshotAlerts} alerts are live`;
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "The server takes connections but does not serve subscriptions.",
    );
  } finally {
    await probe.close();
  }
}
