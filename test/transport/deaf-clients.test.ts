import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createHttpServer } from "../../src/transport/tls.ts";
import type { ConnectionHandlers } from "../../src/transport/transport.ts";
import { attachWs, HTTP_SERVER_OPTIONS } from "../../src/transport/ws.ts";

const LIMITS = { maxMessageBytes: 1_000, maxBufferedBytes: 1_000, idleTimeoutMs: 60_000, maxConnections: 10 };

const handlers: ConnectionHandlers = {
  upgrade: () => ({ accept: true, subprotocol: "any" }),
  open: () => undefined,
  message: (connection, bytes) => connection.send(bytes.slice()),
  refusedText: () => undefined,
  drained: () => undefined,
  closed: () => undefined,
};

/** More than the buffers of both sockets take. */
const LARGE = Buffer.alloc(64 * 1024 * 1024);

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

async function listening(silentMs?: number): Promise<Server> {
  const server = createHttpServer(
    undefined,
    HTTP_SERVER_OPTIONS,
    (_, response) => response.end(LARGE),
    silentMs,
  );
  open.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe("a client that asks and never reads", () => {
  it("is cut, and a stream that is as silent beside it is not", async () => {
    const server = await listening(300);
    attachWs(server, LIMITS, handlers);
    const stream = new WebSocket(`ws://127.0.0.1:${portOf(server)}/`, ["any"]);
    await once(stream, "open");
    const accepted = once(server, "connection");
    const deaf = connect(portOf(server), "127.0.0.1").pause();
    deaf.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const [socket] = await accepted;
    await once(socket, "close");
    stream.send(Buffer.of(7));
    const [echo] = await once(stream, "message");
    expect([...(echo as Buffer)]).toEqual([7]);
    stream.terminate();
    deaf.destroy();
  });

  it("is not waited for without end where nobody says how long", async () => {
    expect((await listening()).timeout).toBeGreaterThan(0);
  });
});
