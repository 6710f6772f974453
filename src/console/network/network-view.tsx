import type { MapView } from "../../api/contract/map.ts";
import { useResource } from "../rest/resource.ts";
import { words } from "../words/words.ts";
import { Roads } from "./roads.tsx";
import { Sources } from "./sources.tsx";
import { Stations } from "./stations.tsx";
import { networkWords } from "./words.ts";
import { Zones } from "./zones.tsx";

/** Everything that the map shows, and who tells it, as tables. */
export function NetworkView() {
  const w = words(networkWords);
  const map = useResource<MapView>("/v1/map");
  return (
    <div class="network">
      {map.value === undefined ? (
        <section class="panel roads" aria-label={w.roads}>
          <h2>{w.roads}</h2>
          {map.error !== undefined && (
            <p class="empty">{map.error.code === "no-map" ? w.noMap : map.error.message}</p>
          )}
        </section>
      ) : (
        <Roads map={map.value} />
      )}
      <div class="network-side">
        <Stations />
        <Zones />
        <Sources />
      </div>
    </div>
  );
}
