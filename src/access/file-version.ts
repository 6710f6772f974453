import { statSync } from "node:fs";

/** Equal while a file and who may read it are the same. @throws Error where it cannot be looked at */
export function fileVersion(path: string): string {
  const { mtimeMs, size, ino, mode } = statSync(path);
  return `${mtimeMs} ${size} ${ino} ${mode}`;
}
