import type { StationsView } from "../../api/contract/system.ts";
import { useResource } from "../rest/resource.ts";
import { count } from "../words/format.ts";
import { stationTypeName } from "../words/station-words.ts";
import { words } from "../words/words.ts";
import { networkWords } from "./words.ts";

const ASK_EVERY_MS = 2_000;

/** Who is on the road, by kind. */
export function Stations() {
  const w = words(networkWords);
  const told = useResource<StationsView>("/v1/stations", ASK_EVERY_MS).value;
  const kinds = Object.entries(told?.byType ?? {}).sort(([, a], [, b]) => b - a);
  return (
    <section class="panel stations" aria-label={w.stations}>
      <h2>
        {w.stations} <span class="tally">{told === undefined ? "" : `${count(told.live)} ${w.live}`}</span>
      </h2>
      <dl class="tiles">
        {kinds.map(([type, n]) => (
          <div key={type}>
            <dt>{stationTypeName(type)}</dt>
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
