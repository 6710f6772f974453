import type { IncomingMessage, Server, ServerOptions } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { closeCode } from "../domain/close-code.ts";
import { SHUTDOWN_REASON } from "./close-reason.ts";
import {
  addHeader,
  DRAINING,
  FULL,
  isPending,
  NOT_A_HANDSHAKE,
  offeredSubprotocols,
  type Refusal,
  refusalHeaders,
} from "./handshake.ts";
import { peerFacts } from "./peer-facts.ts";
import { createHttpServer } from "./tls.ts";
import type {
  ConnectionHandlers,
  ListenAddress,
  Listener,
  ServerTransport,
  TransportLimits,
  UpgradeDecision,
  UpgradeRequest,
} from "./transport.ts";
import { SWEEPS_PER_TIMEOUT, WsConnection } from "./ws-connection.ts";

/**
 * Options of every `node:http` server that carries streams. Node's defaults let a client drip its headers for 90 s;
 * these cut it off after about 10 s. `connectionsCheckingInterval` can be set at construction only.
 */
export const HTTP_SERVER_OPTIONS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16 * 1024,
} as const satisfies ServerOptions;

/** Time for the peer to answer a close frame, behind whatever it has still to read, before its socket is cut. */
const CLOSE_HANDSHAKE_MS = 10_000;

/** Browsers split only messages beyond 128 KiB and devices hardly any: more pieces than this are an attack (CVE-2026-48779). */
const MAX_FRAGMENTS = 1_024;

/** Network chunks that one incomplete message may hold: a 64 KiB message in the smallest usual TCP segments takes 122. */
const MAX_BUFFERED_CHUNKS = 16 * 1024;

/** Unread answers to a peer's pings before it is cut: a client that pings and never reads must not fill the memory. */
const MAX_PENDING_PONGS = 60;

/** Sockets beyond `maxConnections` that the own server still accepts, in order to answer them 503 instead of a reset. */
const REFUSAL_HEADROOM = 256;

/** WebSocket streams on a `node:http` server whose owner listens and closes. */
export interface WsAttachment {
  readonly connectionCount: () => number;
  /** As `Listener.drain`; the HTTP server itself stays open and answers new handshakes with 503. */
  drain(deadlineMs: number): Promise<void>;
}

/** Takes over every `upgrade` of `server`. Other requests stay with the server's own listener. */
export function attachWs(
  server: Server,
  limits: TransportLimits,
  handlers: ConnectionHandlers,
): WsAttachment {
  return new WsEngine(server, limits, handlers);
}

/** Serves streams through `ws` on a server of its own that answers everything else with 426. */
export function wsTransport(options: ServerOptions = {}): ServerTransport {
  return {
    async listen(at, limits, handlers) {
      const server = createHttpServer(
        at.tls,
        { ...HTTP_SERVER_OPTIONS, ...options },
        (_request, response) => {
          const headers = { ...refusalHeaders(NOT_A_HANDSHAKE), Connection: "close" };
          response.writeHead(NOT_A_HANDSHAKE.status, headers).end(NOT_A_HANDSHAKE.reason);
        },
      );
      server.maxConnections = limits.maxConnections + REFUSAL_HEADROOM;
      const engine = attachWs(server, limits, handlers);
      const port = await bind(server, at);
      return listenerOf(server, engine, { host: at.host, port });
    },
  };
}

