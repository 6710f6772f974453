/** Observations of one message in columns, reused from message to message. */
export class ObservationBatch {
  readonly kind = "sensor";
  /** When the message was to be sent, Unix ms: the event time of all its observations. */
  publishedAtMs = 0;
  size = 0;
  /** Number of the lane's key. */
  lane = new Int32Array(FIRST_ROWS);
  /** 1: of the stream of speeds, 0: of that of flows. */
  isSpeed = new Uint8Array(FIRST_ROWS);
  /** Vehicles per hour or km/h. */
  value = new Float64Array(FIRST_ROWS);
  lanes = new Int32Array(FIRST_ROWS);
  /** The loop's own time, Unix ms. */
  measuredAtMs = new Float64Array(FIRST_ROWS);
  latitudeDeg = new Float64Array(FIRST_ROWS);
  longitudeDeg = new Float64Array(FIRST_ROWS);

  /** The row of the next observation. */
  open(): number {
    if (this.size === this.lane.length) this.#grow();
    return this.size++;
  }

  #grow(): void {
    const rows = 2 * this.lane.length;
    const float = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(rows);
      to.set(from);
      return to;
    };
    const lane = new Int32Array(rows);
    lane.set(this.lane);
    this.lane = lane;
    const isSpeed = new Uint8Array(rows);
    isSpeed.set(this.isSpeed);
    this.isSpeed = isSpeed;
    const lanes = new Int32Array(rows);
    lanes.set(this.lanes);
    this.lanes = lanes;
    this.value = float(this.value);
    this.measuredAtMs = float(this.measuredAtMs);
    this.latitudeDeg = float(this.latitudeDeg);
    this.longitudeDeg = float(this.longitudeDeg);
  }
}

const FIRST_ROWS = 512;
