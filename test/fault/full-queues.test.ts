import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { fetchText } from "../../bench/load/metrics.ts";
import { ServerProcess } from "../../bench/load/server-process.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { Receiver, SECRET } from "../webhook/receiver.ts";
import { smallDisk } from "./small-disk.ts";
import { produce, Witness } from "./witness.ts";

/**
 * Every queue and table that a client, a receiver or the disk can fill is driven to its bound, all in the same seconds:
 *
 * | what fills | by what | its bound | what is told |
 * | --- | --- | --- | --- |
 * | messages that turns have no time for | six producers that never pause | 4 MiB, twice that by fair shares | `overload` per source |
 * | stations | twice as many as there is room for | `track.maxStations` | `station-limit` per source |
 * | outboxes and connections' buffers | subscribers that never read | `deliver.outboxBytes`, `limits.maxBufferedBytes` | 4508, dropped |
 * | positions for the map | the same subscribers | one per station | conflated |
 * | alerts kept for resuming | more transitions than fit | `deliver.ringTransitions` | told from the log |
 * | connections | more than are let in | `limits.maxConnections` | 503 |
 * | webhooks' requests | a receiver that never answers | `maxConcurrent`; the rest waits in the log | backlog |
 * | recording | a disk without room | `record.maxQueueBytes` | dropped records |
 * | input for the keeper of states | a keeper that stands still | `store.maxInputBytes` (not filled here: it would take a minute) | `restart_state_kept` 0 |
 */

buildBeforehand();

const MIB = 2 ** 20;
const MAX_STATIONS = 2_000;
const MAX_CONNECTIONS = 60;
const STALLED = 6;
const FLOODERS = 6;
const OUTBOX_BYTES = 64 * 1024;
const CONNECTION_BYTES = 256 * 1024;
const INPUT_BYTES = 64 * MIB;
/** The journal gives way by whole files of 32 MiB. */
const INPUT_SLACK_BYTES = 33 * MIB;

/** Program and young generation, heap that is not collected before, and what the bounds above allow. */
const MOST_RESIDENT_BYTES =
  200 * MIB + 400 * MIB + 8 * MIB + MAX_CONNECTIONS * (2 * CONNECTION_BYTES + OUTBOX_BYTES) + 8 * MIB;

/** A slow machine takes long to fill what a fast one fills in seconds. */
const PATIENCE = { timeout: 150_000, interval: 250 };

const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

/** A socket that is open, or was refused. */
async function dial(url: string, protocol: string): Promise<WebSocket> {
  const socket = new WebSocket(url, [protocol]);
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("open", resolve).once("close", resolve));
  return socket;
}

/** Reports of vehicles on a grid, as fast as the socket takes them; answers are not read. */
async function flood(socket: WebSocket, index: number, signal: AbortSignal): Promise<void> {
  socket.send(encodeIngestFrame({ hello: { source_id: `flooder-${index}`, kind: 2 }, items: [] }));
  for (let round = 0; !signal.aborted; round++) {
    const frames = Array.from({ length: 20 }, (_, at) => reports((round * 20 + at) % 80, round));
    for (let again = 0; again < 4 && !signal.aborted; again++) {
      for (const frame of frames) socket.send(frame);
      while (socket.bufferedAmount > MIB && !signal.aborted) await sleep(2);
      await sleep(PAUSE_MS);
    }
  }
  socket.terminate();
}

const REPORTS = 50;

/** Between two lots of 1,000 reports: with all producers some 300,000 a second, more than a core takes. */
const PAUSE_MS = 18;

/** One of 80 frames, of 4,000 stations in all: half of them find no room. */
function reports(part: number, round: number): Uint8Array {
  const items = Array.from({ length: REPORTS }, (_, at) => ({
    station_id: 1_000 + part * REPORTS + at,
    awareness: {
      latitude_e7: 500_000_000 + part * 50_000 + (round % 1_000),
      longitude_e7: 80_000_000 + at * 50_000,
      speed_cmps: 1_500,
      heading_ddeg: 900,
    },
  }));
  return encodeIngestFrame({ base_time_unix_ms: Date.now(), items });
}

