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
import { StationRows } from "../station-rows.ts";
import { AREA_FIELDS, type Area, type AreaRow } from "./areas.ts";
import {
  CELL_FIELDS,
  type Cell,
  type CellRow,
  LOOP_FIELDS,
  type LoopState,
  liveSlices,
  placeSlices,
  SLOW_VISIT_FIELDS,
  type SlowVisit,
} from "./cell.ts";
import { NameNumbers } from "./name-numbers.ts";
import { VISIT_WORDS } from "./station-visit.ts";

/** Bounds memory: the tracker's own limit is below. */
const MAX_VISITS = 1_000_000;

export interface CongestionState {
  /** Rows of `Visit`. */
  readonly visits: StationRows;
  /** Of sources and receivers. */
  readonly names: NameNumbers;
  /** By cell key. */
  readonly cells: Map<number, Cell>;
  /** Keys of the cells that the next decision must look at. */
  readonly active: Set<number>;
  /** By area key. */
  readonly areas: Map<string, Area>;
  /** Number of the last slice of event time that was closed. */
  closedSlice: number;
  /** Where closing it has got to; undefined where it has been decided on. */
  closing: Closing | undefined;
}

/** The end of a slice, spread over ticks. */
export interface Closing {
  readonly slice: number;
  /** As in `visits`; those that have not yet handed in, the next one last. */
  readonly stationIds: number[];
  readonly perTick: number;
}

export function emptyState(): CongestionState {
  return {
    visits: new StationRows(VISIT_WORDS, MAX_VISITS),
    names: new NameNumbers(),
    cells: new Map(),
    active: new Set(),
    areas: new Map(),
    closedSlice: 0,
    closing: undefined,
  };
}

export function snapshotState(state: CongestionState): SnapshotValue {
  const { closing } = state;
  return {
    closedSlice: state.closedSlice,
    closing: closing === undefined ? null : [closing.slice, closing.perTick, ...closing.stationIds],
    visits: state.visits.snapshot(),
    names: state.names.snapshot(),
    cells: Array.from(state.cells.values(), (cell) => writeCell(cell, state.closedSlice)),
    active: [...state.active],
    areas: [...state.areas.values()].map((area) => [
      writeRow<AreaRow>(AREA_FIELDS, area),
      [...area.cells],
      [...area.toldCells],
      area.told === undefined ? null : writePlain(area.told),
    ]),
  };
}

export function restoreState(value: SnapshotValue): CongestionState {
  const parts = readObject(value);
  const state = emptyState();
  state.closedSlice = readNumber(parts["closedSlice"], "closedSlice");
  state.closing = parts["closing"] === null ? undefined : readClosing(parts["closing"]);
  state.visits.restore(parts["visits"]);
  state.names.restore(parts["names"]);
  for (const cell of readArray(parts["cells"]).map(readCell)) state.cells.set(cell.key, cell);
  for (const key of readNumbers(parts["active"])) state.active.add(key);
  for (const area of readArray(parts["areas"]).map(readArea)) state.areas.set(area.key, area);
  return state;
}

function readClosing(value: SnapshotValue | undefined): Closing {
  const [slice, perTick, ...stationIds] = readNumbers(value);
  return { slice: readNumber(slice, "slice"), perTick: readNumber(perTick, "perTick"), stationIds };
}

function writeCell(cell: Cell, closedSlice: number): SnapshotValue {
  const { slow, loop } = cell;
  return [
    writeRow<CellRow>(CELL_FIELDS, cell),
    liveSlices(cell, closedSlice) ?? null,
    slow === undefined ? null : [...slow.values()].map((visit) => writeRow(SLOW_VISIT_FIELDS, visit)),
    loop === undefined ? null : writeRow(LOOP_FIELDS, loop),
  ];
}

function readCell(value: SnapshotValue): Cell {
  const [row, slices, slow, loop] = readArray(value);
  return {
    ...readRow<CellRow>(CELL_FIELDS, row),
    slices: slices === null ? undefined : placeSlices(readNumbers(slices)),
    slow: slow === null ? undefined : readSlow(slow),
    loop: loop === null ? undefined : readRow<LoopState>(LOOP_FIELDS, loop),
  };
}

function readSlow(value: SnapshotValue | undefined): Map<number, SlowVisit> {
  const visits = readArray(value).map((visit) => readRow<SlowVisit>(SLOW_VISIT_FIELDS, visit));
  return new Map(visits.map((visit) => [visit.stationId, visit]));
}

function readArea(value: SnapshotValue): Area {
  const [row, cells, toldCells, told] = readArray(value);
  return {
    ...readRow<AreaRow>(AREA_FIELDS, row),
    cells: readNumbers(cells),
    toldCells: readNumbers(toldCells),
    told: told === null ? undefined : readContent<Detection>(told),
  };
}

function readNumbers(value: SnapshotValue | undefined): readonly number[] {
  return readArray(value).map((entry) => readNumber(entry, "number"));
}
