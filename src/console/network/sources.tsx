import type { ComponentChildren } from "preact";
import { Table } from "../parts/table.tsx";
import { useResource } from "../rest/resource.ts";
import { param, setParams } from "../state/address.ts";
import { count, duration, millis, number, percent } from "../words/format.ts";
import { words } from "../words/words.ts";
import type { SourceCard } from "./source-card.ts";
import { networkWords } from "./words.ts";

/** Cards change over a minute; asking more often shows nothing new. */
const ASK_EVERY_MS = 2_000;
const RANK = { failed: 0, doubtful: 1, ok: 2 } as const;

/** Whoever sends, worst first, and how good what they send is. */
export function Sources() {
  const w = words(networkWords);
  const told = useResource<{ readonly sources: readonly SourceCard[] }>("/v1/sources", ASK_EVERY_MS);
  const cards = [...(told.value?.sources ?? [])].sort((a, b) => RANK[a.verdict] - RANK[b.verdict]);
  const selected = cards.find(({ source }) => source === param("source"));
  return (
    <section class="panel sources" aria-label={w.sources}>
      <h2>
        {w.sources} <span class="tally">{cards.length}</span>
      </h2>
      {told.error !== undefined && <p class="panel-error">{told.error.message}</p>}
      <Table
        label={w.sources}
        columns={[
          {
            key: "source",
            head: w.source,
            cell: ({ source }) => <b>{source}</b>,
            sort: ({ source }) => source,
          },
          {
            key: "verdict",
            head: w.verdict,
            cell: ({ verdict }) => <VerdictChip verdict={verdict} />,
            sort: ({ verdict }) => RANK[verdict],
          },
          {
            key: "silent",
            head: w.silent,
            align: "right",
            cell: ({ silentS }) => (silentS === undefined ? "–" : duration(silentS * 1_000)),
            sort: ({ silentS }) => silentS ?? 0,
          },
          {
            key: "items",
            head: w.items,
            align: "right",
            cell: ({ lastMinute }) => number(lastMinute.itemsPerS, 1),
            sort: ({ lastMinute }) => lastMinute.itemsPerS,
          },
          {
            key: "accepted",
            head: w.accepted,
            align: "right",
            cell: ({ lastMinute }) => percent(lastMinute.acceptedShare),
            sort: ({ lastMinute }) => lastMinute.acceptedShare,
          },
        ]}
        rows={cards}
        keyOf={({ source }) => source}
        selected={selected?.source}
        onSelect={(source) => setParams({ source }, { replace: true })}
        empty={w.none}
      />
      {selected !== undefined && <Card card={selected} />}
      {selected === undefined && cards.length > 0 && <p class="quiet panel-note">{w.noSelection}</p>}
    </section>
  );
}

export function VerdictChip({ verdict }: { readonly verdict: SourceCard["verdict"] }) {
  return <span class={`chip chip-${verdict}`}>{words(networkWords).verdicts[verdict]}</span>;
}

function Card({ card: { source, reasons, lastMinute, totals, sensors } }: { readonly card: SourceCard }) {
  const w = words(networkWords);
  const rejections = Object.entries(totals.rejectedByReason).sort(([, a], [, b]) => b - a);
  return (
    <section class="source-card" aria-label={`${w.card} ${source}`}>
      <h3>{source}</h3>
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <div class="facts-columns">
        <Facts title={w.lastMinute}>
          <Fact name={w.messages}>{number(lastMinute.messagesPerS, 1)}</Fact>
          <Fact name={w.duplicates}>{percent(lastMinute.duplicateShare)}</Fact>
          <Fact name={w.rejected}>{percent(lastMinute.rejectedShare)}</Fact>
          <Fact name={w.late}>{percent(lastMinute.lateShare)}</Fact>
          <Fact name={w.longestGap}>{millis(lastMinute.longestGapMs)}</Fact>
          <Fact name={w.clockSkew}>
            {lastMinute.clockSkewMs === undefined ? "–" : millis(lastMinute.clockSkewMs)}
          </Fact>
          <Fact name={w.accuracy}>
            {lastMinute.meanPositionAccuracyM === undefined
              ? "–"
              : `${number(lastMinute.meanPositionAccuracyM, 1)} m`}
          </Fact>
        </Facts>
        <Facts title={w.sinceStart}>
          <Fact name={w.received}>{count(totals.received)}</Fact>
          <Fact name={w.accepted}>{count(totals.accepted)}</Fact>
          <Fact name={w.duplicates}>{count(totals.duplicate)}</Fact>
          <Fact name={w.late}>{count(totals.late)}</Fact>
          <Fact name={w.shed}>{count(totals.shed)}</Fact>
          {rejections.map(([reason, times]) => (
            <Fact key={reason} name={`${w.rejected}: ${reason}`}>
              {count(times)}
            </Fact>
          ))}
          {sensors.lanes > 0 && (
            <Fact name={w.sensors}>
              {sensors.failures.length === 0 ? w.sensorsOk(sensors.lanes) : number(sensors.failures.length)}
            </Fact>
          )}
        </Facts>
      </div>
    </section>
  );
}

function Facts({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <h4>{title}</h4>
      <dl class="facts">{children}</dl>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
