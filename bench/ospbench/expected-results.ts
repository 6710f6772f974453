import { nameNumber } from "./name-number.ts";
import type { OracleResult } from "./oracle.ts";

/** Seconds that the oracle has worked out: two in which nobody was heard before, and a whole cycle behind them. */
const SECONDS = 5;
const LEAD_IN_S = 2;
const CYCLE_S = SECONDS - LEAD_IN_S;

/** lanes, flow, speed, four changes. */
const FIELDS = 7;

/**
 * What the oracle says, in rows: with an object for each result the sender's collector took more time than its sending.
 */
export class ExpectedResults {
  readonly #points = new Map<number, number>();
  readonly #rows: Float64Array;

  constructor(points: number) {
    this.#rows = new Float64Array(points * SECONDS * FIELDS);
  }

  add(result: OracleResult): void {
    const name = nameNumber(result.point);
    let point = this.#points.get(name);
    if (point === undefined) {
      point = this.#points.size;
      this.#points.set(name, point);
    }
    const at = (point * SECONDS + result.second) * FIELDS;
    // Every result has lanes: a row that has some is another point's with an equal number.
    if (this.#rows[at] !== 0) throw new Error(`two points have the number of ${result.point}`);
    const { lanes, flow, speed, flowChange, flowChangeOverTwo, speedChange, speedChangeOverTwo } = result;
    this.#rows.set([lanes, flow, speed, flowChange, flowChangeOverTwo, speedChange, speedChangeOverTwo], at);
  }

  get size(): number {
    return this.#points.size;
  }

  /** The number of a point in here; undefined where nothing is expected of it. */
  pointOf(name: number): number | undefined {
    return this.#points.get(name);
  }

  /** Whether a result (name, second, then the fields) is that of the point `since` seconds after the traffic's beginning. */
  isRight(point: number, since: number, rows: Float64Array, at: number): boolean {
    const second = since < LEAD_IN_S ? since : LEAD_IN_S + ((since - LEAD_IN_S) % CYCLE_S);
    const from = (point * SECONDS + second) * FIELDS;
    for (let field = 0; field < FIELDS; field++) {
      if (!Object.is(this.#rows[from + field], rows[at + 2 + field])) return false;
    }
    return true;
  }

  /** The same in words, for a message. */
  textOf(point: number): string {
    const from = point * SECONDS * FIELDS;
    return Array.from(this.#rows.subarray(from, from + SECONDS * FIELDS)).join(", ");
  }
}
