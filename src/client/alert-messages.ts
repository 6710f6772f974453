import type { Cursor, Subscription } from "../domain/subscription.ts";
import {
  type AlertStream,
  type AlertStreamMessage,
  type AlertStreamOptions,
  subscribeAlerts,
} from "./alert-stream.ts";
import { CursorTracker } from "./cursor-tracker.ts";

/** Messages kept for a consumer that is busy; beyond it the connection is not read. */
const PAUSE_AT_MESSAGES = 256;
const RESUME_AT_MESSAGES = 64;

/**
 * A subscription as an async iterable: `for await (const message of alertMessages(url, subscription))`. A consumer that
 * falls behind makes the connection wait, and finally the server. A transition counts as handled when the next message
 * is asked for. Leaving the loop closes the stream.
 * @throws ClientError from the loop, see `AlertStream.ended`.
 */
export function alertMessages(
  url: string,
  subscription: Subscription,
  options: AlertStreamOptions = {},
): AlertMessages {
  return new AlertMessages(url, subscription, options);
}

export class AlertMessages implements AsyncIterable<AlertStreamMessage> {
  readonly #stream: AlertStream;
  readonly #handled: CursorTracker;
  /** Bounded by the pause; what was already in the socket's buffer still comes in. */
  readonly #waiting: AlertStreamMessage[] = [];
  #paused = false;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(url: string, subscription: Subscription, options: AlertStreamOptions) {
    this.#handled = new CursorTracker(subscription.resume);
    this.#stream = subscribeAlerts(url, subscription, (message) => this.#take(message), options);
    this.#stream.ended
      .catch(() => undefined)
      .finally(() => {
        this.#ended = true;
        this.#wake();
      });
  }

  /** Where the stream can be resumed by a later run. */
  get cursor(): Cursor | undefined {
    return this.#handled.cursor;
  }

  close(): void {
    this.#stream.close();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<AlertStreamMessage> {
    try {
      for (;;) {
        const message = this.#waiting.shift();
        if (message !== undefined) {
          this.#readOn();
          yield message;
          this.#handled.handled(message);
        } else if (this.#ended) {
          return await this.#stream.ended;
        } else {
          await this.#changed();
        }
      }
    } finally {
      this.close();
    }
  }

  #take(message: AlertStreamMessage): void {
    this.#waiting.push(message);
    if (this.#waiting.length >= PAUSE_AT_MESSAGES && !this.#paused) {
      this.#paused = true;
      this.#stream.pause();
    }
    this.#wake();
  }

  #readOn(): void {
    if (!this.#paused || this.#waiting.length > RESUME_AT_MESSAGES) return;
    this.#paused = false;
    this.#stream.resume();
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
