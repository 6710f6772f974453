import type { AlertKind, AlertTier } from "../domain/alert.ts";
import { distanceM } from "../geo/geodesy.ts";
import type { AlertShapes } from "./alert-shape.ts";
import { coverageOf, tailErrors } from "./coverage.ts";
import { type Episode, revisionAt, startOf } from "./episode.ts";
import { asksFor, claimOf, HAZARD_CLASSES, type HazardClass } from "./hazard-class.ts";
import type { LevelCounts, LevelTruth } from "./levels.ts";
import { EARLY_MS, type Judgement, meansToo, type Outcome } from "./match.ts";
import type { OracleTimes } from "./oracle.ts";
import type { RoadTime, TruthCells } from "./road-time.ts";
import type { PlacedEvent, Scene } from "./scene.ts";
import type { TrafficStates } from "./traffic-states.ts";
import { extentAt } from "./truth.ts";

/** One event in one run. */
export interface EventResult {
  readonly seed: number;
  readonly eventId: string;
  readonly detected: boolean;
  /** Found by the alert of another event at the same place and time: cars that brake together make one alert. */
  readonly shared: boolean;
  /** Some equipped or perceived vehicle told of it. */
  readonly perceived: boolean;
  /** For events that are vehicles: whether one of them is equipped, or was seen by one that is. */
  readonly victimEquipped: boolean | undefined;
  readonly detectS: number | undefined;
  readonly oracleS: number | undefined;
  readonly excessS: number | undefined;
  readonly excessSecondS: number | undefined;
  /** Alerts about it beyond the first. */
  readonly duplicates: number;
  /** Of those, the ones that began when the one before had ended. */
  readonly flaps: number;
  readonly knownS: number;
  readonly coveredS: number;
  readonly tailErrorsM: readonly number[];
  /** From the event to the place that the alert named first, m. */
  readonly placeErrorM: number | undefined;
}

/** Everything counted for one kind of alert in one run and tier. */
export interface KindResult {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly events: readonly EventResult[];
  readonly roadTime: RoadTime | undefined;
}

export interface RunResult {
  readonly seed: number;
  readonly tier: AlertTier;
  readonly kinds: ReadonlyMap<AlertKind, KindResult>;
  /** What was told of the levels of traffic, and what its state said of them; empty where nobody asked. */
  readonly levels: LevelCounts;
  readonly states: LevelCounts;
}

export interface TallyInput {
  readonly scene: Scene;
  readonly shapes: AlertShapes;
  readonly seed: number;
  readonly tier: AlertTier;
  readonly judgements: readonly Judgement[];
  readonly oracle: readonly OracleTimes[];
  readonly equipped: Uint8Array;
  readonly cells: ReadonlyMap<AlertKind, TruthCells>;
  readonly levels?: LevelTruth | undefined;
  readonly states?: TrafficStates | undefined;
}

export function tallyRun(input: TallyInput): RunResult {
  const kinds = new Map<AlertKind, KindResult>();
  for (const hazardClass of HAZARD_CLASSES) {
    const judgements = input.judgements.filter(({ episode }) => episode.kind === hazardClass.kind);
    const events = input.scene.events.filter(({ event }) => asksFor(hazardClass, event));
    if (judgements.length === 0 && events.length === 0) continue;
    kinds.set(hazardClass.kind, tallyKind(input, hazardClass, judgements));
  }
  const episodes = input.judgements.map(({ episode }) => episode);
  const levels = input.levels?.measure(input.shapes, episodes) ?? [];
  const states = input.states === undefined ? [] : (input.levels?.measureState(input.states) ?? []);
  return { seed: input.seed, tier: input.tier, kinds, levels, states };
}

function tallyKind(
  input: TallyInput,
  hazardClass: HazardClass,
  judgements: readonly Judgement[],
): KindResult {
  const outcomes: Record<Outcome, number> = { matched: 0, duplicate: 0, "dont-care": 0, false: 0 };
  for (const { outcome } of judgements) outcomes[outcome]++;
  const events = input.scene.events.flatMap((placed, index) => {
    const counts = asksFor(hazardClass, placed.event) && placed.event.dontCare === undefined;
    const isOver = placed.event.onMs < input.scene.fromMs && placed.event.offMs < input.scene.fromMs;
    if (!counts || isOver) return [];
    const about = judgements.filter(
      (judgement) => judgement.placed === placed && judgement.outcome !== "dont-care",
    );
    return [eventResult(input, placed, index, about, judgements)];
  });
  const episodes = judgements.map(({ episode }) => episode);
  const cells = input.cells.get(hazardClass.kind);
  return { outcomes, events, roadTime: cells?.measure(input.shapes, episodes) };
}

