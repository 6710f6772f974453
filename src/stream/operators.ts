import { map, type OperatorFunction } from "rxjs";
import type { Alert } from "../domain/alert.ts";
import type { Detection } from "../domain/detection.ts";
import type { TrackedRecord } from "../domain/record.ts";

/** A record with what the detectors saw in it. */
export interface DetectedRecord {
  readonly record: TrackedRecord;
  readonly detections: readonly Detection[];
}

/** A record with the alert transitions that it caused. */
export interface AlertedRecord {
  readonly record: TrackedRecord;
  readonly transitions: readonly Alert[];
}

/** What `keepAlerts` needs of the alert book. */
export interface AlertPort {
  apply(detection: Detection): Alert | undefined;
  onTick(tickMs: number): readonly Alert[];
}

/** Turns detections into alert transitions: merged, identified, with exactly one end. */
export function keepAlerts(book: AlertPort): OperatorFunction<DetectedRecord, AlertedRecord> {
  return map(({ record, detections }) => ({ record, transitions: transitionsOf(book, record, detections) }));
}

const NONE: readonly Alert[] = [];

function transitionsOf(
  book: AlertPort,
  record: TrackedRecord,
  detections: readonly Detection[],
): readonly Alert[] {
  if (detections.length === 0) return record.kind === "tick" ? book.onTick(record.receivedAtMs) : NONE;
  const transitions: Alert[] = [];
  for (const detection of detections) {
    const transition = book.apply(detection);
    if (transition !== undefined) transitions.push(transition);
  }
  if (record.kind === "tick") transitions.push(...book.onTick(record.receivedAtMs));
  return transitions;
}
