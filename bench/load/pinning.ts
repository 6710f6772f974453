import { spawnSync } from "node:child_process";

/** A command held on one core, where the system can do that and has cores to choose from. */
export function pinned(
  core: number | undefined,
  line: readonly string[],
): { readonly command: string; readonly args: string[] } {
  const whole = core === undefined ? line : ["taskset", "-c", String(core), ...line];
  const [command = "", ...args] = whole;
  return { command, args };
}

export function canPin(): boolean {
  return spawnSync("taskset", ["-c", "0,1", "true"]).status === 0;
}
