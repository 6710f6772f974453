import type { TrafficLookup } from "../../domain/detector.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import type { LiveMessage } from "../contract/live.ts";
import type { LivePermit } from "./board.ts";
import { encodeJson } from "./json-message.ts";
import { grainsOf, permittedRuns, type Runs, runsOf, sameRuns, statesOf } from "./segment-runs.ts";

export interface SegmentFeedParts {
  readonly roads: RoadNetwork | undefined;
  readonly traffic: () => TrafficLookup;
  readonly reachedMs: () => number;
}

/** A round over all routes takes a second, or longer where a beat would look at more than this: 250 km, some 3 ms. */
const MOST_GRAINS_PER_BEAT = 5_000;

/** Maps of up to 1,000 km are looked at as a whole when the first client comes. */
const AT_ONCE_GRAINS = 20_000;

const BEATS_PER_ROUND = 20;

/** States of one message, about 100 kB; the other routes follow in the next ones. */
const MAX_STATES = 1_500;

/** The state of traffic on every route, looked at by turns while somebody wants to know. */
export class SegmentFeed {
  readonly #parts: SegmentFeedParts;
  readonly #runs: Runs[];
  readonly #changed = new Set<number>();
  readonly #grains: number;
  #next = 0;

  constructor(parts: SegmentFeedParts) {
    this.#parts = parts;
    const routes = parts.roads?.routes ?? [];
    this.#runs = routes.map(() => []);
    this.#grains = routes.reduce((sum, route) => sum + grainsOf(route), 0);
  }

  /** Somebody looks again: what was known is old. */
  begin(): void {
    this.#runs.fill([]);
    this.#next = 0;
    if (this.#grains <= AT_ONCE_GRAINS) this.#look(this.#runs.length, Number.POSITIVE_INFINITY);
    this.#changed.clear();
  }

  /** Looks at the next routes. */
  beat(): void {
    const routes = Math.ceil(this.#runs.length / BEATS_PER_ROUND);
    this.#look(routes, MOST_GRAINS_PER_BEAT);
  }

  /** Indices of the routes that have changed since the last call. */
  takeChanged(): number[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Everything that is known, as messages. */
  full(permit: LivePermit | undefined): Uint8Array[] {
    const known = [...this.#runs.keys()].filter((route) => (this.#runs[route]?.length ?? 0) > 0);
    return this.encode(known, true, permit);
  }

  /** Some routes as messages; at least one where they are all. */
  encode(routes: readonly number[], full: boolean, permit: LivePermit | undefined): Uint8Array[] {
    const messages: Uint8Array[] = [];
    let told = this.#message(full);
    for (const index of routes) {
      if (told.states.length >= MAX_STATES) {
        messages.push(encodeJson(told));
        told = this.#message(false);
      }
      told.routes.push(index);
      told.states.push(...this.#statesOf(index, permit));
    }
    if (told.routes.length > 0 || told.full) messages.push(encodeJson(told));
    return messages;
  }

  #message(full: boolean) {
    return { type: "segments", full, atMs: this.#parts.reachedMs(), routes: [], states: [] } as {
      -readonly [Name in keyof Segments]: Segments[Name] extends readonly (infer Item)[]
        ? Item[]
        : Segments[Name];
    };
  }

  #statesOf(index: number, permit: LivePermit | undefined) {
    const { roads } = this.#parts;
    const route = roads?.routes[index];
    const runs = this.#runs[index];
    if (roads === undefined || route === undefined || runs === undefined) return [];
    return statesOf(route, permit === undefined ? runs : permittedRuns(roads, route, runs, permit));
  }

  #look(routes: number, mostGrains: number): void {
    const all = this.#parts.roads?.routes ?? [];
    const traffic = this.#parts.traffic();
    let grains = 0;
    for (let i = 0; i < routes && grains < mostGrains; i++) {
      const index = this.#next;
      const route = all[index];
      if (route === undefined) return;
      this.#next = (index + 1) % all.length;
      grains += grainsOf(route);
      const runs = runsOf(route, traffic);
      if (sameRuns(runs, this.#runs[index] ?? [])) continue;
      this.#runs[index] = runs;
      this.#changed.add(index);
    }
  }
}

type Segments = Extract<LiveMessage, { type: "segments" }>;
