import type { AlertKind, AlertTier } from "../domain/alert.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { AlertShapes } from "./alert-shape.ts";
import { type Case, casesOf, worstFirst } from "./cases.ts";
import { CHANNELS, type ChannelModel } from "./channel.ts";
import { ofTier } from "./episode.ts";
import type { ExtraMessage } from "./extra-messages.ts";
import { HAZARD_CLASSES } from "./hazard-class.ts";
import { LevelTruth } from "./levels.ts";
import { type Judgement, judge } from "./match.ts";
import { findMeetings, type Meeting } from "./meetings.ts";
import { EventMembers } from "./oracle.ts";
import {
  drawEquipped,
  type RecordedPenetration,
  recordedPenetration,
  type VictimDraw,
  victimsOf,
} from "./penetration.ts";
import type { RecordSource } from "./read-traffic.ts";
import { TruthCells } from "./road-time.ts";
import { type Run, runOnce } from "./run.ts";
import type { RunDetails } from "./run-details.ts";
import { makeScene, type Scene } from "./scene.ts";
import {
  type Exposure,
  type KindSummary,
  summariseKind,
  summariseWarnings,
  type WarningSummary,
} from "./summary.ts";
import { type RunResult, tallyRun } from "./tally.ts";
import { TIERS } from "./tiers.ts";
import { TrafficStates } from "./traffic-states.ts";
import type { Truth } from "./truth.ts";
import type { VehicleTable } from "./vehicle-table.ts";
import { countWarnings, type WarningCounts } from "./warnings.ts";

export { TIERS };

export interface EvaluateOptions {
  readonly table: VehicleTable;
  /** The recording itself: everything in it that is no position, too. Without it, reports are made of the table. */
  readonly source?: RecordSource | undefined;
  /** Messages besides those of vehicles, by receive time. */
  readonly extras?: readonly ExtraMessage[] | undefined;
  readonly truth: Truth;
  readonly roads?: RoadNetwork | undefined;
  /** Shares of all vehicles; empty or absent: as recorded. */
  readonly penetrations?: readonly number[] | undefined;
  readonly seeds?: readonly number[] | undefined;
  readonly channel?: ChannelModel | undefined;
  readonly victims?: VictimDraw | undefined;
  readonly recordedPenetration?: number | undefined;
  readonly relevanceM?: number | undefined;
  readonly pipeline?: PipelineOptions | undefined;
  /** Whether the levels of traffic, slow and heavy included, are held against what congestion alerts and the state of traffic say of them. */
  readonly levels?: boolean | undefined;
  /** Told after each run, e.g. for plots: everything that was seen in it. */
  readonly onRun?: ((details: RunDetails) => void) | undefined;
}

export interface TierResult {
  readonly kinds: Readonly<Partial<Record<AlertKind, KindSummary>>>;
  readonly warnings: WarningSummary;
}

export interface PenetrationResult {
  /** undefined: as recorded. */
  readonly penetration: number | undefined;
  readonly exposure: Exposure;
  readonly faults: number;
  readonly tiers: Readonly<Record<AlertTier, TierResult>>;
  /** What went wrong, worst first, of all runs. */
  readonly cases: readonly Case[];
}

export interface Evaluation {
  readonly channel: ChannelModel;
  readonly seeds: readonly number[];
  readonly victims: VictimDraw;
  readonly relevanceM: number;
  readonly recorded: RecordedPenetration;
  /** Share of the reports that lie on roads of the map; undefined without one. */
  readonly onRoads: number | undefined;
  readonly results: readonly PenetrationResult[];
}

/** 1 km: the awareness distance of queue and jam notices (C2C-CC), 28 s at 130 km/h. */
export const DEFAULT_RELEVANCE_M = 1_000;

const SECONDS_PER_HOUR = 3_600;

