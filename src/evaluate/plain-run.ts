import type { StreamRecord } from "../domain/record.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { replay } from "../replay.ts";
import { CHANNELS, type ChannelModel } from "./channel.ts";
import { type Episode, EpisodeBook } from "./episode.ts";
import { Ground } from "./ground.ts";
import { readTraffic, type Traffic } from "./read-traffic.ts";
import { recordsOf } from "./records.ts";
import { ReportSource } from "./reports.ts";

/**
 * All alerts of a recording under the given options, every vehicle heard.
 * @throws EvaluationError where it holds nothing that can be used
 */
export async function episodesOf(path: string, options: PipelineOptions): Promise<readonly Episode[]> {
  const traffic = await readTraffic(path);
  const book = new EpisodeBook();
  await replay(traffic.source?.() ?? allRecords(traffic), {
    pipeline: options,
    onAlert: (alert) => book.add(alert),
  });
  return book.episodes(traffic.table.lastMs);
}

function allRecords({ table }: Traffic): AsyncIterable<readonly StreamRecord[]> {
  const everyone = new Uint8Array(table.stationIds.length).fill(1);
  const ground = new Ground({
    latitudeDeg: table.latitudeDeg[0] as number,
    longitudeDeg: table.longitudeDeg[0] as number,
  });
  const reports = new ReportSource(table, everyone, CHANNELS["none"] as ChannelModel, ground, 1);
  return recordsOf(reports, table, () => undefined);
}
