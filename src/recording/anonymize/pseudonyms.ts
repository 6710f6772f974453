import { createHmac } from "node:crypto";

const MS_PER_DAY = 86_400_000;

const NAME_HEX_DIGITS = 12;

/** Day of a receive time, UTC. */
export const utcDay = (atMs: number): number => Math.floor(atMs / MS_PER_DAY);

/**
 * Names under which stations leave a recording: the first 32 bits of HMAC-SHA256 over what is named and the UTC day, so
 * that the same station has another name on the next day. Two stations of a file never share one, and no name is an id
 * that occurs in the file: such draws are repeated and counted.
 */
export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #taken: Set<number>;
  readonly #stations = new Map<number, number>();
  readonly #senders = new Map<string, number>();
  #day = Number.NaN;
  #collisions = 0;

  /** @param taken ids that may not be given, e.g. all of the original */
  constructor(key: Uint8Array, taken: Iterable<number>) {
    this.#key = key;
    this.#taken = new Set([0, ...taken]);
  }

  get collisions(): number {
    return this.#collisions;
  }

  /** Days must not go back. 0 means "not given" and stays. */
  station(stationId: number, day: number): number {
    if (stationId === 0) return 0;
    this.#turnTo(day);
    return this.#given(this.#stations, stationId, `station|${day}|${stationId}`);
  }

  /** An id for what one station says about one event, which leads neither to its other messages nor to its other events. */
  senderOf(event: string, stationId: number, day: number): number {
    this.#turnTo(day);
    const text = `notice|${day}|${stationId}|${event}`;
    return this.#given(this.#senders, text, text);
  }

  /** A name as sources and sensors have them, e.g. `vehicle-0123456789ab`. */
  name(kind: string, name: string, day: number): string {
    return `${kind}-${this.#digest(`name|${day}|${name}`).toString("hex").slice(0, NAME_HEX_DIGITS)}`;
  }

  /** What was given on earlier days is not asked for again. */
  #turnTo(day: number): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#stations.clear();
    this.#senders.clear();
  }

  #given<K>(known: Map<K, number>, key: K, text: string): number {
    const before = known.get(key);
    if (before !== undefined) return before;
    const drawn = this.#draw(text);
    known.set(key, drawn);
    return drawn;
  }

  #draw(text: string): number {
    for (let attempt = 0; ; attempt++) {
      const id = this.#digest(`${text}|${attempt}`).readUInt32BE();
      if (!this.#taken.has(id)) {
        this.#taken.add(id);
        return id;
      }
      this.#collisions++;
    }
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
