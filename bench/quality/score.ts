import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertKind, AlertTier } from "../../src/domain/alert.ts";
import type { Case } from "../../src/evaluate/cases.ts";
import { channelFrom } from "../../src/evaluate/channel.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import type { VictimDraw } from "../../src/evaluate/penetration.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import {
  type Exposure,
  type KindSummary,
  summariseKind,
  summariseWarnings,
  type WarningSummary,
} from "../../src/evaluate/summary.ts";
import type { RunResult } from "../../src/evaluate/tally.ts";
import type { WarningCounts } from "../../src/evaluate/warnings.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { samplesCsv } from "./samples.ts";
import type { Scenario, ScenarioRun } from "./scenario.ts";
import type { Settings } from "./settings.ts";
import { extrasOf, tableOf } from "./table.ts";

export interface TierScore {
  readonly kinds: Readonly<Partial<Record<AlertKind, KindSummary>>>;
  readonly warnings: WarningSummary;
}

/** All runs of one scenario at one share of equipped vehicles. */
export interface ScenarioScore {
  readonly scenario: string;
  readonly penetration: number;
  readonly victims: VictimDraw;
  readonly seeds: readonly number[];
  /** See `SeedPart.perHour`, in the order of the seeds. */
  readonly perHour: readonly (number | undefined)[];
  readonly exposure: Exposure;
  readonly faults: number;
  readonly tiers: Readonly<Record<AlertTier, TierScore>>;
  readonly cases: readonly Case[];
  /** The runs in parts, for sums over scenarios; not printed. */
  readonly runs: Readonly<Record<AlertTier, readonly RunResult[]>>;
  readonly warningCounts: Readonly<Record<AlertTier, readonly WarningCounts[]>>;
}

/** What one seed of a scenario gave at one share of equipped vehicles; goes between processes as it is. */
export interface SeedPart {
  readonly scenario: string;
  readonly seed: number;
  readonly penetration: number;
  readonly victims: VictimDraw;
  /** Vehicles per hour that enter the carriageway of the hazard; undefined where the scenario does not tell. */
  readonly perHour: number | undefined;
  readonly exposure: Exposure;
  readonly faults: number;
  readonly cases: readonly Case[];
  readonly results: Readonly<Record<AlertTier, RunResult>>;
  readonly warnings: Readonly<Record<AlertTier, WarningCounts>>;
}

export const NO_EXPOSURE: Exposure = {
  runs: 0,
  hours: 0,
  carriagewayKm: 0,
  hours100Km: 0,
  vehicleKm: 0,
  equippedVehicleKm: 0,
  equippedVehicles: 0,
};

/** Sums of two exposures; the road's length is that of the last. */
export function addExposure(a: Exposure, b: Exposure): Exposure {
  return {
    runs: a.runs + b.runs,
    hours: a.hours + b.hours,
    carriagewayKm: b.carriagewayKm,
    hours100Km: a.hours100Km + b.hours100Km,
    vehicleKm: a.vehicleKm + b.vehicleKm,
    equippedVehicleKm: a.equippedVehicleKm + b.equippedVehicleKm,
    equippedVehicles: a.equippedVehicles + b.equippedVehicles,
  };
}

export function kindsOf(runs: readonly RunResult[], exposure: Exposure): TierScore["kinds"] {
  const kinds = [...new Set(runs.flatMap((run) => [...run.kinds.keys()]))].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, summariseKind(runs, kind, exposure)]));
}

/** What a seed is scored under. */
export type ScoreSettings = Pick<Settings, "penetrations" | "channel" | "keep">;

/** Numbers of the runs of a scenario: some are so short of events that one seed stands for several. */
export function runSeeds({ repeats = 1 }: Scenario, seeds: readonly number[]): readonly number[] {
  return seeds.flatMap((seed) => Array.from({ length: repeats }, (_, i) => (seed - 1) * repeats + i + 1));
}

