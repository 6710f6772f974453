import type { Endpoint } from "./endpoint.ts";
import type { CursorFile } from "./endpoint-cursor.ts";
import { type DeliveryWorld, EndpointDelivery } from "./endpoint-delivery.ts";
import type { EndpointStatus } from "./endpoint-status.ts";
import type { MessageSource } from "./messages.ts";
import type { PostResult } from "./post.ts";
import { RequestSlots } from "./request-slots.ts";

export interface WebhooksOptions extends Omit<DeliveryWorld, "slots"> {
  /** The messages that an endpoint wants. */
  readonly sourceOf: (endpoint: Endpoint) => MessageSource;
  readonly cursorFileOf: (name: string) => CursorFile;
  /** Requests at a time of all endpoints together. */
  readonly maxRequests: number;
}

/** Numbers of the source that all endpoints together look at in one turn, 1 to 2 ms where none of them is wanted. */
const READ_AT_ONCE = 512;

/** All endpoints. They share the requests under way and the time for reading, and wait for nothing of each other. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #slots: RequestSlots;
  readonly #deliveries = new Map<string, EndpointDelivery>();
  #changing: Promise<void> = Promise.resolve();
  #turn = 0;
  #isClosed = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#slots = new RequestSlots(options.maxRequests);
  }

  /**
   * Puts endpoints in force; those that have not changed go on as if nothing had happened. Rejects where a cursor cannot be
   * opened; the same may be applied again.
   */
  apply(endpoints: readonly Endpoint[]): Promise<void> {
    const change = this.#changing.then(() => this.#change(endpoints));
    // One that fails, say on a full disk, stands in the way of none after it, nor of the end.
    this.#changing = change.catch(() => undefined);
    return change;
  }

  /** Reads on and sends what is due. To be called some forty times a second. */
  look(): void {
    const deliveries = [...this.#deliveries.values()];
    let budget = READ_AT_ONCE;
    // Each begins once: whoever catches up must not take it all.
    this.#turn = deliveries.length === 0 ? 0 : (this.#turn + 1) % deliveries.length;
    for (let i = 0; i < deliveries.length; i++) {
      const delivery = deliveries[(this.#turn + i) % deliveries.length];
      const share = Math.ceil(budget / (deliveries.length - i));
      budget -= delivery?.look(share) ?? 0;
    }
  }

  /** Places that were acknowledged survive a loss of power. */
  sync(): void {
    for (const delivery of this.#deliveries.values()) delivery.sync();
  }

  status(): readonly EndpointStatus[] {
    return [...this.#deliveries.values()].map((delivery) => delivery.status());
  }

  has(name: string): boolean {
    return this.#deliveries.has(name);
  }

  /** Undefined where there is no such endpoint. */
  test(name: string): Promise<PostResult> | undefined {
    return this.#deliveries.get(name)?.test();
  }

  enable(name: string): void {
    this.#deliveries.get(name)?.enable();
  }

  /** Answers why that cannot be done, or undefined. */
  replay(name: string, sequence: number): string | undefined {
    const delivery = this.#deliveries.get(name);
    return delivery === undefined ? `There is no endpoint ${name}` : delivery.replayFrom(sequence);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#changing;
    await Promise.all([...this.#deliveries.values()].map((delivery) => delivery.close()));
    this.#deliveries.clear();
  }

  async #change(endpoints: readonly Endpoint[]): Promise<void> {
    if (this.#isClosed) return;
    const changed = [...this.#deliveries.values()].filter(
      ({ endpoint }) => !endpoints.some((each) => isSame(each, endpoint)),
    );
    // A cursor has one owner: the old one is closed before another opens.
    for (const { endpoint } of changed) this.#deliveries.delete(endpoint.name);
    await Promise.all(changed.map((delivery) => delivery.close()));
    const { sourceOf, cursorFileOf } = this.#options;
    const world = { ...this.#options, slots: this.#slots };
    for (const endpoint of endpoints) {
      if (this.#deliveries.has(endpoint.name)) continue;
      const file = cursorFileOf(endpoint.name);
      this.#deliveries.set(endpoint.name, new EndpointDelivery(endpoint, sourceOf(endpoint), file, world));
    }
  }
}

/** Secrets print as the same text, so they are compared apart. */
function isSame(a: Endpoint, b: Endpoint): boolean {
  return (
    JSON.stringify(a) === JSON.stringify(b) &&
    a.secrets.every((secret, index) => b.secrets[index]?.equals(secret) === true)
  );
}
