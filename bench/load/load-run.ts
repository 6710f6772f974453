import { CamFrame, camFrameBytes } from "../traffic/cam-frame.ts";
import { Fleet } from "../traffic/fleet.ts";
import type { GeneratorMark, LoadPlan } from "./generator-protocol.ts";
import { Hazards, type ScheduledReport } from "./hazards.ts";
import { LagHistogram } from "./lag-histogram.ts";
import { clientFrame, clientHeadBytes, type LeanSocket, writeClientHead } from "./lean-socket.ts";
import type { Subscriber } from "./subscriber.ts";

/** Each run has station ids of its own: a station that jumps to another road would be implausible. */
const STATION_IDS_PER_RUN = 20_000_000;
const HAZARD_STATION_IDS_FROM = 15_000_000;

/** The offered load has passed what the server takes by far when so much waits, or messages leave so late. */
const GIVE_UP_WAITING_BYTES = 64 * 1024 * 1024;
const GIVE_UP_LAG_MS = 3_000;
const LOOK_AROUND_MS = 50;

/** Sockets are ready and the first messages of every station come in order. */
const START_DELAY_MS = 100;
/** Time that the fleet is on the road before the first braking. */
const FIRST_HAZARD_MS = 500;

/** No multiple of the time between hazards, 10 or 11 ms: the report that decides travels alone, not behind others' reports. */
const HAZARD_STEP_MS = 103;

interface Message {
  readonly wire: Uint8Array;
  readonly cams: CamFrame;
}

/**
 * One load on open sockets, in an open loop: every message has its intended time, whatever became of those before it.
 * What is late is sent at once, with its intended time in it.
 */
export class LoadRun {
  readonly #plan: LoadPlan;
  readonly #sockets: readonly LeanSocket[];
  readonly #subscriber: Subscriber;
  readonly #fleet: Fleet;
  readonly #hazards: Hazards;
  readonly #hazardQueues: ScheduledReport[][] = [];
  readonly #messages: Message[] = [];
  readonly #lag = new LagHistogram();
  readonly #startMs: number;
  readonly #startUnixMs: number;
  readonly #messageIntervalMs: number;
  readonly #firstSweepTimes: number;
  readonly #totalMessages: number;
  #nextMessage = 0;
  #nextHazardMs = FIRST_HAZARD_MS;
  #sentReports = 0;
  #sentMessages = 0;
  #lookedAroundMs = 0;
  #waitingBytes = 0;
  #done = false;
  #gaveUp: string | undefined;

