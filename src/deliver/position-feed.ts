import type { DeliveryCounters } from "../domain/counters.ts";
import type { StationPosition } from "../domain/delivery.ts";
import type { StationLookup, StationView } from "../domain/detector.ts";
import { encodePositionBatch } from "../wire/server-message.ts";
import type { Outbox } from "./outbox.ts";

export interface PositionFeedOptions {
  readonly subscriptionId: string;
  readonly intervalMs: number;
  /** The stations in the area of the subscription, sorted by id. */
  readonly select: () => readonly StationView[];
  readonly stations: StationLookup;
  readonly labelOf: (stationId: number, atMs: number) => number;
  readonly counters: DeliveryCounters;
  readonly outbox: Outbox;
  readonly nowMs: number;
}

/** About 35 kB, so that a batch is no obstacle to the alert behind it. */
const MAX_BATCH_POSITIONS = 1_000;

/** Stations that one subscription follows, about 150 bytes each: those with the lowest ids; nobody can look at more. */
const MAX_FEED_STATIONS = 20_000;

interface Mark {
  /** Observation that was matched last. */
  observedAtMs: number;
  /** Round in which the station was last seen in the area. */
  round: number;
}

/**
 * The latest position of every station in an area, at an interval. A position that has not been sent when a newer one
 * arrives is replaced by it, so that a slow connection costs detail and never memory.
 */
export class PositionFeed {
  readonly #options: PositionFeedOptions;
  readonly #marks = new Map<number, Mark>();
  /** Stations whose latest position is to be sent, longest wait first. */
  readonly #waiting = new Set<number>();
  #round = 0;
  #dueMs: number;
  #beyondLimit = 0;

  constructor(options: PositionFeedOptions) {
    this.#options = options;
    this.#dueMs = options.nowMs;
  }

  onTick(tickMs: number): void {
    if (tickMs < this.#dueMs) return;
    this.#dueMs = Math.max(this.#dueMs + this.#options.intervalMs, tickMs + 1);
    this.#collect();
    this.flush(tickMs);
  }

  /** Sends as long as nothing else waits. */
  flush(nowMs: number): void {
    while (this.#waiting.size > 0 && this.#options.outbox.isClear) {
      if (!this.#sendBatch(nowMs)) return;
    }
  }

  close(): void {
    const { counters } = this.#options;
    counters.queued -= this.#waiting.size;
    counters.dropped += this.#waiting.size;
    this.#waiting.clear();
    this.#marks.clear();
  }

  #collect(): void {
    const inArea = this.#options.select();
    this.#beyondLimit = Math.max(0, inArea.length - MAX_FEED_STATIONS);
    this.#round++;
    for (const station of inArea.slice(0, MAX_FEED_STATIONS)) this.#see(station);
    for (const [stationId, mark] of this.#marks) {
      if (mark.round !== this.#round) this.#forget(stationId);
    }
  }

  #see({ stationId, observedAtMs }: StationView): void {
    const mark = this.#marks.get(stationId);
    if (mark?.observedAtMs === observedAtMs) {
      mark.round = this.#round;
      return;
    }
    this.#marks.set(stationId, { observedAtMs, round: this.#round });
    this.#options.counters.matched++;
    if (this.#waiting.has(stationId)) return this.#conflate();
    this.#waiting.add(stationId);
    this.#options.counters.queued++;
  }

  /** The station has left the area or is gone: what waits is of no use any more. */
  #forget(stationId: number): void {
    this.#marks.delete(stationId);
    if (!this.#waiting.delete(stationId)) return;
    this.#options.counters.queued--;
    this.#conflate();
  }

  #conflate(): void {
    this.#options.counters.conflated++;
    this.#options.outbox.positionsConflated++;
  }

  #sendBatch(nowMs: number): boolean {
    const chosen = this.#chooseStations();
    if (chosen.length === 0) return true;
    const bytes = encodePositionBatch({
      subscriptionId: this.#options.subscriptionId,
      timeMs: Math.round(nowMs),
      positions: chosen.map((station) => this.#positionOf(station, nowMs)),
      leftOut: this.#waiting.size - chosen.length + this.#beyondLimit,
    });
    if (!this.#options.outbox.sendNow(bytes)) return false;
    for (const station of chosen) this.#sent(station);
    return true;
  }

  /** The next stations with their present state, which may be newer than the one that was matched. */
  #chooseStations(): readonly StationView[] {
    const chosen: StationView[] = [];
    for (const stationId of this.#waiting) {
      if (chosen.length >= MAX_BATCH_POSITIONS) break;
      const station = this.#options.stations.get(stationId);
      if (station === undefined) this.#forget(stationId);
      else chosen.push(station);
    }
    return chosen;
  }

  #sent({ stationId, observedAtMs }: StationView): void {
    this.#waiting.delete(stationId);
    const mark = this.#marks.get(stationId);
    if (mark !== undefined) mark.observedAtMs = observedAtMs;
    this.#options.counters.queued--;
    this.#options.counters.sent++;
  }

  #positionOf(station: StationView, nowMs: number): StationPosition {
    return {
      stationLabel: this.#options.labelOf(station.stationId, station.observedAtMs),
      latitudeDeg: station.latitudeDeg,
      longitudeDeg: station.longitudeDeg,
      speedMps: station.speedMps,
      headingDeg: station.headingDeg,
      stationType: station.stationType,
      ageMs: Math.max(0, Math.round(nowMs - station.observedAtMs)),
    };
  }
}
