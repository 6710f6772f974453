import type {
  HttpRequest,
  HttpResponse,
  TemplatedApp,
  us_listen_socket,
  us_socket_context_t,
} from "uWebSockets.js";
import { X509Certificate } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { closeCode } from "../domain/close-code.ts";
import { cutCloseReason, SHUTDOWN_REASON } from "./close-reason.ts";
import {
  addHeader,
  DRAINING,
  FULL,
  isPending,
  NOT_A_HANDSHAKE,
  offeredSubprotocols,
  plainAddress,
  type Refusal,
  refusalCloseCode,
  refusalHeaders,
  statusLine,
} from "./handshake.ts";
import { HELD_TOO_MUCH, HeldMessages } from "./held-messages.ts";
import { checkTlsFiles, type TlsFiles, watchTlsFiles } from "./tls.ts";
import type {
  ConnectionHandlers,
  ListenAddress,
  Listener,
  ServerTransport,
  TransportLimits,
  UpgradeRequest,
} from "./transport.ts";
import { type HeldSocket, UwsConnection, type UwsSocket, type UwsUserData } from "./uws-connection.ts";

/** The part of uWebSockets.js in use. Its own types leave out the constants and the longest form of `listen`. */
export interface Uws {
  App(): TemplatedApp;
  SSLApp(options: TlsOptions): TemplatedApp;
  us_listen_socket_close(socket: us_listen_socket): void;
  us_socket_local_port(socket: us_listen_socket): number;
  readonly DISABLED: number;
  readonly LIBUS_LISTEN_EXCLUSIVE_PORT: number;
}

interface TlsOptions {
  readonly cert_file_name: string;
  readonly key_file_name: string;
  readonly ca_file_name?: string;
}

/** Present on answers of a TLS app; the types leave it out. PEM, empty where the client sent no certificate. */
type WithCertificate = HttpResponse & { getX509Certificate?(): string };

type ListenExclusively = (
  host: string,
  port: number,
  options: number,
  done: (socket: us_listen_socket | false) => void,
) => void;

/** µWS ends the process when `idleTimeout` lies outside these. */
const MIN_IDLE_TIMEOUT_S = 8;
const MAX_IDLE_TIMEOUT_S = 960;

/**
 * What µWS may hold beyond `maxBufferedBytes` before it drops by itself: its 16 KiB cork buffer, frame headers, pings,
 * answers to the peer's pings and the close frame. Our own check comes first, so that only a peer that pings and never
 * reads meets this bound. Without room for it the close frame itself would be dropped and the stream end in mid-frame.
 */
const BACKPRESSURE_HEADROOM_BYTES = 64 * 1024;

/**
 * µWS forgets a socket as soon as its close frame is sent and cannot tell when the peer has answered. Cutting at once
 * could reset the connection before the peer has read the frame; half a second is several round trips on a mobile link.
 */
const CLOSE_LINGER_MS = 500;

/** Pause between looks at buffers that must run empty before their connections close. */
const FLUSH_POLL_MS = 20;

const NOTHING = new Uint8Array();

const decoder = new TextDecoder();

/** Serves streams through a loaded uWebSockets.js; `loadUws` makes one that has passed its self-test. */
export function uwsTransport(uws: Uws): ServerTransport {
  return {
    async listen(at, limits, handlers) {
      if (at.tls !== undefined) {
        checkTlsFiles(at.tls);
      }
      const engine = new UwsEngine(uws, limits, handlers, at.tls);
      if (!engine.listen(at))
        throw (await portFault(at)) ?? new Error(`uWebSockets.js cannot listen on ${at.host}:${at.port}`);
      return engine;
    },
  };
}

/** µWS says only that it cannot listen: Node is asked for the reason. */
function portFault(at: ListenAddress): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(at.port, at.host, () => probe.close(() => resolve(undefined)));
  });
}

class UwsEngine implements Listener {
  readonly engine = "uws";
  host = "";
  port = 0;
  readonly #uws: Uws;
  readonly #tls: TlsFiles | undefined;
  #app: TemplatedApp | undefined;
  readonly #limits: TransportLimits;
  readonly #handlers: ConnectionHandlers;
  readonly #connections = new Set<UwsConnection>();
  /** Open, but without a verdict on their credentials yet. */
  readonly #held = new Set<UwsUserData>();
  #listenSocket: us_listen_socket | undefined;
  #drained: Promise<void> | undefined;
  #stopWatch: () => void = () => undefined;

