import { describe, expect, it } from "vitest";
import type { Answer } from "../../../bench/linear-road/answers.ts";
import { collectInto } from "../../../bench/linear-road/input.ts";
import { OfflineRun, totalsOf } from "../../../bench/linear-road/offline.ts";
import { RULES, type Rules, tollFor } from "../../../bench/linear-road/rules.ts";
import { emptyTuple, type Tuple } from "../../../bench/linear-road/tuples.ts";

function report(timeS: number, vehicle: number, segment: number, more: Partial<Tuple> = {}): Tuple {
  const place = { expressway: 0, direction: 0, lane: 2, positionFt: segment * 5_280 + (timeS % 5_000) };
  return { ...emptyTuple(), type: 0, timeS, vehicle, segment, speedMph: 20, ...place, ...more };
}

function run(tuples: readonly Tuple[], rules: Rules = RULES.roadpulse) {
  const answers: Answer[] = [];
  const offline = new OfflineRun(rules, collectInto(answers));
  for (const tuple of tuples.toSorted((a, b) => a.timeS - b.timeS)) offline.take(tuple);
  return { totals: totalsOf(offline.end()), answers };
}

/** So many vehicles in a segment in the first minute. */
const crowd = (vehicles: number, segment: number, speedMph = 20): Tuple[] =>
  Array.from({ length: vehicles }, (_, index) =>
    report(index % 60, 1_000 + segment * 200 + index, segment, { speedMph }),
  );

/** Reports of a vehicle that stands, every 30 s. */
const standing = (vehicle: number, fromS: number, reports: number, positionFt: number, lane = 2): Tuple[] =>
  Array.from({ length: reports }, (_, index) =>
    report(fromS + index * 30, vehicle, Math.floor(positionFt / 5_280), { positionFt, lane, speedMph: 0 }),
  );

const accidentNotices = (answers: readonly Answer[]): Answer[] => answers.filter(({ type }) => type === 1);

describe("tolls", () => {
  it("are twice the square of the vehicles beyond fifty, below 40 mph", () => {
    expect([tollFor(50, 39, 50), tollFor(51, 39, 50), tollFor(60, 39, 50), tollFor(60, 40, 50)]).toEqual([
      0, 2, 200, 0,
    ]);
  });

  it("are notified on entry, charged on the next entry, and part of the balance of that second", () => {
    const ask = (timeS: number, queryId: number): Tuple => ({
      ...emptyTuple(),
      type: 2,
      timeS,
      vehicle: 7,
      queryId,
    });
    const { totals, answers } = run([
      ...crowd(60, 10),
      report(70, 7, 10),
      ask(99, 1),
      ask(100, 2),
      report(100, 7, 11),
      ask(101, 3),
    ]);
    expect(answers).toContainEqual({ type: 0, who: 7, timeS: 70, value: 20, extra: 200 });
    expect(totals).toMatchObject({ tollsCharged: 200, tollsNotified: 62, balancesAnswered: 3 });
    const balances = answers.filter(({ type }) => type === 2).map(({ who, value }) => [who, value]);
    expect(balances).toEqual([
      [1, 0],
      [2, 200],
      [3, 200],
    ]);
  });

  it("are not charged to a vehicle that leaves by the exit lane of the same segment", () => {
    const { totals } = run([...crowd(60, 10), report(70, 7, 10), report(100, 7, 10, { lane: 4 })]);
    expect(totals).toMatchObject({ tollsCharged: 0, tollsNotifiedSum: 200, tollsNotified: 61 });
  });

  it("are charged, and none is notified, when the vehicle leaves by the exit lane of the next segment", () => {
    const { totals } = run([...crowd(60, 10), report(70, 7, 10), report(100, 7, 11, { lane: 4 })]);
    expect(totals).toMatchObject({ tollsCharged: 200, tollsNotified: 61 });
  });

  it("depend on how averages are made: of reports, or of vehicles", () => {
    // A slow vehicle reports three times, 51 fast ones once each: 38.8 mph by reports, 40.2 by vehicles.
    const slow = [0, 20, 40].map((timeS) =>
      report(timeS, 1, 10, { speedMph: 1, positionFt: 52_800 + timeS }),
    );
    const tuples = [...slow, ...crowd(51, 10, 41), report(70, 7, 10)];
    const toll = (rules: Rules) => run(tuples, rules).answers.find(({ who }) => who === 7);
    expect(toll(RULES.roadpulse)).toMatchObject({ value: 39, extra: 8 });
    expect(toll(RULES.paper)).toMatchObject({ value: 40, extra: 0 });
  });

  it("forget a vehicle that comes back by the entry lane after more than a minute, and ignore one that comes back otherwise", () => {
    const exit = [report(10, 7, 10), report(40, 7, 10, { lane: 4 })];
    expect(run([...exit, report(101, 7, 10, { lane: 0 })]).totals.tollsNotified).toBe(2);
    expect(run([...exit, report(101, 7, 11)]).totals.tollsNotified).toBe(1);
  });
});

