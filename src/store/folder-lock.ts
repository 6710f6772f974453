import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "./journal-open.ts";
import { bootId, isRunning, processStart } from "./machine.ts";

interface Holder {
  readonly pid: number;
  readonly start: string;
  readonly bootId: string;
}

/** A folder that one process writes to. The lock of a process that was killed does not count. */
export class FolderLock {
  readonly #path: string;

  /** @throws JournalError where another process has the folder */
  constructor(folder: string) {
    this.#path = join(folder, "lock");
    const own: Holder = { pid: process.pid, start: processStart(process.pid), bootId: bootId() };
    // Twice: a stale lock is removed and the folder asked for again.
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#take(own)) return;
      const holder = this.#holder();
      if (holder !== undefined && isAlive(holder)) {
        throw new JournalError(`${folder} is in use by process ${holder.pid}.`);
      }
      unlinkSync(this.#path);
    }
    throw new JournalError(`${folder} is being opened by another process.`);
  }

  release(): void {
    unlinkSync(this.#path);
  }

  #take(own: Holder): boolean {
    try {
      writeFileSync(this.#path, JSON.stringify(own), { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  #holder(): Holder | undefined {
    try {
      return JSON.parse(readFileSync(this.#path, "utf8")) as Holder;
    } catch {
      return undefined;
    }
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.bootId !== bootId() || !isRunning(holder.pid)) return false;
  return processStart(holder.pid) === holder.start;
}
