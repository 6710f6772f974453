import { useMemo } from "preact/hooks";
import type { MapView } from "../../api/contract/map.ts";
import { alerts, segments } from "../live/picture.ts";
import { CLOSE_ZOOM } from "../map/fly.ts";
import { kmOf } from "../map/kilometres.ts";
import { latitudeOf, longitudeOf } from "../map/mercator.ts";
import { writePosition } from "../map/position.ts";
import { RoadShapes } from "../map/road-shapes.ts";
import { type Column, Table } from "../parts/table.tsx";
import { LevelSwatch } from "../situation/legend.tsx";
import { navigate, param, setParams } from "../state/address.ts";
import { distance, km, number, percent } from "../words/format.ts";
import { roadName } from "../words/place.ts";
import { words } from "../words/words.ts";
import { type RoadRow, rankOf, roadRows } from "./road-rows.ts";
import { RoadStrip } from "./road-strip.tsx";
import { networkWords } from "./words.ts";

/** Every direction of every road that has a name, with what is known of it. */
export function Roads({ map }: { readonly map: MapView }) {
  const w = words(networkWords);
  const withRamps = param("ramps") === "1";
  const rows = roadRows(map, segments.value, alerts.value.values()).filter(
    ({ isRamp, worst }) => withRamps || !isRamp || (worst !== undefined && worst !== "free"),
  );
  const selected = rows.find(({ route }) => route.id === param("route"));
  return (
    <section class="panel roads" aria-label={w.roads}>
      <header class="panel-head">
        <h2>
          {w.roads} <span class="tally">{rows.length}</span>
        </h2>
        <label class="check">
          <input
            type="checkbox"
            checked={withRamps}
            onChange={() => setParams({ ramps: withRamps ? undefined : "1" }, { replace: true })}
          />
          <span>{w.withRamps}</span>
        </label>
      </header>
      <Table
        label={w.roads}
        columns={columnsOf(w)}
        rows={rows}
        keyOf={({ route }) => route.id}
        selected={selected?.route.id}
        onSelect={(route) => setParams({ route }, { replace: true })}
        isMain
        empty={w.noRoads}
      />
      {selected !== undefined && <RoadDetail row={selected} map={map} />}
    </section>
  );
}

type W = (typeof networkWords)["en"];

function columnsOf(w: W): readonly Column<RoadRow>[] {
  return [
    { key: "road", head: w.road, cell: ({ route }) => <b>{route.ref}</b>, sort: ({ route }) => route.ref },
    {
      key: "direction",
      head: w.direction,
      cell: ({ route }) => route.direction,
      sort: ({ route }) => route.direction,
    },
    {
      key: "worst",
      head: w.worst,
      cell: ({ worst }) => (
        <span class="level">
          <LevelSwatch level={worst ?? "unknown"} />
          {w.levels[worst ?? "unknown"]}
        </span>
      ),
      sort: ({ worst }) => rankOf(worst),
    },
    { key: "along", head: w.along, cell: (row) => <RoadStrip row={row} /> },
    {
      key: "known",
      head: w.known,
      align: "right",
      cell: ({ knownShare }) => percent(knownShare),
      sort: ({ knownShare }) => knownShare,
    },
    {
      key: "length",
      head: w.length,
      align: "right",
      cell: ({ route }) => distance(route.lengthM),
      sort: ({ route }) => route.lengthM,
    },
    {
      key: "alerts",
      head: w.alerts,
      align: "right",
      cell: (row) => (row.alerts === 0 ? "" : <b>{number(row.alerts)}</b>),
      sort: (row) => row.alerts,
    },
  ];
}

function RoadDetail({ row, map }: { readonly row: RoadRow; readonly map: MapView }) {
  const w = words(networkWords);
  const shapes = useMemo(() => new RoadShapes(map), [map]);
  const bad = row.states.filter(({ level }) => level !== "free");
  const show = (routeM: number): void => {
    const point = shapes.pointAt(row.index, routeM);
    if (point === undefined) return;
    const place = { longitudeDeg: longitudeOf(point.x), latitudeDeg: latitudeOf(point.y) };
    navigate("/", { map: writePosition({ ...place, zoom: CLOSE_ZOOM }) });
  };
  return (
    <div class="road-detail">
      <h3>
        {roadName(row.route)} · {w.stretches}
      </h3>
      {bad.length === 0 && <p class="quiet">{row.states.length === 0 ? w.nothingKnown : w.allFree}</p>}
      <ul>
        {bad.map(({ fromM, toM, level }) => (
          <li key={fromM}>
            <LevelSwatch level={level ?? "unknown"} />
            <span>{w.levels[level ?? "unknown"]}</span>
            <span>
              km {km(kmOf(row.route, fromM))}–{km(kmOf(row.route, toM))}
            </span>
            <span>{distance(toM - fromM)}</span>
            <button type="button" class="button" onClick={() => show(fromM)}>
              {w.showOnMap}
            </button>
          </li>
        ))}
      </ul>
      {bad.length === 0 && (
        <button type="button" class="button" onClick={() => show(row.route.lengthM / 2)}>
          {w.showOnMap}
        </button>
      )}
    </div>
  );
}
