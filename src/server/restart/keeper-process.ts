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

/**
 * A keeper that lacks inputs goes on from a state that the server writes itself, which stops detection for a second and more
 * (20,000 stations). Inputs give way by size under overload: after this it may be over.
 */
const RENEW_AFTER_MS = 60_000;

export interface KeeperOptions {
  readonly order: KeeperOrder;
  readonly onSaved: (blocks: SavedBlocks) => void;
  /** Saves the state of now for the keeper to go on from; false where it cannot. */
  readonly renew: () => boolean;
  readonly logger: Logger;
  /** For tests. */
  readonly entry?: URL;
  readonly renewAfterMs?: number;
}

/** Nobody waits for the keeper's collections: without the server's large heap it keeps a few hundred MB less of garbage. */
const SERVER_ONLY = "--initial-old-space-size";

/** Runs the keeper of states beside the server, and starts it again where it fails. */
export class KeeperProcess {
  readonly #options: KeeperOptions;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #isClosed = false;
  /** Inputs are missing: the state of the server cannot follow from those that are left. */
  #lacksInputs = false;
  /** States that were saved since the server started. */
  saved = 0;
  /** Why no states are saved at the moment. */
  failure: string | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
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
    const child = fork(this.#options.entry ?? ENTRY, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
      execArgv: process.execArgv.filter((option) => !option.startsWith(SERVER_ONLY)),
    });
    this.#child = child;
    child.on("message", (news: KeeperNews) => this.#hear(news));
    child.on("error", (error) => this.#fail(error.message));
    child.on("exit", () => this.#ended());
    child.send(this.#options.order);
  }

  #hear(news: KeeperNews): void {
    if (news.kind === "failed") return this.#fail(news.message, news.isFinal);
    this.saved++;
    this.failure = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#options.onSaved(news.blocks);
  }

  #fail(message: string, lacksInputs = false): void {
    this.failure = message;
    this.#lacksInputs ||= lacksInputs;
    const outcome = lacksInputs ? "begin empty" : "take longer";
    this.#options.logger.warn({ reason: message }, `the state is not saved: a restart would ${outcome}`);
  }

  #ended(): void {
    if (this.#isClosed) return;
    this.failure ??= "the process that saves it has ended";
    if (this.#lacksInputs) return this.#renewLater();
    this.#timer = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }

  #renewLater(): void {
    const { renew, logger, renewAfterMs = RENEW_AFTER_MS } = this.#options;
    this.#timer = setTimeout(() => {
      if (!renew()) return this.#renewLater();
      this.#lacksInputs = false;
      this.failure = undefined;
      this.#pauseMs = FIRST_PAUSE_MS;
      logger.info({}, "the state is saved again: a restart goes on from it");
      this.#start();
    }, renewAfterMs);
  }
}
