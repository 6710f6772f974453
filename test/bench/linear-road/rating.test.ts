import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket as WebSocketClient } from "ws";
import { ANSWER_FIELDS } from "../../../bench/linear-road/answers.ts";
import { type BaseTraffic, makeBase, onCopy } from "../../../bench/linear-road/base-traffic.ts";
import { Delays } from "../../../bench/linear-road/delays.ts";
import { type Expected, expectedOf } from "../../../bench/linear-road/expected.ts";
import { hashedExpenditures } from "../../../bench/linear-road/expenditures.ts";
import { frameOfCopy, makeTemplates } from "../../../bench/linear-road/frame-templates.ts";
import { encodeFrame } from "../../../bench/linear-road/frame-writer.ts";
import { OfflineRun } from "../../../bench/linear-road/offline.ts";
import { solve } from "../../../bench/linear-road/oracle.ts";
import { Player } from "../../../bench/linear-road/player.ts";
import { RoadServer } from "../../../bench/linear-road/road-server.ts";
import { RULES } from "../../../bench/linear-road/rules.ts";
import { RoadState } from "../../../bench/linear-road/state.ts";
import { TUPLE_TYPE, type Tuple } from "../../../bench/linear-road/tuples.ts";
import { DEADLINE_MS, isPassed, Validator } from "../../../bench/linear-road/validator.ts";
import { warmStart } from "../../../bench/linear-road/warm-start.ts";
import { clientFrame } from "../../../bench/load/lean-socket.ts";
import { liveClock } from "../../../src/stream/clock.ts";
import { wsTransport } from "../../../src/transport/ws.ts";
import { CROWDED, trafficOf } from "./support.ts";

const COPIES = 3;
const FROM_S = 400;
const WINDOW_S = 60;

/** Crowded traffic instead of the rating's, so that tolls, accidents and requests occur within seconds. */
function crowdedBase(windowS = WINDOW_S): BaseTraffic {
  const ids = new Map<number, number>();
  const idOf = (vehicle: number): number => {
    const id = ids.get(vehicle) ?? ids.size + 1;
    ids.set(vehicle, id);
    return id;
  };
  const tuples = trafficOf({ ...CROWDED, seed: 4 }).map((tuple) => ({
    ...tuple,
    vehicle: idOf(tuple.vehicle),
  }));
  const isReport = ({ type }: Tuple): boolean => type === TUPLE_TYPE.position;
  return {
    warmUp: tuples.filter((tuple) => tuple.timeS < FROM_S && isReport(tuple)),
    window: tuples.filter(({ timeS }) => timeS >= FROM_S && timeS < FROM_S + windowS),
    vehicleStride: Math.ceil((ids.size + 1) / 64) * 64,
    queryStride: 100_000,
  };
}

const options = { rules: RULES.roadpulse, expenditures: hashedExpenditures };

function expectedFor(base: BaseTraffic): Expected {
  const solved = solve([...base.warmUp, ...base.window], RULES.roadpulse, hashedExpenditures);
  return expectedOf(solved, base, FROM_S);
}

