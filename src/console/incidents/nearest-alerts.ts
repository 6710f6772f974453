import type { AlertView } from "../../api/contract/alarms.ts";

/** Farther away it is another matter (own). */
const WITHIN_M = 1_000;
const MOST = 6;
const METRES_PER_DEGREE = 111_195;

interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Alerts within a kilometre of a place, nearest first. */
export function nearestAlerts(place: Place, alerts: Iterable<AlertView>): readonly AlertView[] {
  return [...alerts]
    .map((alert) => ({ alert, awayM: awayM(place, alert) }))
    .filter(({ awayM: m }) => m <= WITHIN_M)
    .sort((a, b) => a.awayM - b.awayM)
    .slice(0, MOST)
    .map(({ alert }) => alert);
}

/** Good to a metre at such distances. */
function awayM(a: Place, b: Place): number {
  const eastM =
    (b.longitudeDeg - a.longitudeDeg) * METRES_PER_DEGREE * Math.cos((a.latitudeDeg * Math.PI) / 180);
  const northM = (b.latitudeDeg - a.latitudeDeg) * METRES_PER_DEGREE;
  return Math.hypot(eastM, northM);
}
