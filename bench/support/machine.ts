import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

/** What a measurement depends on besides the code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly kernel: string;
  readonly node: string;
  /** Commit of the checkout; `+` where files differ from it. */
  readonly commit: string;
  /** Work of others on the machine when the measurement began: load average of the last minute. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpuModel(),
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    commit: commit(),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function cpuModel(): string {
  try {
    const line = /^model name\s*:\s*(.+)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
    if (line?.[1] !== undefined) return line[1];
  } catch {
    // Not Linux: Node's own name for the processor has to do.
  }
  return cpus()[0]?.model ?? "unknown";
}

function commit(): string {
  try {
    const head = git("rev-parse", "--short", "HEAD");
    return git("status", "--porcelain", "--", "src") === "" ? head : `${head}+`;
  } catch {
    return "unknown";
  }
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

/** One line for the head of a report. */
export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGib, kernel, node, loadAverage } = machine;
  return `${cores} × ${cpu}, ${memoryGib} GiB, Linux ${kernel}, Node ${node}, load average ${loadAverage} at start`;
}