  constructor(uws: Uws, limits: TransportLimits, handlers: ConnectionHandlers, tls: TlsFiles | undefined) {
    this.#uws = uws;
    this.#limits = limits;
    this.#handlers = handlers;
    this.#tls = tls;
  }

  readonly connectionCount = (): number => this.#connections.size;

  /** Synchronous in µWS. Exclusive, because by default a second process could share the port unnoticed. */
  listen(at: ListenAddress): boolean {
    const app = this.#makeApp();
    const listenExclusively = app.listen.bind(app) as unknown as ListenExclusively;
    listenExclusively(at.host, at.port, this.#uws.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
      if (socket !== false) this.#listenSocket = socket;
    });
    if (this.#listenSocket === undefined) return false;
    this.#app = app;
    this.host = at.host;
    this.port = this.#uws.us_socket_local_port(this.#listenSocket);
    if (this.#tls !== undefined) this.#stopWatch = watchTlsFiles(this.#tls, keepCertificate);
    return true;
  }

  #makeApp(): TemplatedApp {
    const { limits, uws } = { limits: this.#limits, uws: this.#uws };
    const app = this.#tls === undefined ? uws.App() : uws.SSLApp(tlsOptions(this.#tls));
    app.ws<UwsUserData>("/*", {
      maxPayloadLength: limits.maxMessageBytes,
      maxBackpressure: limits.maxBufferedBytes + BACKPRESSURE_HEADROOM_BYTES,
      closeOnBackpressureLimit: false,
      idleTimeout: idleTimeoutS(limits.idleTimeoutMs),
      sendPingsAutomatically: true,
      maxLifetime: 0,
      compression: uws.DISABLED,
      upgrade: (response, request, context) => this.#tryUpgrade(response, request, context),
      open: (ws) => this.#opened(ws),
      message: (ws, data, isBinary) => {
        const user = ws.getUserData();
        if (user.connection !== undefined) user.connection.received(new Uint8Array(data), isBinary);
        else hold(ws, user, data, isBinary);
      },
      drain: (ws) => ws.getUserData().connection?.written(),
      close: (ws, code, reason) => this.#closed(ws.getUserData(), code, decoder.decode(reason)),
    });
    app.any("/*", (response) => refuse(response, NOT_A_HANDSHAKE));
    return app;
  }

  drain(deadlineMs: number): Promise<void> {
    this.#drained ??= this.#drain(performance.now() + deadlineMs);
    return this.#drained;
  }

  async #drain(deadline: number): Promise<void> {
    this.#stopWatch();
    if (this.#listenSocket !== undefined) this.#uws.us_listen_socket_close(this.#listenSocket);
    this.#listenSocket = undefined;
    const hadConnections = this.#connections.size > 0;
    // Slow readers keep their place until their buffers are empty: once `end` is called µWS tells nothing more of them.
    this.#endAll((connection) => connection.bufferedBytes() === 0);
    while (this.#connections.size > 0 && performance.now() < deadline) {
      await delay(Math.min(FLUSH_POLL_MS, Math.max(0, deadline - performance.now())));
      this.#endAll((connection) => connection.bufferedBytes() === 0);
    }
    this.#endAll(() => true);
    if (hadConnections) await delay(Math.max(0, Math.min(CLOSE_LINGER_MS, deadline - performance.now())));
    this.#app?.close();
  }

  #endAll(which: (connection: UwsConnection) => boolean): void {
    for (const connection of this.#connections) {
      if (which(connection)) connection.close(closeCode.goingAway, SHUTDOWN_REASON);
    }
  }

