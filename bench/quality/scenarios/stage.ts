import type { AlertKind } from "../../../src/domain/alert.ts";
import { Chance } from "../chance.ts";
import type { Car } from "../idm/car.ts";
import { DRY_FRICTION, type RoadTraffic } from "../idm/road-traffic.ts";
import { STEP_S, World } from "../idm/world.ts";
import { planMap } from "../plan/map.ts";
import { type MotorwayOptions, motorway } from "../plan/motorway.ts";
import type { PlanRoad } from "../plan/road.ts";
import { type ExtraMessage, type Sample, stationIdOf } from "../samples.ts";
import type { Scenario, ScenarioRun } from "../scenario.ts";
import { deriveTruth } from "../truth/derive.ts";
import type { FrictionAt, StopNamer } from "../truth/drives.ts";
import type { WaitingPlace } from "../truth/lane-end.ts";
import { type QueueTrack, rounded } from "../truth/queues.ts";
import type { HazardTruth, StopLabel } from "../truth/truth.ts";

/** Every 200 ms: a CAM at motorway speed follows 4 m of way, which is about as often (EN 302 637-2, 6.1.3). */
export const SAMPLE_S = 0.2;
export const DURATION_S = 360;

/** A motorway with traffic in both directions, and the hand that a scenario has in it. */
export interface Stage {
  readonly world: World;
  readonly chance: Chance;
  readonly main: RoadTraffic;
  readonly opposite: RoadTraffic;
  readonly hazards: HazardTruth[];
  readonly extras: ExtraMessage[];
  readonly notes: Record<string, number | string>;
  nameStop: StopNamer;
  /** Label of every stop on a road that has none by `nameStop`. */
  readonly nameStopOn: Map<string, StopLabel>;
  /** Wrecks: those who stand right behind one are neither hazard nor queue yet. */
  readonly wrecks: { readonly road: string; readonly atM: number }[];
  /** What can be told only when all has happened. */
  readonly atEnd: (() => void)[];
  /** Queues that a scenario knows itself; where given, no rule looks for queues on those roads. */
  readonly queues: QueueTrack[];
  readonly signalised: string[];
  /** Vehicles that the simulation did not drive, merged into the table. */
  readonly injected: Sample[];
  /** Roads of the map besides the two carriageways. */
  readonly roads: PlanRoad[];
}

export interface StageOptions extends MotorwayOptions {
  readonly name: string;
  readonly seed: number;
  readonly durationS?: number;
  readonly sampleS?: number;
  readonly perHour: number | ((atS: number) => number);
  readonly oppositePerHour?: number;
  readonly stepS?: number;
  readonly isKept?: (car: Car) => boolean;
}

export function stage(options: StageOptions): Stage {
  const { rising, falling } = motorway(options);
  const { seed, durationS = DURATION_S, sampleS = SAMPLE_S } = options;
  const { stepS = STEP_S, isKept = () => true } = options;
  const world = new World({ seed, durationS, sampleS, stepS, isKept });
  const main = world.addRoad(rising, [{ perHour: options.perHour }]);
  const opposite = world.addRoad(falling, [{ perHour: options.oppositePerHour ?? 900 }]);
  const set = emptyStage(world, main, opposite, new Chance(options.name, seed));
  const { perHour } = options;
  set.notes["per_hour"] = typeof perHour === "number" ? perHour : perHour(MIDDLE_S);
  return set;
}

/** When a flow that changes is at its height. */
const MIDDLE_S = 100;

export function emptyStage(world: World, main: RoadTraffic, opposite: RoadTraffic, chance: Chance): Stage {
  return {
    world,
    chance,
    main,
    opposite,
    hazards: [],
    extras: [],
    notes: {},
    nameStop: () => undefined,
    nameStopOn: new Map(),
    wrecks: [],
    atEnd: [],
    queues: [],
    signalised: [],
    injected: [],
    roads: [],
  };
}

/** Runs the world and writes down what is true of it. */
export function finish(name: string, seed: number, set: Stage): ScenarioRun {
  const driven = set.world.run();
  for (const task of set.atEnd) task();
  const samples = set.injected.length === 0 ? driven : merged(driven, set.injected);
  const roads = [...set.world.roads.map(({ road }) => road), ...set.roads];
  const truth = deriveTruth(roads, samples, {
    scenario: name,
    seed,
    source: "own simulation (Intelligent Driver Model), 100 % of vehicles",
    hazards: set.hazards,
    queues: set.queues,
    signalised: set.signalised,
    nameStop: set.nameStop,
    nameStopOn: set.nameStopOn,
    frictionAt: frictionOf(set.world.roads),
    waitingPlaces: [...set.wrecks, ...set.world.roads.flatMap(laneEnds)],
    notes: set.notes,
  });
  const extras = [...set.extras].sort((a, b) => a.atS - b.atS);
  return { scenario: name, seed, samples, extras, truth, map: planMap(name, roads) };
}

