import { deserialize, serialize } from "node:v8";
import type { Stage, StageState } from "./stage.ts";

/** A state of the stage, and how many records had made it. */
export interface Checkpoint {
  readonly atMs: number;
  readonly records: number;
  readonly bytes: Uint8Array;
}

/** Recorded time between two: a minute is played again in less than a second (own). */
const EVERY_MS = 60_000;

/** Of one playback; beyond it every other one goes, and later ones lie twice as far apart. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A state so large leaves room for too few: such a recording is played from its beginning. */
const MAX_STATE_BYTES = MAX_BYTES / 4;

/** States that a playback has passed, so that going back does not begin at the beginning. */
export class Checkpoints {
  readonly #kept: Checkpoint[] = [];
  #everyMs = EVERY_MS;
  #isOff = false;

  /** Keeps the state where it is time for one. */
  pass(stage: Stage, fromMs: number, records: number): void {
    const last = this.#kept.at(-1)?.atMs ?? fromMs;
    if (this.#isOff || stage.reachedMs < last + this.#everyMs) return;
    const bytes = serialize(stage.state());
    if (bytes.length > MAX_STATE_BYTES) {
      this.#isOff = true;
      return;
    }
    this.#kept.push({ atMs: stage.reachedMs, records, bytes });
    if (this.#kept.reduce((sum, one) => sum + one.bytes.length, 0) <= MAX_BYTES) return;
    this.#everyMs *= 2;
    const rest = this.#kept.filter((_, i) => i % 2 === 1);
    this.#kept.splice(0, this.#kept.length, ...rest);
  }

  /** The last one that is not behind a time. */
  before(timeMs: number): Checkpoint | undefined {
    return this.#kept.findLast(({ atMs }) => atMs <= timeMs);
  }
}

export const stateOf = ({ bytes }: Checkpoint): StageState => deserialize(bytes) as StageState;
