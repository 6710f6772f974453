// The micro-benchmarks: what each stage costs per report, in this process, without sockets.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine, type Machine, machineLine } from "../support/machine.ts";
import { writeResult } from "../support/result-file.ts";
import { figure, markdownTable } from "../support/table.ts";
import { type MicroPart, type MicroResult, measurePart } from "./harness.ts";
import type { HeldFigures, PassedFigures } from "./memory.ts";
import { accessPart } from "./parts/access.ts";
import { alertPart } from "./parts/alert.ts";
import { consolePart } from "./parts/console.ts";
import { decodePart } from "./parts/decode.ts";
import { deliverPart } from "./parts/deliver.ts";
import { detectionPart } from "./parts/detection.ts";
import { indexPart } from "./parts/index.ts";
import { pipelinePart } from "./parts/pipeline.ts";
import { roadPart } from "./parts/road.ts";
import { stagesPart } from "./parts/stages.ts";
import { FULL_SIZE, type MicroSize, SMOKE_SIZE } from "./size.ts";

const HELP = `npm run bench:micro -- [options]
  --smoke            small sizes, under 20 s; fails where a result is no number
  --only <list>      parts: ${"decode, stages, spatial-index, road, alert, deliver, console, detection, whole-pipeline, access, memory"}
  --held <n>         stations of the memory part (200000)
  --passing <n>      station ids that come and go there (2000000)
  --rounds <n>       counted rounds, medians are reported (7)
  --json <file>      write everything as JSON
  --markdown <file>  write the tables
`;

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    only: { type: "string" },
    held: { type: "string" },
    passing: { type: "string" },
    rounds: { type: "string", default: "7" },
    json: { type: "string" },
    markdown: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (size: MicroSize) => MicroPart>> = {
  decode: decodePart,
  stages: stagesPart,
  "spatial-index": indexPart,
  road: roadPart,
  alert: alertPart,
  deliver: deliverPart,
  console: consolePart,
  detection: detectionPart,
  "whole-pipeline": pipelinePart,
  access: accessPart,
};

interface MemoryFigures extends PassedFigures {
  readonly few: HeldFigures;
  readonly many: HeldFigures;
  /** What one more station costs at the same rate of reports. */
  readonly heapBytesPerStation: number;
}

interface MicroReport {
  readonly machine: Machine;
  readonly startedAt: string;
  readonly notes: Readonly<Record<string, string>>;
  readonly results: readonly MicroResult[];
  readonly memory: MemoryFigures | undefined;
}

function measure(): MicroReport {
  const machine = describeMachine();
  const startedAt = new Date().toISOString();
  const size = values.smoke ? SMOKE_SIZE : FULL_SIZE;
  const rounds = values.smoke ? { warmUp: 1, counted: 2 } : { warmUp: 3, counted: Number(values.rounds) };
  const chosen = values.only?.split(",") ?? [...Object.keys(PARTS), "memory"];
  const notes: Record<string, string> = {};
  const results: MicroResult[] = [];
  for (const name of chosen) {
    const part = PARTS[name]?.(size);
    if (part === undefined) continue;
    console.error(part.name);
    if (part.note !== undefined) notes[part.name] = part.note;
    results.push(...measurePart(part, rounds));
  }
  return {
    machine,
    startedAt,
    notes,
    results,
    memory: chosen.includes("memory") ? measureMemory() : undefined,
  };
}

/** Each in a process of its own, so that nothing of other measurements is left in the heap. */
function measureMemory(): MemoryFigures {
  console.error("memory");
  const few = memoryOf("few") as HeldFigures;
  const many = memoryOf("many") as HeldFigures;
  const heapBytesPerStation = (many.heapBytes - few.heapBytes) / (many.stations - few.stations);
  return { few, many, heapBytesPerStation, ...(memoryOf("passing") as PassedFigures) };
}

function memoryOf(what: "few" | "many" | "passing"): unknown {
  const script = fileURLToPath(new URL("./memory.ts", import.meta.url));
  const sizes = Object.entries({ "--held": values.held, "--passing": values.passing });
  const chosen = sizes.flatMap(([option, size]) => (size === undefined ? [] : [option, size]));
  const args = [...process.execArgv, script, what, ...(values.smoke ? ["--smoke"] : []), ...chosen];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

function markdownOf(report: MicroReport): string {
  const parts = [...new Set(report.results.map(({ part }) => part))];
  return [
    "## Stages in one process",
    `${machineLine(report.machine)}. Commit ${report.machine.commit}. Processor time with garbage collection, medians of ` +
      `${report.results[0]?.rounds ?? 0} rounds; ratios to the first line of each table.`,
    ...parts.flatMap((part) => partSection(part, report)),
    ...(report.memory === undefined ? [] : memorySection(report.memory)),
  ].join("\n\n");
}

function partSection(part: string, { results, notes }: MicroReport): string[] {
  const rows = results
    .filter((result) => result.part === part)
    .map(({ name, unit, nsPerOperation, wallNsPerOperation, ratio, spread }) => [
      name,
      unit,
      nsPerOperation,
      1e9 / nsPerOperation,
      ratio,
      wallNsPerOperation,
      spread * 100,
    ]);
  const head = ["what", "per", "CPU ns", "per CPU-second", "ratio", "wall ns", "spread %"];
  return [`### ${part}`, ...(notes[part] === undefined ? [] : [notes[part]]), markdownTable(head, rows)];
}

function memorySection({ few, many, ...memory }: MemoryFigures): string[] {
  const mebibytes = (bytes: number): string => `${figure(bytes / 2 ** 20)} MiB`;
  const held = ({ stations, reportsPerSecond }: HeldFigures): string =>
    `heap and buffers, ${figure(stations)} stations, ${figure(reportsPerSecond)} reports/s`;
  return [
    "### memory",
    markdownTable(
      ["what", "value"],
      [
        [held(few), mebibytes(few.heapBytes)],
        [held(many), mebibytes(many.heapBytes)],
        ["per further station at the same rate", `${figure(memory.heapBytesPerStation)} B`],
        ["heap after a fifth of the passing stations", mebibytes(memory.heapBytesEarly)],
        [`heap after all ${figure(memory.passedStations)} of them`, mebibytes(memory.heapBytesLate)],
        ["stations known then", figure(memory.knownAtEnd)],
      ],
    ),
  ];
}

if (values.help) {
  console.log(HELP);
} else {
  const report = measure();
  const markdown = markdownOf(report);
  console.log(markdown);
  writeResult(values.json, `${JSON.stringify(report, undefined, 1)}\n`);
  writeResult(values.markdown, `${markdown}\n`);
  const figures = [
    ...report.results.map(({ nsPerOperation }) => nsPerOperation),
    ...(report.memory === undefined ? [] : [report.memory.heapBytesPerStation, report.memory.heapBytesLate]),
  ];
  if (figures.length === 0 || !figures.every(Number.isFinite)) {
    console.error("a result is missing or no number");
    process.exitCode = 1;
  }
}