describe("accidents", () => {
  const PLACE = 20 * 5_280 + 100;
  const crash = [...standing(1, 0, 8, PLACE), ...standing(2, 5, 8, PLACE)];
  // Found with the fourth report of the second vehicle, in second 95 (minute 2); cleared in second 240 (minute 5).
  const course = [...crash, report(240, 1, 20)];
  const entering = (timeS: number, segment: number, direction = 0): Tuple =>
    report(timeS, 50, segment, { direction });

  it.each([
    ["in the minute after it was found", 120, 20, 0, true],
    ["four segments upstream", 130, 16, 0, true],
    ["in the minute in which it is cleared", 299, 18, 0, true],
    ["but not in the minute in which it was found", 119, 20, 0, false],
    ["nor in the minute after it was cleared", 300, 20, 0, false],
    ["nor five segments upstream", 130, 15, 0, false],
    ["nor downstream", 130, 21, 0, false],
    ["nor in the other direction", 130, 20, 1, false],
  ])("are told to those who enter %s", (_, timeS, segment, direction, told) => {
    const { totals, answers } = run([...course, entering(timeS, segment, direction)]);
    expect(totals.accidentsFound).toBe(1);
    const own = accidentNotices(answers).filter(({ who }) => who === 50);
    expect(own).toEqual(told ? [{ type: 1, who: 50, timeS, value: 20, extra: 0 }] : []);
  });

  it("need four reports of two vehicles from one travel lane and position", () => {
    const found = (tuples: readonly Tuple[]): number => run(tuples).totals.accidentsFound;
    expect(found([...standing(1, 0, 4, PLACE), ...standing(2, 5, 4, PLACE)])).toBe(1);
    expect(found([...standing(1, 0, 4, PLACE), ...standing(2, 5, 3, PLACE)])).toBe(0);
    expect(found([...standing(1, 0, 4, PLACE), ...standing(2, 5, 4, PLACE + 1)])).toBe(0);
    expect(found([...standing(1, 0, 4, PLACE), ...standing(2, 5, 4, PLACE, 3)])).toBe(0);
    expect(found([...standing(1, 0, 4, PLACE, 0), ...standing(2, 5, 4, PLACE, 0)])).toBe(0);
  });

  it("take the toll away", () => {
    const crowded = Array.from({ length: 60 }, (_, index) => report(60 + (index % 60), 1_000 + index, 18));
    const { answers } = run([...course, ...crowded, entering(125, 18)]);
    expect(answers).toContainEqual({ type: 0, who: 50, timeS: 125, value: 20, extra: 0 });
    const { answers: without } = run([...crowded, entering(125, 18)]);
    expect(without).toContainEqual({ type: 0, who: 50, timeS: 125, value: 20, extra: 200 });
  });

  it("happen in a segment again, which the public validator does not see", () => {
    const again = [...standing(3, 600, 6, PLACE + 50), ...standing(4, 605, 6, PLACE + 50), entering(730, 19)];
    const tuples = [...course, report(245, 2, 20), ...again];
    expect(run(tuples).totals).toMatchObject({ accidentsFound: 2, accidentsNotified: 1 });
    expect(run(tuples, RULES.validator).totals).toMatchObject({ accidentsFound: 1, accidentsNotified: 0 });
  });
});
