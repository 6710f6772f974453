import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readString } from "../../domain/snapshot-row.ts";

/** Bounds memory; sources and receivers of a country are some thousands. What comes later is told as "other". */
const MAX_NAMES = 100_000;
const OTHER = "other";

/** Names of sources and receivers as small numbers, which stand in rows of integers. Given once, for good. */
export class NameNumbers {
  readonly #names: string[] = [OTHER];
  readonly #numbers = new Map<string, number>([[OTHER, 0]]);
  #lastName = OTHER;
  #lastNumber = 0;

  numberOf(name: string): number {
    // Reports of one message have one source and mostly one receiver.
    if (name === this.#lastName) return this.#lastNumber;
    const number = this.#numbers.get(name) ?? this.#add(name);
    this.#lastName = name;
    this.#lastNumber = number;
    return number;
  }

  nameOf(number: number): string {
    return this.#names[number] ?? OTHER;
  }

  #add(name: string): number {
    if (this.#names.length >= MAX_NAMES) return 0;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }

  snapshot(): SnapshotValue {
    return this.#names.slice(1);
  }

  /** Takes names that `snapshot` gave; there must be none yet. */
  restore(value: SnapshotValue | undefined): void {
    for (const name of readArray(value)) this.#add(readString(name, "name"));
  }
}