describe("the start of a rating", () => {
  it("gives further expressways the state that playing their traffic would give", () => {
    const base = crowdedBase();
    const copied = new RoadState(options);
    warmStart(copied, base, COPIES);
    const played = new OfflineRun(RULES.roadpulse);
    for (const tuple of base.warmUp) {
      for (let copy = 0; copy < COPIES; copy++) played.take(onCopy(tuple, copy, base));
    }
    const { vehicles, cells, book } = played.end().snapshot() as Record<string, unknown>;
    const state = copied.snapshot() as Record<string, unknown>;
    expect(state["vehicles"]).toEqual(vehicles);
    expect(state["cells"]).toEqual(cells);
    const { found, spots } = state["book"] as { found: number; spots: readonly { key: string }[] };
    const wanted = book as { found: number; spots: readonly { key: string }[] };
    expect(found).toBeGreaterThan(0);
    const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
    expect(spots.toSorted(byKey)).toEqual(wanted.spots.toSorted(byKey));
  });

  it("sends every expressway the frames that its own tuples would make", () => {
    const base = crowdedBase();
    const templates = makeTemplates(base, FROM_S, WINDOW_S, 1_000_000);
    const copy = 300;
    let tuples = 0;
    templates.forEach((template, index) => {
      const second = FROM_S + Math.floor(index / 10);
      const own = base.window
        .filter(({ timeS }) => timeS === second)
        .map((tuple) => onCopy(tuple, copy, base));
      const part = own.slice(
        Math.floor((own.length * (index % 10)) / 10),
        Math.floor((own.length * ((index % 10) + 1)) / 10),
      );
      tuples += part.length;
      const frame = encodeFrame({
        frameSeq: index + 1,
        timeMs: 1_000_000 + second * 1_000,
        reports: part.filter(({ type }) => type === 0),
        requests: part.filter(({ type }) => type !== 0),
      });
      expect(frameOfCopy(template, copy)).toEqual(clientFrame(frame));
    });
    expect(tuples).toBe(base.window.length);
  });

  it("takes the window and the minutes before it out of the traffic, with ids of its own", () => {
    const base = makeBase({ seed: 5, fromS: 60, windowS: 2, warmUpS: 40 });
    expect(new Set(base.window.map(({ timeS }) => timeS))).toEqual(new Set([60, 61]));
    expect(Math.min(...base.warmUp.map(({ timeS }) => timeS))).toBe(20);
    const ids = new Set([...base.warmUp, ...base.window].map(({ vehicle }) => vehicle));
    expect(Math.max(...ids)).toBe(ids.size);
    expect(base.vehicleStride % 64).toBe(0);
    expect(base.vehicleStride).toBeGreaterThan(ids.size);
  });
});

describe("the validator", () => {
  const base = crowdedBase();
  const expected = expectedFor(base);
  const SECOND_ZERO_MS = 1_000_000;

  /** Rows of one copy as a server without fault would tell them. */
  function rowsFor(copy: number): { rows: Int32Array; count: number } {
    const run = new OfflineRun(RULES.roadpulse, (notices, accounts) => {
      for (const { rows, length } of [notices, accounts])
        told.push(...rows.subarray(0, length * ANSWER_FIELDS));
    });
    const told: number[] = [];
    for (const tuple of [...base.warmUp, ...base.window]) run.take(onCopy(tuple, copy, base));
    run.end();
    const rows: number[] = [];
    for (let at = 0; at < told.length; at += ANSWER_FIELDS) {
      if ((told[at + 2] as number) >= FROM_S) rows.push(...told.slice(at, at + ANSWER_FIELDS));
    }
    return { rows: Int32Array.from(rows), count: rows.length / ANSWER_FIELDS };
  }

  function judge(change: (rows: Int32Array) => Int32Array, delayMs = 100) {
    const validator = new Validator(expected, base, 2, SECOND_ZERO_MS);
    for (let copy = 0; copy < 2; copy++) {
      const right = rowsFor(copy).rows;
      const rows = copy === 1 ? change(right) : right;
      for (let at = 0; at < rows.length; at += ANSWER_FIELDS) {
        const nowMs = SECOND_ZERO_MS + (rows[at + 2] as number) * 1_000 + delayMs;
        validator.take(copy, rows.subarray(at, at + ANSWER_FIELDS), 1, nowMs);
      }
    }
    return validator.verdict();
  }

  const find = (rows: Int32Array, type: number): number => {
    for (let at = 0; at < rows.length; at += ANSWER_FIELDS) if (rows[at] === type) return at;
    throw new Error(`no answer of type ${type} to spoil`);
  };

  it("passes what is right and in time, on every expressway", () => {
    const verdict = judge((rows) => rows);
    expect(verdict).toMatchObject({ missing: 0, wrong: 0, late: 0, slowestMs: 100 });
    expect(isPassed(verdict)).toBe(true);
    const { tollsNotified, accidentsNotified, balancesAnswered, expendituresAnswered } = verdict;
    expect(
      Math.min(tollsNotified, accidentsNotified, balancesAnswered, expendituresAnswered),
    ).toBeGreaterThan(0);
    expect(tollsNotified + accidentsNotified + balancesAnswered + expendituresAnswered).toBe(
      verdict.received,
    );
  });

  it.each([
    ["a toll that is a dollar too high", 0, 4],
    ["another average speed", 0, 3],
    ["a toll for another vehicle", 0, 1],
    ["a toll of another second", 0, 2],
    ["an accident in another segment", 1, 3],
    ["an accident on another expressway", 1, 4],
    ["another balance", 2, 3],
    ["an answer to another question", 2, 1],
    ["another expenditure", 3, 3],
  ])("catches %s", (_, type, column) => {
    const verdict = judge((rows) => {
      const spoilt = rows.slice();
      const at = find(spoilt, type) + column;
      spoilt[at] = (spoilt[at] as number) + 1;
      return spoilt;
    });
    expect(verdict.wrong).toBe(1);
    expect(isPassed(verdict)).toBe(false);
  });

  it("catches an answer that is missing, one too many, and two in the wrong order", () => {
    const last = -ANSWER_FIELDS;
    expect(judge((rows) => rows.slice(0, last))).toMatchObject({ missing: 1 });
    expect(isPassed(judge((rows) => rows.slice(0, last)))).toBe(false);
    const twice = judge((rows) => Int32Array.of(...rows, ...rows.slice(last)));
    expect(twice.wrong).toBe(1);
    const swapped = judge((rows) => {
      const first = find(rows, 0);
      const second = first + ANSWER_FIELDS + find(rows.subarray(first + ANSWER_FIELDS), 0);
      const other = rows.slice();
      other.set(rows.subarray(second, second + ANSWER_FIELDS), first);
      other.set(rows.subarray(first, first + ANSWER_FIELDS), second);
      return other;
    });
    expect(swapped.wrong).toBe(2);
  });

  it("counts what is told after five seconds", () => {
    expect(judge((rows) => rows, DEADLINE_MS).late).toBe(0);
    const late = judge((rows) => rows, DEADLINE_MS + 1);
    expect(late.late).toBe(late.received);
    expect(isPassed(late)).toBe(false);
  });
});

