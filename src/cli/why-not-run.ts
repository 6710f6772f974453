import { readFileSync } from "node:fs";
import type { Subscription, SubscriptionArea } from "../domain/subscription.ts";
import { findAlertId } from "../explain/alert-life.ts";
import { type DeliveryVerdict, DeliveryWatch } from "../explain/delivery-watch.ts";
import { askServer, type HistoryFlags, watchRecording } from "./alert-history.ts";
import { revisionsOf } from "./explain-run.ts";
import { type CliIo, usageFailure } from "./io.ts";
import { momentFrom } from "./recording-file.ts";
import { DEFAULT_STREAM_URL, streamAddress } from "./stream-address.ts";
import {
  areaFrom,
  cursorFrom,
  filterFrom,
  type SubscriptionFlags,
  wholeNumber,
} from "./subscription-options.ts";
import { verdictText } from "./why-not-text.ts";

export interface WhyNotFlags extends HistoryFlags, SubscriptionFlags {
  readonly ahead?: string;
  readonly since?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

export async function runWhyNot(args: readonly string[], flags: WhyNotFlags, io: CliIo): Promise<void> {
  const [first = "", second, ...rest] = args;
  if (rest.length > 0) throw usageFailure("why-not takes a subscription file and an alert, no more.");
  const asked = second ?? first;
  const wanted = second === undefined ? flags : { ...readSubscriptionFile(first), ...flags };
  const subscription = subscriptionOf(wanted);
  const watch =
    flags.recording === undefined
      ? await watchServer(asked, subscription, wanted, io)
      : await watchAgain(flags.recording, asked, subscription, wanted, io);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(watchRecord(watch))}\n`);
  else io.stdout.write(verdictText(watch.verdicts, watch.wasTold));
}

function subscriptionOf(flags: WhyNotFlags): Subscription {
  return {
    subscriptionId: "why-not",
    area: flags.ahead === undefined ? areaFrom(flags) : aheadFrom(flags.ahead, flags),
    filter: filterFrom(flags),
    positionsIntervalMs: undefined,
    resume: flags.resume === undefined ? undefined : cursorFrom(flags.resume),
  };
}

const MAX_STATION_ID = 0xffff_ffff;
/** Limits of the protocol, m. */
const AHEAD_LIMITS = { least: 50, most: 20_000 } as const;

function aheadFrom(text: string, flags: SubscriptionFlags): SubscriptionArea {
  if (flags.bbox !== undefined || flags.circle !== undefined || flags.polygon !== undefined) {
    throw usageFailure("--ahead is an area of its own: leave out --bbox, --circle and --polygon.");
  }
  const [station, metres, ...rest] = text.split(",");
  if (station === undefined || metres === undefined || rest.length > 0) {
    throw usageFailure(`--ahead takes station,metres, not ${text}.`, "For example --ahead 1001,2000.");
  }
  return {
    form: "ahead",
    stationId: wholeNumber("--ahead station", station, 0, MAX_STATION_ID),
    distanceM: wholeNumber("--ahead metres", metres, AHEAD_LIMITS.least, AHEAD_LIMITS.most),
  };
}

const TEXT_KEYS = ["bbox", "circle", "polygon", "ahead", "minSeverity", "minConfidence", "since", "resume"];
const LIST_KEYS = ["kind", "cause"];

/** Flags out of a JSON object; numbers and lists are taken as the texts that the command line would have. */
function readSubscriptionFile(file: string): WhyNotFlags {
  const value = parsed(file);
  const flags: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    if (TEXT_KEYS.includes(key)) flags[key] = Array.isArray(one) ? one.join(",") : String(one);
    else if (LIST_KEYS.includes(key)) flags[key] = (Array.isArray(one) ? one : [one]).map(String);
    else if (key === "confirmed") flags[key] = one === true;
    else {
      const known = [...TEXT_KEYS, ...LIST_KEYS, "confirmed"].join(", ");
      throw usageFailure(`${key} in ${file} is no condition of a subscription.`, `Known are ${known}.`);
    }
  }
  return flags;
}

function parsed(file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw usageFailure(`The subscription file ${file} cannot be read: ${(error as Error).message}.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw usageFailure(`The subscription file ${file} must hold a JSON object.`);
}

