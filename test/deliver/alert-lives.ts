import fc from "fast-check";
import { type Alert, isTerminal, type Severity } from "../../src/domain/alert.ts";
import type { GeoPoint } from "../../src/domain/place.ts";
import { EVERY_ALERT, type Subscription, type SubscriptionArea } from "../../src/domain/subscription.ts";
import { alert, boxAround, KAISERBERG, subscription } from "./world.ts";

/** Places 1 km apart, so that areas of the tests hold some of them. */
const PLACES: readonly GeoPoint[] = [0, 1, 2, 3].map((km) => ({
  latitudeDeg: KAISERBERG.latitudeDeg + km / 111,
  longitudeDeg: KAISERBERG.longitudeDeg,
}));

export interface Change {
  readonly slot: number;
  readonly place: number;
  readonly severity: number;
  readonly ends: boolean;
}

export const change: fc.Arbitrary<Change> = fc.record({
  slot: fc.nat({ max: 4 }),
  place: fc.nat({ max: PLACES.length - 1 }),
  severity: fc.integer({ min: 1, max: 5 }),
  ends: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** Turns changes into lawful lives of alerts: one after the other in every slot, each with exactly one end. */
export class AlertLives {
  readonly #live = new Map<number, Alert>();
  #count = 0;

  apply({ slot, place, severity, ends }: Change): Alert {
    const before = this.#live.get(slot);
    const where = PLACES[place] ?? KAISERBERG;
    const next = alert({
      alertId: before?.alertId ?? `alert-${++this.#count}`,
      revision: (before?.revision ?? 0) + 1,
      state: before === undefined ? "new" : ends ? "ended" : "updated",
      severity: severity as Severity,
      place: where,
    });
    if (isTerminal(next.state)) this.#live.delete(slot);
    else this.#live.set(slot, next);
    return next;
  }
}

const area: fc.Arbitrary<SubscriptionArea> = fc.oneof(
  fc.constant<SubscriptionArea>({ form: "everywhere" }),
  fc.nat({ max: PLACES.length - 1 }).map((place) => boxAround(PLACES[place] ?? KAISERBERG, 0.01)),
  fc.record({
    form: fc.constant("circle" as const),
    center: fc.constantFrom(...PLACES),
    radiusM: fc.constantFrom(500, 1_500),
  }),
);

/** Subscriptions that hold some of the places and severities. */
export const someSubscription: fc.Arbitrary<Subscription> = fc
  .record({ area, minSeverity: fc.constantFrom<Severity>(1, 3, 5) })
  .map(({ area, minSeverity }) => subscription({ area, filter: { ...EVERY_ALERT, minSeverity } }));
