import type { ConservationView, LatencyView } from "../../api/contract/system.ts";
import { Icon } from "../parts/icon.tsx";
import { Table } from "../parts/table.tsx";
import { count, millis, number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { systemWords } from "./words.ts";

const shown = (ms: number | undefined): string => (ms === undefined ? "–" : millis(ms));

export function LatencyTable({ latency }: { readonly latency: LatencyView }) {
  const w = words(systemWords);
  return (
    <section class="panel" aria-label={w.latency}>
      <h2>{w.latency}</h2>
      <p class="quiet panel-note">{w.latencyNote(latency.windowS)}</p>
      <Table
        label={w.latency}
        columns={[
          { key: "stage", head: w.stage, cell: ({ stage }) => <b>{w.stages[stage]}</b> },
          { key: "p50", head: "p50", align: "right", cell: ({ p50Ms }) => shown(p50Ms) },
          { key: "p95", head: "p95", align: "right", cell: ({ p95Ms }) => shown(p95Ms) },
          { key: "p99", head: "p99", align: "right", cell: ({ p99Ms }) => shown(p99Ms) },
          { key: "count", head: w.count, align: "right", cell: (row) => count(row.count) },
        ]}
        rows={latency.stages}
        keyOf={({ stage }) => stage}
        empty={w.none}
      />
    </section>
  );
}

/** Every item is in exactly one column: what is missing is said in red. */
export function Conservation({ conservation }: { readonly conservation: ConservationView }) {
  const w = words(systemWords);
  const lost = [...conservation.sources, ...conservation.deliveries].reduce(
    (sum, { unaccounted }) => sum + Math.abs(unaccounted),
    0,
  );
  return (
    <section class="panel" aria-label={w.conservation}>
      <h2>{w.conservation}</h2>
      <p class={lost === 0 ? "judgement judgement-ok" : "judgement judgement-bad"}>
        <Icon name={lost === 0 ? "check" : "close"} />
        {lost === 0 ? w.conserved : w.lost(number(lost))}
      </p>
      <SourceTable rows={conservation.sources} />
      <DeliveryTable rows={conservation.deliveries} />
    </section>
  );
}

type SourceRow = ConservationView["sources"][number];
type DeliveryRow = ConservationView["deliveries"][number];

function SourceTable({ rows }: { readonly rows: readonly SourceRow[] }) {
  const w = words(systemWords);
  const amount = (key: Exclude<keyof SourceRow, "source">) => ({
    key,
    head: w[key],
    align: "right" as const,
    cell: (row: SourceRow) => <Amount value={row[key]} isBad={key === "unaccounted" || key === "shed"} />,
    sort: (row: SourceRow) => row[key],
  });
  return (
    <Table
      label={w.conservation}
      columns={[
        {
          key: "source",
          head: w.source,
          cell: ({ source }) => <b>{source}</b>,
          sort: ({ source }) => source,
        },
        ...(["received", "accepted", "duplicate", "invalid", "shed", "unaccounted"] as const).map(amount),
      ]}
      rows={rows}
      keyOf={({ source }) => source}
      empty={w.none}
    />
  );
}

function DeliveryTable({ rows }: { readonly rows: readonly DeliveryRow[] }) {
  const w = words(systemWords);
  const amount = (key: Exclude<keyof DeliveryRow, "what">) => ({
    key,
    head: w[key],
    align: "right" as const,
    cell: (row: DeliveryRow) => (
      <Amount value={row[key]} isBad={key === "unaccounted" || key === "dropped"} />
    ),
  });
  return (
    <Table
      label={w.deliveries}
      columns={[
        { key: "what", head: w.deliveries, cell: ({ what }) => <b>{w.whats[what]}</b> },
        ...(["matched", "sent", "queued", "conflated", "dropped", "unaccounted"] as const).map(amount),
      ]}
      rows={rows}
      keyOf={({ what }) => what}
      empty={w.none}
    />
  );
}

function Amount({ value, isBad }: { readonly value: number; readonly isBad: boolean }) {
  return (
    <span class={isBad && value !== 0 ? "amount-bad" : value === 0 ? "amount-none" : ""}>
      {number(value)}
    </span>
  );
}
