import { computed } from "@preact/signals";
import type { AlertView } from "../../api/contract/alarms.ts";
import { alerts } from "../live/picture.ts";
import { flyTo } from "../map/fly.ts";
import { Mark } from "../map/mark.tsx";
import { useRows } from "../parts/rows.ts";
import { param, setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { alertWords } from "../words/alert-words.ts";
import { duration, utc } from "../words/format.ts";
import { kmRange, roadName, stretchText } from "../words/place.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

/** Gravest first, of equals the newest. */
const sorted = computed(() =>
  [...alerts.value.values()].sort((a, b) => b.severity - a.severity || b.beganAtMs - a.beganAtMs),
);

/** Every alert that lives, as a list. */
export function AlertList() {
  const w = words(situationWords);
  const { container, rowProps } = useRows({
    keys: sorted.value.map(({ alertId }) => alertId),
    selected: param("alert"),
    onSelect: (alert) => setParams({ alert }),
    onOpen: (id) => {
      const alert = alerts.value.get(id);
      if (alert !== undefined)
        flyTo.value = { longitudeDeg: alert.longitudeDeg, latitudeDeg: alert.latitudeDeg };
    },
    isMain: true,
  });
  return (
    <section class="alert-list" aria-label={w.alerts}>
      <h2>
        {w.alerts} <span class="tally">{sorted.value.length}</span>
      </h2>
      {sorted.value.length === 0 && <p class="empty">{w.none}</p>}
      <ul
        role="listbox"
        aria-label={w.alerts}
        ref={(element) => {
          container.current = element;
        }}
      >
        {sorted.value.map((alert) => (
          <li
            key={alert.alertId}
            role="option"
            class={`alert-row severity-${alert.severity}`}
            {...rowProps(alert.alertId)}
          >
            <AlertLine alert={alert} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AlertLine({ alert }: { readonly alert: AlertView }) {
  const w = words(alertWords);
  const { kind, road, tier, beganAtMs } = alert;
  return (
    <>
      <Mark alert={alert} size={34} />
      <span class="alert-head">
        <b>{w.kinds[kind]}</b>
        {tier === "suspected" && <i class="tier">{w.tiers[tier]}</i>}
        <time dateTime={utc(beganAtMs)} title={utc(beganAtMs)}>
          {duration(now.value - beganAtMs)}
        </time>
      </span>
      {road !== undefined && (
        <span class="alert-place">
          <b>{roadName(road)}</b> {kmRange(road)} · {stretchText(road)}
        </span>
      )}
    </>
  );
}
