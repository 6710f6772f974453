import { CELLS_PER_ROAD, type CellTable } from "./cells.ts";
import { type AccidentRule, ENTRY_LANE, EXIT_LANE, minuteOf } from "./rules.ts";

/** An accident as far as it is told. */
export interface Accident {
  /** Unique in a run: expressway, direction, lane, position and second. */
  readonly key: string;
  readonly cell: number;
  readonly positionFt: number;
  readonly vehicles: readonly number[];
  readonly foundS: number;
}

/** An accident that was found or cleared. */
export interface AccidentChange {
  readonly accident: Accident;
  readonly isCleared: boolean;
}

/** A place where vehicles stand. */
interface Spot {
  readonly vehicles: number[];
  accident: Accident | undefined;
}

/** The validator's one accident of a segment. */
interface SegmentAccident {
  readonly accident: Accident;
  isCleared: boolean;
}

const FOREVER = 0x7fff_ffff;

/** The validator counts two vehicles per place, the rule `every` all of them. */
const PAIR = 2;

/**
 * Vehicles that stand, and the accidents that they make. Hardly anybody stands, so this is written with maps; what every
 * entering vehicle needs, the zones, stands in the cells.
 */
export class AccidentBook {
  readonly #rule: AccidentRule;
  readonly #cells: CellTable;
  /** What nobody has been told of yet; the detector empties it after every report. */
  readonly untold: AccidentChange[] = [];
  /** By road, lane and position. */
  readonly #spots = new Map<string, Spot>();
  /** Accidents that are not cleared, by cell; rule `every`. */
  readonly #live = new Map<number, Accident[]>();
  /** The validator's, by cell. */
  readonly #firsts = new Map<number, SegmentAccident>();
  /** Last minute in which any cell of a road may lie in a zone. */
  #roadUntil = new Int32Array(64);
  found = 0;

  constructor(rule: AccidentRule, cells: CellTable) {
    this.#rule = rule;
    this.#cells = cells;
  }

  /** Somebody stands somewhere, or an accident is remembered. */
  get hasAny(): boolean {
    return this.#spots.size > 0 || this.#firsts.size > 0;
  }

  /** False: no cell of the road concerns anybody in this minute. */
  mayBlock(road: number, minute: number): boolean {
    return road < this.#roadUntil.length && minute <= (this.#roadUntil[road] as number);
  }

  /** A vehicle has reported from one place for the fourth time. */
  stand(vehicle: number, cell: number, lane: number, positionFt: number, timeS: number): void {
    const every = this.#rule === "every";
    if (every && (lane <= ENTRY_LANE || lane >= EXIT_LANE)) return;
    const key = spotKey(cell, lane, positionFt);
    let spot = this.#spots.get(key);
    if (spot === undefined) {
      spot = { vehicles: [], accident: undefined };
      this.#spots.set(key, spot);
    }
    if (spot.vehicles.includes(vehicle) || (!every && spot.vehicles.length >= PAIR)) return;
    spot.vehicles.push(vehicle);
    if (spot.vehicles.length < PAIR || spot.accident !== undefined) return;
    if (!every && this.#firsts.has(cell)) return;
    const accident = {
      key: `${key}@${timeS}`,
      cell,
      positionFt,
      vehicles: [...spot.vehicles],
      foundS: timeS,
    };
    this.#begin(accident, spot);
  }

  /** A vehicle that stood there reports from another place. */
  leave(vehicle: number, cell: number, lane: number, positionFt: number, timeS: number): void {
    const key = spotKey(cell, lane, positionFt);
    const spot = this.#spots.get(key);
    const at = spot?.vehicles.indexOf(vehicle) ?? -1;
    if (spot !== undefined && at >= 0) spot.vehicles.splice(at, 1);
    if (this.#rule === "every") {
      if (spot?.accident !== undefined && spot.vehicles.length < PAIR)
        this.#clear(spot.accident, spot, timeS);
    } else {
      this.#clearFirst(cell, vehicle, timeS);
    }
    if (spot?.vehicles.length === 0) this.#spots.delete(key);
  }

  #begin(accident: Accident, spot: Spot): void {
    this.found++;
    if (this.#rule === "every") {
      spot.accident = accident;
      this.#live.set(accident.cell, [...(this.#live.get(accident.cell) ?? []), accident]);
    } else {
      this.#firsts.set(accident.cell, { accident, isCleared: false });
    }
    this.#updateZone(accident.cell, 0);
    this.untold.push({ accident, isCleared: false });
  }

  #clear(accident: Accident, spot: Spot, timeS: number): void {
    spot.accident = undefined;
    const rest = (this.#live.get(accident.cell) ?? []).filter((one) => one !== accident);
    if (rest.length === 0) this.#live.delete(accident.cell);
    else this.#live.set(accident.cell, rest);
    this.#updateZone(accident.cell, lastMinuteOf(accident, timeS));
    this.untold.push({ accident, isCleared: true });
  }

