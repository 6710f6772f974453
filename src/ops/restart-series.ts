import { type GaugeRow, gaugeTable, type Series } from "./series.ts";

/** What is kept for a restart, at a scrape. */
export interface RestartGauges {
  /** Of the journal of inputs. */
  readonly inputBytes: number;
  /** Blocks of inputs that could not be written. */
  readonly lostBlocks: number;
  /** Saved since the start. */
  readonly savedStates: number;
  /** 1 where a restart would find the present state. */
  readonly isKept: 0 | 1;
}

const SERIES: readonly GaugeRow<RestartGauges>[] = [
  ["input_bytes", "gauge", "Size of the journal of inputs that a restart would read again.", "inputBytes"],
  ["lost_blocks_total", "counter", "Blocks of inputs that could not be written.", "lostBlocks"],
  ["saved_states_total", "counter", "States saved since the start.", "savedStates"],
  ["state_kept", "gauge", "1 where a restart would find the present state.", "isKept"],
];

/** Nothing where the server keeps nothing for a restart. */
export function restartSeries(read: () => RestartGauges | undefined): Series[] {
  return gaugeTable("roadpulse_restart", SERIES, read);
}
