import type { GeoBox } from "../domain/place.ts";
import { AreaIndex } from "../geo/area-index.ts";
import type { ActiveSubscription } from "./active-subscription.ts";
import type { Recipient } from "./recipient.ts";

/** All subscriptions in force, by where they look. */
export class SubscriptionBook {
  /** Sessions that see every alert, with the number of their subscriptions that do so; they need no matching. */
  readonly #seeAll = new Map<Recipient, number>();
  readonly #everywhere = new Set<ActiveSubscription>();
  readonly #areas = new AreaIndex<ActiveSubscription>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(active: ActiveSubscription): void {
    this.#size++;
    if (active.isUnconditional) this.#countSeeAll(active.session, 1);
    else if (active.subscription.area.form === "everywhere") this.#everywhere.add(active);
    else if (active.shape !== undefined) this.#areas.add(active.key, active.shape.boxes, active);
  }

  remove(active: ActiveSubscription): void {
    this.#size--;
    if (active.isUnconditional) this.#countSeeAll(active.session, -1);
    this.#everywhere.delete(active);
    this.#areas.remove(active.key);
  }

  /** Puts a subscription that moves with a station where it may match until it is moved again. */
  move(active: ActiveSubscription, boxes: readonly GeoBox[]): void {
    this.#areas.add(active.key, boxes, active);
  }

  sessionsThatSeeAll(): Iterable<Recipient> {
    return this.#seeAll.keys();
  }

  seesAll(session: Recipient): boolean {
    return this.#seeAll.has(session);
  }

  /** Conditional subscriptions that an alert in these boxes may concern. */
  *candidates(boxes: readonly GeoBox[]): Iterable<ActiveSubscription> {
    yield* this.#everywhere;
    yield* this.#areas.candidates(boxes);
  }

  #countSeeAll(session: Recipient, by: number): void {
    const count = (this.#seeAll.get(session) ?? 0) + by;
    if (count === 0) this.#seeAll.delete(session);
    else this.#seeAll.set(session, count);
  }
}
