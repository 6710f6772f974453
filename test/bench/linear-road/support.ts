import fc from "fast-check";
import type { Answer } from "../../../bench/linear-road/answers.ts";
import { compareAnswers } from "../../../bench/linear-road/compare.ts";
import { hashedExpenditures } from "../../../bench/linear-road/expenditures.ts";
import { THREE_HOURS, TrafficGenerator, type TrafficPlan } from "../../../bench/linear-road/generator.ts";
import { collectInto } from "../../../bench/linear-road/input.ts";
import { OfflineRun, totalsOf } from "../../../bench/linear-road/offline.ts";
import { solve } from "../../../bench/linear-road/oracle.ts";
import type { Rules } from "../../../bench/linear-road/rules.ts";
import { emptyTuple, type Tuple } from "../../../bench/linear-road/tuples.ts";

/** Ten minutes of traffic in a few crowded segments, with an accident every minute or two. */
export const CROWDED: TrafficPlan = {
  ...THREE_HOURS,
  seconds: 600,
  inflow: { ends: 3, middle: 8 },
  entries: [40, 44],
  trip: [2, 7],
  accidentPauseS: [20, 90],
  accidentS: [150, 240],
  balanceShare: 0.05,
  expenditureShare: 0.02,
};

export function trafficOf(plan: TrafficPlan): Tuple[] {
  const tuples: Tuple[] = [];
  new TrafficGenerator(plan).run((tuple) => tuples.push({ ...tuple }));
  return tuples;
}

/** What detectors tell otherwise than the oracle about tuples; empty where all is equal. */
export function differencesOf(tuples: readonly Tuple[], rules: Rules): string[] {
  const answers: Answer[] = [];
  const run = new OfflineRun(rules, collectInto(answers));
  for (const tuple of tuples) run.take(tuple);
  return compareAnswers(solve(tuples, rules, hashedExpenditures), answers, totalsOf(run.end()));
}

/** A report, or one of the requests, of few vehicles in few places: everything that can meet does. */
const anyStep = fc.record({
  type: fc.constantFrom(0, 0, 0, 0, 0, 0, 2, 3),
  pauseS: fc.constantFrom(0, 0, 0, 5, 15, 30, 61),
  vehicle: fc.integer({ min: 1, max: 6 }),
  speedMph: fc.integer({ min: 0, max: 60 }),
  expressway: fc.constantFrom(0, 0, 0, 1),
  lane: fc.constantFrom(0, 1, 1, 1, 2, 4),
  direction: fc.constantFrom(0, 0, 0, 1),
  segment: fc.integer({ min: 0, max: 3 }),
  place: fc.constantFrom(0, 0, 0, 1),
  day: fc.integer({ min: 0, max: 70 }),
});

/** Tuples in order of time, otherwise without sense. */
export const anyTuples: fc.Arbitrary<Tuple[]> = fc.array(anyStep, { maxLength: 250 }).map((steps) => {
  let timeS = 0;
  return steps.map(({ pauseS, place, ...step }, index) => {
    timeS += pauseS;
    const positionFt = step.segment * 5_280 + place;
    return { ...emptyTuple(), ...step, timeS, positionFt, queryId: index };
  });
});

/** Vehicles that stand, drive on and come back on one road, in one place or the next: accidents of every course. */
export const anyStandstill: fc.Arbitrary<Tuple[]> = fc
  .array(
    fc.record({
      vehicle: fc.integer({ min: 1, max: 4 }),
      place: fc.constantFrom(0, 1),
      lane: fc.constantFrom(0, 1, 2),
      repeats: fc.integer({ min: 1, max: 6 }),
      pauseS: fc.constantFrom(1, 10, 30),
    }),
    { maxLength: 60 },
  )
  .map((stays) => {
    let timeS = 0;
    const tuples: Tuple[] = [];
    for (const { vehicle, place, lane, repeats, pauseS } of stays) {
      const segment = 5 + place;
      const report = {
        ...emptyTuple(),
        type: 0,
        vehicle,
        speedMph: 0,
        expressway: 0,
        direction: 0,
        segment,
        lane,
      };
      for (let count = 0; count < repeats; count++) {
        timeS += pauseS;
        tuples.push({ ...report, timeS, positionFt: segment * 5_280 });
        const passing = {
          ...report,
          vehicle: 100 + tuples.length,
          lane: 3,
          segment: 3,
          positionFt: 3 * 5_280,
        };
        tuples.push({ ...passing, timeS, speedMph: 20 });
      }
    }
    return tuples;
  });
