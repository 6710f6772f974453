/** Messages gathered at most: processing begins when so many wait, so that none waits for longer than a millisecond. */
const MAX_GATHERED = 64;

/** Larger messages hold many reports, fetch ahead for themselves, and are not worth a copy. */
export const LARGEST_GATHERED_BYTES = 512;

/** One message that waits. Reused. */
export interface Gathered<Session> {
  session: Session;
  slot: number;
  arrivedAtMs: number;
  bytes: Uint8Array;
  readonly room: Uint8Array;
}

/**
 * Small messages that have arrived in this turn of the event loop, copied, in the order of their arrival. Vehicles send
 * one report a message: taken one by one between two system calls, each finds the caches cold.
 */
export class GatheredMessages<Session> {
  readonly #rows: Gathered<Session>[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get isFull(): boolean {
    return this.#count === MAX_GATHERED;
  }

  /** There must be room, and the message must be small enough. */
  add(session: Session, slot: number, bytes: Uint8Array, arrivedAtMs: number): void {
    const row = this.#rows[this.#count] ?? this.#newRow(session);
    // Messages of one kind have few lengths: the view of the last one usually fits.
    if (row.bytes.length !== bytes.length) row.bytes = row.room.subarray(0, bytes.length);
    row.bytes.set(bytes);
    row.session = session;
    row.slot = slot;
    row.arrivedAtMs = arrivedAtMs;
    this.#count++;
  }

  /** Takes all that wait. The rows are valid until the next `add`. */
  take(): readonly Gathered<Session>[] {
    const rows = this.#count === this.#rows.length ? this.#rows : this.#rows.slice(0, this.#count);
    this.#count = 0;
    return rows;
  }

  #newRow(session: Session): Gathered<Session> {
    const room = new Uint8Array(LARGEST_GATHERED_BYTES);
    const row = { session, slot: 0, arrivedAtMs: 0, bytes: room, room };
    this.#rows.push(row);
    return row;
  }
}
