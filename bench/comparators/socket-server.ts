// A bare WebSocket server that counts or echoes, on one engine.
import type { ServerTransport } from "../../src/transport/transport.ts";
import { loadUws } from "../../src/transport/uws.ts";
import { wsTransport } from "../../src/transport/ws.ts";
import type { SocketServerMark } from "./sockets.ts";

const [engine, mode] = process.argv.slice(2);
const LIMITS = {
  maxMessageBytes: 65_536,
  maxBufferedBytes: 16 * 1024 * 1024,
  idleTimeoutMs: 120_000,
  maxConnections: 20_000,
};

async function transportOf(): Promise<ServerTransport | undefined> {
  if (engine === "ws") return wsTransport();
  const loaded = await loadUws();
  return "unavailable" in loaded ? undefined : loaded;
}

let messages = 0;
const transport = await transportOf();
const listener = await transport?.listen({ host: "127.0.0.1", port: 0 }, LIMITS, {
  upgrade: ({ subprotocols }) => ({ accept: true, subprotocol: subprotocols[0] ?? "" }),
  open: () => {},
  message(connection, bytes) {
    messages++;
    if (mode === "echo") connection.send(bytes.slice());
  },
  refusedText: () => {},
  drained: () => {},
  closed: () => {},
});

function mark(): SocketServerMark {
  const { user, system } = process.cpuUsage();
  return { port: listener?.port, messages, processorUs: user + system };
}

process.on("message", () => process.send?.(mark()));
process.on("disconnect", () => process.exit(0));
process.send?.(mark());
