import type { Counters, SourceCounters } from "../domain/counters.ts";
import type { Sample, Series } from "./series.ts";

/** Clock and gaps of sources, as of each one's last message. Labels are bounded by the counters. */
export function qualitySeries(counters: Counters): Series[] {
  const gauge = (
    name: string,
    help: string,
    read: (source: SourceCounters) => number | undefined,
  ): Series => ({
    name: `roadpulse_source_${name}`,
    help,
    type: "gauge",
    read: () => [...counters.sources].flatMap(([source, own]) => sampleOf(source, read(own))),
  });
  return [
    gauge(
      "clock_skew_seconds",
      "Least receive time minus event time in the last minute of the source.",
      ({ quality }) => seconds(quality.minuteBefore(quality.lastReceivedAtMs).skewMs),
    ),
    gauge(
      "longest_gap_seconds",
      "Longest time between two messages in the last minute of the source.",
      ({ quality }) => seconds(quality.minuteBefore(quality.lastReceivedAtMs).longestGapMs),
    ),
    gauge("last_message_timestamp_seconds", "Receive time of the last message, Unix time.", ({ quality }) =>
      seconds(quality.lastReceivedAtMs),
    ),
    gauge("failing_sensor_lanes", "Lanes of sensors that fail one of the automatic tests.", ({ quality }) =>
      quality.sensors.lanes === 0 ? undefined : quality.sensors.failures().length,
    ),
  ];
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined || Number.isNaN(ms) ? undefined : ms / 1_000;
}

function sampleOf(source: string, value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels: { source }, value }];
}
