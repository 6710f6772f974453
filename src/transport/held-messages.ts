/** 256 KiB: credentials are checked within milliseconds. */
const MAX_BYTES = 256 * 1024;

/** What a client sends while its credentials are being checked, up to a bound. */
export class HeldMessages<Message> implements Iterable<Message> {
  readonly #messages: Message[] = [];
  #bytes = 0;

  /** False where the bound is passed: nothing more is kept, and the client is to be told. */
  add(message: Message, bytes: number): boolean {
    this.#bytes += bytes;
    if (this.#bytes > MAX_BYTES) return false;
    this.#messages.push(message);
    return true;
  }

  [Symbol.iterator](): Iterator<Message> {
    return this.#messages.values();
  }
}

/** Why such a client is told to go, beside the close code for a limit that was exceeded. */
export const HELD_TOO_MUCH = "too much was sent before the token was checked";
