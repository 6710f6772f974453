import { ANSWER_TYPE, type AnswerRows, type Totals } from "./answers.ts";
import type { ExpenditureTable } from "./expenditures.ts";
import { TUPLE_TYPE } from "./tuples.ts";
import { BALANCE_BASE, V, type VehicleTable, WAITING_BIT } from "./vehicles.ts";

/** A question about an account, with the session that asked. */
export interface AccountRequest {
  readonly type: number;
  readonly vehicle: number;
  readonly queryId: number;
  readonly timeS: number;
  readonly expressway: number;
  readonly day: number;
  readonly slot: number;
}

interface Waiting extends AccountRequest {
  /** Charged up to the second of the request, as far as heard. */
  amount: number;
}

/**
 * Balances as of a second, and expenditures of past days. A request of second t is answered at the first tick after its
 * session has reported of a later second, for a session reports in order of time; and at the latest when the watermark says
 * that second t is complete. Charges of later seconds that arrive before the tick do not count, charges of second t do.
 */
export class Accounts {
  readonly #vehicles: VehicleTable;
  readonly #table: ExpenditureTable;
  readonly #answers: AnswerRows;
  readonly #totals: Totals;
  /** In order of arrival. */
  readonly #bySlot = new Map<number, Waiting[]>();
  /** Second that each session has come to. */
  readonly #heard = new Map<number, number>();
  readonly #byVehicle = new Map<number, Waiting[]>();
  /** Slots of those who asked, one per row of the answers. */
  readonly askers: number[] = [];
  /** Requests that no table has an answer for. */
  unanswerable = 0;

  constructor(vehicles: VehicleTable, table: ExpenditureTable, answers: AnswerRows, totals: Totals) {
    this.#vehicles = vehicles;
    this.#table = table;
    this.#answers = answers;
    this.#totals = totals;
  }

  ask(request: AccountRequest): void {
    const waiting = { ...request, amount: 0 };
    push(this.#bySlot, request.slot, waiting);
    if (request.type !== TUPLE_TYPE.balance) return;
    const row = this.#vehicles.rowOf(request.vehicle);
    const { rows } = this.#vehicles;
    waiting.amount = this.#vehicles.balance(row);
    rows[row + V.state] = (rows[row + V.state] as number) | WAITING_BIT;
    push(this.#byVehicle, request.vehicle, waiting);
  }

  /** A charge of a vehicle for whose balance somebody waits. */
  chargeWaiting(vehicle: number, timeS: number, toll: number): void {
    for (const waiting of this.#byVehicle.get(vehicle) ?? []) {
      if (timeS <= waiting.timeS) waiting.amount += toll;
    }
  }

  /** A session reports of a second. */
  heard(slot: number, timeS: number): void {
    if (timeS > (this.#heard.get(slot) ?? -1)) this.#heard.set(slot, timeS);
  }

  /** A session has ended: its requests are answered to nobody, by the watermark. */
  forget(slot: number): void {
    this.#heard.delete(slot);
  }

  /** Answers what is due on a tick. @param completeS last second that is complete for everybody */
  answerDue(completeS: number): void {
    for (const [slot, waiting] of this.#bySlot) {
      const lastS = Math.max(completeS, (this.#heard.get(slot) ?? 0) - 1);
      const rest = waiting.findIndex(({ timeS }) => timeS > lastS);
      const due = rest < 0 ? waiting.length : rest;
      for (let index = 0; index < due; index++) this.#answer(waiting[index] as Waiting);
      if (due === waiting.length) this.#bySlot.delete(slot);
      else if (due > 0) waiting.splice(0, due);
    }
  }

  #answer(waiting: Waiting): void {
    if (waiting.type === TUPLE_TYPE.balance) {
      this.#release(waiting);
      this.#totals.balancesAnswered++;
      const { amount } = waiting;
      this.#add(ANSWER_TYPE.balance, waiting, amount % BALANCE_BASE, Math.floor(amount / BALANCE_BASE));
      return;
    }
    const toll = this.#table.tollOf(waiting.vehicle, waiting.day, waiting.expressway);
    if (toll === undefined) {
      this.unanswerable++;
      return;
    }
    this.#totals.expendituresAnswered++;
    this.#add(ANSWER_TYPE.expenditure, waiting, toll, 0);
  }

  #add(type: number, { queryId, timeS, slot }: Waiting, value: number, extra: number): void {
    this.#answers.add(type, queryId, timeS, value, extra);
    this.askers.push(slot);
  }

  #release(waiting: Waiting): void {
    const rest = (this.#byVehicle.get(waiting.vehicle) ?? []).filter((one) => one !== waiting);
    if (rest.length > 0) {
      this.#byVehicle.set(waiting.vehicle, rest);
      return;
    }
    this.#byVehicle.delete(waiting.vehicle);
    const row = this.#vehicles.rowOf(waiting.vehicle);
    const { rows } = this.#vehicles;
    rows[row + V.state] = (rows[row + V.state] as number) & ~WAITING_BIT;
  }

  snapshot(): SavedAccounts {
    return {
      unanswerable: this.unanswerable,
      heard: [...this.#heard],
      waiting: [...this.#bySlot.values()].flat().map((waiting) => ({ ...waiting })),
    };
  }

  restore(saved: SavedAccounts): void {
    this.unanswerable = saved.unanswerable;
    this.#bySlot.clear();
    this.#heard.clear();
    for (const [slot, timeS] of saved.heard) this.#heard.set(slot, timeS);
    this.#byVehicle.clear();
    for (const one of saved.waiting) {
      const waiting = { ...one };
      push(this.#bySlot, waiting.slot, waiting);
      if (waiting.type === TUPLE_TYPE.balance) push(this.#byVehicle, waiting.vehicle, waiting);
    }
  }
}

export interface SavedAccounts {
  readonly unanswerable: number;
  readonly heard: readonly (readonly [slot: number, timeS: number])[];
  readonly waiting: readonly (AccountRequest & { readonly amount: number })[];
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
