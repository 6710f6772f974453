// Compiles src/ to dist/, copies generated JavaScript, builds the console's page and marks the command line executable.
// With --if-stale each of the two is left alone when it is newer than all of its inputs. --only server|console makes one.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const ifStale = process.argv.includes("--if-stale");

/** Newest change below a path; the folders that are left out belong to the other part. */
function newestMtimeMs(path, leftOut = []) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((child) => !leftOut.includes(child))
    .reduce((newest, child) => Math.max(newest, newestMtimeMs(child, leftOut)), 0);
}

function build({ stamp, inputs, leftOut = [] }, run) {
  const newestMs = () =>
    Math.max(
      ...inputs.map((input) =>
        newestMtimeMs(
          join(root, input),
          leftOut.map((folder) => join(root, folder)),
        ),
      ),
    );
  const at = join(root, stamp);
  if (ifStale && existsSync(at) && newestMs() <= statSync(at).mtimeMs) return;
  // What changes while the build runs is not in it.
  const begunAt = new Date();
  run();
  writeFileSync(at, "");
  utimesSync(at, begunAt, begunAt);
}

const node = (...args) => execFileSync(process.execPath, args, { stdio: "inherit", cwd: root });

const SERVER = {
  stamp: "dist/.built",
  inputs: ["src", "tsconfig.json", "tsconfig.build.json", "package.json"],
  leftOut: ["src/console"],
};
const CONSOLE = {
  stamp: "dist/.built-console",
  inputs: [
    "src/console",
    "src/domain",
    "src/api/contract",
    "vite.config.ts",
    "src/console/tsconfig.json",
    "package.json",
  ],
};

const only = process.argv[process.argv.indexOf("--only") + 1];
const parts = process.argv.includes("--only") ? [only] : ["server", "console"];

if (parts.includes("server"))
  build(SERVER, () => {
    node("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
    cpSync(join(root, "src/wire/gen"), join(root, "dist/wire/gen"), { recursive: true });
    chmodSync(join(root, "dist/cli/roadpulse.js"), 0o755);
  });
if (parts.includes("console"))
  build(CONSOLE, () => node("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"));
