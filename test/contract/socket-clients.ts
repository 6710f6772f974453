import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { connect as connectTcp, type Socket } from "node:net";
import { WebSocket } from "ws";
import type { Listener } from "../../src/transport/transport.ts";
import {
  type ClientClose,
  type ConnectOptions,
  type ContractClient,
  type ContractClients,
  Inbox,
  type Refused,
  type SilentPeer,
} from "./contract-client.ts";
import { PROTOCOL } from "./recorder.ts";

/** Clients over real TCP sockets, for every engine that listens on a port. */
export const socketClients: ContractClients = { connect, connectSilent };

async function connect(listener: Listener, options: ConnectOptions = {}): Promise<ContractClient | Refused> {
  const url = `ws://${listener.host}:${listener.port}${options.path ?? "/"}`;
  const ws = new WebSocket(url, [...(options.subprotocols ?? [PROTOCOL])], {
    perMessageDeflate: false,
    headers: { ...options.headers },
  });
  // Attached before anything can arrive: messages may follow the handshake in the same segment.
  const client = new SocketClient(ws);
  const response = await answered(ws);
  return response === undefined ? client : { status: response.statusCode ?? 0, body: await text(response) };
}

function answered(ws: WebSocket): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    ws.once("open", () => resolve(undefined));
    ws.once("unexpected-response", (_request, response) => resolve(response));
    ws.once("error", reject);
  });
}

async function text(response: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return body;
}

class SocketClient implements ContractClient {
  readonly inbox = new Inbox();
  readonly closed: Promise<ClientClose>;
  readonly #ws: WebSocket;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on("message", (data: Buffer) => this.inbox.add(data));
    // Resets and protocol errors show in the close event; without a listener they would end the test process.
    ws.on("error", () => {});
    this.closed = new Promise((resolve) => {
      ws.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  get subprotocol(): string {
    return this.#ws.protocol;
  }

  send(bytes: Uint8Array): void {
    this.#ws.send(bytes);
  }

  sendText(message: string): void {
    this.#ws.send(message);
  }

  close(code?: number, reason?: string): void {
    this.#ws.close(code, reason);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  stopReading(): void {
    this.#ws.pause();
  }

  resumeReading(): void {
    this.#ws.resume();
  }
}

async function connectSilent(listener: Listener): Promise<SilentPeer> {
  // Half-open, so that not even Node answers the server's FIN.
  const socket = connectTcp({ host: listener.host, port: listener.port, allowHalfOpen: true });
  socket.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    socket.once("end", resolve);
    socket.once("close", () => resolve());
  });
  socket.write(handshake(listener));
  await firstBytes(socket);
  socket.resume();
  return { ended, terminate: () => socket.destroy() };
}

export function handshake(listener: Listener): string {
  return [
    "GET / HTTP/1.1",
    `Host: ${listener.host}:${listener.port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    `Sec-WebSocket-Protocol: ${PROTOCOL}`,
    "\r\n",
  ].join("\r\n");
}

function firstBytes(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once("data", resolve));
}
