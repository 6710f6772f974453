import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Viewer } from "../../api/contract/live.ts";
import type { PlaybackCommand, PlaybackView } from "../../api/contract/playback.ts";
import type { AccessLimits } from "../../domain/access.ts";
import { closeCode } from "../../domain/close-code.ts";
import type { Connection } from "../../transport/transport.ts";
import type { StreamSession } from "../stream-session.ts";
import type { FromPlayback, PlaybackOrder, ToPlayback } from "./playback-messages.ts";

/** Sources run the thread of the last build: Node reads no TypeScript. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts")
    ? "../../../dist/server/playback/playback-worker.js"
    : "./playback-worker.js",
  import.meta.url,
);

/** As much as a large city's stations and its map take twice. A thread that needs more ends, and the server does not. */
const MAX_HEAP_MB = 2_048;

/** One playback in a thread of its own, and the connections that look at it. */
export class PlaybackThread {
  readonly #worker: Worker;
  readonly #connections = new Map<number, Connection>();
  readonly #unsent = new Map<number, number>();
  readonly #onEnd: (reason: string | undefined) => void;
  #lastId = 0;
  #view: PlaybackView;
  /** Since when nobody looks, ms of the process; undefined while somebody does. */
  idleSinceMs: number | undefined = performance.now();

  /** @param onEnd called once, with the reason where the thread ended by itself */
  constructor(order: PlaybackOrder, onEnd: (reason: string | undefined) => void) {
    const { playbackId, recording, fromMs, toMs, by, speed = 1 } = order.options;
    this.#view = { playbackId, recording, fromMs, toMs, atMs: fromMs, speed, by, state: "loading" };
    this.#onEnd = onEnd;
    if (!existsSync(ENTRY)) throw new Error("the thread of playbacks is not built; npm run build makes it");
    this.#worker = new Worker(ENTRY, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.#worker.on("message", (news: FromPlayback) => this.#hear(news));
    this.#worker.on("error", (error) => this.#ended(error.message));
    this.#worker.on("exit", () => this.#ended(undefined));
  }

  get view(): PlaybackView {
    return this.#view;
  }

  get sessions(): number {
    return this.#connections.size;
  }

  /** Lets somebody look. */
  open(connection: Connection, viewer: Viewer, limits: AccessLimits): StreamSession {
    const id = ++this.#lastId;
    this.#connections.set(id, connection);
    this.idleSinceMs = undefined;
    this.#tell({ kind: "open", id, viewer, limits });
    return {
      message: (bytes) => this.#tell({ kind: "message", id, bytes: bytes.slice() }),
      drained: () => this.#taken(id),
      closed: () => this.#left(id),
    };
  }

  command(command: PlaybackCommand): void {
    this.#tell({ kind: "command", command });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(order: ToPlayback): void {
    this.#worker.postMessage(order);
  }

  #hear(news: FromPlayback): void {
    if (news.kind === "state") {
      this.#view = news.view;
      return;
    }
    const connection = this.#connections.get(news.id);
    if (connection === undefined) return;
    if (news.kind === "close") {
      connection.close(news.code, news.reason);
      return this.#left(news.id);
    }
    const outcome = connection.send(news.bytes);
    if (outcome === "sent") return this.#tell({ kind: "taken", id: news.id, bytes: news.bytes.length });
    if (outcome === "buffered") {
      this.#unsent.set(news.id, (this.#unsent.get(news.id) ?? 0) + news.bytes.length);
      return;
    }
    connection.close(closeCode.slowConsumer, "slow consumer: connect again and read faster");
    this.#left(news.id);
  }

  #taken(id: number): void {
    const bytes = this.#unsent.get(id);
    if (bytes === undefined) return;
    this.#unsent.delete(id);
    this.#tell({ kind: "taken", id, bytes });
  }

  #left(id: number): void {
    if (!this.#connections.delete(id)) return;
    this.#unsent.delete(id);
    this.#tell({ kind: "closed", id });
    if (this.#connections.size === 0) this.idleSinceMs = performance.now();
  }

  #ended(reason: string | undefined): void {
    for (const connection of this.#connections.values())
      connection.close(
        closeCode.normal,
        reason === undefined ? "the playback has ended" : "the playback has failed",
      );
    this.#connections.clear();
    this.#onEnd(reason);
  }
}
