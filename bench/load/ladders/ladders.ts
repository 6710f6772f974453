import { readFileSync } from "node:fs";
import { AREAS_PER_HAZARD } from "./areas.ts";
import type { Ladder, LadderOptions, StepPlan } from "./ladder.ts";

const MS_PER_S = 1_000;

/** Nominal rate of CAMs at speed (ETSI EN 302 637-2: 1 to 10 Hz). */
const REPORTS_HZ = 10;

/** Descriptors that a process needs besides its sockets: libraries, pipes, timers, listening sockets. */
const OTHER_DESCRIPTORS = 100;

/** Ports of one address are some 28,000, and those of the rung before are held for a minute. */
const SOURCE_ADDRESSES = 8;

/** Requests that a session may make at once (`REQUEST_BURST` of the server); beyond it four a second. */
const AREAS_PER_SOCKET = 32;

/** Traffic besides, where a ladder is about alerts: the server is not idle, and delays show. */
const BACKGROUND_PER_SECOND = 5_000;

/** The fleet enters within this time: thirty thousand new vehicles in a tenth of a second are no traffic. */
const ENTRY_MS = 3_000;
/** From then on, until code is compiled and tables have grown. */
const SETTLE_MS = 5_000;
const MEASURE_MS = 5_000;
const PROFILE_MS = 1_500;

/** Sockets that one process may have open here: the system's limit, less what else it needs. */
function socketLimit(): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    const hard = /^Max open files +\S+ +(\d+)/m.exec(limits)?.[1];
    return hard === undefined ? Number.POSITIVE_INFINITY : Number(hard) - OTHER_DESCRIPTORS;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** How much longer the first report of every vehicle takes, so that the fleet enters within its time. */
function entryTimes(reportsPerVehiclePerSecond: number): number {
  return Math.max(1, (ENTRY_MS * reportsPerVehiclePerSecond) / MS_PER_S);
}

function base(size: number, { lane, seed, isSmoke, warmUpS }: LadderOptions): StepPlan {
  return {
    size,
    lane,
    settings: [],
    producers: 200,
    sourceAddresses: SOURCE_ADDRESSES,
    everywhere: 1,
    areas: 0,
    areasPerSocket: AREAS_PER_SOCKET,
    reportsPerSecond: BACKGROUND_PER_SECOND,
    reportsPerMessage: 50,
    reportsPerVehiclePerSecond: REPORTS_HZ,
    firstSweepTimes: isSmoke ? 1 : entryTimes(REPORTS_HZ),
    hazardsPerSecond: 50,
    hazardsPerMessage: 1,
    warmUpMs: isSmoke ? 700 : ENTRY_MS + (warmUpS === undefined ? SETTLE_MS : warmUpS * MS_PER_S),
    measureMs: isSmoke ? 700 : MEASURE_MS,
    profileMs: isSmoke ? 0 : PROFILE_MS,
    seed,
  };
}

const REPORT = {
  unit: "report",
  perSecond: ({ receivedPerSecond }: { readonly receivedPerSecond: number }) => receivedPerSecond,
};

const reports: Ladder = {
  name: "reports",
  title: "Reports per second",
  axis: "reports per second",
  constant: ({ together = 50 }) =>
    `${together} per message, 200 connections, 10 reports a second of each vehicle`,
  sizes: [25_000, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000, 350_000, 400_000, 500_000],
  smokeSizes: [2_000],
  cost: REPORT,
  planOf: (size, options) => ({
    ...base(size, options),
    producers: options.isSmoke ? 20 : 200,
    reportsPerSecond: size,
    reportsPerMessage: options.together ?? 50,
  }),
};

const CONNECTIONS_RATE = 20_000;

const connections: Ladder = {
  name: "connections",
  title: "Producer connections",
  axis: "producer connections",
  constant: ({ rate = CONNECTIONS_RATE }) =>
    `${rate} reports a second altogether, one per message, of as many vehicles`,
  sizes: [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000],
  smokeSizes: [300],
  cost: REPORT,
  planOf: (size, options) => {
    const reportsPerSecond = options.rate ?? (options.isSmoke ? 2_000 : CONNECTIONS_RATE);
    const sockets = Math.min(size, socketLimit());
    return {
      ...base(sockets, options),
      producers: sockets,
      reportsPerSecond,
      reportsPerMessage: 1,
      reportsPerVehiclePerSecond: 1,
      firstSweepTimes: options.isSmoke ? 1 : entryTimes(1),
    };
  },
};

const STATIONS_RATE = 100_000;

/** A new station costs several times a known one. More per second of them keep a core from its other work. */
const NEW_STATIONS_PER_SECOND = 12_000;
/** Within this time all must have entered, though: stations are forgotten after 30 s of silence. */
const LONGEST_ENTRY_MS = 25_000;

