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
const KEEP_EVERY_MS = 60_000;

/** One measurement: what is to do, what is done, and what came out so far. */
class Measurement {
  readonly #settings: Settings;
  readonly #machine: Machine = describeMachine();
  readonly #beganMs = performance.now();
  readonly #parts = new Map<string, SeedPart[]>();
  readonly #open = new Map<string, number>();
  readonly #orders: readonly Order[];
  /** Sums of scenarios that are complete. */
  readonly #sums = new Map<string, readonly ScenarioScore[]>();
  #done = 0;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  #duplicates: DuplicateCounts | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    const { penetrations, channel, keep } = settings;
    this.#orders = settings.scenarios.flatMap((scenario) => {
      const seeds = runSeeds(scenario, settings.seeds);
      this.#open.set(scenario.name, seeds.length);
      return seeds.map((seed) => ({ scenario: scenario.name, seed, penetrations, channel, keep }));
    });
  }

  async run(): Promise<void> {
    const { jobs, json, markdown, chart } = this.#settings;
    await carryOutAll(this.#orders, jobs, (outcome) => this.#take(outcome));
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
    const { scenario, seed } = order;
    this.#done++;
    // What the others have measured is kept.
    if (failure !== undefined) this.#fail(`${scenario}, seed ${seed}, failed: ${failure}`);
    const known = this.#parts.get(scenario);
    if (known === undefined) this.#parts.set(scenario, [...parts]);
    else known.push(...parts);
    this.#tell(scenario, seed, spentMs);
    const left = (this.#open.get(scenario) ?? 1) - 1;
    this.#open.set(scenario, left);
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
    return reportText(this.#machine, this.#settings, scores, { duplicates: this.#duplicates });
  }

  /** Scenarios that are complete; a measurement that is broken off leaves them in the file. */
  #keepSoFar(): void {
    const { markdown, scenarios } = this.#settings;
    const done = scenarios.filter(({ name }) => this.#open.get(name) === 0);
    const sinceMs = performance.now() - this.#keptAtMs;
    if (markdown === undefined || done.length === scenarios.length || sinceMs < KEEP_EVERY_MS) return;
    this.#keptAtMs = performance.now();
    const names = new Set(done.map(({ name }) => name));
    const scores = this.#scores().filter(({ scenario }) => names.has(scenario));
    const text = this.#text(scores);
    writeWhole(markdown, `Not complete: ${done.length} of ${scenarios.length} scenarios.\n\n${text}`);
  }

  #scores(): readonly ScenarioScore[] {
    return this.#settings.scenarios.flatMap((scenario) => {
      const parts = this.#parts.get(scenario.name) ?? [];
      if (parts.length === 0) return [];
      const sums = this.#sums.get(scenario.name) ?? joinParts(scenario, this.#settings, parts);
      if (this.#open.get(scenario.name) === 0) this.#sums.set(scenario.name, sums);
      return sums;
    });
  }

  /** The parts of runs stay out: sums are what others read. */
  #json(scores: readonly ScenarioScore[]): unknown {
    const { seeds, penetrations, channel } = this.#settings;
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
