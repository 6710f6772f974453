// One of the two programs in a process of its own: plays segments in process, or as they come through a WebSocket.
import { Session } from "node:inspector/promises";
import { WebSocketServer } from "ws";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { pickFastLane } from "../../src/transport/fast-lane.ts";
import type { ServerTransport } from "../../src/transport/transport.ts";
import { readEnvelope } from "./envelope.ts";
import { openProgram, type Program, type Side } from "./play.ts";
import type { Played, PlayerAnswer, PlayerOrder } from "./player-protocol.ts";
import { profileParts } from "./profile.ts";
import { FleetRecording, type RecordingOrder, readFixture, type Segment } from "./recording.ts";
import { openReader } from "./report-reader.ts";

const read = await openReader();

let side: Side = "twin";
let program: Program | undefined;
let nextSegment: () => Promise<Segment> = () => Promise.reject(new Error("nothing is open"));
let passes = 1;
/** Alert files of the plays so far that must all be one: of a fixture each play gives a file. */
let whole: string[] | undefined;

function open(order: Extract<PlayerOrder, { kind: "open" }>): PlayerAnswer {
  side = order.side;
  whole = undefined;
  program = openProgram(side, read);
  nextSegment = segmentsOf(order.recording);
  passes = order.recording.kind === "fixture" ? order.recording.plays : 1;
  return { kind: "ready" };
}

function segmentsOf(order: RecordingOrder): () => Promise<Segment> {
  if (order.kind === "fixture") {
    const segment = readFixture(order.name);
    return () => segment;
  }
  const fleet = new FleetRecording(order);
  let isWarm = false;
  return () => {
    const seconds = isWarm ? order.segmentS : order.warmUpS;
    isWarm = true;
    return Promise.resolve(fleet.next(seconds));
  };
}

/** Plays a segment of a fleet once; a fixture several times, each time in a new program. */
function playSegment(segment: Segment): Played {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const startMs = performance.now();
  for (let pass = 0; pass < passes; pass++) {
    const running = program as Program;
    for (const record of segment.records) running.push(record);
    if (passes > 1) keepFile();
  }
  return played(segment.reports * passes, startMs, before);
}

/** Ends the play of a fixture: its alert file must be that of the plays before. */
function keepFile(): void {
  const running = program as Program;
  running.finish();
  if (whole !== undefined && whole.join() !== running.lines.join())
    throw new Error("two plays of one recording told different alerts");
  whole = running.lines;
  program = openProgram(side, read);
}

function played(reports: number, startMs: number, before: NodeJS.CpuUsage): Played {
  const { user, system } = process.cpuUsage(before);
  return { reports, wallMs: performance.now() - startMs, processorMs: (user + system) / 1_000 };
}

async function profiled(segment: Segment): Promise<PlayerAnswer> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  playSegment(segment);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return { kind: "profiled", parts: profileParts(profile) };
}

/** Called with each message that came through the socket. */
let onMessage: (bytes: Uint8Array) => void = () => {};
const NO_LIMIT = 1 << 30;

/** The twin listens as the README of `ws` shows it, Roadpulse with its fast lane. */
async function listen(): Promise<PlayerAnswer> {
  if (side === "twin") return listenPlainly();
  const { engine, transport } = await pickFastLane();
  return { kind: "ready", url: await listenAs(transport), engine };
}

function listenPlainly(): Promise<PlayerAnswer> {
  return new Promise((resolve) => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    server.on("connection", (socket) => socket.on("message", (data) => onMessage(data as Buffer)));
    server.on("listening", () => {
      const { port } = server.address() as { port: number };
      resolve({ kind: "ready", url: `ws://127.0.0.1:${port}/`, engine: "ws" });
    });
  });
}

async function listenAs(transport: ServerTransport): Promise<string> {
  const limits = {
    maxMessageBytes: NO_LIMIT,
    maxBufferedBytes: NO_LIMIT,
    idleTimeoutMs: 600_000,
    maxConnections: 10,
  };
  const listener = await transport.listen({ host: "127.0.0.1", port: 0 }, limits, {
    upgrade: () => ({ accept: true, subprotocol: subprotocol.ingest }),
    open: () => {},
    message: (_connection, bytes) => onMessage(bytes),
    refusedText: () => {},
    drained: () => {},
    closed: () => {},
  });
  return `ws://127.0.0.1:${listener.port}/`;
}

/** Plays what comes through the socket, up to the mark. The clock starts with the first message. */
function awaitSegment(reports: number): Promise<Played> {
  globalThis.gc?.();
  let startMs = 0;
  let before = process.cpuUsage();
  return new Promise((resolve, reject) => {
    onMessage = (bytes) => {
      if (startMs === 0) {
        startMs = performance.now();
        before = process.cpuUsage();
      }
      try {
        const record = readEnvelope(bytes);
        if (record !== undefined) return program?.push(record);
        resolve(played(reports, startMs, before));
      } catch (error) {
        reject(error);
      }
    };
  });
}

async function answerTo(order: PlayerOrder): Promise<PlayerAnswer> {
  switch (order.kind) {
    case "open":
      return open(order);
    case "play":
      return { kind: "played", played: playSegment(await nextSegment()) };
    case "profile":
      return profiled(await nextSegment());
    case "listen":
      return listen();
    case "await": {
      const waiting = awaitSegment(0);
      process.send?.({ kind: "ready" } satisfies PlayerAnswer);
      return { kind: "played", played: await waiting };
    }
    case "finish":
      if (whole === undefined) program?.finish();
      return { kind: "finished", lines: whole ?? program?.lines ?? [] };
  }
}

process.on("message", (order: PlayerOrder) => {
  answerTo(order)
    .catch((error: unknown): PlayerAnswer => ({ kind: "failed", reason: String(error) }))
    .then((answer) => process.send?.(answer));
});
// Whatever fails within a stream of RxJS is thrown later, from nowhere.
process.on("uncaughtException", (error) => {
  process.send?.({ kind: "failed", reason: error.stack ?? error.message } satisfies PlayerAnswer);
});
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "ready" } satisfies PlayerAnswer);
