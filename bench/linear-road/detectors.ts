import type { AlertContent } from "../../src/domain/alert.ts";
import type { DetectionContext, Detector, Emit } from "../../src/domain/detector.ts";
import type { Accident } from "./accidents.ts";
import { CELLS_PER_ROAD } from "./cells.ts";
import { latitudeE7, longitudeE7 } from "./mapping.ts";
import { RoadFrame } from "./reports.ts";
import type { RoadState } from "./state.ts";
import { prefetchRow } from "./vehicles.ts";

const REPORTS_NAME = "linear-road-reports";
const ACCOUNTS_NAME = "linear-road-accounts";

/** When the run's second 0 was, Unix ms; told by the producers. */
export interface RunClock {
  secondZeroMs: number;
}

/**
 * The queries on position reports as one detector: statistics, standing vehicles and accidents, tolls, notifications. What
 * is for one vehicle (560,000 notices a second at the goal) goes into the state's rows; accidents, which are for everybody,
 * leave as detections and become alerts.
 */
export function reportDetector(makeState: () => RoadState): Detector<RoadState> {
  return {
    name: REPORTS_NAME,
    snapshotVersion: 1,
    // A copy of the state of 44 million vehicles every half minute would hold up everything else.
    restartsEmpty: true,
    hears: ["motion"],
    init: makeState,
    prefetch(state, frames) {
      let sum = 0;
      for (const frame of frames) sum += prefetchRow(state.vehicles, frame.stationId);
      return sum;
    },
    onItem(state, frame, context, emit) {
      if (frame instanceof RoadFrame) takeReport(state, frame, context, emit);
    },
    snapshot: (state) => state.snapshot(),
    restore(value) {
      const state = makeState();
      state.restore(value);
      return state;
    },
  };
}

/** The queries about accounts, answered on ticks; see `Accounts` for when. */
export function accountDetector(stateOf: () => RoadState, clock: RunClock): Detector<undefined> {
  return {
    name: ACCOUNTS_NAME,
    snapshotVersion: 1,
    hears: [],
    init: () => undefined,
    onTick(_, __, context) {
      stateOf().accounts.answerDue(lastCompleteSecond(context.watermarkMs, clock));
    },
    snapshot: () => null,
    restore: () => undefined,
  };
}

/** Second t is complete when event time has come to second t + 1. */
export function lastCompleteSecond(watermarkMs: number, { secondZeroMs }: RunClock): number {
  return Math.floor((watermarkMs - secondZeroMs) / 1_000) - 1;
}

function takeReport(state: RoadState, frame: RoadFrame, context: DetectionContext, emit: Emit): void {
  const { book } = state.traffic;
  state.traffic.take(frame.stationId, frame.observation);
  if (book.untold.length === 0) return;
  for (const { accident, isCleared } of book.untold) {
    const { receivedAtMs } = context;
    emit({
      ...contentOf(accident, frame, receivedAtMs),
      detector: REPORTS_NAME,
      key: accident.key,
      phase: isCleared ? "end" : "start",
      decidedAtMs: receivedAtMs,
    });
  }
  book.untold.length = 0;
}

/** Cause code 2, accident (TS 102 894-2). */
const ACCIDENT_CAUSE = 2;
const LIFETIME_MS = 6 * 3_600_000;
const E7 = 1e7;

function contentOf(accident: Accident, frame: RoadFrame, receivedAtMs: number): AlertContent {
  const road = Math.floor(accident.cell / CELLS_PER_ROAD);
  const position = {
    latitudeDeg: latitudeE7(road >> 1) / E7,
    longitudeDeg: longitudeE7(accident.positionFt) / E7,
  };
  const stations = accident.vehicles.length;
  return {
    kind: "accident",
    tier: "confirmed",
    causeCode: ACCIDENT_CAUSE,
    subCauseCode: 0,
    severity: 4,
    confidencePct: 100,
    referencedAtMs: frame.observedAtMs,
    validUntilMs: receivedAtMs + LIFETIME_MS,
    position,
    headingDeg: frame.observation.headingDeg,
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations, observations: stations * 4, receivers: 1, sources: [frame.source.name], marks: [] },
    why: {
      rule: "linear-road-accident",
      text: "Vehicles have reported four times in a row from one place of a travel lane.",
      measures: [{ name: "vehicles", observed: stations, threshold: 2 }],
    },
  };
}
