import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { encodeWelcome } from "../../src/wire/server-message.ts";

interface Running {
  readonly http: Server;
  readonly sockets: WebSocketServer | undefined;
}

const servers: Running[] = [];

afterEach(async () => {
  for (const { http, sockets } of servers.splice(0)) {
    for (const socket of sockets?.clients ?? []) socket.terminate();
    http.close();
    await once(http, "close");
  }
});

async function listen(http: Server, sockets?: WebSocketServer): Promise<string> {
  servers.push({ http, sockets });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** A server that does with each connection what the test says; `nth` counts from 1. */
export async function scriptedServer(
  onConnection: (socket: WebSocket, nth: number) => void,
): Promise<{ url: string; paths: string[]; protocols: string[] }> {
  const paths: string[] = [];
  const protocols: string[] = [];
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket, request) => {
    paths.push(request.url ?? "");
    protocols.push(socket.protocol);
    socket.on("error", () => undefined);
    onConnection(socket, paths.length);
  });
  return { url: await listen(http, sockets), paths, protocols };
}

/** A server that refuses every handshake. */
export async function refusingServer(status: number, text: string): Promise<string> {
  const http = createServer();
  http.on("upgrade", (_request, socket) => {
    socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`);
  });
  return await listen(http);
}

export const welcome = (heartbeatMs = 15_000): Uint8Array =>
  encodeWelcome({
    epoch: 5,
    serverTimeMs: 1_760_000_000_000,
    version: "0.1.0",
    schemaMinor: 1,
    maxMessageBytes: 262_144,
    maxItems: 500,
    heartbeatMs,
  });
