/** Seconds that are under way at once: the watermark stands 2 s behind, and sources may be ahead of it. */
export const OPEN_SECONDS = 4;

const FIRST_POINTS = 1_024;

/**
 * Measuring points as rows of typed arrays: the tumbling window of each open second, and the last two results. As objects
 * with arrays of their own, 126,000 points that appeared in one second held the server up for more than that second.
 */
export class PointRows {
  size = 0;
  name = new Float64Array(FIRST_POINTS);
  /** Per point and open second. */
  second = new Int32Array(FIRST_POINTS * OPEN_SECONDS);
  lanes = new Int32Array(FIRST_POINTS * OPEN_SECONDS);
  flow = new Float64Array(FIRST_POINTS * OPEN_SECONDS);
  speed = new Float64Array(FIRST_POINTS * OPEN_SECONDS);
  /** Latest intended sending time among the observations of the second. */
  publishedAtMs = new Float64Array(FIRST_POINTS * OPEN_SECONDS);
  /** Result of one second before the present one and of two; NaN where there is none. */
  toldSecond = new Int32Array(FIRST_POINTS);
  lastFlow = new Float64Array(FIRST_POINTS);
  lastSpeed = new Float64Array(FIRST_POINTS);
  beforeFlow = new Float64Array(FIRST_POINTS);
  beforeSpeed = new Float64Array(FIRST_POINTS);

  /** Number of a further point. */
  add(name: number): number {
    if (this.size === this.name.length) this.#grow();
    const point = this.size++;
    this.name[point] = name;
    this.lastFlow[point] = Number.NaN;
    this.lastSpeed[point] = Number.NaN;
    return point;
  }

  begin(at: number, second: number): void {
    this.second[at] = second;
    this.lanes[at] = 0;
    this.flow[at] = 0;
    this.speed[at] = 0;
    this.publishedAtMs[at] = 0;
  }

  /** Before a result: what was the last second's is now as many seconds back as have passed. */
  moveOn(point: number, second: number): void {
    const passed = second - (this.toldSecond[point] as number);
    const isBefore = passed === 2;
    if (passed === 1) return;
    this.beforeFlow[point] = isBefore ? (this.lastFlow[point] as number) : Number.NaN;
    this.beforeSpeed[point] = isBefore ? (this.lastSpeed[point] as number) : Number.NaN;
    this.lastFlow[point] = Number.NaN;
    this.lastSpeed[point] = Number.NaN;
  }

  /** After a result: it is the last one. */
  tell(point: number, second: number, flow: number, speed: number): void {
    this.beforeFlow[point] = this.lastFlow[point] as number;
    this.beforeSpeed[point] = this.lastSpeed[point] as number;
    this.lastFlow[point] = flow;
    this.lastSpeed[point] = speed;
    this.toldSecond[point] = second;
  }

  #grow(): void {
    this.name = doubled(this.name);
    this.second = doubledWhole(this.second);
    this.lanes = doubledWhole(this.lanes);
    this.flow = doubled(this.flow);
    this.speed = doubled(this.speed);
    this.publishedAtMs = doubled(this.publishedAtMs);
    this.toldSecond = doubledWhole(this.toldSecond);
    this.lastFlow = doubled(this.lastFlow);
    this.lastSpeed = doubled(this.lastSpeed);
    this.beforeFlow = doubled(this.beforeFlow);
    this.beforeSpeed = doubled(this.beforeSpeed);
  }
}

function doubled(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(2 * from.length);
  to.set(from);
  return to;
}

function doubledWhole(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}
