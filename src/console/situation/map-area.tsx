import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MapView } from "../../api/contract/map.ts";
import { AlertDetail } from "../alarms/alert-detail.tsx";
import { connection, heardAtMs, isOld, mayOperate } from "../live/picture.ts";
import { SituationMap } from "../map/situation-map.ts";
import { Icon } from "../parts/icon.tsx";
import { useResource } from "../rest/resource.ts";
import { isWall, param } from "../state/address.ts";
import { alertWords } from "../words/alert-words.ts";
import { clockTime } from "../words/format.ts";
import { alertPlace } from "../words/place.ts";
import { words } from "../words/words.ts";
import { Extents } from "./extents.tsx";
import { FindBox } from "./find-box.tsx";
import { FollowCard } from "./follow-card.tsx";
import { Legend } from "./legend.tsx";
import { MapFoot } from "./map-foot.tsx";
import { MapTools } from "./map-tools.tsx";
import { PickPlace } from "./pick-place.tsx";
import { situationWords } from "./words.ts";

/** The map with everything that lies over it. */
export function MapArea() {
  const w = words(situationWords);
  const roads = useResource<MapView>("/v1/map");
  const element = useRef<HTMLDivElement>(null);
  const shown = useSignal<SituationMap | undefined>(undefined);
  useEffect(() => {
    if (element.current === null || roads.value === undefined) return undefined;
    const map = new SituationMap(element.current, roads.value, {
      label: (alert) => `${words(alertWords).kinds[alert.kind]}, ${alertPlace(alert)}`,
      together: (n) => words(situationWords).together(n),
    });
    shown.value = map;
    const resize = new ResizeObserver(() => map.surface.resized());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      shown.value = undefined;
      map.remove();
    };
  }, [roads.value]);
  const alert = param("alert");
  const wanted = mayOperate.value && !isWall.value ? param("pick") : undefined;
  return (
    <section class={isOld.value ? "map-area is-old" : "map-area"} aria-label={w.map}>
      <div class="map" ref={element} />
      {shown.value !== undefined && (
        <>
          <div class="map-top">
            {!isWall.value && <FindBox map={shown.value} />}
            <Extents map={shown.value} />
          </div>
          {!isWall.value && <MapTools map={shown.value} />}
          <Legend hasBase={roads.value?.base !== undefined} />
          <MapFoot map={shown.value} />
          {wanted !== undefined && element.current !== null && (
            <PickPlace map={shown.value} element={element.current} wanted={wanted} />
          )}
        </>
      )}
      {roads.value === undefined && <MapMissing error={roads.error} />}
      <OldStamp />
      {alert !== undefined && !isWall.value && (
        <div class="map-card">
          <AlertDetail alertId={alert} />
        </div>
      )}
      <FollowCard />
    </section>
  );
}

function MapMissing({
  error,
}: {
  readonly error: { readonly code: string; readonly message: string } | undefined;
}) {
  const w = words(situationWords);
  if (error === undefined) return <p class="map-missing">{w.mapLoading}</p>;
  return <p class="map-missing">{error.code === "no-map" ? w.mapNone : w.mapFailed(error.message)}</p>;
}

/** Over the map itself, where the eyes are: it is no picture of now. */
function OldStamp() {
  const w = words(situationWords);
  if (!isOld.value) return undefined;
  const heard = heardAtMs.value;
  if (heard === undefined && connection.value === "connecting") return undefined;
  return (
    <p class="old-stamp">
      <Icon name="offline" size={28} />
      {heard === undefined ? w.oldStampNever : w.oldStamp(clockTime(heard))}
    </p>
  );
}
