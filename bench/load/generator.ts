// The load generator: a process of its own that takes orders from its parent. It ends with it.
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { encodeIngestFrame, SCHEMA_MINOR } from "../../src/wire/ingest-frame.ts";
import type { ConnectOrder, GeneratorAnswer, GeneratorOrder, LoadPlan } from "./generator-protocol.ts";
import { clientFrame, LeanSocket, loopbackAddress } from "./lean-socket.ts";
import { LoadRun } from "./load-run.ts";
import { Subscriber } from "./subscriber.ts";

/** Sources under which the sockets speak; each is a label of the server's metrics. */
const SOURCES = 10;
const GATEWAY = 3;
const UTC = 1;

const CONNECT_TIMEOUT_MS = 10_000;

/** Handshakes under way at a time. */
const CONNECT_AT_ONCE = 50;

const subscriber = new Subscriber();
const sockets: LeanSocket[] = [];
let run: LoadRun | undefined;
let runs = 0;

function answer(message: GeneratorAnswer): void {
  process.send?.(message);
}

async function connect(order: ConnectOrder): Promise<void> {
  run?.stop();
  for (const socket of sockets.splice(0)) socket.destroy();
  subscriber.close();
  if (order.isSubscribed ?? true) await subscriber.open(order.url);
  while (sockets.length < order.sockets) {
    const batch = Math.min(CONNECT_AT_ONCE, order.sockets - sockets.length);
    sockets.push(
      ...(await Promise.all(Array.from({ length: batch }, (_, i) => producer(order, sockets.length + i)))),
    );
  }
}

async function producer({ url, sourceAddresses }: ConnectOrder, index: number): Promise<LeanSocket> {
  const from = sourceAddresses === undefined ? undefined : loopbackAddress(index % sourceAddresses);
  const socket = await LeanSocket.open(url, subprotocol.ingest, () => {}, CONNECT_TIMEOUT_MS, from);
  const hello = { source_id: `bench-${index % SOURCES}`, kind: GATEWAY, time_base: UTC };
  socket.sendFrame(clientFrame(encodeIngestFrame({ hello, schema_minor: SCHEMA_MINOR })));
  return socket;
}

function load(plan: LoadPlan): void {
  run?.stop();
  run = new LoadRun(plan, sockets, subscriber, runs++, run?.nextPlace);
  run.start();
}

async function obey(order: GeneratorOrder): Promise<GeneratorAnswer> {
  if (order.kind === "connect") {
    await connect(order);
    return { kind: "connected", sockets: sockets.length };
  }
  if (order.kind === "load") {
    load(order.plan);
    return { kind: "loading" };
  }
  if (run === undefined) return { kind: "failed", reason: "no load was ordered" };
  if (order.kind === "mark") return { kind: "marked", mark: run.mark() };
  run.stop();
  return { kind: "stopped", mark: run.mark() };
}

process.on("message", (order: GeneratorOrder) => {
  obey(order).then(answer, (error: unknown) => answer({ kind: "failed", reason: String(error) }));
});
process.on("disconnect", () => process.exit(0));
answer({ kind: "ready" });
