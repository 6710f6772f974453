import type { Outlet } from "../../src/deliver/outlet.ts";
import type { ServerMessage } from "../../src/domain/delivery.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import type { SendResult } from "../../src/transport/transport.ts";
import { decodeServerMessage } from "../../src/wire/server-message.ts";

/** A connection that keeps to the transport's contract and whose client reads when the test says so. */
export class FakeOutlet implements Outlet {
  readonly received: ServerMessage[] = [];
  readonly results: SendResult[] = [];
  /** Everything that `send` accepted, read or not. */
  acceptedBytes = 0;
  peakBufferedBytes = 0;
  closed: { readonly code: number; readonly reason: string } | undefined;
  terminated = false;
  /** To be set to the session's `onDrained`. */
  onDrained: () => void = () => {};
  readonly #capacityBytes: number;
  #reads: boolean;
  #waiting: Uint8Array[] = [];
  #owesDrain = false;

  constructor({ capacityBytes = 1024 * 1024, reads = true } = {}) {
    this.#capacityBytes = capacityBytes;
    this.#reads = reads;
  }

  send(bytes: Uint8Array): SendResult {
    const result = this.#accept(bytes);
    this.results.push(result);
    this.peakBufferedBytes = Math.max(this.peakBufferedBytes, this.bufferedBytes());
    return result;
  }

  bufferedBytes(): number {
    if (this.closed !== undefined || this.terminated) return 0;
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  terminate(): void {
    this.terminated = true;
  }

  stopReading(): void {
    this.#reads = false;
  }

  /** Reads everything that waits; the drain that follows may bring more, which is read at once. */
  resumeReading(): void {
    this.#reads = true;
    this.read(Number.POSITIVE_INFINITY);
  }

  /** Reads so many messages, then waits again. */
  read(messages: number): void {
    for (const bytes of this.#waiting.splice(0, messages)) this.#take(bytes);
    if (this.#waiting.length > 0 || !this.#owesDrain || this.closed !== undefined) return;
    this.#owesDrain = false;
    this.onDrained();
  }

  of<K extends ServerMessage["kind"]>(kind: K): Extract<ServerMessage, { kind: K }>[] {
    return this.received.filter(
      (message): message is Extract<ServerMessage, { kind: K }> => message.kind === kind,
    );
  }

  #accept(bytes: Uint8Array): SendResult {
    if (this.closed !== undefined || this.terminated || bytes.length > this.#capacityBytes) return "dropped";
    if (this.#reads) {
      this.acceptedBytes += bytes.length;
      this.#take(bytes);
      return "sent";
    }
    this.#owesDrain = true;
    if (this.bufferedBytes() + bytes.length > this.#capacityBytes) return "dropped";
    this.acceptedBytes += bytes.length;
    this.#waiting.push(bytes);
    return "buffered";
  }

  #take(bytes: Uint8Array): void {
    const message = decodeServerMessage(bytes);
    if (isRejection(message)) throw new Error(`the server sent nonsense: ${message.rejected}`);
    this.received.push(message);
  }
}
