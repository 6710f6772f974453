import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { liveClock } from "../../src/stream/clock.ts";
import { pinned } from "../load/pinning.ts";
import type { LoopData } from "./loop-data.ts";
import { LoopPlayer, type PlayResult } from "./player.ts";
import type { ServerMark } from "./server-protocol.ts";
import { LoopTraffic } from "./traffic.ts";

const SERVER = fileURLToPath(new URL("./server-process.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** Observations per message: brokers batch, too. */
export const BATCH = 50;

/** Space for young objects, MiB: results die young. */
const SEMI_SPACE_MIB = 32;

/** One rate, or one rate with bursts. */
export interface RungOrder {
  readonly data: LoopData;
  readonly observationsPerS: number;
  /** Observations of a burst; 0 for a constant rate. */
  readonly burst: number;
  readonly warmUpS: number;
  readonly measureS: number;
  readonly serverCore: number | undefined;
}

export interface Rung {
  readonly observationsPerS: number;
  readonly burst: number;
  readonly engine: string;
  readonly play: PlayResult;
  /** Everything arrived, every result is the oracle's, and the sender kept its times. */
  readonly passed: boolean;
  readonly processorUsPerObservation: number;
  /** Of one core, while the load ran. */
  readonly serverShare: number;
  readonly rssMib: number;
  readonly loadAverage: number;
}

/** A sender that is later than this makes the load, not the server, slow. */
const MOST_SEND_LAG_MS = 50;

export async function runRung(order: RungOrder): Promise<Rung> {
  const { data, warmUpS, measureS } = order;
  const copies = (rate: number): number => Math.max(1, Math.round(rate / (2 * data.lanes.length)));
  const steady = new LoopTraffic(data, copies(order.observationsPerS), "s", BATCH);
  const burst = order.burst === 0 ? undefined : new LoopTraffic(data, copies(order.burst), "b", BATCH);
  const server = await LoopServer.start(order.serverCore);
  try {
    const { url } = await server.mark();
    const player = new LoopPlayer({ url, steady, burst, warmUpS, measureS }, liveClock());
    // What making the traffic has left behind is not to be collected while it is sent.
    globalThis.gc?.();
    const marks: { readonly mark: ServerMark; readonly atMs: number }[] = [];
    const play = await player.play(async () => {
      marks.push({ mark: await server.mark(), atMs: performance.now() });
    });
    const last = await server.mark();
    return rungOf(order, steady.observationsPerSecond, burst?.observationsPerSecond ?? 0, play, marks, last);
  } finally {
    server.end();
  }
}

function rungOf(
  order: RungOrder,
  observationsPerS: number,
  burst: number,
  play: PlayResult,
  marks: readonly { readonly mark: ServerMark; readonly atMs: number }[],
  last: ServerMark,
): Rung {
  const [from, to] = marks;
  const processorUs = (to?.mark.processorUs ?? 0) - (from?.mark.processorUs ?? 0);
  const observations = (to?.mark.observations ?? 0) - (from?.mark.observations ?? 0);
  const elapsedUs = ((to?.atMs ?? 0) - (from?.atMs ?? 0)) * 1_000;
  const isWhole =
    play.right === play.resultsDue && play.wrong === 0 && play.unexpected === 0 && play.broken === undefined;
  const isClean =
    last.observations === play.sent && last.refused + last.malformed + last.dropped + last.faults === 0;
  // A burst is more than the sender itself can send in its tenth of a second.
  const isOnTime = order.burst > 0 || play.sendLagP99Ms <= MOST_SEND_LAG_MS;
  return {
    observationsPerS,
    burst,
    engine: last.engine,
    play,
    passed: isWhole && isClean && isOnTime,
    processorUsPerObservation: processorUs / observations,
    serverShare: processorUs / elapsedUs,
    rssMib: Math.round(last.rssBytes / 2 ** 20),
    loadAverage: loadavg()[0] ?? Number.NaN,
  };
}

/** The driver's end of the server process. */
class LoopServer {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(core: number | undefined): Promise<LoopServer> {
    const flags = [`--max-semi-space-size=${SEMI_SPACE_MIB}`, "--import", LOADER];
    const { command, args } = pinned(core, [process.execPath, ...flags, SERVER]);
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    await once(child, "message");
    return new LoopServer(child);
  }

  async mark(): Promise<ServerMark> {
    const answer = once(this.#child, "message");
    this.#child.send("mark");
    const [mark] = (await answer) as [ServerMark];
    return mark;
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
