import { setImmediate } from "node:timers/promises";
import type { Pipeline } from "../../pipeline.ts";
import { readBlock } from "../../store/input-block.ts";
import { JournalFollower } from "../../store/journal-follower.ts";
import { oldestStateBlock, readNewestState, writeState } from "../../store/saved-states.ts";
import { feed, type MemoryFolders } from "./resume.ts";

/** Blocks of inputs, when a state was saved. */
export interface SavedBlocks {
  /** The state holds all through this one. */
  readonly heldThrough: number;
  /** Those through this one are not needed any more: the oldest state that is kept holds them. */
  readonly dropThrough: number;
}

export interface StateKeeperOptions {
  readonly folders: MemoryFolders;
  readonly fingerprint: string;
  /** Receive time between two saved states, ms. */
  readonly everyMs: number;
  readonly onSaved: (blocks: SavedBlocks) => void;
}

/** Blocks that are played in before others get a turn. */
const BLOCKS_PER_TURN = 64;

/**
 * A second pipeline that follows the inputs of the first one and saves its state at times. To write the state of 20,000
 * stations down takes a second and more (measured), in which the first one would detect nothing; the second one may be
 * late. Same inputs, same state: it is the first one's state of that block.
 */
export class StateKeeper {
  readonly #pipeline: Pipeline;
  readonly #options: StateKeeperOptions;
  readonly #follower: JournalFollower;
  #savedMs: number;
  #throughMs: number;

  /** @throws Error where no state was saved to begin with */
  constructor(pipeline: Pipeline, options: StateKeeperOptions) {
    const { folders, fingerprint } = options;
    const state = readNewestState(folders.states, fingerprint, () => undefined);
    if (state === undefined) throw new Error("there is no saved state to go on from");
    // Without a subscriber nothing is detected.
    pipeline.alerts$.subscribe();
    pipeline.restore(state.snapshot);
    this.#pipeline = pipeline;
    this.#options = options;
    this.#follower = new JournalFollower(folders.inputs, state.block);
    this.#savedMs = state.throughMs;
    this.#throughMs = state.throughMs;
  }

  /**
   * Plays in what has come since, and saves where it is time.
   * @throws JournalGapError where inputs are missing: the state of the first pipeline cannot be known any more
   */
  async follow(): Promise<void> {
    let blocks = 0;
    for (const { bytes } of this.#follower.read()) {
      const block = readBlock(bytes);
      this.#throughMs = Math.max(this.#throughMs, feed(this.#pipeline, block));
      if (this.#throughMs - this.#savedMs >= this.#options.everyMs) this.#save();
      if (++blocks % BLOCKS_PER_TURN === 0) await setImmediate();
    }
  }

  #save(): void {
    const { folders, fingerprint, onSaved } = this.#options;
    const block = this.#follower.reached;
    const throughMs = this.#throughMs;
    writeState(folders.states, {
      fingerprint,
      block,
      throughMs,
      snapshot: this.#pipeline.snapshot(),
    });
    this.#savedMs = throughMs;
    onSaved({ heldThrough: block, dropThrough: oldestStateBlock(folders.states) });
  }
}
