// Compiles src/ to dist/, copies generated JavaScript, and marks the command line executable.
// With --if-stale it does nothing when dist/ is newer than every input.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "dist/.built");

function newestMtimeMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMtimeMs(join(path, name))), 0);
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const builtMs = statSync(stamp).mtimeMs;
  const inputs = ["src", "tsconfig.json", "tsconfig.build.json", "package.json"];
  return inputs.every((input) => newestMtimeMs(join(root, input)) <= builtMs);
}

if (process.argv.includes("--if-stale") && isFresh()) process.exit(0);

execFileSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json")],
  {
    stdio: "inherit",
  },
);
cpSync(join(root, "src/wire/gen"), join(root, "dist/wire/gen"), { recursive: true });
chmodSync(join(root, "dist/cli/roadpulse.js"), 0o755);
writeFileSync(stamp, "");
