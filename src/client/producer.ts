import { WebSocket } from "ws";
import type { Receipt, ServerMessage, Welcome } from "../domain/delivery.ts";
import { isRejection } from "../domain/rejection.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import type { Subscription } from "../domain/subscription.ts";
import { type ProducerHello, toWireHello } from "../wire/hello.ts";
import { encodeIngestFrame, SCHEMA_MINOR, type WireIngestFrame } from "../wire/ingest-frame.ts";
import { decodeServerMessage } from "../wire/server-message.ts";
import { toWireSubscribe } from "../wire/subscriber-message.ts";
import { ClientError, closedBy } from "./client-error.ts";
import type { ClientCredentials } from "./credentials.ts";
import { openSocket } from "./socket.ts";

export interface ProducerOptions {
  /** What the client shows of itself, where the server asks. */
  readonly credentials?: ClientCredentials;
  readonly onReceipt?: (receipt: Receipt) => void;
  /** Whatever else the server says, e.g. alerts of a subscription on this socket, or a problem. */
  readonly onMessage?: (message: Exclude<ServerMessage, { kind: "receipt" | "welcome" }>) => void;
  /** `send` answers false from so many waiting bytes on. Default 1 MiB, a second of a busy gateway. */
  readonly highWaterBytes?: number;
  /** Time that the server has for its welcome. Default 10 s. */
  readonly welcomeTimeoutMs?: number;
}

/** Frames without their hello, which the session has sent already. `frame_seq` is counted where it is absent. */
export type ProducerFrame = Omit<WireIngestFrame, "hello">;

const HIGH_WATER_BYTES = 1024 * 1024;
const WELCOME_TIMEOUT_MS = 10_000;

const SOURCE_ID = /^[a-z0-9_.:-]{1,64}$/;

/**
 * Opens a producer session and introduces the source. Resolves when the server has welcomed it.
 * @throws ClientError in one sentence: nobody listens, the server refuses, the source id is not allowed.
 */
export async function connectProducer(
  url: string,
  hello: ProducerHello,
  options: ProducerOptions = {},
): Promise<Producer> {
  if (!SOURCE_ID.test(hello.sourceId)) {
    const rule = "1 to 64 characters of a-z, 0-9, '-', '_', '.' and ':'";
    throw new ClientError(`"${hello.sourceId}" is no source id; it has ${rule}`, "no");
  }
  const producer = new Producer(
    await openSocket(url, subprotocol.ingest, { credentials: options.credentials }),
    options,
  );
  producer.introduce(hello);
  await producer.welcomed;
  return producer;
}

/** A producer session on one connection. It does not reconnect: what was under way is for the caller to decide on. */
export class Producer {
  /** The server's greeting with its limits. Rejects where the connection ends before it. */
  readonly welcomed: Promise<Welcome>;
  /** Resolves when the connection is gone, with the reason and whether connecting again is of use. */
  readonly closed: Promise<ClientError>;
  readonly #socket: WebSocket;
  readonly #options: ProducerOptions;
  readonly #highWaterBytes: number;
  #waiters: (() => void)[] = [];
  #lastFrameSeq = 0;
  #unreadable = 0;
  #greet: (welcome: Welcome) => void = () => undefined;

  constructor(socket: WebSocket, options: ProducerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#highWaterBytes = options.highWaterBytes ?? HIGH_WATER_BYTES;
    socket.on("message", (data: Buffer) => this.#read(data));
    // The close event follows and says what can be said.
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on("close", (code: number, reason: Buffer) => {
        resolve(closedBy(code, reason.toString()));
        this.#release();
      });
    });
    this.welcomed = this.#awaitWelcome();
    // Whoever does not look at it chose not to know.
    this.welcomed.catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Bytes that wait for the network. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Messages of the server that this build could not read. */
  get unreadableMessages(): number {
    return this.#unreadable;
  }

  introduce(hello: ProducerHello): void {
    this.#write({ hello: toWireHello(hello) });
  }

  /**
   * Sends one frame, at most 500 items and 256 KiB. False where the frame was taken but the connection is behind: wait
   * for `ready` before the next one.
   * @throws ClientError where the session has ended.
   */
  send(frame: ProducerFrame): boolean {
    this.#write(frame);
    return this.bufferedBytes < this.#highWaterBytes;
  }

  /** Resolves when the connection can take more, or is gone. */
  async ready(): Promise<void> {
    while (this.isOpen && this.bufferedBytes >= this.#highWaterBytes) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Alerts on this socket, e.g. ahead of a vehicle; they come through `onMessage`. */
  subscribe(subscription: Subscription): void {
    this.#write({ subscribe: toWireSubscribe(subscription) });
  }

  unsubscribe(subscriptionId: string): void {
    this.#write({ unsubscribe: { subscription_id: subscriptionId } });
  }

  /** Ends the session behind what was sent; resolves when it is over. */
  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  #write(frame: WireIngestFrame): void {
    if (!this.isOpen) throw new ClientError("The producer session has ended; connect again.", "backoff");
    const frameSeq = frame.frame_seq ?? this.#lastFrameSeq + 1;
    this.#lastFrameSeq = frameSeq;
    const bytes = encodeIngestFrame({ ...frame, frame_seq: frameSeq, schema_minor: SCHEMA_MINOR });
    this.#socket.send(bytes, () => this.#release());
  }

  /** A frame has left: whoever waits looks again. */
  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  #awaitWelcome(): Promise<Welcome> {
    const patienceMs = this.#options.welcomeTimeoutMs ?? WELCOME_TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#socket.terminate();
        reject(new ClientError(`The server sent no welcome within ${patienceMs} ms.`, "backoff"));
      }, patienceMs);
      this.#greet = (welcome) => {
        clearTimeout(timer);
        resolve(welcome);
      };
      void this.closed.then((end) => {
        clearTimeout(timer);
        reject(end);
      });
    });
  }

  #read(data: Buffer): void {
    const message = decodeServerMessage(data);
    if (isRejection(message)) this.#unreadable++;
    else if (message.kind === "welcome") this.#greet(message);
    else if (message.kind === "receipt") this.#options.onReceipt?.(message);
    else this.#options.onMessage?.(message);
  }
}