function bind(server: Server, at: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenerOf(server: Server, engine: WsAttachment, at: ListenAddress): Listener {
  return {
    engine: "ws",
    host: at.host,
    port: at.port,
    connectionCount: engine.connectionCount,
    async drain(deadlineMs) {
      // Called again it answers an error at once, which is as good: nothing listens any more.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await engine.drain(deadlineMs);
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Accepted {
  readonly request: UpgradeRequest;
  readonly subprotocol: string;
}

type Verdict = (accept: boolean, status?: number, body?: string, headers?: Record<string, string>) => void;

class WsEngine implements WsAttachment {
  readonly #limits: TransportLimits;
  readonly #handlers: ConnectionHandlers;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<WsConnection>();
  readonly #accepted = new WeakMap<IncomingMessage, Accepted>();
  readonly #sweeper: NodeJS.Timeout;
  #drained: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(server: Server, limits: TransportLimits, handlers: ConnectionHandlers) {
    this.#limits = limits;
    this.#handlers = handlers;
    this.#server = new WebSocketServer(this.#options());
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#opened(ws, socket as Socket, request));
    });
    this.#sweeper = setInterval(() => this.#sweep(), limits.idleTimeoutMs / SWEEPS_PER_TIMEOUT).unref();
    server.on("close", () => clearInterval(this.#sweeper));
  }

  readonly connectionCount = (): number => this.#connections.size;

  drain(deadlineMs: number): Promise<void> {
    this.#drained ??= this.#drain(deadlineMs);
    return this.#drained;
  }

  async #drain(deadlineMs: number): Promise<void> {
    if (this.#connections.size > 0) {
      const empty = new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
      });
      for (const connection of this.#connections) connection.close(closeCode.goingAway, SHUTDOWN_REASON);
      const deadline = setTimeout(() => {
        for (const connection of this.#connections) connection.terminate();
      }, deadlineMs);
      await empty;
      clearTimeout(deadline);
    }
    clearInterval(this.#sweeper);
  }

  /** Everything explicit, so that a new default of the library changes nothing here. */
  #options() {
    return {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      skipUTF8Validation: false,
      allowSynchronousEvents: true,
      autoPong: true,
      maxPayload: this.#limits.maxMessageBytes,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_BUFFERED_CHUNKS,
      maxPendingAutoPongs: MAX_PENDING_PONGS,
      closeTimeout: CLOSE_HANDSHAKE_MS,
      // Called once the library has checked the handshake itself, so that no session decides on a broken one.
      verifyClient: (info: { req: IncomingMessage }, verdict: Verdict) => this.#decide(info.req, verdict),
      handleProtocols: (_offered: Set<string>, message: IncomingMessage) =>
        this.#accepted.get(message)?.subprotocol ?? false,
    } as const;
  }

  #decide(message: IncomingMessage, verdict: Verdict): void {
    const request = upgradeRequest(message, this.#handlers);
    const decision = this.#refusalByLimit() ?? this.#handlers.upgrade(request);
    if (!isPending(decision)) return this.#answer(message, request, decision, verdict);
    // Others may have come, or the listener may have begun to drain, while this one waited.
    void decision.verdict.then((late) =>
      this.#answer(message, request, this.#refusalByLimit() ?? late, verdict),
    );
  }

  #answer(
    message: IncomingMessage,
    request: UpgradeRequest,
    decision: UpgradeDecision,
    verdict: Verdict,
  ): void {
    if (!decision.accept) {
      verdict(false, decision.status, decision.reason, refusalHeaders(decision));
      return;
    }
    this.#accepted.set(message, { request, subprotocol: decision.subprotocol });
    verdict(true);
  }

  #refusalByLimit(): Refusal | undefined {
    if (this.#drained !== undefined) {
      this.#handlers.refused?.("draining");
      return DRAINING;
    }
    if (this.#connections.size < this.#limits.maxConnections) return undefined;
    this.#handlers.refused?.("full");
    return FULL;
  }

  #opened(ws: WebSocket, socket: Socket, message: IncomingMessage): void {
    const accepted = this.#accepted.get(message);
    if (accepted === undefined) throw new Error("a connection opened without a decision on its handshake");
    const { maxBufferedBytes } = this.#limits;
    const connection = new WsConnection(ws, socket, accepted.request, this.#handlers, maxBufferedBytes);
    this.#connections.add(connection);
    connection.start(() => this.#gone(connection));
    this.#handlers.open(connection);
  }

  #gone(connection: WsConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  #sweep(): void {
    for (const connection of this.#connections) connection.sweep();
  }
}

function upgradeRequest(message: IncomingMessage, handlers: ConnectionHandlers): UpgradeRequest {
  const headers = new Map<string, string>();
  const raw = message.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) addHeader(headers, raw[i] ?? "", raw[i + 1] ?? "");
  const facts = peerFacts(message);
  const remoteAddress = handlers.addressOf?.(facts.remoteAddress, headers) ?? facts.remoteAddress;
  return { ...facts, remoteAddress, headers, subprotocols: offeredSubprotocols(headers) };
}
