import { WebSocket } from "ws";
import type { Connection, Listener, ServerTransport } from "./transport.ts";

/**
 * Frame sizes at which a published build of µWS loses bytes in the middle of the stream after the first partial write
 * to a slow reader: 4 bytes from 16 KiB on, 10 bytes from 64 KiB on, where the frame header grows.
 */
const FRAME_BYTES = [16 * 1024, 20_000, 64 * 1024, 100_000] as const;

/** Frames sent into the backlog after the first partial write, so that draining crosses many frame boundaries. */
const BACKLOG_FRAMES = 8;

/** Loopback holds about 4 MiB before a write is partial; a kernel that takes more than this is not put to the test. */
const MAX_FILL_BYTES = 64 * 1024 * 1024;

/** The whole test takes about 0.1 s on one idle core. */
const DEADLINE_MS = 2_000;

const PROTOCOL = "self-test";

/**
 * Lets a slow reader receive large frames through `transport` on loopback and compares every byte.
 *
 * @returns undefined where the stream is whole, else one clause that says what went wrong.
 */
export async function findStreamFault(transport: ServerTransport): Promise<string | undefined> {
  const server = new SelfTestServer();
  const listener = await server.listen(transport);
  const client = new WebSocket(`ws://127.0.0.1:${listener.port}/`, PROTOCOL, { perMessageDeflate: false });
  try {
    return await withDeadline(exchange(server, client));
  } finally {
    client.terminate();
    await listener.drain(0);
  }
}

async function exchange(server: SelfTestServer, client: WebSocket): Promise<string | undefined> {
  const connection = await server.opened(client);
  for (const bytes of FRAME_BYTES) {
    const fault = await exchangeSize(server, connection, client, bytes);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** One round: the client stops reading, the server writes until the kernel takes no more, the client reads again. */
async function exchangeSize(
  server: SelfTestServer,
  connection: Connection,
  client: WebSocket,
  bytes: number,
): Promise<string | undefined> {
  client.pause();
  const received = collect(client, bytes);
  const sent = fill(connection, bytes);
  if (sent === undefined) return `no partial write within ${MAX_FILL_BYTES} bytes`;
  const drained = server.drained();
  client.resume();
  const fault = await received.until(sent);
  if (fault === undefined) await drained;
  return fault;
}

function fill(connection: Connection, bytes: number): number | undefined {
  const limit = Math.ceil(MAX_FILL_BYTES / bytes);
  let sent = 0;
  while (connection.send(pattern(sent, bytes)) === "sent") {
    sent += 1;
    if (sent > limit) return undefined;
  }
  sent += 1;
  for (let i = 0; i < BACKLOG_FRAMES; i += 1) {
    if (connection.send(pattern(sent, bytes)) !== "dropped") sent += 1;
  }
  return sent;
}

/** A frame whose every 32-bit word tells its own place, so that a shifted stream cannot look right. */
function pattern(index: number, bytes: number): Uint8Array {
  const words = new Uint32Array(bytes / 4);
  const first = index * 0x10001;
  for (let i = 0; i < words.length; i += 1) words[i] = first + i;
  return new Uint8Array(words.buffer);
}

interface Collected {
  until(count: number): Promise<string | undefined>;
}

function collect(client: WebSocket, bytes: number): Collected {
  let count = 0;
  let expected = Number.POSITIVE_INFINITY;
  let finish: (fault: string | undefined) => void = () => {};
  const done = new Promise<string | undefined>((resolve) => {
    finish = resolve;
  });
  const onMessage = (data: Buffer) => {
    if (!data.equals(pattern(count, bytes))) finish(`frame ${count} of ${bytes} bytes arrived corrupted`);
    count += 1;
    if (count === expected) finish(undefined);
  };
  client.on("message", onMessage);
  client.once("error", (error) => finish(`stream of ${bytes}-byte frames broke: ${error.message}`));
  client.once("close", () => finish(`connection closed after ${count} frames of ${bytes} bytes`));
  return {
    until(total) {
      expected = total;
      if (count >= total) finish(undefined);
      return done.finally(() => client.removeListener("message", onMessage));
    },
  };
}

function withDeadline(work: Promise<string | undefined>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(`not finished within ${DEADLINE_MS} ms`), DEADLINE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

class SelfTestServer {
  #onOpen: (connection: Connection) => void = () => {};
  #onDrained: () => void = () => {};

  listen(transport: ServerTransport): Promise<Listener> {
    const limits = {
      maxMessageBytes: 1024,
      maxBufferedBytes: MAX_FILL_BYTES,
      idleTimeoutMs: 30_000,
      maxConnections: 1,
    };
    return transport.listen({ host: "127.0.0.1", port: 0 }, limits, {
      upgrade: () => ({ accept: true, subprotocol: PROTOCOL }),
      // Outside the callback, where µWS does not cork: the path that corrupts.
      open: (connection) => setImmediate(() => this.#onOpen(connection)),
      message: () => {},
      refusedText: () => {},
      drained: () => this.#onDrained(),
      closed: () => {},
    });
  }

  opened(client: WebSocket): Promise<Connection> {
    return new Promise((resolve, reject) => {
      this.#onOpen = resolve;
      client.once("error", reject);
    });
  }

  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#onDrained = resolve;
    });
  }
}
