import type { SystemView } from "../../api/contract/system.ts";
import { Chart } from "../parts/chart.tsx";
import { count, number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { systemWords } from "./words.ts";

/** The last ten minutes. */
export function Charts({ history }: { readonly history: SystemView["history"] }) {
  const w = words(systemWords);
  return (
    <div class="charts">
      <Chart
        title={w.throughput}
        atMs={history.atMs}
        format={count}
        series={[
          { label: w.items, colour: "--accent", values: history.itemsPerS },
          { label: w.messages, colour: "--ink-3", values: history.messagesPerS, dashed: true },
        ]}
      />
      <Chart
        title={w.stationsChart}
        atMs={history.atMs}
        format={count}
        series={[{ label: w.stations, colour: "--accent", values: history.stations }]}
      />
      <Chart
        title={w.latencyChart}
        atMs={history.atMs}
        format={(ms) => number(ms, ms < 10 ? 1 : 0)}
        series={[
          { label: w.deliver, colour: "--accent", values: history.deliverP99Ms },
          { label: w.detect, colour: "--ink-3", values: history.detectP99Ms, dashed: true },
        ]}
      />
      <Chart
        title={w.alertsChart}
        atMs={history.atMs}
        format={(rate) => number(rate, 1)}
        series={[{ label: w.transitions, colour: "--p2", values: history.alertsPerS }]}
      />
    </div>
  );
}
