import { closeCode } from "../domain/close-code.ts";
import { SHUTDOWN_REASON } from "./close-reason.ts";
import { DRAINING, FULL, isPending, type Refusal } from "./handshake.ts";
import { type MemoryClient, MemoryLink } from "./memory-link.ts";
import type {
  ConnectionHandlers,
  ListenAddress,
  Listener,
  ServerTransport,
  TransportLimits,
  UpgradeRequest,
} from "./transport.ts";

export interface MemoryConnectOptions {
  /** Default `/`. */
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  /** Default `127.0.0.1`. */
  readonly remoteAddress?: string;
  /** Called in a microtask per message while the client reads. Without it messages gather in `received`. */
  readonly onMessage?: (bytes: Uint8Array) => void;
}

export type MemoryConnectResult =
  | { readonly accepted: true; readonly client: MemoryClient }
  | { readonly accepted: false; readonly status: Refusal["status"]; readonly reason: string };

export interface MemoryListener extends Listener {
  /** The decision of `upgrade` comes back at once; `open` has been called when a client is returned. */
  connect(options: MemoryConnectOptions): MemoryConnectResult;
}

export interface MemoryTransport extends ServerTransport {
  listen(at: ListenAddress, limits: TransportLimits, handlers: ConnectionHandlers): Promise<MemoryListener>;
}

/** Connections without sockets: for tests of sessions and for running the whole path inside one process. */
export function memoryTransport(): MemoryTransport {
  return {
    listen: (at, limits, handlers) => Promise.resolve(new MemoryEngine(at, limits, handlers)),
  };
}

class MemoryEngine implements MemoryListener {
  readonly engine = "memory";
  readonly host: string;
  readonly port: number;
  readonly #limits: TransportLimits;
  readonly #handlers: ConnectionHandlers;
  readonly #links = new Set<MemoryLink>();
  readonly #sweeper: NodeJS.Timeout;
  #drained: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(at: ListenAddress, limits: TransportLimits, handlers: ConnectionHandlers) {
    this.host = at.host;
    this.port = at.port;
    this.#limits = limits;
    this.#handlers = handlers;
    this.#sweeper = setInterval(() => {
      for (const link of this.#links) link.sweep();
    }, limits.idleTimeoutMs).unref();
  }

  readonly connectionCount = (): number => this.#links.size;

  connect(options: MemoryConnectOptions): MemoryConnectResult {
    const request = upgradeRequest(options);
    const decision = this.#refusalByLimit() ?? this.#handlers.upgrade(request);
    if (isPending(decision)) throw new Error("connections in memory are decided on at once");
    if (!decision.accept) return { accepted: false, status: decision.status, reason: decision.reason };
    const link = new MemoryLink({
      request,
      subprotocol: decision.subprotocol,
      limits: this.#limits,
      handlers: this.#handlers,
      onMessage: options.onMessage,
      onGone: () => this.#gone(link),
    });
    this.#links.add(link);
    this.#handlers.open(link);
    return { accepted: true, client: link.client };
  }

  drain(deadlineMs: number): Promise<void> {
    this.#drained ??= this.#drain(deadlineMs);
    return this.#drained;
  }

  async #drain(deadlineMs: number): Promise<void> {
    clearInterval(this.#sweeper);
    if (this.#links.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const link of this.#links) link.close(closeCode.goingAway, SHUTDOWN_REASON);
    const deadline = setTimeout(() => {
      for (const link of this.#links) link.terminate();
    }, deadlineMs);
    await empty;
    clearTimeout(deadline);
  }

  #refusalByLimit(): Refusal | undefined {
    if (this.#drained !== undefined) {
      this.#handlers.refused?.("draining");
      return DRAINING;
    }
    if (this.#links.size < this.#limits.maxConnections) return undefined;
    this.#handlers.refused?.("full");
    return FULL;
  }

  #gone(link: MemoryLink): void {
    this.#links.delete(link);
    if (this.#links.size === 0) this.#onEmpty?.();
  }
}

function upgradeRequest(options: MemoryConnectOptions): UpgradeRequest {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name.toLowerCase(), value);
  return {
    path: options.path ?? "/",
    query: options.query ?? "",
    headers,
    subprotocols: options.subprotocols,
    remoteAddress: options.remoteAddress ?? "127.0.0.1",
  };
}
