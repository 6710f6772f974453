import type { MessageReader, NumberedMessage } from "./messages.ts";

/** Messages that are read ahead and not acknowledged, at most. */
const MAX_MESSAGES = 256;

interface Entry {
  readonly message: NumberedMessage;
  readonly key: string;
  state: "waiting" | "taken" | "done";
}

/**
 * Messages between what a receiver has acknowledged and what was read, in their order. Those of one key leave one after
 * the other; the cursor moves over what was acknowledged without a hole.
 */
export class DeliveryWindow {
  readonly #reader: MessageReader;
  readonly #keyOf: (message: NumberedMessage) => string;
  #entries: Entry[] = [];
  #reached: number;
  #isBroken = false;

  /** @param strict whether all messages count as of one key */
  constructor(reader: MessageReader, after: number, strict: boolean) {
    this.#reader = reader;
    this.#reached = after;
    this.#keyOf = strict ? () => "" : ({ key }) => key;
  }

  /** Number of the last message up to which nothing is owed. */
  get cursor(): number {
    const first = this.#entries[0];
    return first === undefined ? this.#reached : first.message.sequence - 1;
  }

  /** Numbers are missing behind what stands here. */
  get isBroken(): boolean {
    return this.#isBroken && this.#entries.length === 0;
  }

  /** Reads on where there is room; answers how many numbers were looked at. */
  fill(budget: number): number {
    const room = MAX_MESSAGES - this.#entries.length;
    if (room <= 0 || this.#isBroken || budget <= 0) return 0;
    const { messages, reached, isBroken } = this.#reader.read(room, budget);
    const looked = reached - this.#reached;
    for (const message of messages)
      this.#entries.push({ message, key: this.#keyOf(message), state: "waiting" });
    this.#reached = reached;
    this.#isBroken = isBroken;
    return looked;
  }

  /** The next messages that may leave together; none where those before them are not acknowledged. */
  take(most: number): NumberedMessage[] {
    const blocked = new Set<string>();
    const taken: Entry[] = [];
    for (const entry of this.#entries) {
      if (taken.length >= most) break;
      if (entry.state === "waiting" && !blocked.has(entry.key)) taken.push(entry);
      else if (entry.state !== "done") blocked.add(entry.key);
    }
    for (const entry of taken) entry.state = "taken";
    return taken.map(({ message }) => message);
  }

  /** They wait again. */
  giveBack(messages: readonly NumberedMessage[]): void {
    this.#mark(messages, "waiting");
  }

  acknowledge(messages: readonly NumberedMessage[]): void {
    this.#mark(messages, "done");
    const owed = this.#entries.findIndex(({ state }) => state !== "done");
    this.#entries = owed < 0 ? [] : this.#entries.slice(owed);
  }

  #mark(messages: readonly NumberedMessage[], state: Entry["state"]): void {
    const marked = new Set(messages);
    for (const entry of this.#entries) if (marked.has(entry.message)) entry.state = state;
  }
}
