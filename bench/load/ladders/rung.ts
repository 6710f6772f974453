import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../../support/statistics.ts";
import { GeneratorProcess } from "../generator-process.ts";
import { NATIVE, profileTimes, readProfile } from "../profile.ts";
import { type Cores, overloadOf, type Rung, runRung } from "../rung.ts";
import { CrowdProcess } from "./crowd-process.ts";
import type { CrowdMark } from "./crowd-protocol.ts";
import type { StepPlan } from "./ladder.ts";
import type { ProbeMark, Subject } from "./subject.ts";

export interface Quantiles {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What one load of a ladder showed. Rates are those of the window that counts. */
export interface LadderRung {
  readonly size: number;
  readonly subject: string;
  /** Why the load was not held; undefined where it was. */
  readonly failure: string | undefined;
  readonly offeredPerSecond: number;
  readonly receivedPerSecond: number;
  readonly stations: number;
  /** Shares of one core. */
  readonly cpuShare: number;
  readonly generatorCpuShare: number;
  readonly crowdCpuShare: number;
  readonly interference: number;
  readonly generatorInterference: number;
  /** The profile behind the window: share of a core by stage, kernel and native code included. */
  readonly stages: Readonly<Record<string, number>>;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly gc: ProbeMark["gc"];
  readonly gcShare: number;
  readonly loopP50Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly generatorLagP99Ms: number;
  /** Alert transitions that arose, and what the subscribers got of them, per second. */
  readonly transitionsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly areaDeliveriesPerSecond: number;
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly hazardsSent: number;
  readonly hazardsSeen: number;
  /** Intended sending time of the deciding report to the alert at the first and at the last subscriber, ms. */
  readonly latencyMs: Quantiles;
  readonly lastLatencyMs: Quantiles;
  readonly areaLatencyMs: Quantiles;
  /** First to last copy of one message, ms. */
  readonly spreadMs: Quantiles;
  /** Time until every connection and subscription stood, s. */
  readonly setUpS: number;
}

const US_PER_S = 1e6;
const MS_PER_S = 1_000;
const SETTLE_MS = 10_000;
const SETTLE_POLL_MS = 200;

/** Begins with a fresh server, ends everything that it began. */
export async function measureStep(
  plan: StepPlan,
  cores: Cores,
  start: (plan: StepPlan) => Promise<Subject>,
): Promise<LadderRung> {
  const subject = await start(plan);
  const [crowd, producers] = await Promise.all([
    plan.everywhere + plan.areas > 0 ? CrowdProcess.start(cores.generator) : undefined,
    GeneratorProcess.start(cores.generator),
  ]);
  try {
    return await new Step(plan, cores, subject, producers, crowd).measure();
  } finally {
    producers.end();
    crowd?.end();
    await subject.end();
  }
}

class Step {
  readonly #plan: StepPlan;
  readonly #cores: Cores;
  readonly #subject: Subject;
  readonly #producers: GeneratorProcess;
  readonly #crowd: CrowdProcess | undefined;
  /** Set by the hooks, which the rung always calls. */
  #from: ProbeMark | undefined;
  #to: ProbeMark | undefined;
  #window: CrowdMark = NOBODY;
  #crowdCpuSeconds = 0;
  #hazardsSeen = 0;
  #stages: Readonly<Record<string, number>> = {};

  constructor(
    plan: StepPlan,
    cores: Cores,
    subject: Subject,
    producers: GeneratorProcess,
    crowd: CrowdProcess | undefined,
  ) {
    this.#plan = plan;
    this.#cores = cores;
    this.#subject = subject;
    this.#producers = producers;
    this.#crowd = crowd;
  }

  async measure(): Promise<LadderRung> {
    const setUpS = await this.#setUp();
    const { producers, areas, everywhere, ...options } = this.#plan;
    const rung = await runRung(
      this.#subject,
      this.#producers,
      this.#cores,
      { ...options, poll: false },
      { begin: () => this.#begin(), end: () => this.#end() },
    );
    const last = await this.#settled(rung.hazardsSent);
    return this.#result(rung, last, setUpS);
  }

  async #setUp(): Promise<number> {
    const { producers: sockets, everywhere, areas, areasPerSocket, seed, sourceAddresses } = this.#plan;
    const { url } = this.#subject;
    const startMs = performance.now();
    await this.#crowd?.subscribe({ url, everywhere, areas, areasPerSocket, seed, sourceAddresses });
    await this.#producers.connect(url, sockets, { sourceAddresses, isSubscribed: false });
    return (performance.now() - startMs) / MS_PER_S;
  }

  async #begin(): Promise<void> {
    const mark = await this.#markCrowd();
    this.#crowdCpuSeconds = mark.cpuSeconds;
    this.#from = await this.#subject.probe({ kind: "look" });
  }

  async #end(): Promise<void> {
    this.#to = await this.#subject.probe({ kind: "look" });
    this.#window = await this.#markCrowd();
    if (this.#plan.profileMs > 0) this.#stages = await this.#profile();
  }

  async #markCrowd(): Promise<CrowdMark> {
    const mark = (await this.#crowd?.mark()) ?? NOBODY;
    this.#hazardsSeen += mark.hazardsSeen;
    return mark;
  }

