import { Chance } from "../chance.ts";
import type { Car } from "../idm/car.ts";
import type { RoadTraffic } from "../idm/road-traffic.ts";
import { World } from "../idm/world.ts";
import { street } from "../plan/street.ts";
import type { Sample } from "../samples.ts";
import type { Scenario } from "../scenario.ts";
import { headM, type Piece, type QueueTrack, tailM } from "../truth/queues.ts";
import { DRAWN, emptyStage, finish, SAMPLE_S, type Stage } from "./stage.ts";

/** A signal with fixed times. */
export interface Signal {
  readonly atM: number;
  readonly cycleS: number;
  readonly greenS: number;
  /** Green begins at this second of every cycle. */
  readonly offsetS: number;
}

/** Those who would have to brake harder pass the stop line at yellow (RiLSA: 3.5 m/s² underlies the yellow times). */
const YELLOW_MPS2 = 3.5;

export function isGreen({ cycleS, greenS, offsetS }: Signal, atS: number): boolean {
  return (((atS - offsetS) % cycleS) + cycleS) % cycleS < greenS;
}

export function addSignal(traffic: RoadTraffic, signal: Signal): void {
  const lanes = Array.from({ length: traffic.road.lanes }, (_, lane) => lane);
  traffic.obstacles.push({
    atM: signal.atM,
    lanes,
    isActive: (atS) => !isGreen(signal, atS),
    avoidFromM: 0,
    ignoreAboveMps2: YELLOW_MPS2,
  });
}

export interface TownOptions {
  readonly name: string;
  readonly seed: number;
  readonly durationS: number;
  readonly signalsM: readonly number[];
  readonly greenS: (index: number, seed: number) => number;
  readonly perHour: number;
  /** Vehicles per hour that turn into the street behind each signal. */
  readonly turnInPerHour?: number;
  readonly lengthM?: number;
  readonly haltingM?: readonly { readonly fromM: number; readonly toM: number }[];
  readonly sampleS?: number;
}

export interface Town extends Stage {
  readonly signals: readonly Signal[];
  /** Stop lines of both directions. */
  readonly approaches: readonly { readonly traffic: RoadTraffic; readonly signal: Signal }[];
}

const CYCLE_S = 80;

/** A street with signals in a row and traffic in both directions. */
export function town(options: TownOptions): Town {
  const { name, seed, durationS, signalsM, sampleS = SAMPLE_S } = options;
  const chance = new Chance(name, seed);
  const { forth, back } = street({
    name: "Hafenstrasse",
    signalsM,
    ...(options.lengthM === undefined ? {} : { lengthM: options.lengthM }),
    ...(options.haltingM === undefined ? {} : { haltingM: options.haltingM }),
  });
  const world = new World({ seed, durationS, sampleS });
  const turnIns = signalsM.map((atM) => ({ perHour: options.turnInPerHour ?? 60, atM: atM + 15, lane: 0 }));
  const exits = [...signalsM.map((atM) => atM + 20), Number.POSITIVE_INFINITY];
  const exitAtM = (draw: Chance): number =>
    draw.happens(0.25) ? (exits[draw.whole(0, exits.length - 1)] ?? 0) : Number.POSITIVE_INFINITY;
  const main = world.addRoad(forth, [{ perHour: options.perHour, exitAtM }, ...turnIns]);
  const opposite = world.addRoad(back, [{ perHour: 350 }]);
  const signals = signalsM.map((atM, i) => ({
    atM,
    cycleS: CYCLE_S,
    greenS: options.greenS(i, seed),
    offsetS: chance.between(0, CYCLE_S),
  }));
  const approaches = signals.flatMap((signal) => [
    { traffic: main, signal },
    { traffic: opposite, signal: { ...signal, atM: back.lengthM - signal.atM - 25 } },
  ]);
  for (const { traffic, signal } of approaches) addSignal(traffic, signal);
  const set = emptyStage(world, main, opposite, chance);
  set.signalised.push(forth.id, back.id);
  set.nameStop = () => "signal";
  return { ...set, signals, approaches };
}

