import { closeSync, openSync, writeSync } from "node:fs";
import type { Alert } from "../domain/alert.ts";
import { alertLine } from "../domain/alert-json.ts";
import type { AlertDelivery } from "../domain/delivery.ts";
import { alertText } from "./alert-text.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { painter } from "./style.ts";

/** Where a command puts alert transitions. */
export interface AlertSink {
  write(alert: Alert, latency?: AlertDelivery["latency"]): void;
  close(): void;
}

/** One JSON object per line into a file; what was there before is replaced. */
export function alertFile(path: string): AlertSink {
  const file = new BufferedFile(path);
  return { write: (alert) => file.write(`${alertLine(alert)}\n`), close: () => file.close() };
}

/** Lines on stdout: JSON for programs, else for people. */
export function alertPrinter(io: CliIo, json: boolean): AlertSink {
  const paint = painter(io.stdout, io.env);
  return {
    write: (alert, latency) =>
      io.stdout.write(`${json ? alertLine(alert) : alertText({ alert, latency }, paint)}\n`),
    close: () => undefined,
  };
}

/** A replay yields thousands of lines a second: one write each would be slower than the detection. */
const BUFFER_CHARACTERS = 64 * 1024;

/** Synchronous, so that nothing is lost when the process ends and no queue can grow. */
class BufferedFile {
  readonly #descriptor: number;
  #waiting = "";

  constructor(path: string) {
    try {
      this.#descriptor = openSync(path, "w");
    } catch (error) {
      throw new CommandFailure(`The alert file ${path} cannot be written: ${(error as Error).message}.`);
    }
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= BUFFER_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    if (this.#waiting !== "") writeSync(this.#descriptor, this.#waiting);
    this.#waiting = "";
  }
}
