import type { WebSocket } from "uWebSockets.js";
import { ABNORMAL_CLOSURE, closeCode } from "../domain/close-code.ts";
import { cutCloseReason, TEXT_REFUSED_REASON } from "./close-reason.ts";
import { nextConnectionId } from "./connection-id.ts";
import type { HeldMessages } from "./held-messages.ts";
import type {
  Connection,
  ConnectionHandlers,
  SendResult,
  UpgradeDecision,
  UpgradeRequest,
} from "./transport.ts";

/** What µWS keeps with each socket from the handshake on. */
export interface UwsUserData {
  readonly request: UpgradeRequest;
  readonly subprotocol: string;
  /** Undefined before it opens, and while the verdict on its credentials is awaited. */
  connection: UwsConnection | undefined;
  /** Present while the verdict is awaited. */
  held: HeldSocket | undefined;
}

/** A socket whose handshake was answered before its credentials were checked. */
export interface HeldSocket {
  readonly verdict: Promise<UpgradeDecision>;
  /** What arrived meanwhile; `false` marks a text message. */
  readonly messages: HeldMessages<Uint8Array | false>;
}

export type UwsSocket = WebSocket<UwsUserData>;

/** `send` of µWS: 1 written, 0 kept as backpressure, 2 dropped. */
const SEND_RESULTS: readonly SendResult[] = ["buffered", "sent", "dropped"];

interface CloseFrame {
  readonly code: number;
  readonly reason: string;
}

export class UwsConnection implements Connection {
  readonly id = nextConnectionId();
  readonly request: UpgradeRequest;
  readonly subprotocol: string;
  readonly #handlers: ConnectionHandlers;
  readonly #maxBufferedBytes: number;
  /** Undefined once closed: µWS throws when a closed socket is touched. */
  #ws: UwsSocket | undefined;
  #ours: CloseFrame | undefined;
  #awaitsDrain = false;

  constructor(ws: UwsSocket, handlers: ConnectionHandlers, maxBufferedBytes: number) {
    const { request, subprotocol } = ws.getUserData();
    this.#ws = ws;
    this.request = request;
    this.subprotocol = subprotocol;
    this.#handlers = handlers;
    this.#maxBufferedBytes = maxBufferedBytes;
  }

  get remoteAddress(): string {
    return this.request.remoteAddress;
  }

  send(bytes: Uint8Array): SendResult {
    if (this.#ws === undefined) return "dropped";
    const buffered = this.#ws.getBufferedAmount();
    if (buffered + bytes.byteLength > this.#maxBufferedBytes) {
      this.#awaitsDrain ||= buffered > 0;
      return "dropped";
    }
    const result = SEND_RESULTS[this.#ws.send(bytes, true, false)] ?? "dropped";
    this.#awaitsDrain ||= result !== "sent";
    return result;
  }

  bufferedBytes(): number {
    if (this.#ws === undefined) return 0;
    const buffered = this.#ws.getBufferedAmount();
    this.#awaitsDrain ||= buffered > 0;
    return buffered;
  }

  close(code: number, reason: string): void {
    if (this.#ws === undefined) return;
    this.#ours = { code, reason: cutCloseReason(reason) };
    this.#ws.end(code, this.#ours.reason);
  }

  terminate(): void {
    if (this.#ws === undefined) return;
    this.#ours = { code: ABNORMAL_CLOSURE, reason: "" };
    this.#ws.close();
  }

  received(bytes: Uint8Array, isBinary: boolean): void {
    if (this.#ws === undefined) return;
    if (isBinary) {
      this.#handlers.message(this, bytes);
      return;
    }
    this.close(closeCode.unsupportedData, TEXT_REFUSED_REASON);
    this.#handlers.refusedText(this);
  }

  /** µWS calls this whenever the socket took bytes, also when some remain. */
  written(): void {
    if (!this.#awaitsDrain || this.bufferedBytes() > 0) return;
    this.#awaitsDrain = false;
    this.#handlers.drained(this);
  }

  /**
   * µWS calls this from within its own `end` and `close`: what we started is therefore reported in a microtask, so that
   * no session is re-entered from its own call.
   */
  closed(code: number, reason: string): void {
    this.#ws = undefined;
    const ours = this.#ours;
    if (ours === undefined) this.#handlers.closed(this, code, reason);
    else queueMicrotask(() => this.#handlers.closed(this, ours.code, ours.reason));
  }
}