  /** @param firstPlace place of the first hazard, `nextPlace` of the load before */
  constructor(
    plan: LoadPlan,
    sockets: readonly LeanSocket[],
    subscriber: Subscriber,
    runNumber: number,
    firstPlace = 0,
  ) {
    this.#plan = plan;
    this.#sockets = sockets;
    this.#subscriber = subscriber;
    const firstStationId = 1 + runNumber * STATION_IDS_PER_RUN;
    const messages = Math.ceil(plan.vehicles / plan.reportsPerMessage);
    this.#fleet = new Fleet({
      vehicles: messages * plan.reportsPerMessage,
      seed: plan.seed + runNumber,
      firstStationId,
    });
    this.#hazards = new Hazards(firstStationId + HAZARD_STATION_IDS_FROM, {
      kind: plan.hazardKind,
      firstPlace,
      stepMs: HAZARD_STEP_MS,
    });
    for (let message = 0; message < messages; message++) this.#messages.push(this.#newMessage(message));
    this.#messageIntervalMs = 1_000 / plan.reportsPerVehiclePerSecond / messages;
    this.#firstSweepTimes = plan.firstSweepTimes ?? 1;
    this.#totalMessages = Math.floor(plan.durationMs / this.#messageIntervalMs);
    // The monotonic clock as Unix time, so that another process can tell how late an alert is.
    this.#startUnixMs = Math.ceil(performance.timeOrigin + performance.now()) + START_DELAY_MS;
    this.#startMs = this.#startUnixMs - performance.timeOrigin;
    subscriber.listen({
      hazards: this.#hazards,
      monotonicMs: (unixMs) => unixMs - this.#startUnixMs + this.#startMs,
    });
  }

  /** Where the hazards of the next load may begin. */
  get nextPlace(): number {
    return this.#hazards.nextPlace;
  }

  start(): void {
    this.#pump();
  }

  /** Ends the schedule; what was sent stays sent. */
  stop(): void {
    this.#done = true;
  }

  /** What happened since the last mark. */
  mark(): GeneratorMark {
    this.#lookAround(performance.now());
    const { user, system } = process.cpuUsage();
    const lost = this.#sockets.filter(({ ended }) => ended !== undefined);
    const mark: GeneratorMark = {
      sentReports: this.#sentReports,
      sentMessages: this.#sentMessages,
      lostSockets: lost.length,
      firstLoss: lost[0]?.ended,
      waitingBytes: this.#waitingBytes,
      lagP50Ms: this.#lag.quantile(0.5),
      lagP99Ms: this.#lag.quantile(0.99),
      cpuSeconds: (user + system) / 1e6,
      done: this.#done,
      gaveUp: this.#gaveUp,
      ...this.#subscriber.take(),
      hazardsSent: this.#hazards.sent,
      hazardsSeen: this.#hazards.seen,
    };
    this.#lag.clear();
    return mark;
  }

  #newMessage(index: number): Message {
    const { reportsPerMessage } = this.#plan;
    const payloadBytes = camFrameBytes(reportsPerMessage);
    const headBytes = clientHeadBytes(payloadBytes);
    const wire = Buffer.allocUnsafeSlow(headBytes + payloadBytes);
    writeClientHead(wire, payloadBytes);
    const cams = new CamFrame(wire, headBytes, this.#fleet, index * reportsPerMessage, reportsPerMessage);
    return { wire, cams };
  }

  #pump(): void {
    if (this.#done) return;
    const nowMs = performance.now();
    const elapsedMs = nowMs - this.#startMs;
    if (this.#plan.hazardsPerSecond > 0) this.#sendHazards(elapsedMs);
    this.#sendDue(elapsedMs);
    if (nowMs - this.#lookedAroundMs >= LOOK_AROUND_MS) this.#lookAround(nowMs);
    if (this.#nextMessage >= this.#totalMessages) this.#done = true;
    if (this.#plan.poll) setImmediate(() => this.#pump());
    else setTimeout(() => this.#pump(), 1);
  }

  #sendDue(elapsedMs: number): void {
    for (; this.#nextMessage < this.#totalMessages; this.#nextMessage++) {
      const intendedMs = this.#intendedMs(this.#nextMessage);
      if (intendedMs > elapsedMs) break;
      this.#lag.record(performance.now() - this.#startMs - intendedMs);
      this.#send(this.#nextMessage % this.#messages.length, intendedMs);
    }
  }

  #intendedMs(message: number): number {
    const inFirstSweep = Math.min(message, this.#messages.length);
    return (message + inFirstSweep * (this.#firstSweepTimes - 1)) * this.#messageIntervalMs;
  }

  #send(index: number, elapsedMs: number): void {
    const message = this.#messages[index];
    const socket = this.#sockets[index % this.#sockets.length];
    if (message === undefined || socket === undefined || socket.ended !== undefined) return;
    message.cams.patch(this.#startUnixMs + elapsedMs, elapsedMs);
    socket.sendFrame(message.wire);
    this.#sentMessages++;
    this.#sentReports += this.#plan.reportsPerMessage;
    // Bytes still in the socket's hands must not be patched.
    if (socket.waitingBytes > 0) this.#messages[index] = this.#newMessage(index);
  }

  /** What is due goes first: making the next hazards' messages takes a while and must not count as the server's delay. */
  #sendHazards(elapsedMs: number): void {
    for (const queue of this.#hazardQueues) {
      for (let next = queue[0]; next !== undefined; next = queue[0]) {
        if (next.atUnixMs - this.#startUnixMs > elapsedMs) break;
        this.#sendHazard(next);
        queue.shift();
      }
    }
    this.#plantHazards(elapsedMs);
  }

  #plantHazards(elapsedMs: number): void {
    const { hazardsPerSecond, hazardsPerMessage = 1, durationMs } = this.#plan;
    while (this.#nextHazardMs <= elapsedMs + FIRST_HAZARD_MS && elapsedMs < durationMs) {
      const brakesAtUnixMs = this.#startUnixMs + Math.round(this.#nextHazardMs);
      const reports = this.#hazards.plant(brakesAtUnixMs, hazardsPerMessage);
      reports.forEach((report, step) => {
        this.#hazardQueues[step] ??= [];
        this.#hazardQueues[step].push(report);
      });
      this.#nextHazardMs += (1_000 * hazardsPerMessage) / hazardsPerSecond;
    }
  }

  #sendHazard(report: ScheduledReport): void {
    const { hazard, hazards } = report;
    const socket = this.#sockets[Math.floor(hazard / hazards) % this.#sockets.length];
    if (socket === undefined || socket.ended !== undefined) return;
    this.#lag.record(performance.now() - this.#startMs - (report.atUnixMs - this.#startUnixMs));
    if (report.decides) this.#hazards.expect(report.atUnixMs, hazards);
    socket.sendFrame(clientFrame(report.payload));
    this.#sentMessages++;
    this.#sentReports += hazards;
  }

  #lookAround(nowMs: number): void {
    this.#lookedAroundMs = nowMs;
    this.#waitingBytes = this.#sockets.reduce((sum, socket) => sum + socket.waitingBytes, 0);
    const lagMs = nowMs - this.#startMs - this.#intendedMs(this.#nextMessage);
    if (this.#done) return;
    if (this.#waitingBytes > GIVE_UP_WAITING_BYTES) this.#gaveUp = "the server does not read";
    else if (lagMs > GIVE_UP_LAG_MS) this.#gaveUp = "the generator is too slow";
    if (this.#gaveUp !== undefined) this.#done = true;
  }
}
