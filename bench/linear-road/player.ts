import { subprotocol } from "../../src/domain/subprotocol.ts";
import { clientFrame, LeanSocket } from "../load/lean-socket.ts";
import { AnswerReader } from "./answer-message.ts";
import type { BaseTraffic } from "./base-traffic.ts";
import { Delays } from "./delays.ts";
import { type FrameTemplate, frameOfCopy, makeTemplates, SLOT_MS } from "./frame-templates.ts";
import { encodeFrame } from "./frame-writer.ts";
import type { Validator } from "./validator.ts";

/** What is played where. */
export interface PlayPlan {
  readonly url: string;
  readonly copies: number;
  readonly base: BaseTraffic;
  readonly fromS: number;
  readonly windowS: number;
  /** Unix time of second 0, ms: far enough back that the window begins now or soon. */
  readonly secondZeroMs: number;
  readonly validator: Validator;
}

/** How it went on this side. */
export interface PlayResult {
  readonly tuplesSent: number;
  readonly messagesSent: number;
  readonly bytesSent: number;
  /** From the intended time of sending to the arrival of the notices, per notice, ms. */
  readonly noticeMs: Readonly<Record<"p50" | "p99" | "p999" | "max", number>>;
  /** How late messages were sent, ms. */
  readonly sendLagMs: Readonly<Record<"p50" | "p99" | "max", number>>;
  readonly processorS: number;
}

/** Longest wait for answers after the last message: those about accounts are due 3 s after their second. */
const END_WAIT_MS = 8_000;
/** Pause between looks at what is due. */
const STEP_MS = 1;

/**
 * Plays the window in real time: one socket per expressway, a message every 100 ms on each, spread over the 100 ms. The loop is
 * open: each message has its intended time, whatever became of those before.
 */
export class Player {
  readonly #plan: PlayPlan;
  readonly #templates: readonly FrameTemplate[];
  readonly #sockets: LeanSocket[] = [];
  readonly #noticeDelays = new Delays();
  readonly #sendDelays = new Delays();
  readonly #reader = new AnswerReader();
  /** Wall clock of the first slot, ms; receive times and this must be of one clock. */
  readonly #startMs: number;
  readonly #clock: () => number;
  #next = 0;
  #tuples = 0;
  #bytes = 0;
  broken: string | undefined;

  constructor(plan: PlayPlan, clock: () => number) {
    this.#plan = plan;
    this.#clock = clock;
    this.#templates = makeTemplates(plan.base, plan.fromS, plan.windowS, plan.secondZeroMs);
    this.#startMs = plan.secondZeroMs + plan.fromS * 1_000;
  }

  async connect(): Promise<void> {
    const { url, copies, secondZeroMs } = this.#plan;
    for (let copy = 0; copy < copies; copy++) {
      const socket = await LeanSocket.open(url, subprotocol.ingest, (payload) =>
        this.#receive(copy, payload),
      );
      const introduction = { sourceId: `expressway-${copy}`, secondZeroMs };
      const content = { frameSeq: 0, timeMs: secondZeroMs, reports: [], requests: [], introduction };
      socket.sendFrame(clientFrame(encodeFrame(content)));
      this.#sockets.push(socket);
    }
  }

  /** Plays the window and waits for its answers. */
  async play(): Promise<PlayResult> {
    const before = process.cpuUsage();
    const total = this.#templates.length * this.#plan.copies;
    const lateMs = this.#startMs + this.#plan.windowS * 1_000 + END_WAIT_MS;
    await new Promise<void>((resolve) => {
      const step = (): void => {
        this.#sendDue(total);
        const isOver = this.#next >= total && this.#plan.validator.isComplete;
        this.broken ??= this.#sockets.find(({ ended }) => ended !== undefined)?.ended;
        if (isOver || this.broken !== undefined || this.#clock() > lateMs) resolve();
        else setTimeout(step, STEP_MS);
      };
      step();
    });
    const { user, system } = process.cpuUsage(before);
    return this.#result((user + system) / 1e6);
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #sendDue(total: number): void {
    for (;;) {
      // Answers wait in the sockets while messages are sent: a look at the clock per message keeps bunches small.
      const nowMs = this.#clock();
      const dueMs = this.#dueMs(this.#next);
      if (this.#next >= total || dueMs > nowMs) return;
      const copy = this.#next % this.#plan.copies;
      const template = this.#templates[Math.floor(this.#next / this.#plan.copies)] as FrameTemplate;
      this.#sockets[copy]?.sendFrame(frameOfCopy(template, copy));
      this.#sendDelays.add(nowMs - dueMs);
      this.#tuples += template.tuples;
      this.#bytes += template.bytes.length;
      this.#next++;
      if (nowMs - dueMs < SLOT_MS && this.#next % SENDS_PER_TURN === 0) return;
    }
  }

  #dueMs(message: number): number {
    return this.#startMs + (message * SLOT_MS) / this.#plan.copies;
  }

  #receive(copy: number, payload: Uint8Array): void {
    const reader = this.#reader;
    const nowMs = this.#clock();
    reader.read(payload);
    this.#plan.validator.take(copy, reader.rows, reader.count, nowMs);
    if (reader.frameSeq === 0) return;
    const sentMs = this.#dueMs((reader.frameSeq - 1) * this.#plan.copies + copy);
    this.#noticeDelays.add(nowMs - sentMs, reader.count);
  }

  #result(processorS: number): PlayResult {
    const notices = this.#noticeDelays;
    const sends = this.#sendDelays;
    return {
      tuplesSent: this.#tuples,
      messagesSent: this.#next,
      bytesSent: this.#bytes,
      noticeMs: {
        p50: notices.quantile(0.5),
        p99: notices.quantile(0.99),
        p999: notices.quantile(0.999),
        max: notices.quantile(1),
      },
      sendLagMs: { p50: sends.quantile(0.5), p99: sends.quantile(0.99), max: sends.quantile(1) },
      processorS,
    };
  }
}

/** Messages sent before the sockets are read again. */
const SENDS_PER_TURN = 64;
