import { appendFile, rename, rm, stat } from "node:fs/promises";
import type { AccessRefusal } from "../domain/access.ts";

/** One act worth remembering: refused, or done by somebody with more rights than most. */
export interface AuditEvent {
  readonly outcome: "refused" | "allowed";
  /** What was attempted: a scope, or more closely `GET /metrics`, `subscribe`. */
  readonly act: string;
  readonly reason?: AccessRefusal;
  /** Name of the identity, where it is known. */
  readonly identity?: string;
  readonly via?: string;
  /** Where it came from: of the client, or the file that was changed. */
  readonly address: string;
  /** Status or close code that the client saw. */
  readonly answer?: number;
}

export interface AuditOptions {
  readonly path: string;
  /** Beyond this the file is renamed to `….1`, `….1` to `….2` and so on. */
  readonly maxBytes: number;
  /** Renamed files kept. */
  readonly keep: number;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly onFault: (fault: string | undefined) => void;
}

/** Lines that wait for the disk, 300 bytes each. */
const MAX_WAITING = 10_000;

/** Written at once: 60 kB, so that a burst does not take a file far beyond its bound. */
const MAX_LINES_PER_WRITE = 200;

/** Equal events within this make one line with a count: a scraper or an attacker would fill the disk. */
const WINDOW_MS = 10_000;

/**
 * Kinds of refused events told apart within a window. Beyond it identity, address and what was attempted are left out: paths
 * are of the sender's choice. What was allowed always names who did it: nobody hides it behind a flood of refusals.
 */
const MAX_KINDS = 1_000;
const VARIOUS = "various";

interface Window {
  readonly event: AuditEvent;
  repeated: number;
}

/**
 * Append-only log of refused and privileged acts: one JSON object a line. The first of equal events is written at once,
 * further ones of the next 10 s together. Nothing of it holds credentials.
 */
export class AuditLog {
  readonly #options: AuditOptions;
  readonly #waiting: string[] = [];
  readonly #windows = { refused: new Map<string, Window>(), allowed: new Map<string, Window>() };
  readonly #timer: NodeJS.Timeout;
  #bytes: number | undefined;
  #writing: Promise<void> | undefined;
  #fault: string | undefined;
  /** Lines lost because the disk did not take them. */
  dropped = 0;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#closeWindows(), WINDOW_MS).unref();
  }

  /** Why the last line could not be written; undefined while all is well. */
  get fault(): string | undefined {
    return this.#fault;
  }

  note(event: AuditEvent): void {
    const windows = this.#windows[event.outcome];
    const isFull = windows.size >= MAX_KINDS && !windows.has(keyOf(event));
    if (isFull && event.outcome === "allowed") return this.#write(event, 0);
    const told = isFull ? joined(event) : event;
    const open = windows.get(keyOf(told));
    if (open !== undefined) {
      open.repeated++;
      return;
    }
    windows.set(keyOf(told), { event: told, repeated: 0 });
    this.#write(told, 0);
  }

  /** Writes what waits and ends. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closeWindows();
    while (this.#writing !== undefined) await this.#writing;
  }

  #closeWindows(): void {
    for (const windows of [this.#windows.refused, this.#windows.allowed]) {
      for (const { event, repeated } of windows.values()) if (repeated > 0) this.#write(event, repeated);
      windows.clear();
    }
  }

  #write(event: AuditEvent, repeated: number): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.dropped++;
      return;
    }
    const at = new Date(this.#options.nowMs()).toISOString();
    this.#waiting.push(`${JSON.stringify({ at, ...event, ...(repeated === 0 ? {} : { repeated }) })}\n`);
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, MAX_LINES_PER_WRITE);
      await this.#append(lines.join("")).then(
        () => this.#tell(undefined),
        (error: Error) => {
          this.dropped += lines.length;
          this.#tell(`${this.#options.path}: ${error.message}`);
        },
      );
    }
  }

  async #append(text: string): Promise<void> {
    const { path, maxBytes } = this.#options;
    this.#bytes ??= await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (this.#bytes > 0 && this.#bytes + Buffer.byteLength(text) > maxBytes) await this.#rotate();
    // Readable by the server's user alone: addresses and names of people.
    await appendFile(path, text, { mode: 0o600 });
    this.#bytes += Buffer.byteLength(text);
  }

  async #rotate(): Promise<void> {
    const { path, keep } = this.#options;
    await rm(`${path}.${keep}`, { force: true });
    for (let at = keep - 1; at >= 1; at--)
      await rename(`${path}.${at}`, `${path}.${at + 1}`).catch(() => undefined);
    if (keep > 0) await rename(path, `${path}.1`);
    else await rm(path);
    this.#bytes = 0;
  }

  #tell(fault: string | undefined): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#options.onFault(fault);
  }
}

function keyOf({ outcome, act, reason, identity, address, answer }: AuditEvent): string {
  return [outcome, act, reason, answer, identity, address].join(" ");
}

/** What is said of a refused event that is not told apart from others any more. */
function joined({ identity: _, ...event }: AuditEvent): AuditEvent {
  return { ...event, address: VARIOUS, act: VARIOUS };
}
