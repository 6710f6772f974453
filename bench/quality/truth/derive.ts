import type { AlertKind } from "../../../src/domain/alert.ts";
import { FULL_FRICTION } from "../../../src/evaluate/brakes.ts";
import type { PlanRoad } from "../plan/road.ts";
import { EPOCH_MS, type Sample } from "../samples.ts";
import { brakesOf, type FrictionAt, type StopNamer, stopsOf } from "./drives.ts";
import { firstsOf, type WaitingPlace } from "./lane-end.ts";
import { QUEUE_RULE, type QueueTrack, queuesOf, queueTruth } from "./queues.ts";
import type { HazardTruth, ScenarioTruth, StopLabel } from "./truth.ts";

/** Drivers of the simulation follow closely by intent: how near is too near is no truth of theirs. */
const NOT_JUDGED: readonly AlertKind[] = ["collision-risk", "vru-risk", "notice", "blind-area"];

export interface KnownTruth {
  readonly scenario: string;
  readonly seed: number;
  readonly source: string;
  readonly hazards: readonly HazardTruth[];
  /** Queues that the scenario knows, and roads with signals, on which the rule for queues would see every red light. */
  readonly queues?: readonly QueueTrack[];
  readonly signalised?: readonly string[];
  readonly nameStop?: StopNamer;
  readonly nameStopOn?: ReadonlyMap<string, StopLabel>;
  /** Places where vehicles wait for others to let them in. */
  readonly waitingPlaces?: readonly WaitingPlace[];
  /** Friction of the road where and when a vehicle was; dry everywhere where absent. */
  readonly frictionAt?: FrictionAt;
  readonly notJudged?: readonly AlertKind[];
  readonly notes?: Readonly<Record<string, number | string>>;
}

/** What is true of a run: queues, stops and brakes by rule from every vehicle, the rest as the scenario knows it. */
export function deriveTruth(
  roads: readonly PlanRoad[],
  samples: readonly Sample[],
  known: KnownTruth,
): ScenarioTruth {
  const byRoad = groupBy(samples, (sample) => sample.road);
  const drives = [...groupBy(samples, (sample) => sample.vehicle).values()];
  const ruled = roads.filter(({ id }) => known.signalised?.includes(id) !== true);
  const found = ruled.flatMap((road) => queuesOf(road, byRoad.get(road.id) ?? []));
  const queues = [...found, ...(known.queues ?? [])];
  // Who stands among two or three is not in a queue: whatever holds him is worth an alert.
  const real = queues.filter(({ careless }) => careless === undefined);
  const roadOf = new Map(roads.map((road) => [road.id, road]));
  const waits = known.waitingPlaces ?? [];
  const name = known.nameStop ?? (() => undefined);
  const frictionAt: FrictionAt = known.frictionAt ?? (() => FULL_FRICTION);
  const firsts = firstsOf(waits, byRoad);
  const world = { roads: roadOf, queues: real, waits, firsts, name, nameOn: known.nameStopOn ?? new Map() };
  return {
    source: known.source,
    scenario: known.scenario,
    seed: known.seed,
    epoch_ms: EPOCH_MS,
    records: samples.length,
    penetration: 1,
    time_range_s: [samples[0]?.atS ?? 0, samples.at(-1)?.atS ?? 0],
    queue_rule: QUEUE_RULE,
    queues: queues.map(queueTruth),
    stops: drives.flatMap((drive) => stopsOf(drive, world)).sort((a, b) => a.start_s - b.start_s),
    hard_brakes: drives
      .flatMap((drive) => brakesOf(drive, roadOf, frictionAt))
      .sort((a, b) => a.start_s - b.start_s),
    hazards: known.hazards,
    not_judged: known.notJudged ?? NOT_JUDGED,
    notes: known.notes ?? {},
  };
}

function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
