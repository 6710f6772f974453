import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { filesVersion } from "../access/file-version.ts";
import type { Config } from "../config/schema.ts";
import { STREAM_PATH } from "../domain/subprotocol.ts";
import type { Logger } from "../ops/logging.ts";
import { type FastLane, pickFastLane } from "../transport/fast-lane.ts";
import { createHttpServer, type TlsFiles } from "../transport/tls.ts";
import type { ConnectionHandlers, Listener, TransportLimits } from "../transport/transport.ts";
import { loadUws } from "../transport/uws.ts";
import { attachWs, HTTP_SERVER_OPTIONS, wsTransport } from "../transport/ws.ts";

/** The two ways in: HTTP with streams through `ws`, and the fast lane. */
export interface Lanes {
  readonly httpUrl: string;
  readonly streamUrl: string;
  readonly fastLaneUrl: string | undefined;
  readonly fastLaneEngine: "uws" | "ws" | "off";
  connectionCount(): number;
  /** Closes every connection with 1001 and stops listening. */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * Opens both lanes.
 * @throws Error where a port is taken, or where uWebSockets.js is demanded and does not load; nothing stays open then.
 */
export async function openLanes(
  listen: Config["listen"],
  limits: TransportLimits,
  handlers: ConnectionHandlers,
  requests: RequestListener,
  logger: Logger,
): Promise<Lanes> {
  const tls = tlsFiles(listen, logger);
  const http = createHttpServer(tls, HTTP_SERVER_OPTIONS, requests);
  const streams = attachWs(http, limits, handlers);
  const port = await bind(http, listen.host, listen.port);
  const fast = await openFastLane(listen, tls, limits, handlers, logger).catch((error: unknown) => {
    http.close();
    throw error;
  });
  const s = tls === undefined ? "" : "s";
  const authority = (at: number) => `${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${at}`;
  return {
    httpUrl: `http${s}://${authority(port)}`,
    streamUrl: `ws${s}://${authority(port)}${STREAM_PATH}`,
    fastLaneUrl: fast === undefined ? undefined : `ws${s}://${authority(fast.port)}${STREAM_PATH}`,
    fastLaneEngine: fast === undefined ? "off" : fast.engine === "uws" ? "uws" : "ws",
    connectionCount: () => streams.connectionCount() + (fast?.connectionCount() ?? 0),
    async drain(deadlineMs) {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await Promise.all([streams.drain(deadlineMs), fast?.drain(deadlineMs)]);
      http.closeAllConnections();
      await closed;
    },
  };
}

function tlsFiles(listen: Config["listen"], logger: Logger): TlsFiles | undefined {
  const { tlsCertFile, tlsKeyFile, tlsClientCaFile, tlsClientCrlFile, clientCertificates } = listen;
  if (tlsCertFile === undefined || tlsKeyFile === undefined) return undefined;
  return {
    certPath: tlsCertFile,
    keyPath: tlsKeyFile,
    clientCaPath: tlsClientCaFile,
    clientCrlPath: tlsClientCrlFile,
    clientCertificates,
    versionOf: filesVersion,
    onFault(fault) {
      if (fault === undefined) logger.info({}, "the new certificate is in force");
      else logger.error({ fault }, "the new certificate cannot be used; the old one stays in force");
    },
  };
}

function bind(http: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, host, () => {
      http.removeListener("error", reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

async function openFastLane(
  listen: Config["listen"],
  tls: TlsFiles | undefined,
  limits: TransportLimits,
  handlers: ConnectionHandlers,
  logger: Logger,
): Promise<Listener | undefined> {
  if (listen.fastLaneEngine === "off") return undefined;
  const lane = await fastLane(listen.fastLaneEngine, listen.tlsClientCrlFile !== undefined);
  if (lane.fallbackReason !== undefined) {
    logger.warn(
      { engine: lane.engine, reason: lane.fallbackReason },
      "the fast lane runs on ws instead of uWebSockets.js",
    );
  }
  return lane.transport.listen({ host: listen.host, port: listen.fastLanePort, tls }, limits, handlers);
}

async function fastLane(engine: "auto" | "uws" | "ws", checksRevocation: boolean): Promise<FastLane> {
  // Whom one lane turns away must not come in by the other.
  if (engine === "auto" && checksRevocation)
    return {
      engine: "ws",
      transport: wsTransport(),
      fallbackReason: "it reads no lists of revoked certificates",
    };
  if (engine === "auto") return pickFastLane();
  if (engine === "ws") return { engine, transport: wsTransport(), fallbackReason: undefined };
  const loaded = await loadUws();
  if ("unavailable" in loaded) throw new Error(`listen.fastLaneEngine demands uws: ${loaded.unavailable}`);
  return { engine, transport: loaded, fallbackReason: undefined };
}