  #clearFirst(cell: number, vehicle: number, timeS: number): void {
    const first = this.#firsts.get(cell);
    if (first === undefined || first.isCleared || !first.accident.vehicles.includes(vehicle)) return;
    first.isCleared = true;
    this.#updateZone(cell, lastMinuteOf(first.accident, timeS));
    this.untold.push({ accident: first.accident, isCleared: true });
  }

  /** @param until last minute in which an accident that was just cleared concerns drivers, 0 where there is none */
  #updateZone(cell: number, until: number): void {
    const live = this.#liveIn(cell);
    const from = live.length === 0 ? 0 : Math.min(...live.map(({ foundS }) => minuteOf(foundS) + 1));
    this.#cells.setZone(cell, from, Math.max(this.#cells.zoneUntil(cell), until));
    this.#updateRoad(Math.floor(cell / CELLS_PER_ROAD));
  }

  #liveIn(cell: number): readonly Accident[] {
    if (this.#rule === "every") return this.#live.get(cell) ?? [];
    const first = this.#firsts.get(cell);
    return first === undefined || first.isCleared ? [] : [first.accident];
  }

  #updateRoad(road: number): void {
    if (road >= this.#roadUntil.length) {
      const larger = new Int32Array(Math.max(road + 1, this.#roadUntil.length * 2));
      larger.set(this.#roadUntil);
      this.#roadUntil = larger;
    }
    let until = 0;
    for (let cell = road * CELLS_PER_ROAD; cell < (road + 1) * CELLS_PER_ROAD; cell++) {
      until = Math.max(until, this.#liveIn(cell).length > 0 ? FOREVER : this.#cells.zoneUntil(cell));
    }
    this.#roadUntil[road] = until;
  }

  /** Gives copies of all accidents to further expressways; the cells must have been copied before. */
  replicate(copies: number, vehicleStride: number): void {
    if (this.#rule !== "every") throw new Error("only accidents of the rule `every` can be copied");
    const base = [...this.#spots];
    for (let copy = 1; copy < copies; copy++) {
      for (const [key, spot] of base) this.#copySpot(key, spot, copy, copy * vehicleStride);
    }
    for (let road = 0; road < copies * 2; road++) this.#updateRoad(road);
  }

  #copySpot(key: string, { vehicles, accident }: Spot, copy: number, idsApart: number): void {
    const [road = "", ...place] = key.split(":");
    const movedKey = [Number(road) + 2 * copy, ...place].join(":");
    const move = (vehicle: number): number => vehicle + idsApart;
    const moved: Spot = { vehicles: vehicles.map(move), accident: undefined };
    this.#spots.set(movedKey, moved);
    if (accident === undefined) return;
    moved.accident = {
      ...accident,
      key: `${movedKey}@${accident.foundS}`,
      cell: accident.cell + copy * 2 * CELLS_PER_ROAD,
      vehicles: accident.vehicles.map(move),
    };
    const { cell } = moved.accident;
    this.#live.set(cell, [...(this.#live.get(cell) ?? []), moved.accident]);
    this.found++;
  }

  snapshot(): SavedBook {
    return {
      found: this.found,
      roadUntil: [...this.#roadUntil],
      spots: [...this.#spots].map(([key, { vehicles, accident }]) => ({
        key,
        vehicles: [...vehicles],
        accident: accident ?? null,
      })),
      firsts: [...this.#firsts.values()].map(({ accident, isCleared }) => ({ accident, isCleared })),
    };
  }

  restore(saved: SavedBook): void {
    this.found = saved.found;
    this.#roadUntil = Int32Array.from(saved.roadUntil);
    this.#spots.clear();
    this.#live.clear();
    this.#firsts.clear();
    for (const { key, vehicles, accident } of saved.spots) {
      const spot: Spot = { vehicles: [...vehicles], accident: accident ?? undefined };
      this.#spots.set(key, spot);
      if (accident !== null)
        this.#live.set(accident.cell, [...(this.#live.get(accident.cell) ?? []), accident]);
    }
    for (const { accident, isCleared } of saved.firsts)
      this.#firsts.set(accident.cell, { accident, isCleared });
  }
}

/** What is written down of the accidents; zones stand with the cells. */
export interface SavedBook {
  readonly found: number;
  readonly roadUntil: readonly number[];
  readonly spots: readonly {
    readonly key: string;
    readonly vehicles: readonly number[];
    readonly accident: Accident | null;
  }[];
  readonly firsts: readonly { readonly accident: Accident; readonly isCleared: boolean }[];
}

function spotKey(cell: number, lane: number, positionFt: number): string {
  return `${Math.floor(cell / CELLS_PER_ROAD)}:${lane}:${positionFt}`;
}

/** An accident concerns drivers from the minute after it was found; one cleared before that concerned nobody. */
function lastMinuteOf({ foundS }: Accident, clearedS: number): number {
  const cleared = minuteOf(clearedS);
  return cleared > minuteOf(foundS) ? cleared : 0;
}
