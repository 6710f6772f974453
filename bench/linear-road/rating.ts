import { type ChildProcess, spawn } from "node:child_process";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { liveClock } from "../../src/stream/clock.ts";
import { pinned } from "../load/pinning.ts";
import { type BasePlan, type BaseTraffic, makeBase } from "./base-traffic.ts";
import { type Expected, expectedOf } from "./expected.ts";
import { hashedExpenditures } from "./expenditures.ts";
import { solve } from "./oracle.ts";
import { Player, type PlayResult } from "./player.ts";
import { RULES } from "./rules.ts";
import type { ServerAnswer, ServerMark, ServerOrder } from "./server-protocol.ts";
import { isPassed, Validator, type Verdict } from "./validator.ts";

const SERVER = fileURLToPath(new URL("./server-process.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** From the sockets being open to the first message. */
const LEAD_MS = 1_500;
/** Making traffic and the state of 512 expressways takes a fraction of it. */
const START_TIMEOUT_MS = 300_000;

/** Space for young objects, MiB: frames and answers die young, and a larger one is swept less often. */
const SEMI_SPACE_MIB = 32;

/** What is rated how. */
export interface RatingPlan {
  readonly base: BasePlan;
  /** Expressways to try, in this order; the first that fails ends the ladder. */
  readonly ladder: readonly number[];
  readonly serverCore: number | undefined;
  readonly log: (line: string) => void;
}

/** One number of expressways, played. */
export interface Rung {
  readonly expressways: number;
  readonly passed: boolean;
  readonly verdict: Verdict;
  readonly play: PlayResult;
  readonly engine: string;
  /** Processor time of the server during the window, s, and its share of one core. */
  readonly serverProcessorS: number;
  readonly serverShare: number;
  readonly serverUsPerTuple: number;
  readonly serverRssMib: number;
  readonly loadAverage: number;
  /** What broke it, where it was not the answers. */
  readonly broken?: string;
}

export interface RatingResult {
  readonly tuplesPerSecondAndExpressway: number;
  readonly windowS: number;
  readonly rungs: readonly Rung[];
  /** The largest number of expressways that passed. */
  readonly rating: number;
}

/** Climbs the ladder. The oracle works out once what expressway 0 has to be told. */
export async function rate(plan: RatingPlan): Promise<RatingResult> {
  const { base: basePlan, ladder, log } = plan;
  const base = makeBase(basePlan);
  log(`base: ${base.warmUp.length} tuples to warm up, ${base.window.length} to play; the oracle works`);
  const solved = solve([...base.warmUp, ...base.window], RULES.roadpulse, hashedExpenditures);
  const expected = expectedOf(solved, base, basePlan.fromS);
  const rungs: Rung[] = [];
  for (const expressways of ladder) {
    log(`L = ${expressways}`);
    const rung = await playRung(plan, base, expected, expressways);
    rungs.push(rung);
    log(rungLine(rung));
    if (!rung.passed) break;
  }
  return {
    tuplesPerSecondAndExpressway: Math.round(base.window.length / basePlan.windowS),
    windowS: basePlan.windowS,
    rungs,
    rating: Math.max(0, ...rungs.filter(({ passed }) => passed).map(({ expressways }) => expressways)),
  };
}

async function playRung(
  plan: RatingPlan,
  base: BaseTraffic,
  expected: Expected,
  copies: number,
): Promise<Rung> {
  const { fromS, windowS } = plan.base;
  const server = await ServerChild.start(plan.serverCore);
  try {
    const ready = await server.ask({ kind: "start", base: plan.base, copies });
    if (ready.kind !== "ready") throw new Error("the server is not ready");
    const clock = liveClock();
    // Sockets are opened and frames encoded before the window begins: measured, a second per 100 sockets is ample.
    const secondZeroMs = Math.ceil(clock() + LEAD_MS + encodingMs(base, copies)) - fromS * 1_000;
    const validator = new Validator(expected, base, copies, secondZeroMs);
    const player = new Player(
      { url: ready.url, copies, base, fromS, windowS, secondZeroMs, validator },
      clock,
    );
    await player.connect();
    const waitMs = secondZeroMs + fromS * 1_000 - clock();
    if (waitMs < 0) plan.log(`the window began ${Math.round(-waitMs)} ms before the sockets were open`);
    await sleep(Math.max(waitMs - SETTLE_MS, 0));
    const before = await server.mark();
    const play = await player.play();
    const after = await server.mark();
    const verdict = validator.verdict();
    player.end();
    return rungOf(copies, verdict, play, ready.engine, before, after, windowS, player.broken);
  } finally {
    server.end();
  }
}

const SETTLE_MS = 200;
const ENCODING_US_PER_TUPLE = 12;
const CONNECT_MS = 6;

function encodingMs(base: BaseTraffic, copies: number): number {
  return (base.window.length * ENCODING_US_PER_TUPLE) / 1_000 + copies * CONNECT_MS;
}

function rungOf(
  expressways: number,
  verdict: Verdict,
  play: PlayResult,
  engine: string,
  before: ServerMark,
  after: ServerMark,
  windowS: number,
  broken: string | undefined,
): Rung {
  const serverProcessorS = (after.cpuUs - before.cpuUs) / 1e6;
  const isClean =
    after.faults === 0 &&
    after.counts.dropped === 0 &&
    after.counts.malformed === 0 &&
    after.counts.skipped === 0;
  return {
    expressways,
    passed: isPassed(verdict) && isClean && broken === undefined,
    verdict,
    play,
    engine,
    serverProcessorS,
    serverShare: serverProcessorS / windowS,
    serverUsPerTuple: (serverProcessorS * 1e6) / play.tuplesSent,
    serverRssMib: Math.round(after.rssBytes / 2 ** 20),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    ...(broken === undefined ? {} : { broken }),
  };
}

export function rungLine({ expressways, passed, verdict, play, ...rung }: Rung): string {
  const { missing, wrong, late, slowestMs } = verdict;
  return (
    `L = ${expressways} ${passed ? "passed" : "FAILED"}: ${play.tuplesSent} tuples, ${verdict.received} answers ` +
    `(${missing} missing, ${wrong} wrong, ${late} late, slowest ${slowestMs} ms), notices p50 ${play.noticeMs.p50} ms ` +
    `p99 ${play.noticeMs.p99} ms p99.9 ${play.noticeMs.p999} ms, server ${rung.serverUsPerTuple.toFixed(3)} µs per tuple, ` +
    `${Math.round(rung.serverShare * 100)} % of a core, load late by p99 ${play.sendLagMs.p99} ms, ` +
    `load average ${rung.loadAverage}${rung.broken === undefined ? "" : `, broken: ${rung.broken}`}` +
    verdict.examples.map((example) => `\n  ${example}`).join("")
  );
}

/** The parent's end of the server process. */
class ServerChild {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(core: number | undefined): Promise<ServerChild> {
    const options = [`--max-semi-space-size=${SEMI_SPACE_MIB}`, "--import", LOADER];
    const { command, args } = pinned(core, [process.execPath, ...options, SERVER]);
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    process.once("exit", () => child.kill("SIGKILL"));
    return new ServerChild(child);
  }

  ask(order: ServerOrder): Promise<ServerAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the server does not answer")), START_TIMEOUT_MS);
      const onExit = (code: number | null): void => reject(new Error(`the server ended with ${code}`));
      this.#child.once("exit", onExit);
      this.#child.once("message", (answer) => {
        clearTimeout(timer);
        this.#child.off("exit", onExit);
        resolve(answer as ServerAnswer);
      });
      this.#child.send(order);
    });
  }

  async mark(): Promise<ServerMark> {
    const answer = await this.ask({ kind: "mark" });
    if (answer.kind !== "mark") throw new Error("the server answers out of turn");
    return answer;
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
    this.#child.kill("SIGKILL");
  }
}
