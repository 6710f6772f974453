import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Extent, FILE, type Room } from "./rooms.ts";
import type { Figures } from "./rows.ts";

/** What a room answered: figures, or one clause that tells why there are none. */
export interface Answer {
  readonly figures: Figures;
  readonly failure: string | undefined;
  readonly seconds: number;
}

/** Longest time of a room, by extent. */
const TIMEOUT_MS: Readonly<Record<Extent, number>> = { smoke: 120_000, short: 120_000, full: 3_600_000 };
const MAX_OUTPUT_CHARACTERS = 64 * 1024 * 1024;
const MAX_CLAUSE_CHARACTERS = 160;
const MS_PER_S = 1_000;

/** Scripts of package.json: a room whose script is not there is not measured. */
function scripts(): Readonly<Record<string, string>> {
  const path = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly scripts: Record<string, string> }).scripts;
}

/** Runs one room through its script; never throws. */
export async function callRoom(room: Room, extent: Extent): Promise<Answer> {
  const startMs = performance.now();
  const seconds = (): number => (performance.now() - startMs) / MS_PER_S;
  if (scripts()[room.script] === undefined) {
    return { figures: {}, failure: `there is no script ${room.script}`, seconds: 0 };
  }
  const directory = mkdtempSync(join(tmpdir(), "roadpulse-bench-"));
  try {
    const file = join(directory, "result.json");
    const args = room.args[extent];
    const output = await run(
      ["run", "-s", room.script, "--", ...args.map((arg) => (arg === FILE ? file : arg))],
      extent,
    );
    const text = args.includes(FILE) ? readFileSync(file, "utf8") : output;
    return { figures: room.figures(JSON.parse(text)), failure: undefined, seconds: seconds() };
  } catch (error) {
    const clause = error instanceof Error ? error.message : String(error);
    return { figures: {}, failure: clause.slice(0, MAX_CLAUSE_CHARACTERS), seconds: seconds() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(args: readonly string[], extent: Extent): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    const end = (): void => {
      // The room with everything that it started: they are one group of processes.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    };
    process.once("exit", end);
    let output = "";
    let complaint = "";
    child.stdout.on("data", (data: Buffer) => {
      if (output.length < MAX_OUTPUT_CHARACTERS) output += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      process.stderr.write(data);
      complaint = (complaint + data).slice(-MAX_CLAUSE_CHARACTERS * 4);
    });
    const timer = setTimeout(() => {
      end();
      reject(new Error(`took longer than ${TIMEOUT_MS[extent] / MS_PER_S} s`));
    }, TIMEOUT_MS[extent]);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      process.off("exit", end);
      // A benchmark that missed something ends with 1 and has its figures nonetheless.
      if (code === 0 || code === 1) resolve(output);
      else reject(new Error(`ended with ${code}: ${lastLine(complaint)}`));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
