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
  SLICE_FIELDS,
  SLOW_VISIT_FIELDS,
  type Slice,
  type SlowVisit,
} from "./cell.ts";
import { STATION_VISIT_FIELDS, type StationVisit } from "./station-visit.ts";

export interface CongestionState {
  /** By station id as a signed integer, which V8 keeps without an allocation. */
  readonly visits: Map<number, StationVisit>;
  /** By cell key. */
  readonly cells: Map<number, Cell>;
  /** By area key. */
  readonly areas: Map<string, Area>;
  /** Number of the last slice of event time that was decided on. */
  closedSlice: number;
}

export function snapshotState(state: CongestionState): SnapshotValue {
  return {
    closedSlice: state.closedSlice,
    visits: [...state.visits.values()].map((visit) => writeRow(STATION_VISIT_FIELDS, visit)),
    cells: [...state.cells.values()].map(writeCell),
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
    visits: new Map(visits.map((visit) => [visit.stationId | 0, visit])),
    cells: new Map(cells.map((cell) => [cell.key, cell])),
    areas: new Map(areas.map((area) => [area.key, area])),
  };
}

function writeCell(cell: Cell): SnapshotValue {
  return [
    writeRow<CellRow>(CELL_FIELDS, cell),
    cell.slices.map((slice) => writeRow(SLICE_FIELDS, slice)),
    [...cell.slow.values()].map((visit) => writeRow(SLOW_VISIT_FIELDS, visit)),
    cell.loop === undefined ? null : writeRow(LOOP_FIELDS, cell.loop),
  ];
}

function readCell(value: SnapshotValue): Cell {
  const [row, slices, slow, loop] = readArray(value);
  const visits = readArray(slow).map((visit) => readRow<SlowVisit>(SLOW_VISIT_FIELDS, visit));
  return {
    ...readRow<CellRow>(CELL_FIELDS, row),
    slices: readArray(slices).map((slice) => readRow<Slice>(SLICE_FIELDS, slice)),
    slow: new Map(visits.map((visit) => [visit.stationId, visit])),
    loop: loop === null ? undefined : readRow<LoopState>(LOOP_FIELDS, loop),
  };
}

function readArea(value: SnapshotValue): Area {
  const [row, cells, toldCells, told] = readArray(value);
  return {
    ...readRow<AreaRow>(AREA_FIELDS, row),
    cells: readKeys(cells),
    toldCells: readKeys(toldCells),
    told: told === null ? undefined : readContent<Detection>(told),
  };
}

function readKeys(value: SnapshotValue | undefined): readonly number[] {
  return readArray(value).map((key) => readNumber(key, "cell key"));
}
