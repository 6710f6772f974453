import type { LoggedAlert } from "../domain/alert-log.ts";
import type { StationView } from "../domain/detector.ts";
import type { GeoPoint } from "../domain/place.ts";
import type { AheadArea, StationQuery } from "../domain/subscription.ts";
import { TICK_MS } from "../domain/time.ts";
import { distanceM } from "../geo/geodesy.ts";
import { prepareShape } from "../geo/shapes.ts";
import type { ActiveSubscription } from "./active-subscription.ts";
import type { LiveAlerts } from "./live-alerts.ts";
import type { SubscriptionBook } from "./subscription-book.ts";

/** A vehicle at 50 m/s comes 50 m nearer in between: one second of warning at most is lost. */
const EVALUATION_INTERVAL_MS = 1_000;

/** The index entry is moved after this way, every quarter minute at motorway speed, and reaches that much farther. */
const SLACK_M = 500;

/** Looks once a second what has come to lie ahead of a station although no alert has changed. */
export class AheadWatch {
  readonly #active: ActiveSubscription;
  readonly #area: AheadArea;
  readonly #stations: StationQuery;
  readonly #live: LiveAlerts;
  readonly #book: SubscriptionBook;
  #indexedAt: GeoPoint | undefined;
  #dueMs: number;

  constructor(
    active: ActiveSubscription,
    area: AheadArea,
    world: { readonly stations: StationQuery; readonly live: LiveAlerts; readonly book: SubscriptionBook },
    nowMs: number,
  ) {
    this.#active = active;
    this.#area = area;
    this.#stations = world.stations;
    this.#live = world.live;
    this.#book = world.book;
    // Spread over the ticks of a second, so that many vehicles that reconnect together are not looked at in one.
    this.#dueMs = nowMs + ((area.stationId * TICK_MS) % EVALUATION_INTERVAL_MS);
    this.#reindex();
  }

  /** Alerts that have come to lie ahead, or do so again after changes that were not told; oldest first. */
  onTick(tickMs: number): readonly LoggedAlert[] {
    if (tickMs < this.#dueMs) return [];
    this.#dueMs = Math.max(this.#dueMs + EVALUATION_INTERVAL_MS, tickMs + 1);
    const station = this.#reindex();
    if (station === undefined) return [];
    const { boxes } = prepareShape({ type: "circle", center: station, radiusM: this.#area.distanceM });
    const fresh = this.#live.near(boxes).filter((alert) => {
      return this.#active.told.get(alert) !== alert.entry.sequence && this.#active.matches(alert.entry.alert);
    });
    for (const alert of fresh) this.#active.follow(alert);
    return fresh.map(({ entry }) => entry).sort((a, b) => a.sequence - b.sequence);
  }

  #reindex(): StationView | undefined {
    const station = this.#stations.get(this.#area.stationId);
    if (station === undefined) return undefined;
    if (this.#indexedAt === undefined || distanceM(this.#indexedAt, station) > SLACK_M) {
      this.#indexedAt = { latitudeDeg: station.latitudeDeg, longitudeDeg: station.longitudeDeg };
      const reachM = this.#area.distanceM + 2 * SLACK_M;
      this.#book.move(this.#active, prepareShape({ type: "circle", center: station, radiusM: reachM }).boxes);
    }
    return station;
  }
}
