import type { PlanRoad } from "../plan/road.ts";
import { type Sample, stationIdOf } from "../samples.ts";
import type { QueueRow, QueueTruth } from "./truth.ts";

export const QUEUE_RULE =
  ">= 4 distinct vehicles <= 30 km/h, gaps <= 150 m, >= 10 s; joined over 20 s and 400 m";
const SPEED_MPS = 30 / 3.6;
const GAP_M = 150;
const LEAST_VEHICLES = 4;
const LEAST_S = 10;
const JOIN_S = 20;
const JOIN_M = 400;
export const QUEUE_COLUMNS = [
  "s",
  "tail_km",
  "head_km",
  "vehicles",
  "mean_speed_mps",
  "tail_lon",
  "tail_lat",
  "head_lon",
  "head_lat",
];

/** Slow vehicles of one road in one second, tail to head. */
export interface Piece {
  readonly atS: number;
  readonly cars: readonly Sample[];
}

/** A queue with its pieces second by second, in metres along its road. */
export interface QueueTrack {
  readonly road: PlanRoad;
  readonly pieces: readonly Piece[];
  /** From when two of its vehicles were slow, s. */
  readonly formingS?: number;
  /** Why it is no event. */
  readonly careless?: string;
  /** The only kind of alert that must find it. */
  readonly onlyFor?: "congestion";
  /** At a signal: the ends of greens that it failed to clear in, and the vehicles left behind in each. */
  readonly failedCycles?: readonly { readonly redS: number; readonly vehicles: readonly number[] }[];
}

/** Queues of one road, of its samples of whole seconds at or below 30 km/h on live lanes, and what is too small to be one. */
export function queuesOf(road: PlanRoad, samples: readonly Sample[]): QueueTrack[] {
  const seconds = bySecond(samples);
  const queues = tracksOf(seconds, LEAST_VEHICLES);
  const all = tracksOf(seconds, LEAST_BUNCH);
  const named = queues.map((pieces) => ({ road, pieces, formingS: formingS(pieces, all) }));
  const bunches = all
    .filter((pieces) => !queues.some((queue) => meet(queue, pieces)))
    .map((pieces) => ({ road, pieces, careless: SMALL }));
  return [...named, ...bunches];
}

/** Two slow vehicles are enough for an alert, four for a queue that must be found. */
const LEAST_BUNCH = 2;
const SMALL = "two or three slow vehicles";

function tracksOf(seconds: readonly (readonly [number, readonly Sample[]])[], least: number): Piece[][] {
  const tracks: Piece[][] = [];
  for (const [atS, cars] of seconds) {
    for (const piece of clusters(cars, least)) place(tracks, { atS, cars: piece });
  }
  return tracks.filter((pieces) => lastS(pieces) - (pieces[0]?.atS ?? 0) >= LEAST_S);
}

/** When the first two of a queue were slow at its place. */
function formingS(queue: readonly Piece[], all: readonly (readonly Piece[])[]): number {
  const onsetS = queue[0]?.atS ?? 0;
  const before = all.filter((pieces) => meet(queue, pieces)).map((pieces) => pieces[0]?.atS ?? onsetS);
  return Math.min(onsetS, ...before);
}

/** Whether the second holds the queue's first piece, or grew into it. */
function meet(queue: readonly Piece[], pieces: readonly Piece[]): boolean {
  const first = queue[0];
  return (
    first !== undefined &&
    pieces.some(
      (piece) => Math.abs(piece.atS - first.atS) <= JOIN_S && isNear(piece, { ...first, atS: piece.atS }),
    )
  );
}

function bySecond(samples: readonly Sample[]): (readonly [number, Sample[]])[] {
  const seconds = new Map<number, Sample[]>();
  for (const sample of samples) {
    if (!Number.isInteger(sample.atS) || sample.speedMps > SPEED_MPS || sample.lane < 0) continue;
    const known = seconds.get(sample.atS);
    if (known === undefined) seconds.set(sample.atS, [sample]);
    else known.push(sample);
  }
  return [...seconds].sort((a, b) => a[0] - b[0]);
}

