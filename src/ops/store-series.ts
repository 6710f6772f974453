import { type GaugeRow, gaugeTable, type Series } from "./series.ts";

/** The alert log on the disk at a scrape. */
export interface StoreGauges {
  readonly transitions: number;
  readonly newest: number;
  readonly oldest: number;
  readonly bytes: number;
  readonly segments: number;
  /** Transitions that the operating system does not have yet, because it does not take them. */
  readonly unwritten: number;
  /** Transitions that a loss of power would lose now. */
  readonly unsynced: number;
  readonly failedWrites: number;
  readonly failedSyncs: number;
  readonly lost: number;
  readonly removedSegments: number;
  readonly removedBytes: number;
  /** Transitions that the index of the history does not have yet. */
  readonly indexBehind: number;
}

const SERIES: readonly GaugeRow<StoreGauges>[] = [
  ["transitions_total", "counter", "Alert transitions written to the log.", "transitions"],
  ["newest", "gauge", "Number of the newest alert transition.", "newest"],
  ["oldest", "gauge", "Number of the oldest alert transition kept.", "oldest"],
  ["bytes", "gauge", "Size of the alert log.", "bytes"],
  ["segments", "gauge", "Files of the alert log.", "segments"],
  ["unwritten", "gauge", "Announced transitions that the file system has not taken.", "unwritten"],
  ["unsynced", "gauge", "Transitions that a loss of power would lose now.", "unsynced"],
  ["write_failures_total", "counter", "Writes of the log that failed.", "failedWrites"],
  ["sync_failures_total", "counter", "Syncs of the log that failed.", "failedSyncs"],
  ["lost_total", "counter", "Announced transitions that will never be in the log.", "lost"],
  ["removed_segments_total", "counter", "Files removed by age or size.", "removedSegments"],
  ["removed_bytes_total", "counter", "Bytes removed by age or size.", "removedBytes"],
  ["index_behind", "gauge", "Transitions that the index of the history lacks.", "indexBehind"],
];

/** Nothing where the server keeps no log on the disk. */
export function storeSeries(read: () => StoreGauges | undefined): Series[] {
  return gaugeTable("roadpulse_store", SERIES, read);
}
