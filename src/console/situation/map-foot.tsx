import { hiddenLayers } from "../map/layers.ts";
import { metresPerPixel } from "../map/mercator.ts";
import { pointed, type SituationMap, shownPosition, thinned } from "../map/situation-map.ts";
import { DOTS_FROM_ZOOM } from "../map/vehicle-overlay.ts";
import { distance, number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { nearestKm } from "./nearest-km.ts";
import { situationWords } from "./words.ts";

/** Longest bar of the scale, px. */
const MOST_BAR_PX = 110;

/** Scale, and where the pointer is: road and kilometre, else coordinates. */
export function MapFoot({ map }: { readonly map: SituationMap }) {
  const w = words(situationWords);
  const position = shownPosition.value;
  if (position === undefined) return undefined;
  const { base } = map.shapes.map;
  const perPixel = metresPerPixel(position.zoom, position.latitudeDeg);
  const lengthM = roundLength(perPixel * MOST_BAR_PX);
  const at = pointed.value;
  const road = at === undefined ? undefined : nearestKm(at, map.shapes, perPixel * 24);
  const isFar = position.zoom < DOTS_FROM_ZOOM && !hiddenLayers.value.has("vehicles");
  return (
    <div class="map-foot">
      {isFar && position.zoom === DOTS_FROM_ZOOM - 1 && <span>{w.vehiclesFrom}</span>}
      {base !== undefined && base.attribution !== "" && !hiddenLayers.value.has("base") && (
        <span class="attribution">{base.attribution}</span>
      )}
      {thinned.value > 1 && <b>{w.oneIn(thinned.value)}</b>}
      {at !== undefined && (
        <span>{road ?? `${number(at.latitudeDeg, 5)}  ${number(at.longitudeDeg, 5)}`}</span>
      )}
      <span class="scale">
        <svg width={lengthM / perPixel} height="8" aria-hidden="true">
          <path d={`M1 0v7h${lengthM / perPixel - 2}v-7`} />
        </svg>
        {distance(lengthM)}
      </span>
    </div>
  );
}

/** The longest of 1, 2, 5 × 10ⁿ that fits. */
function roundLength(mostM: number): number {
  const power = 10 ** Math.floor(Math.log10(mostM));
  const times = mostM / power;
  return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}
