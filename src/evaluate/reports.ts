import type { ChannelModel } from "./channel.ts";
import type { Ground } from "./ground.ts";
import { RoadsideUnits } from "./roadside-units.ts";
import { CamTrigger, StationChannel } from "./station-channel.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** A report as one receiver heard it. */
export interface Report {
  readonly receivedAtMs: number;
  /** Time that the message bears, Unix ms, whole. */
  readonly claimedAtMs: number;
  /** When the vehicle was there. */
  readonly atMs: number;
  readonly vehicle: number;
  /** Row of the table that it was made from. */
  readonly row: number;
  readonly stationId: number;
  readonly receiver: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accelerationMps2: number;
}

/** Sources this fast obey the rules for CAMs; slower ones are sent as they are. */
const FAST_INTERVAL_MS = 200;

/** Rows that are further apart are not one drive. */
const LONGEST_GAP_MS = 3_000;

/** What equipped vehicles send and receivers hear, in the order of sending. */
export class ReportSource {
  readonly #table: VehicleTable;
  readonly #equipped: Uint8Array;
  readonly #model: ChannelModel;
  readonly #ground: Ground;
  readonly #seed: number;
  readonly #stations = new Map<number, StationChannel>();
  readonly #units: RoadsideUnits;
  readonly #triggers = new Map<number, CamTrigger>();
  readonly #nextRow: Int32Array;

  constructor(table: VehicleTable, equipped: Uint8Array, model: ChannelModel, ground: Ground, seed: number) {
    this.#table = table;
    this.#equipped = equipped;
    this.#model = model;
    this.#ground = ground;
    this.#seed = seed;
    this.#units = new RoadsideUnits(model.receivers);
    this.#nextRow = nextRows(table);
  }

  *[Symbol.iterator](): Generator<Report> {
    const { rows, vehicle, timeMs } = this.#table;
    for (let row = 0; row < rows; row++) {
      const v = vehicle[row] as number;
      if (this.#equipped[v] === 0) continue;
      if (this.#model.trigger === "file") yield* this.#heard(v, row, 0);
      else if (this.#table.intervalMs <= FAST_INTERVAL_MS) {
        if (this.#isDue(v, row)) yield* this.#heard(v, row, 0);
      } else {
        const next = this.#nextRow[row] as number;
        const gapMs = next < 0 ? 0 : (timeMs[next] as number) - (timeMs[row] as number);
        const shiftMs = Math.round(this.#station(v).phase * (gapMs > LONGEST_GAP_MS ? 0 : gapMs));
        yield* this.#heard(v, row, shiftMs);
      }
    }
  }

  #isDue(v: number, row: number): boolean {
    const { timeMs, longitudeDeg, latitudeDeg, speedMps, headingDeg } = this.#table;
    let trigger = this.#triggers.get(v);
    if (trigger === undefined) {
      trigger = new CamTrigger();
      this.#triggers.set(v, trigger);
    }
    const x = this.#ground.x(longitudeDeg[row] as number);
    const y = this.#ground.y(latitudeDeg[row] as number);
    return trigger.isDue(timeMs[row] as number, x, y, speedMps[row] as number, headingDeg[row] as number);
  }

  *#heard(v: number, row: number, shiftMs: number): Generator<Report> {
    const { timeMs, stationIds } = this.#table;
    const atMs = (timeMs[row] as number) + shiftMs;
    const station = this.#station(v);
    const stationId = this.#model.pseudonymS === 0 ? (stationIds[v] as number) : station.pseudonym(atMs);
    const isLost = station.isLost(atMs);
    const state = this.#stateAt(row, shiftMs);
    const error = station.error(atMs);
    if (isLost) return;
    const x = this.#ground.x(state.longitudeDeg) + error.eastM;
    const y = this.#ground.y(state.latitudeDeg) + error.northM;
    const place = error.eastM === 0 && error.northM === 0 ? state : this.#ground.point(x, y);
    const receiver = this.#units.nearest(x, y);
    const base = {
      claimedAtMs: Math.round(atMs + station.clockMs),
      atMs,
      vehicle: v,
      row,
      stationId,
      latitudeDeg: place.latitudeDeg,
      longitudeDeg: place.longitudeDeg,
      speedMps: state.speedMps,
      headingDeg: state.headingDeg,
      accelerationMps2: state.accelerationMps2,
    };
    yield { ...base, receiver, receivedAtMs: atMs + station.delayMs() };
    if (this.#model.receivers > 1 && station.isHeardTwice()) {
      yield {
        ...base,
        receiver: this.#units.secondNearest(x, y),
        receivedAtMs: atMs + station.delayMs(),
      };
    }
  }

  #station(v: number): StationChannel {
    let station = this.#stations.get(v);
    if (station === undefined) {
      station = new StationChannel(this.#model, this.#seed, this.#table.stationIds[v] as number);
      this.#stations.set(v, station);
    }
    return station;
  }

  /** The row, or what lies between it and the next. */
  #stateAt(row: number, shiftMs: number): State {
    const { latitudeDeg, longitudeDeg, speedMps, headingDeg, accelerationMps2, timeMs } = this.#table;
    const next = this.#nextRow[row] as number;
    const gapMs = next < 0 ? 0 : (timeMs[next] as number) - (timeMs[row] as number);
    const t = gapMs === 0 ? 0 : shiftMs / gapMs;
    const to = t === 0 ? row : next;
    const between = (column: Float64Array | Float32Array): number =>
      (column[row] as number) + t * ((column[to] as number) - (column[row] as number));
    return {
      latitudeDeg: between(latitudeDeg),
      longitudeDeg: between(longitudeDeg),
      speedMps: between(speedMps),
      headingDeg: headingBetween(headingDeg[row] as number, headingDeg[to] as number, t),
      accelerationMps2: between(accelerationMps2),
    };
  }
}

interface State {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accelerationMps2: number;
}

function headingBetween(fromDeg: number, toDeg: number, t: number): number {
  const turn = ((toDeg - fromDeg + 540) % 360) - 180;
  return (fromDeg + t * turn + 360) % 360;
}

/** Row of the same vehicle that follows each row; −1 where none does. */
function nextRows({ rows, drives }: VehicleTable): Int32Array {
  const next = new Int32Array(rows).fill(-1);
  for (const drive of drives) {
    for (let i = 0; i + 1 < drive.length; i++) next[drive[i] as number] = drive[i + 1] as number;
  }
  return next;
}
