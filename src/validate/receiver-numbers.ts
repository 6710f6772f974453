import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject, readString } from "../domain/snapshot-row.ts";

/** Names known at once: more than there are roadside units in a country. */
const MAX_NAMES = 65_536;

/**
 * Numbers receivers from 1 on. When the table is full it starts anew, with numbers that were never used: at worst a
 * receiver is then taken for another one, once.
 */
export class ReceiverNumbers {
  readonly #numbers = new Map<string, number>();
  #last = 0;

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MAX_NAMES) this.#numbers.clear();
    this.#last = (this.#last % 0x7fffffff) + 1;
    this.#numbers.set(name, this.#last);
    return this.#last;
  }

  snapshot(): SnapshotValue {
    return { last: this.#last, numbers: [...this.#numbers] };
  }

  restore(value: SnapshotValue | undefined): void {
    const { last, numbers } = readObject(value);
    this.#last = readNumber(last, "last");
    this.#numbers.clear();
    for (const entry of readArray(numbers)) {
      const [name, number] = readArray(entry);
      this.#numbers.set(readString(name, "receiver"), readNumber(number, "receiver"));
    }
  }
}
