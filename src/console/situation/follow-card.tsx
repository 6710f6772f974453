import { followed } from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { param, setParams } from "../state/address.ts";
import { duration, kmph, number } from "../words/format.ts";
import { localised } from "../words/place.ts";
import { stationTypeName } from "../words/station-words.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

/** The vehicle that the map follows. */
export function FollowCard() {
  const w = words(situationWords);
  const slot = param("follow");
  if (slot === undefined) return undefined;
  const told = followed.value?.slot === Number(slot) ? followed.value : undefined;
  const vehicle = told?.vehicle;
  return (
    <section class="follow-card" aria-label={w.follow}>
      <header>
        <Icon name="follow" size={18} />
        <b>
          {vehicle === undefined
            ? w.follow
            : `${stationTypeName(vehicle.stationType)} ${vehicle.label.slice(0, 8)}`}
        </b>
        <button
          type="button"
          class="button-icon"
          aria-label={w.followEnd}
          title={w.followEnd}
          onClick={() => setParams({ follow: undefined })}
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      {vehicle === undefined ? (
        <p>{told === undefined ? w.followWait : w.followGone}</p>
      ) : (
        <dl>
          <dt>{w.speed}</dt>
          <dd>{vehicle.speedMps === undefined ? "–" : kmph(vehicle.speedMps)}</dd>
          <dt>{w.heading}</dt>
          <dd>{vehicle.headingDeg === undefined ? "–" : `${number(vehicle.headingDeg)}°`}</dd>
          <dt>{w.heard}</dt>
          <dd>{w.ago(duration(vehicle.ageMs))}</dd>
          <dt>{w.road}</dt>
          <dd>{vehicle.road === undefined ? "–" : localised(vehicle.road)}</dd>
        </dl>
      )}
    </section>
  );
}
