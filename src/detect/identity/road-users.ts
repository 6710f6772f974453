import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readNumber,
  readObject,
  readRow,
  writeRow,
} from "../../domain/snapshot-row.ts";
import { eastCm, eastPpm, northCm, northPpm } from "../trust/plane.ts";
import { Flag, type TrustTable, Word } from "../trust/trust-table.ts";
import type { IdentityParameters } from "./identity-parameters.ts";
import { SilentGrid } from "./silent-grid.ts";

/** New ids that wait for a decision; further ones stay without a link. A server that starts meets everybody at once. */
const MAX_NEWCOMERS = 5_000;

/**
 * Pairs compared in one tick: 2 ms. Where thousands appear at once, as when a gateway comes back, the rest waits, and who
 * has waited for so long is left as it is: deciding about 5,000 at once took 75 ms (measured).
 */
const MAX_LOOKS = 60_000;
const LOOKS_PER_NEWCOMER = 200;
const LATEST_MS = 2_000;

/** Links remembered; the oldest gives way. */
const MAX_LINKS = 200_000;

/** Ids of one road user within a minute; a chain this long is an attack, not a privacy scheme. */
const MAX_CHAIN = 16;

/** Below this speed (cm/s) headings say nothing. */
const HEADING_FROM_CMPS = 200;

/** Three standard errors, times the square root of two for a difference. */
const NOISE_FACTOR = 4.25;

/** Gates on speed and heading grow for so long: over longer silences they tell road users apart. */
const GROWTH_MS = 3_000;

/** The first report under a new id. */
interface Newcomer {
  readonly stationId: number;
  readonly firstReceivedMs: number;
  readonly observedMs: number;
  readonly latitudeE7: number;
  readonly longitudeE7: number;
  readonly speedCmps: number;
  readonly headingDdeg: number;
  readonly type: number;
  readonly lengthDm: number;
}

const NEWCOMER_FIELDS: RowFields<Newcomer> = {
  stationId: "number",
  firstReceivedMs: "number",
  observedMs: "number",
  latitudeE7: "number",
  longitudeE7: "number",
  speedCmps: "number",
  headingDdeg: "number",
  type: "number",
  lengthDm: "number",
};

interface Link {
  readonly newer: number;
  readonly older: number;
  readonly linkedAtMs: number;
}

const LINK_FIELDS: RowFields<Link> = { newer: "number", older: "number", linkedAtMs: "number" };

/** What became of new ids, for metrics and tests. */
export interface IdentityCounts {
  linked: number;
  /** Links taken back because the older id was heard again. */
  withdrawn: number;
  ambiguous: number;
  /** New ids that were not looked at, for want of room. */
  dropped: number;
}

/**
 * Follows road users across changes of their pseudonym, so that evidence counts road users and not ids. An id that fell
 * silent is linked with one that appeared where the first must be by now: in the gates, of one kind, nearest to each
 * other in both directions, and with no second candidate near. Decided on ticks, when the first has been silent for
 * longer than it ever is. Links live in memory for a minute and are told to nobody.
 */
export class RoadUsers {
  readonly counts: IdentityCounts = { linked: 0, withdrawn: 0, ambiguous: 0, dropped: 0 };
  readonly #silent = new SilentGrid();
  /** In the order of their first message. */
  #newcomers: Newcomer[] = [];
  /** By the newer id (signed), in the order of linking. */
  readonly #links = new Map<number, Link>();
  /** Newer id by the older one: each older id has one successor at most. */
  readonly #newerOf = new Map<number, number>();
  readonly #parameters: IdentityParameters;
  /** Pairs compared in this tick. */
  #looks = 0;

  constructor(parameters: IdentityParameters) {
    this.#parameters = parameters;
  }

