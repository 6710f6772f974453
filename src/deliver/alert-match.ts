import type { Alert } from "../domain/alert.ts";
import type { AlertFilter, SubscriptionArea } from "../domain/subscription.ts";
import { areaShape } from "../geo/area-shape.ts";
import { prepareShape } from "../geo/shapes.ts";

/** Which alerts somebody wants, as far as the alert alone tells. */
export interface AlertMatch {
  /** Every alert matches: nothing needs to be remembered. */
  readonly isUnconditional: boolean;
  /** Filter and area, as they are now. */
  matches(alert: Alert): boolean;
  /** Whether somebody may be told of an alert at all. */
  permits(alert: Alert): boolean;
}

/** What an area that stands still and a filter let pass. */
export function matchOf(area: SubscriptionArea, filter: AlertFilter): AlertMatch {
  const passes = filterOf(filter);
  const shape = areaShape(area);
  if (shape === undefined) throw new RangeError("what lies ahead of a station moves");
  const prepared = prepareShape(shape);
  return {
    isUnconditional: area.form === "everywhere" && passes === passAll,
    matches: (alert) => passes(alert) && prepared.intersects(alert.outline),
    permits: () => true,
  };
}

export const passAll = (): boolean => true;

/** `passAll` itself where nothing is asked for. */
export function filterOf(filter: AlertFilter): (alert: Alert) => boolean {
  const causes = new Set(filter.causeCodes);
  const kinds = new Set(filter.kinds);
  const { minSeverity, minConfidencePct, confirmedOnly } = filter;
  const isOpen = causes.size === 0 && kinds.size === 0;
  if (isOpen && minSeverity <= 1 && minConfidencePct <= 0 && !confirmedOnly) return passAll;
  return (alert) =>
    alert.severity >= minSeverity &&
    alert.confidencePct >= minConfidencePct &&
    (!confirmedOnly || alert.tier === "confirmed") &&
    (causes.size === 0 || causes.has(alert.causeCode)) &&
    (kinds.size === 0 || kinds.has(alert.kind));
}
