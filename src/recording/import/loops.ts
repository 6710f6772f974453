import { performance } from "node:perf_hooks";
import type { WireIngestItem } from "../../wire/ingest-frame.ts";
import { FrameGrouping } from "./frame-grouping.ts";
import { ImportWriter } from "./import-writer.ts";
import { type FileLines, openLoopFiles } from "./loop-files.ts";
import { DEFAULT_PERIOD_S, type LoopMessage, readLoopMessage } from "./loop-message.ts";
import { type ImportOptions, type ImportSummary, ImportTally } from "./outcome.ts";
import { finishImport, nothingImported } from "./summary.ts";

/** Files of an archive come in any order, so all messages are sorted in memory, about 200 B each. */
export const MAX_LOOP_MESSAGES = 2_000_000;

const ITEMS_PER_FRAME = 50;
const GATEWAY = { name: "loops", kind: "gateway" } as const;
const MAX_SPEED_CMPS = 16_382;

/**
 * Makes a recording of Dutch road sensors (NDW) in the JSON of the Open Stream Processing Benchmark: count and mean speed
 * per lane, one message per line. The messages of one measurement point and time become one sensor reading, received 20
 * to 40 ms after the end of its interval. Rejects where the input cannot be opened or the recording cannot be created.
 *
 * @param input folder, tar archive or file, packed or not; `-` for standard input
 * @param out path of the recording, replaced where it exists
 */
export async function importLoops(
  input: string,
  out: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const beganMs = performance.now();
  const tally = new ImportTally();
  const readings = new Map<number, Map<string, Reading>>();
  const files = await openLoopFiles(input);
  let line = 0;
  for await (const lines of files.lines) {
    for (const text of lines) {
      line++;
      if (text.length > 0) take(text, line, readings, tally);
    }
    if (tally.rows > MAX_LOOP_MESSAGES) {
      return nothingImported(`${input} has more than ${MAX_LOOP_MESSAGES} messages; import it in parts`);
    }
    report(files, tally, options);
  }
  const endedEarly = files.endedEarly();
  if (endedEarly !== undefined) tally.note(`the input ends early: ${endedEarly}`);
  return finishImport(tally, await writeSorted(readings, out), beganMs);
}

/** All lanes of one measurement point in one interval. */
interface Reading {
  readonly point: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  periodS: number;
  readonly lanes: Map<number, Lane>;
}

interface Lane {
  vehicles: number | undefined;
  speedMps: number | undefined;
  isFaulty: boolean;
}

function report(
  { readBytes, totalBytes }: FileLines,
  { rows }: ImportTally,
  { onProgress }: ImportOptions,
): void {
  onProgress?.({ rows, readBytes: readBytes(), totalBytes });
}

function take(
  text: string,
  line: number,
  readings: Map<number, Map<string, Reading>>,
  tally: ImportTally,
): void {
  tally.rows++;
  const message = readLoopMessage(text);
  if ("reason" in message) {
    tally.bad(line, message.reason);
    return;
  }
  tally.imported++;
  const points = readings.get(message.timeMs) ?? new Map<string, Reading>();
  readings.set(message.timeMs, points);
  const reading = points.get(message.point) ?? newReading(message);
  points.set(message.point, reading);
  join(reading, message);
}

function newReading({ point, latitudeDeg, longitudeDeg }: LoopMessage): Reading {
  return { point, latitudeDeg, longitudeDeg, periodS: DEFAULT_PERIOD_S, lanes: new Map() };
}

function join(reading: Reading, message: LoopMessage): void {
  reading.periodS = message.periodS ?? reading.periodS;
  const lane = reading.lanes.get(message.lane);
  reading.lanes.set(message.lane, {
    vehicles: message.vehicles ?? lane?.vehicles,
    speedMps: message.speedMps ?? lane?.speedMps,
    isFaulty: message.isFaulty || (lane?.isFaulty ?? false),
  });
}

async function writeSorted(
  readings: ReadonlyMap<number, ReadonlyMap<string, Reading>>,
  out: string,
): Promise<ImportWriter | undefined> {
  const times = [...readings.keys()].sort((a, b) => a - b);
  const [firstMs] = times;
  if (firstMs === undefined) return undefined;
  const writer = await ImportWriter.create(out, [GATEWAY], firstMs, { import: "loops" });
  const grouping = new FrameGrouping(writer, { sources: 1, itemsPerFrame: ITEMS_PER_FRAME });
  for (const timeMs of times) {
    const points = [...(readings.get(timeMs)?.values() ?? [])].sort((a, b) => (a.point < b.point ? -1 : 1));
    for (const reading of points) grouping.add(timeMs, 0, readingItem(reading));
    await writer.keepUp();
  }
  grouping.flush();
  return writer;
}

/** A sensor has its name for identity; its station id stays unset. */
function readingItem(reading: Reading): WireIngestItem {
  const lanes = [...reading.lanes]
    .sort(([a], [b]) => a - b)
    .map(([lane, values]) => laneReading(lane, values));
  return {
    sensor: {
      position: {
        latitude_e7: Math.round(reading.latitudeDeg * 1e7),
        longitude_e7: Math.round(reading.longitudeDeg * 1e7),
      },
      sensor_name: reading.point,
      loop: { period_s: reading.periodS, lanes },
    },
  };
}

function laneReading(lane: number, { vehicles, speedMps, isFaulty }: Lane) {
  // Where nobody passed there is no speed, whatever the sensor writes in its place.
  const hasSpeed = speedMps !== undefined && vehicles !== 0;
  return {
    lane,
    faulty: isFaulty,
    ...(vehicles === undefined ? {} : { vehicles }),
    ...(hasSpeed ? { mean_speed_cmps: Math.min(Math.round(speedMps * 100), MAX_SPEED_CMPS) } : {}),
  };
}
