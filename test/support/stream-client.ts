import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";
import type { ServerMessage } from "../../src/domain/delivery.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { encodeIngestFrame, type WireIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { decodeServerMessage } from "../../src/wire/server-message.ts";

export type MessageOf<Kind extends ServerMessage["kind"]> = Extract<ServerMessage, { kind: Kind }>;

/** A client that keeps what it hears and lets a test await it. Real socket, no sleeping. */
export class StreamClient {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      const message = decodeServerMessage(data);
      if (isRejection(message)) throw new Error("the server sent something unreadable");
      this.heard.push(message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#wake();
      });
    });
    socket.on("error", () => undefined);
  }

  /** @param options of the library, e.g. headers or certificates */
  static async open(url: string, protocol: string, options: ClientOptions = {}): Promise<StreamClient> {
    const socket = new WebSocket(url, [protocol], options);
    const client = new StreamClient(socket);
    await once(socket, "open");
    return client;
  }

  send(bytes: Uint8Array | string): void {
    this.socket.send(bytes);
  }

  /** The first message of a kind that fits, heard already or to come. Rejects when the connection ends without it. */
  async next<Kind extends ServerMessage["kind"]>(
    kind: Kind,
    fits: (message: MessageOf<Kind>) => boolean = () => true,
  ): Promise<MessageOf<Kind>> {
    for (let at = 0; ; ) {
      for (; at < this.heard.length; at++) {
        const message = this.heard[at];
        if (message?.kind === kind && fits(message as MessageOf<Kind>)) return message as MessageOf<Kind>;
      }
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`the connection ended without ${kind}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next message of a kind after those heard so far. */
  following<Kind extends ServerMessage["kind"]>(kind: Kind): Promise<MessageOf<Kind>> {
    const before = new Set<ServerMessage>(this.heard);
    return this.next(kind, (message) => !before.has(message));
  }
}

/** A producer that has said hello and asks for a receipt of every frame. */
export class Producer {
  readonly client: StreamClient;
  #frameSeq = 1;

  private constructor(client: StreamClient) {
    this.client = client;
  }

  static async open(
    url: string,
    sourceId: string,
    over: object = {},
    options: ClientOptions = {},
  ): Promise<Producer> {
    const producer = new Producer(await StreamClient.open(url, subprotocol.ingest, options));
    await producer.send({ hello: { source_id: sourceId, kind: 2, receipts: true, ...over }, items: [] });
    return producer;
  }

  /** Sends a frame and awaits what became of it. The base time is now unless the frame has one. */
  async send(frame: WireIngestFrame): Promise<MessageOf<"receipt">> {
    const frameSeq = this.#frameSeq++;
    this.client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), ...frame, frame_seq: frameSeq }));
    return this.client.next("receipt", (receipt) => receipt.frameSeq === frameSeq);
  }

  sendItems(...items: WireIngestItem[]): Promise<MessageOf<"receipt">> {
    return this.send({ items });
  }
}
