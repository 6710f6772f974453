import { renameSync, writeFileSync } from "node:fs";
import { describeMachine, type Machine } from "../support/machine.ts";
import { carryOutAll } from "./crew.ts";
import { countDuplicates, type DuplicateCounts } from "./duplicates.ts";
import { flowChart, flowRows } from "./flow-table.ts";
import type { Order, Outcome } from "./order.ts";
import { reportText } from "./report.ts";
import { joinParts, runSeeds, type ScenarioScore, type SeedPart } from "./score.ts";
import { readSettings, type Settings } from "./settings.ts";
import { targetRows } from "./targets.ts";

/** The tables take seconds, in which no order is given. */
const KEEP_EVERY_MS = 300_000;

/** One measurement: what is to do, what is done, and what came out so far. Seeds are done one after the other. */
class Measurement {
  readonly #settings: Settings;
  readonly #machine: Machine = describeMachine();
  readonly #beganMs = performance.now();
  /** What the runs of each seed gave, by its number on the command line, and how many of them are open. */
  readonly #parts = new Map<number, SeedPart[]>();
  readonly #open = new Map<number, number>();
  readonly #orders: Order[] = [];
  /** Number on the command line, by scenario and run. */
  readonly #seedOf = new Map<string, number>();
  #done = 0;
  #keptAtMs = performance.now();
  #duplicates: DuplicateCounts | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    for (const seed of settings.seeds) {
      const orders = ordersOf(seed, settings);
      this.#parts.set(seed, []);
      this.#open.set(seed, orders.length);
      this.#orders.push(...orders);
      for (const order of orders) this.#seedOf.set(nameOf(order), seed);
    }
  }

  async run(): Promise<void> {
    const { jobs, json, markdown, chart, minutes = Number.POSITIVE_INFINITY } = this.#settings;
    const mayGoOn = (): boolean => performance.now() - this.#beganMs < minutes * 60_000;
    await carryOutAll(this.#orders, jobs, (outcome) => this.#take(outcome), mayGoOn);
    if (!this.#settings.smoke) this.#duplicates = await countDuplicates(this.#settings.seeds[0] ?? 1);
    const scores = this.#scores();
    const text = this.#text(scores);
    console.log(json ? JSON.stringify(this.#json(scores)) : text);
    if (markdown !== undefined) writeWhole(markdown, text);
    if (chart !== undefined) writeWhole(chart, flowChart(scores));
    const faults = scores.reduce((sum, score) => sum + score.faults, 0);
    if (faults > 0) this.#fail(`${faults} faults of detectors or filters.`);
  }

  #take({ order, parts, failure, spentMs }: Outcome): void {
    const seed = this.#seedOf.get(nameOf(order)) ?? order.seed;
    this.#done++;
    // What the others have measured is kept.
    if (failure !== undefined) this.#fail(`${order.scenario}, seed ${order.seed}, failed: ${failure}`);
    this.#parts.get(seed)?.push(...parts);
    this.#tell(order.scenario, order.seed, spentMs);
    const left = (this.#open.get(seed) ?? 1) - 1;
    this.#open.set(seed, left);
    if (left === 0) this.#keepSoFar();
  }

  #tell(scenario: string, seed: number, spentMs: number): void {
    const spentS = (performance.now() - this.#beganMs) / 1000;
    const all = this.#orders.length;
    const leftS = (spentS / this.#done) * (all - this.#done);
    process.stderr.write(
      `${this.#done} of ${all}: ${scenario}, seed ${seed}, ${(spentMs / 1000).toFixed(1)} s; ${spentS.toFixed(0)} s spent, about ${leftS.toFixed(0)} s left\n`,
    );
  }

  #text(scores: readonly ScenarioScore[]): string {
    const settings = { ...this.#settings, seeds: this.#doneSeeds() };
    return reportText(this.#machine, settings, scores, { duplicates: this.#duplicates });
  }

  #doneSeeds(): readonly number[] {
    return this.#settings.seeds.filter((seed) => this.#open.get(seed) === 0);
  }

  /** Seeds that are complete; a measurement that is broken off leaves them in the file. */
  #keepSoFar(): void {
    const { markdown, seeds } = this.#settings;
    const done = this.#doneSeeds().length;
    const sinceMs = performance.now() - this.#keptAtMs;
    if (markdown === undefined || done === seeds.length || sinceMs < KEEP_EVERY_MS) return;
    this.#keptAtMs = performance.now();
    writeWhole(markdown, `Not complete: ${done} of ${seeds.length} seeds.\n\n${this.#text(this.#scores())}`);
  }

  #scores(): readonly ScenarioScore[] {
    const seeds = this.#doneSeeds();
    const parts = seeds.flatMap((seed) => this.#parts.get(seed) ?? []);
    return this.#settings.scenarios.flatMap((scenario) => {
      const own = parts.filter((part) => part.scenario === scenario.name);
      return own.length === 0 ? [] : joinParts(scenario, { ...this.#settings, seeds }, own);
    });
  }

  /** The parts of runs stay out: sums are what others read. */
  #json(scores: readonly ScenarioScore[]): unknown {
    const { penetrations, channel } = this.#settings;
    const seeds = this.#doneSeeds();
    const targets = targetRows(scores, { duplicates: this.#duplicates });
    const told = scores.map(({ runs: _runs, warningCounts: _counts, ...score }) => score);
    return {
      machine: this.#machine,
      seeds,
      penetrations,
      channel,
      targets,
      flows: flowRows(scores),
      scores: told,
    };
  }

  #fail(text: string): void {
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}

/** Orders that come back from other processes are copies. */
function nameOf({ scenario, seed }: Order): string {
  return `${scenario} ${seed}`;
}

/** The runs of one seed: one of each scenario, several of those that are short of events. */
function ordersOf(seed: number, { scenarios, penetrations, channel, keep }: Settings): readonly Order[] {
  return scenarios.flatMap((scenario) =>
    runSeeds(scenario, [seed]).map((own) => ({
      scenario: scenario.name,
      seed: own,
      penetrations,
      channel,
      keep,
    })),
  );
}

/** Readers never see half a file. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const asked = readSettings(process.argv.slice(2));
if ("text" in asked) {
  (asked.code === 0 ? process.stdout : process.stderr).write(asked.text);
  process.exitCode = asked.code;
} else {
  await new Measurement(asked.settings).run();
}
