import type { StationLookup } from "../../domain/detector.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";
import { accuse, Check, vouch } from "./evidence.ts";
import { eastCm, eastPpm, northCm, northPpm } from "./plane.ts";
import type { TrustParameters } from "./trust-parameters.ts";
import { Flag, type TrustTable, Word } from "./trust-table.ts";

/** Stops watched at once: each asks for its neighbours twice a second. The oldest gives way. */
const MAX_STOPS = 256;

const LOOK_EVERY_MS = 500;

/** After this nobody needs to know whether it was a ghost: it has been reported as stationary all along. */
const WATCH_MS = 600_000;

/** How far away passers are looked for: what comes at 50 m/s is seen once before it passes, at 1 Hz. */
const PASS_RADIUS_M = 80;

/** Vehicles on their way past one stop: as many as stand close behind one another there. */
const MAX_APPROACHING = 64;

/** Slower vehicles have seen something, whatever it was. */
const PASS_SPEED_CMPS = 800;

/** Cosine of 30 degrees. */
const SAME_WAY = 0.866;

/** How much less than a pass through says one on each side. */
const BESIDE_SHARE = 0.3;

const E7 = 1e7;

/** Where a vehicle was in relation to the standing one, cm and cm/s. */
interface Approach {
  readonly alongCm: number;
  readonly leftCm: number;
  readonly speedCmps: number;
}

/** One abrupt stop and what passed it. */
interface AbruptStop {
  readonly stationId: number;
  readonly sinceMs: number;
  /** Passers on each side whose counterpart on the other side is still missing. */
  left: number;
  right: number;
  /** Vehicles behind it at the last look. */
  approaching: ReadonlyMap<number, Approach>;
}

/**
 * Tells ghosts from crashes. Both stop without braking; but vehicles drive through a ghost and past it on both sides as if
 * it were not there, while behind a crash somebody brakes. Only stops that no brake explains are watched, so that queues
 * cost nothing.
 */
export class StopWatch {
  readonly #stops = new Map<number, AbruptStop>();

  get size(): number {
    return this.#stops.size;
  }

  watch(stationId: number, nowMs: number): void {
    if (this.#stops.has(stationId)) return;
    if (this.#stops.size >= MAX_STOPS) {
      for (const oldest of this.#stops.keys()) {
        this.#stops.delete(oldest);
        break;
      }
    }
    this.#stops.set(stationId, { stationId, sinceMs: nowMs, left: 0, right: 0, approaching: new Map() });
  }

  onTick(tickMs: number, table: TrustTable, stations: StationLookup, parameters: TrustParameters): void {
    if (tickMs % LOOK_EVERY_MS !== 0) return;
    for (const stop of this.#stops.values()) {
      const at = table.find(stop.stationId);
      const stands = at >= 0 && ((table.words[at + Word.flags] as number) & Flag.abruptStop) !== 0;
      if (!stands || tickMs - stop.sinceMs > WATCH_MS) this.#stops.delete(stop.stationId);
      else look(stop, at, table, stations, parameters);
    }
  }

  snapshot(): SnapshotValue {
    return [...this.#stops.values()].map(({ stationId, sinceMs, left, right, approaching }) => [
      stationId,
      sinceMs,
      left,
      right,
      ...[...approaching].flatMap(([id, { alongCm, leftCm, speedCmps }]) => [id, alongCm, leftCm, speedCmps]),
    ]);
  }

  /** @throws Error on what `snapshot` cannot have made. */
  restore(value: SnapshotValue | undefined): void {
    this.#stops.clear();
    for (const entry of readArray(value)) {
      const row = readArray(entry).map((word) => readNumber(word, "stop"));
      const approaching = new Map<number, Approach>();
      for (let i = 4; i + 3 < row.length; i += 4) {
        const [id = 0, alongCm = 0, leftCm = 0, speedCmps = 0] = row.slice(i, i + 4);
        approaching.set(id, { alongCm, leftCm, speedCmps });
      }
      const [stationId = 0, sinceMs = 0, left = 0, right = 0] = row;
      this.#stops.set(stationId, { stationId, sinceMs, left, right, approaching });
    }
  }
}

function look(
  stop: AbruptStop,
  at: number,
  table: TrustTable,
  stations: StationLookup,
  parameters: TrustParameters,
): void {
  const { words } = table;
  if ((words[at + Word.heading] as number) < 0) return;
  const center = {
    latitudeDeg: (words[at + Word.latitude] as number) / E7,
    longitudeDeg: (words[at + Word.longitude] as number) / E7,
  };
  const approaching = new Map<number, Approach>();
  for (const { stationId } of stations.within(center, PASS_RADIUS_M)) {
    const other = table.find(stationId);
    if (other < 0 || other === at) continue;
    const now = approachOf(words, at, other);
    if (now === undefined) continue;
    const before = stop.approaching.get(stationId);
    if (now.alongCm < 0) {
      if (approaching.size < MAX_APPROACHING) approaching.set(stationId, now);
    } else if (before !== undefined) {
      judgePass(stop, words, at, before, now, parameters);
    }
  }
  stop.approaching = approaching;
}

/** Undefined where the other one does not drive the same way. */
function approachOf(words: Int32Array, at: number, other: number): Approach | undefined {
  const otherHeading = words[other + Word.heading] as number;
  const speedCmps = words[other + Word.speed] as number;
  if (otherHeading < 0 || speedCmps < 0) return undefined;
  const heading = words[at + Word.heading] as number;
  const north = northPpm(heading) / 1e6;
  const east = eastPpm(heading) / 1e6;
  if ((north * northPpm(otherHeading) + east * eastPpm(otherHeading)) / 1e6 < SAME_WAY) return undefined;
  const latitude = words[at + Word.latitude] as number;
  const toNorth = northCm(latitude, words[other + Word.latitude] as number);
  const toEast = eastCm(
    latitude,
    words[at + Word.longitude] as number,
    words[other + Word.longitude] as number,
  );
  const alongCm = Math.round(toNorth * north + toEast * east);
  return { alongCm, leftCm: Math.round(toNorth * east - toEast * north), speedCmps };
}

function judgePass(
  stop: AbruptStop,
  words: Int32Array,
  at: number,
  before: Approach,
  now: Approach,
  { passInsideM, passBesideM, passSpeedShare, passWeight }: TrustParameters,
): void {
  const share = before.alongCm / (before.alongCm - now.alongCm);
  const sideCm = before.leftCm + (now.leftCm - before.leftCm) * share;
  const besideCm = Math.abs(sideCm);
  if (besideCm > passBesideM * 100) return;
  if (now.speedCmps < PASS_SPEED_CMPS || now.speedCmps < passSpeedShare * before.speedCmps) {
    vouch(words, at, passWeight);
    return;
  }
  if (besideCm <= passInsideM * 100) {
    accuse(words, at, Check.passedThrough, passWeight);
    return;
  }
  if (sideCm > 0) stop.left++;
  else stop.right++;
  if (stop.left === 0 || stop.right === 0) return;
  stop.left--;
  stop.right--;
  accuse(words, at, Check.passedThrough, passWeight * BESIDE_SHARE);
}
