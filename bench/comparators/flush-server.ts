// A bare uWebSockets.js server that writes one message to each of its sockets when it is told to.
import type { WebSocket } from "uWebSockets.js";
import { asUws } from "../../src/transport/uws.ts";
import type { Uws } from "../../src/transport/uws-engine.ts";

/** What the server says: where it stands, then how long each order took in the call, ms. */
export interface FlushMark {
  readonly port: number | undefined;
  readonly callMs: number;
}

/** How a message reaches every socket: one call each, one call each within a cork, or one call for all. */
export const FLUSH_WAYS = ["send", "cork", "publish"] as const;

export interface FlushOrder {
  readonly way: (typeof FLUSH_WAYS)[number];
  readonly bytes: number;
}

const TOPIC = "all";
const MAX_BACKPRESSURE_BYTES = 16 * 1024 * 1024;

async function load(): Promise<Uws | undefined> {
  try {
    return asUws(await import("uWebSockets.js"));
  } catch {
    return undefined;
  }
}

async function serve(): Promise<void> {
  const uws = await load();
  if (uws === undefined) return say({ port: undefined, callMs: 0 });
  const sockets: WebSocket<unknown>[] = [];
  const app = uws.App().ws("/*", {
    maxBackpressure: MAX_BACKPRESSURE_BYTES,
    open(socket) {
      socket.subscribe(TOPIC);
      sockets.push(socket);
    },
  });
  const flush = ({ way, bytes }: FlushOrder): void => {
    const message = new Uint8Array(bytes);
    const startMs = performance.now();
    if (way === "publish") app.publish(TOPIC, message, true, false);
    else if (way === "cork") for (const one of sockets) one.cork(() => one.send(message, true, false));
    else for (const one of sockets) one.send(message, true, false);
    say({ port: undefined, callMs: performance.now() - startMs });
  };
  process.on("message", flush);
  app.listen("127.0.0.1", 0, (socket) => {
    say({ port: socket === false ? undefined : uws.us_socket_local_port(socket), callMs: 0 });
  });
}

function say(mark: FlushMark): void {
  process.send?.(mark);
}

if (process.send !== undefined) {
  process.on("disconnect", () => process.exit(0));
  await serve();
}
