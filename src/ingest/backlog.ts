/** What each entry takes beside its bytes: objects and views, so that many small messages are bounded, too. */
const ENTRY_BYTES = 192;

/** A message that waits, or the end of a session behind its messages. */
export type Waiting<Session> =
  | { readonly session: Session; readonly arrivedAtMs: number; readonly bytes: Uint8Array }
  | { readonly session: Session; readonly end: () => void };

interface Queue<Session> {
  readonly entries: Waiting<Session>[];
  next: number;
  bytes: number;
}

/**
 * Messages that this turn of the event loop has no time for: copied, bounded, in order within a session and in turns
 * between sessions, so that one that floods does not hold the others up.
 *
 * While all together are within the bound everything is taken; beyond it only from sessions that hold less than an equal
 * share, up to twice the bound.
 */
export class Backlog<Session> {
  readonly #maxBytes: number;
  readonly #queues = new Map<Session, Queue<Session>>();
  #bytes = 0;
  #standingSinceMs = Number.NaN;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The most that it ever holds. */
  get limitBytes(): number {
    return 2 * this.#maxBytes;
  }

  holds(session: Session): boolean {
    return this.#queues.has(session);
  }

  /** How long it has not been empty. */
  standingMs(nowMs: number): number {
    return this.isEmpty ? 0 : nowMs - this.#standingSinceMs;
  }

  /** False where there is no room: nothing is kept then. */
  add(session: Session, bytes: Uint8Array, arrivedAtMs: number): boolean {
    const known = this.#queues.get(session);
    const size = bytes.length + ENTRY_BYTES;
    if (!this.#hasRoom(known?.bytes ?? 0, size)) return false;
    const queue = known ?? this.#open(session, arrivedAtMs);
    queue.entries.push({ session, arrivedAtMs, bytes: Uint8Array.from(bytes) });
    queue.bytes += size;
    this.#bytes += size;
    return true;
  }

  /** Comes when all messages of the session have been taken. The session must hold some. */
  addEnd(session: Session, end: () => void): void {
    this.#queues.get(session)?.entries.push({ session, end });
  }

  /** The next of the session whose turn it is. */
  take(): Waiting<Session> | undefined {
    for (const [session, queue] of this.#queues) {
      const entry = queue.entries[queue.next++];
      this.#queues.delete(session);
      if (queue.next < queue.entries.length) this.#queues.set(session, queue);
      if (entry !== undefined && "bytes" in entry) {
        const size = entry.bytes.length + ENTRY_BYTES;
        queue.bytes -= size;
        this.#bytes -= size;
      }
      return entry;
    }
    return undefined;
  }

  #hasRoom(heldBytes: number, size: number): boolean {
    if (this.#bytes + size <= this.#maxBytes) return true;
    const share = this.#maxBytes / Math.max(1, this.#queues.size);
    return heldBytes + size <= share && this.#bytes + size <= this.limitBytes;
  }

  #open(session: Session, nowMs: number): Queue<Session> {
    if (this.isEmpty) this.#standingSinceMs = nowMs;
    const queue = { entries: [], next: 0, bytes: 0 };
    this.#queues.set(session, queue);
    return queue;
  }
}
