interface Due {
  readonly atMs: number;
  readonly id: string;
}

/**
 * A binary heap of ids by time. An id may stand in it several times; whoever takes one out compares the time with what
 * it knows to be the next, so that nothing needs to be removed from the middle.
 */
export class DueQueue {
  readonly #heap: Due[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** Time of the earliest entry; undefined where there is none. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  push(atMs: number, id: string): void {
    const heap = this.#heap;
    const entry = { atMs, id };
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Due;
      if (above.atMs <= atMs) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = entry;
  }

  /** The earliest entry at or before a time; undefined where none is due. Entries of one time come in any order. */
  popUntil(timeMs: number): Due | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.atMs > timeMs) return undefined;
    const last = heap.pop() as Due;
    if (heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Due): void {
    const heap = this.#heap;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && right.atMs < (heap[child] as Due).atMs) child++;
      const below = heap[child] as Due;
      if (below.atMs >= entry.atMs) break;
      heap[i] = below;
      i = child;
    }
    heap[i] = entry;
  }
}
