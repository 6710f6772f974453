import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { signatureProblem, WebhookSecret } from "../../src/webhook/signature.ts";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** One request as it arrived. */
export interface Arrival {
  readonly id: string;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the tests look at.
  readonly body: any;
  /** What a receiver with this test's secret finds wrong. */
  readonly problem: string | undefined;
}

/** Status, or what to do with the response; `undefined` leaves the sender without an answer. */
export type Answer = number | ((response: ServerResponse) => void) | undefined;

const open: Receiver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

/** A receiver as somebody else would write it: a real HTTP server that verifies, remembers and answers. */
export class Receiver {
  readonly arrivals: Arrival[] = [];
  /** Requests that are waiting for their answer now, and the most that ever were. */
  waiting = 0;
  mostWaiting = 0;
  /** Decides every answer. */
  answer: (arrival: Arrival, index: number) => Answer | Promise<Answer> = () => 204;
  secrets = [WebhookSecret.parse(SECRET)];
  readonly #server;
  readonly #scheme: string;
  #wake: () => void = () => undefined;

  private constructor(tls?: { readonly key: string; readonly cert: string }) {
    const listener: RequestListener = (request, response) => void this.#take(request, response);
    this.#scheme = tls === undefined ? "http" : "https";
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  static async start(port = 0, tls?: { readonly key: string; readonly cert: string }): Promise<Receiver> {
    const receiver = new Receiver(tls);
    receiver.#server.listen(port, "127.0.0.1");
    await once(receiver.#server, "listening");
    open.push(receiver);
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}/hook`;
  }

  /** Messages that went by number, in the order of their arrival, each as often as it came. */
  get messages(): {
    readonly id: string;
    readonly sequence: number;
    readonly alert: { readonly alertId: string };
  }[] {
    return this.arrivals.flatMap(({ body }) =>
      body.type === "alert" ? [body] : body.type === "alert.batch" ? body.items : [],
    );
  }

  /** Waits until what has arrived pleases. */
  async until(pleases: (receiver: Receiver) => boolean): Promise<void> {
    while (!pleases(this)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostWaiting = Math.max(this.mostWaiting, ++this.waiting);
    response.on("close", () => this.waiting--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const header = (name: string) => String(request.headers[name] ?? "");
    const id = header("webhook-id");
    const problem = signatureProblem(
      { id, timestamp: header("webhook-timestamp"), signature: header("webhook-signature"), body: text },
      this.secrets,
      Math.floor(Date.now() / 1_000),
    );
    const arrival = { id, headers: request.headers, text, body: JSON.parse(text), problem };
    this.arrivals.push(arrival);
    const answer = await this.answer(arrival, this.arrivals.length - 1);
    if (typeof answer === "number") response.writeHead(answer).end();
    else answer?.(response);
    this.#wake();
  }
}
