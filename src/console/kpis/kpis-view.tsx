import type { AlarmKpis } from "../../api/contract/alarms.ts";
import { board } from "../live/picture.ts";
import { Table } from "../parts/table.tsx";
import { useResource } from "../rest/resource.ts";
import { param, setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { alertWords } from "../words/alert-words.ts";
import { dateTime, duration, number, percent } from "../words/format.ts";
import { words } from "../words/words.ts";
import { WindowChart } from "./window-chart.tsx";
import { kpiWords } from "./words.ts";

const HOUR_MS = 3_600_000;
const SPANS_H = [6, 24, 168] as const;

/** Windows last ten minutes; nobody waits for a second's change. */
const ASK_EVERY_MS = 10_000;

/** EEMUA 191: of what is announced, so much of each priority. */
const AIMS = { p1: 0.05, p2: 0.15, p3: 0.8 } as const;

/** How the alarms treat the operators: counts against what people can take. */
export function KpisView() {
  const w = words(kpiWords);
  const hours = SPANS_H.find((one) => String(one) === param("hours")) ?? 24;
  // Asked for by the minute: the address is the same for a while, and so is the answer's tag.
  const toMs = Math.ceil(now.value / 60_000) * 60_000;
  const path = `/v1/alarms/kpis?from=${toMs - hours * HOUR_MS}&to=${toMs}`;
  const kpis = useResource<AlarmKpis>(path, ASK_EVERY_MS).value;
  return (
    <div class="kpis">
      <header>
        <h2>{w.title}</h2>
        <p>{w.why}</p>
        <fieldset class="choices">
          <legend class="unseen">{w.span}</legend>
          {SPANS_H.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={one === hours}
              onClick={() => setParams({ hours: one === 24 ? undefined : String(one) })}
            >
              {one > 24 ? w.days(one / 24) : w.hours(one)}
            </button>
          ))}
        </fieldset>
      </header>
      {kpis !== undefined && (
        <>
          <Figures kpis={kpis} />
          <WindowChart windows={kpis.windows} />
          <div class="kpi-tables">
            <Mix kpis={kpis} />
            <Sources kpis={kpis} />
            <Chatter kpis={kpis} />
          </div>
          <Windows windows={kpis.windows} />
        </>
      )}
    </div>
  );
}

function Figures({ kpis }: { readonly kpis: AlarmKpis }) {
  const w = words(kpiWords);
  const { windows, floodShare, medianAcknowledgeMs, standing, stale, shelved } = kpis;
  const all = windows.reduce((sum, { alarms }) => sum + alarms, 0);
  const figures = [
    [w.lastTenMinutes, number(board.value?.lastTenMinutes ?? 0)],
    [w.all, number(all)],
    [w.floodShare, percent(floodShare)],
    [w.acknowledge, medianAcknowledgeMs === undefined ? w.never : duration(medianAcknowledgeMs)],
    [w.standing, number(standing)],
    [w.stale, number(stale.length)],
    [w.shelved, number(shelved)],
  ] as const;
  return (
    <dl class="kpi-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Mix({ kpis: { priorityShares } }: { readonly kpis: AlarmKpis }) {
  const w = words(kpiWords);
  const rows = (["p1", "p2", "p3"] as const).map((key) => ({
    key,
    share: priorityShares[key],
    aim: AIMS[key],
  }));
  return (
    <section>
      <h3>{w.mix}</h3>
      <Table
        label={w.mix}
        rows={rows}
        keyOf={({ key }) => key}
        empty={w.noSources}
        columns={[
          { key: "priority", head: w.priority, cell: ({ key }) => key.toUpperCase() },
          { key: "share", head: w.share, cell: ({ share }) => percent(share), align: "right" },
          { key: "aim", head: w.target, cell: ({ aim }) => percent(aim), align: "right" },
        ]}
      />
    </section>
  );
}

/** The key begins with the kind of alert. */
function nameOf(key: string): string {
  const kinds: Readonly<Record<string, string>> = words(alertWords).kinds;
  const [kind = "", ...where] = key.split(" · ");
  return [kinds[kind] ?? kind, ...where].join(" · ");
}

function Sources({ kpis: { topSources } }: { readonly kpis: AlarmKpis }) {
  const w = words(kpiWords);
  return (
    <section>
      <h3>{w.sources}</h3>
      <Table
        label={w.sources}
        rows={topSources}
        keyOf={({ key }) => key}
        empty={w.noSources}
        columns={[
          { key: "source", head: w.source, cell: ({ key }) => nameOf(key) },
          { key: "alarms", head: w.count, cell: ({ alarms }) => number(alarms), align: "right" },
          { key: "share", head: w.share, cell: ({ share }) => percent(share), align: "right" },
        ]}
      />
    </section>
  );
}

function Chatter({ kpis: { chattering } }: { readonly kpis: AlarmKpis }) {
  const w = words(kpiWords);
  return (
    <section>
      <h3>{w.chattering}</h3>
      <Table
        label={w.chattering}
        rows={chattering}
        keyOf={({ key }) => key}
        empty={w.noChatter}
        columns={[
          { key: "source", head: w.source, cell: ({ key }) => nameOf(key) },
          { key: "times", head: w.times, cell: ({ transitions }) => number(transitions), align: "right" },
        ]}
      />
    </section>
  );
}

/** What the chart shows, for whoever does not see it. */
function Windows({ windows }: { readonly windows: AlarmKpis["windows"] }) {
  const w = words(kpiWords);
  const told = windows.filter(({ alarms, suppressed }) => alarms + suppressed > 0).toReversed();
  return (
    <details>
      <summary>{w.table}</summary>
      <Table
        label={w.perWindow}
        rows={told}
        keyOf={({ fromMs }) => String(fromMs)}
        empty={w.noSources}
        columns={[
          { key: "from", head: w.window, cell: ({ fromMs }) => dateTime(fromMs) },
          { key: "alarms", head: w.sounded, cell: ({ alarms }) => number(alarms), align: "right" },
          { key: "p1", head: "P1", cell: ({ p1 }) => number(p1), align: "right" },
          { key: "p2", head: "P2", cell: ({ p2 }) => number(p2), align: "right" },
          { key: "p3", head: "P3", cell: ({ p3 }) => number(p3), align: "right" },
          {
            key: "suppressed",
            head: w.suppressed,
            cell: ({ suppressed }) => number(suppressed),
            align: "right",
          },
        ]}
      />
    </details>
  );
}
