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
import { STATION_VISIT_FIELDS, type StationVisit } from "./station-visit.ts";

export interface CongestionState {
  /** By station id as a signed integer, which V8 keeps without an allocation. */
  readonly visits: Map<number, StationVisit>;
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

export function snapshotState(state: CongestionState): SnapshotValue {
  const { closing } = state;
  return {
    closedSlice: state.closedSlice,
    closing: closing === undefined ? null : [closing.slice, closing.perTick, ...closing.stationIds],
    visits: [...state.visits.values()].map((visit) => writeRow(STATION_VISIT_FIELDS, visit)),
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
  const visits = readArray(parts["visits"]).map((row) => readRow<StationVisit>(STATION_VISIT_FIELDS, row));
  const cells = readArray(parts["cells"]).map(readCell);
  const areas = readArray(parts["areas"]).map(readArea);
  return {
    closedSlice: readNumber(parts["closedSlice"], "closedSlice"),
    closing: parts["closing"] === null ? undefined : readClosing(parts["closing"]),
    visits: new Map(visits.map((visit) => [visit.stationId | 0, visit])),
    cells: new Map(cells.map((cell) => [cell.key, cell])),
    active: new Set(readNumbers(parts["active"])),
    areas: new Map(areas.map((area) => [area.key, area])),
  };
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
