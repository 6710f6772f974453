import { type Alert, isTerminal } from "../../src/domain/alert.ts";
import { boxHolds } from "../../src/domain/place.ts";
import type { Subscription, SubscriptionArea } from "../../src/domain/subscription.ts";
import { distanceM } from "../../src/geo/geodesy.ts";

/** By the words of the specification and without any index: does a point alert concern a subscription? */
export function concerns(subscription: Subscription, alert: Alert): boolean {
  return alert.severity >= subscription.filter.minSeverity && holds(subscription.area, alert);
}

function holds(area: SubscriptionArea, { position }: Alert): boolean {
  switch (area.form) {
    case "everywhere":
      return true;
    case "box":
      return boxHolds(area.box, position.latitudeDeg, position.longitudeDeg);
    case "circle":
      return distanceM(area.center, position) <= area.radiusM;
    default:
      throw new Error(`the model knows no ${area.form}`);
  }
}

/**
 * What a subscription that began after the first `startedAt` transitions is owed of all of them, as 1-based numbers: the
 * snapshot, and what follows.
 */
export function expected(subscription: Subscription, all: readonly Alert[], startedAt: number) {
  const snapshot = new Map<string, number>();
  all.slice(0, startedAt).forEach((alert, i) => {
    snapshot.delete(alert.alertId);
    if (!isTerminal(alert.state) && concerns(subscription, alert)) snapshot.set(alert.alertId, i + 1);
  });
  const told = new Set(snapshot.keys());
  const live: number[] = [];
  all.slice(startedAt).forEach((alert, i) => {
    if (!isTerminal(alert.state) && concerns(subscription, alert)) told.add(alert.alertId);
    if (told.has(alert.alertId)) live.push(startedAt + i + 1);
  });
  return { snapshot: [...snapshot.values()].sort((a, b) => a - b), live };
}
