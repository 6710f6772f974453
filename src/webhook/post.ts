import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { guardedLookup, isLoopbackHost, RefusedAddressError } from "./addresses.ts";
import type { Endpoint } from "./endpoint.ts";
import { retryAfterMs } from "./retry.ts";

/** Why an attempt failed. Bounded: labels of a metric. */
export const FAILURES = [
  "address",
  "connect",
  "tls",
  "timeout",
  "broken",
  "redirect",
  "gone",
  "too-many",
  "refused",
  "server-error",
  "aborted",
] as const;
export type FailureReason = (typeof FAILURES)[number];

export type PostResult =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      /** Undefined where no answer came. */
      readonly status: number | undefined;
      readonly retryAfterMs: number | undefined;
      /** For people; holds nothing of the body, the path or a secret. */
      readonly detail: string;
    };

/** Of a response; more says nothing to us, and a connection is not kept for it. */
const MAX_RESPONSE_BYTES = 16 * 1024;

/** A connection that nothing was sent over for so long is closed. */
const IDLE_CONNECTION_MS = 30_000;

/** Sends requests to one receiver over connections that are kept. */
export class Poster {
  readonly #endpoint: Endpoint;
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #userAgent: string;

  constructor(endpoint: Endpoint, userAgent: string) {
    this.#endpoint = endpoint;
    this.#userAgent = userAgent;
    const { url, ca, maxConcurrent, privateNetwork } = endpoint;
    const options = {
      keepAlive: true,
      maxSockets: maxConcurrent + 1,
      timeout: IDLE_CONNECTION_MS,
      lookup: guardedLookup({ privateNetwork, loopback: isLoopbackHost(url.hostname) }),
    };
    this.#agent =
      url.protocol === "https:"
        ? new HttpsAgent({ ...options, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) })
        : new HttpAgent(options);
  }

  /** Never rejects. The whole exchange, from the name's resolution to the end of the answer, has the endpoint's time. */
  post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    isSecond = false,
  ): Promise<PostResult> {
    const { url, timeoutMs } = this.#endpoint;
    return new Promise((resolve) => {
      const send = url.protocol === "https:" ? requestHttps : requestHttp;
      const request = send(url, {
        method: "POST",
        agent: this.#agent,
        headers: {
          ...headers,
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(body),
          "User-Agent": this.#userAgent,
          Accept: "*/*",
        },
      });
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        request.destroy(new Error("too late"));
      }, timeoutMs);
      const abort = () => request.destroy(new Error("aborted"));
      signal.addEventListener("abort", abort, { once: true });
      request.on("response", (response) => {
        resolve(answered(response));
        passOver(response);
      });
      request.on("error", (error: NodeJS.ErrnoException) => {
        // The receiver closed a connection that was idle in the moment it was used: that is no failure of its.
        if (error.code === "ECONNRESET" && request.reusedSocket && !isSecond)
          resolve(this.post(body, headers, signal, true));
        else resolve(failed(error, isLate ? timeoutMs : undefined, signal.aborted));
      });
      request.on("close", () => {
        clearTimeout(patience);
        signal.removeEventListener("abort", abort);
        // A receiver that switches to another protocol (101) ends the request with neither an answer nor an error.
        resolve(failed(NO_ANSWER, isLate ? timeoutMs : undefined, signal.aborted));
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

const NO_ANSWER = new Error("closed without an answer");

/** Reads what is left of a short answer, so that the connection can be used again; cuts a long one. */
function passOver(response: IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) response.destroy();
  });
  // The answer has been judged by its head.
  response.on("error", () => undefined);
}

function answered({ statusCode: status = 0, headers }: IncomingMessage): PostResult {
  if (status >= 200 && status < 300) return { ok: true, status };
  return {
    ok: false,
    reason: reasonOf(status),
    status,
    retryAfterMs: retryAfterMs(headers["retry-after"], Date.now()),
    detail: `it answers ${status}`,
  };
}

function reasonOf(status: number): FailureReason {
  if (status === 410) return "gone";
  if (status === 429) return "too-many";
  if (status >= 500) return "server-error";
  return status >= 300 && status < 400 ? "redirect" : "refused";
}

const CONNECT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
]);

function failed(
  error: NodeJS.ErrnoException,
  timeoutMs: number | undefined,
  isStopping: boolean,
): PostResult {
  const none = { ok: false, status: undefined, retryAfterMs: undefined } as const;
  if (isStopping) return { ...none, reason: "aborted", detail: "the server is shutting down" };
  if (timeoutMs !== undefined)
    return { ...none, reason: "timeout", detail: `it has not answered within ${timeoutMs} ms` };
  if (error instanceof RefusedAddressError) return { ...none, reason: "address", detail: error.message };
  const { code = "", message } = error;
  if (CONNECT_CODES.has(code))
    return { ...none, reason: "connect", detail: `it cannot be reached (${code})` };
  if (isTlsCode(code))
    return { ...none, reason: "tls", detail: `its certificate or TLS is refused (${code})` };
  return { ...none, reason: "broken", detail: `the connection broke (${code === "" ? message : code})` };
}

/** Names of OpenSSL and of Node for what is wrong with a certificate or a handshake. */
function isTlsCode(code: string): boolean {
  return /^ERR_(TLS|SSL)_|CERT|^UNABLE_TO_|^CRL_|SELF_SIGNED|^HOSTNAME_MISMATCH$|^EPROTO$/.test(code);
}
