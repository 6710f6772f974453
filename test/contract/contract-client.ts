import type { Listener } from "../../src/transport/transport.ts";

export interface ClientClose {
  readonly code: number;
  readonly reason: string;
}

/** What every engine's client can do for the contract suite. */
export interface ContractClient {
  readonly subprotocol: string;
  readonly inbox: Inbox;
  readonly closed: Promise<ClientClose>;
  send(bytes: Uint8Array): void;
  sendText(text: string): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  stopReading(): void;
  resumeReading(): void;
}

export interface Refused {
  readonly status: number;
  readonly body: string;
}

/** A peer that completes the handshake and from then on answers nothing: no ping, no close frame, no FIN. */
export interface SilentPeer {
  /** Settles once the server has ended or cut the connection. */
  readonly ended: Promise<void>;
  terminate(): void;
}

export interface ConnectOptions {
  readonly path?: string;
  readonly subprotocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** How one engine is reached by the suite, and where it may differ. */
export interface ContractClients {
  connect(listener: Listener, options?: ConnectOptions): Promise<ContractClient | Refused>;
  connectSilent(listener: Listener): Promise<SilentPeer>;
}

/** Messages that a client has read. */
export class Inbox {
  readonly messages: Uint8Array[] = [];
  #waiting: (() => void)[] = [];

  add(bytes: Uint8Array): void {
    this.messages.push(bytes);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Settles once at least `count` messages have come. */
  async atLeast(count: number): Promise<readonly Uint8Array[]> {
    while (this.messages.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.messages;
  }
}
