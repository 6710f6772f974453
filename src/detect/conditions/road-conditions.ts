import type { ConditionLookup, DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { GeoPoint } from "../../domain/place.ts";
import { valuesOf } from "../parameter.ts";
import { followAreas, NAME, tierOf } from "./areas.ts";
import { ROAD_CONDITIONS } from "./conditions-parameters.ts";
import { type ConditionState, emptyState, restoreState, snapshotState } from "./state.ts";
import { type Tally, tallies } from "./tally.ts";
import { cellKey, columnOf, PHENOMENA, rowOf } from "./vote.ts";
import { type ConditionParameters, GRIP_BITS, takeMotion, takeNotice, takeWeather } from "./witness.ts";

/** Areas are decided at this grain; weather does not change faster. */
const DECIDE_EVERY_MS = 5_000;

/** Reports this far behind say nothing about the road now. */
const MAX_AGE_MS = 10_000;

/** Adhesion where vehicles lost their grip and nothing measures it: between snow and wet asphalt. */
const LOST_GRIP_FRICTION = 0.3;

/** Adhesion from vehicles holds this long after a decision. */
const GRIP_HOLDS_MS = 3 * DECIDE_EVERY_MS;

/** More adhesion readings than there are weather stations in a country. */
const MAX_GRIPS = 8_192;

/**
 * Area hazards from several witnesses: slippery road (controls that work at the limit of grip, surface sensors),
 * reduced visibility (fog lights, sight meters), heavy precipitation (wipers, rain meters) and extreme wind. Witnesses
 * within a kilometre speak of one thing; each counts with its trust, its strength and its age, a road user once.
 *
 * One vehicle alone tells nothing: it may be faulty; only a loss of grip that lasts, at speed and at low friction, is a
 * suspicion by itself. A fixed sensor alone is a suspicion until it has said the same for two minutes. Lights and wipers
 * count only where enough of the vehicles that drive among the witnesses and tell of theirs agree. Anti-lock brakes at
 * full deceleration are an emergency on a good road and no sign of a slippery one.
 */
export function roadConditions(
  parameters: ConditionParameters = valuesOf(ROAD_CONDITIONS),
): Detector<ConditionState> {
  return {
    name: NAME,
    snapshotVersion: 2,
    init: emptyState,
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    provides: (state) => ({ conditions: gripOf(state) }),
    refused: ({ refused }) => refused,
    snapshot: snapshotState,
    restore: restoreState,
  };
}

function onItem(
  state: ConditionState,
  frame: Frame,
  context: DetectionContext,
  parameters: ConditionParameters,
): void {
  const report = frame.observation;
  if (report.kind === "motion") {
    const says =
      (report.eventBits & GRIP_BITS) !== 0 || report.lightBits !== 0 || report.wiperRatePerMin !== undefined;
    if (says && !isOld(frame)) takeMotion(state, frame, report, context, parameters);
  } else if (report.kind === "hazard") {
    if (report.termination === undefined) takeNotice(state, frame, report, context);
  } else if (report.kind === "sensor" && report.reading.type === "weather") {
    takeWeather(state, frame, report, report.reading, context, parameters);
  }
}

function isOld(frame: Frame): boolean {
  return frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS;
}

function onTick(
  state: ConditionState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ConditionParameters,
): void {
  if (tickMs % DECIDE_EVERY_MS !== 0) return;
  state.nowMs = tickMs;
  tidyGrips(state, tickMs);
  for (const phenomenon of PHENOMENA) {
    const book = state.books[phenomenon];
    if (book.cells.size === 0 && book.areas.size === 0) continue;
    const found = tallies(phenomenon, book, tickMs, context, parameters);
    followAreas(phenomenon, book, found, tickMs, context, emit, parameters);
    if (phenomenon === "slippery-road")
      for (const tally of found) noteLostGrip(state, tally, tickMs, parameters);
  }
}

/** What vehicles found out about the grip, where enough of them did. */
function noteLostGrip(
  state: ConditionState,
  tally: Tally,
  nowMs: number,
  parameters: ConditionParameters,
): void {
  if (tierOf(tally, parameters) === undefined) return;
  const untilMs = nowMs + GRIP_HOLDS_MS;
  for (const { key, votes } of tally.cells) {
    if (votes.length === 0) continue;
    let friction = 1;
    for (const { level } of votes) friction = Math.min(friction, level < 0 ? LOST_GRIP_FRICTION : level);
    const known = state.grips.get(key);
    // A sensor's reading holds for longer, and measures.
    if (known === undefined || known.untilMs <= untilMs) state.grips.set(key, { friction, untilMs });
  }
}

function tidyGrips({ grips }: ConditionState, nowMs: number): void {
  for (const [key, { untilMs }] of grips) if (untilMs < nowMs || grips.size > MAX_GRIPS) grips.delete(key);
}

/** The lowest adhesion told of within a cell around the place. */
function gripOf(state: ConditionState): ConditionLookup {
  return { frictionNear: (place) => (state.grips.size === 0 ? undefined : lowestAround(state, place)) };
}

function lowestAround({ grips, nowMs }: ConditionState, place: GeoPoint): number | undefined {
  const row = rowOf(place.latitudeDeg);
  const column = columnOf(place.longitudeDeg);
  let lowest: number | undefined;
  for (let r = row - 1; r <= row + 1; r++) {
    for (let c = column - 1; c <= column + 1; c++) {
      const grip = grips.get(cellKey(r, c));
      if (grip === undefined || grip.untilMs < nowMs) continue;
      lowest = lowest === undefined ? grip.friction : Math.min(lowest, grip.friction);
    }
  }
  return lowest;
}
