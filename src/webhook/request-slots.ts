/** Requests that may be under way at a time, shared by all endpoints; who finds none is called when one is free. */
export class RequestSlots {
  #free: number;
  /** In the order in which they asked, each once. */
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#free = most;
  }

  /** @param whenFree called once, later, where there is none now; the same function twice waits once */
  take(whenFree: () => void): boolean {
    if (this.#free === 0) {
      this.#waiting.add(whenFree);
      return false;
    }
    this.#free--;
    return true;
  }

  release(): void {
    this.#free++;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    next();
  }

  /** Somebody will not come back. */
  forget(whenFree: () => void): void {
    this.#waiting.delete(whenFree);
  }
}