/** A subscriber of everything, many times over, that never reads. */
async function stall(url: string): Promise<WebSocket> {
  const socket = await dial(url, subprotocol.alerts);
  if (socket.readyState !== WebSocket.OPEN) return socket;
  for (let at = 0; at < 16; at++)
    socket.send(
      encodeSubscribe({
        subscriptionId: `s${at}`,
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: at % 2 === 0 ? 100 : undefined,
        resume: undefined,
      }),
    );
  socket.pause();
  return socket;
}

/** Values by name and a part of the labels. */
type Figures = (name: string, labels?: string) => number;

async function figuresOf(server: ServerProcess): Promise<Figures> {
  const lines = (await fetchText(`${server.httpUrl}/metrics`)).split("\n");
  return (name, labels = "") =>
    lines
      .filter((line) => line.startsWith(`roadpulse_${name} `) || line.startsWith(`roadpulse_${name}{`))
      .filter((line) => line.includes(labels))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) * 1_024;

function keeperOf(pid: number): number {
  const [keeper] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return Number(keeper);
}

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** As many connections as are let in, and some more, which are not. */
const crowd = (url: string): Promise<WebSocket[]> =>
  Promise.all(Array.from({ length: MAX_CONNECTIONS + 5 }, () => dial(url, subprotocol.alerts)));

async function start(folder: string, webhookUrl: string): Promise<ServerProcess> {
  const webhooks = join(folder, "webhooks.json");
  writeFileSync(join(folder, "secret"), SECRET);
  const endpoint = { name: "mute", url: webhookUrl, secrets: [{ file: "secret" }], begin: "now" };
  writeFileSync(webhooks, JSON.stringify({ endpoints: [{ ...endpoint, timeoutMs: 30_000 }] }));
  const disk = smallDisk(1);
  const recording =
    disk === undefined ? [] : [`record.file=${join(disk, "all.mcap")}`, "record.maxQueueBytes=1048576"];
  const server = await ServerProcess.start({
    core: undefined,
    settings: [
      "limits.shedWhenOverloaded=true",
      `limits.maxConnections=${MAX_CONNECTIONS}`,
      `limits.maxBufferedBytes=${CONNECTION_BYTES}`,
      `deliver.outboxBytes=${OUTBOX_BYTES}`,
      "deliver.ringTransitions=100",
      `track.maxStations=${MAX_STATIONS}`,
      `store.directory=${join(folder, "data")}`,
      `store.maxInputBytes=${INPUT_BYTES}`,
      `webhooks.file=${webhooks}`,
      ...recording,
    ],
  });
  open.push(() => server.kill());
  return server;
}

/** Half a minute of both cores: `npm run test:fault` asks for it. */
const IS_ASKED_FOR = process.env["FAULT_KILLS"] !== undefined;

