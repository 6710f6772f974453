import { type Metric, Registry } from "prom-client";
import type { Counters } from "../domain/counters.ts";
import { counterSeries } from "./counter-series.ts";
import { type ServerGauges, serverSeries } from "./gauge-series.ts";
import { type ProcessMeter, processSeries } from "./process-metrics.ts";
import { qualitySeries } from "./quality-series.ts";
import type { Series } from "./series.ts";

export interface MetricSources {
  readonly version: string;
  readonly counters: Counters;
  readonly gauges: ServerGauges;
  readonly process: ProcessMeter;
}

export interface Metrics {
  readonly contentType: string;
  /** The exposition in Prometheus' text format. */
  render(): Promise<string>;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const all = [
    ...counterSeries(sources.counters),
    ...qualitySeries(sources.counters),
    ...serverSeries(sources.gauges),
    ...processSeries(sources.version, sources.process),
  ];
  for (const series of all) registry.registerMetric(scraped(series));
  return { contentType: registry.contentType, render: () => registry.metrics() };
}

/**
 * The registry asks a metric for its values by `get`; feeding the library's own counters at every scrape instead would
 * hash each label set to arrive at the same lines.
 */
function scraped({ name, help, type, read }: Series): Metric<string> {
  const get = async () => ({ name, help, type, values: read(), aggregator: "sum" });
  return { name, help, type, get, reset: () => undefined } as unknown as Metric<string>;
}
