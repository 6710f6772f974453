import type { DecodedItem } from "../domain/frame.ts";
import type { MotionReport } from "../domain/observation.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { type RowFields, readArray, readRow, writeRow } from "../domain/snapshot-row.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import type { ValidateOptions } from "./options.ts";

/** A place where a station claims to be, far from where it was. */
interface Jump {
  readonly stationId: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly observedAtMs: number;
  readonly receivedAtMs: number;
  /** Messages that agreed so far. */
  readonly messages: number;
}

const JUMP_FIELDS: RowFields<Jump> = {
  stationId: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  observedAtMs: "number",
  receivedAtMs: "number",
  messages: "number",
};

/**
 * Gives stations that have jumped a second chance. A single wrong position is refused; a station that goes on reporting
 * from the new place is believed, since pseudonyms collide, vehicles leave ferries, and receivers recover. Nobody is
 * locked out for longer than a few messages.
 */
export class JumpWatch {
  readonly #options: ValidateOptions;
  /** In the order of their last message. */
  readonly #jumps = new Map<number, Jump>();

  constructor(options: ValidateOptions) {
    this.#options = options;
  }

  /** True with the message that makes the new place believed. `reachM`: how far the station can come in a time. */
  isConfirmed(
    { stationId, observedAtMs }: DecodedItem,
    { latitudeDeg, longitudeDeg }: MotionReport,
    receivedAtMs: number,
    reachM: (elapsedMs: number) => number,
  ): boolean {
    const before = this.#jumps.get(stationId);
    const isRecent = before !== undefined && receivedAtMs - before.receivedAtMs <= this.#options.jumpGapMs;
    const isNear =
      isRecent &&
      distanceBetweenM(before.latitudeDeg, before.longitudeDeg, latitudeDeg, longitudeDeg) <=
        reachM(observedAtMs - before.observedAtMs);
    // A second copy of the same message confirms nothing.
    if (isNear && observedAtMs <= before.observedAtMs) return false;
    const messages = isNear ? before.messages + 1 : 1;
    this.#jumps.delete(stationId);
    if (messages >= this.#options.jumpConfirmations) return true;
    this.#note({ stationId, latitudeDeg, longitudeDeg, observedAtMs, receivedAtMs, messages });
    return false;
  }

  onTick(tickMs: number): void {
    for (const [stationId, { receivedAtMs }] of this.#jumps) {
      if (tickMs - receivedAtMs <= this.#options.jumpGapMs) return;
      this.#jumps.delete(stationId);
    }
  }

  #note(jump: Jump): void {
    if (this.#jumps.size >= this.#options.maxJumps) {
      for (const oldest of this.#jumps.keys()) {
        this.#jumps.delete(oldest);
        break;
      }
    }
    this.#jumps.set(jump.stationId, jump);
  }

  snapshot(): SnapshotValue {
    return [...this.#jumps.values()].map((jump) => writeRow(JUMP_FIELDS, jump));
  }

  restore(value: SnapshotValue | undefined): void {
    this.#jumps.clear();
    for (const row of readArray(value)) {
      const jump = readRow(JUMP_FIELDS, row);
      this.#jumps.set(jump.stationId, jump);
    }
  }
}
