import { type Alert, isTerminal } from "../../domain/alert.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { RoadLink, RoadNetwork } from "../../domain/road.ts";
import { distanceM } from "../../geo/geodesy.ts";
import type { AlertFacts } from "../../incident/decision.ts";
import type { RuleLanguage } from "../../measure/default-rules.ts";
import { placeInWords } from "./place-words.ts";

type KnownAlert = Pick<Alert, "alertId" | "kind" | "position" | "state"> & { readonly road?: Alert["road"] };

/** What an incident takes over from an alert; the place in the words of the centre. */
export function alertFacts(
  alert: KnownAlert,
  roads: RoadNetwork | undefined,
  language: RuleLanguage,
): AlertFacts {
  const { alertId, kind, position, road, state } = alert;
  const lanes = road === undefined ? undefined : lanesAt(roads, road.ref, road.direction, position);
  return {
    alertId,
    kind,
    latitudeDeg: position.latitudeDeg,
    longitudeDeg: position.longitudeDeg,
    ...(road === undefined
      ? {}
      : {
          road: {
            ref: road.ref,
            direction: road.direction,
            km: road.fromKm,
            text: placeInWords(road.text, language),
          },
        }),
    ...(lanes === undefined ? {} : { lanes }),
    hasEnded: isTerminal(state),
  };
}

/** Lanes of the nearest link of a road's direction. Looks at all of them: it is asked for once per incident. */
function lanesAt(
  roads: RoadNetwork | undefined,
  ref: string,
  direction: string,
  place: GeoPoint,
): number | undefined {
  let nearest: RoadLink | undefined;
  let nearestM = Number.POSITIVE_INFINITY;
  for (const link of roads?.links ?? []) {
    if (link.route.ref !== ref || link.route.direction !== direction) continue;
    for (const point of link.points) {
      const awayM = distanceM(point, place);
      if (awayM >= nearestM) continue;
      nearest = link;
      nearestM = awayM;
    }
  }
  return nearest?.lanes;
}

/** Alerts that have ended stay known for a while, so that an incident can still be made of them. */
export class EndedAlerts {
  readonly #alerts = new Map<string, Alert>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(alert: Alert): void {
    this.#alerts.set(alert.alertId, alert);
    const [eldest] = this.#alerts.keys();
    if (this.#alerts.size > this.#most && eldest !== undefined) this.#alerts.delete(eldest);
  }

  get(alertId: string): Alert | undefined {
    return this.#alerts.get(alertId);
  }
}
