import { incidents } from "../live/picture.ts";
import { Table } from "../parts/table.tsx";
import { param, setParams } from "../state/address.ts";
import { words } from "../words/words.ts";
import { incidentWords } from "./words.ts";

export function IncidentsView() {
  const w = words(incidentWords);
  return (
    <Table
      label={w.title}
      columns={[{ key: "title", head: w.title, cell: ({ title }) => title, sort: ({ title }) => title }]}
      rows={[...incidents.value.values()]}
      keyOf={({ incidentId }) => incidentId}
      selected={param("incident")}
      onSelect={(incident) => setParams({ incident })}
      isMain
      empty={w.none}
    />
  );
}
