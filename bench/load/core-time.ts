import { readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second on every machine in use (USER_HZ). */
const TICKS_PER_S = 100;

/** Time that a core has been busy since the machine's start, s; undefined where the system does not tell. */
export function coreBusySeconds(core: number): number | undefined {
  try {
    const line = new RegExp(`^cpu${core} (.+)$`, "m").exec(readFileSync("/proc/stat", "utf8"))?.[1];
    if (line === undefined) return undefined;
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(" ").map(Number);
    return (user + nice + system + irq + softirq + steal) / TICKS_PER_S;
  } catch {
    return undefined;
  }
}
