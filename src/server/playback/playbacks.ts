import { randomUUID } from "node:crypto";
import type { NewPlayback, PlaybackView } from "../../api/contract/playback.ts";
import type { Config } from "../../config/schema.ts";
import type { Logger } from "../../ops/logging.ts";
import { PlaybackThread } from "./playback-thread.ts";
import type { Recordings } from "./recordings.ts";

/** A playback that nobody looks at ends after this. */
const IDLE_MS = 60_000;
const LOOK_MS = 5_000;

export interface PlaybackRefusal {
  readonly status: 404 | 409 | 503;
  readonly code: string;
  readonly message: string;
}

/** The playbacks of a server, bounded in number: each takes a thread and as much memory as what it shows. */
export class Playbacks {
  readonly #config: Config;
  readonly #recordings: Recordings;
  readonly #logger: Logger;
  readonly #threads = new Map<string, PlaybackThread>();
  readonly #timer: NodeJS.Timeout;
  /** Started since the beginning, and ended by a fault. */
  started = 0;
  failed = 0;

  constructor(config: Config, recordings: Recordings, logger: Logger) {
    this.#config = config;
    this.#recordings = recordings;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#endIdle(), LOOK_MS).unref();
  }

  get(playbackId: string): PlaybackThread | undefined {
    return this.#threads.get(playbackId);
  }

  list(): readonly PlaybackView[] {
    return [...this.#threads.values()].map(({ view }) => view);
  }

  async start({ recording, atMs, speed }: NewPlayback, by: string): Promise<PlaybackView | PlaybackRefusal> {
    const { maxPlaybacks } = this.#config.playback;
    const found = await this.#recordings.find(recording);
    if (found === undefined)
      return { status: 404, code: "unknown-recording", message: `There is no recording ${recording}.` };
    const { fromMs, toMs } = found.view;
    if (fromMs === undefined || toMs === undefined)
      return { status: 409, code: "not-playable", message: `${recording} holds nothing that can be played.` };
    if (this.#threads.size >= maxPlaybacks) {
      const message = `${maxPlaybacks} playbacks run already; end one of them, or raise playback.maxPlaybacks.`;
      return { status: 503, code: "too-many-playbacks", message };
    }
    const playbackId = randomUUID();
    const options = { playbackId, recording, path: found.path, fromMs, toMs, by, startAtMs: atMs, speed };
    const thread = new PlaybackThread({ config: this.#config, options }, (reason) =>
      this.#ended(playbackId, reason),
    );
    this.#threads.set(playbackId, thread);
    this.started++;
    return thread.view;
  }

  /** False where there is none. */
  async end(playbackId: string): Promise<boolean> {
    const thread = this.#threads.get(playbackId);
    await thread?.close();
    return thread !== undefined;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#threads.values()].map((thread) => thread.close()));
  }

  #ended(playbackId: string, reason: string | undefined): void {
    if (!this.#threads.delete(playbackId) || reason === undefined) return;
    this.failed++;
    this.#logger.warn({ playbackId, reason }, "a playback ended by a fault");
  }

  #endIdle(): void {
    for (const thread of this.#threads.values()) {
      const { idleSinceMs } = thread;
      if (idleSinceMs !== undefined && performance.now() - idleSinceMs > IDLE_MS) void thread.close();
    }
  }
}

export function isPlaybackRefusal(answer: PlaybackView | PlaybackRefusal): answer is PlaybackRefusal {
  return "status" in answer;
}
