import type { DetectionContext } from "../../domain/detector.ts";
import { forgetVote } from "./ballot.ts";
import type { Book } from "./state.ts";
import { type Cell, cellKey, type Phenomenon, type Vote } from "./vote.ts";
import type { ConditionParameters } from "./witness.ts";

/** Cells whose witnesses speak of one thing, and what they say together. */
export interface Tally {
  readonly phenomenon: Phenomenon;
  /** Sorted. */
  readonly cells: readonly Cell[];
  /** Those that count, by witness and time. */
  readonly votes: readonly Vote[];
  /** Sum of trust × strength × age over road users, thousandths. */
  readonly trustPm: number;
  readonly roadUsers: number;
  readonly hasSensor: boolean;
  /** Of the vehicles there that tell, how many say so; undefined where that is not asked. */
  readonly sharePct: number | undefined;
}

/** Vehicles count towards a share for this long after they were there. */
const SHARE_MS = 60_000;

/** Witnesses this many cells apart speak of one thing: gaps of up to 1 km are filled by the next vehicle. */
const JOINED_CELLS = 2;

/** A sensor counts one and a half times as much once it has said so for long. */
const LASTING_SENSOR = 1.5;
const LASTING_READINGS = 3;

/** Forgets what is too old, and groups what is left. */
export function tallies(
  phenomenon: Phenomenon,
  book: Book,
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): Tally[] {
  for (const cell of book.cells.values()) tidy(cell, phenomenon, book, nowMs, parameters);
  return clusters(book).map((cells) => tallyOf(phenomenon, cells, nowMs, context, parameters));
}

function tidy(
  cell: Cell,
  phenomenon: Phenomenon,
  book: Book,
  nowMs: number,
  parameters: ConditionParameters,
): void {
  for (let i = cell.votes.length - 1; i >= 0; i--) {
    const vote = cell.votes[i];
    if (vote === undefined || nowMs - vote.atMs <= memoryMs(vote, phenomenon, parameters)) continue;
    cell.votes.splice(i, 1);
    forgetVote(book, vote);
  }
  for (let i = cell.denials.length - 1; i >= 0; i--) {
    const denial = cell.denials[i];
    if (denial !== undefined && nowMs - denial.atMs > SHARE_MS) cell.denials.splice(i, 1);
  }
  if (cell.votes.length === 0) book.cells.delete(cell.key);
}

export function memoryMs(vote: Vote, phenomenon: Phenomenon, parameters: ConditionParameters): number {
  if (vote.isSensor) return parameters.sensorMemoryMs;
  return phenomenon === "slippery-road" ? parameters.gripMemoryMs : parameters.weatherMemoryMs;
}

/** Connected cells, in the order of their lowest key. */
function clusters(book: Book): Cell[][] {
  const seen = new Set<number>();
  const found: Cell[][] = [];
  const ordered = [...book.cells.values()].sort((a, b) => a.key - b.key);
  for (const first of ordered) {
    if (seen.has(first.key)) continue;
    seen.add(first.key);
    const cluster = [first];
    for (const cell of cluster) addNeighbours(cell, book, seen, cluster);
    found.push(cluster.sort((a, b) => a.key - b.key));
  }
  return found;
}

function addNeighbours(cell: Cell, book: Book, seen: Set<number>, cluster: Cell[]): void {
  for (let row = cell.row - JOINED_CELLS; row <= cell.row + JOINED_CELLS; row++) {
    for (let column = cell.column - JOINED_CELLS; column <= cell.column + JOINED_CELLS; column++) {
      const key = cellKey(row, column);
      const other = book.cells.get(key);
      if (other === undefined || seen.has(key)) continue;
      seen.add(key);
      cluster.push(other);
    }
  }
}

function tallyOf(
  phenomenon: Phenomenon,
  cells: readonly Cell[],
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): Tally {
  const votes = cells
    .flatMap((cell) => cell.votes)
    .filter((vote) => counts(vote, phenomenon, parameters))
    .sort((a, b) => a.voter - b.voter || a.atMs - b.atMs);
  const sharePct = shareOf(phenomenon, cells, votes, nowMs);
  const most = leastShare(phenomenon, parameters);
  const believed = sharePct === undefined || sharePct >= most ? votes : votes.filter((one) => one.isSensor);
  const users = byRoadUser(believed, phenomenon, nowMs, context, parameters);
  let trustPm = 0;
  for (const weightPm of users.values()) trustPm += weightPm;
  return {
    phenomenon,
    cells,
    votes: believed,
    trustPm,
    roadUsers: users.size,
    hasSensor: believed.some(({ isSensor }) => isSensor),
    sharePct,
  };
}

/** Lights and wipers must have been on for a while. */
function counts(vote: Vote, phenomenon: Phenomenon, parameters: ConditionParameters): boolean {
  if (vote.strengthPm === 0) return false;
  if (vote.isSensor || phenomenon === "slippery-road" || phenomenon === "extreme-weather") return true;
  if (vote.level < 0 && phenomenon === "heavy-precipitation") return true;
  const neededMs = phenomenon === "reduced-visibility" ? parameters.fogLightsMs : parameters.wipersMs;
  return vote.atMs - vote.firstAtMs >= neededMs;
}

function leastShare(phenomenon: Phenomenon, parameters: ConditionParameters): number {
  return phenomenon === "reduced-visibility" ? parameters.fogSharePct : parameters.wiperSharePct;
}

function shareOf(
  phenomenon: Phenomenon,
  cells: readonly Cell[],
  votes: readonly Vote[],
  nowMs: number,
): number | undefined {
  if (phenomenon !== "reduced-visibility" && phenomenon !== "heavy-precipitation") return undefined;
  const saying = new Set<number>();
  for (const { isSensor, atMs, voter } of votes) if (!isSensor && nowMs - atMs <= SHARE_MS) saying.add(voter);
  const denying = new Set<number>();
  for (const { denials } of cells) {
    for (const { voter } of denials) if (!saying.has(voter)) denying.add(voter);
  }
  const told = saying.size + denying.size;
  return told === 0 ? undefined : Math.round((100 * saying.size) / told);
}

/** The strongest word of each road user: a vehicle under two pseudonyms is one witness. */
function byRoadUser(
  votes: readonly Vote[],
  phenomenon: Phenomenon,
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): Map<number, number> {
  const users = new Map<number, number>();
  for (const vote of votes) {
    const user = context.identity.roadUserOf(vote.voter);
    const weightPm = weightOf(vote, phenomenon, nowMs, context, parameters);
    users.set(user, Math.max(users.get(user) ?? 0, weightPm));
  }
  return users;
}

function weightOf(
  vote: Vote,
  phenomenon: Phenomenon,
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): number {
  const trustPm = Math.round(context.trust.trustOf(vote.voter) * 1_000);
  const memory = memoryMs(vote, phenomenon, parameters);
  const leftPm = Math.min(1_000, Math.round((2_000 * (memory - (nowMs - vote.atMs))) / memory));
  const lasts =
    vote.isSensor &&
    vote.count >= LASTING_READINGS &&
    vote.atMs - vote.firstAtMs >= parameters.sensorConfirmsMs;
  const strengthPm = lasts ? vote.strengthPm * LASTING_SENSOR : vote.strengthPm;
  return Math.round((trustPm * strengthPm * Math.max(0, leftPm)) / 1_000_000);
}
