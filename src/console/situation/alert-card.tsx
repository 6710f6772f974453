import type { AlertView } from "../../api/contract/alarms.ts";
import { alerts } from "../live/picture.ts";
import { type Flight, flyTo } from "../map/fly.ts";
import { Mark } from "../map/mark.tsx";
import { Icon } from "../parts/icon.tsx";
import { setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { alertWords } from "../words/alert-words.ts";
import { clockTime, duration, number, percent, utc } from "../words/format.ts";
import { alertPlace } from "../words/place.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

const placeOf = ({ longitudeDeg, latitudeDeg }: AlertView): Flight => ({ longitudeDeg, latitudeDeg });

/** What an alert says, over the right side of the map. */
export function AlertCard({ alertId }: { readonly alertId: string }) {
  const w = words(situationWords);
  const a = words(alertWords);
  const alert = alerts.value.get(alertId);
  if (alert === undefined) return undefined;
  return (
    <section class="alert-card" aria-label={a.kinds[alert.kind]}>
      <header>
        <Mark alert={alert} size={36} />
        <div>
          <h2>{a.kinds[alert.kind]}</h2>
          <p>{alertPlace(alert)}</p>
        </div>
        <button
          type="button"
          class="button-icon"
          aria-label={w.close}
          title={w.close}
          onClick={() => setParams({ alert: undefined })}
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      <dl>
        <dt>{w.since}</dt>
        <dd title={utc(alert.beganAtMs)}>
          {clockTime(alert.beganAtMs)} ({duration(now.value - alert.beganAtMs)})
        </dd>
        <dt>{w.severity}</dt>
        <dd>{a.severities[alert.severity]}</dd>
        <dt>{w.confidence}</dt>
        <dd>
          {percent(alert.confidence)}, {a.tiers[alert.tier]}
        </dd>
        <dt>{w.evidence}</dt>
        <dd>{w.evidenceText(alert.evidence.stations, alert.evidence.observations)}</dd>
        <dt>{w.why}</dt>
        <dd>{alert.why.text}</dd>
      </dl>
      <table class="measures">
        <tbody>
          {alert.why.measures.map(({ name, observed, threshold }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="right">{number(observed, Number.isInteger(observed) ? 0 : 1)}</td>
              <td class="right">
                {threshold === undefined ? "" : `/ ${number(threshold, Number.isInteger(threshold) ? 0 : 1)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="button" onClick={() => (flyTo.value = placeOf(alert))}>
        {w.showOnMap}
      </button>
    </section>
  );
}