  /** The first id under which the road user is remembered. */
  roadUserOf(stationId: number): number {
    if (this.#links.size === 0) return stationId;
    let user = stationId;
    for (let i = 0; i < MAX_CHAIN; i++) {
      const link = this.#links.get(user | 0);
      if (link === undefined) return user;
      user = link.older;
    }
    return user;
  }

  /** Takes the first report of an id, just written to its row. */
  appear(words: Int32Array, at: number, receivedAtMs: number, observedAtMs: number): void {
    if (this.#newcomers.length >= MAX_NEWCOMERS) {
      this.counts.dropped++;
      return;
    }
    this.#newcomers.push({
      stationId: (words[at + Word.station] as number) >>> 0,
      firstReceivedMs: receivedAtMs,
      observedMs: observedAtMs,
      latitudeE7: words[at + Word.latitude] as number,
      longitudeE7: words[at + Word.longitude] as number,
      speedCmps: words[at + Word.speed] as number,
      headingDdeg: words[at + Word.heading] as number,
      type: words[at + Word.type] as number,
      lengthDm: words[at + Word.length] as number,
    });
  }

  /** Takes a station that has fallen silent. */
  fallSilent(words: Int32Array, at: number): void {
    const key = SilentGrid.cellOf(words[at + Word.latitude] as number, words[at + Word.longitude] as number);
    words[at + Word.flags] = (words[at + Word.flags] as number) | Flag.silent;
    words[at + Word.silentCell] = key;
    this.#silent.add(key, (words[at + Word.station] as number) >>> 0);
  }

  /** Takes a station that is heard again, or forgotten. */
  leaveSilence(words: Int32Array, at: number): void {
    const flags = words[at + Word.flags] as number;
    if ((flags & Flag.silent) !== 0) {
      const stationId = (words[at + Word.station] as number) >>> 0;
      this.#silent.remove(words[at + Word.silentCell] as number, stationId);
    }
    words[at + Word.flags] = flags & ~Flag.silent;
  }

  /** A linked id is heard again: it was another road user. */
  withdraw(stationId: number): void {
    const newer = this.#newerOf.get(stationId | 0);
    if (newer === undefined) return;
    this.#unlink(newer);
    this.counts.withdrawn++;
  }

  /**
   * Decides about new ids that have waited long enough; `settled` is told of each, with its predecessor where it has one.
   */
  onTick(
    tickMs: number,
    table: TrustTable,
    settled: (stationId: number, predecessor: number | undefined) => void,
  ): void {
    this.#forget(tickMs);
    const { decideAfterMs } = this.#parameters;
    let due = 0;
    this.#looks = 0;
    while (due < this.#newcomers.length && this.#looks < MAX_LOOKS) {
      const newcomer = this.#newcomers[due] as Newcomer;
      const waitedMs = tickMs - newcomer.firstReceivedMs;
      if (waitedMs < decideAfterMs) break;
      if (waitedMs > decideAfterMs + LATEST_MS) {
        this.counts.dropped++;
        due++;
        continue;
      }
      this.#looks += LOOKS_PER_NEWCOMER;
      const predecessor = this.#predecessorOf(newcomer, tickMs, table);
      if (predecessor !== undefined) this.#link(newcomer.stationId, predecessor, tickMs, table);
      settled(newcomer.stationId, predecessor);
      due++;
    }
    if (due > 0) this.#newcomers = this.#newcomers.slice(due);
  }

  #forget(tickMs: number): void {
    for (const [newer, { linkedAtMs }] of this.#links) {
      if (tickMs - linkedAtMs <= this.#parameters.memoryMs && this.#links.size <= MAX_LINKS) return;
      this.#unlink(newer);
    }
  }

  #link(newer: number, older: number, linkedAtMs: number, table: TrustTable): void {
    const successor = this.#newerOf.get(older | 0);
    if (successor !== undefined) this.#unlink(successor);
    this.#unlink(newer | 0);
    this.#remember({ newer, older, linkedAtMs });
    this.counts.linked++;
    const at = table.find(older);
    if (at >= 0) table.words[at + Word.flags] = (table.words[at + Word.flags] as number) | Flag.succeeded;
  }

  #remember(link: Link): void {
    this.#links.set(link.newer | 0, link);
    this.#newerOf.set(link.older | 0, link.newer | 0);
  }

  #unlink(newer: number): void {
    const link = this.#links.get(newer);
    if (link === undefined) return;
    this.#links.delete(newer);
    this.#newerOf.delete(link.older | 0);
  }

  #predecessorOf(newcomer: Newcomer, tickMs: number, table: TrustTable): number | undefined {
    if (this.#silent.size === 0 || newcomer.speedCmps < 0) return undefined;
    let best = -1;
    let bestM = Number.POSITIVE_INFINITY;
    let secondM = Number.POSITIVE_INFINITY;
    this.#silent.visit(newcomer.latitudeE7, newcomer.longitudeE7, (stationId) => {
      this.#looks++;
      const offM = this.#offM(newcomer, table.find(stationId), table.words, tickMs);
      if (offM < bestM || (offM === bestM && stationId < best)) {
        secondM = bestM;
        bestM = offM;
        best = stationId;
      } else if (offM < secondM) {
        secondM = offM;
      }
    });
    if (best < 0) return undefined;
    const rivalM = Math.min(secondM, this.#rivalM(newcomer, best, table, tickMs));
    if (bestM <= rivalM * this.#parameters.ambiguityShare) return best;
    this.counts.ambiguous++;
    return undefined;
  }

  /** How near another new id comes to the same predecessor. */
  #rivalM(newcomer: Newcomer, stationId: number, table: TrustTable, tickMs: number): number {
    const at = table.find(stationId);
    let nearestM = Number.POSITIVE_INFINITY;
    this.#looks += this.#newcomers.length;
    for (const other of this.#newcomers) {
      if (other === newcomer) continue;
      nearestM = Math.min(nearestM, this.#offM(other, at, table.words, tickMs));
    }
    return nearestM;
  }

  /** How far the newcomer is from where the silent station must be by then, m; infinite outside the gates. */
  #offM(newcomer: Newcomer, at: number, words: Int32Array, tickMs: number): number {
    const parameters = this.#parameters;
    if (at < 0 || !this.#mayBeFollowed(newcomer, at, words, tickMs)) return Number.POSITIVE_INFINITY;
    const gapS = (((newcomer.observedMs | 0) - (words[at + Word.observed] as number)) | 0) / 1_000;
    const latitude = words[at + Word.latitude] as number;
    const north = northCm(latitude, newcomer.latitudeE7);
    const east = eastCm(latitude, words[at + Word.longitude] as number, newcomer.longitudeE7);
    const speed = words[at + Word.speed] as number;
    const heading = words[at + Word.heading] as number;
    // The mean of both velocities follows bends and speed changes to the second order.
    const wayNorth =
      ((speed * northOf(heading) + newcomer.speedCmps * northOf(newcomer.headingDdeg)) / 2) * gapS;
    const wayEast =
      ((speed * eastOf(heading) + newcomer.speedCmps * eastOf(newcomer.headingDdeg)) / 2) * gapS;
    const offNorth = north - wayNorth;
    const offEast = east - wayEast;
    const offM = Math.sqrt(offNorth * offNorth + offEast * offEast) / 100;
    const gateM =
      parameters.gateM + parameters.gateGrowthMps * gapS + NOISE_FACTOR * parameters.positionNoiseM;
    return offM <= gateM ? offM : Number.POSITIVE_INFINITY;
  }

  #mayBeFollowed(newcomer: Newcomer, at: number, words: Int32Array, tickMs: number): boolean {
    const { maxGapMs, silentAfterMs, maxSpeedChangeMps, maxTurnDeg } = this.#parameters;
    const { speedChangeGrowthMps2, turnGrowthDegps } = this.#parameters;
    if (((words[at + Word.flags] as number) & Flag.succeeded) !== 0) return false;
    const gapMs = ((newcomer.observedMs | 0) - (words[at + Word.observed] as number)) | 0;
    if (gapMs <= 0 || gapMs > maxGapMs) return false;
    if ((((tickMs | 0) - (words[at + Word.received] as number)) | 0) < silentAfterMs) return false;
    if ((words[at + Word.type] as number) !== newcomer.type) return false;
    const length = words[at + Word.length] as number;
    if (length > 0 && newcomer.lengthDm > 0 && length !== newcomer.lengthDm) return false;
    const speed = words[at + Word.speed] as number;
    const growthS = Math.min(gapMs, GROWTH_MS) / 1_000;
    const maxChange = (maxSpeedChangeMps + speedChangeGrowthMps2 * growthS) * 100;
    if (speed < 0 || Math.abs(speed - newcomer.speedCmps) > maxChange) return false;
    if (speed < HEADING_FROM_CMPS || newcomer.speedCmps < HEADING_FROM_CMPS) return true;
    const maxTurn = (maxTurnDeg + turnGrowthDegps * growthS) * 10;
    return turnDdeg(words[at + Word.heading] as number, newcomer.headingDdeg) <= maxTurn;
  }

  snapshot(): SnapshotValue {
    const { linked, withdrawn, ambiguous, dropped } = this.counts;
    return {
      counts: [linked, withdrawn, ambiguous, dropped],
      newcomers: this.#newcomers.map((one) => writeRow(NEWCOMER_FIELDS, one)),
      links: [...this.#links.values()].map((one) => writeRow(LINK_FIELDS, one)),
    };
  }

  /** The silent stations follow from the table. @throws Error on what `snapshot` cannot have made. */
  static restore(
    value: SnapshotValue | undefined,
    table: TrustTable,
    parameters: IdentityParameters,
  ): RoadUsers {
    const { counts, newcomers, links } = readObject(value);
    const users = new RoadUsers(parameters);
    const [linked, withdrawn, ambiguous, dropped] = readArray(counts).map((one) => readNumber(one, "count"));
    Object.assign(users.counts, { linked, withdrawn, ambiguous, dropped });
    users.#newcomers = readArray(newcomers).map((row) => readRow(NEWCOMER_FIELDS, row));
    for (const row of readArray(links)) {
      users.#remember(readRow(LINK_FIELDS, row));
    }
    for (let row = 0; row < table.size; row++) {
      const at = table.rowAt(row);
      if (((table.words[at + Word.flags] as number) & Flag.silent) === 0) continue;
      const stationId = (table.words[at + Word.station] as number) >>> 0;
      users.#silent.add(table.words[at + Word.silentCell] as number, stationId);
    }
    return users;
  }
}

function northOf(headingDdeg: number): number {
  return headingDdeg < 0 ? 0 : northPpm(headingDdeg) / 1e6;
}

function eastOf(headingDdeg: number): number {
  return headingDdeg < 0 ? 0 : eastPpm(headingDdeg) / 1e6;
}

function turnDdeg(a: number, b: number): number {
  if (a < 0 || b < 0) return 0;
  const difference = Math.abs(a - b);
  return difference > 1_800 ? 3_600 - difference : difference;
}
