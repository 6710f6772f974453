import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertKind, AlertTier } from "../../src/domain/alert.ts";
import type { Case } from "../../src/evaluate/cases.ts";
import { channelFrom } from "../../src/evaluate/channel.ts";
import { evaluate, TIERS } from "../../src/evaluate/evaluate.ts";
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
  readonly exposure: Exposure;
  readonly faults: number;
  readonly tiers: Readonly<Record<AlertTier, TierScore>>;
  readonly cases: readonly Case[];
  /** The runs in parts, for sums over scenarios; not printed. */
  readonly runs: Readonly<Record<AlertTier, readonly RunResult[]>>;
  readonly warningCounts: Readonly<Record<AlertTier, readonly WarningCounts[]>>;
}

/** What the runs of one penetration have given so far. */
class Tally {
  readonly penetration: number;
  readonly victims: VictimDraw;
  readonly runs: Record<AlertTier, RunResult[]> = { suspected: [], confirmed: [] };
  readonly warnings: Record<AlertTier, WarningCounts[]> = { suspected: [], confirmed: [] };
  readonly cases: Case[] = [];
  exposure: Exposure | undefined;
  faults = 0;

  constructor(penetration: number, victims: VictimDraw) {
    this.penetration = penetration;
    this.victims = victims;
  }

  score(scenario: string, seeds: readonly number[]): ScenarioScore {
    const exposure = this.exposure ?? NO_EXPOSURE;
    const tierOf = (tier: AlertTier): TierScore => ({
      kinds: kindsOf(this.runs[tier], exposure),
      warnings: summariseWarnings(this.warnings[tier]),
    });
    return {
      scenario,
      penetration: this.penetration,
      victims: this.victims,
      seeds,
      exposure,
      faults: this.faults,
      tiers: { suspected: tierOf("suspected"), confirmed: tierOf("confirmed") },
      cases: this.cases,
      runs: this.runs,
      warningCounts: this.warnings,
    };
  }
}

const NO_EXPOSURE: Exposure = {
  runs: 0,
  hours: 0,
  carriagewayKm: 0,
  hours100Km: 0,
  vehicleKm: 0,
  equippedVehicleKm: 0,
  equippedVehicles: 0,
};

/** Sums of two exposures; the road's length is that of the last. */
export function addExposure(a: Exposure | undefined, b: Exposure): Exposure {
  if (a === undefined) return b;
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

/** Makes and scores every seed of a scenario; `onSeed` is told after each. */
export async function scoreScenario(
  scenario: Scenario,
  settings: Settings,
  onSeed: (seed: number) => void,
): Promise<readonly ScenarioScore[]> {
  const tallies = scenario.victims.flatMap((victims) =>
    settings.penetrations.map((penetration) => new Tally(penetration, victims)),
  );
  for (const seed of settings.seeds) {
    const run = await scenario.generate(seed);
    if (settings.keep !== undefined) keepRun(settings.keep, run);
    for (const victims of scenario.victims) await scoreRun(run, victims, settings, tallies);
    onSeed(seed);
  }
  return tallies.map((tally) => tally.score(scenario.name, settings.seeds));
}

async function scoreRun(
  run: ScenarioRun,
  victims: VictimDraw,
  settings: Settings,
  tallies: readonly Tally[],
): Promise<void> {
  const { results } = await evaluate({
    table: tableOf(run.samples),
    extras: extrasOf(run.extras),
    truth: parseTruth(JSON.parse(JSON.stringify(run.truth))),
    roads: readRoadMap(run.map, run.scenario),
    penetrations: settings.penetrations,
    seeds: [run.seed],
    channel: channelFrom(settings.channel),
    victims,
    onRun: ({ penetration, results: byTier, warnings }) => {
      const tally = tallies.find((t) => t.penetration === penetration && t.victims === victims);
      for (const tier of TIERS) {
        tally?.runs[tier].push(byTier[tier]);
        tally?.warnings[tier].push(warnings[tier]);
      }
    },
  });
  for (const { penetration, exposure, faults, cases } of results) {
    const tally = tallies.find((t) => t.penetration === penetration && t.victims === victims);
    if (tally === undefined) continue;
    tally.exposure = addExposure(tally.exposure, exposure);
    tally.faults += faults;
    tally.cases.push(...cases);
  }
}

/** Writes what `roadpulse evaluate` and `roadpulse plot` read. */
export function keepRun(folder: string, { scenario, seed, samples, truth, map }: ScenarioRun): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const base = join(folder, `${scenario}.${seed}`);
  writeFileSync(`${base}.csv`, samplesCsv(samples));
  writeFileSync(`${base}.truth.json`, `${JSON.stringify(truth)}\n`);
  writeFileSync(`${base}.map.geojson`, `${JSON.stringify(map)}\n`);
}
