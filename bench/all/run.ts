// Every benchmark in one go: the targets beside what this machine reached. `npm run bench`, `npm run bench:full`.
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { describeMachine, type Machine, machineLine } from "../support/machine.ts";
import { medians } from "../support/statistics.ts";
import { markdownTable } from "../support/table.ts";
import { type Answer, callRoom } from "./call.ts";
import { type Extent, ROOMS, type Room } from "./rooms.ts";
import { type AnsweredRow, answer, type Figures, ROWS } from "./rows.ts";

const HELP = `npm run bench -- [options]       targets beside results, in 4 to 6 minutes
npm run bench:full -- [options]  the same with full sizes and medians of 5 runs, some 2 hours; writes bench/results
  --only <list>      rooms: ${ROOMS.map(({ name }) => name).join(", ")}
  --runs <n>         runs of every room, medians are reported (1; 5 with --full)
  --full             full sizes
  --smoke            that every room answers; its figures mean nothing
  --json             print JSON
  --output <file>    where --full writes (bench/results/<date>-<machine>.md)
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    runs: { type: "string" },
    full: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    output: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const FULL_RUNS = 5;

interface RoomReport {
  readonly room: string;
  readonly figures: Figures;
  readonly runs: number;
  readonly seconds: number;
  /** Why runs gave nothing. */
  readonly failures: readonly string[];
}

interface Report {
  readonly machine: Machine;
  readonly startedAt: string;
  readonly extent: Extent;
  readonly seconds: number;
  readonly rows: readonly AnsweredRow[];
  readonly rooms: readonly RoomReport[];
}

async function measureRoom(room: Room, extent: Extent, runs: number): Promise<RoomReport> {
  const answers: Answer[] = [];
  for (let run = 0; run < runs; run++) {
    console.error(`${room.name}${runs === 1 ? "" : `, run ${run + 1} of ${runs}`}`);
    answers.push(await callRoom(room, extent));
  }
  return {
    room: room.name,
    figures: medians(answers.filter(({ failure }) => failure === undefined).map(({ figures }) => figures)),
    runs: answers.length,
    seconds: answers.reduce((sum, { seconds }) => sum + seconds, 0),
    failures: answers.flatMap(({ failure }) => failure ?? []),
  };
}

async function measure(): Promise<Report> {
  const extent: Extent = values.smoke ? "smoke" : values.full ? "full" : "short";
  const machine = describeMachine();
  const startedAt = new Date().toISOString();
  const startMs = performance.now();
  const wanted = values.only?.split(",").map((name) => name.trim());
  const rooms: RoomReport[] = [];
  const runs = Number(values.runs ?? (values.full ? FULL_RUNS : 1));
  for (const room of ROOMS) {
    if (wanted === undefined || wanted.includes(room.name)) rooms.push(await measureRoom(room, extent, runs));
  }
  const figures: Figures = Object.assign({}, ...rooms.map((report) => report.figures));
  const why = (figure: string): string => whyMissing(figure, rooms);
  return {
    machine,
    startedAt,
    extent,
    seconds: (performance.now() - startMs) / 1_000,
    rows: ROWS.map((row) => answer(row, figures, why, extent !== "full")),
    rooms,
  };
}

function whyMissing(figure: string, reports: readonly RoomReport[]): string {
  const room = ROOMS.find(({ measures }) => measures.some((beginning) => figure.startsWith(beginning)));
  const report = reports.find((one) => one.room === room?.name);
  if (report === undefined) return `${room?.name ?? "its benchmark"} was left out`;
  return report.failures[0] === undefined
    ? `${report.room} told no ${figure}`
    : `${report.room}: ${report.failures[0]}`;
}

function markdownOf({ machine, extent, rows, rooms, seconds }: Report): string {
  const verdict = ({ isMet }: AnsweredRow): string => (isMet === undefined ? "–" : isMet ? "yes" : "**no**");
  const table = markdownTable(
    ["what", "target", "result", "met", "note"],
    rows.map((row) => [row.what, row.target, row.result, verdict(row), row.note]),
  );
  const runs = Math.max(...rooms.map((room) => room.runs));
  const failures = rooms.flatMap(({ room, failures: whys }) => whys.map((why) => `${room}: ${why}`));
  return [
    `## Targets and results${extent === "short" ? ", short version" : ""}`,
    `${machineLine(machine)}. Commit ${machine.commit}. ${runs === 1 ? "One run" : `Medians of ${runs} runs`}, ` +
      `${Math.round(seconds)} s.${extent === "smoke" ? " A smoke run: the figures mean nothing." : ""}`,
    table,
    ...(failures.length === 0 ? [] : [`Runs without a result: ${failures.join("; ")}.`]),
  ].join("\n\n");
}

/** Where the full version is kept: one file per day and machine. */
function outputOf({ startedAt }: Report): URL {
  const name = `${startedAt.slice(0, 10)}-${hostname().replace(/[^\w-]/g, "-")}.md`;
  return new URL(`../results/${name}`, import.meta.url);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) {
  console.log(HELP);
} else {
  const report = await measure();
  const markdown = markdownOf(report);
  console.log(values.json ? JSON.stringify(report, undefined, 1) : markdown);
  if (values.full) writeFileSync(values.output ?? outputOf(report), `${markdown}\n`);
  // A target that is missed is a result; a room that does not answer is a fault.
  if (report.rooms.every(({ figures }) => Object.keys(figures).length === 0)) process.exitCode = 1;
}
