// Makes fixtures/recordings and fixtures/messages from a build:
//
//   node tools/build.mjs && node tools/make-fixtures.mjs [--trajectories <folder>] [--dist <folder>] [--check]
//
// The recordings with simulated traffic need the folder that fixtures/sumo/regenerate.mjs writes; without it they stay as they
// are. With --check nothing is written: the run fails where a file differs. The same build on the same Node gives the same bytes.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { denmLifeCycle } from "./fixtures/denm-life-cycle.mjs";
import { messages } from "./fixtures/messages.mjs";
import { mixedFaults } from "./fixtures/mixed-faults.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({
  options: {
    trajectories: { type: "string" },
    dist: { type: "string", default: join(root, "dist") },
    check: { type: "boolean", default: false },
  },
});

const built = (path) => import(pathToFileURL(join(options.dist, path)).href);
const codec = await built("wire/ingest-frame.js");
const { Recorder } = await built("recording/recorder.js");
const { importTrajectories } = await built("recording/import/trajectories.js");

const SIMULATED = ["free-flow", "incident-queue", "hard-braking-chain"];
const fixtures = join(root, "fixtures");
const made = mkdtempSync(join(tmpdir(), "roadpulse-fixtures-"));

async function record(name, { clockStartMs, records, provenance }) {
  const recorder = await Recorder.create(join(made, "recordings", `${name}.mcap`), {
    clockStartMs,
    provenance,
  });
  for (const entry of records) recorder.record(entry);
  const summary = await recorder.close();
  console.log(`${name}: ${summary.records} records, ${summary.bytes} bytes`);
}

async function importSimulated(name) {
  const { made: truth } = JSON.parse(readFileSync(join(fixtures, "sumo", name, "truth.json"), "utf8"));
  const out = join(made, "recordings", `${name}.mcap`);
  const provenance = { scene: name, sumo: truth.sumo, csvSha256: truth.csv_sha256 };
  const summary = await importTrajectories(join(options.trajectories, `${name}.csv.gz`), out, { provenance });
  if (summary.problem !== undefined || summary.imported !== truth.rows) {
    throw new Error(`${name}: ${summary.problem ?? `${summary.imported} rows instead of ${truth.rows}`}`);
  }
  console.log(`${name}: ${summary.imported} rows in ${summary.frames} frames, ${summary.bytes} bytes`);
}

function writeMessages() {
  const files = messages();
  for (const [name, content] of files) {
    const path = join(made, "messages", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, messageText(content));
  }
  console.log(`messages: ${files.size} files`);
}

/** Short lists on one line, long ones of equal entries too: the files are read by people. */
function messageText(content) {
  const { frame, ...head } = content;
  const lines = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  if (frame !== undefined) {
    const { items, ...rest } = frame;
    const fields = Object.entries(rest).map(
      ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    fields.push(
      `    "items": [${items.map((item) => `\n      ${JSON.stringify(item)}`).join(",")}${items.length > 0 ? "\n    " : ""}]`,
    );
    lines.push(`  "frame": {\n${fields.join(",\n")}\n  }`);
  }
  return `{\n${lines.join(",\n")}\n}\n`;
}

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

/** Names of files that are missing, left over, or differ. */
function differences(folder, isExpected) {
  const here = new Set(filesIn(join(made, folder)));
  const there = filesIn(join(fixtures, folder)).filter(isExpected);
  const changed = [...here].filter((name) => {
    const path = join(fixtures, folder, name);
    return !existsSync(path) || !readFileSync(path).equals(readFileSync(join(made, folder, name)));
  });
  return [...changed, ...there.filter((name) => !here.has(name))].map((name) => join(folder, name));
}

mkdirSync(join(made, "recordings"), { recursive: true });
await record("denm-life-cycle", denmLifeCycle(codec));
await record("mixed-faults", mixedFaults(codec));
if (options.trajectories !== undefined) for (const name of SIMULATED) await importSimulated(name);
writeMessages();

const isMade = (name) =>
  options.trajectories !== undefined || !SIMULATED.some((scene) => name.startsWith(scene));
const changed = [...differences("recordings", isMade), ...differences("messages", () => true)];
console.log(changed.length === 0 ? "nothing has changed" : `changed:\n${changed.join("\n")}`);
if (!options.check) {
  rmSync(join(fixtures, "messages"), { recursive: true, force: true });
  for (const folder of ["recordings", "messages"])
    cpSync(join(made, folder), join(fixtures, folder), { recursive: true });
}
rmSync(made, { recursive: true });
if (options.check && changed.length > 0) process.exitCode = 1;
