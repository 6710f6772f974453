import type { AlertKind } from "../domain/alert.ts";
import { Chance } from "./chance.ts";
import { OUTCOMES, type Outcome } from "./match.ts";
import {
  type Distribution,
  distribution,
  quantile,
  type Rate,
  rate,
  type Share,
  share,
} from "./statistics.ts";
import type { EventResult, KindResult, RunResult } from "./tally.ts";
import type { WarningCounts } from "./warnings.ts";

/** On what the figures rest, all runs together. */
export interface Exposure {
  readonly runs: number;
  readonly hours: number;
  /** Directed road that somebody drove on, km. */
  readonly carriagewayKm: number;
  /** hours × carriagewayKm / 100 of all runs. */
  readonly hours100Km: number;
  readonly vehicleKm: number;
  readonly equippedVehicleKm: number;
  readonly equippedVehicles: number;
}

export interface TailSummary {
  readonly seconds: number;
  readonly medianAbsoluteM: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly medianSignedM: number | undefined;
  readonly p95AbsoluteM: number | undefined;
  /** More than 100 m downstream of the true tail. */
  readonly unsafe: Share;
}

export interface KindSummary {
  readonly alerts: Readonly<Record<Outcome, number>> & { readonly all: number };
  /** Of alerts that were judged, false ones; and those about an event that another alert had found. */
  readonly falseShare: Share;
  readonly duplicateShare: Share;
  readonly falsePerHour100Km: Rate;
  readonly detection: {
    readonly ofAll: Share;
    readonly ofPerceived: Share;
    readonly victimEquipped: Share;
    readonly victimNotEquipped: Share;
  };
  readonly detectS: Distribution;
  readonly detectVictimEquippedS: Distribution;
  readonly oracleS: Distribution;
  readonly excessS: Distribution;
  readonly excessSecondS: Distribution;
  readonly flapsPerEvent: Rate;
  /** Alerts beyond the first about an event that was found. */
  readonly nuisancePerEvent: Rate;
  /** From the event to the place that its alert named first, m; of queues the nearer of tail and head. */
  readonly placeErrorM: Distribution;
  readonly timeCovered: Share;
  readonly tail: TailSummary;
  readonly roadTime:
    | {
        readonly recall: Share;
        readonly precision: Share;
        readonly hardFalse: Share;
      }
    | undefined;
}

/** `exposure` undefined: rates per hour and kilometre are not told. */
export function summariseKind(
  runs: readonly RunResult[],
  kind: AlertKind,
  exposure: Exposure | undefined,
): KindSummary {
  const results = runs.flatMap((run) => run.kinds.get(kind) ?? []);
  const alerts = sumOutcomes(results);
  const judged = alerts.matched + alerts.duplicate + alerts.false;
  const events = results.flatMap((result) => result.events);
  const perceived = events.filter((event) => event.perceived);
  const equipped = events.filter(({ victimEquipped }) => victimEquipped === true);
  const bare = events.filter(({ victimEquipped }) => victimEquipped === false);
  const detected = (of: readonly EventResult[]): Share =>
    share(of.filter((event) => event.detected).length, of.length);
  return {
    alerts: { ...alerts, all: judged + alerts["dont-care"] },
    falseShare: share(alerts.false, judged),
    duplicateShare: share(alerts.duplicate, judged),
    falsePerHour100Km: rate(alerts.false, exposure?.hours100Km ?? 0),
    detection: {
      ofAll: detected(events),
      ofPerceived: detected(perceived),
      victimEquipped: detected(equipped),
      victimNotEquipped: detected(bare),
    },
    detectS: distribution(values(events, ({ detectS }) => detectS)),
    detectVictimEquippedS: distribution(values(equipped, ({ detectS }) => detectS)),
    oracleS: distribution(values(events, ({ oracleS }) => oracleS)),
    excessS: distribution(values(events, ({ excessS }) => excessS)),
    excessSecondS: distribution(values(events, ({ excessSecondS }) => excessSecondS)),
    flapsPerEvent: rate(
      sum(events, ({ flaps }) => flaps),
      events.filter((event) => event.detected).length,
    ),
    nuisancePerEvent: rate(
      sum(events, ({ duplicates }) => duplicates),
      events.filter((event) => event.detected).length,
    ),
    placeErrorM: distribution(values(events, (event) => event.placeErrorM)),
    timeCovered: share(
      sum(events, ({ coveredS }) => coveredS),
      sum(events, ({ knownS }) => knownS),
    ),
    tail: tailSummary(events),
    roadTime: roadTimeSummary(results),
  };
}