/** The end of a green: who had waited at its beginning and did not pass; nobody where the cycle did not fail. */
interface FailedCycle {
  readonly redS: number;
  readonly vehicles: readonly number[];
}

/** A stretch of time in which the cycles of a signal fail, with those that show it. */
interface CongestedSpan {
  readonly fromS: number;
  toS: number;
  readonly cycles: FailedCycle[];
}

/** Counts cycles after which somebody who waited at the beginning of green still waits. */
class CycleWatch {
  /** Seconds at which red began, and whether somebody was left behind. */
  readonly cycles: FailedCycle[] = [];
  readonly #signal: Signal;
  #waiting: readonly Car[] = [];
  #wasGreen = true;

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  watch(traffic: RoadTraffic, atS: number): void {
    const green = isGreen(this.#signal, atS);
    if (green && !this.#wasGreen) this.#waiting = waitingAt(traffic, this.#signal.atM);
    if (!green && this.#wasGreen) {
      const left = this.#waiting.filter((car) => car.atM < this.#signal.atM && traffic.cars.includes(car));
      this.cycles.push({ redS: atS, vehicles: left.map(({ number }) => number) });
    }
    this.#wasGreen = green;
  }

  /** Spans in which two cycles in a row have failed: from the second's end until one does not fail. */
  congestedSpans(endS: number): readonly CongestedSpan[] {
    const spans: CongestedSpan[] = [];
    let open: CongestedSpan | undefined;
    let before: FailedCycle | undefined;
    for (const cycle of this.cycles) {
      const failed = cycle.vehicles.length > 0;
      if (failed && open !== undefined) open.cycles.push(cycle);
      else if (failed && before !== undefined) {
        open = { fromS: Math.ceil(cycle.redS), toS: endS, cycles: [before, cycle] };
        spans.push(open);
      } else if (!failed && open !== undefined) {
        open.toS = Math.floor(cycle.redS);
        open = undefined;
      }
      before = failed ? cycle : undefined;
    }
    return spans;
  }
}

/** Those who stand or crawl in a row behind the stop line. */
function waitingAt(traffic: RoadTraffic, stopM: number): readonly Car[] {
  const row: Car[] = [];
  let frontM = stopM;
  for (const car of traffic.inLane(0)) {
    if (car.atM > stopM) continue;
    if (car.speedMps > 3 || frontM - car.atM > 40) break;
    row.push(car);
    frontM = car.atM;
  }
  return row;
}

/** A queue at a signal second by second while its cycles fail. */
function congestedPieces(
  samples: readonly Sample[],
  roadId: string,
  stopM: number,
  fromS: number,
  toS: number,
): Piece[] {
  const bySecond = new Map<number, Sample[]>();
  for (const sample of samples) {
    const { atS, road, routeM, speedMps } = sample;
    if (!Number.isInteger(atS) || atS < fromS || atS > toS || road !== roadId) continue;
    if (routeM > stopM || speedMps > 30 / 3.6) continue;
    bySecond.set(atS, [...(bySecond.get(atS) ?? []), sample]);
  }
  return [...bySecond]
    .sort((a, b) => a[0] - b[0])
    .map(([atS, cars]) => ({ atS, cars: withoutGaps(cars.sort((a, b) => b.routeM - a.routeM)) }));
}

/** Wider gaps are not one queue: another stands at the stop line upstream. */
const LONGEST_GAP_M = 45;

/** From the head on as long as gaps are short; tail first, as queues are written. */
function withoutGaps(cars: readonly Sample[]): Sample[] {
  const row: Sample[] = [];
  for (const car of cars) {
    const before = row.at(-1);
    if (before !== undefined && before.routeM - car.routeM > LONGEST_GAP_M) break;
    row.push(car);
  }
  return row.reverse();
}

/** Follows the signals of a town in both directions and writes down when their cycles fail. */
function watchCycles(set: Town): void {
  const { world, approaches } = set;
  const watches = approaches.map(({ signal }) => new CycleWatch(signal));
  const before = world.onStep;
  world.onStep = (atS) => {
    before(atS);
    for (const [i, watch] of watches.entries()) watch.watch((approaches[i] as Approach).traffic, atS);
  };
  set.atEnd.push(() => {
    const tracks = watches.flatMap((watch, i) => {
      const { traffic, signal } = approaches[i] as Approach;
      return watch.congestedSpans(world.options.durationS).map(({ fromS, toS, cycles }) => ({
        road: traffic.road,
        pieces: congestedPieces(world.samples, traffic.road.id, signal.atM, fromS, toS),
        // The end of a queue is a warning for rural roads and motorways (C2C-CC: non-urban).
        onlyFor: "congestion" as const,
        failedCycles: cycles,
        // After the first that failed, the second does not come as a surprise.
        formingS: cycles[0]?.redS ?? fromS,
      }));
    });
    set.queues.push(...withoutTwice(tracks));
    set.notes["failed_cycles"] = watches
      .flatMap(({ cycles }) => cycles)
      .filter(({ vehicles }) => vehicles.length > 0).length;
  });
}

type Approach = Town["approaches"][number];

/** A queue that stands through the junction upstream is one queue: that of the signal which holds it. */
function withoutTwice(tracks: readonly QueueTrack[]): QueueTrack[] {
  const heldBy = (piece: Piece, other: Piece): boolean =>
    headM(other) > headM(piece) && tailM(other) <= headM(piece);
  return tracks
    .map((track) => {
      const others = tracks.filter((other) => other !== track && other.road === track.road);
      const bySecond = new Map<number, Piece[]>();
      for (const piece of others.flatMap(({ pieces }) => pieces)) {
        bySecond.set(piece.atS, [...(bySecond.get(piece.atS) ?? []), piece]);
      }
      const own = track.pieces.filter(
        (piece) => bySecond.get(piece.atS)?.some((other) => heldBy(piece, other)) !== true,
      );
      return { ...track, pieces: own };
    })
    .filter(({ pieces }) => pieces.length > 0);
}

function townScenario(
  about: Pick<Scenario, "name" | "title" | "asks" | "durationS">,
  options: (seed: number) => Omit<TownOptions, "name" | "seed" | "durationS">,
): Scenario {
  const { name, durationS } = about;
  return {
    ...about,
    victims: DRAWN,
    engine: "idm",
    generate: (seed) => {
      const set = town({ name, seed, durationS, ...options(seed) });
      watchCycles(set);
      return finish(name, seed, set);
    },
  };
}

export const redQueues = townScenario(
  {
    name: "signals-red-queues",
    title: "Three signals with queues at red that clear in every cycle: no jam, no stopped vehicle",
    asks: [],
    durationS: 420,
  },
  (seed) => ({ signalsM: [600, 1_150, 1_650], greenS: () => 36, perHour: 420 + (seed % 4) * 60 }),
);

export const cycleFailure = townScenario(
  {
    name: "signals-cycle-failure",
    title: "The green of one signal is too short: its queue fails to clear cycle after cycle",
    asks: ["congestion"],
    durationS: 600,
  },
  (seed) => ({
    signalsM: [600, 1_150, 1_650],
    greenS: (index) => (index === 1 ? 16 : 40),
    perHour: 560 + (seed % 3) * 40,
  }),
);

export const spillBack = townScenario(
  {
    name: "signals-spill-back",
    title: "The queue of a short green grows until it stands in the junction upstream",
    asks: ["congestion"],
    durationS: 600,
  },
  (seed) => ({
    signalsM: [700, 980, 1_650],
    greenS: (index) => (index === 1 ? 13 : 42),
    perHour: 640 + (seed % 3) * 40,
    turnInPerHour: 90,
  }),
);
