import { type Stats, statSync } from "node:fs";

/** Equal while a file and who may read it are the same. @throws Error where it cannot be looked at */
export function fileVersion(path: string): string {
  return versionOf(statSync(path));
}

/** The same of several files. One that is missing differs from any that is there; those without a path do not count. */
export function filesVersion(paths: readonly (string | undefined)[]): string {
  return paths
    .map((path) => (path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })))
    .map((found) => (found === undefined ? "" : versionOf(found)))
    .join();
}

const versionOf = ({ mtimeMs, size, ino, mode }: Stats): string => `${mtimeMs} ${size} ${ino} ${mode}`;
