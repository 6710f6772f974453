import { type ChildProcess, fork } from "node:child_process";
import type { Logger } from "../../ops/logging.ts";
import type { KeeperNews, KeeperOrder } from "./keeper-main.ts";
import type { SavedBlocks } from "./state-keeper.ts";

/** The same place in the sources and in what is built from them. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "./keeper-main.ts" : "./keeper-main.js",
  import.meta.url,
);

/** A keeper that ends unasked is started again after this; each time doubled. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Nobody waits for the keeper's collections: without the server's large heap it keeps a few hundred MB less of garbage. */
const SERVER_ONLY = "--initial-old-space-size";

/** Runs the keeper of states beside the server, and starts it again where it fails. */
export class KeeperProcess {
  readonly #order: KeeperOrder;
  readonly #onSaved: (blocks: SavedBlocks) => void;
  readonly #logger: Logger;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #isClosed = false;
  /** States that were saved since the server started. */
  saved = 0;
  /** Why no states are saved at the moment. */
  failure: string | undefined;

  constructor(order: KeeperOrder, onSaved: (blocks: SavedBlocks) => void, logger: Logger) {
    this.#order = order;
    this.#onSaved = onSaved;
    this.#logger = logger;
    this.#start();
  }

  /** Ends the keeper; settles when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await gone;
  }

  #start(): void {
    const child = fork(ENTRY, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
      execArgv: process.execArgv.filter((option) => !option.startsWith(SERVER_ONLY)),
    });
    this.#child = child;
    child.on("message", (news: KeeperNews) => this.#hear(news));
    child.on("error", (error) => this.#fail(error.message));
    child.on("exit", () => this.#ended());
    child.send(this.#order);
  }

  #hear(news: KeeperNews): void {
    if (news.kind === "failed") return this.#fail(news.message, news.isFinal);
    this.saved++;
    this.failure = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#onSaved(news.blocks);
  }

  #fail(message: string, isFinal = false): void {
    this.failure = message;
    const outcome = isFinal ? "begin empty" : "take longer";
    this.#logger.warn({ reason: message }, `the state is not saved: a restart would ${outcome}`);
    if (isFinal) this.#pauseMs = Number.POSITIVE_INFINITY;
  }

  #ended(): void {
    if (this.#isClosed || this.#pauseMs === Number.POSITIVE_INFINITY) return;
    this.failure ??= "the process that saves it has ended";
    this.#timer = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }
}