function eventResult(
  input: TallyInput,
  placed: PlacedEvent,
  index: number,
  about: readonly Judgement[],
  judgements: readonly Judgement[],
): EventResult {
  const { event } = placed;
  const oracle = input.oracle[index];
  const matched = about.find(({ outcome }) => outcome === "matched");
  const shared = matched === undefined && isShared(input, placed, judgements);
  const claim = matched === undefined ? undefined : claimOf(matched.episode);
  // Earlier than the onset counts as on time: nobody gains by what came before the event.
  const startMs = claim === undefined ? undefined : Math.max(startOf(claim), event.onMs - EARLY_MS);
  const timed = event.onsetKnown ? startMs : undefined;
  const since = (ms: number | undefined, fromMs: number | undefined): number | undefined =>
    ms === undefined || fromMs === undefined ? undefined : (ms - fromMs) / 1_000;
  const covering = [...about, ...aboutBoth(input, placed, judgements)];
  const coverage = coverageOf(input.scene, placed, oracle?.firstMs, covering);
  return {
    seed: input.seed,
    eventId: event.id,
    detected: matched !== undefined || shared,
    shared,
    perceived: oracle?.firstMs !== undefined,
    victimEquipped:
      event.stationIds.length === 0
        ? undefined
        : oracle?.firstMs !== undefined || isAnyEquipped(input, event.stationIds),
    detectS: since(timed, event.onMs),
    oracleS: event.onsetKnown ? since(oracle?.firstMs, event.onMs) : undefined,
    excessS: excessOf(since(timed, oracle?.firstMs)),
    excessSecondS: since(timed, oracle?.secondMs),
    duplicates: about.length - (matched === undefined ? 0 : 1),
    flaps: flapsOf(about),
    knownS: coverage.knownS,
    coveredS: coverage.coveredS,
    placeErrorM: claim === undefined ? undefined : placeErrorM(placed, claim),
    tailErrorsM: matched === undefined ? [] : tailErrors(input.shapes, input.scene, matched),
  };
}

/** Nobody makes up for late alerts by others that came before the oracle: at a signal it may need cycles to be sure. */
function excessOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.max(-EARLY_MS / SECOND_MS, seconds);
}

const SECOND_MS = 1_000;

/** Events that begin within this time of each other can be one alert. */
const TOGETHER_MS = 10_000;

/** An alert that found its own event nearby and at the same time lies within the tolerance of this one, too. */
function isShared(input: TallyInput, placed: PlacedEvent, judgements: readonly Judgement[]): boolean {
  return judgements.some((judgement) => {
    const found = judgement.outcome === "matched" ? judgement.placed : undefined;
    if (found === undefined || Math.abs(found.event.onMs - placed.event.onMs) > TOGETHER_MS) return false;
    return meansToo(input.shapes, judgement.episode, placed);
  });
}

/** Alerts about another event that name no direction and hold for this one too: fog on both carriageways. */
function aboutBoth(
  { shapes }: TallyInput,
  placed: PlacedEvent,
  judgements: readonly Judgement[],
): readonly Judgement[] {
  return judgements.filter(
    (judgement) =>
      judgement.placed !== undefined &&
      judgement.placed !== placed &&
      judgement.outcome !== "dont-care" &&
      judgement.episode.revisions.every(({ headingDeg }) => headingDeg === undefined) &&
      meansToo(shapes, judgement.episode, placed),
  );
}

function isAnyEquipped({ scene, equipped }: TallyInput, stationIds: readonly number[]): boolean {
  return stationIds.some((stationId) => equipped[scene.table.stationIds.indexOf(stationId)] === 1);
}

function placeErrorM({ event }: PlacedEvent, claim: Episode): number {
  const startMs = startOf(claim);
  const { tail, head } = extentAt(event, startMs);
  const { position } = revisionAt(claim, startMs);
  return Math.min(distanceM(position, tail), distanceM(position, head));
}

/** How often an event had no alert any more and got one again. */
function flapsOf(about: readonly Judgement[]): number {
  const spans = about.map(({ episode }) => ({ startMs: startOf(episode), endMs: episode.endMs }));
  spans.sort((a, b) => a.startMs - b.startMs);
  let coveredToMs = spans[0]?.endMs ?? 0;
  let flaps = 0;
  for (const span of spans.slice(1)) {
    if (span.startMs > coveredToMs) flaps++;
    coveredToMs = Math.max(coveredToMs, span.endMs);
  }
  return flaps;
}
