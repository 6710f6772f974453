import { cosDeg } from "../../geo/trigonometry.ts";
import type { Book } from "./state.ts";
import { type Cell, cellKey, MAX_DENIALS, MAX_VOTES, type Vote } from "./vote.ts";

/** Of the vehicles there that tell of their lights or wipers, those that say so and those that do not. */
export interface Tellers {
  readonly saying: ReadonlySet<number>;
  readonly denying: ReadonlySet<number>;
}

/** Where fewer tell, the neighbouring cells are asked as well: one vehicle is no share. */
const ENOUGH_TELLERS = 6;

/** Vehicles of this long ago count towards a share; weather changes within a few. */
const RECENT_MS = 60_000;

/** Less than this beside the witnesses is the edge of the area: those who enter have not switched on yet, m. */
const EDGE_M = 50;

const LATITUDE_M = 111_195;

/** A box of places, degrees. */
interface Box {
  southDeg: number;
  northDeg: number;
  westDeg: number;
  eastDeg: number;
}

/**
 * Who says and who denies in one cell, over the same time. A vehicle denies only where it drove among the witnesses: who
 * passes clear air before the fog says nothing about it. Who has said so on the way does not deny when it has left.
 */
export function tellersOf(cell: Cell, nowMs: number, counts: (vote: Vote) => boolean): Tellers {
  const sinceMs = sinceWhenMs(cell, nowMs);
  const saying = new Set<number>();
  const witnesses = new Set<number>();
  let box: Box | undefined;
  for (const vote of cell.votes) {
    if (vote.isSensor) continue;
    witnesses.add(vote.voter);
    box = grown(box, vote);
    if (vote.atMs >= sinceMs && counts(vote)) saying.add(vote.voter);
  }
  const denying = new Set<number>();
  for (const denial of cell.denials) {
    if (box === undefined || denial.atMs < sinceMs || witnesses.has(denial.voter)) continue;
    if (overlapM(box, grown(undefined, denial)) >= EDGE_M) denying.add(denial.voter);
  }
  return { saying, denying };
}

/** The last minute, or as far back as it takes to ask enough; never further than both lists reach. */
function sinceWhenMs({ votes, denials }: Cell, nowMs: number): number {
  const recentMs = nowMs - RECENT_MS;
  const isEnough = countSince(votes, recentMs) + countSince(denials, recentMs) >= ENOUGH_TELLERS;
  return Math.max(
    isEnough ? recentMs : enoughSinceMs(votes, denials),
    votes.length < MAX_VOTES ? 0 : oldestMs(votes),
    denials.length < MAX_DENIALS ? 0 : oldestMs(denials),
  );
}

interface Timed {
  readonly atMs: number;
}

function countSince(all: readonly Timed[], sinceMs: number): number {
  let count = 0;
  for (const { atMs } of all) if (atMs >= sinceMs) count++;
  return count;
}

function enoughSinceMs(votes: readonly Timed[], denials: readonly Timed[]): number {
  if (votes.length + denials.length < ENOUGH_TELLERS) return 0;
  const times = [...votes, ...denials].map(({ atMs }) => atMs).sort((a, b) => b - a);
  return times[ENOUGH_TELLERS - 1] ?? 0;
}

function oldestMs(all: readonly Timed[]): number {
  let atMs = Number.POSITIVE_INFINITY;
  for (const one of all) atMs = Math.min(atMs, one.atMs);
  return atMs;
}

interface Way {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly firstLatitudeDeg: number;
  readonly firstLongitudeDeg: number;
}

function grown(box: Box | undefined, way: Way): Box {
  const southDeg = Math.min(way.latitudeDeg, way.firstLatitudeDeg);
  const northDeg = Math.max(way.latitudeDeg, way.firstLatitudeDeg);
  const westDeg = Math.min(way.longitudeDeg, way.firstLongitudeDeg);
  const eastDeg = Math.max(way.longitudeDeg, way.firstLongitudeDeg);
  if (box === undefined) return { southDeg, northDeg, westDeg, eastDeg };
  box.southDeg = Math.min(box.southDeg, southDeg);
  box.northDeg = Math.max(box.northDeg, northDeg);
  box.westDeg = Math.min(box.westDeg, westDeg);
  box.eastDeg = Math.max(box.eastDeg, eastDeg);
  return box;
}

/** The longer side of what two boxes share, m; a road fills its box along one side at least. 0 where they are apart. */
function overlapM(a: Box, b: Box): number {
  const aside = EDGE_M / LATITUDE_M;
  const north = Math.min(a.northDeg, b.northDeg) - Math.max(a.southDeg, b.southDeg);
  const east = Math.min(a.eastDeg, b.eastDeg) - Math.max(a.westDeg, b.westDeg);
  // The other carriageway lies beside the box, not in it.
  if (north < -aside || east < -aside / cosOf(a)) return 0;
  return Math.max(0, north * LATITUDE_M, east * LATITUDE_M * cosOf(a));
}

function cosOf({ southDeg }: Box): number {
  return Math.max(0.01, cosDeg(southDeg));
}

/** Share in percent of one cell and, where few tell there, of those around it; undefined where nobody tells. */
export function shareAround(cell: Cell, book: Book, told: ReadonlyMap<number, Tellers>): number | undefined {
  const own = told.get(cell.key);
  const tell = own === undefined ? 0 : own.saying.size + own.denying.size;
  // Within one cell nobody does both.
  if (own !== undefined && tell >= ENOUGH_TELLERS) return Math.round((100 * own.saying.size) / tell);
  const around: Tellers[] = [];
  for (let row = cell.row - 1; row <= cell.row + 1; row++) {
    for (let column = cell.column - 1; column <= cell.column + 1; column++) {
      const key = cellKey(row, column);
      const tellers = book.cells.has(key) ? told.get(key) : undefined;
      if (tellers !== undefined) around.push(tellers);
    }
  }
  return shareIn(around);
}

export function shareIn(all: readonly Tellers[]): number | undefined {
  const saying = new Set<number>();
  for (const tellers of all) for (const voter of tellers.saying) saying.add(voter);
  const denying = new Set<number>();
  for (const tellers of all) for (const voter of tellers.denying) if (!saying.has(voter)) denying.add(voter);
  const tell = saying.size + denying.size;
  return tell === 0 ? undefined : Math.round((100 * saying.size) / tell);
}
