import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";

/** What the store asks of a file system; tests put faults in between. All but `sync` block and throw on failure. */
export interface JournalFiles {
  makeFolder(folder: string): void;
  /** Names, in no order. */
  list(folder: string): readonly string[];
  /** @param mode `read`, `write` (must exist) or `create` (must not exist) */
  open(path: string, mode: "read" | "write" | "create"): number;
  size(file: number): number;
  /** Answers how many bytes were written, maybe fewer than asked. */
  write(file: number, bytes: Uint8Array, from: number, length: number, position: number): number;
  /** Answers how many bytes were read, 0 at the end. */
  read(file: number, into: Uint8Array, at: number, length: number, position: number): number;
  truncate(file: number, size: number): void;
  /** Hands the file's data to the disk. */
  syncNow(file: number): void;
  /** The same without waiting. */
  sync(file: number, done: (error: Error | undefined) => void): void;
  /** Makes names in the folder survive a loss of power. */
  syncFolder(folder: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  close(file: number): void;
}

const FLAGS = { read: "r", write: "r+", create: "wx+" } as const;

/** Alert logs tell where people drove: nobody else on the machine needs to read them. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

export const realFiles: JournalFiles = {
  makeFolder: (folder) => void mkdirSync(folder, { recursive: true, mode: FOLDER_MODE }),
  list: (folder) => readdirSync(folder),
  open: (path, mode) => openSync(path, FLAGS[mode], FILE_MODE),
  size: (file) => fstatSync(file).size,
  write: (file, bytes, from, length, position) => writeSync(file, bytes, from, length, position),
  read: (file, into, at, length, position) => readSync(file, into, at, length, position),
  truncate: (file, size) => ftruncateSync(file, size),
  syncNow: (file) => fdatasyncSync(file),
  sync: (file, done) => fdatasync(file, (error) => done(error ?? undefined)),
  syncFolder(folder) {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  close: (file) => closeSync(file),
};

/** Writes all bytes, in as many writes as it takes; throws where one fails. */
export function writeWhole(files: JournalFiles, file: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = files.write(file, bytes, done, bytes.length - done, position + done);
    if (written === 0) throw new Error("the file system took nothing");
    done += written;
  }
}
