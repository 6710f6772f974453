import type { Alert } from "../domain/alert.ts";
import type { GeoBox } from "../domain/place.ts";
import { AreaIndex } from "../geo/area-index.ts";
import type { ActiveSubscription } from "./active-subscription.ts";
import type { Recipient } from "./recipient.ts";

/** Subscriptions with the same filter, which is asked once for all of them. */
interface FilterGroup {
  readonly passes: (alert: Alert) => boolean;
  readonly members: Set<ActiveSubscription>;
}

/** All subscriptions in force, by where they look. */
export class SubscriptionBook {
  /** Sessions that see every alert, with the number of their subscriptions that do so; they need no matching. */
  readonly #seeAll = new Map<Recipient, number>();
  /** Filtered subscriptions without an area, by their filter: thousands of subscribers share a few. */
  readonly #everywhere = new Map<string, FilterGroup>();
  readonly #areas = new AreaIndex<ActiveSubscription>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(active: ActiveSubscription): void {
    this.#size++;
    if (active.isUnconditional) this.#countSeeAll(active.session, 1);
    else if (active.subscription.area.form === "everywhere") this.#joinGroup(active);
    else if (active.shape !== undefined) this.#areas.add(active.key, active.shape.boxes, active);
  }

  remove(active: ActiveSubscription): void {
    this.#size--;
    if (active.isUnconditional) this.#countSeeAll(active.session, -1);
    const group = this.#everywhere.get(active.filterKey);
    if (group?.members.delete(active) === true && group.members.size === 0)
      this.#everywhere.delete(active.filterKey);
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
  *candidates(alert: Alert, boxes: readonly GeoBox[]): Iterable<ActiveSubscription> {
    for (const { passes, members } of this.#everywhere.values()) if (passes(alert)) yield* members;
    yield* this.#areas.candidates(boxes);
  }

  #joinGroup(active: ActiveSubscription): void {
    const group = this.#everywhere.get(active.filterKey);
    if (group === undefined)
      this.#everywhere.set(active.filterKey, { passes: active.passes, members: new Set([active]) });
    else group.members.add(active);
  }

  #countSeeAll(session: Recipient, by: number): void {
    const count = (this.#seeAll.get(session) ?? 0) + by;
    if (count === 0) this.#seeAll.delete(session);
    else this.#seeAll.set(session, count);
  }
}
