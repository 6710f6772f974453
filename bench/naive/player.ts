import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LeanSocket } from "../load/lean-socket.ts";
import { pinned } from "../load/pinning.ts";
import { framesOf } from "./envelope.ts";
import type { Side } from "./play.ts";
import type { Played, PlayerAnswer, PlayerOrder } from "./player-protocol.ts";
import type { RecordingOrder, Segment } from "./recording.ts";

const PROCESS = fileURLToPath(new URL("./player-process.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** The twin takes minutes for what Roadpulse does in seconds. */
const ANSWER_TIMEOUT_MS = 600_000;

/** One write of the sender, and what may wait in it: enough that the receiver never starves. */
const PIECE_BYTES = 64 * 1024;
const MOST_WAITING_BYTES = 1024 * 1024;

/** The parent's end of a player process. */
export class Player {
  readonly side: Side;
  readonly #child: ChildProcess;
  #socket: LeanSocket | undefined;

  private constructor(side: Side, child: ChildProcess) {
    this.side = side;
    this.#child = child;
  }

  static async start(side: Side, core: number | undefined): Promise<Player> {
    const line = [process.execPath, "--expose-gc", "--import", LOADER, PROCESS];
    const { command, args } = pinned(core, line);
    const player = new Player(side, spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
    await player.#next();
    return player;
  }

  async open(recording: RecordingOrder): Promise<void> {
    await this.#ask({ kind: "open", side: this.side, recording });
  }

  async play(): Promise<Played> {
    return playedOf(await this.#ask({ kind: "play" }));
  }

  async profile(): Promise<Readonly<Record<string, number>>> {
    const answer = await this.#ask({ kind: "profile" });
    return answer.kind === "profiled" ? answer.parts : {};
  }

  /** The transport that it listens with. */
  async connect(): Promise<string> {
    const answer = await this.#ask({ kind: "listen" });
    if (answer.kind !== "ready" || answer.url === undefined) throw new Error("player does not listen");
    this.#socket = await LeanSocket.open(answer.url, "v1.ingest.roadpulse", () => {});
    return answer.engine ?? "";
  }

  /** Sends a segment as fast as it is taken, in the order of its records. */
  async send({ records, reports }: Segment): Promise<Played> {
    const socket = this.#socket;
    if (socket === undefined) throw new Error("not connected");
    const pieces = framesOf(records, PIECE_BYTES);
    await this.#ask({ kind: "await" });
    const answer = this.#next();
    for (const piece of pieces) {
      while (socket.waitingBytes > MOST_WAITING_BYTES && socket.ended === undefined) await nextTurn();
      if (socket.ended !== undefined) throw new Error(`the player's socket: ${socket.ended}`);
      socket.sendFrame(piece);
    }
    return { ...playedOf(await answer), reports };
  }

  async finish(): Promise<readonly string[]> {
    const answer = await this.#ask({ kind: "finish" });
    return answer.kind === "finished" ? answer.lines : [];
  }

  end(): void {
    this.#socket?.destroy();
    if (this.#child.connected) this.#child.disconnect();
  }

  #ask(order: PlayerOrder): Promise<PlayerAnswer> {
    const answer = this.#next();
    this.#child.send(order);
    return answer;
  }

  #next(): Promise<PlayerAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#child.off("message", onMessage).off("exit", onExit);
      };
      const fail = (why: string): void => {
        settle();
        reject(new Error(`${this.side}: ${why}`));
      };
      const onMessage = (answer: PlayerAnswer): void => {
        if (answer.kind === "failed") return fail(answer.reason);
        settle();
        resolve(answer);
      };
      const onExit = (code: number | null): void => fail(`ended with ${code}`);
      const timer = setTimeout(() => fail("does not answer"), ANSWER_TIMEOUT_MS);
      this.#child.on("message", onMessage).on("exit", onExit);
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function playedOf(answer: PlayerAnswer): Played {
  if (answer.kind !== "played") throw new Error(`unexpected answer ${answer.kind}`);
  return answer.played;
}
