import { closeSync, openSync, writeSync } from "node:fs";
import { formatTuple, type Tuple } from "./tuples.ts";

const FLUSH_CHARACTERS = 1 << 20;

/** Writes tuples to a file, a line each. @throws Error of the file system */
export class TupleWriter {
  readonly #file: number;
  #text = "";
  tuples = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  write(tuple: Tuple): void {
    this.#text += `${formatTuple(tuple)}\n`;
    this.tuples++;
    if (this.#text.length >= FLUSH_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#text);
    this.#text = "";
  }
}
