import { open } from "node:fs/promises";
import type { StreamRecord } from "../domain/record.ts";
import { readRecording } from "../recording/reader.ts";
import { readVehicleTable } from "./read-table.ts";
import { tableOfRecording } from "./recording-table.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** A recording's records, as often as they are asked for. */
export type RecordSource = () => AsyncIterable<readonly StreamRecord[]>;

export interface Traffic {
  readonly table: VehicleTable;
  /** The records themselves, where the file is a recording; a table of positions has none. */
  readonly source: RecordSource | undefined;
}

/** Every MCAP file begins so. */
const MCAP_MAGIC = Uint8Array.from([0x89, 0x4d, 0x43, 0x41, 0x50]);

/**
 * Reads all vehicles of a recording (MCAP) or of a table of positions (CSV; plain, gzip, zstd).
 * @throws EvaluationError where it holds nothing that can be used
 */
export async function readTraffic(path: string): Promise<Traffic> {
  if (!(await isMcap(path))) return { table: await readVehicleTable(path), source: undefined };
  return { table: await tableOfRecording(path), source: () => readRecording(path) };
}

async function isMcap(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const head = new Uint8Array(MCAP_MAGIC.length);
    await file.read(head, 0, head.length, 0);
    return MCAP_MAGIC.every((byte, i) => head[i] === byte);
  } finally {
    await file.close();
  }
}
