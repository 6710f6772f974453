import type {
  Connection,
  ConnectionHandlers,
  UpgradeDecision,
  UpgradeRequest,
} from "../../src/transport/transport.ts";

export type ServerEvent =
  | { readonly type: "open"; readonly connection: Connection }
  | { readonly type: "text"; readonly connection: Connection }
  | { readonly type: "drained"; readonly connection: Connection }
  | { readonly type: "message"; readonly connection: Connection; readonly bytes: Uint8Array }
  | {
      readonly type: "closed";
      readonly connection: Connection;
      readonly code: number;
      readonly reason: string;
    }
  | { readonly type: "refused"; readonly reason: "full" | "draining" };

type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;

export const PROTOCOL = "v1.contract.test";

/** Handlers that keep what happened and let a test await what must. */
export class Recorder implements ConnectionHandlers {
  readonly events: ServerEvent[] = [];
  readonly requests: UpgradeRequest[] = [];
  decide: (request: UpgradeRequest) => UpgradeDecision = () => ({ accept: true, subprotocol: PROTOCOL });
  /** Runs inside the engine's callback, after the event is kept. */
  react: (event: ServerEvent) => void = () => {};
  #waiting: (() => void)[] = [];

  upgrade(request: UpgradeRequest): UpgradeDecision {
    this.requests.push(request);
    return this.decide(request);
  }

  refused(reason: "full" | "draining"): void {
    this.#keep({ type: "refused", reason });
  }

  open(connection: Connection): void {
    this.#keep({ type: "open", connection });
  }

  message(connection: Connection, bytes: Uint8Array): void {
    this.#keep({ type: "message", connection, bytes: bytes.slice() });
  }

  refusedText(connection: Connection): void {
    this.#keep({ type: "text", connection });
  }

  drained(connection: Connection): void {
    this.#keep({ type: "drained", connection });
  }

  closed(connection: Connection, code: number, reason: string): void {
    this.#keep({ type: "closed", connection, code, reason });
  }

  all<T extends ServerEvent["type"]>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Events about one connection, by type, in order. */
  typesOf(connection: Connection): string[] {
    return this.events.flatMap((event) =>
      "connection" in event && event.connection === connection ? [event.type] : [],
    );
  }

  /** Settles with the event of this type that has the given place among its like. */
  async nth<T extends ServerEvent["type"]>(type: T, index = 0): Promise<EventOf<T>> {
    for (;;) {
      const event = this.all(type)[index];
      if (event !== undefined) return event;
      await this.#nextEvent();
    }
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #keep(event: ServerEvent): void {
    this.events.push(event);
    for (const wake of this.#waiting.splice(0)) wake();
    this.react(event);
  }
}
