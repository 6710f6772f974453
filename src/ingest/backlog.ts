/** What each entry takes beside its bytes: objects and views, so that many small messages are bounded, too. */
const ENTRY_BYTES = 192;

/** A message that waits, or the end of a session behind its messages. */
export type Waiting<Session> =
  | { readonly session: Session; readonly arrivedAtMs: number; readonly bytes: Uint8Array }
  | { readonly session: Session; readonly end: () => void };

/** The smallest room; rooms are of twice the size each, so that every message leaves less than half of its room empty. */
const SMALLEST_ROOM_BYTES = 256;

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
  readonly #rooms = new Rooms();
  #taken: Uint8Array | undefined;
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
    const size = sizeOf(bytes);
    if (!this.#hasRoom(known?.bytes ?? 0, size)) return false;
    const queue = known ?? this.#open(session, arrivedAtMs);
    queue.entries.push({ session, arrivedAtMs, bytes: this.#rooms.copy(bytes) });
    queue.bytes += size;
    this.#bytes += size;
    return true;
  }

  /** Comes when all messages of the session have been taken. The session must hold some. */
  addEnd(session: Session, end: () => void): void {
    this.#queues.get(session)?.entries.push({ session, end });
  }

  /** The next of the session whose turn it is. Its bytes are valid until the next call. */
  take(): Waiting<Session> | undefined {
    if (this.#taken !== undefined && this.#bytes + this.#rooms.freeBytes < this.limitBytes)
      this.#rooms.free(this.#taken);
    this.#taken = undefined;
    for (const [session, queue] of this.#queues) {
      const entry = queue.entries[queue.next++];
      this.#queues.delete(session);
      if (queue.next < queue.entries.length) this.#queues.set(session, queue);
      if (entry !== undefined && "bytes" in entry) {
        const size = sizeOf(entry.bytes);
        queue.bytes -= size;
        this.#bytes -= size;
        this.#taken = entry.bytes;
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

/**
 * Memory for messages that is used again: V8 marks its heap in steps of 5 to 10 ms for each buffer that is allocated outside
 * of it while the collector works, and thousands of them a second made turns of 100 to 200 ms. Own measurement.
 */
class Rooms {
  readonly #free = new Map<number, ArrayBuffer[]>();
  freeBytes = 0;

  copy(bytes: Uint8Array): Uint8Array {
    const size = roomBytes(bytes.length);
    const used = this.#free.get(size)?.pop();
    if (used !== undefined) this.freeBytes -= size;
    const copied = new Uint8Array(used ?? new ArrayBuffer(size), 0, bytes.length);
    copied.set(bytes);
    return copied;
  }

  free({ buffer }: Uint8Array): void {
    const size = buffer.byteLength;
    const known = this.#free.get(size);
    if (known === undefined) this.#free.set(size, [buffer as ArrayBuffer]);
    else known.push(buffer as ArrayBuffer);
    this.freeBytes += size;
  }
}

function roomBytes(length: number): number {
  let size = SMALLEST_ROOM_BYTES;
  while (size < length) size *= 2;
  return size;
}

const sizeOf = (bytes: Uint8Array): number => roomBytes(bytes.length) + ENTRY_BYTES;