function clusters(cars: readonly Sample[], least: number): Sample[][] {
  const groups: Sample[][] = [];
  for (const car of [...cars].sort((a, b) => a.routeM - b.routeM)) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && car.routeM - before.routeM <= GAP_M) group.push(car);
    else groups.push([car]);
  }
  return groups.filter((group) => group.length >= least);
}

/** Gives a piece to the queue near it in place and time; of two in one second the longer stands for the queue. */
function place(queues: Piece[][], piece: Piece): void {
  const queue = queues.find((pieces) => isNear(pieces.at(-1), piece));
  const last = queue?.at(-1);
  if (queue === undefined || last === undefined) queues.push([piece]);
  else if (last.atS < piece.atS) queue.push(piece);
  else if (piece.cars.length > last.cars.length) queue[queue.length - 1] = piece;
}

function isNear(last: Piece | undefined, piece: Piece): boolean {
  if (last === undefined || piece.atS - last.atS > JOIN_S) return false;
  return tailM(piece) <= headM(last) + JOIN_M && headM(piece) >= tailM(last) - JOIN_M;
}

export function tailM({ cars }: Piece): number {
  return cars[0]?.routeM ?? Number.NaN;
}

export function headM({ cars }: Piece): number {
  return cars.at(-1)?.routeM ?? Number.NaN;
}

function lastS(pieces: readonly Piece[]): number {
  return pieces.at(-1)?.atS ?? 0;
}

/** The vehicle was within a queue, with 20 m to spare, at some second of a span. */
export function isWithinQueue(
  queues: readonly QueueTrack[],
  road: string,
  routeM: number,
  fromS: number,
  toS: number,
): boolean {
  return queues.some(
    (queue) =>
      queue.road.id === road &&
      queue.pieces.some(
        (piece) =>
          piece.atS >= fromS &&
          piece.atS <= toS &&
          routeM >= tailM(piece) - 20 &&
          routeM <= headM(piece) + 20,
      ),
  );
}

export function queueTruth(track: QueueTrack): QueueTruth {
  const { road, pieces, formingS, careless, onlyFor, failedCycles } = track;
  const lengths = pieces.map((piece) => headM(piece) - tailM(piece));
  return {
    road: road.options.ref,
    direction: road.options.direction,
    route: road.id,
    onset_s: pieces[0]?.atS ?? 0,
    end_s: lastS(pieces),
    max_length_m: Math.round(Math.max(...lengths)),
    ...(formingS === undefined ? {} : { forming_s: formingS }),
    ...(careless === undefined ? {} : { dont_care: careless }),
    ...(onlyFor === undefined ? {} : { only_for: onlyFor }),
    ...(failedCycles === undefined
      ? {}
      : {
          failed_cycles: failedCycles.map(({ redS, vehicles }) => ({
            s: redS,
            station_ids: vehicles.map(stationIdOf),
          })),
        }),
    columns: QUEUE_COLUMNS,
    series: pieces.map((piece) => queueRow(road, piece)),
  };
}

function queueRow(road: PlanRoad, piece: Piece): QueueRow {
  const { cars } = piece;
  const tail = cars[0] as Sample;
  const head = cars.at(-1) as Sample;
  const mean = cars.reduce((sum, car) => sum + car.speedMps, 0) / cars.length;
  return [
    piece.atS,
    rounded(road.kmAt(tail.routeM), 3),
    rounded(road.kmAt(head.routeM), 3),
    cars.length,
    rounded(mean, 2),
    rounded(tail.longitudeDeg, 6),
    rounded(tail.latitudeDeg, 6),
    rounded(head.longitudeDeg, 6),
    rounded(head.latitudeDeg, 6),
  ];
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
