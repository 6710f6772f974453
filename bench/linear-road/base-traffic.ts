import { THREE_HOURS, TrafficGenerator } from "./generator.ts";
import { isPlaced, readTupleFile, TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** Where the traffic of one expressway comes from, and which part of it is played. */
export interface BasePlan {
  readonly seed: number;
  /** A tuple file, of which expressway 0 is taken; traffic of our own without one. */
  readonly file?: string | undefined;
  /** Second at which the played window begins. */
  readonly fromS: number;
  readonly windowS: number;
  /** Seconds before it that the state is warmed with: averages look back five minutes, accidents take 90 s to be found. */
  readonly warmUpS: number;
}

/** Traffic of one expressway with its vehicles numbered anew from 1, so that copies can stand side by side. */
export interface BaseTraffic {
  readonly warmUp: readonly Tuple[];
  readonly window: readonly Tuple[];
  /** Ids from one copy to the next: a multiple of 64 above all ids. */
  readonly vehicleStride: number;
  readonly queryStride: number;
}

const STRIDE_UNIT = 64;

/** Makes or reads the traffic. The same plan gives the same traffic, so server and load need not send it each other. */
export function makeBase(plan: BasePlan): BaseTraffic {
  const cut = new Cut(plan);
  if (plan.file === undefined) {
    const seconds = THREE_HOURS.seconds;
    const generator = new TrafficGenerator({ ...THREE_HOURS, seed: plan.seed, seconds });
    generator.run((tuple) => cut.take(tuple), plan.fromS + plan.windowS);
  } else {
    readTupleFile(plan.file, (tuple) => cut.take(tuple));
  }
  return cut.end();
}

/** Takes the part of expressway 0 out of traffic. */
class Cut {
  readonly #plan: BasePlan;
  readonly #warmUp: Tuple[] = [];
  readonly #window: Tuple[] = [];
  readonly #ids = new Map<number, number>();
  #queries = 0;

  constructor(plan: BasePlan) {
    this.#plan = plan;
  }

  take(tuple: Tuple): void {
    const { fromS, windowS, warmUpS } = this.#plan;
    if (tuple.timeS < fromS - warmUpS || tuple.timeS >= fromS + windowS) return;
    const isWindow = tuple.timeS >= fromS;
    if (tuple.type === TUPLE_TYPE.position) {
      if (tuple.expressway !== 0 || !isPlaced(tuple)) return;
      const vehicle = this.#idOf(tuple.vehicle);
      (isWindow ? this.#window : this.#warmUp).push({ ...tuple, vehicle });
    } else if (isWindow) this.#takeRequest(tuple);
  }

  #takeRequest(tuple: Tuple): void {
    if (tuple.type !== TUPLE_TYPE.balance && tuple.type !== TUPLE_TYPE.expenditure) return;
    const vehicle = this.#ids.get(tuple.vehicle);
    if (vehicle === undefined) return;
    const isPast = tuple.type === TUPLE_TYPE.expenditure;
    this.#window.push({ ...tuple, vehicle, queryId: this.#queries++, expressway: isPast ? 0 : -1 });
  }

  #idOf(vehicle: number): number {
    const known = this.#ids.get(vehicle);
    if (known !== undefined) return known;
    // From 1: protobuf leaves out a 0, and copies are made by patching numbers.
    const id = this.#ids.size + 1;
    this.#ids.set(vehicle, id);
    return id;
  }

  end(): BaseTraffic {
    return {
      warmUp: this.#warmUp,
      window: this.#window,
      vehicleStride: (Math.floor((this.#ids.size + 1) / STRIDE_UNIT) + 1) * STRIDE_UNIT,
      queryStride: this.#queries + 1,
    };
  }
}

/** A tuple of the base as it is on another expressway. */
export function onCopy(tuple: Tuple, copy: number, { vehicleStride, queryStride }: BaseTraffic): Tuple {
  return {
    ...tuple,
    vehicle: tuple.vehicle + copy * vehicleStride,
    expressway: tuple.expressway < 0 ? tuple.expressway : copy,
    queryId: tuple.queryId < 0 ? tuple.queryId : tuple.queryId + copy * queryStride,
  };
}
