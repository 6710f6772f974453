import { map, type OperatorFunction } from "rxjs";
import type { TrackedRecord } from "../../src/domain/record.ts";
import type { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import type { DetectedRecord } from "../../src/stream/operators.ts";

/** Lifts detectors into a stream of records. State stays in the runtime; operators of RxJS that keep state cannot be written down. */
export function detect(
  runtime: Pick<DetectorRuntime, "run">,
): OperatorFunction<TrackedRecord, DetectedRecord> {
  return map((record) => ({ record, detections: runtime.run(record) }));
}