describe("Linear Road through sockets", () => {
  const ends: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  it("tells every expressway in real time what the oracle says", async () => {
    const windowS = 2;
    const base = crowdedBase(windowS);
    const server = new RoadServer(options);
    warmStart(server.engine.state, base, COPIES);
    const url = await server.listen(wsTransport());
    ends.push(() => server.close());
    const clock = liveClock();
    const secondZeroMs = Math.ceil(clock()) + 300 - FROM_S * 1_000;
    const validator = new Validator(expectedFor(base), base, COPIES, secondZeroMs);
    const player = new Player(
      { url, copies: COPIES, base, fromS: FROM_S, windowS, secondZeroMs, validator },
      clock,
    );
    ends.push(() => player.end());
    await player.connect();
    const result = await player.play();
    expect(validator.verdict()).toMatchObject({ missing: 0, wrong: 0, examples: [] });
    expect(validator.verdict().expected).toBeGreaterThan(0);
    expect(result.tuplesSent).toBe(COPIES * base.window.length);
    expect(server.counts).toMatchObject({ malformed: 0, skipped: 0, dropped: 0 });
    expect(server.counts.reports + server.counts.requests).toBe(result.tuplesSent);
  });

  it("closes a session that reports before it has introduced itself", async () => {
    const server = new RoadServer(options);
    const url = await server.listen(wsTransport());
    ends.push(() => server.close());
    const socket = new WebSocketClient(url, "v1.ingest.roadpulse");
    await once(socket, "open");
    socket.send(encodeFrame({ frameSeq: 1, timeMs: 0, reports: [], requests: [] }));
    const [code] = await once(socket, "close");
    expect(code).toBe(4400);
  });
});

describe("delays", () => {
  it("tell their quantiles within a tenth of a millisecond", () => {
    const delays = new Delays();
    for (let value = 1; value <= 1_000; value++) delays.add(value);
    expect(delays.quantile(0.5)).toBeCloseTo(500, 0);
    expect(delays.quantile(0.99)).toBeCloseTo(990, 0);
    expect(delays.quantile(1)).toBe(1_000);
    expect(new Delays().quantile(0.5)).toBeNaN();
  });
});
