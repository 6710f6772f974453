import type { Detection } from "../../domain/detection.ts";
import type { RowFields } from "../../domain/snapshot-row.ts";
import type { Cell } from "./cell.ts";
import { sectorsAround } from "./decision.ts";
import { ANY_SECTOR, shiftedKey } from "./grid.ts";

/** Words of RDS-TMC and DATEX II. */
export type Level = "stationary" | "queuing" | "slow";

/** Congested cells that belong together: one congestion, from its first cell to its end. */
export interface Area {
  /** Founding cell and time, for life. */
  readonly key: string;
  readonly foundedAtMs: number;
  /** Keys of cells, ascending. */
  cells: readonly number[];
  level: Level;
  /** Event time since which it is better than its level. */
  betterSinceMs: number | undefined;
  /** What was told last; undefined before the first time. */
  told: Detection | undefined;
  toldLevel: Level;
  toldCells: readonly number[];
  toldAtMs: number;
  /** Event time of the newest data of its cells. */
  newestMs: number;
  /** Receive time of the tick at which its cells last had new data. */
  dataAtMs: number;
}

/** The flat part of an area. */
export type AreaRow = Omit<Area, "cells" | "told" | "toldCells">;

export const AREA_FIELDS: RowFields<AreaRow> = {
  key: "string",
  foundedAtMs: "number",
  level: "string",
  betterSinceMs: "number?",
  toldLevel: "string",
  toldAtMs: "number",
  newestMs: "number",
  dataAtMs: "number",
};

/** An area that is no more: its cells flow again, went unheard too long, or joined an older area. */
export interface EndedArea {
  readonly area: Area;
  readonly into: Area | undefined;
}

/**
 * Groups congested cells anew after some have changed. A group keeps the area that it shares cells with, the oldest
 * one where several meet; an area that breaks apart lives on in its largest part.
 */
export function regroup(
  areas: Map<string, Area>,
  congested: ReadonlyMap<number, Cell>,
  tickMs: number,
): readonly EndedArea[] {
  const groups = groupCells(congested);
  const heirs = assignHeirs(areas, groups);
  const ended: EndedArea[] = [];
  for (const area of [...areas.values()]) {
    const group = heirs.get(area.key);
    const keeper = group === undefined ? undefined : keeperOf(group, areas, heirs);
    if (keeper === area && group !== undefined) area.cells = group;
    else ended.push({ area, into: keeper });
  }
  for (const { area } of ended) areas.delete(area.key);
  const kept = new Set([...areas.values()].map(({ cells }) => cells));
  for (const group of groups) {
    if (!kept.has(group)) found(areas, group, congested, tickMs);
  }
  return ended;
}

function groupCells(congested: ReadonlyMap<number, Cell>): readonly (readonly number[])[] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const key of [...congested.keys()].sort((a, b) => a - b)) {
    if (seen.has(key)) continue;
    seen.add(key);
    const group = [key];
    for (const member of group) {
      const cell = congested.get(member);
      if (cell !== undefined) addNeighbours(cell, congested, seen, group);
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

/** Cells that touch, and the next but one ahead or behind: between two queuing cells one may have had no reporter. */
const REACH = 2;

function addNeighbours(
  cell: Cell,
  congested: ReadonlyMap<number, Cell>,
  seen: Set<number>,
  group: number[],
): void {
  for (const sector of sectorsAround(cell.sector)) {
    for (let north = -REACH; north <= REACH; north++) {
      for (let east = -REACH; east <= REACH; east++) {
        if (!isAdjacent(cell.sector, north, east)) continue;
        const key = shiftedKey(cell, north, east, sector);
        if (!congested.has(key) || seen.has(key)) continue;
        seen.add(key);
        group.push(key);
      }
    }
  }
}

/** Steps north and east of the eight sectors. */
const AXES: readonly (readonly [number, number])[] = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

function isAdjacent(sector: number, north: number, east: number): boolean {
  if (Math.abs(north) <= 1 && Math.abs(east) <= 1) return true;
  if (sector === ANY_SECTOR) return false;
  const [axisNorth, axisEast] = AXES[sector] ?? [0, 0];
  const along = north * axisNorth + east * axisEast;
  // Within 45 degrees of the axis: cos² ≥ ½.
  return 2 * along * along >= (north * north + east * east) * (axisNorth * axisNorth + axisEast * axisEast);
}

/** For each area the group that holds most of its cells. */
function assignHeirs(
  areas: ReadonlyMap<string, Area>,
  groups: readonly (readonly number[])[],
): Map<string, readonly number[]> {
  const groupOf = new Map<number, readonly number[]>();
  for (const group of groups) for (const key of group) groupOf.set(key, group);
  const heirs = new Map<string, readonly number[]>();
  for (const area of areas.values()) {
    const shares = new Map<readonly number[], number>();
    let best: readonly number[] | undefined;
    for (const key of area.cells) {
      const group = groupOf.get(key);
      if (group === undefined) continue;
      const share = (shares.get(group) ?? 0) + 1;
      shares.set(group, share);
      if (best === undefined || share > (shares.get(best) ?? 0)) best = group;
    }
    if (best !== undefined) heirs.set(area.key, best);
  }
  return heirs;
}

/** Of all areas that end in one group, the one that was founded first; told ones go before untold ones. */
function keeperOf(
  group: readonly number[],
  areas: ReadonlyMap<string, Area>,
  heirs: ReadonlyMap<string, readonly number[]>,
): Area | undefined {
  let keeper: Area | undefined;
  for (const area of areas.values()) {
    if (heirs.get(area.key) === group && (keeper === undefined || goesBefore(area, keeper))) keeper = area;
  }
  return keeper;
}

function goesBefore(a: Area, b: Area): boolean {
  if ((a.told === undefined) !== (b.told === undefined)) return a.told !== undefined;
  return a.foundedAtMs !== b.foundedAtMs ? a.foundedAtMs < b.foundedAtMs : a.key < b.key;
}

function found(
  areas: Map<string, Area>,
  group: readonly number[],
  congested: ReadonlyMap<number, Cell>,
  tickMs: number,
): void {
  const founders = group.map((key) => congested.get(key)).filter((cell) => cell !== undefined);
  const sinceMs = (cell: Cell): number => cell.slowSinceMs ?? tickMs;
  const founder = founders.reduce((oldest, cell) => (sinceMs(cell) < sinceMs(oldest) ? cell : oldest));
  const key = freshKey(areas, founder.key, sinceMs(founder));
  areas.set(key, {
    key,
    foundedAtMs: sinceMs(founder),
    cells: group,
    level: "slow",
    betterSinceMs: undefined,
    told: undefined,
    toldLevel: "queuing",
    toldCells: [],
    toldAtMs: 0,
    newestMs: 0,
    dataAtMs: tickMs,
  });
}

/**
 * Named after its founding cell and time. An area that has broken off from another may have that one's founder among its
 * cells: the name stays with the larger part, and the smaller one is numbered.
 */
function freshKey(areas: ReadonlyMap<string, Area>, cell: number, sinceMs: number): string {
  const name = `${cell}@${sinceMs}`;
  let key = name;
  for (let part = 2; areas.has(key); part++) key = `${name}/${part}`;
  return key;
}

/** Cells of the same place count once: a road between two sectors fills both. */
export function distinctPlaces(cells: readonly Cell[]): readonly Cell[] {
  const places = new Map<string, Cell>();
  for (const cell of cells) {
    const place = `${cell.row}:${cell.column}`;
    if (!places.has(place)) places.set(place, cell);
  }
  return [...places.values()];
}