function frictionOf(traffic: readonly RoadTraffic[]): FrictionAt {
  const byRoad = new Map(traffic.map((one) => [one.road.id, one]));
  return ({ road, routeM, atS }) => byRoad.get(road)?.frictionAt(routeM, atS) ?? DRY_FRICTION;
}

function laneEnds({ road, obstacles }: RoadTraffic): WaitingPlace[] {
  return obstacles
    .filter((o) => o.avoidFromM > 0)
    .map(({ atM, lanes, endsLanes = false }) => ({
      road: road.id,
      atM,
      endingLanes: endsLanes ? lanes : [],
    }));
}

function merged(driven: readonly Sample[], injected: readonly Sample[]): Sample[] {
  return [...driven, ...injected].sort((a, b) => a.atS - b.atS || a.vehicle - b.vehicle);
}

/** Hazards that are queues or stretches of road: every vehicle is drawn alike. */
export const DRAWN: Scenario["victims"] = ["drawn"];

/** Scenarios whose traffic is slow, heavy, or worse for a while. */
const LEVELLED: ReadonlySet<string> = new Set([
  "full-closure",
  "bottleneck",
  "rolling-queue",
  "moving-jam",
  "stop-and-go",
  "slow-transport",
  "fog",
]);

/** A scenario on the standard stage: `play` sets it and orders what happens. */
export function motorwayScenario(
  about: Pick<Scenario, "name" | "title" | "asks"> & Partial<Pick<Scenario, "durationS" | "victims">>,
  play: (seed: number) => Stage,
): Scenario {
  const { name, title, asks, durationS = DURATION_S, victims = DRAWN } = about;
  return {
    name,
    title,
    asks,
    durationS,
    victims,
    levels: LEVELLED.has(name),
    engine: "idm",
    generate: (seed) => finish(name, seed, play(seed)),
  };
}

/** The vehicle that drives first in a lane upstream of a place, at least so far from it; undefined where none does. */
export function lastBefore(traffic: RoadTraffic, lane: number, atM: number): Car | undefined {
  return traffic.inLane(lane).find((car) => car.atM <= atM && car.mark === "");
}

export interface HazardPlace {
  readonly kind: AlertKind;
  readonly startS: number;
  readonly endS: number;
  readonly fromM: number;
  readonly toM: number;
  readonly vehicles: readonly number[];
  readonly track?: readonly (readonly number[])[];
}

export function hazardOn(road: PlanRoad, place: HazardPlace): HazardTruth {
  const { fromM, toM } = place;
  const middle = road.geo((fromM + toM) / 2);
  // That of those who are endangered: of a wrong-way driver too.
  const heading = road.pose((fromM + toM) / 2).headingDeg;
  return {
    kind: place.kind,
    on_s: rounded(place.startS, 1),
    off_s: rounded(place.endS, 1),
    road: road.options.ref,
    direction: road.options.direction,
    route: road.id,
    from_km: rounded(road.kmAt(fromM), 3),
    to_km: rounded(road.kmAt(toM), 3),
    station_ids: place.vehicles.map(stationIdOf),
    ...(place.track === undefined ? {} : { track: place.track }),
    ...(place.track !== undefined || toM - fromM < 50
      ? {}
      : { line: [lonLat(road, fromM), lonLat(road, toM)] }),
    lon: rounded(middle.longitudeDeg, 6),
    lat: rounded(middle.latitudeDeg, 6),
    heading_deg: rounded(heading % 360, 1),
  };
}

function lonLat(road: PlanRoad, routeM: number): readonly [number, number] {
  const { longitudeDeg, latitudeDeg } = road.geo(routeM);
  return [rounded(longitudeDeg, 6), rounded(latitudeDeg, 6)];
}

/** Where vehicles of the table were, second by second, as a track of the truth. */
export function trackOf(samples: readonly Sample[]): (readonly [number, number, number])[] {
  return samples
    .filter(({ atS }) => Number.isInteger(atS))
    .map(
      ({ atS, longitudeDeg, latitudeDeg }) =>
        [atS, rounded(longitudeDeg, 6), rounded(latitudeDeg, 6)] as const,
    );
}
