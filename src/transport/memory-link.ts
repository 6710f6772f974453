import { ABNORMAL_CLOSURE, closeCode } from "../domain/close-code.ts";
import { cutCloseReason, TEXT_REFUSED_REASON } from "./close-reason.ts";
import { nextConnectionId } from "./connection-id.ts";
import type {
  Connection,
  ConnectionHandlers,
  SendResult,
  TransportLimits,
  UpgradeRequest,
} from "./transport.ts";

/** Bytes that a client which does not read still takes, as a kernel's socket buffers do, before `send` answers `buffered`. */
export const MEMORY_SOCKET_BYTES = 128 * 1024;

/** Overwrites inbound bytes after `message` returns, so that a handler that keeps them fails in tests as it would with µWS. */
const DEAD_BYTE = 0xdd;

export interface MemoryClose {
  readonly code: number;
  readonly reason: string;
}

/** The client's end of a connection in memory. */
export interface MemoryClient {
  readonly subprotocol: string;
  /** Every message read so far: a ledger for tests. Stays empty where `onMessage` was given. */
  readonly received: readonly Uint8Array[];
  /** Settles once the client has read the server's close frame, has closed itself, or was cut. */
  readonly closed: Promise<MemoryClose>;
  /** Delivered to the handlers before it returns. */
  send(bytes: Uint8Array): void;
  sendText(text: string): void;
  close(code: number, reason?: string): void;
  /** Cuts the connection: the server sees 1006. */
  terminate(): void;
  /** Messages then fill the simulated socket, after that the connection's buffer. */
  stopReading(): void;
  /** Takes what has waited; the server's `drained` follows in a microtask. */
  resumeReading(): void;
  /** From here on the client answers no ping: its server cuts it after the idle timeout. */
  vanish(): void;
}

export interface MemoryLinkOptions {
  readonly request: UpgradeRequest;
  readonly subprotocol: string;
  readonly limits: TransportLimits;
  readonly handlers: ConnectionHandlers;
  readonly onMessage: ((bytes: Uint8Array) => void) | undefined;
  readonly onGone: () => void;
}

export class MemoryLink implements Connection {
  readonly id = nextConnectionId();
  readonly request: UpgradeRequest;
  readonly subprotocol: string;
  readonly client: MemoryClient;
  readonly #options: MemoryLinkOptions;
  /** Bounded by `MEMORY_SOCKET_BYTES` and `maxBufferedBytes`: `send` drops what goes beyond. */
  readonly #waiting: Uint8Array[] = [];
  readonly #received: Uint8Array[] = [];
  #waitingBytes = 0;
  #reads = true;
  #answersPings = true;
  #heard = true;
  #awaitsDrain = false;
  #end: MemoryClose | undefined;
  #settleClient: (close: MemoryClose) => void = () => {};

  constructor(options: MemoryLinkOptions) {
    this.#options = options;
    this.request = options.request;
    this.subprotocol = options.subprotocol;
    this.client = this.#makeClient();
  }

  get remoteAddress(): string {
    return this.request.remoteAddress;
  }

  send(bytes: Uint8Array): SendResult {
    if (this.#end !== undefined || bytes.byteLength > this.#options.limits.maxBufferedBytes) return "dropped";
    if (this.#reads) {
      this.#deliver(bytes);
      return "sent";
    }
    const inSocket = this.#waitingBytes + bytes.byteLength <= MEMORY_SOCKET_BYTES;
    if (!inSocket && this.bufferedBytes() + bytes.byteLength > this.#options.limits.maxBufferedBytes) {
      this.#awaitsDrain ||= this.bufferedBytes() > 0;
      return "dropped";
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (inSocket) return "sent";
    this.#awaitsDrain = true;
    return "buffered";
  }

  bufferedBytes(): number {
    if (this.#end !== undefined) return 0;
    return Math.max(0, this.#waitingBytes - MEMORY_SOCKET_BYTES);
  }

  close(code: number, reason: string): void {
    this.#finish({ code, reason: cutCloseReason(reason) });
    // The close frame stands behind what waits; a client that does not read learns of it when it resumes.
    if (this.#reads && this.#end !== undefined) this.#settleClient(this.#end);
  }

  terminate(): void {
    const cut = { code: ABNORMAL_CLOSURE, reason: "" };
    this.#finish(cut);
    this.#waiting.length = 0;
    this.#settleClient(cut);
  }

  /** One check of silence per idle timeout: who neither sent nor would answer a ping is cut. */
  sweep(): void {
    if (!this.#heard && !this.#answersPings) this.terminate();
    this.#heard = false;
  }

  #finish(end: MemoryClose): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    queueMicrotask(() => {
      this.#options.onGone();
      this.#options.handlers.closed(this, end.code, end.reason);
    });
  }

  #deliver(bytes: Uint8Array): void {
    const { onMessage } = this.#options;
    const copy = bytes.slice();
    if (onMessage === undefined) this.#received.push(copy);
    else queueMicrotask(() => onMessage(copy));
  }

  #clientSent(bytes: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#heard = true;
    if (bytes.byteLength > this.#options.limits.maxMessageBytes) {
      this.close(closeCode.messageTooBig, "");
      return;
    }
    const copy = bytes.slice();
    this.#options.handlers.message(this, copy);
    copy.fill(DEAD_BYTE);
  }

  #clientSentText(): void {
    if (this.#end !== undefined) return;
    this.close(closeCode.unsupportedData, TEXT_REFUSED_REASON);
    this.#options.handlers.refusedText(this);
  }

  #clientClosed(code: number, reason: string): void {
    this.#finish({ code, reason });
    this.#settleClient({ code, reason });
  }

  #clientResumed(): void {
    this.#reads = true;
    this.#waitingBytes = 0;
    for (const bytes of this.#waiting.splice(0)) this.#deliver(bytes);
    if (this.#end !== undefined) this.#settleClient(this.#end);
    else if (this.#awaitsDrain) queueMicrotask(() => this.#drained());
  }

  #drained(): void {
    if (this.#end !== undefined || !this.#awaitsDrain || this.bufferedBytes() > 0) return;
    this.#awaitsDrain = false;
    this.#options.handlers.drained(this);
  }

  #makeClient(): MemoryClient {
    return {
      subprotocol: this.subprotocol,
      received: this.#received,
      closed: new Promise((resolve) => {
        this.#settleClient = resolve;
      }),
      send: (bytes) => this.#clientSent(bytes),
      sendText: () => this.#clientSentText(),
      close: (code, reason = "") => this.#clientClosed(code, reason),
      terminate: () => this.#clientClosed(ABNORMAL_CLOSURE, ""),
      stopReading: () => {
        this.#reads = false;
      },
      resumeReading: () => this.#clientResumed(),
      vanish: () => {
        this.#answersPings = false;
      },
    };
  }
}