function sumOutcomes(results: readonly KindResult[]): Record<Outcome, number> {
  const total: Record<Outcome, number> = { matched: 0, duplicate: 0, "dont-care": 0, false: 0 };
  for (const { outcomes } of results) for (const outcome of OUTCOMES) total[outcome] += outcomes[outcome];
  return total;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function values<T>(items: readonly T[], of: (item: T) => number | undefined): number[] {
  return items.map(of).filter((value) => value !== undefined);
}

/** Beyond this a driver meets the tail before the place that he was told. */
const UNSAFE_M = 100;
const RESAMPLES = 300;
/** Seconds beyond this number move the bounds less than the resampling does; each event keeps its part of them. */
const MOST_RESAMPLED = 4_000;
const SEED = 20_240_602;

/** Seconds of one event hang together, so the bounds resample events, not seconds. */
function tailSummary(events: readonly EventResult[]): TailSummary {
  const groups = events.map(({ tailErrorsM }) => tailErrorsM).filter((errors) => errors.length > 0);
  const errors = groups.flat().sort((a, b) => a - b);
  const absolute = errors.map(Math.abs).sort((a, b) => a - b);
  const unsafe = errors.filter((error) => error > UNSAFE_M).length;
  const [low, high] = groups.length < 2 ? [undefined, undefined] : medianBounds(groups);
  const isEmpty = errors.length === 0;
  return {
    seconds: errors.length,
    medianAbsoluteM: isEmpty ? undefined : quantile(absolute, 0.5),
    low,
    high,
    medianSignedM: isEmpty ? undefined : quantile(errors, 0.5),
    p95AbsoluteM: isEmpty ? undefined : quantile(absolute, 0.95),
    unsafe: share(unsafe, errors.length),
  };
}

function medianBounds(groups: readonly (readonly number[])[]): readonly [number, number] {
  const chance = new Chance(SEED);
  const every = Math.max(1, Math.ceil(sum(groups, ({ length }) => length) / MOST_RESAMPLED));
  const thinned = groups.map((errors) => errors.filter((_, i) => i % every === 0).map(Math.abs));
  const medians = Array.from({ length: RESAMPLES }, () => {
    const drawn = thinned.map(() => thinned[Math.floor(chance.uniform() * thinned.length)] ?? []);
    return quantile(Float64Array.from(drawn.flat()).sort(), 0.5);
  }).sort((a, b) => a - b);
  return [quantile(medians, 0.025), quantile(medians, 0.975)];
}

function roadTimeSummary(results: readonly KindResult[]): KindSummary["roadTime"] {
  const cells = results.flatMap(({ roadTime }) => roadTime ?? []);
  if (cells.length === 0) return undefined;
  const claimed = sum(cells, (cell) => cell.claimed);
  const both = sum(cells, (cell) => cell.both);
  return {
    recall: share(
      both,
      sum(cells, (cell) => cell.true),
    ),
    precision: share(both, claimed),
    hardFalse: share(
      sum(cells, (cell) => cell.hard),
      claimed,
    ),
  };
}

/** The headline: what it did for those who drove. */
export interface WarningSummary {
  readonly warnedInTime: Share;
  readonly warnedInTimeOfKnown: Share;
  readonly needlessOfEquipped: Share;
  readonly needlessOfWarned: Share;
  readonly needlessFalse: number;
  readonly needlessOffPath: number;
  readonly leadS: Distribution;
}

export function summariseWarnings(counts: readonly WarningCounts[]): WarningSummary {
  const total = (of: (count: WarningCounts) => number): number => sum(counts, of);
  return {
    warnedInTime: share(
      total((c) => c.metWarned),
      total((c) => c.met),
    ),
    warnedInTimeOfKnown: share(
      total((c) => c.metKnownWarned),
      total((c) => c.metKnown),
    ),
    needlessOfEquipped: share(
      total((c) => c.needless),
      total((c) => c.equipped),
    ),
    needlessOfWarned: share(
      total((c) => c.needless),
      total((c) => c.warned),
    ),
    needlessFalse: total((c) => c.needlessFalse),
    needlessOffPath: total((c) => c.needlessOffPath),
    leadS: distribution(counts.flatMap(({ leadS }) => leadS)),
  };
}
