import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { LagHistogram } from "../load/lag-histogram.ts";
import { LeanSocket } from "../load/lean-socket.ts";
import { ResultCheck } from "./result-check.ts";
import { CYCLE_S, type LoopTraffic, type Message } from "./traffic.ts";
import { RESULT_FIELDS } from "./windows.ts";

/** What is played. */
export interface PlayPlan {
  readonly url: string;
  readonly steady: LoopTraffic;
  /** Published within a tenth of a second every ten, on top of what is steady. */
  readonly burst: LoopTraffic | undefined;
  readonly warmUpS: number;
  readonly measureS: number;
}

/** Every ten seconds, as in OSPBench; how long it takes to be published; and where in the window the first one is. */
const BURST_EVERY_S = 10;
const BURST_SPREAD_MS = 100;
const FIRST_BURST_S = 2;
/** Time that a last burst must have behind it. */
const AFTER_BURST_S = 3;

/** A burst is over when results are again as fresh as this. */
const RECOVERED_MS = 50;

/** Longest wait for results after the last message: for lanes that miss, the watermark is waited for. */
const END_WAIT_MS = 6_000;
const SENDS_PER_TURN = 64;
const STEP_MS = 1;

/** How it went. */
export interface PlayResult {
  readonly sent: number;
  readonly resultsDue: number;
  readonly right: number;
  readonly wrong: number;
  readonly unexpected: number;
  readonly example: string | undefined;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  /** How late messages were sent: the sender's own fault. */
  readonly sendLagP99Ms: number;
  /** From each burst's beginning until no result was older than 50 ms any more. */
  readonly recoveriesMs: readonly number[];
  readonly broken: string | undefined;
}

interface Due {
  readonly atMs: number;
  readonly message: Message;
  readonly socket: LeanSocket;
}

/**
 * Publishes the two streams in an open loop: each message has its intended time and carries it, whatever became of those
 * before. Latency counts from the intended time of the last observation that went into a result to its arrival here.
 */
export class LoopPlayer {
  readonly #plan: PlayPlan;
  readonly #clock: () => number;
  readonly #latency = new LagHistogram();
  readonly #sendLag = new LagHistogram();
  readonly #sockets: LeanSocket[] = [];
  readonly #steadyCheck: ResultCheck;
  readonly #burstCheck: ResultCheck | undefined;
  /** Begin of each burst, Unix ms, with the arrival of the last stale result since. */
  readonly #bursts: { readonly atMs: number; lastStaleMs: number }[] = [];
  #startMs = 0;
  #results = 0;
  /** Results of points that nothing was sent for. */
  #strange = 0;
  #sent = 0;
  #next = 0;
  #broken: string | undefined;

  constructor(plan: PlayPlan, clock: () => number) {
    this.#plan = plan;
    this.#clock = clock;
    this.#steadyCheck = new ResultCheck(plan.steady, false);
    this.#burstCheck = plan.burst === undefined ? undefined : new ResultCheck(plan.burst, true);
  }

