import type { RoadNetwork } from "../domain/road.ts";
import type { RecordedRecord } from "../recording/reader.ts";
import type { ReplaySpeed } from "../stream/pacer.ts";
import type { AlertSink } from "./alert-sink.ts";
import type { CliIo } from "./io.ts";

/** What all ways of replaying share. */
export interface ReplayJob {
  readonly io: CliIo;
  /** As asked for; undefined where nothing was. */
  readonly speed: ReplaySpeed | undefined;
  /** The records, drawing the progress line on the way. */
  readonly batches: AsyncIterable<readonly RecordedRecord[]>;
  readonly sink: AlertSink;
  readonly roads: RoadNetwork | undefined;
}
