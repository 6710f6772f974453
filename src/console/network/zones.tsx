import type { ZonesView } from "../../api/contract/zones.ts";
import { latitudeOf, longitudeOf, xOf, yOf } from "../map/mercator.ts";
import { writePosition } from "../map/position.ts";
import { Icon } from "../parts/icon.tsx";
import { Table } from "../parts/table.tsx";
import { useResource } from "../rest/resource.ts";
import { navigate } from "../state/address.ts";
import { number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { networkWords } from "./words.ts";

type Zone = ZonesView["zones"][number];

const ASK_EVERY_MS = 5_000;
/** A port fills the map. */
const ZONE_ZOOM = 13;

/** Areas that have a name, and what is in them; water is there to find one's way only. */
export function Zones() {
  const w = words(networkWords);
  const told = useResource<ZonesView>("/v1/zones", ASK_EVERY_MS).value;
  const zones = (told?.zones ?? []).filter(({ kind }) => isNamed(kind));
  if (zones.length === 0) return undefined;
  return (
    <section class="panel zones" aria-label={w.zones}>
      <h2>{w.zones}</h2>
      <Table
        label={w.zones}
        columns={[
          { key: "name", head: w.zone, cell: ({ name }) => <b>{name}</b>, sort: ({ name }) => name },
          {
            key: "stations",
            head: w.stations,
            align: "right",
            cell: ({ stations }) => number(stations),
            sort: ({ stations }) => stations,
          },
          {
            key: "alerts",
            head: w.alerts,
            align: "right",
            cell: ({ alerts }) => number(alerts),
            sort: ({ alerts }) => alerts,
          },
          {
            key: "show",
            head: w.map,
            align: "right",
            cell: (zone) => (
              <button
                type="button"
                class="button-icon"
                aria-label={`${w.showOnMap}: ${zone.name}`}
                onClick={() => show(zone)}
              >
                <Icon name="situation" size={18} />
              </button>
            ),
          },
        ]}
        rows={zones}
        keyOf={({ id }) => id}
        empty=""
      />
    </section>
  );
}

const isNamed = (kind: string): boolean => kind !== "water";

function show({ ring }: Zone): void {
  const xs = ring.map(([longitudeDeg]) => xOf(longitudeDeg));
  const ys = ring.map(([, latitudeDeg]) => yOf(latitudeDeg));
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  const y = (Math.min(...ys) + Math.max(...ys)) / 2;
  const place = { longitudeDeg: longitudeOf(x), latitudeDeg: latitudeOf(y), zoom: ZONE_ZOOM };
  navigate("/", { map: writePosition(place) });
}
