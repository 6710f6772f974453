import type { Sample } from "../samples.ts";

/** Slower than this a vehicle stands, m/s. */
export const STOP_MPS = 0.5;

/** So far before a lane's end vehicles wait to be let in, m. */
export const MERGE_M = 100;

/** A place where vehicles wait for others to let them in: the end of a lane, the back of a wreck. */
export interface WaitingPlace {
  readonly road: string;
  readonly atM: number;
  /** Lanes that end there for good; none where a wreck stands or a ramp joins. */
  readonly endingLanes?: readonly number[];
}

/** Who stands first before the end of a lane, second by second. */
export class FirstsOfLanes {
  /** Vehicle by road, lane and second. */
  readonly #first: ReadonlyMap<string, Sample>;

  constructor(first: ReadonlyMap<string, Sample>) {
    this.#first = first;
  }

  /** Whether a vehicle was the first for half of the seconds of its stand, or for longer. */
  isFirst(stand: readonly Sample[]): boolean {
    if (this.#first.size === 0) return false;
    const seconds = stand.filter(({ atS }) => Number.isInteger(atS));
    const first = seconds.filter((sample) => this.#first.get(keyOf(sample))?.vehicle === sample.vehicle);
    return seconds.length > 0 && first.length * 2 >= seconds.length;
  }
}

function keyOf({ road, lane, atS }: Sample): string {
  return `${road}|${lane}|${atS}`;
}

/**
 * Those who stand in a lane that ends, with nobody between them and its end. Until they drive on, nothing tells them from
 * a vehicle that has broken down: they stand on the carriageway, nobody stands ahead of them, and the others drive past.
 */
export function firstsOf(
  places: readonly WaitingPlace[],
  byRoad: ReadonlyMap<string, readonly Sample[]>,
): FirstsOfLanes {
  const first = new Map<string, Sample>();
  for (const { road, atM, endingLanes = [] } of places) {
    for (const sample of byRoad.get(road) ?? []) {
      const { routeM, atS, speedMps, lane } = sample;
      const isBefore = routeM <= atM && atM - routeM < MERGE_M;
      if (!isBefore || speedMps > STOP_MPS || !Number.isInteger(atS) || !endingLanes.includes(lane)) continue;
      const known = first.get(keyOf(sample));
      if (known === undefined || known.routeM < routeM) first.set(keyOf(sample), sample);
    }
  }
  return new FirstsOfLanes(first);
}
