import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes what a benchmark found; nothing where no file was asked for. */
export function writeResult(path: string | undefined, text: string): void {
  if (path === undefined) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
