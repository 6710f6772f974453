import type { GeoPoint } from "../../domain/place.ts";
import type { RowFields } from "../../domain/snapshot-row.ts";

/** What area hazards are about; each has its own votes and areas. */
export const PHENOMENA = [
  "slippery-road",
  "reduced-visibility",
  "heavy-precipitation",
  "extreme-weather",
] as const;
export type Phenomenon = (typeof PHENOMENA)[number];

/** What one witness says about one place. Times are receive times. */
export interface Vote {
  readonly voter: number;
  readonly isSensor: boolean;
  /** Since when the witness has said so without a break, wherever it was. */
  firstAtMs: number;
  atMs: number;
  count: number;
  latitudeDeg: number;
  longitudeDeg: number;
  /** Where in this cell it said so first. */
  firstLatitudeDeg: number;
  firstLongitudeDeg: number;
  /** Course, degrees; −1 where none is told. */
  headingDeg: number;
  /** Where it was on a route; −1 without a map or match. */
  routeIndex: number;
  routeM: number;
  /** Where on that route it said so first, in this cell. */
  firstRouteM: number;
  /** How far the witness was believed when it spoke, thousandths: what is known of it fades when it has left. */
  trustPm: number;
  /** How long controls have worked at speed without a break, ms; 0 where that is not asked. */
  lastedMs: number;
  /** How strongly this is a sign, 0 to 1000; sensors count more. */
  strengthPm: number;
  /** The figure behind it (friction, m, sweeps or mm per hour, m/s); −1 where there is none. */
  level: number;
  causeCode: number;
  subCauseCode: number;
  source: string;
  receiver: string;
}

export const VOTE_FIELDS: RowFields<Vote> = {
  voter: "number",
  isSensor: "boolean",
  firstAtMs: "number",
  atMs: "number",
  count: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  firstLatitudeDeg: "number",
  firstLongitudeDeg: "number",
  headingDeg: "number",
  routeIndex: "number",
  routeM: "number",
  firstRouteM: "number",
  trustPm: "number",
  lastedMs: "number",
  strengthPm: "number",
  level: "number",
  causeCode: "number",
  subCauseCode: "number",
  source: "string",
  receiver: "string",
};

/** A vehicle that was there and says that all is well, and its way through the cell. */
export interface Denial {
  readonly voter: number;
  atMs: number;
  latitudeDeg: number;
  longitudeDeg: number;
  readonly firstLatitudeDeg: number;
  readonly firstLongitudeDeg: number;
}

export const DENIAL_FIELDS: RowFields<Denial> = {
  voter: "number",
  atMs: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  firstLatitudeDeg: "number",
  firstLongitudeDeg: "number",
};

/** A square of about 500 m with at least one vote. */
export interface Cell {
  readonly key: number;
  readonly row: number;
  readonly column: number;
  readonly votes: Vote[];
  readonly denials: Denial[];
}

/** Degrees of a cell: 500 m north; 500 m east at 51° (less towards the pole, 800 m at the equator). */
export const ROW_DEG = 0.0045;
export const COLUMN_DEG = 0.0072;

/** More of one place prove nothing further; the oldest gives way. */
export const MAX_VOTES = 24;
export const MAX_DENIALS = 48;

/** Bounds memory: a region of 30 by 30 km under one cloud. */
export const MAX_CELLS = 4_096;

export function rowOf(latitudeDeg: number): number {
  return Math.floor((latitudeDeg + 90) / ROW_DEG);
}

export function columnOf(longitudeDeg: number): number {
  return Math.floor((longitudeDeg + 180) / COLUMN_DEG);
}

/** Rows and columns stay below 65,536, so that the key is a small integer. */
export function cellKey(row: number, column: number): number {
  return (row * 65_536 + column) | 0;
}

export function newCell(row: number, column: number): Cell {
  return { key: cellKey(row, column), row, column, votes: [], denials: [] };
}

/** The vote that had to give way, if any. */
export function addVote(cell: Cell, vote: Vote): Vote | undefined {
  const { votes } = cell;
  const displaced = votes.length >= MAX_VOTES ? votes.splice(oldest(votes), 1)[0] : undefined;
  votes.push(vote);
  return displaced;
}

export function addDenial(
  cell: Cell,
  voter: number,
  { latitudeDeg, longitudeDeg }: GeoPoint,
  atMs: number,
): void {
  for (const denial of cell.denials) {
    if (denial.voter !== voter) continue;
    denial.atMs = atMs;
    denial.latitudeDeg = latitudeDeg;
    denial.longitudeDeg = longitudeDeg;
    return;
  }
  if (cell.denials.length >= MAX_DENIALS) cell.denials.splice(oldest(cell.denials), 1);
  const [firstLatitudeDeg, firstLongitudeDeg] = [latitudeDeg, longitudeDeg];
  cell.denials.push({ voter, atMs, latitudeDeg, longitudeDeg, firstLatitudeDeg, firstLongitudeDeg });
}

/** By time, then by witness, so that the order of arrival within a tick does not matter. */
function oldest(all: readonly { readonly atMs: number; readonly voter: number }[]): number {
  let found = 0;
  for (let i = 1; i < all.length; i++) {
    const [a, b] = [all[found], all[i]];
    if (a === undefined || b === undefined) continue;
    if (b.atMs < a.atMs || (b.atMs === a.atMs && b.voter < a.voter)) found = i;
  }
  return found;
}