  /** µWS ends the process where a handler leaves a request without an answer, as one does that throws. */
  #tryUpgrade(response: HttpResponse, request: HttpRequest, context: us_socket_context_t): void {
    try {
      this.#upgrade(response, request, context);
    } catch {
      response.close();
    }
  }

  #upgrade(response: HttpResponse, request: HttpRequest, context: us_socket_context_t): void {
    const asked = upgradeRequest(response, request, this.#handlers);
    const decision = this.#refusalByLimit() ?? this.#handlers.upgrade(asked);
    if (!isPending(decision)) {
      if (decision.accept) accept(response, asked, decision.subprotocol, undefined, context);
      else refuse(response, decision);
      return;
    }
    const { subprotocol, verdict } = decision;
    accept(response, asked, subprotocol, { verdict, messages: new HeldMessages() }, context);
  }

  #refusalByLimit(): Refusal | undefined {
    if (this.#drained !== undefined) {
      this.#handlers.refused?.("draining");
      return DRAINING;
    }
    if (this.#connections.size + this.#held.size < this.#limits.maxConnections) return undefined;
    this.#handlers.refused?.("full");
    return FULL;
  }

  #opened(ws: UwsSocket): void {
    const user = ws.getUserData();
    const { held } = user;
    if (held === undefined) return this.#begin(ws);
    this.#held.add(user);
    void held.verdict.then((verdict) => {
      if (!this.#held.delete(user)) return;
      user.held = undefined;
      const refusal = this.#drained === undefined ? verdict : DRAINING;
      if (!refusal.accept) {
        ws.end(refusalCloseCode(refusal), cutCloseReason(refusal.reason));
        return;
      }
      this.#begin(ws);
      for (const message of held.messages)
        user.connection?.received(message === false ? NOTHING : message, message !== false);
    });
  }

  #begin(ws: UwsSocket): void {
    const connection = new UwsConnection(ws, this.#handlers, this.#limits.maxBufferedBytes);
    ws.getUserData().connection = connection;
    this.#connections.add(connection);
    this.#handlers.open(connection);
  }

  #closed(userData: UwsUserData, code: number, reason: string): void {
    this.#held.delete(userData);
    if (userData.connection === undefined) return;
    this.#connections.delete(userData.connection);
    userData.connection.closed(code, reason);
  }
}

function idleTimeoutS(idleTimeoutMs: number): number {
  return Math.min(MAX_IDLE_TIMEOUT_S, Math.max(MIN_IDLE_TIMEOUT_S, Math.ceil(idleTimeoutMs / 1000)));
}

/** Copies everything: both arguments die with the callback. */
function upgradeRequest(
  response: HttpResponse,
  request: HttpRequest,
  handlers: ConnectionHandlers,
): UpgradeRequest {
  const headers = new Map<string, string>();
  request.forEach((name, value) => {
    addHeader(headers, name, value);
  });
  const clientCertificate = clientCertificateOf(response);
  const peer = plainAddress(decoder.decode(response.getRemoteAddressAsText()));
  return {
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    path: request.getUrl(),
    // Undefined where there is no `?`, whatever the types say.
    query: request.getQuery() ?? "",
    headers,
    subprotocols: offeredSubprotocols(headers),
    remoteAddress: handlers.addressOf?.(peer, headers) ?? peer,
  };
}

/** µWS cannot exchange a certificate, and listens on no port again that has connections: a restart it takes. */
function keepCertificate(): void {
  throw new Error("the fast lane (uWebSockets.js) keeps its certificate until the server restarts");
}

function accept(
  response: HttpResponse,
  request: UpgradeRequest,
  subprotocol: string,
  held: HeldSocket | undefined,
  context: us_socket_context_t,
): void {
  const userData: UwsUserData = { request, subprotocol, connection: undefined, held };
  const key = request.headers.get("sec-websocket-key") ?? "";
  // No extension is negotiated: compression is off.
  response.upgrade(userData, key, subprotocol, "", context);
}

/** Keeps what arrives before the verdict, up to a bound. */
function hold(ws: UwsSocket, { held }: UwsUserData, data: ArrayBuffer, isBinary: boolean): void {
  const isKept = held?.messages.add(isBinary && new Uint8Array(data.slice(0)), data.byteLength) ?? true;
  if (!isKept) ws.end(closeCode.limitExceeded, HELD_TOO_MUCH);
}

function tlsOptions({ certPath, keyPath, clientCaPath }: TlsFiles): TlsOptions {
  return {
    cert_file_name: certPath,
    key_file_name: keyPath,
    ...(clientCaPath === undefined ? {} : { ca_file_name: clientCaPath }),
  };
}

/** With `ca_file_name` µWS admits clients without a certificate, too; chains of unknown authorities end the handshake. */
function clientCertificateOf(response: WithCertificate): Uint8Array | undefined {
  const certificate = response.getX509Certificate?.() ?? "";
  return certificate === "" ? undefined : new X509Certificate(certificate).raw;
}

function refuse(response: HttpResponse, refusal: Refusal): void {
  response.writeStatus(statusLine(refusal));
  for (const [name, value] of Object.entries(refusalHeaders(refusal))) response.writeHeader(name, value);
  response.end(refusal.reason, true);
}
