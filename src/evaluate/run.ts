import { defaultDetectors } from "../detect/registry.ts";
import type { Detector } from "../domain/detector.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { replay } from "../replay.ts";
import type { ChannelModel } from "./channel.ts";
import { drawnRecords } from "./drawn-records.ts";
import { type Episode, EpisodeBook } from "./episode.ts";
import { type ExtraMessage, withExtras } from "./extra-messages.ts";
import type { Ground } from "./ground.ts";
import { otherMessages } from "./other-messages.ts";
import { PerceivedVehicles, tellPerceived } from "./perceived.ts";
import type { RecordSource } from "./read-traffic.ts";
import { type OnReport, recordsOf } from "./records.ts";
import { ReportSource } from "./reports.ts";
import type { VehicleTable } from "./vehicle-table.ts";

export interface RunOptions {
  readonly table: VehicleTable;
  readonly ground: Ground;
  readonly equipped: Uint8Array;
  readonly channel: ChannelModel;
  readonly seed: number;
  readonly roads: RoadNetwork | undefined;
  readonly pipeline: PipelineOptions;
  /** A recording with more in it than positions. */
  readonly source: RecordSource | undefined;
  readonly extras?: readonly ExtraMessage[] | undefined;
  /** Looks at what the detectors know; comes after them. */
  readonly watcher?: Detector<unknown> | undefined;
}

export interface Run {
  readonly episodes: readonly Episode[];
  /** When each report of an equipped vehicle, and each sight of a perceived one, was received; by time. */
  readonly heard: Heard;
  readonly faults: number;
}

/** Receptions in columns, by receive time. */
export interface Heard {
  readonly receivedAtMs: Float64Array;
  readonly row: Int32Array;
  readonly count: number;
}

/** Runs the drawn vehicles through the channel and a pipeline of their own. */
export async function runOnce(options: RunOptions): Promise<Run> {
  const { table, ground, equipped, channel, seed, roads } = options;
  const book = new EpisodeBook();
  const heard = new HeardBuilder();
  let faults = 0;
  const onReport: OnReport = (receivedAtMs, row) => heard.add(receivedAtMs, row);
  const isAsRecorded = options.source !== undefined && channel.name === "none";
  const batches =
    options.source !== undefined && isAsRecorded
      ? drawnRecords(options.source, table, equipped, onReport)
      : recordsOf(new ReportSource(table, equipped, channel, ground, seed), table, onReport);
  const others =
    options.source === undefined || isAsRecorded ? [] : await otherMessages(options.source, table, equipped);
  const merged = withExtras(batches, [...others, ...(options.extras ?? [])]);
  // A table of vehicles perceives nothing, so its frames need not be read again.
  const maySee = options.source !== undefined || options.extras?.some(({ item }) => item.perceived);
  const records = maySee ? tellPerceived(merged, new PerceivedVehicles(table, ground), onReport) : merged;
  await replay(records, {
    pipeline: { ...watched(options), roads, onFault: () => faults++ },
    onAlert: (alert) => book.add(alert),
  });
  return { episodes: book.episodes(table.lastMs), heard: heard.build(), faults };
}

function watched({ pipeline, watcher }: RunOptions): PipelineOptions {
  if (watcher === undefined) return pipeline;
  return { ...pipeline, detectors: [...(pipeline.detectors ?? defaultDetectors()), watcher] };
}

class HeardBuilder {
  #receivedAtMs = new Float64Array(4_096);
  #row = new Int32Array(4_096);
  #count = 0;

  add(receivedAtMs: number, row: number): void {
    if (this.#count === this.#row.length) {
      const times = new Float64Array(this.#count * 2);
      const rows = new Int32Array(this.#count * 2);
      times.set(this.#receivedAtMs);
      rows.set(this.#row);
      this.#receivedAtMs = times;
      this.#row = rows;
    }
    this.#receivedAtMs[this.#count] = receivedAtMs;
    this.#row[this.#count++] = row;
  }

  build(): Heard {
    const times = this.#receivedAtMs;
    const order = Int32Array.from({ length: this.#count }, (_, i) => i);
    // Messages of sensors are seen when their batch passes, those of vehicles when it is made.
    order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    return {
      receivedAtMs: Float64Array.from(order, (i) => times[i] as number),
      row: Int32Array.from(order, (i) => this.#row[i] as number),
      count: this.#count,
    };
  }
}
