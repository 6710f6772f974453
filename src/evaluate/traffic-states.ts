import type { DetectionContext, Detector, TrafficLevel } from "../domain/detector.ts";
import { TRAFFIC_LEVELS } from "../domain/detector.ts";
import type { RoadNetwork, RoadSpot } from "../domain/road.ts";
import type { Ground } from "./ground.ts";
import type { RoadAtlas } from "./road-atlas.ts";

/** Traffic is judged in slots of this length. */
export const SLOT_MS = 10_000;

/** A cell of the evaluation is on the road of the map this near to it. */
const ON_ROAD_M = 10;
const UNKNOWN = 255;

/** The state of traffic as the detectors offer it to each other and to the console, cell by cell, every 10 s of a run. */
export class TrafficStates {
  readonly #spots: readonly (RoadSpot | undefined)[];
  readonly #fromMs: number;
  readonly #slots: Uint8Array[] = [];

  constructor(atlas: RoadAtlas, ground: Ground, roads: RoadNetwork, fromMs: number) {
    const spots: (RoadSpot | undefined)[] = [];
    atlas.forEachCell((cell, x, y, headingDeg) => {
      spots[cell] = roads.near(ground.point(x, y), ON_ROAD_M, headingDeg)[0];
    });
    this.#spots = spots;
    this.#fromMs = fromMs;
  }

  /** Undefined where nothing was known; as of the middle of the slot that holds the time. */
  levelAt(cell: number, atMs: number): TrafficLevel | undefined {
    return TRAFFIC_LEVELS[this.#slots[Math.floor((atMs - this.#fromMs) / SLOT_MS)]?.[cell] ?? UNKNOWN];
  }

  /** A detector that detects nothing and writes down what the others say. It must come last. */
  watcher(): Detector<undefined> {
    return {
      name: "evaluation-states",
      snapshotVersion: 1,
      hears: [],
      init: () => undefined,
      onTick: (_state, tickMs, context) => this.#look(tickMs, context),
      snapshot: () => [],
      restore: () => undefined,
    };
  }

  #look(tickMs: number, { traffic }: DetectionContext): void {
    const slot = Math.floor((tickMs - this.#fromMs) / SLOT_MS);
    const middleMs = this.#fromMs + (slot + 0.5) * SLOT_MS;
    if (slot < 0 || tickMs < middleMs || this.#slots[slot] !== undefined) return;
    this.#slots[slot] = Uint8Array.from(this.#spots, (spot) => {
      if (spot === undefined) return UNKNOWN;
      const level = traffic.levelOn?.(spot.link.route, spot.link.fromM + spot.offsetM);
      return level === undefined ? UNKNOWN : TRAFFIC_LEVELS.indexOf(level);
    });
  }
}
