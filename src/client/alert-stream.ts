import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { ServerMessage } from "../domain/delivery.ts";
import { isRejection } from "../domain/rejection.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import type { Cursor, Subscription } from "../domain/subscription.ts";
import { decodeServerMessage } from "../wire/server-message.ts";
import { encodeSubscribe } from "../wire/subscriber-message.ts";
import { backoffDelayMs } from "./backoff.ts";
import { ClientError, closedBy } from "./client-error.ts";
import type { ClientCredentials } from "./credentials.ts";
import { CursorTracker } from "./cursor-tracker.ts";
import { openSocket } from "./socket.ts";

/**
 * What a subscription brings. `subscribed` with `resumed: false`: forget what was known, a snapshot follows. `gap`:
 * transitions are missing, the snapshot makes up for them.
 */
export type AlertStreamMessage = Extract<
  ServerMessage,
  { kind: "subscribed" | "alerts" | "positions" | "gap" | "flow-control" }
>;

/** The connection has been lost and is opened again after `retryInMs`. */
export interface Interruption {
  readonly reason: string;
  readonly retryInMs: number;
  /** Attempts that failed in a row, from 0. */
  readonly failures: number;
}

export interface AlertStreamOptions {
  /** Connect again after a loss and resume by cursor. Default true. */
  readonly reconnect?: boolean;
  readonly onInterruption?: (interruption: Interruption) => void;
  /** What the client shows of itself, where the server asks. */
  readonly credentials?: ClientCredentials;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** Spreads the delays of reconnecting clients, 0 ≤ x < 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** A server that pings at its heartbeat and is not heard for this many of them is gone. */
const SILENT_HEARTBEATS = 2.5;

/** A server that has not confirmed the subscription after this is no server of ours. */
const GREETING_TIMEOUT_MS = 10_000;

/**
 * Follows one subscription: reconnects with full jitter (0.5 s to 30 s) and resumes after the last transition handled.
 *
 * @param url `ws://host:port`
 * @param subscription `resume` may hold a cursor kept from an earlier run
 * @param onMessage called for each message in order; a transition counts as handled when it returns
 */
export function subscribeAlerts(
  url: string,
  subscription: Subscription,
  onMessage: (message: AlertStreamMessage) => void,
  options: AlertStreamOptions = {},
): AlertStream {
  return new AlertStream(url, subscription, onMessage, options);
}

export class AlertStream {
  /**
   * Resolves when the stream was closed by this side. Rejects with a `ClientError` where the server refuses the
   * subscription, where reconnecting is of no use, or with any error that `onMessage` throws.
   */
  readonly ended: Promise<void>;
  readonly #url: string;
  readonly #subscription: Subscription;
  readonly #onMessage: (message: AlertStreamMessage) => void;
  readonly #options: AlertStreamOptions;
  readonly #tracker: CursorTracker;
  readonly #stop = new AbortController();
  #connection: AlertConnection | undefined;
  #failures = 0;
  #paused = false;

  constructor(
    url: string,
    subscription: Subscription,
    onMessage: (message: AlertStreamMessage) => void,
    options: AlertStreamOptions,
  ) {
    this.#url = url;
    this.#subscription = subscription;
    this.#onMessage = onMessage;
    this.#options = options;
    this.#tracker = new CursorTracker(subscription.resume);
    const stopToo = () => this.close();
    options.signal?.addEventListener("abort", stopToo, { once: true });
    if (options.signal?.aborted) this.close();
    this.ended = this.#run().finally(() => options.signal?.removeEventListener("abort", stopToo));
    // Whoever does not look at `ended` chose not to know.
    this.ended.catch(() => undefined);
  }

  /** Where the stream can be resumed by a later run. */
  get cursor(): Cursor | undefined {
    return this.#tracker.cursor;
  }

  close(): void {
    this.#stop.abort();
    this.#connection?.close();
  }

  /** Stops reading, so that the server sees a busy client and holds back. */
  pause(): void {
    this.#paused = true;
    this.#connection?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#connection?.resume();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const error = await this.#connect().catch((reason: unknown) => reason);
      if (this.#stop.signal.aborted) return;
      if (!(error instanceof ClientError && error.mayRetry && this.#options.reconnect !== false)) throw error;
      await this.#wait(error);
    }
  }

  /** Serves one connection until it ends; answers why. */
  async #connect(): Promise<ClientError> {
    const { credentials } = this.#options;
    const socket = await openSocket(this.#url, subprotocol.alerts, { paused: true, credentials });
    const connection = new AlertConnection(socket, (message) => this.#take(message));
    this.#connection = connection;
    if (!this.#paused) connection.resume();
    if (this.#stop.signal.aborted) connection.close();
    const resume = this.#tracker.cursor;
    connection.send(encodeSubscribe({ ...this.#subscription, resume }));
    return await connection.ended.finally(() => {
      this.#connection = undefined;
    });
  }

  #take(message: ServerMessage): void {
    if (message.kind === "problem") throw new ClientError(message.message, "after-change");
    if (message.kind === "welcome" || message.kind === "receipt") return;
    if (message.kind === "subscribed") this.#failures = 0;
    this.#onMessage(message);
    this.#tracker.handled(message);
  }

  async #wait(error: ClientError): Promise<void> {
    const random = (this.#options.random ?? Math.random)();
    const retryInMs = error.leastDelayMs + backoffDelayMs(this.#failures, random);
    this.#options.onInterruption?.({ reason: error.message, retryInMs, failures: this.#failures });
    this.#failures++;
    await sleep(retryInMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** One connection of a stream, paused at first. Goes quiet at the first fault, whatever still arrives. */
class AlertConnection {
  /** Settles when the connection is gone: resolves with the reason, rejects with what handling a message threw. */
  readonly ended: Promise<ClientError>;
  readonly #socket: WebSocket;
  readonly #onMessage: (message: ServerMessage) => void;
  readonly #fail: (error: unknown) => void;
  #silence: NodeJS.Timeout | undefined;
  #patienceMs = GREETING_TIMEOUT_MS;
  #paused = true;
  #failed = false;

  constructor(socket: WebSocket, onMessage: (message: ServerMessage) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    const { promise, resolve, reject } = settled<ClientError>();
    this.ended = promise;
    this.#fail = reject;
    socket.on("message", (data: Buffer) => this.#read(data));
    socket.on("ping", () => this.#heard());
    // The close event follows and says what can be said.
    socket.on("error", () => undefined);
    socket.on("close", (code: number, reason: Buffer) => {
      clearTimeout(this.#silence);
      resolve(closedBy(code, reason.toString()));
    });
  }

  send(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  close(): void {
    this.#socket.close(1000);
  }

  pause(): void {
    this.#paused = true;
    clearTimeout(this.#silence);
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#heard();
    this.#socket.resume();
  }

  #read(data: Buffer): void {
    if (this.#failed) return;
    try {
      const message = decodeServerMessage(data);
      if (isRejection(message))
        throw new ClientError("The server sent a message that nobody can read.", "no");
      if (message.kind === "welcome") this.#patienceMs = message.heartbeatMs * SILENT_HEARTBEATS;
      this.#heard();
      this.#onMessage(message);
    } catch (error) {
      this.#failed = true;
      this.#fail(error);
      this.close();
    }
  }

  /** Who does not read cannot tell whether the server is silent. */
  #heard(): void {
    clearTimeout(this.#silence);
    if (this.#paused) return;
    this.#silence = setTimeout(() => this.#socket.terminate(), this.#patienceMs);
  }
}

function settled<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
