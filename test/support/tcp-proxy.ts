import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What happens to bytes on their way, in both directions. May be changed at any time. */
export interface Weather {
  /** Every piece waits for so long. */
  delayMs: number;
  /** Bytes go on in pieces of at most this length, each after the delay. */
  pieceBytes: number;
}

const FINE: Weather = { delayMs: 0, pieceBytes: Number.POSITIVE_INFINITY };

/** How a connection is lost: in order, with a reset, or without anybody being told. */
export type Loss = "end" | "reset" | "vanish";

/** A TCP proxy that loses, delays and chops, so that a real server meets what networks do. */
export class TcpProxy {
  readonly weather: Weather = { ...FINE };
  readonly links = new Set<ProxyLink>();
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  /** Connections that were lost on purpose. */
  lost = 0;

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.#target = target;
    server.on("connection", (client) => this.#accept(client));
  }

  static async open(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const proxy = new TcpProxy(server, { host: hostname, port: Number(port) });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  /** The given address, by way of the proxy. */
  through(url: string): string {
    const by = new URL(url);
    by.port = String((this.#server.address() as AddressInfo).port);
    return by.href.replace(/\/$/, "");
  }

  /** Fine weather, and all that was held back flows. */
  clear(): void {
    Object.assign(this.weather, FINE);
    for (const link of this.links) link.flow();
  }

  /** One of the links, by a number from 0 up to 1; undefined where there is none. */
  pick(random: number): ProxyLink | undefined {
    return [...this.links][Math.floor(random * this.links.size)];
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const link of this.links) link.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    const server = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const link = new ProxyLink(client, server, this.weather, () => this.links.delete(link));
    link.onLoss = () => this.lost++;
    this.links.add(link);
  }
}

/** One connection through the proxy. */
export class ProxyLink {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #weather: Weather;
  #flowing: Promise<void> | undefined;
  #flow: () => void = () => undefined;
  onLoss: () => void = () => undefined;

  constructor(client: Socket, server: Socket, weather: Weather, onGone: () => void) {
    this.#client = client;
    this.#server = server;
    this.#weather = weather;
    for (const socket of [client, server]) {
      socket.on("error", () => this.destroy());
      socket.on("close", () => {
        if (client.destroyed && server.destroyed) onGone();
      });
    }
    void this.#forward(client, server);
    void this.#forward(server, client);
  }

  /** Holds all bytes back, while both sides believe in their connection: half open. */
  stall(): void {
    this.#flowing ??= new Promise((resolve) => {
      this.#flow = resolve;
    });
  }

  flow(): void {
    this.#flowing = undefined;
    this.#flow();
  }

  /**
   * Loses the connection. One that vanishes is gone for the client and stands for the server, which hears nothing more: a
   * vehicle in a tunnel.
   */
  lose(how: Loss): void {
    this.onLoss();
    if (how === "reset") {
      this.#client.resetAndDestroy();
      this.#server.resetAndDestroy();
    } else if (how === "end") {
      this.#client.end();
      this.#server.end();
      this.#client.resume().once("close", () => this.#server.destroy());
    } else {
      this.#client.resetAndDestroy();
    }
    this.flow();
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
    this.flow();
  }

  async #forward(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false }))
        await this.#pass(chunk as Buffer, to);
      to.end();
    } catch {
      // A side is gone; its events have said so.
    }
  }

  async #pass(chunk: Buffer, to: Socket): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const { delayMs, pieceBytes } = this.#weather;
      if (delayMs > 0) await sleep(delayMs);
      if (this.#flowing !== undefined) await this.#flowing;
      if (to.destroyed) return;
      const end = Math.min(chunk.length, at + pieceBytes);
      if (!to.write(chunk.subarray(at, end))) await Promise.race([once(to, "drain"), once(to, "close")]);
      at = end;
    }
  }
}