  /** Shares of a core by stage. System calls are what the processor time holds beyond what the profiler saw. */
  async #profile(): Promise<Readonly<Record<string, number>>> {
    const directory = mkdtempSync(join(tmpdir(), "roadpulse-profile-"));
    try {
      const from = await this.#subject.probe({ kind: "start-profile" });
      await sleep(this.#plan.profileMs);
      const to = await this.#subject.probe({ kind: "look" });
      await this.#subject.probe({ kind: "end-profile", path: join(directory, "server.cpuprofile") });
      const wallUs = to.atUs - from.atUs;
      const { totalUs, stages } = profileTimes(readProfile(directory), { fromUs: from.atUs, toUs: to.atUs });
      const nativeUs = Math.max(0, to.cpuUs - from.cpuUs - (totalUs - (stages[NATIVE] ?? 0)));
      const shares = Object.entries({ ...stages, [NATIVE]: nativeUs }).map(([stage, us]) => [
        stage,
        us / wallUs,
      ]);
      return Object.fromEntries(shares);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  /** Waits until every hazard was told of and every message has reached every subscriber. */
  async #settled(hazardsSent: number): Promise<CrowdMark> {
    const deadlineMs = performance.now() + SETTLE_MS;
    for (;;) {
      const mark = await this.#markCrowd();
      const hasAll = this.#hazardsSeen >= hazardsSent && mark.incomplete === 0;
      if (hasAll || performance.now() > deadlineMs) return mark;
      await sleep(SETTLE_POLL_MS);
    }
  }

  #result(rung: Rung, last: CrowdMark, setUpS: number): LadderRung {
    const { everywhere, size } = this.#plan;
    const [from, to, window] = [this.#from, this.#to, this.#window];
    if (from === undefined || to === undefined) throw new Error("the window was not observed");
    const wallS = (to.atUs - from.atUs) / US_PER_S;
    const crowdCpuShare = (window.cpuSeconds - this.#crowdCpuSeconds) / wallS;
    const deliveriesPerSecond = window.deliveries / wallS;
    return {
      size,
      subject: this.#subject.name,
      failure: failureOf(rung, last, this.#hazardsSeen, everywhere),
      offeredPerSecond: rung.offeredPerSecond,
      receivedPerSecond: rung.receivedPerSecond,
      stations: rung.stations,
      cpuShare: (to.cpuUs - from.cpuUs) / US_PER_S / wallS,
      generatorCpuShare: rung.generatorCpuShare,
      crowdCpuShare,
      interference: rung.interference,
      generatorInterference: Math.max(0, rung.generatorInterference - crowdCpuShare),
      stages: this.#stages,
      residentBytes: to.residentBytes,
      heapBytes: to.heapBytes,
      gc: to.gc,
      gcShare: to.gc.totalMs / MS_PER_S / wallS,
      loopP50Ms: to.loopP50Ms,
      loopP99Ms: to.loopP99Ms,
      loopMaxMs: to.loopMaxMs,
      generatorLagP99Ms: rung.generatorLagP99Ms,
      transitionsPerSecond: deliveriesPerSecond / Math.max(1, everywhere),
      deliveriesPerSecond,
      areaDeliveriesPerSecond: window.areaDeliveries / wallS,
      messagesPerSecond: window.messages / wallS,
      bytesPerSecond: window.bytes / wallS,
      hazardsSent: rung.hazardsSent,
      hazardsSeen: this.#hazardsSeen,
      latencyMs: quantiles(window.firstLatenciesMs),
      lastLatencyMs: quantiles(window.lastLatenciesMs),
      areaLatencyMs: quantiles(window.areaLatenciesMs),
      spreadMs: quantiles(window.spreadsMs),
      setUpS,
    };
  }
}

const NOBODY: CrowdMark = {
  deliveries: 0,
  areaDeliveries: 0,
  messages: 0,
  bytes: 0,
  hazardsSeen: 0,
  incomplete: 0,
  firstLatenciesMs: [],
  lastLatenciesMs: [],
  spreadsMs: [],
  areaLatenciesMs: [],
  lostSockets: 0,
  firstLoss: undefined,
  cpuSeconds: 0,
};

/** A rung at which nothing could be measured any more, e.g. because the server did not answer. */
export function brokenRung({ size, reportsPerSecond }: StepPlan, error: unknown): LadderRung {
  const nothing = Number.NaN;
  const none = quantiles([]);
  return {
    size,
    subject: "",
    failure: error instanceof Error ? error.message : String(error),
    offeredPerSecond: reportsPerSecond,
    receivedPerSecond: nothing,
    stations: nothing,
    cpuShare: nothing,
    generatorCpuShare: nothing,
    crowdCpuShare: nothing,
    interference: nothing,
    generatorInterference: nothing,
    stages: {},
    residentBytes: nothing,
    heapBytes: nothing,
    gc: { minor: 0, major: 0, totalMs: nothing, longestMs: nothing },
    gcShare: nothing,
    loopP50Ms: nothing,
    loopP99Ms: nothing,
    loopMaxMs: nothing,
    generatorLagP99Ms: nothing,
    transitionsPerSecond: nothing,
    deliveriesPerSecond: nothing,
    areaDeliveriesPerSecond: nothing,
    messagesPerSecond: nothing,
    bytesPerSecond: nothing,
    hazardsSent: 0,
    hazardsSeen: 0,
    latencyMs: none,
    lastLatencyMs: none,
    areaLatencyMs: none,
    spreadMs: none,
    setUpS: nothing,
  };
}

/** Why a load was not held: what the producers saw first, then the subscribers. */
function failureOf(rung: Rung, last: CrowdMark, hazardsSeen: number, everywhere: number): string | undefined {
  const atProducers = overloadOf(rung);
  if (atProducers !== undefined || everywhere === 0) return atProducers;
  if (last.lostSockets > 0) return `${last.lostSockets} subscribers lost: ${last.firstLoss}`;
  if (hazardsSeen < rung.hazardsSent) return `${rung.hazardsSent - hazardsSeen} alerts are missing`;
  return last.incomplete > 0 ? `${last.incomplete} messages did not reach every subscriber` : undefined;
}

function quantiles(values: readonly number[]): Quantiles {
  const at = (q: number): number => quantile(values, q);
  return { count: values.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}
