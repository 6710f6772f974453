import { type JournalFiles, realFiles } from "../../src/store/journal-files.ts";

/** The real file system with faults that a test switches on. */
export class FaultyFiles implements JournalFiles {
  /** Bytes that the disk still takes; a write beyond it is cut short, the next one fails. */
  roomBytes = Number.POSITIVE_INFINITY;
  failSync = false;
  /** Syncs without waiting that have begun and not ended; `finishSyncs` ends them. */
  readonly held: (() => void)[] = [];
  holdSyncs = false;
  syncs = 0;

  makeFolder = realFiles.makeFolder;
  list = realFiles.list;
  open = realFiles.open;
  size = realFiles.size;
  read = realFiles.read;
  truncate = realFiles.truncate;
  syncFolder = realFiles.syncFolder;
  rename = realFiles.rename;
  remove = realFiles.remove;
  close = realFiles.close;

  write(file: number, bytes: Uint8Array, from: number, length: number, position: number): number {
    if (this.roomBytes <= 0)
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const written = realFiles.write(file, bytes, from, Math.min(length, this.roomBytes), position);
    this.roomBytes -= written;
    return written;
  }

  syncNow(file: number): void {
    this.syncs++;
    if (this.failSync) throw new Error("EIO: i/o error, fdatasync");
    realFiles.syncNow(file);
  }

  sync(file: number, done: (error: Error | undefined) => void): void {
    this.syncs++;
    const end = () => done(this.failSync ? new Error("EIO: i/o error, fdatasync") : undefined);
    if (this.holdSyncs) this.held.push(end);
    else realFiles.sync(file, end);
  }

  finishSyncs(): void {
    for (const end of this.held.splice(0)) end();
  }
}
