import { type AnswerRows, noTotals, type Totals } from "./answers.ts";
import { LinearRoad } from "./engine.ts";
import { hashedExpenditures } from "./expenditures.ts";
import type { Rules } from "./rules.ts";
import type { RoadOptions, RoadState } from "./state.ts";
import { isPlaced, TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** Reports of one record, as many as a frame may carry. */
const RECORD_REPORTS = 500;

/** Long enough for the watermark to pass the last second. */
const END_MS = 10_000;

/** What became of the tuples. */
export interface InputCounts {
  reports: number;
  requests: number;
  /** Requests for travel times, which nobody answers. */
  travelTimes: number;
  /** Tuples outside the roads or of unknown type. */
  outside: number;
}

/** Takes the answers of a record: notices first, then those about accounts. */
export type TakeAnswers = (notices: AnswerRows, accountAnswers: AnswerRows) => void;

/**
 * Runs tuples through the pipeline in this process, on the clock of the tuples. A record holds at most 500 reports of one
 * second.
 */
export class OfflineRun {
  readonly engine: LinearRoad;
  readonly counts: InputCounts = { reports: 0, requests: 0, travelTimes: 0, outside: 0 };
  #timeS = -1;

  constructor(rules: Rules, take?: TakeAnswers, options: Partial<RoadOptions> = {}) {
    this.engine = new LinearRoad({ rules, expenditures: hashedExpenditures, ...options }, (state) =>
      take?.(state.notices, state.accountAnswers),
    );
  }

  take(tuple: Tuple): void {
    const { engine } = this;
    if (tuple.timeS !== this.#timeS || engine.pool.frames.length >= RECORD_REPORTS) this.#push(tuple.timeS);
    if (tuple.type === TUPLE_TYPE.position) this.#takeReport(tuple);
    else if (tuple.type === TUPLE_TYPE.balance || tuple.type === TUPLE_TYPE.expenditure)
      this.#takeRequest(tuple);
    else if (tuple.type === TUPLE_TYPE.travelTime) this.counts.travelTimes++;
    else this.counts.outside++;
  }

  /** Processes what is left and answers what was asked. */
  end(): RoadState {
    this.#push(this.#timeS);
    engineTimeEnd(this.engine, this.#timeS);
    return this.engine.state;
  }

  #push(nextS: number): void {
    const { engine } = this;
    if (engine.pool.frames.length > 0 || engine.requests.length > 0) {
      // Files whose times go back exist; receive time does not.
      engine.push(engine.stamp(this.#timeS * 1_000), 1);
    }
    this.#timeS = nextS;
  }

  #takeReport(tuple: Tuple): void {
    if (!isPlaced(tuple)) {
      this.counts.outside++;
      return;
    }
    this.counts.reports++;
    const frame = this.engine.pool.next();
    frame.stationId = tuple.vehicle;
    frame.observation.take(tuple);
  }

  #takeRequest({ type, vehicle, queryId, timeS, expressway, day }: Tuple): void {
    if (vehicle < 0 || timeS < 0) {
      this.counts.outside++;
      return;
    }
    this.counts.requests++;
    this.engine.requests.push({ type, vehicle, queryId, timeS, expressway, day, slot: 1 });
  }
}

function engineTimeEnd(engine: LinearRoad, timeS: number): void {
  engine.advanceTo(Math.max(timeS, 0) * 1_000 + END_MS);
}

/** Counts and sums of a run that has ended. */
export function totalsOf(state: RoadState): Totals {
  return { ...noTotals(), ...state.totals, accidentsFound: state.traffic.book.found };
}
