import { nameNumber } from "./name-number.ts";
import type { ObservationBatch } from "./observation-batch.ts";
import { OPEN_SECONDS, PointRows } from "./point-rows.ts";

const MASK = OPEN_SECONDS - 1;

const NOTHING = 0;
const FLOW = 1;
const SPEED = 2;
const BOTH = 3;

/** Numbers of a result: name, second, lanes, flow, speed, four changes, time of the last observation. */
export const RESULT_FIELDS = 10;
const FIRST_RESULTS = 4_096;

/**
 * Join, tumbling and sliding window of OSPBench. Flow and speed of a lane belong together by the second in which they
 * were published; the lanes of a point make one result per second, as soon as the last of them is there, or when the watermark
 * has passed; and each result is compared with those of one and two seconds before.
 */
export class Windows {
  /** Observations that came for a second that is over, or twice. */
  refused = 0;
  /** Rows of results since the last `clear`. */
  rows = new Float64Array(FIRST_RESULTS * RESULT_FIELDS);
  results = 0;
  /** Per lane: its point, and per open second which of the two are there, with their values. */
  #pointOf: Int32Array = new Int32Array(1_024);
  #second = new Int32Array(1_024 * OPEN_SECONDS);
  #have = new Uint8Array(1_024 * OPEN_SECONDS);
  #value = new Float64Array(1_024 * OPEN_SECONDS);
  readonly #pointNames = new Map<string, number>();
  readonly #points = new PointRows();
  /** Points whose second could not be completed yet, by second. */
  readonly #incomplete = new Map<number, Set<number>>();
  #closedSecond = Number.NEGATIVE_INFINITY;

  /** A lane that is new: `…/point/laneN`. */
  addLane(lane: number, key: string): void {
    if (lane >= this.#pointOf.length) this.#grow();
    const name = key.slice(0, key.lastIndexOf("/"));
    let point = this.#pointNames.get(name);
    if (point === undefined) {
      point = this.#points.add(nameNumber(name));
      this.#pointNames.set(name, point);
    }
    this.#pointOf[lane] = point;
  }

  take(batch: ObservationBatch): void {
    const second = Math.floor(batch.publishedAtMs / 1_000);
    if (second <= this.#closedSecond) {
      this.refused += batch.size;
      return;
    }
    for (let row = 0; row < batch.size; row++) this.#join(batch, row, second);
  }

  /** Results of points that miss a lane, when their second is over. */
  close(watermarkMs: number): void {
    const closed = Math.floor(watermarkMs / 1_000) - 1;
    if (closed <= this.#closedSecond) return;
    this.#closedSecond = closed;
    for (const [second, points] of this.#incomplete) {
      if (second > closed) continue;
      for (const point of points) this.#tell(point, second);
      this.#incomplete.delete(second);
    }
  }

  clear(): void {
    this.results = 0;
  }

  /** Waits for the other one of flow and speed. */
  #join(batch: ObservationBatch, row: number, second: number): void {
    const lane = batch.lane[row] as number;
    const at = lane * OPEN_SECONDS + (second & MASK);
    const kind = batch.isSpeed[row] === 1 ? SPEED : FLOW;
    if (this.#second[at] !== second) {
      this.#second[at] = second;
      this.#have[at] = NOTHING;
    }
    const have = this.#have[at] as number;
    if ((have & kind) !== 0) {
      this.refused++;
      return;
    }
    this.#have[at] = have | kind;
    const value = batch.value[row] as number;
    if ((have | kind) !== BOTH) {
      this.#value[at] = value;
      return;
    }
    const other = this.#value[at] as number;
    const isSpeed = kind === SPEED;
    const lanes = batch.lanes[row] as number;
    this.#gather(lane, second, isSpeed ? other : value, isSpeed ? value : other, lanes, batch.publishedAtMs);
  }

  /** Adds a lane to its point's second. */
  #gather(
    lane: number,
    second: number,
    flow: number,
    speed: number,
    lanes: number,
    publishedAtMs: number,
  ): void {
    const point = this.#pointOf[lane] as number;
    const points = this.#points;
    const at = point * OPEN_SECONDS + (second & MASK);
    if (points.second[at] !== second) points.begin(at, second);
    const count = (points.lanes[at] as number) + 1;
    points.lanes[at] = count;
    points.flow[at] = (points.flow[at] as number) + flow;
    points.speed[at] = (points.speed[at] as number) + speed;
    points.publishedAtMs[at] = Math.max(points.publishedAtMs[at] as number, publishedAtMs);
    if (count === lanes) {
      if (lanes > 1) this.#incomplete.get(second)?.delete(point);
      this.#tell(point, second);
    } else if (count === 1) this.#await(point, second);
  }

  #await(point: number, second: number): void {
    const points = this.#incomplete.get(second);
    if (points === undefined) this.#incomplete.set(second, new Set([point]));
    else points.add(point);
  }

  /** The sliding window: a point's second against the two before it. */
  #tell(point: number, second: number): void {
    const points = this.#points;
    const slot = point * OPEN_SECONDS + (second & MASK);
    const lanes = points.lanes[slot] as number;
    const flow = points.flow[slot] as number;
    const speed = (points.speed[slot] as number) / lanes;
    points.moveOn(point, second);
    const at = this.#open();
    const { rows } = this;
    rows[at] = points.name[point] as number;
    rows[at + 1] = second;
    rows[at + 2] = lanes;
    rows[at + 3] = flow;
    rows[at + 4] = speed;
    rows[at + 5] = change(flow, points.lastFlow[point] as number);
    rows[at + 6] = change(flow, points.beforeFlow[point] as number);
    rows[at + 7] = change(speed, points.lastSpeed[point] as number);
    rows[at + 8] = change(speed, points.beforeSpeed[point] as number);
    rows[at + 9] = points.publishedAtMs[slot] as number;
    points.tell(point, second, flow, speed);
  }

  #open(): number {
    const at = this.results++ * RESULT_FIELDS;
    if (at + RESULT_FIELDS > this.rows.length) {
      const rows = new Float64Array(2 * this.rows.length);
      rows.set(this.rows);
      this.rows = rows;
    }
    return at;
  }

  #grow(): void {
    const lanes = 2 * this.#pointOf.length;
    const pointOf = new Int32Array(lanes);
    pointOf.set(this.#pointOf);
    this.#pointOf = pointOf;
    const second = new Int32Array(lanes * OPEN_SECONDS);
    second.set(this.#second);
    this.#second = second;
    const have = new Uint8Array(lanes * OPEN_SECONDS);
    have.set(this.#have);
    this.#have = have;
    const value = new Float64Array(lanes * OPEN_SECONDS);
    value.set(this.#value);
    this.#value = value;
  }
}

/** Relative change; NaN where there is nothing to compare with. */
export function change(now: number, before: number): number {
  return before === 0 ? Number.NaN : (now - before) / before;
}