/**
 * As users run it. Without shedding an overloaded turn of µWebSockets' loop reads half a megabyte of every socket before
 * anything else has its turn: 200 sockets kept `/metrics` from answering for 20 s.
 */
const SHEDS = "limits.shedWhenOverloaded=true";

const stations: Ladder = {
  name: "stations",
  title: "Tracked stations",
  axis: "tracked stations",
  constant: ({ rate = STATIONS_RATE }) =>
    `${rate} reports a second altogether, 50 per message, constant density; a station's interval grows with their number`,
  sizes: [10_000, 30_000, 100_000, 300_000, 1_000_000],
  smokeSizes: [1_000],
  cost: REPORT,
  planOf: (size, options) => {
    const reportsPerSecond = options.rate ?? (options.isSmoke ? 2_000 : STATIONS_RATE);
    const sweepMs = (size / reportsPerSecond) * MS_PER_S;
    const plan = base(size, options);
    const gentleMs = Math.max(ENTRY_MS, (size / NEW_STATIONS_PER_SECOND) * MS_PER_S);
    const entryMs = options.isSmoke ? sweepMs : Math.min(LONGEST_ENTRY_MS, gentleMs);
    const firstSweepTimes = Math.max(1, entryMs / sweepMs);
    return {
      ...plan,
      settings: [SHEDS],
      reportsPerSecond,
      reportsPerVehiclePerSecond: reportsPerSecond / size,
      // Every station has reported twice before the window, and reports at least once within it.
      firstSweepTimes,
      warmUpMs: Math.max(
        plan.warmUpMs,
        firstSweepTimes * sweepMs + Math.max(sweepMs, plan.warmUpMs - ENTRY_MS),
      ),
      measureMs: Math.max(plan.measureMs, sweepMs),
    };
  },
};

const AREAS_ALERTS_PER_SECOND = 500;

const subscriptions: Ladder = {
  name: "subscriptions",
  title: "Subscribed areas",
  axis: "areas",
  constant: ({ rate = AREAS_ALERTS_PER_SECOND }) =>
    `${rate} new alerts a second, each within some ${AREAS_PER_HAZARD} areas; ${AREAS_PER_SOCKET} areas a connection`,
  sizes: [100, 1_000, 10_000, 30_000, 100_000],
  smokeSizes: [100],
  cost: { unit: "alert transition", perSecond: ({ transitionsPerSecond }) => transitionsPerSecond },
  planOf: (size, options) => ({
    ...base(size, options),
    settings: [`deliver.maxSubscriptionsPerSession=${AREAS_PER_SOCKET}`],
    areas: size,
    hazardsPerSecond: options.rate ?? (options.isSmoke ? 50 : AREAS_ALERTS_PER_SECOND),
    hazardsPerMessage: options.together ?? 1,
  }),
};

const FAN_OUT_ALERTS_PER_SECOND = 100;
const FAN_OUT_TOGETHER = 50;

const fanOut: Ladder = {
  name: "fan-out",
  title: "Subscribers of every alert",
  axis: "subscribers of every alert",
  constant: ({ rate = FAN_OUT_ALERTS_PER_SECOND, together = FAN_OUT_TOGETHER }) =>
    `${rate} new alerts a second, ${together} at the same moment; each is told twice (begin and end)`,
  sizes: [10, 100, 500, 1_000, 2_000, 5_000],
  smokeSizes: [50],
  cost: { unit: "delivery", perSecond: ({ deliveriesPerSecond }) => deliveriesPerSecond },
  planOf: (size, options) => ({
    ...base(size, options),
    producers: 20,
    everywhere: size,
    hazardsPerSecond: options.rate ?? FAN_OUT_ALERTS_PER_SECOND,
    hazardsPerMessage: options.together ?? (options.isSmoke ? 5 : FAN_OUT_TOGETHER),
  }),
};

const FLOOD_SUBSCRIBERS = 1_000;

/** The same seen from the other side: how many deliveries a second a crowd of a thousand can be given. */
const deliveries: Ladder = {
  name: "deliveries",
  title: `New alerts per second to ${FLOOD_SUBSCRIBERS} subscribers of every alert`,
  axis: "new alerts per second",
  constant: ({ together = FAN_OUT_TOGETHER }) =>
    `${FLOOD_SUBSCRIBERS} subscribers; ${together} alerts at the same moment; each is told twice (begin and end)`,
  sizes: [50, 100, 200, 300, 400, 500, 750, 1_000],
  smokeSizes: [50],
  cost: fanOut.cost,
  planOf: (size, options) => ({
    ...base(size, options),
    producers: 20,
    everywhere: options.isSmoke ? 50 : FLOOD_SUBSCRIBERS,
    hazardsPerSecond: size,
    hazardsPerMessage: options.together ?? (options.isSmoke ? 5 : FAN_OUT_TOGETHER),
  }),
};

export const LADDERS: readonly Ladder[] = [connections, stations, subscriptions, fanOut, deliveries, reports];
