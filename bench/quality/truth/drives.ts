import { emergencyMps2, FULL_FRICTION, gripShare } from "../../../src/evaluate/brakes.ts";
import type { PlanRoad } from "../plan/road.ts";
import { type Sample, stationIdOf } from "../samples.ts";
import { type FirstsOfLanes, MERGE_M, STOP_MPS, type WaitingPlace } from "./lane-end.ts";
import { isWithinQueue, type QueueTrack, rounded } from "./queues.ts";
import type { BrakeTruth, PlaceTruth, StopLabel, StopTruth } from "./truth.ts";

const STOP_LEAST_S = 3;
/** 0.4 g, the J2735 bound of hard braking is 3.92; the reference data count from 4. */
const HARD_MPS2 = -4;

/** What a scenario knows of a stop that no rule can tell; undefined: let the rules decide. */
export type StopNamer = (vehicle: number, routeM: number, atS: number) => StopLabel | undefined;

/** What a stop is judged by. */
export interface StopWorld {
  readonly roads: ReadonlyMap<string, PlanRoad>;
  readonly queues: readonly QueueTrack[];
  readonly waits: readonly WaitingPlace[];
  readonly firsts: FirstsOfLanes;
  readonly name: StopNamer;
  readonly nameOn: ReadonlyMap<string, StopLabel>;
}

export function stopsOf(drive: readonly Sample[], world: StopWorld): StopTruth[] {
  return spells(drive, (sample) => sample.speedMps <= STOP_MPS)
    .filter((spell) => spanS(spell) >= STOP_LEAST_S)
    .map((spell) => {
      const [first, last] = ends(spell);
      return {
        station_id: stationIdOf(first.vehicle),
        start_s: first.atS,
        last_s: last.atS,
        ...coordinates(first),
        at: placeOf(first, world.roads),
        ...named(spell, world),
      };
    });
}

function named(spell: readonly Sample[], world: StopWorld): Pick<StopTruth, "label" | "tolerance_m"> {
  const [first, last] = ends(spell);
  const label = world.name(first.vehicle, first.routeM, first.atS);
  if (label !== undefined) return { label };
  const ofRoad = world.nameOn.get(first.road);
  if (ofRoad !== undefined) return { label: waitsAt(first, world) ? "merge" : ofRoad };
  // Nobody is ahead of the first one: he is in no queue, whoever stands behind him.
  if (world.firsts.isFirst(spell)) return { label: "merge", tolerance_m: FIRST_M };
  return { label: labelOf(first, last, world) };
}

/** An alert about the one behind him is not about him: less than the length of a car and its gap, m. */
const FIRST_M = 6;

function labelOf(first: Sample, last: Sample, world: StopWorld): StopLabel {
  const { road, routeM } = first;
  if (isWithinQueue(world.queues, road, routeM, first.atS, last.atS)) return "in_queue";
  return waitsAt(first, world) ? "merge" : "lone";
}

function waitsAt({ road, routeM }: Sample, { waits }: StopWorld): boolean {
  return waits.some((wait) => wait.road === road && routeM <= wait.atM && wait.atM - routeM < MERGE_M);
}

/** Friction of the road at the place and time of a sample, 0 to 1. */
export type FrictionAt = (sample: Sample) => number;

export function brakesOf(
  drive: readonly Sample[],
  roads: ReadonlyMap<string, PlanRoad>,
  frictionAt: FrictionAt,
): BrakeTruth[] {
  const isHard = (one: Sample): boolean => one.accelerationMps2 <= HARD_MPS2 * gripShare(frictionAt(one));
  return spells(drive, isHard).map((spell) => {
    const [first, last] = ends(spell);
    const friction = Math.min(...spell.map(frictionAt));
    const emergency_s = emergencyS(spell, friction);
    const careless =
      emergency_s < EMERGENCY_LEAST_S ? TOO_SHORT : first.speedMps < LEAST_MPS ? TOO_SLOW : undefined;
    return {
      station_id: stationIdOf(first.vehicle),
      type: first.type,
      start_s: first.atS,
      last_s: last.atS,
      min_accel_mps2: rounded(Math.min(...spell.map((sample) => sample.accelerationMps2)), 2),
      emergency_s,
      ...(friction >= FULL_FRICTION ? {} : { friction: rounded(friction, 2) }),
      ...(careless === undefined ? {} : { dont_care: careless }),
      speed_before_mps: rounded(first.speedMps, 2),
      ...coordinates(first),
      at: placeOf(first, roads),
    };
  });
}

/** TS 101 539-1 as C2C-CC's triggering conditions: every sample of half a second. */
export const EMERGENCY_LEAST_S = 0.5;

/** The same: nobody calls it an emergency below 20 km/h. */
const LEAST_MPS = 20 / 3.6;
const TOO_SHORT = "shorter than an emergency braking";
const TOO_SLOW = "slower than 20 km/h";

function emergencyS(spell: readonly Sample[], friction: number): number {
  const isHeavy = spell[0]?.type === "heavyTruck" || spell[0]?.type === "bus";
  const limit = emergencyMps2(isHeavy, friction);
  const spans = spells(spell, (sample) => sample.accelerationMps2 <= limit).map(spanS);
  return rounded(Math.max(0, ...spans), 1);
}

/** Runs of samples in a row for which something holds. */
function spells(drive: readonly Sample[], holds: (sample: Sample) => boolean): Sample[][] {
  const found: Sample[][] = [];
  let open: Sample[] | undefined;
  for (const sample of drive) {
    if (!holds(sample)) open = undefined;
    else if (open !== undefined) open.push(sample);
    else {
      open = [sample];
      found.push(open);
    }
  }
  return found;
}

function ends(spell: readonly Sample[]): readonly [Sample, Sample] {
  return [spell[0] as Sample, spell.at(-1) as Sample];
}

function spanS(spell: readonly Sample[]): number {
  const [first, last] = ends(spell);
  return last.atS - first.atS;
}

export function placeOf(sample: Sample, roads: ReadonlyMap<string, PlanRoad>): PlaceTruth {
  const road = roads.get(sample.road) as PlanRoad;
  const { ref, direction } = road.options;
  return { road: ref, direction, route: road.id, km: rounded(road.kmAt(sample.routeM), 3) };
}

export function coordinates(sample: Sample): { readonly lon: number; readonly lat: number } {
  return { lon: rounded(sample.longitudeDeg, 6), lat: rounded(sample.latitudeDeg, 6) };
}
