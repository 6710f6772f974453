import { performance } from "node:perf_hooks";
import type { ImportWriter } from "./import-writer.ts";
import { type ImportSummary, ImportTally } from "./outcome.ts";

/** Ends an import: closes the recording where one was begun and says what became of the rows. */
export async function finishImport(
  tally: ImportTally,
  writer: ImportWriter | undefined,
  beganMs: number,
): Promise<ImportSummary> {
  const recording = await writer?.close();
  const counts = tally.result();
  return {
    problem: writer === undefined ? whyNothing(counts) : recording?.failure,
    ...counts,
    items: writer?.items ?? 0,
    frames: writer?.frames ?? 0,
    firstReceivedAtMs: writer?.firstReceivedAtMs,
    lastReceivedAtMs: writer?.lastReceivedAtMs,
    bytes: recording?.bytes ?? 0,
    elapsedMs: performance.now() - beganMs,
  };
}

function whyNothing({ rows, badRows, unsupported }: ReturnType<ImportTally["result"]>): string {
  const [bad] = badRows;
  const [other] = Object.keys(unsupported);
  if (bad !== undefined) return `none of ${rows} rows can be used; line ${bad.line}: ${bad.reason}`;
  if (other !== undefined) return `none of ${rows} messages is supported: ${other}`;
  return "the input holds no rows";
}

/** The outcome where the input as a whole cannot be used. */
export function nothingImported(problem: string): ImportSummary {
  return {
    problem,
    ...new ImportTally().result(),
    items: 0,
    frames: 0,
    firstReceivedAtMs: undefined,
    lastReceivedAtMs: undefined,
    bytes: 0,
    elapsedMs: 0,
  };
}
