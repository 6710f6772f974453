import { setTimeout as sleep } from "node:timers/promises";
import { coreBusySeconds } from "./core-time.ts";
import type { GeneratorProcess } from "./generator-process.ts";
import type { GeneratorMark, LoadPlan } from "./generator-protocol.ts";
import type { ServerState } from "./metrics.ts";
import type { ProfileWindow } from "./profile.ts";

/** Cores of server and generator; undefined where processes cannot be held on cores. */
export interface Cores {
  readonly server: number | undefined;
  readonly generator: number | undefined;
}

/** A load on a running server: warm-up, then a window that counts. */
export interface RungOptions extends Omit<LoadPlan, "vehicles" | "durationMs"> {
  readonly reportsPerSecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What one load showed. */
export interface Rung {
  readonly offeredPerSecond: number;
  /** Sent and taken within the window. */
  readonly sentPerSecond: number;
  readonly receivedPerSecond: number;
  /** Reports that the server had not counted at the end of the window, in seconds of the load. */
  readonly backlogSeconds: number;
  /** After the end everything sent was received, and nothing was rejected or shed. */
  readonly complete: boolean;
  /** Rejected, shed, or lost on the way. */
  readonly notUsed: number;
  readonly lostSockets: number;
  readonly firstLoss: string | undefined;
  /** Why the generator gave up. */
  readonly gaveUp: string | undefined;
  readonly generatorLagP99Ms: number;
  readonly generatorCpuShare: number;
  readonly cpuShare: number;
  readonly cpuUsPerReport: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  readonly stations: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Share of the server's and of the generator's core that others used. */
  readonly interference: number;
  readonly generatorInterference: number;
  readonly window: ProfileWindow;
  readonly alertLatenciesMs: readonly number[];
  readonly serverLatenciesMs: readonly number[];
  readonly hazardsSent: number;
  readonly hazardsSeen: number;
}

/** What is under load and counts what it is given. */
export interface Observed {
  state(): Promise<ServerState>;
}

/** What else is looked at in the window that counts; the load goes on while `end` works. */
export interface WindowHooks {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const DRAIN_MS = 10_000;
const SETTLE_MS = 2_000;
const DRAIN_POLL_MS = 100;
const MS_PER_S = 1_000;
const NS_PER_US = 1_000n;

export async function runRung(
  server: Observed,
  generator: GeneratorProcess,
  cores: Cores,
  options: RungOptions,
  hooks?: WindowHooks,
): Promise<Rung> {
  const { reportsPerSecond, warmUpMs, measureMs, ...plan } = options;
  const before = await server.state();
  const vehicles = Math.max(1, Math.round(reportsPerSecond / plan.reportsPerVehiclePerSecond));
  await generator.load({ ...plan, vehicles, durationMs: warmUpMs + measureMs + DRAIN_MS });
  await sleep(warmUpMs);
  const busyBefore = coresBusy(cores);
  await hooks?.begin();
  const [from, markFrom] = await Promise.all([server.state(), generator.mark()]);
  const fromUs = monotonicUs();
  await sleep(measureMs);
  const toUs = monotonicUs();
  const [to, markTo] = await Promise.all([server.state(), generator.mark()]);
  const busyAfter = coresBusy(cores);
  await hooks?.end();
  const stopped = await generator.stop();
  const after = await drain(server, before, stopped.sentReports);
  // Where others take the alerts, others wait for them.
  const last = hooks === undefined ? await settle(generator, stopped) : stopped;

  const marks = [markTo, stopped, ...(last === stopped ? [] : [last])];
  const latencies = (of: (mark: GeneratorMark) => readonly number[]): number[] => marks.flatMap(of);
  const windowMs = to.readAtMs - from.readAtMs;
  const cpuSeconds = to.cpuSeconds - from.cpuSeconds;
  const received = to.received - from.received;
  const backlog = markTo.sentReports - (to.received - before.received);
  const cpuShare = (cpuSeconds * MS_PER_S) / windowMs;
  const generatorCpuShare = ((markTo.cpuSeconds - markFrom.cpuSeconds) * MS_PER_S) / windowMs;
  const othersOn = (core: keyof Cores, ownShare: number): number =>
    Math.max(0, ((busyAfter[core] - busyBefore[core]) * MS_PER_S) / windowMs - ownShare);
  const notUsed =
    stopped.sentReports - (after.accepted - before.accepted) + (after.duplicate - before.duplicate);
  return {
    offeredPerSecond: reportsPerSecond,
    sentPerSecond: ((markTo.sentReports - markFrom.sentReports) / windowMs) * MS_PER_S,
    receivedPerSecond: (received / windowMs) * MS_PER_S,
    backlogSeconds: Math.max(0, backlog) / reportsPerSecond,
    complete: notUsed === 0 && stopped.lostSockets === 0,
    notUsed,
    lostSockets: stopped.lostSockets,
    firstLoss: stopped.firstLoss,
    gaveUp: stopped.gaveUp,
    generatorLagP99Ms: markTo.lagP99Ms,
    generatorCpuShare,
    cpuShare,
    cpuUsPerReport: (cpuSeconds * 1e6) / received,
    loopDelayP99Ms: to.loopDelayP99Ms,
    loopDelayMaxMs: to.loopDelayMaxMs,
    stations: to.stations,
    residentBytes: to.residentBytes,
    heapBytes: to.heapBytes,
    interference: othersOn("server", cpuShare),
    generatorInterference: othersOn("generator", generatorCpuShare),
    window: { fromUs, toUs },
    alertLatenciesMs: latencies(({ alertLatenciesMs }) => alertLatenciesMs),
    serverLatenciesMs: latencies(({ serverLatenciesMs }) => serverLatenciesMs),
    hazardsSent: last.hazardsSent,
    hazardsSeen: last.hazardsSeen,
  };
}

/** Busy time of both cores, s; 0 where the system does not tell or nothing is pinned. */
function coresBusy({ server, generator }: Cores): Readonly<Record<keyof Cores, number>> {
  const busy = (core: number | undefined): number => (core === undefined ? 0 : (coreBusySeconds(core) ?? 0));
  return { server: busy(server), generator: busy(generator) };
}

/** Waits until the alerts on their way have arrived; gives those that came since the last mark. */
async function settle(generator: GeneratorProcess, stopped: GeneratorMark): Promise<GeneratorMark> {
  const deadlineMs = performance.now() + SETTLE_MS;
  const late: GeneratorMark[] = [];
  for (let mark = stopped; mark.hazardsSeen < mark.hazardsSent && performance.now() < deadlineMs; ) {
    await sleep(DRAIN_POLL_MS);
    mark = await generator.mark();
    late.push(mark);
  }
  return {
    ...(late.at(-1) ?? stopped),
    alertLatenciesMs: late.flatMap(({ alertLatenciesMs }) => alertLatenciesMs),
    serverLatenciesMs: late.flatMap(({ serverLatenciesMs }) => serverLatenciesMs),
  };
}

/** Waits until the server has counted everything that was sent, and tells how it then stood. */
async function drain(server: Observed, before: ServerState, sentReports: number): Promise<ServerState> {
  const deadlineMs = performance.now() + DRAIN_MS;
  for (;;) {
    const state = await server.state();
    if (state.received - before.received >= sentReports || performance.now() > deadlineMs) return state;
    await sleep(DRAIN_POLL_MS);
  }
}

function monotonicUs(): number {
  return Number(process.hrtime.bigint() / NS_PER_US);
}

/** Limits within which a load counts as sustained. */
export const SUSTAINED = {
  /** Of the offered rate, sent and received within the window. */
  share: 0.97,
  backlogSeconds: 0.1,
  loopDelayP99Ms: 100,
  /** Later messages come in bunches, which cost the server less than single ones. */
  generatorLagP99Ms: 50,
} as const;

/** What was lost of a load, however late the rest came. */
export function incompletenessOf(rung: Rung): string | undefined {
  if (rung.lostSockets > 0) return `${rung.lostSockets} sockets lost: ${rung.firstLoss}`;
  return rung.complete ? undefined : `${rung.notUsed} reports not used`;
}

/** Why a load was not sustained; undefined where it was. */
export function overloadOf(rung: Rung): string | undefined {
  const incompleteness = incompletenessOf(rung);
  if (incompleteness !== undefined) return incompleteness;
  if (rung.gaveUp !== undefined) return rung.gaveUp;
  if (rung.sentPerSecond < rung.offeredPerSecond * SUSTAINED.share) return "the generator is too slow";
  if (rung.generatorLagP99Ms > SUSTAINED.generatorLagP99Ms) {
    return `the generator is ${rung.generatorLagP99Ms.toFixed(0)} ms late`;
  }
  if (rung.receivedPerSecond < rung.offeredPerSecond * SUSTAINED.share) return "received less than offered";
  if (rung.backlogSeconds > SUSTAINED.backlogSeconds) return `${rung.backlogSeconds.toFixed(2)} s behind`;
  if (rung.loopDelayP99Ms > SUSTAINED.loopDelayP99Ms)
    return `loop delay ${rung.loopDelayP99Ms.toFixed(0)} ms`;
  return undefined;
}

/** What a rung showed, for the log. */
export function rungLine(rung: Rung): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return (
    `server ${percent(rung.cpuShare)} CPU, ${rung.cpuUsPerReport.toFixed(2)} µs a report, loop delay p99 ` +
    `${rung.loopDelayP99Ms.toFixed(1)} ms, others ${percent(rung.interference)}; generator ` +
    `${percent(rung.generatorCpuShare)} CPU, lag p99 ${rung.generatorLagP99Ms.toFixed(1)} ms, others ` +
    percent(rung.generatorInterference)
  );
}
