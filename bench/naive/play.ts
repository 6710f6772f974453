import { defaultDetectors } from "../../src/detect/registry.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { Detector } from "../../src/domain/detector.ts";
import { Pipeline } from "../../src/pipeline.ts";
import { sharedDetectors } from "./detectors.ts";
import type { InputRecord } from "./recording.ts";
import type { ReadBytes } from "./report-reader.ts";
import { Twin } from "./twin.ts";

/** Who plays: the twin, Roadpulse with the twin's detectors, Roadpulse as it is delivered. */
export const SIDES = ["twin", "roadpulse", "roadpulse-full"] as const;
export type Side = (typeof SIDES)[number];

/** A program with the alert file that it has written so far. */
export interface Program {
  readonly lines: string[];
  push(record: InputRecord): void;
  /** Lets time go on until every alert has ended. */
  finish(): void;
}

export function openProgram(side: Side, read: ReadBytes): Program {
  if (side === "twin") return openTwin(read);
  return openRoadpulse(side === "roadpulse" ? sharedDetectors() : defaultDetectors());
}

function openRoadpulse(detectors: readonly Detector<unknown>[]): Program {
  const lines: string[] = [];
  const pipeline = new Pipeline({ detectors });
  pipeline.alerts$.subscribe(({ transitions }) => {
    for (const alert of transitions) lines.push(alertLine(alert));
  });
  return {
    lines,
    push(record) {
      pipeline.push(record);
    },
    finish() {
      advanceUntilQuiet(pipeline, () => pipeline.alertBook.size);
    },
  };
}

function openTwin(read: ReadBytes): Program {
  const lines: string[] = [];
  const twin = new Twin(read, sharedDetectors());
  twin.alerts$.subscribe((alert: Alert) => lines.push(alertLine(alert)));
  return {
    lines,
    push: (record) => twin.push(record),
    finish: () => advanceUntilQuiet(twin, () => twin.liveAlerts),
  };
}

/** Longest silence after which every alert has ended, and the steps in which time goes on. */
const LONGEST_SILENCE_MS = 25 * 3_600_000;
const STEP_MS = 1_000;

interface Advancing {
  readonly lastTickMs: number;
  advanceTo(timeMs: number): void;
}

function advanceUntilQuiet(program: Advancing, liveAlerts: () => number): void {
  const lastMs = program.lastTickMs;
  for (let timeMs = lastMs; liveAlerts() > 0; timeMs += STEP_MS) {
    if (timeMs - lastMs > LONGEST_SILENCE_MS) throw new Error("an alert never ends");
    program.advanceTo(timeMs);
  }
}

/** The alert file of a whole recording. */
export function alertFile(side: Side, records: readonly InputRecord[], read: ReadBytes): string {
  const program = openProgram(side, read);
  for (const record of records) program.push(record);
  program.finish();
  return program.lines.map((line) => `${line}\n`).join("");
}
