import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { type JournalFiles, realFiles, writeWhole } from "./journal-files.ts";

/** A state of the pipeline, and what it holds. */
export interface SavedState {
  /** Of program, settings and map: with others the same records may give another state. */
  readonly fingerprint: string;
  /** Number of the last block of inputs that it holds. */
  readonly block: number;
  /** Receive time that the state stands at, Unix ms. */
  readonly throughMs: number;
  readonly snapshot: SnapshotValue;
}

interface StateHead extends Omit<SavedState, "snapshot"> {
  readonly format: number;
}

const FORMAT = 1;
const NAME = /^state-(\d{15})\.json$/;
const UNFINISHED = "state.unfinished";

/** Two, so that damage of the newest one does not cost the memory. */
const KEPT = 2;

/**
 * Writes a state beside the others, whole or not at all: the first line says what it is, the others hold one piece each.
 * Older ones than the last two go. Throws what the file system throws.
 */
export function writeState(folder: string, state: SavedState, files: JournalFiles = realFiles): void {
  const { snapshot, ...about } = state;
  const lines = piecesOf(snapshot).map((piece) => Buffer.from(`${JSON.stringify(piece)}\n`));
  const checksum = lines.reduce((sum, line) => crc32(line, sum), 0);
  const head: StateHead & { checksum: number } = { format: FORMAT, ...about, checksum };
  files.makeFolder(folder);
  const unfinished = join(folder, UNFINISHED);
  if (files.list(folder).includes(UNFINISHED)) files.remove(unfinished);
  const file = files.open(unfinished, "create");
  try {
    let at = 0;
    for (const line of [Buffer.from(`${JSON.stringify(head)}\n`), ...lines]) {
      writeWhole(files, file, line, at);
      at += line.length;
    }
    files.syncNow(file);
  } finally {
    files.close(file);
  }
  files.rename(unfinished, join(folder, `state-${String(state.block).padStart(15, "0")}.json`));
  files.syncFolder(folder);
  for (const { path } of listStates(folder, files).slice(KEPT)) files.remove(path);
}

/** Last block of the oldest state that is kept; 0 where there is none: later blocks are needed. */
export function oldestStateBlock(folder: string, files: JournalFiles = realFiles): number {
  return listStates(folder, files).at(-1)?.block ?? 0;
}

/** Why a state was not taken. */
export interface StateProblem {
  readonly path: string;
  readonly message: string;
}

/** The newest whole state with this fingerprint; undefined where there is none. What is passed by is reported. */
export function readNewestState(
  folder: string,
  fingerprint: string,
  onProblem: (problem: StateProblem) => void,
  files: JournalFiles = realFiles,
): SavedState | undefined {
  files.makeFolder(folder);
  for (const { path } of listStates(folder, files)) {
    const state = readState(path, files);
    if (state === undefined) onProblem({ path, message: "it is damaged" });
    else if (state.fingerprint === fingerprint) return state;
    else onProblem({ path, message: "it was made by another program, map or settings" });
  }
  return undefined;
}

/** Newest first. */
function listStates(
  folder: string,
  files: JournalFiles,
): { readonly path: string; readonly block: number }[] {
  return files
    .list(folder)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match === null ? [] : [{ path: join(folder, name), block: Number(match[1]) }];
    })
    .sort((a, b) => b.block - a.block);
}

function readState(path: string, files: JournalFiles): SavedState | undefined {
  const file = files.open(path, "read");
  try {
    const bytes = Buffer.allocUnsafe(files.size(file));
    for (let at = 0; at < bytes.length; ) {
      const read = files.read(file, bytes, at, bytes.length - at, at);
      if (read === 0) return undefined;
      at += read;
    }
    return parseState(bytes);
  } catch {
    return undefined;
  } finally {
    files.close(file);
  }
}

function parseState(bytes: Buffer): SavedState | undefined {
  const headEnd = bytes.indexOf("\n") + 1;
  const { format, checksum, ...about } = JSON.parse(bytes.toString("utf8", 0, headEnd)) as StateHead & {
    checksum: number;
  };
  if (format !== FORMAT || crc32(bytes.subarray(headEnd)) !== checksum) return undefined;
  const pieces: Piece[] = [];
  for (let at = headEnd; at < bytes.length; ) {
    const end = bytes.indexOf("\n", at) + 1;
    pieces.push(JSON.parse(bytes.toString("utf8", at, end)) as Piece);
    at = end;
  }
  return { ...about, snapshot: joined(pieces) };
}

/** A part's name and version, and one member of its state, or all of it where it has no members. */
type Piece = readonly [part: string, version: number, member: string | null, value: SnapshotValue];

type Parts = Record<string, { readonly version: number; readonly state: SnapshotValue }>;

/** A string holds half a gigabyte at most; of a million stations no single detector needs that much. */
function piecesOf(snapshot: SnapshotValue): Piece[] {
  return Object.entries(snapshot as Parts).flatMap(([part, { version, state }]): Piece[] => {
    const hasMembers = state !== null && typeof state === "object" && !Array.isArray(state);
    const members = hasMembers ? Object.entries(state) : [];
    if (members.length === 0) return [[part, version, null, state]];
    return members.map(([member, value]): Piece => [part, version, member, value]);
  });
}

function joined(pieces: readonly Piece[]): SnapshotValue {
  const parts: Parts = {};
  for (const [part, version, member, value] of pieces) {
    if (member === null) parts[part] = { version, state: value };
    else {
      const state = { ...(parts[part]?.state as Record<string, SnapshotValue> | undefined), [member]: value };
      parts[part] = { version, state };
    }
  }
  return parts;
}
