import { nameNumber } from "./name-number.ts";
import type { ObservationBatch } from "./observation-batch.ts";

/** Seconds that are under way at once: the watermark stands 2 s behind, and sources may be ahead of it. */
const OPEN_SECONDS = 4;
const MASK = OPEN_SECONDS - 1;

const NOTHING = 0;
const FLOW = 1;
const SPEED = 2;
const BOTH = 3;

/** Numbers of a result: name, second, lanes, flow, speed, four changes, time of the last observation. */
export const RESULT_FIELDS = 10;
const FIRST_RESULTS = 4_096;

/** A measuring point: its tumbling window of each open second, and the last two results. */
interface Point {
  readonly name: number;
  readonly seconds: Int32Array;
  readonly lanes: Int32Array;
  readonly flow: Float64Array;
  readonly speed: Float64Array;
  /** Latest intended sending time among the observations of the second. */
  readonly publishedAtMs: Float64Array;
  toldSecond: number;
  toldFlow: number;
  toldSpeed: number;
  beforeFlow: number;
  beforeSpeed: number;
}

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
  readonly #points: Point[] = [];
  readonly #pointNames = new Map<string, number>();
  /** Points whose second could not be completed yet, by second. */
  readonly #incomplete = new Map<number, Set<number>>();
  #closedSecond = Number.NEGATIVE_INFINITY;

  /** A lane that is new: `…/point/laneN`. */
  addLane(lane: number, key: string): void {
    if (lane >= this.#pointOf.length) this.#grow();
    const name = key.slice(0, key.lastIndexOf("/"));
    let point = this.#pointNames.get(name);
    if (point === undefined) {
      point = this.#points.push(newPoint(name)) - 1;
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
      for (const point of points) this.#tell(this.#points[point] as Point, second);
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
    const number = this.#pointOf[lane] as number;
    const point = this.#points[number] as Point;
    const slot = second & MASK;
    if (point.seconds[slot] !== second) {
      point.seconds[slot] = second;
      point.lanes[slot] = 0;
      point.flow[slot] = 0;
      point.speed[slot] = 0;
      point.publishedAtMs[slot] = 0;
    }
    const count = (point.lanes[slot] as number) + 1;
    point.lanes[slot] = count;
    point.flow[slot] = (point.flow[slot] as number) + flow;
    point.speed[slot] = (point.speed[slot] as number) + speed;
    point.publishedAtMs[slot] = Math.max(point.publishedAtMs[slot] as number, publishedAtMs);
    if (count === lanes) {
      if (lanes > 1) this.#incomplete.get(second)?.delete(number);
      this.#tell(point, second);
    } else if (count === 1) this.#await(number, second);
  }

  #await(point: number, second: number): void {
    const points = this.#incomplete.get(second);
    if (points === undefined) this.#incomplete.set(second, new Set([point]));
    else points.add(point);
  }

  /** The sliding window: a point's second against the two before it. */
  #tell(point: Point, second: number): void {
    const slot = second & MASK;
    const lanes = point.lanes[slot] as number;
    const flow = point.flow[slot] as number;
    const speed = (point.speed[slot] as number) / lanes;
    // What stands for the last second moves on by as many seconds as have passed.
    const passed = second - point.toldSecond;
    const lastFlow = passed === 1 ? point.toldFlow : Number.NaN;
    const lastSpeed = passed === 1 ? point.toldSpeed : Number.NaN;
    const secondFlow = passed === 1 ? point.beforeFlow : passed === 2 ? point.toldFlow : Number.NaN;
    const secondSpeed = passed === 1 ? point.beforeSpeed : passed === 2 ? point.toldSpeed : Number.NaN;
    const at = this.#open();
    const { rows } = this;
    rows[at] = point.name;
    rows[at + 1] = second;
    rows[at + 2] = lanes;
    rows[at + 3] = flow;
    rows[at + 4] = speed;
    rows[at + 5] = change(flow, lastFlow);
    rows[at + 6] = change(flow, secondFlow);
    rows[at + 7] = change(speed, lastSpeed);
    rows[at + 8] = change(speed, secondSpeed);
    rows[at + 9] = point.publishedAtMs[slot] as number;
    point.beforeFlow = lastFlow;
    point.beforeSpeed = lastSpeed;
    point.toldFlow = flow;
    point.toldSpeed = speed;
    point.toldSecond = second;
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

function newPoint(name: string): Point {
  return {
    name: nameNumber(name),
    seconds: new Int32Array(OPEN_SECONDS),
    lanes: new Int32Array(OPEN_SECONDS),
    flow: new Float64Array(OPEN_SECONDS),
    speed: new Float64Array(OPEN_SECONDS),
    publishedAtMs: new Float64Array(OPEN_SECONDS),
    toldSecond: 0,
    toldFlow: Number.NaN,
    toldSpeed: Number.NaN,
    beforeFlow: Number.NaN,
    beforeSpeed: Number.NaN,
  };
}
