import type { DetectionContext } from "../../domain/detector.ts";
import { forgetVote } from "./ballot.ts";
import { shareAround, shareIn, type Tellers, tellersOf } from "./share.ts";
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
  /** One of the witnesses proves it by itself. */
  readonly isStrongAlone: boolean;
  /** Of the vehicles there that tell, how many say so; undefined where that is not asked. */
  readonly sharePct: number | undefined;
}

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
  const poll = pollOf(phenomenon, book, nowMs, parameters);
  return clusters(book, poll).map((cells) =>
    tallyOf(phenomenon, book, cells, poll, nowMs, context, parameters),
  );
}

/** What those who tell of their lights or wipers say, cell by cell. */
interface Poll {
  readonly tellers: ReadonlyMap<number, Tellers>;
  /** Cells where too few say so. Fixed sensors count there all the same. */
  readonly outvoted: ReadonlySet<number>;
}

/** A known area needs half the share to stay: a handful of vehicles is a rough sample. */
const STAYS_SHARE = 0.5;

function pollOf(phenomenon: Phenomenon, book: Book, nowMs: number, parameters: ConditionParameters): Poll {
  const tellers = new Map<number, Tellers>();
  const outvoted = new Set<number>();
  const leastPct = leastShare(phenomenon, parameters);
  if (leastPct === undefined) return { tellers, outvoted };
  const isSign = (vote: Vote): boolean => counts(vote, phenomenon, book, parameters);
  for (const cell of book.cells.values()) tellers.set(cell.key, tellersOf(cell, nowMs, isSign));
  const known = new Set<number>();
  for (const { cells } of book.areas.values()) for (const key of cells) known.add(key);
  for (const cell of book.cells.values()) {
    const sharePct = shareAround(cell, book, tellers);
    const neededPct = known.has(cell.key) ? leastPct * STAYS_SHARE : leastPct;
    if (sharePct !== undefined && sharePct < neededPct) outvoted.add(cell.key);
  }
  return { tellers, outvoted };
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
    if (denial !== undefined && nowMs - denial.atMs > parameters.weatherMemoryMs) cell.denials.splice(i, 1);
  }
  if (cell.votes.length === 0) book.cells.delete(cell.key);
}

export function memoryMs(vote: Vote, phenomenon: Phenomenon, parameters: ConditionParameters): number {
  if (vote.isSensor) return parameters.sensorMemoryMs;
  return phenomenon === "slippery-road" ? parameters.gripMemoryMs : parameters.weatherMemoryMs;
}

/** Connected cells, in the order of their lowest key. Where witnesses are outvoted nothing is connected. */
function clusters(book: Book, { outvoted }: Poll): Cell[][] {
  const seen = new Set<number>();
  const found: Cell[][] = [];
  const ordered = [...book.cells.values()].sort((a, b) => a.key - b.key);
  for (const { key, votes } of ordered) {
    if (outvoted.has(key) && !votes.some(({ isSensor }) => isSensor)) seen.add(key);
  }
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
  book: Book,
  cells: readonly Cell[],
  { tellers, outvoted }: Poll,
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): Tally {
  const votes = cells
    .flatMap((cell) => (outvoted.has(cell.key) ? cell.votes.filter(({ isSensor }) => isSensor) : cell.votes))
    .filter((vote) => counts(vote, phenomenon, book, parameters))
    .sort((a, b) => a.voter - b.voter || a.atMs - b.atMs);
  const users = byRoadUser(votes, phenomenon, nowMs, context, parameters);
  let trustPm = 0;
  for (const weightPm of users.values()) trustPm += weightPm;
  return {
    phenomenon,
    cells,
    votes,
    trustPm,
    roadUsers: users.size,
    hasSensor: votes.some(({ isSensor }) => isSensor),
    isStrongAlone: votes.some((vote) => isStrongAlone(vote, phenomenon, parameters)),
    sharePct: shareIn(cells.flatMap(({ key }) => tellers.get(key) ?? [])),
  };
}

/**
 * A loss of grip that one vehicle proves by itself: a control that works for longer than a bump or a manhole cover takes,
 * at speed, and stays far below what a dry or wet road would give. The witness must have proved itself, too.
 */
function isStrongAlone(vote: Vote, phenomenon: Phenomenon, parameters: ConditionParameters): boolean {
  if (phenomenon !== "slippery-road" || vote.isSensor) return false;
  if (vote.level < 0 || vote.level > parameters.aloneFriction) return false;
  return vote.lastedMs >= parameters.aloneLossMs && vote.trustPm >= parameters.aloneTrust * 1_000;
}

/** Lights and wipers must have been on for a while; where they were before that they were on as well. */
function counts(vote: Vote, phenomenon: Phenomenon, book: Book, parameters: ConditionParameters): boolean {
  if (vote.strengthPm === 0) return false;
  if (vote.isSensor || phenomenon === "slippery-road" || phenomenon === "extreme-weather") return true;
  if (vote.level < 0 && phenomenon === "heavy-precipitation") return true;
  const neededMs = phenomenon === "reduced-visibility" ? parameters.fogLightsMs : parameters.wipersMs;
  const latest = book.voters.get(vote.voter | 0);
  const untilMs = latest?.firstAtMs === vote.firstAtMs ? latest.atMs : vote.atMs;
  return untilMs - vote.firstAtMs >= neededMs;
}

function leastShare(phenomenon: Phenomenon, parameters: ConditionParameters): number | undefined {
  if (phenomenon === "reduced-visibility") return parameters.fogSharePct;
  return phenomenon === "heavy-precipitation" ? parameters.wiperSharePct : undefined;
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

const UNKNOWN_TRUST_PM = 500;

function weightOf(
  vote: Vote,
  phenomenon: Phenomenon,
  nowMs: number,
  context: DetectionContext,
  parameters: ConditionParameters,
): number {
  const nowPm = Math.round(context.trust.trustOf(vote.voter) * 1_000);
  // A station that has left is unknown again; one that was found to lie since then lied before.
  const trustPm = nowPm < UNKNOWN_TRUST_PM ? nowPm : Math.max(nowPm, vote.trustPm);
  const memory = memoryMs(vote, phenomenon, parameters);
  const leftPm = Math.min(1_000, Math.round((2_000 * (memory - (nowMs - vote.atMs))) / memory));
  const lasts =
    vote.isSensor &&
    vote.count >= LASTING_READINGS &&
    vote.atMs - vote.firstAtMs >= parameters.sensorConfirmsMs;
  const strengthPm = lasts ? vote.strengthPm * LASTING_SENSOR : vote.strengthPm;
  return Math.round((trustPm * strengthPm * Math.max(0, leftPm)) / 1_000_000);
}
