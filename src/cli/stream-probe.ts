import { openSocket } from "../client/socket.ts";
import type { ServerMessage } from "../domain/delivery.ts";
import { isRejection } from "../domain/rejection.ts";
import { decodeServerMessage } from "../wire/server-message.ts";

type Socket = Awaited<ReturnType<typeof openSocket>>;

/** Messages kept until they are asked for; an examination exchanges a handful. */
const MAX_WAITING = 100;

/** One connection on which an examination waits for messages of one kind after the other. */
export class StreamProbe {
  readonly #socket: Socket;
  readonly #patienceMs: number;
  readonly #messages: ServerMessage[] = [];
  #ended: string | undefined;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket, patienceMs: number) {
    this.#socket = socket;
    this.#patienceMs = patienceMs;
    socket.on("message", (data: Buffer) => this.#take(data));
    socket.on("error", (error) => this.#end(error.message));
    socket.on("close", (code, reason) =>
      this.#end(`the server closed with ${code} ${reason.toString()}`.trim()),
    );
  }

  /** @throws Error in one sentence where the server cannot be reached or refuses */
  static async open(url: string, protocol: string, patienceMs: number): Promise<StreamProbe> {
    return new StreamProbe(await openSocket(url, protocol), patienceMs);
  }

  send(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  /**
   * The next message of a kind; others before it are passed over.
   * @throws Error where the connection ends, a problem is told, or nothing comes in time
   */
  async expect<K extends ServerMessage["kind"]>(kind: K): Promise<Extract<ServerMessage, { kind: K }>> {
    const deadlineMs = performance.now() + this.#patienceMs;
    for (;;) {
      for (let next = this.#messages.shift(); next !== undefined; next = this.#messages.shift()) {
        if (next.kind === kind) return next as Extract<ServerMessage, { kind: K }>;
        if (next.kind === "problem") throw new Error(`${next.code}: ${next.message}`);
      }
      if (this.#ended !== undefined) throw new Error(this.#ended);
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) throw new Error(`no ${kind} within ${this.#patienceMs / 1_000} s`);
      await this.#changed(leftMs);
    }
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#socket.close(1000);
    await this.#changed(this.#patienceMs);
    if (this.#ended === undefined) this.#socket.terminate();
  }

  #changed(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #take(data: Buffer): void {
    const message = decodeServerMessage(data);
    if (isRejection(message) || this.#messages.length >= MAX_WAITING) return;
    this.#messages.push(message);
    this.#wake();
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.#wake();
  }
}
