import type { RoadMatch, RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";
import type { TrustParameters } from "./trust-parameters.ts";
import { Flag, Word } from "./trust-table.ts";

/** Side of the squares in which coverage is learned, in 1e-7 degree of latitude: 1.1 km. */
const CELL_E7 = 100_000;

/** Squares remembered; without room further ones are taken as not covered. */
const MAX_CELLS = 100_000;

/** Windows counted per square before halving, and from which on the share means something. */
const MAX_COUNTED = 2_000;
const COUNTED_ENOUGH = 20;

/** Questions to the map between two ticks: 4,000 a second at 3 µs each. The others are asked a window later. */
const QUESTIONS_PER_TICK = 200;

/** A new lateral offset counts this much in the mean: about ten windows. */
const LATERAL_SHARE = 0.1;

const E7 = 1e7;

class Cell {
  onRoad = 0;
  offRoad = 0;
}

export type RoadVerdict = "on-road" | "off-road" | "beside-road" | "unknown";

/**
 * Whether stations drive where the map has roads. A map may know motorways only: then vehicles in its streets are no
 * liars. So off-road counts only in squares where nearly all moving traffic is on mapped roads; and where the nearest
 * road is a divided one, as on maps of motorways, only at speeds that streets do not see.
 */
export class RoadCheck {
  readonly #cells = new Map<number, Cell>();
  #questions = QUESTIONS_PER_TICK;

  onTick(): void {
    this.#questions = QUESTIONS_PER_TICK;
  }

  /** Judges the last window of a moving station. */
  judge(
    words: Int32Array,
    at: number,
    match: RoadMatch | undefined,
    roads: RoadNetwork,
    parameters: TrustParameters,
  ): RoadVerdict {
    if (match !== undefined) return this.#judgeLateral(words, at, match, parameters);
    words[at + Word.flags] = (words[at + Word.flags] as number) & ~Flag.lateralKnown;
    if (this.#questions <= 0) return "unknown";
    this.#questions--;
    return this.#judgeOffRoad(words, at, roads, parameters);
  }

  #judgeLateral(words: Int32Array, at: number, match: RoadMatch, parameters: TrustParameters): RoadVerdict {
    const known = ((words[at + Word.flags] as number) & Flag.lateralKnown) !== 0;
    const before = words[at + Word.lateral] as number;
    const mean = known ? before + (match.lateralM * 100 - before) * LATERAL_SHARE : match.lateralM * 100;
    words[at + Word.lateral] = Math.round(mean);
    words[at + Word.flags] = (words[at + Word.flags] as number) | Flag.lateralKnown;
    const limit = match.link.lanes * parameters.laneWidthM + parameters.lateralToleranceM;
    const cell = this.#cellAt(words[at + Word.latitude] as number, words[at + Word.longitude] as number);
    const isOnRoad = Math.abs(mean) <= limit * 100;
    const isCovered = cell !== undefined && isWellCovered(cell, parameters.mapCoverage);
    count(cell, isOnRoad);
    if (isOnRoad) return "on-road";
    // Where many drive beside the line, the line is wrong.
    return isCovered ? "beside-road" : "unknown";
  }

  #judgeOffRoad(words: Int32Array, at: number, roads: RoadNetwork, parameters: TrustParameters): RoadVerdict {
    const heading = words[at + Word.heading] as number;
    if (heading < 0) return "unknown";
    const point = {
      latitudeDeg: (words[at + Word.latitude] as number) / E7,
      longitudeDeg: (words[at + Word.longitude] as number) / E7,
    };
    const { offRoadM, roadsWithinM, laneWidthM } = parameters;
    const reachM = offRoadM + MOST_LANES * laneWidthM;
    // Whoever drives the wrong way is on the road, and must be believed.
    for (const turnDeg of [0, 180]) {
      const [along] = roads.near(point, reachM, (heading / 10 + turnDeg) % 360);
      if (along === undefined || Math.abs(along.lateralM) > offRoadM + along.link.lanes * laneWidthM)
        continue;
      this.#countOnRoad(words, at);
      return "on-road";
    }
    const [nearest] = roads.near(point, roadsWithinM);
    if (nearest === undefined) return "unknown";
    // Counted where the road is: beside a road there may be nothing but liars.
    const { latitudeDeg, longitudeDeg } = roads.pointAt(
      nearest.link.route,
      nearest.link.fromM + nearest.offsetM,
    );
    const cell = this.#cellAt(Math.round(latitudeDeg * E7), Math.round(longitudeDeg * E7));
    const isCovered = cell !== undefined && isWellCovered(cell, parameters.mapCoverage);
    count(cell, false);
    if (!isCovered) return "unknown";
    const knowsStreets = !nearest.link.route.divided && nearest.link.flags.ramp !== true;
    const fastEnough = (words[at + Word.speed] as number) >= parameters.partialMapSpeedMps * 100;
    return knowsStreets || fastEnough ? "off-road" : "unknown";
  }

  #countOnRoad(words: Int32Array, at: number): void {
    count(this.#cellAt(words[at + Word.latitude] as number, words[at + Word.longitude] as number), true);
  }

  #cellAt(latitudeE7: number, longitudeE7: number): Cell | undefined {
    const key = Math.floor(latitudeE7 / CELL_E7) * 40_000 + Math.floor(longitudeE7 / CELL_E7);
    const known = this.#cells.get(key);
    if (known !== undefined || this.#cells.size >= MAX_CELLS) return known;
    const cell = new Cell();
    this.#cells.set(key, cell);
    return cell;
  }

  snapshot(): SnapshotValue {
    const cells = [...this.#cells].map(([key, { onRoad, offRoad }]) => [key, onRoad, offRoad]);
    return [this.#questions, ...cells];
  }

  /** @throws Error on what `snapshot` cannot have made. */
  static restore(value: SnapshotValue | undefined): RoadCheck {
    const [questions, ...cells] = readArray(value);
    const check = new RoadCheck();
    check.#questions = readNumber(questions, "questions");
    for (const entry of cells) {
      const [key, onRoad, offRoad] = readArray(entry);
      const cell = new Cell();
      cell.onRoad = readNumber(onRoad, "onRoad");
      cell.offRoad = readNumber(offRoad, "offRoad");
      check.#cells.set(readNumber(key, "cell"), cell);
    }
    return check;
  }
}

/** Wider carriageways are not built; bounds the search. */
const MOST_LANES = 6;

function count(cell: Cell | undefined, onRoad: boolean): void {
  if (cell === undefined) return;
  if (onRoad) cell.onRoad++;
  else cell.offRoad++;
  if (cell.onRoad + cell.offRoad < MAX_COUNTED) return;
  cell.onRoad >>= 1;
  cell.offRoad >>= 1;
}

function isWellCovered({ onRoad, offRoad }: Cell, share: number): boolean {
  const all = onRoad + offRoad;
  return all >= COUNTED_ENOUGH && onRoad >= share * all;
}
