import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import { createSecureContext } from "node:tls";

/** Files of a listener that speaks TLS. */
export interface TlsFiles {
  /** Certificate chain, PEM. */
  readonly certPath: string;
  /** Private key, PEM. */
  readonly keyPath: string;
  /** Certificates of the authorities whose clients are known, PEM; nobody is asked for a certificate where absent. */
  readonly clientCaPath: string | undefined;
  /** Lists of certificates that those authorities have revoked, PEM (RFC 5280 §5); one for each authority, none outdated. */
  readonly clientCrlPath?: string | undefined;
  /** Whether a client without a certificate may go on, to present a token instead. */
  readonly clientCertificates: "optional" | "required";
  /** Equal while none of these files changes. */
  readonly versionOf: (paths: readonly (string | undefined)[]) => string;
  /** The files could not be taken over, or can be again (`undefined`). */
  readonly onFault?: (fault: string | undefined) => void;
}

/** RFC 9325 §3.1.1: nothing older than 1.2. uWebSockets.js has the same bound built in. */
const LEAST_VERSION = "TLSv1.2";

/** How often the files are looked at. */
const LOOK_MS = 2_000;

/** All of TLS 1.3 and, of 1.2, only those with ephemeral keys and authenticated encryption (RFC 9325 §4.2). */
const CIPHERS = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/**
 * A connection over which nothing moves for so long is cut: Node itself waits for ever for a client that does not read its
 * answer. Longer than any resource takes to answer; streams have a watch of their own.
 */
const SILENT_CONNECTION_MS = 120_000;

function contextOptions(files: TlsFiles) {
  const { certPath, keyPath, clientCaPath, clientCrlPath } = files;
  return {
    cert: readFileSync(certPath),
    key: readFileSync(keyPath),
    minVersion: LEAST_VERSION,
    ciphers: CIPHERS,
    ...(clientCaPath === undefined ? {} : { ca: readFileSync(clientCaPath) }),
    ...(clientCrlPath === undefined ? {} : { crl: readFileSync(clientCrlPath) }),
  } as const;
}

/**
 * Whether the files can be used, before any engine is asked: uWebSockets.js only says that it cannot listen.
 * @throws Error, one clause that names the file or what is wrong with it
 */
export function checkTlsFiles(files: TlsFiles): void {
  createSecureContext(contextOptions(files));
}

/**
 * An HTTP server, behind TLS where `files` are given. Exchanged files serve the connections that come after.
 * @param silentMs time after which a connection is cut over which nothing moves
 * @throws Error where the files cannot be used
 */
export function createHttpServer(
  files: TlsFiles | undefined,
  options: ServerOptions,
  requests: RequestListener,
  silentMs = SILENT_CONNECTION_MS,
): Server {
  const server =
    files === undefined ? createServer(options, requests) : createTlsServer(files, options, requests);
  server.timeout = silentMs;
  return server;
}

function createTlsServer(files: TlsFiles, options: ServerOptions, requests: RequestListener): Server {
  const server = createSecureServer(
    {
      ...options,
      ...contextOptions(files),
      // A client that never finishes its handshake is cut as one that drips its headers.
      handshakeTimeout: 10_000,
      requestCert: files.clientCaPath !== undefined,
      rejectUnauthorized: files.clientCaPath !== undefined && files.clientCertificates === "required",
    },
    requests,
  );
  const stop = watchTlsFiles(files, () => server.setSecureContext(contextOptions(files)));
  server.on("close", stop);
  // What is shared with http.Server is all that its users touch.
  return server as SecureServer as unknown as Server;
}

/**
 * Calls `takeOver` when the files have changed and can be used; those that cannot leave the earlier ones in force.
 * @returns what ends the watch
 */
export function watchTlsFiles(files: TlsFiles, takeOver: () => void): () => void {
  let seen = filesVersion(files);
  let fault: string | undefined;
  const look = (): void => {
    const now = filesVersion(files);
    if (now === seen) return;
    const before = fault;
    try {
      checkTlsFiles(files);
      takeOver();
      fault = undefined;
    } catch (error) {
      fault = (error as Error).message;
    }
    seen = now;
    if (fault !== before) files.onFault?.(fault);
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return () => clearInterval(timer);
}

function filesVersion({ versionOf, certPath, keyPath, clientCaPath, clientCrlPath }: TlsFiles): string {
  return versionOf([certPath, keyPath, clientCaPath, clientCrlPath]);
}
