import { writeFileSync } from "node:fs";
import { describeMachine } from "../support/machine.ts";
import { reportText } from "./report.ts";
import { type ScenarioScore, scoreScenario } from "./score.ts";
import { readSettings, type Settings } from "./settings.ts";
import { targetRows } from "./targets.ts";

async function main(settings: Settings): Promise<void> {
  const machine = describeMachine();
  const scores: ScenarioScore[] = [];
  for (const scenario of settings.scenarios) {
    const beganMs = performance.now();
    let done = 0;
    const onSeed = (): void => {
      done++;
      const spentS = (performance.now() - beganMs) / 1000;
      process.stderr.write(
        `${scenario.name}: ${done} of ${settings.seeds.length} seeds, ${spentS.toFixed(0)} s\n`,
      );
    };
    try {
      scores.push(...(await scoreScenario(scenario, settings, onSeed)));
    } catch (error) {
      // What the others have measured is kept.
      process.stderr.write(`${scenario.name} failed: ${(error as Error).stack ?? error}\n`);
      process.exitCode = 1;
    }
  }
  const text = reportText(machine, settings, scores);
  if (settings.json) console.log(JSON.stringify(jsonReport(settings, machine, scores)));
  else console.log(text);
  if (settings.markdown !== undefined) writeFileSync(settings.markdown, text);
  const faults = scores.reduce((sum, score) => sum + score.faults, 0);
  if (faults > 0) {
    process.stderr.write(`${faults} faults of detectors or filters.\n`);
    process.exitCode = 1;
  }
}

/** The parts of runs stay out: sums are what others read. */
function jsonReport(settings: Settings, machine: unknown, scores: readonly ScenarioScore[]): unknown {
  const { seeds, penetrations, channel } = settings;
  const told = scores.map(({ runs: _runs, warningCounts: _counts, ...score }) => score);
  return { machine, seeds, penetrations, channel, targets: targetRows(scores), scores: told };
}

const asked = readSettings(process.argv.slice(2));
if ("text" in asked) {
  (asked.code === 0 ? process.stdout : process.stderr).write(asked.text);
  process.exitCode = asked.code;
} else {
  await main(asked.settings);
}
