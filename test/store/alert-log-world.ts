import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DurableAlertLog, type DurableAlertLogOptions } from "../../src/store/durable-alert-log.ts";
import { START_MS } from "../deliver/world.ts";
import { temporaryFolder } from "./folders.ts";

/** Opens a log with settings that make small things happen soon. */
export function openLog(folder: string, overrides: Partial<DurableAlertLogOptions> = {}): DurableAlertLog {
  return DurableAlertLog.open({
    folder,
    sync: "interval",
    syncIntervalMs: 5,
    ringTransitions: 16,
    maxBytes: 1024 * 1024 * 1024,
    maxAgeMs: 365 * 86_400_000,
    segmentBytes: 4_096,
    nowMs: () => START_MS,
    bootId: "boot-1",
    ...overrides,
  });
}

/** The folder as the operating system has it while the log is in use: what a process finds after the other was killed. */
export function copyAfterKill(folder: string): string {
  const copy = join(temporaryFolder(), "store");
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, "lock"));
  return copy;
}
