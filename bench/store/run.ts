// What the alert log costs per transition, how fast it is read again, and what LMDB alone would cost.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { open } from "lmdb";
import type { Alert } from "../../src/domain/alert.ts";
import { transitionsAfter } from "../../src/domain/alert-log.ts";
import { AlertIndex } from "../../src/store/alert-index.ts";
import { DurableAlertLog } from "../../src/store/durable-alert-log.ts";
import type { SyncPolicy } from "../../src/store/sync-schedule.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { writeResult } from "../support/result-file.ts";

const HELP = `npm run bench:store -- [options]
  --transitions <n>   per row (20000)
  --folder <folder>   on the disk to be measured (the system's temporary folder)
  --out <file.md>     write the table
`;

const { values } = parseArgs({
  options: {
    transitions: { type: "string", default: "20000" },
    folder: { type: "string", default: tmpdir() },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const TRANSITIONS = Number(values.transitions);
const START_MS = 1_790_000_000_000;
const US_PER_MS = 1_000;

/** A stationary vehicle as operators are told of it, about 550 B. */
function transition(index: number, state: Alert["state"]): Alert {
  const place = { latitudeDeg: 51.3 + (index % 3_000) / 1e4, longitudeDeg: 6.6 + (index % 2_000) / 1e4 };
  return {
    alertId: `s${index.toString(36).padStart(12, "0")}`,
    revision: state === "new" ? 1 : 2,
    state,
    tier: "confirmed",
    kind: "stationary-vehicle",
    causeCode: 94,
    subCauseCode: 0,
    severity: 4,
    confidencePct: 80,
    beganAtMs: START_MS,
    detectedAtMs: START_MS + index,
    referencedAtMs: START_MS,
    validUntilMs: START_MS + 60_000,
    position: place,
    headingDeg: 90,
    outline: { form: "line", points: [place, { ...place, longitudeDeg: place.longitudeDeg + 0.001 }] },
    road: {
      ref: "A40",
      direction: "Venlo",
      fromKm: 12.3,
      toKm: 12.4,
      text: "A40 towards Venlo, between Kaiserberg and Duisburg",
    },
    evidence: { stations: 1, observations: 12, receivers: 2, sources: ["rsu-1", "rsu-2"], marks: [] },
    why: {
      rule: "stationary-vehicle/standstill",
      text: "A vehicle has stood in a live lane for 5.2 s while others passed it.",
      measures: [
        { name: "stoodS", observed: 5.2, threshold: 5 },
        { name: "passers", observed: 3, threshold: 2 },
      ],
    },
  };
}

const told = (index: number): Alert => transition(Math.floor(index / 2), index % 2 === 0 ? "new" : "ended");

function openLog(folder: string, sync: SyncPolicy): DurableAlertLog {
  return DurableAlertLog.open({
    folder,
    sync,
    syncIntervalMs: 5,
    ringTransitions: 10_000,
    maxBytes: 2 ** 40,
    maxAgeMs: 1e12,
    nowMs: Date.now,
  });
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Row {
  readonly what: string;
  readonly meanUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly note: string;
}

function rowOf(what: string, times: number[], perCall: number, note: string): Row {
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { what, meanUs: mean / perCall, p50Us: at(0.5) / perCall, p99Us: at(0.99) / perCall, note };
}

/** Calls `work` many times, a turn of the event loop apart now and then, and measures each call. */
async function measure(calls: number, work: (call: number) => void): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < calls; call++) {
    const begin = performance.now();
    work(call);
    times.push((performance.now() - begin) * US_PER_MS);
    if (call % 16 === 15) await turn();
  }
  return times;
}

async function appendRow(root: string, sync: SyncPolicy, batch: number, transitions: number): Promise<Row> {
  const log = openLog(join(root, `${sync}-${batch}`), sync);
  const all = Array.from({ length: transitions }, (_, index) => told(index));
  const times = await measure(transitions / batch, (call) => {
    log.append(all.slice(call * batch, (call + 1) * batch));
  });
  const note = `${Math.round(log.journal.bytes / transitions)} B each, ${log.journal.stats.syncs} syncs`;
  log.close();
  return rowOf(`append, ${batch} at once, sync ${sync}`, times, batch, note);
}

/** The same records as values of an LMDB database, committed before the call returns. */
async function lmdbRow(root: string, noSync: boolean, transitions: number): Promise<Row> {
  const database = open<Buffer, number>({
    path: join(root, `lmdb-${noSync}`),
    noSync,
    encoding: "binary",
    keyEncoding: "uint32",
  });
  const value = Buffer.alloc(560, 7);
  const times = await measure(transitions, (call) => {
    database.transactionSync(() => database.putSync(call, value));
  });
  await database.close();
  return rowOf(
    `LMDB alone, 1 per commit, ${noSync ? "no sync" : "default"}`,
    times,
    1,
    "without encoding the alert",
  );
}

async function readRows(root: string): Promise<Row[]> {
  const folder = join(root, "none-64");
  const begin = performance.now();
  const log = openLog(folder, "none");
  const openMs = performance.now() - begin;
  const count = log.newest;
  const rows: Row[] = [];
  const once = (what: string, us: number, note: string) =>
    rows.push({ what, meanUs: us, p50Us: us, p99Us: us, note });
  once(
    "open, per transition in the last two segments",
    (openMs * US_PER_MS) / count,
    `${openMs.toFixed(0)} ms in all`,
  );
  let bytes = 0;
  let from = performance.now();
  for (let sequence = 1; sequence <= count; sequence++) bytes += log.at(sequence)?.bytes?.length ?? 0;
  once(
    "read again for a subscriber without a filter",
    ((performance.now() - from) * US_PER_MS) / count,
    `${bytes} B`,
  );
  from = performance.now();
  let severe = 0;
  for (const { alert } of transitionsAfter(log, 0)) if (alert.severity >= 4) severe++;
  once("read again and decoded", ((performance.now() - from) * US_PER_MS) / count, `${severe} of ${count}`);
  const index = new AlertIndex(folder, log);
  const slices: number[] = [];
  for (let more = true; more; ) {
    const start = performance.now();
    more = index.follow();
    slices.push((performance.now() - start) * US_PER_MS);
  }
  rows.push(
    rowOf(
      "index, 16 at once",
      slices,
      16,
      `slice p99 ${(rowOf("", slices, 1, "").p99Us / US_PER_MS).toFixed(1)} ms`,
    ),
  );
  await index.close();
  log.close();
  return rows;
}

function markdown(rows: readonly Row[]): string {
  const { line } = { line: machineLine(describeMachine()) };
  const figure = (us: number) => (us >= 100 ? us.toFixed(0) : us.toFixed(1));
  const body = rows.map(
    ({ what, meanUs, p50Us, p99Us, note }) =>
      `| ${what} | ${figure(meanUs)} | ${figure(p50Us)} | ${figure(p99Us)} | ${note} |`,
  );
  return [
    `# The alert log: cost per transition, ${new Date().toISOString().slice(0, 10)}`,
    "",
    line,
    "",
    "| what | mean, µs | p50, µs | p99, µs | note |",
    "| --- | ---: | ---: | ---: | --- |",
    ...body,
    "",
  ].join("\n");
}

const root = mkdtempSync(join(values.folder, "roadpulse-bench-store-"));
try {
  // Compiled code only.
  await appendRow(join(root, "warm-up"), "none", 1, Math.min(TRANSITIONS, 4_000));
  const rows = [
    await appendRow(root, "none", 1, TRANSITIONS),
    await appendRow(root, "interval", 1, TRANSITIONS),
    await appendRow(root, "interval", 64, TRANSITIONS),
    await appendRow(root, "every", 1, Math.ceil(TRANSITIONS / 10)),
    await lmdbRow(root, true, TRANSITIONS),
    await lmdbRow(root, false, Math.ceil(TRANSITIONS / 10)),
    await appendRow(root, "none", 64, TRANSITIONS),
    ...(await readRows(root)),
  ];
  const text = markdown(rows);
  console.log(text);
  writeResult(values.out, text);
} finally {
  rmSync(root, { recursive: true, force: true });
}