/** Runs the recording and follows every alert whose id begins so: which one is meant is known at the end only. */
async function watchAgain(
  file: string,
  asked: string,
  subscription: Subscription,
  flags: WhyNotFlags,
  io: CliIo,
): Promise<DeliveryWatch> {
  const ids = new Set<string>();
  let beginMs: number | undefined;
  const watches = new Map<string, DeliveryWatch>();
  await watchRecording(file, flags, io, {
    onTransition(alert, stations) {
      ids.add(alert.alertId);
      if (!alert.alertId.startsWith(asked)) return;
      const known = watches.get(alert.alertId);
      const sinceMs =
        flags.since === undefined ? undefined : momentFrom("--since", flags.since, beginMs ?? 0);
      const watch =
        known ?? new DeliveryWatch(subscription, stations, sinceMs === undefined ? {} : { sinceMs });
      watches.set(alert.alertId, watch);
      watch.onTransition(alert);
    },
    onSecond(timeMs) {
      beginMs ??= timeMs;
      for (const watch of watches.values()) watch.onSecond(timeMs);
    },
  });
  const found = findAlertId(asked, [...ids]);
  const watch = typeof found === "string" ? watches.get(found) : undefined;
  if (watch !== undefined) return watch;
  throw usageFailure(
    `${typeof found !== "string" && watches.size > 1 ? "Several alerts begin with" : "There is no alert"} ${asked}.`,
    "roadpulse replay --json lists the alerts of a recording.",
  );
}

async function watchServer(
  asked: string,
  subscription: Subscription,
  flags: WhyNotFlags,
  io: CliIo,
): Promise<DeliveryWatch> {
  const { transitions, live, oldest } = await askServer(
    streamAddress(flags.url ?? DEFAULT_STREAM_URL),
    io.signal,
  );
  const known = new Set(transitions.map(({ alertId }) => alertId));
  const all = [...live.filter(({ alertId }) => !known.has(alertId)), ...transitions];
  const revisions = revisionsOf(asked, all);
  if (oldest !== undefined) io.stderr.write("The server has forgotten its oldest transitions.\n");
  tellCursor(subscription, oldest, io);
  const sinceMs =
    flags.since === undefined ? undefined : momentFrom("--since", flags.since, revisions[0]?.beganAtMs ?? 0);
  const watch = new DeliveryWatch(subscription, undefined, sinceMs === undefined ? {} : { sinceMs });
  for (const alert of revisions) watch.onTransition(alert);
  return watch;
}

/** Whether the cursor with which the subscriber came back was good. */
function tellCursor(
  { resume }: Subscription,
  oldest: { sequence: number; epoch: number } | undefined,
  io: CliIo,
): void {
  if (resume === undefined) return;
  if (oldest !== undefined && resume.epoch !== oldest.epoch) {
    io.stderr.write("The cursor is of another epoch: the subscriber was sent a gap and a snapshot.\n");
  } else if (oldest !== undefined && resume.sequence < oldest.sequence - 1) {
    io.stderr.write(
      `The cursor is older than transition ${oldest.sequence}: the subscriber was sent a gap and a snapshot.\n`,
    );
  }
}

function watchRecord(watch: DeliveryWatch): Record<string, unknown> {
  return {
    ...(watch.wasTold === undefined ? {} : { told: watch.wasTold }),
    revisions: watch.verdicts.map(({ alert, atMs, told, reason, steps }: DeliveryVerdict) => ({
      revision: alert.revision,
      state: alert.state,
      atMs,
      ...(told === undefined ? {} : { told }),
      reason,
      steps,
    })),
  };
}
