import { readFileSync } from "node:fs";

/** Tells one start of the machine from another; empty where the system does not say. Two equal ones mean: power has not failed. */
export function bootId(): string {
  return firstLine("/proc/sys/kernel/random/boot_id");
}

/** When a process began, in the system's own unit: with its number it names a process for good. Empty where unknown. */
export function processStart(pid: number): string {
  const stat = firstLine(`/proc/${pid}/stat`);
  // proc(5): the command in parentheses may hold anything; `starttime` is field 22, the 20th behind it.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, "utf8").split("\n")[0] ?? "";
  } catch {
    return "";
  }
}
