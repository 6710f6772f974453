import type { Detection } from "../../domain/detection.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  readArray,
  readContent,
  readNumber,
  readObject,
  readRow,
  writePlain,
  writeRow,
} from "../../domain/snapshot-row.ts";
import {
  type Cell,
  cellKey,
  DENIAL_FIELDS,
  type Denial,
  PHENOMENA,
  type Phenomenon,
  VOTE_FIELDS,
  type Vote,
} from "./vote.ts";

/** An area hazard that people know of, or knew. */
export interface Area {
  /** Cells at the last decision, sorted. */
  cells: readonly number[];
  /** What was told last. */
  told: Detection;
}

/** Votes and areas of one phenomenon. */
export interface Book {
  readonly cells: Map<number, Cell>;
  /** The present vote of each witness, by its id as a signed integer. */
  readonly voters: Map<number, Vote>;
  /** Oldest first. */
  readonly areas: Map<string, Area>;
}

/** Adhesion of a cell. */
export interface Grip {
  friction: number;
  /** Receive time until which it holds. */
  untilMs: number;
}

export interface ConditionState {
  readonly books: Readonly<Record<Phenomenon, Book>>;
  /** By cell. */
  readonly grips: Map<number, Grip>;
  /** Receive time of the last record, for who asks for adhesion. */
  nowMs: number;
  /** Votes lost because all cells were taken. */
  refused: number;
}

export function emptyState(): ConditionState {
  const book = (): Book => ({ cells: new Map(), voters: new Map(), areas: new Map() });
  return {
    books: {
      "slippery-road": book(),
      "reduced-visibility": book(),
      "heavy-precipitation": book(),
      "extreme-weather": book(),
    },
    grips: new Map(),
    nowMs: 0,
    refused: 0,
  };
}

export function snapshotState(state: ConditionState): SnapshotValue {
  return {
    books: PHENOMENA.map((name) => writeBook(state.books[name])),
    grips: [...state.grips].map(([key, { friction, untilMs }]) => [key, friction, untilMs]),
    nowMs: state.nowMs,
    refused: state.refused,
  };
}

function writeBook({ cells, voters, areas }: Book): SnapshotValue {
  return {
    cells: [...cells.values()].map((cell) => [
      cell.row,
      cell.column,
      cell.votes.map((vote) => [voters.get(vote.voter | 0) === vote ? 1 : 0, writeRow(VOTE_FIELDS, vote)]),
      cell.denials.map((denial) => writeRow(DENIAL_FIELDS, denial)),
    ]),
    areas: [...areas.values()].map(({ cells: keys, told }) => [[...keys], writePlain(told)]),
  };
}

/** @throws Error on what `snapshotState` cannot have made. */
export function restoreState(value: SnapshotValue): ConditionState {
  const parts = readObject(value);
  const state = emptyState();
  const books = readArray(parts["books"]);
  for (const [i, name] of PHENOMENA.entries()) readBook(books[i], state.books[name]);
  for (const row of readArray(parts["grips"])) {
    const [key, friction, untilMs] = readArray(row);
    state.grips.set(readNumber(key, "cell"), {
      friction: readNumber(friction, "friction"),
      untilMs: readNumber(untilMs, "untilMs"),
    });
  }
  state.nowMs = readNumber(parts["nowMs"], "nowMs");
  state.refused = readNumber(parts["refused"], "refused");
  return state;
}

function readBook(value: SnapshotValue | undefined, book: Book): void {
  const { cells, areas } = readObject(value);
  for (const entry of readArray(cells)) readCell(entry, book);
  for (const entry of readArray(areas)) {
    const [keys, told] = readArray(entry);
    const detection = readContent<Detection>(told);
    book.areas.set(detection.key, {
      cells: readArray(keys).map((key) => readNumber(key, "cell")),
      told: detection,
    });
  }
}

function readCell(value: SnapshotValue, book: Book): void {
  const [rowValue, columnValue, votes, denials] = readArray(value);
  const [row, column] = [readNumber(rowValue, "row"), readNumber(columnValue, "column")];
  const cell: Cell = {
    key: cellKey(row, column),
    row,
    column,
    votes: readArray(votes).map((entry) => {
      const [isPresent, fields] = readArray(entry);
      const vote = readRow<Vote>(VOTE_FIELDS, fields);
      if (isPresent === 1) book.voters.set(vote.voter | 0, vote);
      return vote;
    }),
    denials: readArray(denials).map((entry) => readRow<Denial>(DENIAL_FIELDS, entry)),
  };
  book.cells.set(cell.key, cell);
}