/**
 * Scores detection against truth for every penetration and seed. The same options give the same result.
 * @throws EvaluationError where the recording cannot serve what is asked
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const bench = new Bench(options);
  const penetrations = options.penetrations?.length ? options.penetrations : [undefined];
  const results: PenetrationResult[] = [];
  for (const penetration of penetrations) bench.refuse(penetration);
  for (const penetration of penetrations) results.push(await bench.measure(penetration));
  const { channel, seeds, victims, relevanceM, recorded, onRoads } = bench;
  return { channel, seeds, victims, relevanceM, recorded, onRoads, results };
}

class Bench {
  readonly channel: ChannelModel;
  readonly seeds: readonly number[];
  readonly victims: VictimDraw;
  readonly relevanceM: number;
  readonly recorded: RecordedPenetration;
  readonly #options: EvaluateOptions;
  readonly #scene: Scene;
  readonly #victims: ReadonlySet<number>;
  readonly #members: EventMembers;
  readonly #meetings: readonly Meeting[];
  readonly #cells: ReadonlyMap<AlertKind, TruthCells>;
  readonly #drivenKm: Float64Array;
  readonly #levels: LevelTruth | undefined;

  constructor(options: EvaluateOptions) {
    this.#options = options;
    this.channel = options.channel ?? (CHANNELS["none"] as ChannelModel);
    this.seeds = options.seeds ?? [1];
    this.victims = options.victims ?? "drawn";
    this.relevanceM = options.relevanceM ?? DEFAULT_RELEVANCE_M;
    this.#scene = makeScene(options.table, options.truth, options.roads);
    this.#victims = victimsOf(this.#scene.events.map(({ event }) => event));
    const asks = (options.penetrations?.length ?? 0) > 0;
    this.recorded = asks
      ? recordedPenetration(
          options.table,
          options.truth,
          this.#victims,
          this.#scene.ground,
          options.recordedPenetration,
        )
      : { value: 1, high: 1, from: "given", witnesses: 0 };
    this.#members = new EventMembers(this.#scene);
    this.#meetings = findMeetings(this.#scene);
    this.#cells = new Map(
      HAZARD_CLASSES.filter(({ covers }) => covers).map((hazardClass) => [
        hazardClass.kind,
        new TruthCells(this.#scene, hazardClass),
      ]),
    );
    this.#drivenKm = drivenKm(this.#scene);
    this.#levels = options.levels === true ? new LevelTruth(this.#scene) : undefined;
  }

  get onRoads(): number | undefined {
    return this.#scene.onRoads;
  }

  /** Throws where the recording holds fewer vehicles than this. */
  refuse(penetration: number | undefined): void {
    this.#draw(penetration, 1);
  }

  async measure(penetration: number | undefined): Promise<PenetrationResult> {
    const runs: Record<AlertTier, RunResult[]> = { suspected: [], confirmed: [] };
    const warnings: Record<AlertTier, WarningCounts[]> = { suspected: [], confirmed: [] };
    const cases: Case[] = [];
    let faults = 0;
    let equippedKm = 0;
    let equippedVehicles = 0;
    for (const seed of this.seeds) {
      const equipped = this.#draw(penetration, seed);
      const states = this.#states();
      const run = await this.#run(equipped, seed, states);
      faults += run.faults;
      equipped.forEach((isEquipped, vehicle) => {
        equippedVehicles += isEquipped;
        equippedKm += isEquipped * (this.#drivenKm[vehicle] as number);
      });
      const details = this.#score(run, equipped, seed, penetration, runs, warnings, states);
      cases.push(...casesOf(details, runs.suspected.at(-1) as RunResult));
      this.#options.onRun?.(details);
    }
    const exposure = this.#exposure(equippedKm, equippedVehicles);
    const tierOf = (tier: AlertTier): TierResult => ({
      kinds: kindSummaries(runs[tier], exposure),
      warnings: summariseWarnings(warnings[tier]),
    });
    let tiers: PenetrationResult["tiers"] | undefined;
    return {
      penetration,
      exposure,
      faults,
      // Who sums up the runs himself does not pay for the bounds.
      get tiers() {
        tiers ??= { suspected: tierOf("suspected"), confirmed: tierOf("confirmed") };
        return tiers;
      },
      cases: worstFirst(cases),
    };
  }

  #draw(penetration: number | undefined, seed: number): Uint8Array {
    const { table } = this.#options;
    return drawEquipped(table, this.#victims, {
      penetration,
      recorded: this.recorded,
      seed,
      victims: this.victims,
    });
  }

  /** Where levels are asked for and a map says where they are. */
  #states(): TrafficStates | undefined {
    const { atlas, ground, roads, fromMs } = this.#scene;
    if (this.#levels === undefined || roads === undefined) return undefined;
    return new TrafficStates(atlas, ground, roads, fromMs);
  }

  #run(equipped: Uint8Array, seed: number, states: TrafficStates | undefined): Promise<Run> {
    const { table, ground, roads } = this.#scene;
    const pipeline = this.#options.pipeline ?? {};
    const { channel } = this;
    const { source, extras } = this.#options;
    const watcher = states?.watcher();
    return runOnce({ table, ground, equipped, channel, seed, roads, pipeline, source, extras, watcher });
  }

  #score(
    run: Run,
    equipped: Uint8Array,
    seed: number,
    penetration: number | undefined,
    runs: Record<AlertTier, RunResult[]>,
    warnings: Record<AlertTier, WarningCounts[]>,
    states: TrafficStates | undefined,
  ): RunDetails {
    const scene = this.#scene;
    const shapes = new AlertShapes(scene.ground, scene.atlas);
    const oracle = this.#members.oracle(run.heard);
    const judgements: Record<AlertTier, readonly Judgement[]> = { suspected: [], confirmed: [] };
    for (const tier of TIERS) {
      const judged = judge(scene, shapes, ofTier(run.episodes, tier));
      judgements[tier] = judged;
      const cells = this.#cells;
      const levels = this.#levels;
      runs[tier].push(
        tallyRun({ scene, shapes, seed, tier, judgements: judged, oracle, equipped, cells, levels, states }),
      );
      const { relevanceM } = this;
      warnings[tier].push(
        countWarnings(scene, shapes, judged, equipped, this.#meetings, oracle, { relevanceM }),
      );
    }
    const results = lastOf(runs);
    return {
      scene,
      penetration,
      seed,
      equipped,
      run,
      oracle,
      judgements,
      results,
      warnings: lastOf(warnings),
    };
  }

  #exposure(equippedKm: number, equippedVehicles: number): Exposure {
    const runs = this.seeds.length;
    const hours = (runs * (this.#scene.toMs - this.#scene.fromMs)) / 1_000 / SECONDS_PER_HOUR;
    const carriagewayKm = this.#scene.atlas.lengthM / 1_000;
    return {
      runs,
      hours,
      carriagewayKm,
      hours100Km: (hours * carriagewayKm) / 100,
      vehicleKm: runs * this.#drivenKm.reduce((sum, km) => sum + km, 0),
      equippedVehicleKm: equippedKm,
      equippedVehicles,
    };
  }
}

function lastOf<T>(lists: Readonly<Record<AlertTier, readonly T[]>>): Record<AlertTier, T> {
  return { suspected: lists.suspected.at(-1) as T, confirmed: lists.confirmed.at(-1) as T };
}

function kindSummaries(runs: readonly RunResult[], exposure: Exposure): TierResult["kinds"] {
  const kinds = new Set(runs.flatMap((run) => [...run.kinds.keys()]));
  return Object.fromEntries(
    HAZARD_CLASSES.filter(({ kind }) => kinds.has(kind)).map(({ kind }) => [
      kind,
      summariseKind(runs, kind, exposure),
    ]),
  );
}

/** Way of each vehicle, km; steps are taken as straight. */
function drivenKm({ table, xs, ys }: Scene): Float64Array {
  return Float64Array.from(table.drives, (drive) => {
    let metres = 0;
    for (let i = 1; i < drive.length; i++) {
      const dx = (xs[drive[i] as number] as number) - (xs[drive[i - 1] as number] as number);
      const dy = (ys[drive[i] as number] as number) - (ys[drive[i - 1] as number] as number);
      metres += Math.sqrt(dx * dx + dy * dy);
    }
    return metres / 1_000;
  });
}