describe.runIf(IS_ASKED_FOR)("a server of which every queue is full at once", () => {
  it("stays within its bounds, counts what it gives up, serves safety messages, and is itself again afterwards", {
    timeout: 400_000,
  }, async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "data"));
    const receiver = await Receiver.start();
    let isMute = true;
    receiver.answer = () => (isMute ? undefined : 204);
    const server = await start(folder, receiver.url);
    const stop = new AbortController();
    const quiet = new AbortController();
    const witnesses = [new Witness(server.streamUrl.replace("/v1/stream", ""), 1, false)];
    await expect.poll(async () => (await figuresOf(server))("sessions"), PATIENCE).toBe(1);
    const keeper = keeperOf(server.pid);
    process.kill(keeper, "SIGSTOP");
    open.push(() => process.kill(keeper, "SIGCONT"));

    const safety = produce(server.streamUrl.replace("/v1/stream", ""), 1, quiet.signal, 5);
    const flooders = await Promise.all(
      Array.from({ length: FLOODERS }, () => dial(server.fastLaneUrl, subprotocol.ingest)),
    );
    const work = flooders.map((socket, at) => flood(socket, at, stop.signal));
    const stalled = await Promise.all(Array.from({ length: STALLED }, () => stall(server.streamUrl)));
    const crowded = await crowd(server.fastLaneUrl);
    let most = 0;
    const full = async () => {
      most = Math.max(most, residentBytes(server.pid));
      const of = await figuresOf(server);
      return {
        backlog: of("queue_dropped_total", 'queue="backlog"') > 0,
        shed: of("items_shed_total", 'reason="overload"') > 0,
        stations: of("items_invalid_total", '"station-limit"') > 0,
        outboxes: of("sessions_closed_total", '"4508"') > 0 && of("deliveries_dropped_total", '"alert"') > 0,
        positions: of("deliveries_conflated_total", '"position"') > 0,
        ring: of("store_newest") > 500,
        connections: of("handshakes_refused_total", '"503"') > 0,
        webhooks: receiver.waiting > 0 && of("webhook_backlog") > 100,
        recording: of("recorder_dropped_total") > 0 || of("recorder_records_total") === 0,
      };
    };
    const all = Object.fromEntries(Object.keys(await full()).map((name) => [name, true]));
    await expect.poll(full, PATIENCE).toEqual(all);
    const busy = await figuresOf(server);
    expect(busy("items_shed_total", 'source="rsu-1"')).toBe(0);
    expect(bytesIn(join(folder, "data", "inputs"))).toBeLessThan(INPUT_BYTES + INPUT_SLACK_BYTES);
    expect(receiver.mostWaiting).toBeLessThanOrEqual(4);
    expect(busy("queue_depth", "backlog")).toBeLessThanOrEqual(busy("queue_limit", "backlog"));
    expect(most).toBeLessThan(MOST_RESIDENT_BYTES);

    stop.abort();
    await Promise.all(work);
    for (const socket of [...crowded, ...stalled]) socket.terminate();
    process.kill(keeper, "SIGCONT");
    isMute = false;
    // Safety messages went on all the time, and go on: each was answered before the next.
    const before = (await figuresOf(server))("items_received_total", 'source="rsu-1"');
    await expect
      .poll(async () => (await figuresOf(server))("items_received_total", 'source="rsu-1"'), PATIENCE)
      .toBeGreaterThan(before + 20);
    quiet.abort();
    await safety;

    const recovered = async () => {
      const of = await figuresOf(server);
      return {
        waiting: of("queue_depth"),
        queued: of("deliveries_queued"),
        producers: of("sessions", '"producer"'),
        behind: of("store_newest") - (witnesses[0]?.reached ?? 0),
        webhooks: of("webhook_backlog"),
        kept: of("restart_state_kept"),
      };
    };
    await expect
      .poll(recovered, PATIENCE)
      .toEqual({ waiting: 0, queued: 0, producers: 0, behind: 0, webhooks: 0, kept: 1 });
    const of = await figuresOf(server);
    const sum = (names: readonly string[]): number => names.reduce((total, name) => total + of(name), 0);
    const parts = ["accepted", "duplicate", "invalid", "shed"].map((kind) => `items_${kind}_total`);
    expect(sum(parts)).toBe(of("items_received_total"));
    const ways = ["sent", "conflated", "dropped"].map((kind) => `deliveries_${kind}_total`);
    expect(sum(ways)).toBe(of("deliveries_matched_total"));
    expect(of("items_accepted_total", 'source="rsu-1"') + of("items_duplicate_total", 'source="rsu-1"')).toBe(
      of("items_received_total", 'source="rsu-1"'),
    );
    expect(of("faults_total")).toBe(0);
    expect(witnesses.flatMap(({ faults, gaps }) => [...faults, gaps])).toEqual([0]);
    const posted = new Set(receiver.messages.map(({ sequence }) => sequence));
    expect(posted.size).toBe(of("store_newest"));
    for (const { stream } of witnesses) stream.close();
  });
});
