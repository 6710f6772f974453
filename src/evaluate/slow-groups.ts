/** Places along one line in one second, in the direction of travel, m. */
export interface SlowVehicle {
  readonly row: number;
  readonly alongM: number;
}

/** Vehicles in one second that stand or crawl together. */
export interface SlowGroup {
  readonly atMs: number;
  readonly tailM: number;
  readonly headM: number;
  readonly tailRow: number;
  readonly headRow: number;
  readonly vehicles: number;
  readonly meanSpeedMps: number;
}

/** A queue on one line: one group per second. */
export interface QueueTrack {
  readonly line: number;
  readonly groups: SlowGroup[];
}

/** The rule of the truth files: at least 4 distinct vehicles, gaps of at most 150 m, at least 10 s, joined over 20 s and 400 m. */
export const LEAST_VEHICLES = 4;
/** So many slow vehicles may be told as a queue already: it forms. */
export const LEAST_FORMING = 2;
const GAP_M = 150;
const LEAST_MS = 10_000;
const JOIN_MS = 20_000;
const JOIN_M = 400;

/** Splits vehicles wherever a gap is too wide; keeps groups that are large enough. */
export function groupsOf(
  atMs: number,
  slow: readonly SlowVehicle[],
  speedOf: (row: number) => number,
  least = LEAST_VEHICLES,
): readonly SlowGroup[] {
  const sorted = [...slow].sort((a, b) => a.alongM - b.alongM || a.row - b.row);
  const groups: SlowVehicle[][] = [];
  for (const vehicle of sorted) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && vehicle.alongM - last.alongM <= GAP_M)
      group.push(vehicle);
    else groups.push([vehicle]);
  }
  return groups
    .filter(({ length }) => length >= least)
    .map((group) => {
      const tail = group[0] as SlowVehicle;
      const head = group.at(-1) as SlowVehicle;
      return {
        atMs,
        tailM: tail.alongM,
        headM: head.alongM,
        tailRow: tail.row,
        headRow: head.row,
        vehicles: group.length,
        meanSpeedMps: group.reduce((sum, { row }) => sum + speedOf(row), 0) / group.length,
      };
    });
}

/** When the first of its vehicles were slow at the place of a queue: the beginning of the groups that grew into it, ms. */
export function formingMs({ line, groups }: QueueTrack, forming: readonly QueueTrack[]): number {
  const first = groups[0] as SlowGroup;
  let earliestMs = first.atMs;
  for (const track of forming) {
    const began = track.groups[0] as SlowGroup;
    if (track.line !== line || began.atMs >= earliestMs) continue;
    const holds = track.groups.some(
      (group) =>
        Math.abs(group.atMs - first.atMs) <= JOIN_MS &&
        group.tailM <= first.headM + JOIN_M &&
        group.headM >= first.tailM - JOIN_M,
    );
    if (holds) earliestMs = began.atMs;
  }
  return earliestMs;
}

/** Joins groups of successive seconds to queues. */
export class QueueTracks {
  readonly #open: QueueTrack[] = [];
  readonly #closed: QueueTrack[] = [];

  /** Groups come in the order of time. */
  add(line: number, group: SlowGroup): void {
    this.#closeBefore(group.atMs - JOIN_MS);
    const track = this.#open.find((candidate) => candidate.line === line && isNear(candidate, group));
    const last = track?.groups.at(-1);
    if (track === undefined || last === undefined) this.#open.push({ line, groups: [group] });
    else if (last.atMs < group.atMs) track.groups.push(group);
    // Of two pieces in one second the longer stands for the queue.
    else if (group.vehicles > last.vehicles) track.groups[track.groups.length - 1] = group;
  }

  /** Queues that lasted, by their beginning. */
  lasting(): readonly QueueTrack[] {
    return [...this.#closed, ...this.#open]
      .filter(({ groups }) => lastOf(groups).atMs - (groups[0] as SlowGroup).atMs >= LEAST_MS)
      .sort((a, b) => (a.groups[0] as SlowGroup).atMs - (b.groups[0] as SlowGroup).atMs || a.line - b.line);
  }

  #closeBefore(atMs: number): void {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const track = this.#open[i] as QueueTrack;
      if (lastOf(track.groups).atMs >= atMs) continue;
      this.#open.splice(i, 1);
      this.#closed.push(track);
    }
  }
}

function isNear({ groups }: QueueTrack, group: SlowGroup): boolean {
  const last = lastOf(groups);
  return group.tailM <= last.headM + JOIN_M && group.headM >= last.tailM - JOIN_M;
}

function lastOf(groups: readonly SlowGroup[]): SlowGroup {
  return groups.at(-1) as SlowGroup;
}