  /** @param onMeasure called when the warm-up is over, and when the last message has been sent */
  async play(onMeasure: () => Promise<void>): Promise<PlayResult> {
    const { steady, burst, warmUpS, measureS } = this.#plan;
    const [flows, speeds] = await this.#connect();
    const seconds = warmUpS + measureS;
    this.#startMs = (Math.floor(this.#clock() / 1_000) + 2) * 1_000;
    for (const check of [this.#steadyCheck, this.#burstCheck]) {
      if (check !== undefined) check.startSecond = this.#startMs / 1_000;
    }
    this.#planBursts();
    const schedule = this.#schedule(seconds, flows, speeds);
    const resultsDue = steady.points * seconds + (burst?.points ?? 0) * this.#bursts.length;
    await this.#run(schedule, resultsDue, onMeasure);
    for (const socket of this.#sockets) socket.destroy();
    return this.#result(resultsDue);
  }

  async #connect(): Promise<[LeanSocket, LeanSocket]> {
    const url = new URL(STREAM_PATH, this.#plan.url).href;
    const open = async (protocol: string): Promise<LeanSocket> => {
      const socket = await LeanSocket.open(url, protocol, (payload) => this.#receive(payload));
      this.#sockets.push(socket);
      return socket;
    };
    await open(subprotocol.alerts);
    return [await open(subprotocol.ingest), await open(subprotocol.ingest)];
  }

  #planBursts(): void {
    const { burst, warmUpS, measureS } = this.#plan;
    if (burst === undefined) return;
    for (let s = FIRST_BURST_S; s <= measureS - AFTER_BURST_S; s += BURST_EVERY_S) {
      const atMs = this.#startMs + (warmUpS + s) * 1_000;
      this.#bursts.push({ atMs, lastStaleMs: atMs });
    }
  }

  #schedule(seconds: number, flows: LeanSocket, speeds: LeanSocket): Due[] {
    const due: Due[] = [];
    const spread = (
      messages: readonly Message[],
      fromMs: number,
      overMs: number,
      socket: LeanSocket,
    ): void => {
      for (const [i, message] of messages.entries()) {
        due.push({ atMs: fromMs + (i * overMs) / messages.length, message, socket });
      }
    };
    for (let s = 0; s < seconds; s++) {
      const second = this.#plan.steady.seconds[s % CYCLE_S];
      // All of a second is published within it, the last message a little before its end.
      spread(second?.flows ?? [], this.#startMs + s * 1_000, 1_000, flows);
      spread(second?.speeds ?? [], this.#startMs + s * 1_000, 1_000, speeds);
    }
    const burst = this.#plan.burst?.seconds[0];
    for (const { atMs } of this.#bursts) {
      spread(burst?.flows ?? [], atMs, BURST_SPREAD_MS, flows);
      spread(burst?.speeds ?? [], atMs, BURST_SPREAD_MS, speeds);
    }
    return due.sort((a, b) => a.atMs - b.atMs);
  }

  async #run(schedule: readonly Due[], resultsDue: number, onMeasure: () => Promise<void>): Promise<void> {
    const measureFromMs = this.#startMs + this.#plan.warmUpS * 1_000;
    const giveUpMs = (schedule.at(-1)?.atMs ?? 0) + END_WAIT_MS;
    let marks = 0;
    const marking: Promise<void>[] = [];
    await new Promise<void>((resolve) => {
      const step = (): void => {
        this.#sendDue(schedule);
        const nowMs = this.#clock();
        const isSent = this.#next >= schedule.length;
        if ((marks === 0 && nowMs >= measureFromMs) || (marks === 1 && isSent)) {
          marks++;
          marking.push(onMeasure());
        }
        this.#broken ??= this.#sockets.find(({ ended }) => ended !== undefined)?.ended;
        const isOver = isSent && marks === 2 && this.#results >= resultsDue;
        if (isOver || this.#broken !== undefined || nowMs > giveUpMs) resolve();
        else setTimeout(step, STEP_MS);
      };
      step();
    });
    await Promise.all(marking);
  }

  #sendDue(schedule: readonly Due[]): void {
    for (let sends = 0; sends < SENDS_PER_TURN; sends++) {
      const due = schedule[this.#next];
      const nowMs = this.#clock();
      if (due === undefined || due.atMs > nowMs) return;
      due.message.frame.writeDoubleLE(due.atMs, due.message.timeAt);
      due.socket.sendFrame(due.message.frame);
      this.#sendLag.record(nowMs - due.atMs);
      this.#sent += due.message.observations;
      this.#next++;
    }
  }

  #receive(payload: Uint8Array): void {
    const nowMs = this.#clock();
    // A copy: rows begin where they like within what the socket read.
    const rows = new Float64Array(new Uint8Array(payload).buffer);
    const measureFromMs = this.#startMs + this.#plan.warmUpS * 1_000;
    for (let at = 0; at < rows.length; at += RESULT_FIELDS) {
      this.#results++;
      const publishedAtMs = rows[at + 9] as number;
      const ageMs = nowMs - publishedAtMs;
      if (publishedAtMs >= measureFromMs) this.#latency.record(ageMs);
      if (ageMs > RECOVERED_MS) this.#noteStale(nowMs);
      this.#check(rows, at);
    }
  }

  #noteStale(nowMs: number): void {
    const burst = this.#bursts.findLast(({ atMs }) => atMs <= nowMs);
    if (burst !== undefined) burst.lastStaleMs = nowMs;
  }

  #check(rows: Float64Array, at: number): void {
    if (this.#steadyCheck.take(rows, at) || this.#burstCheck?.take(rows, at) === true) return;
    this.#strange++;
  }

  #result(resultsDue: number): PlayResult {
    const checks = [this.#steadyCheck, this.#burstCheck].filter((check) => check !== undefined);
    const sum = (of: (check: ResultCheck) => number): number =>
      checks.reduce((total, check) => total + of(check), 0);
    return {
      sent: this.#sent,
      resultsDue,
      right: sum(({ counts }) => counts.right),
      wrong: sum(({ counts }) => counts.wrong),
      unexpected: sum(({ counts }) => counts.unexpected) + this.#strange,
      example: checks.find(({ counts }) => counts.example !== undefined)?.counts.example,
      p50Ms: this.#latency.quantile(0.5),
      p99Ms: this.#latency.quantile(0.99),
      p999Ms: this.#latency.quantile(0.999),
      sendLagP99Ms: this.#sendLag.quantile(0.99),
      recoveriesMs: this.#bursts.map(({ atMs, lastStaleMs }) => lastStaleMs - atMs),
      broken: this.#broken,
    };
  }
}
