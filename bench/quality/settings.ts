import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { SCENARIOS } from "./catalog.ts";
import type { Scenario } from "./scenario.ts";
import { hasSumo } from "./sumo/drive.ts";

export interface Settings {
  readonly scenarios: readonly Scenario[];
  readonly seeds: readonly number[];
  readonly penetrations: readonly number[];
  /** A preset of the channel model, or one with changes. */
  readonly channel: string;
  readonly smoke: boolean;
  readonly json: boolean;
  /** File for the tables in Markdown; undefined: none. */
  readonly markdown: string | undefined;
  /** File for the picture of times against the share of equipped vehicles; undefined: none. */
  readonly chart: string | undefined;
  /** Processes that score at the same time; the results are the same with any number. */
  readonly jobs: number;
  /** No run begins after so many minutes, and seeds that are not complete by then are left out; undefined: no limit. */
  readonly minutes: number | undefined;
  /** Folder for tables of vehicles, truths and maps of every run; undefined: none. */
  readonly keep: string | undefined;
}

const DEFAULT_SEEDS = 5;
const SMOKE_SCENARIOS = ["breakdown", "bottleneck", "wrong-way-motorway", "signals-red-queues"];

export const HELP = `npm run bench:quality -- [options]

  --scenario <a,b>      only these; see --list. Those made by SUMO are left out where it is missing
  --seeds <n>           runs of each scenario with traffic of their own (default ${DEFAULT_SEEDS})
  --first-seed <n>      number of the first (default 1)
  --penetration <p,q>   shares of equipped vehicles (default 0.05,0.2)
  --channel <model>     none, typical (default), harsh, or with changes: typical,lossShare=0.1
  --smoke               four short scenarios, one seed: that all of it runs
  --jobs <n>            processes that work side by side (default: one per core); the results do not depend on it
  --minutes <n>         begin no run after so many; told is then what the complete seeds gave
  --json                print everything as one JSON object
  --markdown <file>     write the tables to a file as well, now and then while it runs
  --chart <file.svg>    draw the time to find queues against the share of equipped vehicles, by flow
  --keep <folder>       keep table of vehicles, truth and map of every run
  --list                name the scenarios
`;

export type Asked = { readonly settings: Settings } | { readonly text: string; readonly code: number };

/** Reads the command line; what is wrong with it is one sentence. */
export function readSettings(args: readonly string[]): Asked {
  try {
    return parse(args);
  } catch (error) {
    return { text: `${(error as Error).message}\n`, code: 2 };
  }
}

function parse(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: "string" },
      seeds: { type: "string" },
      "first-seed": { type: "string" },
      penetration: { type: "string" },
      channel: { type: "string", default: "typical" },
      jobs: { type: "string" },
      minutes: { type: "string" },
      smoke: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      markdown: { type: "string" },
      chart: { type: "string" },
      keep: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { text: HELP, code: 0 };
  if (values.list) return { text: list(), code: 0 };
  const first = whole("--first-seed", values["first-seed"], 1);
  const count = whole("--seeds", values.seeds, values.smoke ? 1 : DEFAULT_SEEDS);
  return {
    settings: {
      scenarios: scenariosFrom(values.scenario, values.smoke),
      seeds: Array.from({ length: count }, (_, i) => first + i),
      penetrations: sharesFrom(values.penetration, values.smoke),
      channel: values.channel,
      jobs: whole("--jobs", values.jobs, availableParallelism()),
      minutes: values.minutes === undefined ? undefined : whole("--minutes", values.minutes, 1),
      smoke: values.smoke,
      json: values.json,
      markdown: values.markdown,
      chart: values.chart,
      keep: values.keep,
    },
  };
}

function list(): string {
  return SCENARIOS.map(({ name, engine, title }) => `${name.padEnd(24)} ${engine.padEnd(5)} ${title}\n`).join(
    "",
  );
}

function scenariosFrom(text: string | undefined, smoke: boolean): readonly Scenario[] {
  const names = text?.split(",") ?? (smoke ? SMOKE_SCENARIOS : undefined);
  if (names === undefined) return SCENARIOS.filter(({ engine }) => engine === "idm" || hasSumo());
  return names.map((name) => {
    const found = SCENARIOS.find((scenario) => scenario.name === name);
    if (found === undefined) throw new Error(`There is no scenario ${name}; --list names them.`);
    if (found.engine === "sumo" && !hasSumo()) throw new Error(`${name} needs SUMO (apt-get install sumo).`);
    return found;
  });
}

function sharesFrom(text: string | undefined, smoke: boolean): readonly number[] {
  if (text === undefined) return smoke ? [0.2] : [0.05, 0.2];
  return text.split(",").map((part) => {
    const value = Number(part);
    if (value > 0 && value <= 1) return value;
    throw new Error(`--penetration must be shares above 0 and at most 1, not ${part}.`);
  });
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100_000) return value;
  throw new Error(`${name} must be a whole number from 1 to 100000, not ${text}.`);
}