/** Makes one seed of a scenario and scores it for all victims and penetrations. */
export async function scoreSeed(
  scenario: Scenario,
  seed: number,
  settings: ScoreSettings,
): Promise<readonly SeedPart[]> {
  const run = await scenario.generate(seed, Math.max(...settings.penetrations));
  if (settings.keep !== undefined) keepRun(settings.keep, run);
  const parts: SeedPart[] = [];
  for (const victims of scenario.victims) parts.push(...(await scoreRun(scenario, run, victims, settings)));
  return parts;
}

async function scoreRun(
  scenario: Scenario,
  run: ScenarioRun,
  victims: VictimDraw,
  settings: ScoreSettings,
): Promise<SeedPart[]> {
  const details = new Map<number | undefined, Pick<SeedPart, "results" | "warnings">>();
  const { results } = await evaluate({
    table: tableOf(run.samples),
    extras: extrasOf(run.extras),
    truth: parseTruth(JSON.parse(JSON.stringify(run.truth))),
    roads: readRoadMap(run.map, run.scenario),
    penetrations: settings.penetrations,
    seeds: [run.seed],
    channel: channelFrom(scenario.channelFor?.(run.seed, settings.channel) ?? settings.channel),
    victims,
    levels: scenario.levels === true,
    onRun: ({ penetration, results: byTier, warnings }) => {
      details.set(penetration, { results: byTier, warnings });
    },
  });
  const flow = run.truth.notes["per_hour"];
  const perHour = typeof flow === "number" ? flow : undefined;
  return results.flatMap(({ penetration, exposure, faults, cases }) => {
    const told = details.get(penetration);
    if (told === undefined || penetration === undefined) return [];
    const { scenario: name, seed } = run;
    return [{ scenario: name, seed, penetration, victims, perHour, exposure, faults, cases, ...told }];
  });
}

/** Sums of a scenario's parts, in the order of their seeds whoever scored them when. */
export function joinParts(
  scenario: Scenario,
  settings: Pick<Settings, "penetrations" | "seeds">,
  parts: readonly SeedPart[],
): readonly ScenarioScore[] {
  const sorted = [...parts].sort((a, b) => a.seed - b.seed);
  return scenario.victims.flatMap((victims) =>
    settings.penetrations.map((penetration) => {
      const own = sorted.filter((part) => part.victims === victims && part.penetration === penetration);
      return scoreOf(scenario.name, penetration, victims, own);
    }),
  );
}

function scoreOf(
  scenario: string,
  penetration: number,
  victims: VictimDraw,
  parts: readonly SeedPart[],
): ScenarioScore {
  const exposure = parts.reduce<Exposure>((sum, part) => addExposure(sum, part.exposure), NO_EXPOSURE);
  const runs = byTier((tier) => parts.map(({ results }) => results[tier]));
  const warningCounts = byTier((tier) => parts.map(({ warnings }) => warnings[tier]));
  return {
    scenario,
    penetration,
    victims,
    seeds: parts.map(({ seed }) => seed),
    perHour: parts.map(({ perHour }) => perHour),
    exposure,
    faults: parts.reduce((sum, { faults }) => sum + faults, 0),
    tiers: byTier((tier) => ({
      kinds: kindsOf(runs[tier], exposure),
      warnings: summariseWarnings(warningCounts[tier]),
    })),
    cases: parts.flatMap(({ cases }) => cases),
    runs,
    warningCounts,
  };
}

function byTier<T>(of: (tier: AlertTier) => T): Record<AlertTier, T> {
  return { suspected: of("suspected"), confirmed: of("confirmed") };
}

/** Writes what `roadpulse evaluate` and `roadpulse plot` read. */
export function keepRun(folder: string, { scenario, seed, samples, truth, map }: ScenarioRun): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const base = join(folder, `${scenario}.${seed}`);
  writeFileSync(`${base}.csv`, samplesCsv(samples));
  writeFileSync(`${base}.truth.json`, `${JSON.stringify(truth)}\n`);
  writeFileSync(`${base}.map.geojson`, `${JSON.stringify(map)}\n`);
}
